/*
 * The job commands.
 */
#ifndef SHOPCTL_JOB_JOB_H
#define SHOPCTL_JOB_JOB_H

#include "shop/job.h"
#include "shopctl.h"

extern const struct command cmd_job_list;
extern const struct command cmd_job_show;
extern const struct command cmd_job_retry;
extern const struct command cmd_job_cancel;
extern const struct command cmd_job_stats;

#endif

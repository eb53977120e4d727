/* shopctl job: the group's table. */
#include "job/job.h"

#include "frame/registry.h"

static const struct command *const commands[] = {
	&cmd_job_list, &cmd_job_show, &cmd_job_retry, &cmd_job_cancel, &cmd_job_stats, NULL,
};

const struct command_group group_job = {
	.name = "job",
	.summary = "Outside calls and failed reactions, as the worker has them",
	.commands = commands,
};

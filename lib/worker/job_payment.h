/*
 * The job kind "payment.operation": queue payments, target = the payment and the operation's
 * number.
 */
#ifndef SHOP_WORKER_JOB_PAYMENT_H
#define SHOP_WORKER_JOB_PAYMENT_H

#include "worker/jobs.h"

/** Call the provider for one operation; again later while its outcome is pending or unknown (a
 * job_fn). */
bool payment_job_run(struct shop_store *store, const struct job_work *work,
		     struct job_outcome *ret_outcome, struct shop_error *err) SHOP_CHECKED;

#endif

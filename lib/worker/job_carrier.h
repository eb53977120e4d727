/*
 * The job kind "carrier.announce": queue carriers, target = the shipment.
 */
#ifndef SHOP_WORKER_JOB_CARRIER_H
#define SHOP_WORKER_JOB_CARRIER_H

#include "worker/jobs.h"

/** Tell the carrier of a parcel that has shipped and record the number it gives (a job_fn). */
bool carrier_job_run(struct shop_store *store, const struct job_work *work,
		     struct job_outcome *ret_outcome, struct shop_error *err) SHOP_CHECKED;

#endif

/*
 * Jobs as their handlers see them: an outside call to make, leased to this worker.
 *
 * A handler makes its own transactions: T1 notes that the call begins, the call runs outside any
 * transaction, T2 records the answer, its events and, with job_done_target, that the job is done,
 * all together. Afterwards the runner records the outcome it returned, guarded by the fence: when
 * the lease was lost meanwhile, or T2 ended the job already, that changes nothing. A handler is run
 * again after a crash at any point, so it decides by the rows what is left to do (SAFETY.md §6).
 */
#ifndef SHOP_WORKER_JOBS_H
#define SHOP_WORKER_JOBS_H

#include "shop/error.h"
#include "shop/store.h"

#include <stdbool.h>
#include <stdint.h>

/* A leased job. Strings live until the handler returns. */
struct job_work {
	int64_t job_id;
	int64_t target_id;   /* payment id, shipment id; 0 = none */
	int64_t target_n;    /* operation n; 0 = none */
	int64_t fence;	     /* of this lease; grows with each claim */
	int64_t attempt;     /* 1 for the first */
	int64_t correlation; /* for the contexts of T1 and T2 */
	int64_t now_us;	     /* likewise; 0 = the wall clock */
	const char *subject; /* what the job is about: "pay-1000" */
	const char *actor;   /* for the contexts of T1 and T2: "worker:payments" */
};

enum job_result {
	JOB_DONE,  /* nothing is left to do */
	JOB_AGAIN, /* run it again: after delay_us, or by back-off when that is 0 */
	JOB_DEAD,  /* never by itself: an operator has to look */
};

/* What came of one run. */
struct job_outcome {
	enum job_result result;
	int64_t delay_us; /* JOB_AGAIN only; 0 = back-off by attempt */
	char *message; /* why again or dead, for `job show` (g_free by the runner); NULL = none */
};

/**
 * Do one job.
 *
 * work           the job; its strings are the runner's
 * ret_outcome    zeroed (JOB_DONE) by the runner before the call
 * Returns false with the error for what should not happen (the store fails, a bug): the runner then
 * retries by back-off, or stops when the store itself is unusable.
 */
typedef bool (*job_fn)(struct shop_store *store, const struct job_work *work,
		       struct job_outcome *ret_outcome, struct shop_error *err);

#endif

/*
 * A worker's pulse: what its loop said last, for the service manager (ready, status, watchdog) and
 * for whoever asks with USR1. Taken by the loop, read by the thread of the signals.
 */
#ifndef SHOPCTL_WORKER_PULSE_H
#define SHOPCTL_WORKER_PULSE_H

#include "shop/worker.h"
#include "worker/service.h"

#include <glib.h>

struct pulse {
	struct shop_store *store; /* the loop's */
	const struct service *service;
	const char *name; /* of the worker */
	int64_t begun_us;
	int64_t fed_us;	 /* when the watchdog was told last */
	int64_t told_us; /* when the status was told last, 0 = never: not ready yet */
	char *status;	 /* as it was told */

	GMutex lock;			  /* of what follows */
	struct shop_worker_report report; /* numbers only */
	bool resting;
	int64_t since_us; /* of the job, or of the rest */
	int64_t job_id;	  /* at work on, 0 = none */
	int64_t attempt;
	char *job; /* its kind and what it is about */
};

/** Begin; what it points to outlives it. */
void pulse_begin(struct pulse *pulse, struct shop_store *store, const struct service *service,
		 const char *name);

/** Free what it owns. */
void pulse_end(struct pulse *pulse);

/** `turn` of shop_worker_options; ctx is the struct pulse. */
void pulse_turn(const struct shop_worker_turn *turn, void *ctx);

/** Write how the worker stands to stderr, its log. Any thread may. */
void pulse_dump(struct pulse *pulse);

#endif

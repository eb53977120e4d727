/*
 * Jobs: outside calls to make, and events whose reaction failed. The worker runs them; here an
 * operator sees them, sets them going again or gives them up.
 */
#ifndef SHOP_JOB_H
#define SHOP_JOB_H

#include "shop/record.h"
#include "shop/store.h"

struct shop_job {
	int64_t id;
	char *state; /* ready, leased, retry, done, dead, canceled */
	char *queue; /* a consumer's name, or the queue of an outside service */
	char *kind;  /* payment.operation, carrier.announce, parked */
	char *subject;
	int64_t event_seq; /* of a parked one; 0 = none */
	int64_t target_id;
	int64_t target_n;
	int64_t attempt;
	int64_t crashes; /* claims without an outcome */
	char *owner;
	int64_t due_us; /* not before */
	char *error;	/* of the last try */
	int64_t created_us;
	int64_t done_us;
};

extern const struct shop_record shop_job_record;

#define AUTO_JOB SHOP_CLEANUP(shop_job_done)

/** Free what a job owns and zero it. */
void shop_job_done(struct shop_job *job);

/* Which jobs to list. */
struct shop_job_filter {
	const char *state; /* NULL = all that are not done or canceled */
	const char *queue; /* NULL = any */
	int64_t limit;	   /* SHOP_NULL = no limit */
};

/** List jobs in id order, each given to fn as a struct shop_job. */
bool shop_job_list(struct shop_store *store, const struct shop_job_filter *filter,
		   shop_record_fn fn, void *ctx, struct shop_error *err) SHOP_CHECKED;

/** One job. Fails with E_NOT_FOUND. */
bool shop_job_load(struct shop_store *store, int64_t id, struct shop_job *ret_job,
		   struct shop_error *err) SHOP_CHECKED;

/**
 * Set a dead, canceled or waiting job going now, its tries counted from 0: job.retried.
 *
 * Fails with     E_JOB_STATE (done, at work, or due already), E_NOT_FOUND
 */
bool shop_job_retry(struct shop_store *store, int64_t id, struct shop_job *ret_job,
		    struct shop_error *err) SHOP_CHECKED;

/** shop_job_retry for every dead job, each given to fn. */
bool shop_job_retry_dead(struct shop_store *store, shop_record_fn fn, void *ctx,
			 struct shop_error *err) SHOP_CHECKED;

/**
 * Give a job up: job.canceled with the context's reason. Later work on its subject goes on.
 *
 * Fails with     E_JOB_STATE (done, canceled, or at work), E_NOT_FOUND
 */
bool shop_job_cancel(struct shop_store *store, int64_t id, struct shop_job *ret_job,
		     struct shop_error *err) SHOP_CHECKED;

/* The jobs of one kind in one queue. */
struct shop_job_stat {
	char *queue;
	char *kind;
	int64_t ready;
	int64_t leased;
	int64_t retry;
	int64_t dead;
	int64_t done;
	int64_t canceled;
	int64_t oldest_us; /* when the oldest open one was made; SHOP_NULL = none is open */
};

extern const struct shop_record shop_job_stat_record;

/** Count jobs by queue and kind, each row given to fn as a struct shop_job_stat. */
bool shop_job_stats(struct shop_store *store, shop_record_fn fn, void *ctx,
		    struct shop_error *err) SHOP_CHECKED;

#endif

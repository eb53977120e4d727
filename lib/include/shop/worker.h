/*
 * The worker: reacts to events and runs jobs (ARCHITECTURE.md §5). Each event consumer is a name,
 *its reactions and a cursor; reactions run in the transaction that moves the cursor, so each has
 *its effect exactly once whatever dies. Outside calls are jobs: leased, retried with back-off, dead
 *in the end.
 *
 *	struct shop_worker_options options = { .mode = SHOP_WORKER_DRAIN, .now_us = SHOP_NULL,
 *.wake_fd = -1 }; AUTO_WORKER_REPORT struct shop_worker_report report = { 0 };
 *	shop_worker_run(store, &options, &report, err);
 *
 * Any number of workers may run at once, in any modes.
 */
#ifndef SHOP_WORKER_H
#define SHOP_WORKER_H

#include "shop/record.h"
#include "shop/store.h"

enum shop_worker_mode {
	SHOP_WORKER_ONCE,   /* one batch of everything */
	SHOP_WORKER_DRAIN,  /* until nothing is due */
	SHOP_WORKER_FOLLOW, /* until stopped */
};

struct shop_worker_report;

/* What a worker says at each turn of its loop: that it turns, what it did, and what comes now. */
struct shop_worker_turn {
	const struct shop_worker_report *report; /* so far, without the consumers */
	bool resting;				 /* nothing is due */
	int64_t job_id;				 /* the job that begins now, 0 = none */
	int64_t attempt;			 /* of that job */
	const char *kind;			 /* of that job, or NULL */
	const char *subject;			 /* what that job is about, or NULL */
};

struct shop_worker_options {
	enum shop_worker_mode mode;
	const char *name;	   /* part of the owner's name of its leases; NULL = "worker" */
	const char *const *queues; /* NULL-ended names of consumers and queues; NULL = all */
	const char *exclusive;	   /* only one worker at a time runs under this name; NULL = none */
	int64_t max;		   /* at most so many reactions and jobs; 0 = no limit */
	/* NULL-ended globs; only jobs of these kinds, and no events: NULL = all jobs and events */
	const char *const *kinds;
	int64_t max_time_us; /* stop after this; 0 = no limit */
	int64_t lease_us; /* how long a job stays ours without a sign of life; 0 = the store's rule
			   */
	int64_t now_us;	  /* a fixed clock, for tests; SHOP_NULL = the wall clock of each batch */
	/* Where lock files tell which workers live; NULL = none: a killed worker's jobs then wait
	 * for their lease. */
	const char *run_directory;
	bool (*stopping)(void *ctx); /* asked between steps; NULL = never */
	void *stopping_ctx;
	int wake_fd; /* readable when `stopping` may have changed; -1 = none */
	/* Told outside any transaction, at each turn and before each job; NULL = nobody. */
	void (*turn)(const struct shop_worker_turn *turn, void *ctx);
	void *turn_ctx;
	int64_t turn_us; /* at rest it turns this often at least; 0 = each second */
};

/* What one consumer did in a run. */
struct shop_worker_consumer {
	char *name;
	int64_t events; /* reacted to */
	int64_t parked; /* of them put aside for a retry */
	int64_t cursor; /* the last event seen */
};

/* What a run did. */
struct shop_worker_report {
	int64_t events; /* reactions, parked ones included */
	int64_t jobs;	/* done */
	int64_t retried;
	int64_t dead;
	int64_t parked;
	struct shop_list consumers; /* struct shop_worker_consumer */
};

/* How one consumer stands. */
struct shop_worker_queue {
	char *name;
	int64_t cursor;
	int64_t behind; /* events not seen yet */
	int64_t parked; /* events waiting for a retry */
};

/* How the work stands. */
struct shop_worker_status {
	int64_t head; /* seq of the last event */
	int64_t ready;
	int64_t leased;
	int64_t retry;
	int64_t dead;
	int64_t workers;	    /* alive now */
	struct shop_list consumers; /* struct shop_worker_queue */
};

/* Something a worker would do now: a reaction to an event, or a job. */
struct shop_worker_due {
	char *what;	  /* reaction or job */
	char *queue;	  /* the consumer, or the jobs' queue */
	char *type;	  /* of the event, or the job's kind */
	char *subject;	  /* the object it is about */
	int64_t seq;	  /* the event; 0 = a job */
	int64_t job_id;	  /* the job; 0 = a reaction */
	int64_t since_us; /* when it happened, or fell due */
};

extern const struct shop_record shop_worker_due_record;
extern const struct shop_record shop_worker_report_record;
extern const struct shop_record shop_worker_status_record;

#define AUTO_WORKER_REPORT SHOP_CLEANUP(shop_worker_report_done)
#define AUTO_WORKER_STATUS SHOP_CLEANUP(shop_worker_status_done)

/** Free what a report owns and zero it. */
void shop_worker_report_done(struct shop_worker_report *report);

/** Free what a status owns and zero it. */
void shop_worker_status_done(struct shop_worker_status *status);

/**
 * Run a worker on a store opened for writing, outside any transaction.
 *
 * ret_report     what was done; also filled when it fails (the caller frees it)
 * Fails with     E_WORKER_EXCLUSIVE (another runs under that name), E_VALUE (a name no file can
 * have, or an unknown queue), E_STORE_…; a failed reaction or job is no failure of the run
 */
bool shop_worker_run(struct shop_store *store, const struct shop_worker_options *options,
		     struct shop_worker_report *ret_report, struct shop_error *err) SHOP_CHECKED;

/**
 * List what a worker of these options would begin with, changing nothing: first the reactions, in
 * the order of the events, then the jobs that are due. What follows from those is not known before.
 *
 * Fails with     E_VALUE (an unknown queue or kind)
 */
bool shop_worker_preview(struct shop_store *store, const struct shop_worker_options *options,
			 shop_record_fn fn, void *ctx, struct shop_error *err) SHOP_CHECKED;

/** How the queues stand. run_directory as in the options; NULL: `workers` is 0. */
bool shop_worker_status(struct shop_store *store, const char *run_directory,
			struct shop_worker_status *ret_status, struct shop_error *err) SHOP_CHECKED;

#endif

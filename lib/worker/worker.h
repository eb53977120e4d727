/*
 * What the worker's files share: one running worker, its table of reactions and its kinds of jobs.
 */
#ifndef SHOP_WORKER_WORKER_H
#define SHOP_WORKER_WORKER_H

#include "shop/journal.h"
#include "shop/worker.h"
#include "worker/consumers.h"
#include "worker/jobs.h"

#include <glib.h>

#define CONSUMERS_MAX 32 /* bits of a mask */
#define POISON_CRASHES 3 /* claims without an outcome */

/* A consumer of this run. */
struct consumer {
	const char *name;
	char actor[48]; /* "worker:payments" */
	bool served;	/* by --queue */
	int64_t events;
	int64_t parked;
	int64_t cursor;
};

struct worker {
	struct shop_store *store;
	const struct shop_worker_options *options;
	const struct reaction *reactions;
	const struct job_kind *kinds;
	struct consumer consumers[CONSUMERS_MAX];
	size_t count;
	GHashTable *masks; /* event type → which served consumers react, as a mask */
	char *owner;	   /* unique: name, pid and a random part */
	char *boot_id;
	int lock_fd;		     /* run/<owner>.lock, -1 = none */
	int exclusive_fd;	     /* run/exclusive-<name>.lock, -1 = none */
	int64_t started_us;	     /* boot time */
	struct heartbeat *heartbeat; /* NULL until the first outside call */
	struct shop_error trouble;   /* of the housekeeping; told at the end */
	struct shop_worker_report report;
};

struct heartbeat;

/* A claimed job. */
struct claimed {
	struct job_work work;
	char *queue;
	char *kind;
	char *subject;
	char *actor;
	int64_t event_seq;
};

#define AUTO_CLAIMED SHOP_CLEANUP(claimed_done)

/** Free what a claim owns and zero it. */
void claimed_done(struct claimed *job);

/* --- run.c */

/** Run with other tables than the shop's own: for tests. */
bool worker_run_with(struct shop_store *store, const struct shop_worker_options *options,
		     const struct reaction *reactions, const struct job_kind *kinds,
		     struct shop_worker_report *ret_report, struct shop_error *err) SHOP_CHECKED;

/** The context of the worker's own transactions, at the time of this batch. */
struct shop_context worker_context(const struct worker *w);

/** Whether the store itself is unusable or busy, so that no outcome can be recorded either. */
bool worker_store_failed(const struct shop_error *err);

/** Reactions and jobs this run may still do. */
int64_t worker_allowance(const struct worker *w);

/** Microseconds of boot time: for durations and leases. */
int64_t worker_boot_us(void);

/** Run one due job, if there is one. */
bool worker_job(struct worker *w, bool *ret_progress, struct shop_error *err) SHOP_CHECKED;

/* --- report.c */

/** Put what each served consumer did into the report. */
void worker_report_consumers(struct worker *w);

/* --- expire.c */

/** What falls due without an event: holds, carts and unpaid orders whose time is over. */
bool worker_expire(struct worker *w, struct shop_error *err) SHOP_CHECKED;

/* --- queues.c */

/** Fill in the consumers from the table, as --queue selects them. Fails with E_VALUE: an unknown
 * queue. */
bool worker_consumers_init(struct worker *w, struct shop_error *err) SHOP_CHECKED;

/** Give consumers the store does not know yet their cursor: 0, or the journal's head when others
 * have worked already. */
bool worker_consumers_register(struct worker *w, struct shop_error *err) SHOP_CHECKED;

/** Where each consumer stands, or would begin. */
bool worker_consumers_look(struct worker *w, struct shop_error *err) SHOP_CHECKED;

/** Whether this worker serves a queue. */
bool worker_serves(const struct worker *w, const char *queue);

/** Whether this worker does jobs of a kind. */
bool worker_does(const struct worker *w, const char *kind);

/** The consumer of a name, or NULL. */
struct consumer *worker_consumer(struct worker *w, const char *name);

/** The reaction of a consumer to an event type, or NULL. */
const struct reaction *worker_reaction(const struct worker *w, const char *consumer,
				       const char *type);

/* --- pass.c */

/** One batch of events for all served consumers, in one transaction with their cursors. */
bool worker_pass(struct worker *w, bool *ret_progress, struct shop_error *err) SHOP_CHECKED;

/** Read the consumers' cursors. */
bool worker_cursors(struct worker *w, struct shop_error *err) SHOP_CHECKED;

/** The earliest place any served consumer stands at, INT64_MAX when none is served. */
int64_t worker_first_cursor(const struct worker *w);

/* --- parked.c */

/** Put an event aside for the consumer, with its failure (NULL: it waits for an earlier one of its
 * subject). */
bool parked_add(struct shop_store *store, const struct consumer *consumer,
		const struct shop_event *event, const char *failure,
		struct shop_error *err) SHOP_CHECKED;

/** Whether an earlier event of this subject is parked for the consumer. */
bool parked_waits(struct shop_store *store, const struct consumer *consumer, const char *subject,
		  bool *ret_waits, struct shop_error *err) SHOP_CHECKED;

/** Run the reaction to a parked event: one transaction with the job's done. */
bool parked_run(struct worker *w, const struct claimed *job, struct shop_error *err) SHOP_CHECKED;

/* --- claim.c */

/* The jobs j that are due at $1: open, and no earlier one of the subject is in the way. */
#define CLAIM_OPEN_STATES "('ready', 'retry', 'leased')"
#define CLAIM_DUE                                                                                  \
	" FROM job j WHERE state IN " CLAIM_OPEN_STATES " AND not_before_us <= $1 AND NOT EXISTS"  \
	" (SELECT 1 FROM job e WHERE e.queue = j.queue AND e.subject = j.subject AND e.id < j.id"  \
	" AND e.state IN ('ready', 'retry', 'leased', 'dead')) ORDER BY not_before_us, id"

/** Lease the first job that is due; ret_job->work.job_id is 0 when there is none. */
bool claim_next(struct worker *w, struct claimed *ret_job, struct shop_error *err) SHOP_CHECKED;

/** Record what came of a lease, if it is still this one. */
bool claim_settle(struct worker *w, const struct claimed *job, const struct job_outcome *outcome,
		  struct shop_error *err) SHOP_CHECKED;

/** When a waiting job comes due next, SHOP_NULL = none waits. */
bool claim_next_due(struct worker *w, int64_t *ret_us, struct shop_error *err) SHOP_CHECKED;

/** How long the n-th try waits: 2·2^n s ±20 %, at most 6 h; the job's number makes the jitter. */
int64_t claim_backoff_us(int64_t attempt, int64_t job_id);

/** How long a lease lasts without a sign of life. */
int64_t claim_lease_us(const struct worker *w);

/** Let a lease of ours last from now again. *ret_ours: whether it was still ours. */
bool claim_renew(struct shop_store *store, const struct claimed *job, int64_t lease_us,
		 bool *ret_ours, struct shop_error *err) SHOP_CHECKED;

/* --- heartbeat.c */

/**
 * A job goes outside: from a third of its lease on, a thread with a connection of its own renews
 * it. Without a thread the lease lasts as long as it was given.
 */
void heartbeat_begin(struct worker *w, const struct claimed *job);

/** The job is back. */
void heartbeat_end(struct worker *w);

/** End the thread, if there is one. */
void heartbeat_stop(struct worker *w);

/* --- lease.c */

/** Take the owner's name and its lock file, and the exclusive name. Fails with E_WORKER_EXCLUSIVE,
 * E_VALUE, E_IO. */
bool lease_open(struct worker *w, struct shop_error *err) SHOP_CHECKED;

/** Be nobody: who looks on and holds no lease. */
void lease_look(struct worker *w);

/** Give the names back. */
void lease_close(struct worker *w);

/** Whether a lease still holds: same boot, not over, and its owner lives. */
bool lease_holds(const struct worker *w, const char *owner, const char *boot_id, int64_t until_us);

/** Make the directory of the lock files where it is missing. */
bool lease_directory(const char *directory, struct shop_error *err) SHOP_CHECKED;

/** Whether a name can be a file's. Fails with E_VALUE naming the field. */
bool lease_name_check(const char *name, const char *field, struct shop_error *err) SHOP_CHECKED;

/** Take a lock that ends with the process; *ret_fd (close it) is -1 when somebody has it. */
bool lease_take(const char *path, int *ret_fd, bool *ret_taken,
		struct shop_error *err) SHOP_CHECKED;

/** How many workers of a run directory live. */
int64_t lease_count_alive(const char *run_directory);

#endif

/* The open store as lib/store sees it, and what the journal needs of the running transaction. */
#ifndef SHOP_STORE_INTERNAL_H
#define SHOP_STORE_INTERNAL_H

#include "store/db.h"
#include "store/driver.h"
#include "store/turnstile.h"

#include <glib.h>

#define STORE_HASH 32

/* The journal's last row, known from the transaction's first event until a step is undone. */
struct store_head {
	bool known;
	int64_t seq;
	uint8_t hash[STORE_HASH];
};

struct shop_store {
	const struct db_driver *driver;
	struct db_conn *conn;
	char *path; /* absolute */
	enum shop_store_mode mode;
	enum shop_sync sync;
	int64_t busy_timeout_us;
	struct shop_policy policy; /* its strings are ours */
	char *currency;
	bool test;
	GHashTable *statements; /* address of the SQL literal → struct db_stmt */
	struct turnstile turnstile;

	/* The running transaction. */
	int depth;	/* 0 = none, 1 = a write, more = savepoints in it */
	bool reading;	/* a read transaction runs */
	bool grouped;	/* the write is a group: what is written in it are transactions of their own
			 */
	bool unguarded; /* steps begin without savepoints: a group's first try */
	bool spoiled;	/* one of them was to be undone: the group is run again, guarded */
	int careful;	/* groups that are guarded at once, as one was spoiled lately */
	uint64_t bare;	/* bit n: step n has no savepoint */
	uint64_t shared;	   /* bit n: step n shares the savepoint of step n - 1 */
	int64_t savepoint_changes; /* total_changes at the innermost savepoint; -1 = not known */
	struct shop_context context;
	int64_t txn_id;	      /* 0 = not needed so far */
	int txn_id_depth;     /* of the savepoint that numbered it */
	bool own_correlation; /* context.correlation is txn_id */
	int64_t last_seen_us; /* meta.last_seen_us at its begin */
	struct store_head head;
	int64_t next[SHOP_ID_TYPES]; /* counters not written yet; 0 = as the table says */
	bool pending;		     /* one of them is not 0 */
	int64_t taken;		     /* numbers taken from them, ever */
	int64_t changes_before;
	struct shop_error failure; /* what every call answers until rollback */
	bool dead; /* a commit had an unknown outcome: this connection is not used again */

	shop_beat_fn beat; /* NULL = nobody listens */
	void *beat_ctx;

	struct shop_list_bounds bounds; /* of lists of bounds.type; its text is ours */
	struct store_listed {
		bool sorted;   /* the last one came in the order of the bounds */
		int64_t count; /* of its rows; SHOP_NULL = they were listed */
	} listed;

	int checkpoint_every; /* growth of the WAL, in pages, that is worth a checkpoint */
	int checkpoint_at;    /* WAL pages after which a commit checkpoints */
	int cancel_fd;	      /* readable: stop, -1 = none */
	int watch;	      /* inotify of the WAL, -1 = none */
	int64_t seen_version; /* data_version when last waited */
};

/* A statement of the cache. */
struct db_stmt {
	struct db_handle *handle;
	bool busy;
	bool cached;
	struct db_stmt *copy; /* for nested use while this one is busy */
};

/** The running transaction's number, taken from the counter on first use; the correlation defaults
 * to it. */
int64_t store_txn_id(struct shop_store *store, struct shop_error *err);

/** Write what was counted up since; reads of the table come after. */
bool store_counters_write(struct shop_store *store, struct shop_error *err) SHOP_CHECKED;

/** Forget it: after a rollback. */
void store_counters_forget(struct shop_store *store);

/** A free statement of the cache, marked busy; NULL on failure (the driver knows it). */
struct db_stmt *store_stmt_take(struct shop_store *store, const char *sql);

/** A statement outside the cache. */
struct db_stmt *store_stmt_new(struct shop_store *store, const char *sql, bool keep);

/** End a statement and give it back, or free it when it is not of the cache. */
void store_stmt_give(struct shop_store *store, struct db_stmt *stmt);

/** Free the cache. */
void store_stmt_free_all(struct shop_store *store);

/** Bind parameter n; a borrowed text stays as it is until the statement is given back. */
bool store_bind_int(struct shop_store *store, struct db_stmt *stmt, int n, int64_t value);
bool store_bind_text(struct shop_store *store, struct db_stmt *stmt, int n, const char *value,
		     bool borrow);

/** Keep the driver's last failure: every call answers with it until rollback. */
void store_latch(struct shop_store *store);

/** Whether calls are refused now; raises what was latched, or that the caller wants it to stop. */
bool store_refuses(struct shop_store *store, struct shop_error *err);

/** Raise the latched failure; outside a transaction that also forgets it. Returns false. */
bool store_report(struct shop_store *store, struct shop_error *err);

/** Forget the latched failure: after a rollback. */
void store_forgive(struct shop_store *store);

/** Run a transaction statement (BEGIN, COMMIT, …), latch or not. */
bool store_control(struct shop_store *store, const char *sql);

/** Run a statement once, outside the cache: DDL. */
bool store_define(struct shop_store *store, const char *sql, struct shop_error *err) SHOP_CHECKED;

/** A store around a connection, without its facts: for create and migrate. */
struct shop_store *store_new(const char *path, struct db_conn *conn);

/** Checkpoint after a commit when the WAL has grown; failures are left to the next one. */
void store_checkpoint_grown(struct shop_store *store);

/** Whether the caller wants it to stop (shop_store_cancel_by). */
bool store_canceled(const struct shop_store *store);

/** Raise E_INTERRUPTED. Returns false. */
bool store_fail_canceled(struct shop_error *err);

/** Make the connection useless and raise E_STORE_UNKNOWN. Returns false. */
bool store_kill(struct shop_store *store, struct shop_error *err);

#endif

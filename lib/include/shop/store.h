/*
 * The store: one file that holds the shop. Everything above this header is ignorant of the database.
 *
 *	AUTO_STORE struct shop_store *store = NULL;
 *	struct shop_store_options options = { .path = "shop.db", .mode = SHOP_STORE_WRITE };
 *	shop_store_open(&options, &store, err);
 *	struct shop_context ctx = { .actor = "ana", .now_us = shop_now_us() };
 *	shop_store_write(store, &ctx, cancel_it, &arg, err);
 *
 * Who acts, when and why is the context of the transaction, given once by whoever begins it (the frame, the
 * worker, a test), so that no domain function can forget to pass it on and a replay gives the same result.
 * A shop_txn_begin inside a running transaction is a savepoint that joins its context.
 *
 * The program that links this ignores SIGPIPE and SIGXFSZ (their default kills in the middle of a write; a file
 * size limit is then E_STORE_FULL) and keeps descriptors 0 to 2 open. A store is used by one thread, and no
 * process forks while it has one open (posix_spawn, which execs at once, is no fork: our descriptors close). Waiting for the turn may use SIGURG, when nobody else handles it.
 */
#ifndef SHOP_STORE_H
#define SHOP_STORE_H

#include "shop/error.h"
#include "shop/ids.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SHOP_SCHEMA_VERSION 1
#define SHOP_UUID_TEXT 37

struct shop_store;
struct shop_record;

enum shop_store_mode { SHOP_STORE_READ, SHOP_STORE_WRITE };

/* How a commit becomes durable before it is acknowledged. */
enum shop_sync {
	SHOP_SYNC_FULL, /* SQLite syncs inside the commit, the writer lock held */
	SHOP_SYNC_LATE, /* the WAL is synced after the lock is left, before success is reported */
	SHOP_SYNC_OFF,  /* not at all: test stores only */
};

/* Rules an operator may set; every member has a default (shop_policy_defaults). */
struct shop_policy {
	int64_t reserve_for_us;        /* stock.reserve_for: life of a cart's hold */
	int64_t low_stock;             /* stock.low: whole units at or below which a product counts as low */
	const char *backorder;         /* stock.backorder: policy of new products: deny, allow, limit:N */
	int64_t pay_within_us;         /* orders.pay_within.default */
	int64_t pay_within_manual_us;  /* orders.pay_within.manual */
	int64_t late_after_us;         /* orders.late_after */
	int64_t claim_for_us;          /* work.claim_for: how long work stays with whoever claims it */
	int64_t job_lease_us;          /* worker.lease */
	int64_t job_max_attempts;      /* worker.max_attempts */
	int64_t over_receipt_percent;  /* purchase.over_receipt: allowance where the supplier has none */
	const char *sandbox_log;       /* payments.gateways.sandbox.log: where the sandbox notes its calls; NULL = nowhere */
};

struct shop_store_options {
	const char *path;
	enum shop_store_mode mode;
	enum shop_sync sync;
	int64_t busy_timeout_us;       /* 0 = 5 s */
	bool long_lived;               /* a worker or a bulk run: larger cache */
	const struct shop_policy *policy; /* NULL = defaults; copied, its strings too */
};

/** The work of one transaction. False rolls it back. */
typedef bool (*shop_write_fn)(struct shop_store *store, void *arg, struct shop_error *err);

struct shop_store_new {
	const char *path;
	const char *currency; /* ISO 4217 */
	bool test;            /* marks it a test store: fixed clocks and fault points work */
	const char *actor;
	int64_t now_us;
	shop_write_fn first; /* work of its first transaction, or NULL; the store appears with it done */
};

/* What `store info` says. */
struct shop_store_info {
	char uuid[SHOP_UUID_TEXT];
	char currency[4];
	int64_t schema_version;
	int64_t created_us;
	int64_t epoch; /* raised by each restore */
	int64_t size_bytes;
	int64_t wal_bytes;
	int64_t journal_head; /* seq of the last event */
	bool test;
};

/* Who acts, when and why: of one transaction. Strings are the caller's and must outlive it. */
struct shop_context {
	const char *actor;        /* "ana", "worker:payments" */
	const char *actor_kind;   /* "user", "worker", "gateway"; NULL = "user" */
	const char *reason;       /* NULL = none */
	const char *command;      /* idempotency key or command digest; NULL = none */
	int64_t now_us;
	int64_t correlation;      /* txn id of the chain's first command; 0 = this transaction begins one */
	int64_t causation;        /* seq of the event reacted to; 0 = none */
};

#define AUTO_STORE SHOP_CLEANUP(shop_store_close)

/** The built-in rules. */
void shop_policy_defaults(struct shop_policy *ret_policy);

/**
 * Make a store with its schema and uuid, and open it for writing. It appears whole or not at all.
 *
 * Fails with     E_STORE_EXISTS, E_STORE_IO, E_STORE_FULL, E_STORE_PERMISSION
 */
bool shop_store_create(const struct shop_store_new *in, struct shop_store **ret_store, struct shop_error *err) SHOP_CHECKED;

/**
 * Open a store with every safety setting of SAFETY.md §1 set and read back.
 *
 * Fails with     E_STORE_MISSING, E_STORE_PERMISSION, E_STORE_READONLY, E_STORE_NOT_SHOP, E_STORE_VERSION,
 *                E_STORE_DAMAGED, E_STORE_IO
 */
bool shop_store_open(const struct shop_store_options *options, struct shop_store **ret_store,
                     struct shop_error *err) SHOP_CHECKED;

/**
 * Open the same store once more, as it was opened: for another thread of this process.
 *
 * Any thread may ask as long as `store` stays open. Fails with what shop_store_open fails with.
 */
bool shop_store_another(const struct shop_store *store, struct shop_store **ret_store,
                        struct shop_error *err) SHOP_CHECKED;

/** Close; an open transaction is rolled back. Accepts NULL; sets *store to NULL. */
void shop_store_close(struct shop_store **store);

/** The rules the store was opened with. */
const struct shop_policy *shop_store_policy(const struct shop_store *store);

/** The store's currency code. */
const char *shop_store_currency(const struct shop_store *store);

/** Whether it is marked a test store. */
bool shop_store_is_test(const struct shop_store *store);

/** Facts about the store. */
bool shop_store_info(struct shop_store *store, struct shop_store_info *ret_info, struct shop_error *err) SHOP_CHECKED;

/** The context of the running transaction; outside one, a zeroed one. */
const struct shop_context *shop_store_context(const struct shop_store *store);

/**
 * Say who acts in the next steps of the running transaction and what caused them: the correlation and seq of the
 * event reacted to. For the worker's batches. `actor` outlives the transaction.
 */
void shop_store_cause(struct shop_store *store, const char *actor, int64_t correlation, int64_t causation);

/** Say why, in the next steps of the running transaction; NULL = no reason. `reason` outlives those steps. */
void shop_store_reason(struct shop_store *store, const char *reason);

/** The correlation of the running transaction, settled (its own number when it began the chain). */
bool shop_store_correlation(struct shop_store *store, int64_t *ret_correlation, struct shop_error *err) SHOP_CHECKED;

/**
 * The one way to write: turnstile, BEGIN IMMEDIATE, fn, COMMIT, sync, and only then true.
 *
 * Within a running transaction it is a savepoint and keeps the outer context. fn may be run again when the
 * store was busy, so it must be a function of its arguments.
 * Fails with     what fn fails with; E_STORE_BUSY, E_STORE_FULL, E_STORE_IO, E_STORE_UNKNOWN
 */
bool shop_store_write(struct shop_store *store, const struct shop_context *ctx, shop_write_fn fn, void *arg,
                      struct shop_error *err) SHOP_CHECKED;

/** As shop_store_write, but always rolled back when fn has run: dry runs. */
bool shop_store_try(struct shop_store *store, const struct shop_context *ctx, shop_write_fn fn, void *arg,
                    struct shop_error *err) SHOP_CHECKED;

/**
 * Run fn in one write transaction without a context: each shop_store_write in it can be undone by itself, and the
 * journal knows it as a transaction of its own, with its own context and number. One commit, one sync, for all of them.
 *
 * Most groups go through, so they are run without savepoints, which cost a tenth of the work. When something must be
 * undone, all of the group is rolled back and fn is run again with them; meanwhile its calls answer E_STORE_BUSY.
 *
 * keep           false: rolled back when fn has run
 * careful        with savepoints at once: what fn says to the world cannot be said twice
 * Fails with     as shop_store_write; fn may be run again, so it begins by forgetting
 */
bool shop_store_group(struct shop_store *store, bool keep, bool careful, shop_write_fn fn, void *arg,
                      struct shop_error *err) SHOP_CHECKED;

/** Run fn in one read transaction: everything it reads is of one moment. Nested: just runs it. */
bool shop_store_read(struct shop_store *store, shop_write_fn fn, void *arg, struct shop_error *err) SHOP_CHECKED;

/* A domain function's own transaction: joins the running one as a savepoint. */
struct shop_txn {
	struct shop_store *store;
	int depth;
	int64_t changes; /* the connection's, at its begin */
};

#define AUTO_TXN SHOP_CLEANUP(shop_txn_end)

/**
 * Begin a domain function's step inside a shop_store_write.
 *
 * It must run inside one: a transaction without a context is a programming mistake (assert).
 */
bool shop_txn_begin(struct shop_txn *txn, struct shop_store *store, struct shop_error *err) SHOP_CHECKED;

/** Keep what was done since shop_txn_begin. */
bool shop_txn_commit(struct shop_txn *txn, struct shop_error *err) SHOP_CHECKED;

/** Undo what was not committed; no-op on a zeroed or committed txn. */
void shop_txn_end(struct shop_txn *txn);

/**
 * The number a new object of this type gets, counted up in the running transaction (dense, never reused).
 */
bool shop_store_next_id(struct shop_store *store, enum shop_id_type type, int64_t *ret_id,
                        struct shop_error *err) SHOP_CHECKED;

/** The numbers the next objects would get, by type; 0 for types without a counter. */
bool shop_store_peek_ids(struct shop_store *store, int64_t ret_next[SHOP_ID_TYPES],
                         struct shop_error *err) SHOP_CHECKED;

/* One key of an order: a field of the record itself. */
struct shop_list_key {
	const struct shop_field *field;
	bool down;
};

#define SHOP_LIST_KEYS 4

/* Which part of the next lists of one record type is wanted: they give no more than that, or more where they cannot. */
struct shop_list_bounds {
	const struct shop_record *type;
	const char *text; /* only those whose key comes after this text … */
	int64_t number;	  /* … or this number; SHOP_NULL (and no text) = from the beginning */
	bool down;	  /* the key falls */
	int64_t limit;	  /* at most so many; SHOP_NULL = all */
	const char *keys; /* only those whose key is in this JSON array; NULL = any */
	struct shop_list_key sort[SHOP_LIST_KEYS];
	int sorts;     /* keys of an order that replaces the list's own, where shop_store_list_is_sorted says so */
	bool counting; /* no rows, but shop_store_list_count */
};

/** Bound the lists of bounds->type from now on; the store copies what it needs. */
void shop_store_list_bounds(struct shop_store *store, const struct shop_list_bounds *bounds);

/** Whether the rows of the last list of that type come in the order of bounds->sort; else in its own, and all of them. */
bool shop_store_list_is_sorted(const struct shop_store *store);

/** How many rows the last list of that type has; SHOP_NULL when it gave them instead. */
int64_t shop_store_list_count(const struct shop_store *store);

/** Wait until somebody commits, or the time is over, or wake_fd (-1 = none) becomes readable, or a signal comes. */
void shop_store_wait(struct shop_store *store, int64_t timeout_us, int wake_fd);

/**
 * From now on a readable cancel_fd (-1 = none) ends what is asked of the store with E_INTERRUPTED: the statement that
 * runs, the next one, and a wait. It is only looked at; whoever gave it reads it.
 */
void shop_store_cancel_by(struct shop_store *store, int cancel_fd);

/** Copy WAL pages into the file under the writer lock (STORE.md §3); skipped when the WAL is short and !force. */
bool shop_store_checkpoint(struct shop_store *store, bool force, struct shop_error *err) SHOP_CHECKED;

/** Make everything committed so far durable: before acting outside on what was read. */
bool shop_store_sync(struct shop_store *store, struct shop_error *err) SHOP_CHECKED;

/* Hears that long work goes on: `done` of `total` parts, or 0 of 0. It must not use the store. */
typedef void (*shop_beat_fn)(void *ctx, int64_t done, int64_t total);

/** Let fn hear of long work from now on (a backup's copy and checks, long statements); NULL = nobody. */
void shop_store_beat(struct shop_store *store, shop_beat_fn fn, void *ctx);

/** Copy the store to a new file, verified (integrity and foreign keys) before it appears. Fails with E_STORE_EXISTS, E_STORE_IO. */
bool shop_store_backup(struct shop_store *store, const char *path, struct shop_error *err) SHOP_CHECKED;

/** Make `path` from a backup: only where nothing is; raises the epoch. Fails with E_STORE_EXISTS, E_STORE_NOT_SHOP, E_STORE_DAMAGED. */
bool shop_store_restore(const char *backup, const char *path, struct shop_error *err) SHOP_CHECKED;

/** Bring an older schema to SHOP_SCHEMA_VERSION; *ret_from gets the version it had. */
bool shop_store_migrate(const char *path, int64_t *ret_from, struct shop_error *err) SHOP_CHECKED;

/** The database library's version. */
const char *shop_store_engine(void);

/** The database library's n-th compile option, NULL after the last. */
const char *shop_store_engine_option(int n);

#endif

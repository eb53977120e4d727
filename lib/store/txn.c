/* Transactions: turnstile, BEGIN IMMEDIATE, the work, COMMIT, sync, and only then true (SAFETY.md
 * §2). */
#include "store/store_internal.h"

#include <assert.h>
#include <string.h>

/* A clock this far behind the last stamp is not believed. */
#define CLOCK_TOLERANCE_US (60 * INT64_C(1000000))
/* meta.last_seen_us is written at most once in this time. */
#define LAST_SEEN_STEP_US INT64_C(1000000)

/* Where one group had something to undo, the next few have too. */
#define CAREFUL_GROUPS 8

static const char sql_begin_write[] = "BEGIN{lite| IMMEDIATE}";
static const char sql_begin_read[] = "BEGIN";
static const char sql_commit[] = "COMMIT";
static const char sql_rollback[] = "ROLLBACK";
static const char sql_savepoint[] = "SAVEPOINT step";
static const char sql_release[] = "RELEASE step";
static const char sql_undo[] = "ROLLBACK TO step";

const struct shop_context *shop_store_context(const struct shop_store *store)
{
	return &store->context;
}

/* The time of a transaction never runs backwards by much: records are stamped with it. */
static void believe_time(struct shop_store *store)
{
	if (store->context.actor != NULL && !store->test &&
	    store->context.now_us < store->last_seen_us - CLOCK_TOLERANCE_US)
		store->context.now_us = store->last_seen_us + 1;
}

static bool take_time(struct shop_store *store, struct shop_error *err)
{
	static const char sql[] =
		"SELECT CAST(value AS {i64}) FROM meta WHERE key = 'last_seen_us'";
	int64_t seen = 0;

	if (!db_get(store, &seen, sql, NULL, err))
		return false;
	store->last_seen_us = seen == SHOP_NULL ? 0 : seen;
	believe_time(store);
	return true;
}

static bool note_time(struct shop_store *store, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE meta SET value = CAST($1 AS {text}) WHERE key = 'last_seen_us'";
	int64_t now = store->context.now_us;

	if (store->driver->total_changes(store->conn) == store->changes_before ||
	    now == INT64_MIN || now - LAST_SEEN_STEP_US < store->last_seen_us)
		return true;
	return db_run(store, sql, "i", err, now);
}

static void leave_txn(struct shop_store *store)
{
	store->depth = 0;
	store->txn_id = 0;
	store->own_correlation = false;
	store->head.known = false;
	store_counters_forget(store);
	memset(&store->context, 0, sizeof store->context);
	store_forgive(store);
}

static void roll_back(struct shop_store *store)
{
	if (store->driver->in_txn(store->conn) && !store_control(store, sql_rollback))
		store->dead = true;
	leave_txn(store);
}

static bool begin_write(struct shop_store *store, const struct shop_context *ctx,
			struct shop_error *err)
{
	if (store_refuses(store, err))
		return false;
	if (!store_control(store, sql_begin_write))
		return store_report(store, err);
	store->depth = 1;
	store->savepoint_changes = -1;
	store->context = *ctx;
	store->txn_id = 0;
	store->changes_before = store->driver->total_changes(store->conn);
	if (take_time(store, err))
		return true;
	roll_back(store);
	return false;
}

/* A commit that failed for want of room or in a quarrel over locks did not happen; others may have.
 */
static bool commit_failed(struct shop_store *store, struct shop_error *err)
{
	enum shop_error_id id = store->failure.id;

	if (id != E_STORE_BUSY && id != E_STORE_FULL && id != E_DUPLICATE && id != E_STATE &&
	    id != E_INTERNAL) {
		store_kill(store, err);
		roll_back(store);
		return false;
	}
	store_report(store, err);
	roll_back(store);
	return false;
}

static bool commit_write(struct shop_store *store, struct shop_error *err)
{
	if (!note_time(store, err) || !store_counters_write(store, err)) {
		roll_back(store);
		return false;
	}
	if (!store_control(store, sql_commit))
		return commit_failed(store, err);
	leave_txn(store);
	return true;
}

/* The work, true only when it says so and no statement of it failed unheard. */
static bool run_work(struct shop_store *store, shop_write_fn fn, void *arg, struct shop_error *err)
{
	return fn(store, arg, err) && !store_refuses(store, err);
}

static bool write_once(struct shop_store *store, const struct shop_context *ctx, shop_write_fn fn,
		       void *arg, bool keep, struct shop_error *err)
{
	bool ok;

	if (!begin_write(store, ctx, err))
		return false;
	ok = run_work(store, fn, arg, err);
	if (ok && keep)
		return commit_write(store, err);
	roll_back(store);
	return ok;
}

static bool write_in_turn(struct shop_store *store, const struct shop_context *ctx,
			  shop_write_fn fn, void *arg, bool keep, int64_t until_us,
			  struct shop_error *err)
{
	bool ok;

	if (!turnstile_enter(&store->turnstile, until_us, err))
		return false;
	store->driver->busy_until(store->conn, until_us);
	ok = write_once(store, ctx, fn, arg, keep, err);
	store->driver->busy_until(store->conn, 0);
	turnstile_leave(&store->turnstile);
	return ok;
}

/* Something was to be undone that has no savepoint. What fn itself made of it is its answer all the
 * same. */
static bool must_redo(struct shop_store *store, struct shop_error *err)
{
	bool spoiled = store->spoiled;

	store->spoiled = false;
	if (!spoiled || err->id != E_STORE_BUSY)
		return false;
	shop_error_done(err);
	store->unguarded = false;
	store->careful = CAREFUL_GROUPS;
	return true;
}

static bool write_outermost(struct shop_store *store, const struct shop_context *ctx,
			    shop_write_fn fn, void *arg, bool keep, struct shop_error *err)
{
	int64_t until_us = turnstile_clock_us() + store->busy_timeout_us;

	if (store->mode == SHOP_STORE_READ)
		return shop_fail(err, E_STORE_READONLY, "%s was opened for reading", store->path);
	while (!write_in_turn(store, ctx, fn, arg, keep, until_us, err)) {
		if (must_redo(store, err))
			continue;
		if (err->id != E_STORE_BUSY || store->dead || turnstile_clock_us() >= until_us)
			return false;
		shop_error_done(err);
		g_usleep(200 + (gulong)(turnstile_clock_us() % 1800));
	}
	/* Also when nothing changed: what is acknowledged may rest on what another process just
	 * committed. */
	if (keep && store->sync == SHOP_SYNC_LATE && !store->driver->sync(store->conn)) {
		store_latch(store);
		return store_kill(store, err);
	}
	if (keep)
		store_checkpoint_grown(store);
	return true;
}

/* Nothing changed since the savepoint of the step around: undoing the new step goes back to it. */
static bool may_share(const struct shop_store *store)
{
	return store->depth > 1 &&
	       store->driver->total_changes(store->conn) == store->savepoint_changes;
}

static bool set_savepoint(struct shop_store *store)
{
	if (!store_control(store, sql_savepoint))
		return false;
	store->savepoint_changes = store->driver->total_changes(store->conn);
	return true;
}

/* Once it is gone, the savepoint around it is the innermost, of an unknown earlier moment. */
static bool drop_savepoint(struct shop_store *store)
{
	store->savepoint_changes = -1;
	return store_control(store, sql_release);
}

static bool is_shared(const struct shop_store *store)
{
	return (store->shared >> store->depth & 1) != 0;
}

/* A number that was counted up is a change before it is written. */
static int64_t changes_so_far(const struct shop_store *store)
{
	return store->driver->total_changes(store->conn) + store->taken;
}

static bool is_bare(const struct shop_store *store)
{
	return (store->bare >> store->depth & 1) != 0;
}

bool shop_txn_begin(struct shop_txn *txn, struct shop_store *store, struct shop_error *err)
{
	const uint64_t bit = UINT64_C(1) << (store->depth + 1);
	const bool bare = store->unguarded;
	const bool shared = !bare && may_share(store);

	g_assert(store->depth > 0); /* a step outside shop_store_write has no context */
	g_assert(store->depth < 63);
	if (store_refuses(store, err))
		return false;
	if (!bare && !shared && !set_savepoint(store))
		return store_report(store, err);
	store->bare = bare ? store->bare | bit : store->bare & ~bit;
	store->shared = shared ? store->shared | bit : store->shared & ~bit;
	store->depth++;
	txn->store = store;
	txn->depth = store->depth;
	txn->changes = changes_so_far(store);
	return true;
}

bool shop_txn_commit(struct shop_txn *txn, struct shop_error *err)
{
	struct shop_store *store = txn->store;

	g_assert(store && txn->depth == store->depth);
	if (store_refuses(store, err))
		return false;
	if (!is_bare(store) && !is_shared(store) && !drop_savepoint(store))
		return store_report(store, err);
	store->depth--;
	if (store->txn_id_depth > store->depth)
		store->txn_id_depth = store->depth;
	txn->store = NULL;
	return true;
}

/* A number taken in an undone step is the counter's again. */
static void forget_txn_id(struct shop_store *store)
{
	if (store->txn_id == 0 || store->txn_id_depth <= store->depth)
		return;
	store->txn_id = 0;
	if (store->own_correlation)
		store->context.correlation = 0;
	store->own_correlation = false;
}

/* Undo the innermost step. Without a savepoint that needs no doing, or the whole group run again.
 */
static void undo_step(struct shop_store *store, int64_t changes_before)
{
	if (!store->driver->in_txn(store->conn))
		return;
	if (!is_bare(store)) {
		if (store_control(store, sql_undo) && (is_shared(store) || drop_savepoint(store)))
			store_forgive(store);
		return;
	}
	if (!store->spoiled && changes_so_far(store) == changes_before) {
		store_forgive(store);
		return;
	}
	store->spoiled = true;
	store_forgive(store);
	shop_fail(&store->failure, E_STORE_BUSY, "the group is run again, step by step");
}

void shop_txn_end(struct shop_txn *txn)
{
	struct shop_store *store = txn->store;

	txn->store = NULL;
	if (!store || store->depth < txn->depth)
		return;
	/* Where SQLite rolled back all (disk full, I/O error), the failure stays for the outer
	 * steps. */
	while (store->depth >= txn->depth) {
		undo_step(store, txn->changes);
		store->depth--;
	}
	store->head.known = false;
	forget_txn_id(store);
}

/* What is sure to be undone has its savepoint in any group. */
static bool run_step(struct shop_store *store, shop_write_fn fn, void *arg, bool keep,
		     struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	const bool unguarded = store->unguarded;
	bool ok;

	store->unguarded = unguarded && keep;
	ok = (keep || store_counters_write(store, err)) && shop_txn_begin(&txn, store, err) &&
	     run_work(store, fn, arg, err) && (!keep || shop_txn_commit(&txn, err));
	if (txn.store != NULL)
		shop_txn_end(&txn);
	store->unguarded = unguarded;
	return ok;
}

/* One transaction of a group: to the store a step, to the journal a number and a context of its
 * own. */
static bool write_member(struct shop_store *store, const struct shop_context *ctx, shop_write_fn fn,
			 void *arg, bool keep, struct shop_error *err)
{
	struct shop_context group = store->context;
	bool ok;

	store->context = *ctx;
	believe_time(store);
	ok = run_step(store, fn, arg, keep, err);
	if (ok && keep)
		group.now_us = MAX(group.now_us, store->context.now_us);
	store->context = group;
	store->txn_id = 0;
	store->own_correlation = false;
	return ok;
}

bool shop_store_write(struct shop_store *store, const struct shop_context *ctx, shop_write_fn fn,
		      void *arg, struct shop_error *err)
{
	g_assert(!store->reading);
	if (store->grouped && store->depth == 1)
		return write_member(store, ctx, fn, arg, true, err);
	if (store->depth > 0)
		return run_step(store, fn, arg, true, err);
	return write_outermost(store, ctx, fn, arg, true, err);
}

bool shop_store_group(struct shop_store *store, bool keep, bool careful, shop_write_fn fn,
		      void *arg, struct shop_error *err)
{
	const struct shop_context nobody = {.now_us = INT64_MIN};
	bool ok;

	g_assert(!store->reading && store->depth == 0);
	store->grouped = true;
	store->unguarded = !careful && store->careful == 0;
	store->careful -= store->careful > 0;
	ok = write_outermost(store, &nobody, fn, arg, keep, err);
	store->unguarded = false;
	store->grouped = false;
	return ok;
}

bool shop_store_try(struct shop_store *store, const struct shop_context *ctx, shop_write_fn fn,
		    void *arg, struct shop_error *err)
{
	g_assert(!store->reading);
	if (store->grouped && store->depth == 1)
		return write_member(store, ctx, fn, arg, false, err);
	if (store->depth > 0)
		return run_step(store, fn, arg, false, err);
	return write_outermost(store, ctx, fn, arg, false, err);
}

bool shop_store_read(struct shop_store *store, shop_write_fn fn, void *arg, struct shop_error *err)
{
	bool ok;

	if (store->depth > 0 || store->reading)
		return store_counters_write(store, err) && fn(store, arg, err);
	if (store_refuses(store, err))
		return false;
	if (!store_control(store, sql_begin_read))
		return store_report(store, err);
	store->reading = true;
	ok = run_work(store, fn, arg, err);
	store->reading = false;
	roll_back(store);
	return ok;
}

int64_t store_txn_id(struct shop_store *store, struct shop_error *err)
{
	if (store->txn_id != 0)
		return store->txn_id;
	if (!shop_store_next_id(store, SHOP_ID_TXN, &store->txn_id, err))
		return 0;
	store->txn_id_depth = store->depth;
	if (store->context.correlation == 0) {
		store->context.correlation = store->txn_id;
		store->own_correlation = true;
	}
	return store->txn_id;
}

void shop_store_cause(struct shop_store *store, const char *actor, int64_t correlation,
		      int64_t causation)
{
	g_assert(store->depth > 0);
	store->context.actor = actor;
	store->context.correlation = correlation;
	store->context.causation = causation;
	store->own_correlation = false;
}

void shop_store_reason(struct shop_store *store, const char *reason)
{
	g_assert(store->depth > 0);
	store->context.reason = reason;
}

bool shop_store_correlation(struct shop_store *store, int64_t *ret_correlation,
			    struct shop_error *err)
{
	if (store_txn_id(store, err) == 0)
		return false;
	*ret_correlation = store->context.correlation;
	return true;
}

bool shop_store_sync(struct shop_store *store, struct shop_error *err)
{
	if (store->sync == SHOP_SYNC_OFF || store->driver->sync(store->conn))
		return true;
	store_latch(store);
	return store_kill(store, err);
}

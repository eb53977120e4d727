/* Opening and closing a store, and the facts it was opened with. */
#include "store/sqlite.h"
#include "store/store_internal.h"

#include <sodium.h>
#include <string.h>
#include <unistd.h>

#define BUSY_TIMEOUT_US INT64_C(5000000)
#define MINUTE_US (INT64_C(60) * 1000000)
#define HOUR_US (60 * MINUTE_US)
/*
 * Where every command opens the store anew, each first reads the whole WAL: 2 µs a page, while a
 * checkpoint costs two syncs. While a program keeps it open nobody reads the WAL, and writers wait
 * for a checkpoint, so it may grow to 16 MiB; a batch makes it short again when it ends.
 */
#define CHECKPOINT_PAGES_SHORT 256
#define CHECKPOINT_PAGES_LONG 4000

void shop_policy_defaults(struct shop_policy *ret_policy)
{
	*ret_policy = (struct shop_policy){
		.reserve_for_us = 30 * MINUTE_US,
		.low_stock = 5,
		.backorder = "deny",
		.pay_within_us = 24 * HOUR_US,
		.pay_within_manual_us = 7 * 24 * HOUR_US,
		.late_after_us = 48 * HOUR_US,
		.claim_for_us = 30 * MINUTE_US,
		.job_lease_us = MINUTE_US,
		.job_max_attempts = 8,
	};
}

static void copy_policy(struct shop_policy *to, const struct shop_policy *from)
{
	if (from)
		*to = *from;
	else
		shop_policy_defaults(to);
	to->backorder = g_strdup(to->backorder);
	to->sandbox_log = g_strdup(to->sandbox_log);
}

struct shop_store *store_new(const char *path, struct db_conn *conn)
{
	struct shop_store *store = g_new0(struct shop_store, 1);

	store->driver = &sqlite_driver;
	store->conn = conn;
	store->path = g_strdup(path);
	store->mode = SHOP_STORE_WRITE;
	store->busy_timeout_us = BUSY_TIMEOUT_US;
	store->statements = g_hash_table_new(g_direct_hash, g_direct_equal);
	store->turnstile.fd = -1;
	store->checkpoint_every = CHECKPOINT_PAGES_SHORT;
	store->checkpoint_at = CHECKPOINT_PAGES_SHORT;
	store->watch = -1;
	store->cancel_fd = -1;
	store->seen_version = -1;
	store->listed.count = SHOP_NULL;
	return store;
}

void shop_store_close(struct shop_store **store)
{
	struct shop_store *s = *store;

	*store = NULL;
	if (!s)
		return;
	store_stmt_free_all(s);
	s->driver->close(s->conn); /* rolls back what is open */
	turnstile_close(&s->turnstile);
	if (s->watch >= 0)
		close(s->watch);
	store_forgive(s);
	g_free((char *)(uintptr_t)s->policy.backorder);
	g_free((char *)(uintptr_t)s->policy.sandbox_log);
	g_free(s->currency);
	g_free((char *)(uintptr_t)s->bounds.text);
	g_free((char *)(uintptr_t)s->bounds.keys);
	g_free(s->path);
	g_free(s);
}

static bool load_facts(struct shop_store *store, struct shop_error *err)
{
	static const char sql[] = "SELECT key, value FROM meta WHERE key IN ('currency', 'test')";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, NULL, err))
		return false;
	while (db_next(&q)) {
		if (strcmp(db_text(&q, 0), "test") == 0)
			store->test = strcmp(db_text(&q, 1), "1") == 0;
		else
			store->currency = db_text_dup(&q, 1);
	}
	if (!db_done(&q, err))
		return false;
	if (!store->currency)
		return shop_fail(err, E_STORE_DAMAGED, "%s does not say its currency", store->path);
	return true;
}

static bool open_conn(const struct shop_store_options *options, const char *path,
		      struct shop_store **ret_store, struct shop_error *err)
{
	const struct db_open how = {
		.mode = options->mode,
		.sync = options->sync == SHOP_SYNC_OFF ? SHOP_SYNC_FULL : options->sync,
		.busy_timeout_us =
			options->busy_timeout_us ? options->busy_timeout_us : BUSY_TIMEOUT_US,
		.long_lived = options->long_lived,
	};
	struct db_conn *conn = NULL;
	struct shop_store *store;

	if (!sqlite_driver.open(path, &how, &conn, err))
		return false;
	store = store_new(path, conn);
	store->mode = how.mode;
	store->sync = how.sync;
	store->busy_timeout_us = how.busy_timeout_us;
	if (how.long_lived) {
		store->checkpoint_every = store->checkpoint_at = CHECKPOINT_PAGES_LONG;
		/* Finds the processor's fast way to hash: not worth it for one event, and it may
		 * fail. */
		if (sodium_init() < 0)
			g_debug("hashing is slow here");
	}
	copy_policy(&store->policy, options->policy);
	*ret_store = store;
	return true;
}

/* Test stores may go without syncs; no other store may. */
static bool drop_sync(struct shop_store *store, enum shop_sync wanted, struct shop_error *err)
{
	if (wanted != SHOP_SYNC_OFF || !store->test)
		return true;
	if (!sqlite_sync_off(store->conn, err))
		return false;
	store->sync = SHOP_SYNC_OFF;
	return true;
}

bool shop_store_open(const struct shop_store_options *options, struct shop_store **ret_store,
		     struct shop_error *err)
{
	AUTO_STORE struct shop_store *store = NULL;
	char *path = NULL;
	bool ok;

	ok = sqlite_check_file(options->path, options->mode, &path, err) &&
	     open_conn(options, path, &store, err) && load_facts(store, err) &&
	     drop_sync(store, options->sync, err) &&
	     (options->mode == SHOP_STORE_READ || turnstile_open(&store->turnstile, path, err));
	g_free(path);
	if (!ok)
		return false;
	*ret_store = store;
	store = NULL;
	return true;
}

bool shop_store_another(const struct shop_store *store, struct shop_store **ret_store,
			struct shop_error *err)
{
	const struct shop_store_options options = {
		.path = store->path,
		.mode = store->mode,
		.sync = store->sync,
		.busy_timeout_us = store->busy_timeout_us,
		.policy = &store->policy,
	};

	return shop_store_open(&options, ret_store, err);
}

const struct shop_policy *shop_store_policy(const struct shop_store *store)
{
	return &store->policy;
}

const char *shop_store_currency(const struct shop_store *store)
{
	return store->currency;
}

bool shop_store_is_test(const struct shop_store *store)
{
	return store->test;
}

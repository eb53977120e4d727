/* Older schemas to the present one: numbered steps, each in one transaction, forward only. */
#include "store/schema.h"
#include "store/sqlite.h"
#include "store/store_internal.h"

/* steps[n] are the statements that make schema n + 1 of schema n, with the PRAGMA user_version
 * last. */
static const char *const *const steps[SHOP_SCHEMA_VERSION] = {
	[0] = NULL, /* a store begins with schema 1 */
};

static bool run_step(struct shop_store *store, int64_t from, struct shop_error *err)
{
	const char *const *sql = from > 0 ? steps[from] : NULL;

	if (!sql)
		return shop_fail(err, E_STORE_VERSION, "there is no way from schema %lld",
				 (long long)from);
	if (!store_control(store, "BEGIN IMMEDIATE"))
		return store_report(store, err);
	store->depth = 1;
	for (; *sql; sql++)
		if (!store_define(store, *sql, err))
			return false;
	store->depth = 0;
	return store_control(store, "COMMIT") || store_report(store, err);
}

static bool run_steps(struct shop_store *store, int64_t *ret_from, struct shop_error *err)
{
	int64_t from = 0;

	if (!turnstile_open(&store->turnstile, store->path, err) ||
	    !turnstile_enter(&store->turnstile, turnstile_clock_us() + store->busy_timeout_us,
			     err) ||
	    !db_get(store, &from, "PRAGMA user_version", NULL, err))
		return false;
	if (from < SHOP_SCHEMA_VERSION) {
		char *copy = g_strdup_printf("%s.schema-%lld", store->path, (long long)from);
		bool ok = shop_store_backup(store, copy, err);
		g_free(copy);
		if (!ok)
			return false;
	}
	for (int64_t at = from; at < SHOP_SCHEMA_VERSION; at++)
		if (!run_step(store, at, err))
			return false;
	*ret_from = from;
	return true;
}

bool shop_store_migrate(const char *path, int64_t *ret_from, struct shop_error *err)
{
	const struct db_open how = {
		.mode = SHOP_STORE_WRITE,
		.sync = SHOP_SYNC_FULL,
		.busy_timeout_us = 5000000,
		.may_define = true,
		.any_version = true,
	};
	AUTO_STORE struct shop_store *store = NULL;
	struct db_conn *conn = NULL;
	char *real = NULL;
	bool ok;

	if (!sqlite_check_file(path, SHOP_STORE_WRITE, &real, err))
		return false;
	ok = sqlite_driver.open(real, &how, &conn, err);
	if (ok) {
		store = store_new(real, conn);
		ok = run_steps(store, ret_from, err);
	}
	g_free(real);
	return ok;
}

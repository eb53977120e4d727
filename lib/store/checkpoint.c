/*
 * Checkpoints, only ever under the writer lock: SQLite before 3.51.3 can lose committed rows when
 * one races with a writer that begins the WAL anew (SAFETY.md §1.1).
 */
#include "store/sqlite.h"
#include "store/store_internal.h"

#include <sys/stat.h>

#define SHORT_PAGES 1000
#define PAGE_IN_WAL (4096 + 24)

static bool wal_is_short(const struct shop_store *store)
{
	char *wal = g_strconcat(store->path, "-wal", NULL);
	struct stat st;
	bool is_short = lstat(wal, &st) != 0 || st.st_size <= (off_t)SHORT_PAGES * PAGE_IN_WAL;

	g_free(wal);
	return is_short;
}

/* The helper connection that holds the lock; it commits nothing. */
static bool open_helper(struct shop_store *store, sqlite3 **ret_db, struct shop_error *err)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
	int rc = sqlite3_open_v2(store->path, ret_db, flags, NULL);

	if (rc != SQLITE_OK)
		return sqlite_raise(*ret_db, rc, store->path, err);
	sqlite3_busy_timeout(*ret_db, (int)(store->busy_timeout_us / 1000));
	sqlite3_db_config(*ret_db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_wal_autocheckpoint(*ret_db, 0);
	return true;
}

/*
 * That a WAL is whole in the file is noted in memory that ends with the last connection: the next
 * command would read it all again, and checkpoint it all again. So whoever closes the store as the
 * last one, which SQLite does alone under its exclusive lock, removes it.
 */
static void remove_when_last(struct shop_store *store)
{
	sqlite3_db_config(store->conn->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
}

/* *ret_whole: all of the WAL is in the file, so the next writer begins it anew. */
static bool run_locked(struct shop_store *store, sqlite3 *helper, bool *ret_whole,
		       struct shop_error *err)
{
	int rc = sqlite3_exec(helper, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	int in_wal = -1, in_file = -1;

	if (rc != SQLITE_OK)
		return sqlite_raise(helper, rc, "cannot lock the store", err);
	rc = sqlite3_wal_checkpoint_v2(store->conn->db, "main", SQLITE_CHECKPOINT_PASSIVE, &in_wal,
				       &in_file);
	if (rc != SQLITE_OK)
		sqlite_raise(store->conn->db, rc, "cannot checkpoint", err);
	sqlite3_exec(helper, "ROLLBACK", NULL, NULL, NULL);
	*ret_whole = in_wal == in_file;
	if (*ret_whole)
		remove_when_last(store);
	return rc == SQLITE_OK;
}

static bool checkpoint(struct shop_store *store, bool force, bool *ret_whole,
		       struct shop_error *err)
{
	int64_t until_us = turnstile_clock_us() + store->busy_timeout_us;
	sqlite3 *helper = NULL;
	bool ok;

	g_assert(store->depth == 0 && !store->reading);
	*ret_whole = false;
	if (store_refuses(store, err))
		return false;
	if (store->mode == SHOP_STORE_READ || (!force && wal_is_short(store)))
		return true;
	if (!turnstile_enter(&store->turnstile, until_us, err))
		return false;
	ok = open_helper(store, &helper, err) && run_locked(store, helper, ret_whole, err);
	sqlite3_close(helper);
	turnstile_leave(&store->turnstile);
	return ok;
}

bool shop_store_checkpoint(struct shop_store *store, bool force, struct shop_error *err)
{
	bool whole;

	return checkpoint(store, force, &whole, err);
}

void store_checkpoint_grown(struct shop_store *store)
{
	AUTO_ERROR struct shop_error ignored = {0};
	int pages = store->conn->wal_pages;
	bool whole = false;

	if (pages < store->checkpoint_every)
		store->checkpoint_at = store->checkpoint_every;
	if (pages <= store->checkpoint_at)
		return;
	/* A long reader may keep the WAL from shrinking: the next attempt is as much growth later.
	 */
	if (!checkpoint(store, true, &whole, &ignored) || !whole)
		store->checkpoint_at = pages + store->checkpoint_every;
	else
		store->checkpoint_at = store->checkpoint_every;
}

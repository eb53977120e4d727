/* The SQLite driver's connection, for the files of lib/store that need SQLite itself: backup,
 * checkpoint. */
#ifndef SHOP_STORE_SQLITE_H
#define SHOP_STORE_SQLITE_H

#include "store/driver.h"

#include <sqlite3.h>

/* Marks the file as ours: "SHOP". */
#define SQLITE_SHOP_ID 0x53484f50

struct db_conn {
	sqlite3 *db;
	char *path;
	int rc;	      /* of the last failed call */
	bool define;  /* DDL passes the authorizer */
	bool control; /* BEGIN, COMMIT, SAVEPOINT … pass the authorizer */
	int64_t busy_timeout_us;
	int64_t busy_until_us; /* set by txn.c for a write; 0 = from the first wait */
	int64_t busy_own_us;   /* the deadline of the running wait */
	uint64_t seed;	       /* of the jitter */
	bool (*stop)(void *ctx); /* asked while a statement runs, or NULL */
	void *stop_ctx;
	int wal_pages;	       /* after this connection's last commit */
};

/** Check the file before SQLite sees it: SAFETY.md §1.3. ret_path: absolute, without symlinks
 * (g_free). */
bool sqlite_check_file(const char *path, enum shop_store_mode mode, char **ret_path,
		       struct shop_error *err) SHOP_CHECKED;

/** Directory resolved, last component kept: "/real/dir/shop.db" (g_free). Fails with
 * E_STORE_MISSING. */
bool sqlite_real_path(const char *path, char **ret_path, struct shop_error *err) SHOP_CHECKED;

/** Set and read back every safety setting (SAFETY.md §1.2). */
bool sqlite_settle(struct db_conn *conn, const struct db_open *how,
		   struct shop_error *err) SHOP_CHECKED;

/** Leave out syncs from now on: test stores only. */
bool sqlite_sync_off(struct db_conn *conn, struct shop_error *err) SHOP_CHECKED;

/** Raise a SQLite result code as an error: the one mapping. Returns false. */
bool sqlite_raise(sqlite3 *db, int rc, const char *what, struct shop_error *err);

/** One integer by a constant statement; false on failure with *ret_rc. */
bool sqlite_get_int(sqlite3 *db, const char *sql, int64_t *ret_value, int *ret_rc);

/**
 * Give a whole, closed file its name, where nothing has that name yet; durable: synced before and after.
 * Fails with E_STORE_EXISTS, E_STORE_IO.
 */
bool sqlite_publish(const char *temp, const char *path, bool durable,
		    struct shop_error *err) SHOP_CHECKED;

/** Sync the directory a file is in. */
bool sqlite_sync_directory(const char *path);

/** Whether application_id and user_version are those of a store this program can use. */
bool sqlite_check_marks(sqlite3 *db, const char *path, bool any_version,
			struct shop_error *err) SHOP_CHECKED;

#endif

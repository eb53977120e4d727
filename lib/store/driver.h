/*
 * What a database driver is: a table of functions over one connection. db.c and txn.c use only
 * this, so a second driver needs no change above it. One thread uses a connection at a time.
 */
#ifndef SHOP_STORE_DRIVER_H
#define SHOP_STORE_DRIVER_H

#include "shop/error.h"
#include "shop/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db_conn;	  /* a connection; the driver's */
struct db_handle; /* a prepared statement; the driver's */

enum db_step { DB_DONE, DB_ROW, DB_FAILED };

/* How to open a connection. */
struct db_open {
	enum shop_store_mode mode;
	enum shop_sync sync;
	int64_t busy_timeout_us;
	bool long_lived;
	bool may_create;  /* the file is empty and becomes a store: skip the check for its marks */
	bool may_define;  /* DDL is allowed: create and migrate */
	bool any_version; /* migrate: an older schema is no error */
};

struct db_driver {
	const char *name;
	char *(*expand)(const char *sql); /* the common SQL text in its own words (g_free) */
	bool (*open)(const char *path, const struct db_open *how, struct db_conn **ret_conn,
		     struct shop_error *err);
	void (*close)(struct db_conn *conn);
	/* False on failure: ask raise(). `keep` says it will be used many times. */
	bool (*prepare)(struct db_conn *conn, const char *sql, bool keep,
			struct db_handle **ret_handle);
	void (*finalize)(struct db_handle *handle);
	bool (*bind_int)(struct db_handle *handle, int n, int64_t value);
	bool (*bind_text)(struct db_handle *handle, int n, const char *value, bool borrow);
	bool (*bind_blob)(struct db_handle *handle, int n, const void *value, size_t size,
			  bool borrow);
	bool (*bind_null)(struct db_handle *handle, int n);
	enum db_step (*step)(struct db_conn *conn, struct db_handle *handle);
	void (*reset)(struct db_handle *handle);  /* ends it and forgets its parameters */
	bool (*writes)(struct db_handle *handle); /* whether it may change the store */
	int (*columns)(struct db_handle *handle);
	bool (*column_null)(struct db_handle *handle, int column);
	int64_t (*column_int)(struct db_handle *handle, int column);
	const char *(*column_text)(struct db_handle *handle, int column);
	const void *(*column_blob)(struct db_handle *handle, int column, size_t *ret_size);
	int64_t (*changes)(struct db_conn *conn); /* rows the last statement changed */
	int64_t (*total_changes)(
		struct db_conn *conn); /* rows changed since the connection began */
	bool (*in_txn)(struct db_conn *conn);
	/* Raise the last failure as an E_STORE_… or constraint error. Returns false. */
	bool (*raise)(struct db_conn *conn, struct shop_error *err);
	/* Make what is committed durable. */
	bool (*sync)(struct db_conn *conn);
	/* Let transaction statements pass (txn.c only). */
	void (*control)(struct db_conn *conn, bool on);
	/* Ask fn again and again while a statement runs; true ends it, as a failure. NULL = nobody. */
	void (*stop_when)(struct db_conn *conn, bool (*fn)(void *ctx), void *ctx);
	/* The moment until which the next operation may wait for a foreign writer; 0 = its own
	 * time-out. */
	void (*busy_until)(struct db_conn *conn, int64_t monotonic_us);
};

extern const struct db_driver sqlite_driver;

#endif

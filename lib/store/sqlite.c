/* The SQLite driver: one connection and its statements behind the functions of driver.h. */
#include "store/sqlite.h"
#include "store/sql_text.h"
#include "store/turnstile.h"

#include <glib.h>
#include <sys/stat.h>

static sqlite3_stmt *stmt_of(struct db_handle *handle)
{
	return (sqlite3_stmt *)handle;
}

static void conn_close(struct db_conn *conn)
{
	if (!conn)
		return;
	sqlite3_close(conn->db);
	g_free(conn->path);
	g_free(conn);
}

/* Before SQLite's first use in this process. Its memory statistics cost a mutex at each allocation,
 * and nobody reads them; later calls are refused and change nothing. */
static void configure(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
}

static bool conn_open(const char *path, const struct db_open *how, struct db_conn **ret_conn,
		      struct shop_error *err)
{
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE;
	struct db_conn *conn = g_new0(struct db_conn, 1);
	bool new_wal;
	struct stat st;
	char *wal = g_strconcat(path, "-wal", NULL);
	int rc;

	configure();
	new_wal = lstat(wal, &st) != 0;
	g_free(wal);
	conn->path = g_strdup(path);
	conn->busy_timeout_us = how->busy_timeout_us;
	conn->seed = (uint64_t)turnstile_clock_us() | 1;
	flags |= how->mode == SHOP_STORE_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
	rc = sqlite3_open_v2(path, &conn->db, flags, NULL);
	if (rc == SQLITE_OK ? !sqlite_settle(conn, how, err)
			    : !sqlite_raise(conn->db, rc, path, err)) {
		conn_close(conn);
		return false;
	}
	/* A commit is durable only when its WAL file's name is. */
	if (new_wal && how->mode == SHOP_STORE_WRITE && how->sync != SHOP_SYNC_OFF)
		sqlite_sync_directory(path);
	*ret_conn = conn;
	return true;
}

static bool conn_prepare(struct db_conn *conn, const char *sql, bool keep,
			 struct db_handle **ret_handle)
{
	sqlite3_stmt *stmt = NULL;

	conn->rc = sqlite3_prepare_v3(conn->db, sql, -1, keep ? SQLITE_PREPARE_PERSISTENT : 0,
				      &stmt, NULL);
	if (conn->rc != SQLITE_OK)
		return false;
	*ret_handle = (struct db_handle *)stmt;
	return true;
}

static void handle_finalize(struct db_handle *handle)
{
	sqlite3_finalize(stmt_of(handle));
}

static bool handle_bind_int(struct db_handle *handle, int n, int64_t value)
{
	return sqlite3_bind_int64(stmt_of(handle), n, value) == SQLITE_OK;
}

static bool handle_bind_text(struct db_handle *handle, int n, const char *value, bool borrow)
{
	return sqlite3_bind_text(stmt_of(handle), n, value, -1,
				 borrow ? SQLITE_STATIC : SQLITE_TRANSIENT) == SQLITE_OK;
}

static bool handle_bind_blob(struct db_handle *handle, int n, const void *value, size_t size,
			     bool borrow)
{
	return sqlite3_bind_blob64(stmt_of(handle), n, value ? value : "", size,
				   borrow ? SQLITE_STATIC : SQLITE_TRANSIENT) == SQLITE_OK;
}

static bool handle_bind_null(struct db_handle *handle, int n)
{
	return sqlite3_bind_null(stmt_of(handle), n) == SQLITE_OK;
}

static enum db_step handle_step(struct db_conn *conn, struct db_handle *handle)
{
	int rc = sqlite3_step(stmt_of(handle));

	if (rc == SQLITE_ROW)
		return DB_ROW;
	if (rc == SQLITE_DONE)
		return DB_DONE;
	conn->rc = rc;
	return DB_FAILED;
}

static void handle_reset(struct db_handle *handle)
{
	sqlite3_reset(stmt_of(handle));
	sqlite3_clear_bindings(stmt_of(handle));
}

static bool handle_writes(struct db_handle *handle)
{
	return !sqlite3_stmt_readonly(stmt_of(handle));
}

static int handle_columns(struct db_handle *handle)
{
	return sqlite3_column_count(stmt_of(handle));
}

static bool handle_column_null(struct db_handle *handle, int column)
{
	return sqlite3_column_type(stmt_of(handle), column) == SQLITE_NULL;
}

static int64_t handle_column_int(struct db_handle *handle, int column)
{
	return sqlite3_column_int64(stmt_of(handle), column);
}

static const char *handle_column_text(struct db_handle *handle, int column)
{
	return (const char *)sqlite3_column_text(stmt_of(handle), column);
}

static const void *handle_column_blob(struct db_handle *handle, int column, size_t *ret_size)
{
	const void *bytes = sqlite3_column_blob(stmt_of(handle), column);

	*ret_size = (size_t)sqlite3_column_bytes(stmt_of(handle), column);
	return bytes;
}

static int64_t conn_changes(struct db_conn *conn)
{
	return sqlite3_changes64(conn->db);
}

static int64_t conn_total_changes(struct db_conn *conn)
{
	return sqlite3_total_changes64(conn->db);
}

static bool conn_in_txn(struct db_conn *conn)
{
	return !sqlite3_get_autocommit(conn->db);
}

static bool conn_raise(struct db_conn *conn, struct shop_error *err)
{
	return sqlite_raise(conn->db, conn->rc, "the store failed", err);
}

static bool conn_sync(struct db_conn *conn)
{
	sqlite3_file *wal = NULL;

	conn->rc = sqlite3_file_control(conn->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal);
	if (conn->rc == SQLITE_OK && wal && wal->pMethods)
		conn->rc = wal->pMethods->xSync(wal, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY);
	return conn->rc == SQLITE_OK;
}

static void conn_control(struct db_conn *conn, bool on)
{
	conn->control = on;
}

static void conn_busy_until(struct db_conn *conn, int64_t monotonic_us)
{
	conn->busy_until_us = monotonic_us;
}

/* Steps of SQLite's machine between two looks: some tenths of a millisecond. */
#define STEPS_BETWEEN_LOOKS 20000

static int look(void *arg)
{
	const struct db_conn *conn = arg;

	return conn->stop(conn->stop_ctx);
}

static void conn_stop_when(struct db_conn *conn, bool (*fn)(void *ctx), void *ctx)
{
	conn->stop = fn;
	conn->stop_ctx = ctx;
	sqlite3_progress_handler(conn->db, fn == NULL ? 0 : STEPS_BETWEEN_LOOKS, look, conn);
}

const struct db_driver sqlite_driver = {
	.name = "sqlite",
	.expand = sql_text_for_sqlite,
	.open = conn_open,
	.close = conn_close,
	.prepare = conn_prepare,
	.finalize = handle_finalize,
	.bind_int = handle_bind_int,
	.bind_text = handle_bind_text,
	.bind_blob = handle_bind_blob,
	.bind_null = handle_bind_null,
	.step = handle_step,
	.reset = handle_reset,
	.writes = handle_writes,
	.columns = handle_columns,
	.column_null = handle_column_null,
	.column_int = handle_column_int,
	.column_text = handle_column_text,
	.column_blob = handle_column_blob,
	.changes = conn_changes,
	.total_changes = conn_total_changes,
	.in_txn = conn_in_txn,
	.raise = conn_raise,
	.sync = conn_sync,
	.control = conn_control,
	.stop_when = conn_stop_when,
	.busy_until = conn_busy_until,
};

const char *shop_store_engine(void)
{
	return sqlite3_libversion();
}

const char *shop_store_engine_option(int n)
{
	return sqlite3_compileoption_get(n);
}

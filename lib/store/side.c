/* Opening, emptying and writing a file of derived data beside the store. */
#include "store/side.h"

#include "store/sqlite.h"
#include "store/store_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Marks the file as derived from a store: "SHOD". */
#define SIDE_ID 0x53484f44
/* Who finds another at work shares its result: what it does at a time takes some seconds at most.
 */
#define SIDE_BUSY_US INT64_C(20000000)

static const char *const settings[] = {
	"PRAGMA trusted_schema=OFF", "PRAGMA cell_size_check=ON", "PRAGMA temp_store=MEMORY",
	"PRAGMA synchronous=NORMAL", "PRAGMA mmap_size=0",	  "PRAGMA cache_size=-4096",
	"PRAGMA secure_delete=ON",
};

bool db_is_writing(const struct shop_store *store)
{
	return store->depth > 0;
}

/* Personal data stands in it as in the store: the same people may read it. */
static bool make_file(const struct shop_store *store, const char *path, struct shop_error *err)
{
	struct stat st;
	mode_t mode = stat(store->path, &st) == 0 ? st.st_mode & 0666 : 0600;
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
	bool refused = errno == EACCES || errno == EROFS || errno == EPERM;

	if (fd >= 0) {
		(void)!fchmod(fd, mode);
		close(fd);
		return true;
	}
	if (errno == EEXIST)
		return true;
	return shop_fail(err,
			 refused			      ? E_STORE_READONLY
			 : errno == ENOSPC || errno == EDQUOT ? E_STORE_FULL
							      : E_STORE_IO,
			 "cannot make %s: %s", path, g_strerror(errno));
}

static bool settle(struct db_conn *conn, struct shop_error *err)
{
	int rc = SQLITE_OK;

	sqlite3_extended_result_codes(conn->db, 1);
	sqlite3_db_config(conn->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(conn->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	sqlite3_busy_timeout(conn->db, (int)(conn->busy_timeout_us / 1000));
	for (size_t i = 0; rc == SQLITE_OK && i < G_N_ELEMENTS(settings); i++)
		rc = sqlite3_exec(conn->db, settings[i], NULL, NULL, NULL);
	return rc == SQLITE_OK || sqlite_raise(conn->db, rc, conn->path, err);
}

static bool connect_to(const char *path, enum db_side_mode mode, struct db_conn **ret_conn,
		       struct shop_error *err)
{
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE |
		    (mode == DB_SIDE_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
	struct db_conn *conn = g_new0(struct db_conn, 1);
	int rc = sqlite3_open_v2(path, &conn->db, flags, NULL);

	conn->path = g_strdup(path);
	conn->define = true;
	conn->control = true;
	conn->busy_timeout_us = mode == DB_SIDE_PEEK ? 0 : SIDE_BUSY_US;
	if (rc == SQLITE_OK ? settle(conn, err) : sqlite_raise(conn->db, rc, path, err)) {
		*ret_conn = conn;
		return true;
	}
	sqlite_driver.close(conn);
	return false;
}

/* Which version of the format the file has; 0 = it is empty. */
static bool read_version(struct shop_store *side, int64_t *ret_version, struct shop_error *err)
{
	int64_t id = 0;
	int rc;

	if (!sqlite_get_int(side->conn->db, "PRAGMA application_id", &id, &rc) ||
	    !sqlite_get_int(side->conn->db, "PRAGMA user_version", ret_version, &rc))
		return sqlite_raise(side->conn->db, rc, side->path, err);
	if (id == 0 && *ret_version == 0)
		return true;
	return id == SIDE_ID ||
	       shop_fail(err, E_STORE_NOT_SHOP, "%s is none of shopctl's files", side->path);
}

static bool add_schema(struct shop_store *side, const struct db_side_format *format,
		       struct shop_error *err)
{
	char *version = g_strdup_printf("PRAGMA user_version=%d", (int)format->version);
	bool ok = true;

	for (const char *const *sql = format->schema; ok && *sql != NULL; sql++)
		ok = store_define(side, *sql, err);
	ok = ok && store_define(side, "PRAGMA application_id=1397247812", err) &&
	     store_define(side, version, err);
	g_free(version);
	return ok;
}

/* Another process may have been faster. */
static bool define(struct shop_store *side, const struct db_side_format *format,
		   struct shop_error *err)
{
	int64_t version = 0;

	if (!db_side_begin(side, err))
		return false;
	if (read_version(side, &version, err) && (version != 0 || add_schema(side, format, err)) &&
	    db_side_commit(side, err))
		return true;
	db_side_rollback(side);
	return false;
}

/* SQLite empties under its own locks even what it cannot read. */
bool db_side_reset(struct shop_store *side, const struct db_side_format *format,
		   struct shop_error *err)
{
	sqlite3 *db = side->conn->db;
	int rc;

	db_side_rollback(side);
	store_stmt_free_all(side);
	side->statements = g_hash_table_new(g_direct_hash, g_direct_equal);
	sqlite3_db_config(db, SQLITE_DBCONFIG_RESET_DATABASE, 1, NULL);
	rc = sqlite3_exec(db, "VACUUM", NULL, NULL, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_RESET_DATABASE, 0, NULL);
	store_forgive(side);
	if (rc != SQLITE_OK)
		return sqlite_raise(db, rc, side->path, err);
	return define(side, format, err);
}

static bool is_worthless(const struct shop_error *err)
{
	return err->id == E_STORE_NOT_SHOP || err->id == E_STORE_DAMAGED;
}

/* A file of ours with this format's tables. */
static bool prepare(struct shop_store *side, const struct db_side_format *format, bool may_write,
		    struct shop_error *err)
{
	int64_t version = 0;

	if (!read_version(side, &version, err)) {
		if (!may_write || !is_worthless(err))
			return false;
		shop_error_done(err);
		return db_side_reset(side, format, err);
	}
	if (version == format->version)
		return true;
	if (!may_write)
		return shop_fail(err, E_STORE_VERSION, "%s is of another version", side->path);
	return version == 0 ? define(side, format, err) : db_side_reset(side, format, err);
}

bool db_side_open(const struct shop_store *store, const struct db_side_format *format,
		  enum db_side_mode mode, struct shop_store **ret_side, struct shop_error *err)
{
	char *path = g_strconcat(store->path, format->suffix, NULL);
	AUTO_STORE struct shop_store *side = NULL;
	struct db_conn *conn = NULL;
	struct stat st;
	bool ok = true;

	if (mode == DB_SIDE_WRITE)
		ok = make_file(store, path, err);
	else if (lstat(path, &st) != 0)
		ok = shop_fail(err, E_STORE_MISSING, "there is no %s", path);
	ok = ok && connect_to(path, mode, &conn, err);
	if (ok) {
		side = store_new(path, conn);
		side->mode = mode == DB_SIDE_WRITE ? SHOP_STORE_WRITE : SHOP_STORE_READ;
		ok = prepare(side, format, mode == DB_SIDE_WRITE, err);
	}
	g_free(path);
	if (!ok)
		return false;
	*ret_side = side;
	side = NULL;
	return true;
}

bool db_side_begin(struct shop_store *side, struct shop_error *err)
{
	if (store_refuses(side, err))
		return false;
	if (!store_control(side, "BEGIN IMMEDIATE"))
		return store_report(side, err);
	side->depth = 1;
	return true;
}

bool db_side_commit(struct shop_store *side, struct shop_error *err)
{
	if (store_refuses(side, err))
		return false;
	if (!store_control(side, "COMMIT"))
		return store_report(side, err);
	side->depth = 0;
	return true;
}

void db_side_rollback(struct shop_store *side)
{
	if (side->depth == 0)
		return;
	if (side->driver->in_txn(side->conn))
		(void)store_control(side, "ROLLBACK");
	side->depth = 0;
	store_forgive(side);
}

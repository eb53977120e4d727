/* Every safety setting of a SQLite connection, set and read back (SAFETY.md §1.2). */
#include "store/sqlite.h"
#include "store/turnstile.h"

#include <glib.h>
#include <string.h>

/* One pragma, how it is set, and what it must say afterwards. */
struct setting {
	const char *set;
	const char *get;
	int64_t value;
};

static const struct setting settings[] = {
	{"PRAGMA foreign_keys=ON", "PRAGMA foreign_keys", 1},
	{"PRAGMA trusted_schema=OFF", "PRAGMA trusted_schema", 0},
	{"PRAGMA cell_size_check=ON", "PRAGMA cell_size_check", 1},
	{"PRAGMA temp_store=MEMORY", "PRAGMA temp_store", 2},
	{"PRAGMA secure_delete=ON", "PRAGMA secure_delete", 1},
	{"PRAGMA wal_autocheckpoint=0", "PRAGMA wal_autocheckpoint", 0},
};

static const struct setting sync_settings[] = {
	[SHOP_SYNC_FULL] = {"PRAGMA synchronous=FULL", "PRAGMA synchronous", 2},
	[SHOP_SYNC_LATE] = {"PRAGMA synchronous=NORMAL", "PRAGMA synchronous", 1},
	[SHOP_SYNC_OFF] = {"PRAGMA synchronous=OFF", "PRAGMA synchronous", 0},
};

static const int limits[][2] = {
	{SQLITE_LIMIT_LENGTH, 4 << 20},	   {SQLITE_LIMIT_SQL_LENGTH, 64 << 10},
	{SQLITE_LIMIT_ATTACHED, 0},	   {SQLITE_LIMIT_EXPR_DEPTH, 64},
	{SQLITE_LIMIT_COMPOUND_SELECT, 8}, {SQLITE_LIMIT_VARIABLE_NUMBER, 256},
};

static const int switches[][2] = {
	{SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1}, {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
	{SQLITE_DBCONFIG_DQS_DML, 0},	       {SQLITE_DBCONFIG_DQS_DDL, 0},
	{SQLITE_DBCONFIG_DEFENSIVE, 1},
};

/* Pragmas that statements of the library may ask; none of them sets anything. */
static const char *const readable[] = {
	"data_version",	  "integrity_check", "quick_check", "foreign_key_check",
	"user_version",	  "application_id",  "page_count",  "page_size",
	"freelist_count", "table_info",	     NULL,
};

bool sqlite_get_int(sqlite3 *db, const char *sql, int64_t *ret_value, int *ret_rc)
{
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		*ret_value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	*ret_rc = rc == SQLITE_ROW ? SQLITE_OK : rc;
	return rc == SQLITE_ROW;
}

/* 0.2–2 ms, each wait another, so that two who met do not meet again. */
static int on_busy(void *arg, int count)
{
	struct db_conn *conn = arg;
	int64_t now = turnstile_clock_us();
	int64_t until;

	if (count == 0)
		conn->busy_own_us = now + conn->busy_timeout_us;
	until = conn->busy_until_us ? conn->busy_until_us : conn->busy_own_us;
	if (now >= until)
		return 0;
	conn->seed = conn->seed * 6364136223846793005u + 1442695040888963407u;
	g_usleep(200 + (gulong)((conn->seed >> 33) % 1800));
	return 1;
}

static int on_commit_pages(void *arg, sqlite3 *db, const char *name, int pages)
{
	struct db_conn *conn = arg;

	(void)db;
	(void)name;
	conn->wal_pages = pages;
	return SQLITE_OK;
}

static bool is_definition(int action)
{
	return (action >= SQLITE_CREATE_INDEX && action <= SQLITE_CREATE_VIEW) ||
	       (action >= SQLITE_DROP_INDEX && action <= SQLITE_DROP_VIEW) ||
	       action == SQLITE_ALTER_TABLE || action == SQLITE_REINDEX ||
	       action == SQLITE_ANALYZE || action == SQLITE_CREATE_VTABLE ||
	       action == SQLITE_DROP_VTABLE;
}

static bool pragma_allowed(const char *name, const char *value)
{
	for (const char *const *p = readable; *p; p++)
		if (g_ascii_strcasecmp(name, *p) == 0)
			return !value || strstr(*p, "check") || strcmp(*p, "table_info") == 0;
	return false;
}

static int on_authorize(void *arg, int action, const char *a, const char *b, const char *schema,
			const char *trigger)
{
	const struct db_conn *conn = arg;

	(void)schema;
	(void)trigger;
	if (conn->define && action != SQLITE_ATTACH)
		return SQLITE_OK;
	if (action == SQLITE_ATTACH || action == SQLITE_DETACH || is_definition(action))
		return SQLITE_DENY;
	if (action == SQLITE_PRAGMA)
		return pragma_allowed(a, b) ? SQLITE_OK : SQLITE_DENY;
	if (action == SQLITE_TRANSACTION || action == SQLITE_SAVEPOINT)
		return conn->control ? SQLITE_OK : SQLITE_DENY;
	if (action == SQLITE_FUNCTION && g_ascii_strcasecmp(b, "load_extension") == 0)
		return SQLITE_DENY;
	return SQLITE_OK;
}

static bool set_checked(struct db_conn *conn, const struct setting *s, struct shop_error *err)
{
	int64_t value = -1;
	int rc = sqlite3_exec(conn->db, s->set, NULL, NULL, NULL);

	if (rc != SQLITE_OK || !sqlite_get_int(conn->db, s->get, &value, &rc))
		return sqlite_raise(conn->db, rc, conn->path, err);
	if (value != s->value)
		return shop_fail(err, E_STORE_IO, "the setting \"%s\" was not taken", s->set);
	return true;
}

bool sqlite_sync_off(struct db_conn *conn, struct shop_error *err)
{
	bool define = conn->define;
	bool ok;

	conn->define = true;
	ok = set_checked(conn, &sync_settings[SHOP_SYNC_OFF], err);
	conn->define = define;
	return ok;
}

static bool set_limits(struct db_conn *conn, struct shop_error *err)
{
	for (size_t i = 0; i < G_N_ELEMENTS(limits); i++) {
		sqlite3_limit(conn->db, limits[i][0], limits[i][1]);
		if (sqlite3_limit(conn->db, limits[i][0], -1) != limits[i][1])
			return shop_fail(err, E_STORE_IO, "limit %d of the store was not taken",
					 limits[i][0]);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(switches); i++) {
		int on = -1;
		sqlite3_db_config(conn->db, switches[i][0], switches[i][1], &on);
		if (on != switches[i][1])
			return shop_fail(err, E_STORE_IO, "switch %d of the store was not taken",
					 switches[i][0]);
	}
	return true;
}

bool sqlite_check_marks(sqlite3 *db, const char *path, bool any_version, struct shop_error *err)
{
	int64_t id = 0, version = 0;
	int rc;

	if (!sqlite_get_int(db, "PRAGMA application_id", &id, &rc) ||
	    !sqlite_get_int(db, "PRAGMA user_version", &version, &rc))
		return sqlite_raise(db, rc, path, err);
	if (id != SQLITE_SHOP_ID)
		return shop_fail(err, E_STORE_NOT_SHOP, "%s is not a shopctl store", path);
	if (version > SHOP_SCHEMA_VERSION)
		return shop_fail(err, E_STORE_VERSION,
				 "%s has schema %lld, this program knows up to %d", path,
				 (long long)version, SHOP_SCHEMA_VERSION);
	if (version == SHOP_SCHEMA_VERSION || any_version)
		return true;
	shop_fail(err, E_STORE_VERSION, "%s has the older schema %lld", path, (long long)version);
	return shop_fail_fix(err, "store", "migrate", NULL);
}

static bool journal_mode_is(sqlite3 *db, const char *sql, const char *wanted, int *ret_rc)
{
	sqlite3_stmt *stmt = NULL;
	bool same = false;
	int rc = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		same = strcmp((const char *)sqlite3_column_text(stmt, 0), wanted) == 0;
	sqlite3_finalize(stmt);
	*ret_rc = rc == SQLITE_ROW ? SQLITE_OK : rc;
	return same;
}

/* A store for writing is in WAL mode; a backup that is only read may be as it is. */
static bool set_wal(struct db_conn *conn, const struct db_open *how, struct shop_error *err)
{
	int rc;

	if (journal_mode_is(conn->db, "PRAGMA journal_mode", "wal", &rc))
		return true;
	if (rc == SQLITE_OK && how->mode == SHOP_STORE_READ)
		return true;
	if (rc == SQLITE_OK && journal_mode_is(conn->db, "PRAGMA journal_mode=WAL", "wal", &rc))
		return true;
	if (rc != SQLITE_OK)
		return sqlite_raise(conn->db, rc, conn->path, err);
	return shop_fail(err, E_STORE_IO, "%s cannot be put into WAL mode", conn->path);
}

/* Where the build lets files be mapped at all, they are not: an I/O error would be a SIGBUS. */
static bool set_no_mapping(struct db_conn *conn, struct shop_error *err)
{
	int64_t value = 0;
	int rc = sqlite3_exec(conn->db, "PRAGMA mmap_size=0", NULL, NULL, NULL);

	/* A build without mmap answers with no row. */
	if (rc == SQLITE_OK && !sqlite_get_int(conn->db, "PRAGMA mmap_size", &value, &rc) &&
	    rc == SQLITE_DONE)
		rc = SQLITE_OK;
	if (rc != SQLITE_OK)
		return sqlite_raise(conn->db, rc, conn->path, err);
	if (value != 0)
		return shop_fail(err, E_STORE_IO, "%s cannot be kept unmapped", conn->path);
	return true;
}

bool sqlite_settle(struct db_conn *conn, const struct db_open *how, struct shop_error *err)
{
	int rc;

	sqlite3_extended_result_codes(conn->db, 1);
	sqlite3_busy_handler(conn->db, on_busy, conn);
	if (!set_limits(conn, err) ||
	    (!how->may_create &&
	     !sqlite_check_marks(conn->db, conn->path, how->any_version, err)) ||
	    !set_wal(conn, how, err) || !set_no_mapping(conn, err) ||
	    !set_checked(conn, &sync_settings[how->sync], err))
		return false;
	for (size_t i = 0; i < G_N_ELEMENTS(settings); i++)
		if (!set_checked(conn, &settings[i], err))
			return false;
	rc = sqlite3_exec(conn->db,
			  how->long_lived
				  ? "PRAGMA case_sensitive_like=ON; PRAGMA cache_size=-16384"
				  : "PRAGMA case_sensitive_like=ON",
			  NULL, NULL, NULL);
	if (rc != SQLITE_OK)
		return sqlite_raise(conn->db, rc, conn->path, err);
	conn->define = how->may_define;
	sqlite3_wal_hook(conn->db, on_commit_pages, conn);
	sqlite3_set_authorizer(conn->db, on_authorize, conn);
	return true;
}

/*
 * The connection strangers' SQL runs on. What it may name is tried first where there is nothing
 * else: an empty database in memory that holds the published names as tables. What can be prepared
 * there names only those, so it is safe to prepare over the views themselves.
 */
#include "shop/query.h"

#include "shop/times.h"
#include "store/query/functions.h"
#include "store/sqlite.h"
#include "store/store_internal.h"

#include <string.h>

#define STEPS_BETWEEN_LOOKS 1000 /* of the machine, at the clock: some 20 µs */
#define MEMORY_MAX (512ll << 20) /* of the process's SQLite while a query runs */

struct shop_query {
	struct db_conn *conn;
	sqlite3 *trial; /* the empty database */
	sqlite3_stmt *stmt;
	const struct shop_store *store; /* whose canceling ends it */
	const struct shop_view *views;
	int64_t until_us;
	int64_t limit_us;
	sqlite3_int64 memory_before;
	size_t prefix; /* bytes of the text before the stranger's own */
	bool late;
	bool canceled;
	bool denied; /* something was refused */
	char *hex;   /* of the blob last asked for */
};

/* Where only published names exist, reading is free; SQLite's own tables are none of them. */
static bool may_try(int action, const char *a, const char *b)
{
	if (action == SQLITE_SELECT || action == SQLITE_RECURSIVE)
		return true;
	if (action == SQLITE_FUNCTION)
		return query_function_is_allowed(b);
	return action == SQLITE_READ && a != NULL && g_ascii_strncasecmp(a, "sqlite_", 7) != 0;
}

static int authorize_trial(void *arg, int action, const char *a, const char *b, const char *schema,
			   const char *within)
{
	struct shop_query *q = arg;

	(void)schema;
	(void)within;
	if (may_try(action, a, b))
		return SQLITE_OK;
	q->denied = true;
	return SQLITE_DENY;
}

/* The views read tables and call functions of their own; nothing else may happen. */
static int authorize(void *arg, int action, const char *a, const char *b, const char *schema,
		     const char *within)
{
	(void)arg;
	(void)a;
	(void)b;
	(void)schema;
	(void)within;
	return action == SQLITE_SELECT || action == SQLITE_RECURSIVE || action == SQLITE_READ ||
			       action == SQLITE_FUNCTION
		       ? SQLITE_OK
		       : SQLITE_DENY;
}

static int look_at_clock(void *arg)
{
	struct shop_query *q = arg;

	q->late = turnstile_clock_us() >= q->until_us;
	q->canceled = store_canceled(q->store);
	return q->late || q->canceled;
}

static bool run(sqlite3 *db, const char *sql, struct shop_error *err)
{
	int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK || sqlite_raise(db, rc, "the published views", err);
}

/* The view, and in the empty database a table with its columns. */
static bool make_view(struct shop_query *q, const struct shop_view *view, const char *now,
		      struct shop_error *err)
{
	GString *sql = g_string_new(NULL);
	sqlite3_stmt *stmt = NULL;
	bool ok;
	int i, rc;

	g_string_printf(sql, "CREATE TEMP VIEW %s AS %s", view->name, view->select);
	g_string_replace(sql, "{now}", now, 0);
	ok = run(q->conn->db, sql->str, err);
	g_string_assign(sql, "SELECT * FROM ");
	g_string_append(sql, view->name);
	rc = ok ? sqlite3_prepare_v2(q->conn->db, sql->str, -1, &stmt, NULL) : SQLITE_OK;
	if (rc != SQLITE_OK)
		ok = sqlite_raise(q->conn->db, rc, view->name, err);
	g_string_printf(sql, "CREATE TEMP TABLE %s (", view->name);
	for (i = 0; i < sqlite3_column_count(stmt); i++)
		g_string_append_printf(sql, "%s\"%s\"", i == 0 ? "" : ", ",
				       sqlite3_column_name(stmt, i));
	g_string_append_c(sql, ')');
	sqlite3_finalize(stmt);
	ok = ok && run(q->trial, sql->str, err);
	g_string_free(sql, TRUE);
	return ok;
}

/* Only the views that the text names are made: each costs some 50 µs. */
static bool make_views(struct shop_query *q, const char *text, int64_t now_us,
		       struct shop_error *err)
{
	char *lower = g_ascii_strdown(text, -1);
	char *now = g_strdup_printf("%" G_GINT64_FORMAT, now_us);
	const struct shop_view *view;
	bool ok = true;

	q->conn->define = true;
	for (view = q->views; ok && view->name != NULL; view++)
		if (strstr(lower, view->name) != NULL)
			ok = make_view(q, view, now, err);
	q->conn->define = false;
	g_free(now);
	g_free(lower);
	return ok;
}

static bool open_conns(struct shop_query *q, const struct shop_store *store, struct shop_error *err)
{
	const struct db_open how = {
		.mode = SHOP_STORE_READ,
		.sync = SHOP_SYNC_FULL,
		.busy_timeout_us = store->busy_timeout_us,
	};
	int rc;

	if (!sqlite_driver.open(store->path, &how, &q->conn, err))
		return false;
	rc = sqlite3_open_v2(":memory:", &q->trial,
			     SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX,
			     NULL);
	return rc == SQLITE_OK || sqlite_raise(q->trial, rc, "the published views", err);
}

/* The place in the stranger's own text, or nothing when it is not in it. */
static void append_place(const struct shop_query *q, sqlite3 *db, const char *text, GString *to)
{
	int offset = sqlite3_error_offset(db);
	const char *own = text + q->prefix;

	if (offset < 0 || (size_t)offset < q->prefix || (size_t)offset > strlen(text))
		return;
	g_string_append_printf(to, ", at character %ld: %.24s",
			       g_utf8_pointer_to_offset(own, text + offset) + 1, text + offset);
}

/* "no such table: orders" is not true of the store. */
static bool is_hidden(const struct shop_query *q, const char *message)
{
	static const char lead[] = "no such table: ";
	const char *name = message + strlen(lead);

	if (!g_str_has_prefix(message, lead))
		return false;
	name += g_ascii_strncasecmp(name, "main.", 5) == 0 ? 5 : 0;
	return sqlite3_table_column_metadata(q->conn->db, "main", name, NULL, NULL, NULL, NULL,
					     NULL, NULL) == SQLITE_OK;
}

static bool is_forbidden(const struct shop_query *q, int rc, const char *message)
{
	return q->denied || (rc & 0xff) == SQLITE_AUTH || is_hidden(q, message) ||
	       g_str_has_prefix(message, "cannot modify") ||
	       g_str_has_prefix(message, "attempt to write");
}

static bool fail(const struct shop_query *q, sqlite3 *db, int rc, const char *text,
		 struct shop_error *err)
{
	GString *message = g_string_new(sqlite3_errmsg(db));
	char limit[SHOP_TIME_TEXT];

	if (q->canceled) {
		store_fail_canceled(err);
	} else if (q->late || (rc & 0xff) == SQLITE_INTERRUPT) {
		shop_fail(err, E_TIMEOUT, "the query took longer than %s",
			  shop_duration_format(q->limit_us, limit));
	} else if ((rc & 0xff) == SQLITE_NOMEM || (rc & 0xff) == SQLITE_TOOBIG) {
		shop_fail(err, E_SQL, "the query needs too much memory");
	} else if (is_forbidden(q, rc, message->str)) {
		shop_fail(err, E_SQL_FORBIDDEN, "the query may not do this: %s", message->str);
	} else if ((rc & 0xff) == SQLITE_ERROR || (rc & 0xff) == SQLITE_MISMATCH ||
		   (rc & 0xff) == SQLITE_RANGE) {
		if (text != NULL)
			append_place(q, db, text, message);
		shop_fail(err, E_SQL, "%s", message->str);
	} else {
		sqlite_raise(db, rc, "the query", err);
	}
	g_string_free(message, TRUE);
	return false;
}

static bool is_blank(const char *tail)
{
	return tail == NULL || tail[strspn(tail, " \t\r\n;")] == '\0';
}

static bool check_statement(sqlite3_stmt *stmt, const char *tail, struct shop_error *err)
{
	if (stmt == NULL)
		return shop_fail(err, E_SQL, "there is no statement");
	if (!is_blank(tail))
		return shop_fail(err, E_SQL, "one statement at a time; a second begins with %.24s",
				 tail + strspn(tail, " \t\r\n;"));
	if (sqlite3_bind_parameter_count(stmt) > 0)
		return shop_fail(err, E_SQL, "parameters (? or $1) have no values here");
	if (!sqlite3_stmt_readonly(stmt) || sqlite3_stmt_isexplain(stmt) ||
	    sqlite3_column_count(stmt) == 0)
		return shop_fail(err, E_SQL_FORBIDDEN, "only SELECT is allowed");
	return true;
}

static bool try_statement(struct shop_query *q, const char *text, struct shop_error *err)
{
	sqlite3_stmt *stmt = NULL;
	const char *tail = NULL;
	bool ok;
	int rc;

	sqlite3_limit(q->trial, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_set_authorizer(q->trial, authorize_trial, q);
	rc = sqlite3_prepare_v2(q->trial, text, -1, &stmt, &tail);
	ok = rc == SQLITE_OK ? check_statement(stmt, tail, err) : fail(q, q->trial, rc, text, err);
	sqlite3_finalize(stmt);
	return ok;
}

static bool prepare(struct shop_query *q, const char *text, struct shop_error *err)
{
	int rc;

	sqlite3_set_authorizer(q->conn->db, authorize, q);
	sqlite3_progress_handler(q->conn->db, STEPS_BETWEEN_LOOKS, look_at_clock, q);
	rc = sqlite3_prepare_v2(q->conn->db, text, -1, &q->stmt, NULL);
	return rc == SQLITE_OK || fail(q, q->conn->db, rc, text, err);
}

static bool start(struct shop_store *store, const struct shop_query_how *how, const char *text,
		  size_t prefix, struct shop_query **ret_query, struct shop_error *err)
{
	struct shop_query *q = g_new0(struct shop_query, 1);

	*ret_query = q;
	q->store = store;
	q->views = how->views;
	q->limit_us = how->limit_us;
	q->until_us = turnstile_clock_us() + how->limit_us;
	q->prefix = prefix;
	q->memory_before = sqlite3_hard_heap_limit64(MEMORY_MAX);
	return open_conns(q, store, err) && make_views(q, text, how->now_us, err) &&
	       try_statement(q, text, err) && prepare(q, text, err);
}

bool shop_query_start(struct shop_store *store, const struct shop_query_how *how, const char *sql,
		      struct shop_query **ret_query, struct shop_error *err)
{
	return start(store, how, sql, 0, ret_query, err);
}

bool shop_query_where(struct shop_store *store, const struct shop_query_how *how, const char *view,
		      const char *key, const char *expression, struct shop_query **ret_query,
		      struct shop_error *err)
{
	GString *text = g_string_new("SELECT ");
	size_t prefix;
	bool ok;

	g_string_append_printf(text, "%s FROM %s WHERE (", key, view);
	prefix = text->len;
	/* A comment at its end must not take the bracket with it. */
	g_string_append_printf(text, "%s\n)", expression);
	ok = start(store, how, text->str, prefix, ret_query, err);
	g_string_free(text, TRUE);
	return ok;
}

int shop_query_columns(const struct shop_query *query)
{
	return sqlite3_column_count(query->stmt);
}

const char *shop_query_column(const struct shop_query *query, int column)
{
	return sqlite3_column_name(query->stmt, column);
}

bool shop_query_next(struct shop_query *query, bool *ret_row, struct shop_error *err)
{
	int rc = sqlite3_step(query->stmt);

	*ret_row = rc == SQLITE_ROW;
	return rc == SQLITE_ROW || rc == SQLITE_DONE || fail(query, query->conn->db, rc, NULL, err);
}

static const char *as_hex(struct shop_query *q, int column)
{
	const unsigned char *bytes = sqlite3_column_blob(q->stmt, column);
	int size = sqlite3_column_bytes(q->stmt, column);
	GString *hex = g_string_new(NULL);
	int i;

	for (i = 0; i < size; i++)
		g_string_append_printf(hex, "%02x", bytes[i]);
	g_free(q->hex);
	q->hex = g_string_free(hex, FALSE);
	return q->hex;
}

struct shop_query_value shop_query_value(struct shop_query *query, int column)
{
	struct shop_query_value value = {.kind = SHOP_QUERY_TEXT};

	switch (sqlite3_column_type(query->stmt, column)) {
	case SQLITE_NULL:
		value.kind = SHOP_QUERY_NULL;
		return value;
	case SQLITE_INTEGER:
		value.kind = SHOP_QUERY_INT;
		value.number = sqlite3_column_int64(query->stmt, column);
		break;
	case SQLITE_FLOAT:
		value.kind = SHOP_QUERY_REAL;
		break;
	case SQLITE_BLOB:
		value.text = as_hex(query, column);
		return value;
	default:
		break;
	}
	value.text = (const char *)sqlite3_column_text(query->stmt, column);
	return value;
}

void shop_query_free(struct shop_query **query)
{
	struct shop_query *q = *query;

	*query = NULL;
	if (q == NULL)
		return;
	sqlite3_finalize(q->stmt);
	if (q->conn != NULL)
		sqlite_driver.close(q->conn);
	sqlite3_close(q->trial);
	(void)sqlite3_hard_heap_limit64(q->memory_before);
	g_free(q->hex);
	g_free(q);
}

/* The seam's statements: bind, step, read columns, over whatever driver the store has. */
#include "store/store_internal.h"

#include <string.h>

/* Bind `types` from the arguments; the letters are db.h's. With `borrow`, texts outlive the
 * statement's run and are not copied. */
static bool bind_all(struct shop_store *store, struct db_stmt *stmt, const char *types, bool borrow,
		     va_list args)
{
	int n = 0;

	for (const char *type = types ? types : ""; *type; type++) {
		bool bound = false;
		n++;
		if (*type == 'i') {
			bound = store_bind_int(store, stmt, n, va_arg(args, int64_t));
		} else if (*type == 'd') {
			int64_t id = va_arg(args, int64_t);
			bound = store_bind_int(store, stmt, n, id ? id : SHOP_NULL);
		} else if (*type == 't') {
			bound = store_bind_text(store, stmt, n, va_arg(args, const char *), borrow);
		} else if (*type == 'b') {
			const void *bytes = va_arg(args, const void *);
			size_t size = va_arg(args, size_t);
			bound = bytes ? store->driver->bind_blob(stmt->handle, n, bytes, size,
								 borrow)
				      : store->driver->bind_null(stmt->handle, n);
		}
		if (!bound)
			return false;
	}
	return true;
}

static bool start(struct db_query *q, struct shop_store *store, const char *sql, const char *types,
		  bool borrow, struct shop_error *err, va_list args)
{
	struct db_stmt *stmt;

	db_end(q);
	if (store_refuses(store, err))
		return false;
	stmt = store_stmt_take(store, sql);
	if (!stmt) {
		store_latch(store);
		return store_report(store, err);
	}
	q->store = store;
	q->stmt = stmt;
	if (!bind_all(store, stmt, types, borrow, args)) {
		db_end(q);
		return shop_fail(err, E_INTERNAL, "parameters \"%s\" do not fit: %s", types, sql);
	}
	if (store->depth == 0 && store->driver->writes(stmt->handle)) {
		db_end(q);
		return shop_fail(err, E_INTERNAL, "a write outside a transaction: %s", sql);
	}
	return true;
}

bool db_query(struct db_query *q, struct shop_store *store, const char *sql, const char *types,
	      struct shop_error *err, ...)
{
	va_list args;
	bool ok;

	va_start(args, err);
	ok = start(q, store, sql, types, false, err, args);
	va_end(args);
	return ok;
}

bool db_next(struct db_query *q)
{
	struct shop_store *store = q->store;
	enum db_step step;

	q->row = false;
	if (!q->stmt || q->failed)
		return false;
	if (store->dead || store->failure.code != SHOP_OK) {
		q->failed = true;
		return false;
	}
	step = store->driver->step(store->conn, q->stmt->handle);
	if (step == DB_FAILED) {
		q->failed = true;
		store_latch(store);
	}
	q->row = step == DB_ROW;
	return q->row;
}

void db_end(struct db_query *q)
{
	if (q->stmt)
		store_stmt_give(q->store, q->stmt);
	memset(q, 0, sizeof *q);
}

bool db_done(struct db_query *q, struct shop_error *err)
{
	struct shop_store *store = q->store;
	bool failed = q->failed;

	db_end(q);
	return !failed || store_report(store, err);
}

int64_t db_int(const struct db_query *q, int column)
{
	const struct db_driver *driver = q->store->driver;

	return driver->column_null(q->stmt->handle, column)
		       ? SHOP_NULL
		       : driver->column_int(q->stmt->handle, column);
}

const char *db_text(const struct db_query *q, int column)
{
	return q->store->driver->column_text(q->stmt->handle, column);
}

char *db_text_dup(const struct db_query *q, int column)
{
	return g_strdup(db_text(q, column));
}

const void *db_blob(const struct db_query *q, int column, size_t *ret_size)
{
	return q->store->driver->column_blob(q->stmt->handle, column, ret_size);
}

/* Step to the end; rows are passed over. */
static bool run_out(struct db_query *q, struct shop_error *err)
{
	while (db_next(q))
		;
	return db_done(q, err);
}

bool db_run(struct shop_store *store, const char *sql, const char *types, struct shop_error *err,
	    ...)
{
	AUTO_QUERY struct db_query q = {0};
	va_list args;
	bool ok;

	va_start(args, err);
	ok = start(&q, store, sql, types, true, err, args);
	va_end(args);
	return ok && run_out(&q, err);
}

bool db_change(struct shop_store *store, bool *ret_changed, const char *sql, const char *types,
	       struct shop_error *err, ...)
{
	AUTO_QUERY struct db_query q = {0};
	va_list args;
	bool ok;

	va_start(args, err);
	ok = start(&q, store, sql, types, true, err, args);
	va_end(args);
	if (!ok || !run_out(&q, err))
		return false;
	*ret_changed = store->driver->changes(store->conn) == 1;
	return true;
}

bool db_get(struct shop_store *store, int64_t *ret_value, const char *sql, const char *types,
	    struct shop_error *err, ...)
{
	AUTO_QUERY struct db_query q = {0};
	int64_t value;
	va_list args;
	bool ok;

	va_start(args, err);
	ok = start(&q, store, sql, types, true, err, args);
	va_end(args);
	if (!ok)
		return false;
	value = db_next(&q) ? db_int(&q, 0) : SHOP_NULL;
	if (!run_out(&q, err))
		return false;
	*ret_value = value;
	return true;
}

bool db_get_text(struct shop_store *store, char **ret_text, const char *sql, const char *types,
		 struct shop_error *err, ...)
{
	AUTO_QUERY struct db_query q = {0};
	char *text;
	va_list args;
	bool ok;

	va_start(args, err);
	ok = start(&q, store, sql, types, true, err, args);
	va_end(args);
	if (!ok)
		return false;
	text = db_next(&q) ? db_text_dup(&q, 0) : NULL;
	if (!run_out(&q, err)) {
		g_free(text);
		return false;
	}
	*ret_text = text;
	return true;
}

/* "order ord-77" is about the object ord-77. */
static bool no_such(const char *what, struct shop_error *err)
{
	const char *space = strrchr(what, ' ');

	shop_fail(err, E_NOT_FOUND, "no %s", what);
	return shop_fail_object(err, space ? space + 1 : what);
}

bool db_load(struct shop_store *store, const struct shop_record *type, void *ret_record,
	     const char *what, const char *sql, const char *types, struct shop_error *err, ...)
{
	AUTO_QUERY struct db_query q = {0};
	va_list args;
	bool ok;

	va_start(args, err);
	ok = start(&q, store, sql, types, true, err, args);
	va_end(args);
	if (!ok)
		return false;
	if (!db_next(&q))
		return db_done(&q, err) && no_such(what, err);
	memset(ret_record, 0, type->size);
	db_row(&q, 0, type, ret_record);
	return db_done(&q, err);
}

bool db_load_id(struct shop_store *store, const struct shop_record *type, void *ret_record,
		enum shop_id_type id_type, int64_t id, const char *sql, struct shop_error *err)
{
	char text[SHOP_ID_TEXT];
	char what[SHOP_ID_TEXT + 16];

	g_snprintf(what, sizeof(what), "%s %s", shop_id_noun(id_type),
		   shop_id_format(id_type, id, text));
	if (db_load(store, type, ret_record, what, sql, "d", err, id))
		return true;
	return err->id == E_NOT_FOUND && shop_fail_fix(err, shop_id_noun(id_type), "list", NULL);
}

bool db_load_list(struct shop_store *store, const struct shop_record *type,
		  struct shop_list *ret_list, const char *sql, const char *types,
		  struct shop_error *err, ...)
{
	AUTO_QUERY struct db_query q = {0};
	struct shop_list list = {0};
	va_list args;
	bool ok;

	va_start(args, err);
	ok = start(&q, store, sql, types, true, err, args);
	va_end(args);
	if (!ok)
		return false;
	while (db_next(&q))
		db_row(&q, 0, type, shop_list_add(type, &list));
	if (!db_done(&q, err)) {
		shop_list_done(type, &list);
		return false;
	}
	*ret_list = list;
	return true;
}

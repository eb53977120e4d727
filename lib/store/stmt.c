/* The statement cache, keyed by the address of the SQL literal, and the failure latch. */
#include "store/store_internal.h"

struct db_stmt *store_stmt_new(struct shop_store *store, const char *sql, bool keep)
{
	char *text = store->driver->expand(sql);
	struct db_handle *handle = NULL;
	struct db_stmt *stmt = NULL;

	if (store->driver->prepare(store->conn, text, keep, &handle)) {
		stmt = g_new0(struct db_stmt, 1);
		stmt->handle = handle;
		stmt->busy = true;
		stmt->cached = keep;
	}
	g_free(text);
	return stmt;
}

struct db_stmt *store_stmt_take(struct shop_store *store, const char *sql)
{
	struct db_stmt *first = g_hash_table_lookup(store->statements, sql);
	struct db_stmt *stmt = first;

	while (stmt && stmt->busy)
		stmt = stmt->copy;
	if (stmt) {
		stmt->busy = true;
		return stmt;
	}
	stmt = store_stmt_new(store, sql, true);
	if (!stmt)
		return NULL;
	if (first) {
		stmt->copy = first->copy;
		first->copy = stmt;
	} else {
		g_hash_table_insert(store->statements, (gpointer)(uintptr_t)sql, stmt);
	}
	return stmt;
}

void store_stmt_give(struct shop_store *store, struct db_stmt *stmt)
{
	if (!stmt)
		return;
	store->driver->reset(stmt->handle);
	stmt->busy = false;
	if (stmt->cached)
		return;
	store->driver->finalize(stmt->handle);
	g_free(stmt);
}

void store_stmt_free_all(struct shop_store *store)
{
	GHashTableIter iter;
	gpointer value;

	g_hash_table_iter_init(&iter, store->statements);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		for (struct db_stmt *stmt = value, *next; stmt; stmt = next) {
			next = stmt->copy;
			store->driver->finalize(stmt->handle);
			g_free(stmt);
		}
	}
	g_hash_table_destroy(store->statements);
}

bool store_bind_int(struct shop_store *store, struct db_stmt *stmt, int n, int64_t value)
{
	if (value == SHOP_NULL)
		return store->driver->bind_null(stmt->handle, n);
	return store->driver->bind_int(stmt->handle, n, value);
}

bool store_bind_text(struct shop_store *store, struct db_stmt *stmt, int n, const char *value,
		     bool borrow)
{
	if (!value)
		return store->driver->bind_null(stmt->handle, n);
	return store->driver->bind_text(stmt->handle, n, value, borrow);
}

void store_latch(struct shop_store *store)
{
	if (store->failure.code == SHOP_OK)
		store->driver->raise(store->conn, &store->failure);
}

bool store_report(struct shop_store *store, struct shop_error *err)
{
	const struct shop_error *failure = &store->failure;

	if (failure->code == SHOP_OK)
		return shop_fail(err, E_INTERNAL, "the transaction failed before");
	shop_fail(err, failure->id, "%s", failure->message);
	if (failure->because)
		shop_fail_because(err, "%s", failure->because);
	if (failure->field)
		shop_fail_field(err, failure->field);
	if (store->depth == 0 && !store->reading)
		store_forgive(store);
	return false;
}

bool store_refuses(struct shop_store *store, struct shop_error *err)
{
	if (store->dead)
		return !shop_fail(err, E_STORE_UNKNOWN,
				  "the store must be opened again after a failed commit");
	if (store->failure.code != SHOP_OK)
		return !store_report(store, err);
	return store_canceled(store) && !store_fail_canceled(err);
}

void store_forgive(struct shop_store *store)
{
	shop_error_done(&store->failure);
}

bool store_kill(struct shop_store *store, struct shop_error *err)
{
	store->dead = true;
	shop_fail(err, E_STORE_UNKNOWN, "it is not known whether the change was kept");
	if (store->failure.message)
		shop_fail_because(err, "%s", store->failure.message);
	store_forgive(store);
	return false;
}

bool store_control(struct shop_store *store, const char *sql)
{
	struct db_stmt *stmt;
	bool done;

	store->driver->control(store->conn, true);
	stmt = store_stmt_take(store, sql);
	done = stmt && store->driver->step(store->conn, stmt->handle) == DB_DONE;
	if (!done) {
		store_forgive(store);
		store_latch(store);
	}
	store_stmt_give(store, stmt);
	store->driver->control(store->conn, false);
	return done;
}

bool store_define(struct shop_store *store, const char *sql, struct shop_error *err)
{
	struct db_stmt *stmt;
	enum db_step step = DB_FAILED;

	if (store_refuses(store, err))
		return false;
	store->savepoint_changes = -1; /* definitions count as no changes */
	stmt = store_stmt_new(store, sql, false);
	while (stmt && (step = store->driver->step(store->conn, stmt->handle)) == DB_ROW)
		;
	if (step == DB_FAILED)
		store_latch(store);
	store_stmt_give(store, stmt);
	return step == DB_DONE || store_report(store, err);
}

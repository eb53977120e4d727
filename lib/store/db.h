/*
 * The seam: the only way library code talks to a database. One driver today (sqlite.c); a second speaks
 * PostgreSQL's protocol with the same SQL text (STORE.md §§1, 2).
 *
 *	static const char sql[] = "SELECT status, total_minor FROM orders WHERE id = $1";
 *	AUTO_QUERY struct db_query q = { 0 };
 *	if (!db_query(&q, store, sql, "i", err, id)) return false;
 *	while (db_next(&q)) … db_int(&q, 1), db_text(&q, 0) …
 *	return db_done(&q, err);
 *
 * SQL comes only from constant strings; the statement cache is keyed by their address. Parameters are
 * $1…$n. `types` names the parameters: i int64_t (SHOP_NULL binds NULL), d id (int64_t, 0 binds NULL),
 * t const char * (NULL binds NULL), b const void * + size_t.
 * After any error inside a transaction every call answers with that failure until rollback.
 */
#ifndef SHOP_STORE_DB_H
#define SHOP_STORE_DB_H

#include "shop/error.h"
#include "shop/record.h"
#include "shop/store.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#define AUTO_QUERY SHOP_CLEANUP(db_end)

struct db_stmt;

/* A running statement. Zeroed = none. */
struct db_query {
	struct shop_store *store;
	struct db_stmt *stmt;
	bool failed;
	bool row;
};

/** Start a statement with its parameters bound. Nothing runs before the first db_next. */
bool db_query(struct db_query *q, struct shop_store *store, const char *sql, const char *types,
              struct shop_error *err, ...) SHOP_CHECKED;

/** Step to the next row: true when there is one. False at the end and on failure (db_done tells which). */
bool db_next(struct db_query *q);

/** End the statement; false with the error when it failed. */
bool db_done(struct db_query *q, struct shop_error *err) SHOP_CHECKED;

/** End the statement without asking: for AUTO_QUERY. No-op on a zeroed or ended query. */
void db_end(struct db_query *q);

/** Column as int64_t; SHOP_NULL when NULL. Columns count from 0. */
int64_t db_int(const struct db_query *q, int column);

/** Column as text, valid until the next step; NULL when NULL. */
const char *db_text(const struct db_query *q, int column);

/** Column as a new string, the caller's; NULL when NULL. */
char *db_text_dup(const struct db_query *q, int column);

/** Column as bytes, valid until the next step. */
const void *db_blob(const struct db_query *q, int column, size_t *ret_size);

/**
 * Fill a zeroed record from the current row: columns in the order of the type's column fields
 * (all fields but LIST and EXTRA ones; RECORD fields inline), beginning at `column`.
 */
void db_row(const struct db_query *q, int column, const struct shop_record *type, void *record);

/** Run a statement that returns no row. */
bool db_run(struct shop_store *store, const char *sql, const char *types, struct shop_error *err, ...) SHOP_CHECKED;

/**
 * Run a statement that must change exactly one row: the guarded update (SAFETY.md §2).
 *
 * *ret_changed says whether it did; false from the function only on failure of the store.
 */
bool db_change(struct shop_store *store, bool *ret_changed, const char *sql, const char *types,
               struct shop_error *err, ...) SHOP_CHECKED;

/** Run a query for one integer: its first column of its first row, SHOP_NULL when there is none. */
bool db_get(struct shop_store *store, int64_t *ret_value, const char *sql, const char *types,
            struct shop_error *err, ...) SHOP_CHECKED;

/** Run a query for one text (g_free), NULL when there is none. */
bool db_get_text(struct shop_store *store, char **ret_text, const char *sql, const char *types,
                 struct shop_error *err, ...) SHOP_CHECKED;

/**
 * Load one record by a query; fails with E_NOT_FOUND naming `what` ("order ord-77") when there is no row.
 */
bool db_load(struct shop_store *store, const struct shop_record *type, void *ret_record, const char *what,
             const char *sql, const char *types, struct shop_error *err, ...) SHOP_CHECKED;

/**
 * Load the one record of an id: $1 in sql. Fails with E_NOT_FOUND "no order ord-77", whose fix lists that noun.
 */
bool db_load_id(struct shop_store *store, const struct shop_record *type, void *ret_record, enum shop_id_type id_type,
                int64_t id, const char *sql, struct shop_error *err) SHOP_CHECKED;

/** Load all rows of a query into a list. */
bool db_load_list(struct shop_store *store, const struct shop_record *type, struct shop_list *ret_list,
                  const char *sql, const char *types, struct shop_error *err, ...) SHOP_CHECKED;

/* A list query put together from fixed fragments, each with its one parameter; not cached. */
struct db_select {
	GString *sql;
	GPtrArray *params; /* struct of db.c */
	bool where;
};

#define AUTO_SELECT SHOP_CLEANUP(db_select_done)

/** Begin with "SELECT … FROM …" (no WHERE). */
void db_select_init(struct db_select *s, const char *select);
/** Give the SELECT's own next parameter ($1, $2 …) its value; before any fragment. */
void db_select_bind(struct db_select *s, int64_t value);
/** Add "AND fragment" where each ? in the fragment is this integer (SHOP_NULL: the fragment is left out). */
void db_select_int(struct db_select *s, const char *fragment, int64_t value);
/** Add "AND fragment" where each ? in the fragment is this id (0: left out). */
void db_select_id(struct db_select *s, const char *fragment, int64_t id);
/** Add "AND fragment" where each ? in the fragment is this text (NULL: left out). */
void db_select_text(struct db_select *s, const char *fragment, const char *value);
/** Add "AND fragment" without a parameter when `wanted`. */
void db_select_if(struct db_select *s, const char *fragment, bool wanted);
/** Add ORDER BY … and, when limit is not SHOP_NULL, LIMIT; then run it, giving each row to fn as a record. */
bool db_select_each(struct db_select *s, struct shop_store *store, const char *order_by, int64_t limit,
                    const struct shop_record *type, shop_record_fn fn, void *ctx, struct shop_error *err) SHOP_CHECKED;
/** Free what it holds. */
void db_select_done(struct db_select *s);

#endif

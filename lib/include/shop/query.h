/*
 * Read-only SQL of a stranger over published views: a connection of its own, an allow-list, and a
 *time limit.
 *
 *	struct shop_query_how how = { .views = shop_published_views, .now_us = now, .limit_us = 5 *
 *SHOP_SECOND }; AUTO_SQL struct shop_query *query = NULL; shop_query_start(store, &how, "SELECT
 *status, count(*) FROM v_order GROUP BY 1", NULL, &query, err); while (shop_query_next(query, &row,
 *err) && row) … shop_query_value(query, 0) …
 *
 * Only the views' columns can be read; tables, pragmas, writes, and functions outside the list are
 *refused with E_SQL_FORBIDDEN. What is no SQL is E_SQL with the place of the mistake.
 */
#ifndef SHOP_QUERY_H
#define SHOP_QUERY_H

#include "shop/error.h"
#include "shop/record.h"
#include "shop/store.h"

#include <stdbool.h>
#include <stdint.h>

/* A published view; {now} in its SELECT stands for the time in microseconds. */
struct shop_view {
	const char *name; /* "v_order" */
	const char *select;
	const char *doc;
};

/** All published views, ended by {0}: columns are the JSON fields' names; money is x_minor and
 * currency. */
extern const struct shop_view shop_published_views[];

/** The view of records of a type; NULL when none is published. */
const char *shop_published_view(const struct shop_record *type);

struct shop_query_how {
	const struct shop_view *views; /* outlives the query */
	int64_t now_us;
	int64_t limit_us; /* of the whole query */
};

enum shop_query_kind { SHOP_QUERY_NULL, SHOP_QUERY_INT, SHOP_QUERY_REAL, SHOP_QUERY_TEXT };

/* One value of the current row; the text (of all kinds but NULL) is valid until the next row. */
struct shop_query_value {
	enum shop_query_kind kind;
	int64_t number;
	const char *text;
};

struct shop_query;

#define AUTO_SQL SHOP_CLEANUP(shop_query_free)

/** Prepare one statement. Fails with E_SQL, E_SQL_FORBIDDEN, E_STORE_… */
bool shop_query_start(struct shop_store *store, const struct shop_query_how *how, const char *sql,
		      struct shop_query **ret_query, struct shop_error *err) SHOP_CHECKED;

/** Ask for the column `key` of the view's rows for which a stranger's expression holds; places in errors are its own. */
bool shop_query_where(struct shop_store *store, const struct shop_query_how *how, const char *view,
		      const char *key, const char *expression, struct shop_query **ret_query,
		      struct shop_error *err) SHOP_CHECKED;

/** How many columns a row has. */
int shop_query_columns(const struct shop_query *query);

/** The name of a column. */
const char *shop_query_column(const struct shop_query *query, int column);

/** Step; *ret_row says whether there is a row. Fails with E_TIMEOUT, E_SQL (a value it cannot work
 * with). */
bool shop_query_next(struct shop_query *query, bool *ret_row, struct shop_error *err) SHOP_CHECKED;

/** A value of the current row; a blob comes as its hexadecimal digits. */
struct shop_query_value shop_query_value(struct shop_query *query, int column);

/** End and free; accepts NULL. */
void shop_query_free(struct shop_query **query);

#endif

/*
 * What whoever lists wants of the next lists of a type: an order, a part, or only their number.
 */
#ifndef SHOP_STORE_LIST_H
#define SHOP_STORE_LIST_H

#include "store/db.h"

struct db_stmt;

/** Bind a put-together statement's parameters. */
bool select_bind(const struct db_select *s, struct shop_store *store, struct db_stmt *stmt);

/**
 * Bound a list of store->bounds.type.
 *
 * ret_order      the order that replaces order_by (g_free), or NULL
 * limit          of the list itself; replaced where it has none
 * ret_counted    the rows were only counted; nothing is to be listed
 */
bool list_bound(struct db_select *s, struct shop_store *store, const char *order_by,
		char **ret_order, int64_t *limit, bool *ret_counted,
		struct shop_error *err) SHOP_CHECKED;

#endif

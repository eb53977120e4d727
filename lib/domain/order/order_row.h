/*
 * What the files of the order noun share.
 */
#ifndef SHOP_DOMAIN_ORDER_ROW_H
#define SHOP_DOMAIN_ORDER_ROW_H

#include "shop/order.h"

extern const struct shop_record order_line_record;

/** Load an order without its lists. Fails with E_NOT_FOUND. */
bool order_load_head(struct shop_store *store, int64_t id, struct shop_order *ret_order,
		     struct shop_error *err) SHOP_CHECKED;

/** Load the lines of a loaded order. */
bool order_load_lines(struct shop_store *store, struct shop_order *order,
		      struct shop_error *err) SHOP_CHECKED;

#endif

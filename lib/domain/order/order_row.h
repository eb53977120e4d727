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

/** End a change: load the order as it now stands, keep the step, hand it over. */
bool order_return(struct shop_store *store, struct shop_txn *txn, int64_t id,
		  struct shop_order *ret_order, struct shop_error *err) SHOP_CHECKED;

/** Write what is due alone, for settling money by it before the axes are told: they then know of
 * the refunds on their way. */
bool order_refresh_due(struct shop_store *store, int64_t order_id,
		       struct shop_error *err) SHOP_CHECKED;

/** Whether the order is neither completed, canceled nor expired. Fails with E_ORDER_STATE naming
 * `what`. */
bool order_may_change(const struct shop_order *order, const char *what,
		      struct shop_error *err) SHOP_CHECKED;

/** Whether it may be confirmed. Fails with E_ORDER_UNPAID, E_ORDER_HELD, E_ORDER_STATE. */
bool order_may_confirm(const struct shop_order *order, struct shop_error *err) SHOP_CHECKED;

/**
 * Whether it may be canceled as a whole; with money captured only when it is to be given back.
 * Fails with E_ORDER_SHIPPED, E_ORDER_STATE, E_ORDER_PAID.
 */
bool order_may_cancel(const struct shop_order *order, bool refund,
		      struct shop_error *err) SHOP_CHECKED;

/** Refuse because goods of it have shipped: names what can be done today. Returns false. */
bool order_refuse_shipped(const struct shop_order *order, struct shop_error *err);

/** The steps of canceling an order that may be: status, event, shipments, backorders, stock, money.
 */
bool order_withdraw(struct shop_store *store, const struct shop_order *order,
		    const struct shop_order_cancel *in, struct shop_error *err) SHOP_CHECKED;

#endif

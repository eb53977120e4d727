/*
 * What the files of the cart noun share.
 */
#ifndef SHOP_DOMAIN_CART_ROW_H
#define SHOP_DOMAIN_CART_ROW_H

#include "shop/cart.h"
#include "shop/journal.h"

/** Load a cart without its lines and sums. Fails with E_NOT_FOUND. */
bool cart_load_head(struct shop_store *store, int64_t id, struct shop_cart *ret_cart,
		    struct shop_error *err) SHOP_CHECKED;

/** Begin an event about it, with its id, customer and currency. */
void cart_event_begin(struct shop_event_draft *e, const char *type, const struct shop_cart *cart);

/** Whether its lines may change, which also revives an abandoned one. Pure. Fails with
 * E_CART_CLOSED. */
bool cart_may_change(const struct shop_cart *cart, struct shop_error *err) SHOP_CHECKED;

/** Whether qty units of a SKU may be asked for: at least `least`. Pure. Fails with E_INVALID. */
bool cart_may_want(const char *sku, int64_t qty, int64_t least,
		   struct shop_error *err) SHOP_CHECKED;

/** Whether a cart may get one more line than its `count`. Pure. Fails with E_ORDER_TOO_LONG. */
bool cart_may_grow(const struct shop_cart *cart, int64_t count,
		   struct shop_error *err) SHOP_CHECKED;

/** Whether it has lines and all are priced in its currency. Pure. Fails with E_CURRENCY,
 * E_CART_EMPTY. */
bool cart_may_check_out(const struct shop_cart *cart, struct shop_error *err) SHOP_CHECKED;

/** Whether its total is the one the caller saw (minor SHOP_NULL = whatever it is). Pure. Fails with
 * E_CART_TOTAL. */
bool cart_may_cost(const struct shop_cart *cart, struct shop_money expected,
		   struct shop_error *err) SHOP_CHECKED;

/**
 * Bring its holds up to its lines: hold what became available or was added, free what it no longer
 * wants, and extend what it holds already. The price of being asked at every write, so what fits
 * already costs one read.
 */
bool cart_hold(struct shop_store *store, int64_t cart_id, struct shop_error *err) SHOP_CHECKED;

#endif

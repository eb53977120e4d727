/*
 * What the files of the product noun share.
 */
#ifndef SHOP_DOMAIN_PRODUCT_ROW_H
#define SHOP_DOMAIN_PRODUCT_ROW_H

#include "shop/product.h"

/* Which of a product's prices is in force: bounded spans (sales) before open ones, then the latest
 * begun. */
#define PRICE_IN_FORCE(product_id, now_us)                                                         \
	"(SELECT n FROM price x WHERE x.product_id = " product_id " AND x.from_us <= " now_us      \
	" AND x.until_us > " now_us                                                                \
	" ORDER BY x.until_us = 9223372036854775807, x.from_us DESC, x.n DESC LIMIT 1)"

/** Read deny, allow or limit:N. *ret_policy is a constant; *ret_limit whole units or SHOP_NULL.
 * Fails with E_INVALID. */
bool product_backorder_parse(const char *text, const char **ret_policy, int64_t *ret_limit,
			     struct shop_error *err) SHOP_CHECKED;

/** A price is 0 to 10^12 minor units. Fails with E_INVALID. */
bool product_price_check(struct shop_money price, struct shop_error *err) SHOP_CHECKED;

/** Insert an open price beginning now; no event. */
bool product_price_add(struct shop_store *store, int64_t product_id, struct shop_money price,
		       struct shop_error *err) SHOP_CHECKED;

/** Load the product again, as it stands after a change. */
bool product_reload(struct shop_store *store, const struct shop_product *before,
		    struct shop_product *ret_product, struct shop_error *err) SHOP_CHECKED;

#endif

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

/** Load by id with the price in force now. Fails with E_NOT_FOUND. */
bool product_load_id(struct shop_store *store, int64_t id, struct shop_product *ret_product,
		     struct shop_error *err) SHOP_CHECKED;

/* A product's checked columns. Strings are owned. */
struct product_values {
	char sku[SHOP_SKU_MAX + 1];
	char *title, *category, *barcode, *tax_class, *unit;
	const char *backorder; /* deny, allow, limit */
	int64_t backorder_limit;
	int64_t reorder_point, reorder_qty; /* in the product's smallest unit */
};

#define AUTO_PRODUCT_VALUES SHOP_CLEANUP(product_values_done)

/** Free what the columns own and zero them. */
void product_values_done(struct product_values *v);

/**
 * Check a product's fields and make its columns of them; `backorder` is the policy in force.
 *
 * Fails with     E_INVALID, E_TEXT, E_VALUE (sku), naming the field
 */
bool product_values_clean(const struct shop_product_new *in, const char *backorder,
			  struct product_values *v, struct shop_error *err) SHOP_CHECKED;

/** Refuse a SKU or barcode (either may be NULL) that is taken: E_DUPLICATE naming the product that
 * has it. */
bool product_refuse_taken(struct shop_store *store, const char *sku, const char *barcode,
			  struct shop_error *err) SHOP_CHECKED;

/** Fails with E_NOT_FOUND unless the supplier is 0 or an active one. */
bool product_check_supplier(struct shop_store *store, int64_t supplier_id,
			    struct shop_error *err) SHOP_CHECKED;

#endif

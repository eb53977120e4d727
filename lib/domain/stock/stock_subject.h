/*
 * What an operator's changes of stock begin and end with: a product at a place, its numbers, the
 * guarded change of what is on hand.
 */
#ifndef SHOP_DOMAIN_STOCK_SUBJECT_H
#define SHOP_DOMAIN_STOCK_SUBJECT_H

#include "domain/stock/stock_row.h"
#include "shop/product.h"
#include "shop/stock.h"

/* One product at one place, as a change begins. */
struct stock_subject {
	struct shop_product product;
	struct shop_stock_level level;
	int64_t safety_stock;
};

#define AUTO_STOCK_SUBJECT SHOP_CLEANUP(stock_subject_done)

void stock_subject_done(struct stock_subject *subject);

/**
 * Load into a zeroed subject; location 0 is the default. Fails with E_NOT_FOUND, E_STOCK_UNTRACKED,
 * E_STATE (location archived).
 */
bool stock_subject_load(struct shop_store *store, const char *sku, int64_t location_id,
			struct stock_subject *subject, struct shop_error *err) SHOP_CHECKED;

/** A typed quantity of the product, at least `least` of its smallest unit. Fails with E_VALUE,
 * E_INVALID. */
bool stock_subject_qty(const struct stock_subject *subject, const struct shop_decimal *typed,
		       const char *field, int64_t least, int64_t *ret_qty,
		       struct shop_error *err) SHOP_CHECKED;

/** Make the place's row where there is none, so that a guarded update has something to change. */
bool stock_subject_row(struct shop_store *store, const struct stock_subject *subject,
		       struct shop_error *err) SHOP_CHECKED;

/** On hand by delta, with its movement; the caller's guard let it through. */
bool stock_subject_change(struct shop_store *store, const struct stock_subject *subject,
			  const char *kind, int64_t delta, struct stock_row *ret_row,
			  struct shop_error *err) SHOP_CHECKED;

/** The stock record as it stands in the running transaction. */
bool stock_reload(struct shop_store *store, const char *sku, struct shop_stock *ret_stock,
		  struct shop_error *err) SHOP_CHECKED;

#endif

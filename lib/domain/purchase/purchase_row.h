/*
 * What the files of the purchase noun share.
 */
#ifndef SHOP_DOMAIN_PURCHASE_ROW_H
#define SHOP_DOMAIN_PURCHASE_ROW_H

#include "shop/journal.h"
#include "shop/purchase.h"

/* Purchases that will still bring something. */
#define PURCHASE_OPEN "status IN ('draft', 'submitted', 'acknowledged', 'partially_received')"

/** The status that the lines give one that was submitted: `now` while nothing came. A constant, or
 * `now`. */
const char *purchase_status(const struct shop_purchase_line *lines, size_t count, const char *now);

/** How much of a line may be received in all: ordered plus the allowance, in the smallest unit
 * rounded down. */
int64_t purchase_line_limit(const struct shop_purchase_line *line, int64_t over_percent);

/**
 * Spread `qty` units of a product over its lines: what is outstanding first, in order of the lines;
 * then the allowances.
 *
 * parts          gets one quantity per line, 0 for other products' lines; zeroed by the caller
 * Returns        what found no place: 0 = all did
 */
int64_t purchase_spread(const struct shop_purchase_line *lines, size_t count, int64_t product_id,
			int64_t qty, int64_t over_percent, int64_t *parts);

/** Refuse with E_PURCHASE_STATE: "purchase pur-1000 is received", and what to do instead (NULL =
 * show it). */
bool purchase_refuse(const struct shop_purchase *p, const char *what, const char *verb,
		     struct shop_error *err);

/** Whether its status is one of the NULL-ended words. */
bool purchase_is(const struct shop_purchase *p, const char *const *statuses);

/** Begin an event about it, with its supplier and location. */
void purchase_event_begin(struct shop_event_draft *e, const char *type,
			  const struct shop_purchase *p);

/** Write the lines into the event: [{n, sku, product_id, ordered, received, closed, unit_cost}]. */
void purchase_event_lines(struct shop_event_draft *e, const struct shop_purchase *p);

/** Move from its status to another, where the row still has it; closed_us when that ends it. */
bool purchase_set_status(struct shop_store *store, const struct shop_purchase *p,
			 const char *status, struct shop_error *err) SHOP_CHECKED;

/** Bump version and time. */
bool purchase_touch(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;

/** Insert a draft without lines; no event. */
bool purchase_insert(struct shop_store *store, int64_t supplier_id, int64_t location_id,
		     const char *currency, int64_t *ret_id, struct shop_error *err) SHOP_CHECKED;

/** Insert a line behind the last; cost SHOP_NULL = not known. */
bool purchase_line_insert(struct shop_store *store, int64_t purchase_id, int64_t product_id,
			  int64_t qty, int64_t cost_minor, struct shop_error *err) SHOP_CHECKED;

/** The last known cost of a product in a currency, SHOP_NULL when there is none. */
bool purchase_last_cost(struct shop_store *store, int64_t product_id, const char *currency,
			int64_t *ret_minor, struct shop_error *err) SHOP_CHECKED;

/** A product as a purchase needs it. */
struct purchase_product {
	int64_t id;
	int64_t qty_scale;
	char unit[16];
	bool tracked;
};

/** Find a product by SKU. Fails with E_NOT_FOUND, E_STOCK_UNTRACKED. */
bool purchase_product_find(struct shop_store *store, const char *sku,
			   struct purchase_product *ret_product,
			   struct shop_error *err) SHOP_CHECKED;

#endif

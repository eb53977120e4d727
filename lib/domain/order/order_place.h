/*
 * An order on its way to being placed: its lines with what was agreed, before anything is written.
 */
#ifndef SHOP_DOMAIN_ORDER_PLACE_H
#define SHOP_DOMAIN_ORDER_PLACE_H

#include "domain/domain.h"

/* A line with its snapshot of the product. */
struct place_line {
	int64_t n;
	int64_t product_id;
	int64_t qty;
	int64_t unit_minor;
	int64_t cost_minor; /* SHOP_NULL = not known */
	int64_t subtotal_minor;
	int scale;
	bool tracked;
	bool denies; /* no backorders: what is short is refused */
	char sku[SHOP_SKU_MAX + 1];
	char *title;
	char *tax_class;
	char *status;
	char *currency; /* of its price; the store's when it has none */
};

#define AUTO_PLACE_LINE SHOP_CLEANUP(place_line_done)

/** Free what a line owns and zero it. */
void place_line_done(struct place_line *line);

/** Read the facts of line->product_id as they are at now_us; a unit_minor of SHOP_NULL becomes the
 * price in force, and stays when there is none. Fails with E_NOT_FOUND. */
bool place_line_read(struct shop_store *store, struct place_line *line, int64_t now_us,
		     struct shop_error *err) SHOP_CHECKED;

/** Whether a line that was read may be sold, and this many of it. Fails with E_PRODUCT_INACTIVE,
 * E_PRODUCT_NO_PRICE, E_INVALID. */
bool place_line_may_sell(const struct place_line *line, struct shop_error *err) SHOP_CHECKED;

/** Whether it may stand beside lines in this currency. Fails with E_CURRENCY. */
bool place_line_may_join(const struct place_line *line, const char *currency,
			 struct shop_error *err) SHOP_CHECKED;

/** Refuse a line whose product takes no backorders: of `wanted` units only `available` are there.
 * Raises E_STOCK_SHORT; with a cart (0 = none) the fix sets its line. */
bool place_line_refuse_short(const struct place_line *line, int64_t wanted, int64_t available,
			     int64_t cart_id, struct shop_error *err);

struct placing {
	const struct order_new *in;
	struct payment_method method;
	int64_t id;
	int64_t placed_us;
	int64_t pay_by_us;
	struct shop_money total;
	struct place_line *lines;
};

#define AUTO_PLACING SHOP_CLEANUP(placing_done)

/** Free what it owns and zero it. */
void placing_done(struct placing *p);

/** Read every line's product, check that it may be sold, and add up. Reads only. */
bool placing_lines(struct shop_store *store, struct placing *p,
		   struct shop_error *err) SHOP_CHECKED;

/**
 * Allocate the written lines' units in product order; what is short becomes backorders where the
 * product allows. Fails with E_STOCK_SHORT, E_BACKORDER_LIMIT.
 */
bool placing_stock(struct shop_store *store, const struct placing *p,
		   struct shop_error *err) SHOP_CHECKED;

#endif

/*
 * Backorders: units of an order line that were sold before they were there. Each is a row of its
 *own, waits in the order of placement, and is filled first come first served whenever stock of its
 *product comes free.
 *
 *	struct shop_backorder_filter filter = { .sku = "MUG-01", .due_us = SHOP_NULL, .limit =
 *SHOP_NULL }; shop_backorder_list(store, &filter, print_row, out, err);
 *
 * open → sourced (a purchase brings it) → partially_allocated → allocated → closed (shipped);
 *canceled. The status follows from the quantities and the purchase, by one function; what still
 *waits is `open` = qty − allocated − canceled. Functions that write run inside a shop_store_write,
 *whose context says who, when and why.
 */
#ifndef SHOP_BACKORDER_H
#define SHOP_BACKORDER_H

#include "shop/record.h"
#include "shop/store.h"

struct shop_backorder {
	int64_t id;
	int64_t order_id;
	int64_t line; /* of the order */
	char *sku;
	int64_t qty; /* quantities are in the product's smallest unit */
	int64_t allocated;
	int64_t canceled;
	int64_t open; /* still waiting */
	int64_t qty_scale;
	char *status;	     /* open, sourced, partially_allocated, allocated, closed, canceled */
	int64_t promised_at; /* SHOP_NULL = no date promised */
	int64_t purchase_id; /* which brings it, 0 = none yet */
	int64_t product_id;
	int64_t location_id;
	int64_t placed_at;
	int64_t updated_at;
	int64_t version;
};

extern const struct shop_record shop_backorder_record;

#define AUTO_BACKORDER SHOP_CLEANUP(shop_backorder_done)

/** Free what a backorder owns and zero it. */
void shop_backorder_done(struct shop_backorder *backorder);

/** Load one. Fails with E_NOT_FOUND. */
bool shop_backorder_load(struct shop_store *store, int64_t id, struct shop_backorder *ret_backorder,
			 struct shop_error *err) SHOP_CHECKED;

/* Which backorders to list; zeroed but for due_us and limit = all that are neither closed nor
 * canceled. */
struct shop_backorder_filter {
	const char *sku;    /* NULL = any */
	const char *status; /* NULL = neither closed nor canceled; "all" = any */
	int64_t order_id;   /* 0 = any */
	int64_t due_us;	    /* still waiting and promised until then; SHOP_NULL = any */
	int64_t limit;	    /* SHOP_NULL = no limit */
};

/** List backorders, oldest first, each given to fn as a struct shop_backorder. Fails with
 * E_NOT_FOUND (the SKU). */
bool shop_backorder_list(struct shop_store *store, const struct shop_backorder_filter *filter,
			 shop_record_fn fn, void *ctx, struct shop_error *err) SHOP_CHECKED;

/**
 * Promise a date: backorder.delayed when it moves later, else backorder.promised; nothing when it
 * is the same.
 *
 * at_us          when the units will be there; not in the past (E_INVALID)
 * Fails with     E_BACKORDER_STATE (nothing of it waits any more), E_NOT_FOUND
 */
bool shop_backorder_promise(struct shop_store *store, int64_t id, int64_t at_us,
			    struct shop_backorder *ret_backorder,
			    struct shop_error *err) SHOP_CHECKED;

/**
 * Say which purchase brings it (backorder.sourced); the purchase's date of arrival, if known, is
 * promised.
 *
 * Fails with     E_BACKORDER_STATE, E_PURCHASE_LINES (nothing of the product is outstanding there),
 * E_NOT_FOUND
 */
bool shop_backorder_source(struct shop_store *store, int64_t id, int64_t purchase_id,
			   struct shop_backorder *ret_backorder,
			   struct shop_error *err) SHOP_CHECKED;

/**
 * Cancel what still waits of it: the units leave the order line, what is due falls, and the payment
 * is settled down.
 *
 * Fails with     E_BACKORDER_STATE (nothing of it waits any more), E_NOT_FOUND
 */
bool shop_backorder_cancel(struct shop_store *store, int64_t id,
			   struct shop_backorder *ret_backorder,
			   struct shop_error *err) SHOP_CHECKED;

/**
 * Allocate free stock to waiting backorders now, oldest first, without waiting for the worker.
 *
 * sku            only of this product; NULL = of all
 * fn             gets each backorder that received units, as it then stands
 * Fails with     E_NOT_FOUND (the SKU)
 */
bool shop_backorder_allocate(struct shop_store *store, const char *sku, shop_record_fn fn,
			     void *ctx, struct shop_error *err) SHOP_CHECKED;

#endif

/*
 * Purchases: what the shop orders from suppliers, for backorders and from reorder points. Each line
 *counts what was ordered, received and closed (given up); the status follows from the lines one by
 *one, so too much of one line never hides that another is missing.
 *
 *	const struct shop_purchase_new_line line = { .sku = "MUG-01", .qty = { .value = 24 }, .cost
 *= { .minor = SHOP_NULL } }; const struct shop_purchase_new in = { .supplier_id = 1000, .lines =
 *&line, .count = 1 }; AUTO_PURCHASE struct shop_purchase purchase = { 0 };
 *	shop_purchase_create(store, &in, &purchase, err);
 *
 * draft → submitted → acknowledged → partially_received → received → closed; short_closed (the rest
 *will not come), canceled (nothing came). Functions that write run inside a shop_store_write, whose
 *context says who, when and why.
 */
#ifndef SHOP_PURCHASE_H
#define SHOP_PURCHASE_H

#include "shop/money.h"
#include "shop/quantity.h"
#include "shop/record.h"
#include "shop/store.h"

struct shop_purchase {
	int64_t id;
	int64_t supplier_id;
	int64_t location_id; /* where it is received */
	char *status; /* draft, submitted, acknowledged, partially_received, received, closed,
			 short_closed, canceled */
	char *currency;
	int64_t eta;		/* expected arrival, SHOP_NULL = not known */
	struct shop_list lines; /* of struct shop_purchase_line */
	int64_t submitted_at;
	int64_t closed_at;
	int64_t created_at;
	int64_t updated_at;
	int64_t version;
};

struct shop_purchase_line {
	int64_t n;
	char *sku;
	int64_t ordered; /* quantities are in the product's smallest unit */
	int64_t received;
	int64_t closed; /* given up */
	int64_t outstanding;
	int64_t cost; /* of one, SHOP_NULL = not known */
	char *currency;
	int64_t qty_scale;
	int64_t product_id;
};

extern const struct shop_record shop_purchase_record;
extern const struct shop_record shop_purchase_line_record;

#define AUTO_PURCHASE SHOP_CLEANUP(shop_purchase_done)

/** Free what a purchase owns and zero it. */
void shop_purchase_done(struct shop_purchase *purchase);

/** Load one with its lines. Fails with E_NOT_FOUND. */
bool shop_purchase_load(struct shop_store *store, int64_t id, struct shop_purchase *ret_purchase,
			struct shop_error *err) SHOP_CHECKED;

/* Which purchases to list; zeroed but for limit = all. */
struct shop_purchase_filter {
	int64_t supplier_id; /* 0 = any */
	const char *status;  /* NULL = any */
	int64_t limit;	     /* SHOP_NULL = no limit */
};

/** List purchases with their lines in the order they were made, each given to fn as a struct
 * shop_purchase. */
bool shop_purchase_list(struct shop_store *store, const struct shop_purchase_filter *filter,
			shop_record_fn fn, void *ctx, struct shop_error *err) SHOP_CHECKED;

/* A line as typed. */
struct shop_purchase_new_line {
	const char *sku;
	struct shop_decimal qty;
	struct shop_money cost; /* of one; minor SHOP_NULL = not known (create: the last received
				   cost is taken) */
};

struct shop_purchase_new {
	int64_t supplier_id;
	int64_t location_id; /* 0 = the default */
	const struct shop_purchase_new_line *lines;
	size_t count;
};

/**
 * Make a draft in the supplier's currency. A product may stand on several lines. Appends
 * purchase_order.created.
 *
 * Fails with     E_NOT_FOUND (supplier, location, product), E_STATE (archived supplier), E_CURRENCY
 * (a cost in another), E_STOCK_UNTRACKED, E_INVALID, E_VALUE
 */
bool shop_purchase_create(struct shop_store *store, const struct shop_purchase_new *in,
			  struct shop_purchase *ret_purchase, struct shop_error *err) SHOP_CHECKED;

/** Add lines to a draft; purchase_order.updated. Fails as create does, and with E_PURCHASE_STATE.
 */
bool shop_purchase_add(struct shop_store *store, int64_t id,
		       const struct shop_purchase_new_line *lines, size_t count,
		       struct shop_purchase *ret_purchase, struct shop_error *err) SHOP_CHECKED;

/** Take line n out of a draft; purchase_order.updated. Fails with E_PURCHASE_STATE,
 * E_PURCHASE_LINES. */
bool shop_purchase_remove(struct shop_store *store, int64_t id, int64_t n,
			  struct shop_purchase *ret_purchase, struct shop_error *err) SHOP_CHECKED;

/**
 * Send it: expected after the supplier's lead time, which is promised to the backorders it brings.
 * Appends purchase_order.submitted.
 *
 * Fails with     E_PURCHASE_STATE (not a draft), E_PURCHASE_LINES (it has none)
 */
bool shop_purchase_submit(struct shop_store *store, int64_t id, struct shop_purchase *ret_purchase,
			  struct shop_error *err) SHOP_CHECKED;

/**
 * The supplier has confirmed, and said when: the date is promised to the backorders it brings, who
 * hear of a delay. May be repeated with another date. Appends purchase_order.acknowledged.
 *
 * eta_us         SHOP_NULL = as expected
 * Fails with     E_PURCHASE_STATE (not submitted)
 */
bool shop_purchase_acknowledge(struct shop_store *store, int64_t id, int64_t eta_us,
			       struct shop_purchase *ret_purchase,
			       struct shop_error *err) SHOP_CHECKED;

/* What has arrived. */
struct shop_purchase_receipt {
	int64_t purchase_id;
	const struct shop_purchase_new_line
		*lines;		/* by SKU; filled into the purchase's lines in their order */
	size_t count;		/* 0 = all that is outstanding */
	struct shop_money cost; /* of one, where a line names none; minor SHOP_NULL = as ordered */
};

/**
 * Goods arrived: stock is received at the purchase's location and the status follows from the
 * lines. Backorders are filled by the worker that hears of it, or by `backorder allocate`. Appends
 * inventory.received per line and purchase_order.received.
 *
 * Fails with     E_PURCHASE_STATE, E_PURCHASE_LINES (no such product on it), E_PURCHASE_OVER (more
 * than ordered plus the supplier's allowance, else the policy's), E_CURRENCY
 */
bool shop_purchase_receive(struct shop_store *store, const struct shop_purchase_receipt *in,
			   struct shop_purchase *ret_purchase, struct shop_error *err) SHOP_CHECKED;

/**
 * Close: a received or short-closed purchase is done with. With `as_short` what is outstanding is
 * given up first (short_closed) and backorders that waited for it are open again. Appends
 * purchase_order.closed or short_closed.
 *
 * Fails with     E_PURCHASE_STATE
 */
bool shop_purchase_close(struct shop_store *store, int64_t id, bool as_short,
			 struct shop_purchase *ret_purchase, struct shop_error *err) SHOP_CHECKED;

/** Cancel while nothing was received; its backorders are open again. Fails with E_PURCHASE_STATE.
 */
bool shop_purchase_cancel(struct shop_store *store, int64_t id, struct shop_purchase *ret_purchase,
			  struct shop_error *err) SHOP_CHECKED;

/* What a reorder run did about one product. */
struct shop_reorder {
	char *sku;
	int64_t on_hand;
	int64_t on_order; /* outstanding on purchases, drafts too, before the run */
	int64_t allocated;
	int64_t backordered;
	int64_t projected; /* on hand + on order − allocated − backordered */
	int64_t reorder_point;
	int64_t drafted;     /* how many were put on a draft */
	int64_t purchase_id; /* the draft, 0 = none */
	char *blocked;	     /* why none was made: no_supplier, or NULL */
	int64_t qty_scale;
	int64_t product_id;
};

extern const struct shop_record shop_reorder_record;

/**
 * Draft purchases for products at or below their reorder point, and for backorders nothing brings:
 * as much as lifts the projected stock above the point, at least the product's reorder quantity. A
 * second run drafts nothing more.
 *
 * fn             gets each product that something was or should have been drafted for
 */
bool shop_purchase_reorder(struct shop_store *store, shop_record_fn fn, void *ctx,
			   struct shop_error *err) SHOP_CHECKED;

/* Backorders nobody can buy for: their product has no supplier, and the shop has none or several.
 */
struct shop_purchase_blocker {
	char *sku;
	int64_t backordered; /* units that wait */
	char *reason;	     /* no_supplier */
	int64_t qty_scale;
};

extern const struct shop_record shop_purchase_blocker_record;

/** List what keeps purchases from being drafted, in SKU order: for `status` and `purchase blocked`.
 */
bool shop_purchase_blockers(struct shop_store *store, shop_record_fn fn, void *ctx,
			    struct shop_error *err) SHOP_CHECKED;

#endif

/*
 * Stock: how many units of each product lie where, and what may still be promised of them.
 *
 *	on hand      in the building; moves when goods come, leave or are counted
 *	allocated    of these, promised to order lines
 *	held         of these, kept by carts for a while
 *	available    what can be promised now: Σ over locations of max(0, on hand − allocated − held − safety stock),
 *	             less what open backorders wait for, never below 0
 *	incoming     outstanding on submitted purchases
 *
 * Every change is one guarded step that leaves a movement in the append-only ledger and an event with the SKU
 * as subject. Quantities are int64 in the product's smallest unit; typed ones are shop_decimal, since only the
 * product knows its scale. Functions that write run inside a shop_store_write.
 */
#ifndef SHOP_STOCK_H
#define SHOP_STOCK_H

#include "shop/money.h"
#include "shop/quantity.h"
#include "shop/record.h"
#include "shop/store.h"

/* A product's stock at one location. */
struct shop_stock_place {
	int64_t location_id;
	char *name;
	int64_t on_hand;
	int64_t allocated;
	int64_t held;
	int64_t available; /* what this place has to give; backorders count against the product, not the place */
	int64_t incoming;
	int64_t backordered;
	int64_t safety_stock;
	int64_t qty_scale;
};

extern const struct shop_record shop_stock_place_record;

/* A product's stock: totals, or of one location in a list of one location. */
struct shop_stock {
	int64_t product_id;
	char *sku;
	char *title;
	int64_t on_hand;
	int64_t allocated;
	int64_t held;
	int64_t available; /* SHOP_NULL when its stock is not counted */
	int64_t incoming;
	int64_t backordered;
	int64_t safety_stock;
	char *unit;
	int64_t qty_scale;
	int64_t track_stock;
	struct shop_list locations; /* struct shop_stock_place; filled by shop_stock_load */
};

extern const struct shop_record shop_stock_record;

#define AUTO_STOCK SHOP_CLEANUP(shop_stock_done)

/** Free what a stock record owns and zero it. */
void shop_stock_done(struct shop_stock *stock);

/** A product's stock at now_us with its locations. Fails with E_NOT_FOUND. */
bool shop_stock_load(struct shop_store *store, const char *sku, int64_t now_us, struct shop_stock *ret_stock,
		     struct shop_error *err) SHOP_CHECKED;

/* Which stock to list; zeroed but for now_us and limit = all counted products that are not archived. */
struct shop_stock_filter {
	int64_t now_us;
	int64_t location_id; /* 0 = totals; else the numbers of this location, products with a row there */
	bool low;	     /* only where available is at or below the reorder point (stock.low without one) */
	const char *after;   /* only SKUs behind this one */
	bool with_places;    /* give each with its locations: of these, only location_id when it is set */
	int64_t limit;	     /* SHOP_NULL = no limit */
};

/** List stock in SKU order, each given to fn as a struct shop_stock. */
bool shop_stock_list(struct shop_store *store, const struct shop_stock_filter *filter, shop_record_fn fn, void *ctx,
		     struct shop_error *err) SHOP_CHECKED;

/* Goods that came in. */
struct shop_stock_receipt {
	const char *sku;
	struct shop_decimal qty;
	int64_t location_id;   /* 0 = the default */
	const char *ref;       /* the operator's own reference: a delivery note; NULL = none */
	struct shop_money cost; /* of one; minor SHOP_NULL = not known */
};

/**
 * Receive goods. Appends inventory.received.
 *
 * Fails with     E_NOT_FOUND, E_STOCK_UNTRACKED, E_STATE (location archived), E_INVALID, E_VALUE (quantity)
 */
bool shop_stock_receive(struct shop_store *store, const struct shop_stock_receipt *in, struct shop_stock *ret_stock,
			struct shop_error *err) SHOP_CHECKED;

/* A correction: by a difference, or to what was counted. One of them has .value SHOP_NULL. */
struct shop_stock_adjustment {
	const char *sku;
	struct shop_decimal by;
	struct shop_decimal set;
	int64_t location_id; /* 0 = the default */
};

/**
 * Correct what is on hand; the reason is the transaction's. Appends inventory.adjusted with the delta, nothing when
 * the count is what the books say. Carts give up what the place no longer has, the latest hold first.
 *
 * Fails with     E_STOCK_SHORT (below 0), E_STOCK_ALLOCATED (below what orders were promised), and as shop_stock_receive
 */
bool shop_stock_adjust(struct shop_store *store, const struct shop_stock_adjustment *in, struct shop_stock *ret_stock,
		       struct shop_error *err) SHOP_CHECKED;

/* Units carried from one location to another. */
struct shop_stock_move {
	const char *sku;
	struct shop_decimal qty;
	int64_t from_id;
	int64_t to_id;
};

/**
 * Move free units. Appends inventory.moved.
 *
 * Fails with     E_STOCK_SHORT (not on hand), E_STOCK_ALLOCATED (promised or held there), and as shop_stock_receive
 */
bool shop_stock_move(struct shop_store *store, const struct shop_stock_move *in, struct shop_stock *ret_stock,
		     struct shop_error *err) SHOP_CHECKED;

/* How many units of a place are kept from sale. */
struct shop_stock_safety {
	const char *sku;
	struct shop_decimal qty;
	int64_t location_id; /* 0 = the default */
};

/** Set the safety stock. Appends inventory.safety_changed, nothing when it is the same. Fails as shop_stock_receive. */
bool shop_stock_set_safety(struct shop_store *store, const struct shop_stock_safety *in, struct shop_stock *ret_stock,
			   struct shop_error *err) SHOP_CHECKED;

/* One line of the ledger. */
struct shop_movement {
	int64_t n; /* counts all movements of the store */
	int64_t at;
	char *kind; /* received, adjusted, allocated, released, shipped, moved_in, moved_out */
	int64_t qty; /* signed as the counter moves: allocated for allocated and released, else on hand */
	int64_t location_id;
	int64_t on_hand;   /* after it */
	int64_t allocated; /* after it */
	int64_t cost;	   /* of one; SHOP_NULL = not known */
	char *currency;
	char *reason;
	char *ref;
	int64_t order_id; /* ids: 0 = none */
	int64_t line;
	int64_t shipment_id;
	int64_t purchase_id;
	char *actor;
	int64_t qty_scale;
};

extern const struct shop_record shop_movement_record;

/* Which movements of a product to list. */
struct shop_movement_filter {
	const char *sku;
	int64_t location_id; /* 0 = all */
	int64_t limit;	     /* SHOP_NULL = no limit */
};

/** A product's movements, the latest first, each given to fn as a struct shop_movement. Fails with E_NOT_FOUND. */
bool shop_stock_history(struct shop_store *store, const struct shop_movement_filter *filter, shop_record_fn fn,
			void *ctx, struct shop_error *err) SHOP_CHECKED;

/* A place as the guards see it. */
struct shop_stock_level {
	const char *sku;
	int64_t location_id;
	int64_t on_hand;
	int64_t allocated;
	int64_t held;
	int64_t qty_scale;
};
/**
 * Whether a place with so many units on hand and allocated can change by delta. Pure.
 *
 * Fails with     E_STOCK_SHORT (below 0), E_STOCK_ALLOCATED (below what is allocated)
 */
bool shop_stock_may_adjust(const struct shop_stock_level *level, int64_t delta, struct shop_error *err) SHOP_CHECKED;

/** Whether qty units can be carried away from a place: what is neither allocated nor held. Pure. Fails likewise. */
bool shop_stock_may_move(const struct shop_stock_level *level, int64_t qty, struct shop_error *err) SHOP_CHECKED;

#endif

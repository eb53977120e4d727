/*
 * Products: what is sold, under one SKU each. Prices are rows with a span of time; the one in force is
 * the latest begun, bounded ones (sales) before open ones.
 *
 *	const struct shop_product_new in = { .sku = "MUG-01", .title = "Blue mug", .price = price };
 *	AUTO_PRODUCT struct shop_product product = { 0 };
 *	shop_product_create(store, &in, &product, err);
 *
 * Functions that write run inside a shop_store_write, whose context says who, when and why.
 */
#ifndef SHOP_PRODUCT_H
#define SHOP_PRODUCT_H

#include "shop/money.h"
#include "shop/record.h"
#include "shop/store.h"

/* A product as people see it, with the price in force at the time it was read. */
struct shop_product {
	int64_t id;
	char *sku;
	char *title;
	char *status; /* draft, active, archived */
	int64_t price;
	char *currency;
	char *category;
	char *barcode;
	char *tax_class;
	int64_t weight_g;
	char *unit;	/* suffix of its quantities ("kg"), "" = pieces */
	int64_t qty_scale; /* decimals of its quantities */
	int64_t track_stock;
	char *backorder; /* deny, allow, limit:N (whole units) */
	int64_t supplier_id;
	int64_t reorder_point; /* a quantity; SHOP_NULL = never */
	int64_t reorder_qty;
	int64_t created_at;
	int64_t updated_at;
	int64_t version;
};

extern const struct shop_record shop_product_record;

#define AUTO_PRODUCT SHOP_CLEANUP(shop_product_done)

/** Free what a product owns and zero it. */
void shop_product_done(struct shop_product *product);

/* A product to make. Texts may be NULL (not known) but sku and title. */
struct shop_product_new {
	const char *sku;
	const char *title;
	struct shop_money price; /* minor SHOP_NULL = none yet: then it must be a draft */
	const char *category;
	const char *barcode;
	const char *tax_class; /* NULL = standard */
	int64_t weight_g;      /* SHOP_NULL = not known */
	const char *unit;
	int64_t qty_scale;
	bool untracked;
	const char *backorder; /* deny, allow, limit:N; NULL = the policy's */
	int64_t supplier_id;   /* 0 = none */
	int64_t reorder_point; /* whole units, SHOP_NULL = never */
	int64_t reorder_qty;
	bool draft;
};

/* Changes to a product: NULL, SHOP_NULL and -1 leave a field as it is, "" clears a text, SHOP_CLEAR a number. */
struct shop_product_change {
	const char *title;
	const char *category;
	const char *barcode;
	const char *tax_class;
	int64_t weight_g;
	int track_stock; /* 0, 1, -1 */
	const char *backorder;
	int64_t supplier_id;
	int64_t reorder_point;
	int64_t reorder_qty;
};

/**
 * Make a product, active unless in->draft, with its first price. Appends product.created.
 *
 * Fails with     E_DUPLICATE (sku or barcode taken; names the product), E_INVALID, E_TEXT, E_NOT_FOUND (supplier)
 */
bool shop_product_create(struct shop_store *store, const struct shop_product_new *in, struct shop_product *ret_product,
			 struct shop_error *err) SHOP_CHECKED;

/** Check a product's fields without a store: what import asks of each row. Fails as shop_product_create does. */
bool shop_product_check(const struct shop_product_new *in, struct shop_error *err) SHOP_CHECKED;

/** Load by SKU with the price in force at now_us. Fails with E_NOT_FOUND. */
bool shop_product_load(struct shop_store *store, const char *sku, int64_t now_us, struct shop_product *ret_product,
		       struct shop_error *err) SHOP_CHECKED;

/* Which products to list; zeroed but for now_us and limit = all. */
struct shop_product_filter {
	int64_t now_us;
	const char *status;   /* NULL = all but archived */
	const char *category; /* NULL = any */
	int64_t supplier_id;  /* 0 = any */
	const char *after;    /* only SKUs behind this one */
	int64_t limit;	      /* SHOP_NULL = no limit */
};

/** List products in SKU order, each given to fn as a struct shop_product. */
bool shop_product_list(struct shop_store *store, const struct shop_product_filter *filter, shop_record_fn fn, void *ctx,
		       struct shop_error *err) SHOP_CHECKED;

/** Change fields; appends product.updated with `changed: {field: [old, new]}`, nothing when nothing differs. */
bool shop_product_update(struct shop_store *store, const char *sku, const struct shop_product_change *in,
			 struct shop_product *ret_product, struct shop_error *err) SHOP_CHECKED;

/**
 * Set the status: active (publish), draft (unpublish) or archived. Appends product.updated or product.archived.
 *
 * Fails with     E_PRODUCT_NO_PRICE (active without a price), E_NOT_FOUND
 */
bool shop_product_set_status(struct shop_store *store, const char *sku, const char *status,
			     struct shop_product *ret_product, struct shop_error *err) SHOP_CHECKED;

/* A new price: `to`, or `by` from the price in force; rounded to an ending (99 = x.99) or a multiple. */
struct shop_price_change {
	struct shop_money to; /* minor SHOP_NULL = use `by` */
	const char *by;	      /* +5%, -1.00 */
	const char *round;    /* "0.99": up or down to that ending; "0.05": to that multiple; NULL = not */
	int64_t from_us;      /* SHOP_NULL = now */
	int64_t until_us;     /* SHOP_NULL = open */
};

/** Set a price; appends price.changed with old and new. Fails with E_INVALID, E_PRODUCT_NO_PRICE (`by` without one). */
bool shop_price_set(struct shop_store *store, const char *sku, const struct shop_price_change *in,
		    struct shop_product *ret_product, struct shop_error *err) SHOP_CHECKED;

/**
 * The price of a product where no bounded one (a sale) is in force: the latest begun of those without an end.
 * ret_price->minor is SHOP_NULL when it has none.
 */
bool shop_price_base(struct shop_store *store, int64_t product_id, int64_t now_us, struct shop_money *ret_price,
		     struct shop_error *err) SHOP_CHECKED;

/** How far a price moves, in hundredths of a percent; all the way (10000) from none or 0 and to another currency. */
int64_t shop_price_moves(struct shop_money from, struct shop_money to);

/* One row of the price history. */
struct shop_price {
	int64_t price;
	char *currency;
	int64_t from;
	int64_t until; /* SHOP_NULL = open */
	int64_t set_at;
	char *actor;
};

extern const struct shop_record shop_price_record;

/** All prices a product had, latest begun first, each given to fn as a struct shop_price. */
bool shop_price_history(struct shop_store *store, const char *sku, shop_record_fn fn, void *ctx,
			struct shop_error *err) SHOP_CHECKED;

#endif

/*
 * Carts: what somebody wants, at today's prices, with the units held for a while. A cart promises
 *nothing: its quote says what would be refused, and checkout turns it into an order or changes
 *nothing at all.
 *
 *	const struct shop_order_line_new line = { .sku = "MUG-01", .qty = five, .price = { .minor =
 *SHOP_NULL } }; AUTO_CART struct shop_cart cart = { 0 }; shop_cart_create(store, 1000, &cart, err);
 *	shop_cart_add(store, 1000, &line, 1, &cart, err);
 *	shop_cart_checkout(store, &(struct shop_cart_checkout){ .cart_id = 1000, .pay = "manual",
 *			   .expected_total = { .minor = SHOP_NULL } }, &order, err);
 *
 * Every write to a cart extends its holds and makes an abandoned cart active again. Functions that
 *write run inside a shop_store_write, whose context says who, when and why.
 */
#ifndef SHOP_CART_H
#define SHOP_CART_H

#include "shop/customer.h"
#include "shop/money.h"
#include "shop/order.h"
#include "shop/record.h"
#include "shop/store.h"

/* One product in a cart. */
struct shop_cart_line {
	int64_t n;
	int64_t product_id;
	char *sku;
	char *title;
	int64_t qty;
	int64_t qty_scale;
	int64_t unit_price; /* agreed, or the price in force; SHOP_NULL = there is none now */
	char *currency;
	int64_t agreed; /* whether unit_price was typed */
	int64_t total;
	int64_t held;	    /* units kept for this cart now */
	int64_t held_until; /* SHOP_NULL = none are */
};

struct shop_cart {
	int64_t id;
	int64_t customer_id; /* 0 = a guest */
	char *status;	     /* active, abandoned, completed, expired */
	char *currency;
	int64_t total;
	int64_t held_until; /* when its first hold ends; SHOP_NULL = it holds nothing */
	int64_t order_id;   /* what it became, 0 = nothing yet */
	char *ship_to;	    /* JSON or NULL */
	int64_t created_at;
	int64_t updated_at;
	int64_t version;
	struct shop_list lines; /* struct shop_cart_line, in the order they were added */
};

extern const struct shop_record shop_cart_record;

#define AUTO_CART SHOP_CLEANUP(shop_cart_done)

/** Free what a cart owns and zero it. */
void shop_cart_done(struct shop_cart *cart);

/** Load with its lines, prices and holds as of now_us. Fails with E_NOT_FOUND. */
bool shop_cart_load(struct shop_store *store, int64_t id, int64_t now_us,
		    struct shop_cart *ret_cart, struct shop_error *err) SHOP_CHECKED;

/* Which carts to list; zeroed but for now_us and limit = all. */
struct shop_cart_filter {
	int64_t now_us;
	const char *status;  /* NULL = any */
	int64_t customer_id; /* 0 = any */
	int64_t before_id;   /* only carts with a smaller id; 0 = all */
	int64_t limit;	     /* SHOP_NULL = no limit */
};

/** List carts, newest first, each given to fn as a struct shop_cart with its lines. */
bool shop_cart_list(struct shop_store *store, const struct shop_cart_filter *filter,
		    shop_record_fn fn, void *ctx, struct shop_error *err) SHOP_CHECKED;

/** Make an empty cart. customer_id 0 = a guest's. Appends cart.created. Fails with E_NOT_FOUND,
 * E_STATE (archived). */
bool shop_cart_create(struct shop_store *store, int64_t customer_id, struct shop_cart *ret_cart,
		      struct shop_error *err) SHOP_CHECKED;

/**
 * Add units; to a line that is there already, its quantity grows and a typed price replaces its
 * own. More than there is may be added: what there is is held. Appends cart.updated.
 *
 * Fails with     E_CART_CLOSED, E_NOT_FOUND (product), E_PRODUCT_INACTIVE, E_PRODUCT_NO_PRICE,
 * E_CURRENCY, E_INVALID and E_VALUE (quantity), E_ORDER_TOO_LONG
 */
bool shop_cart_add(struct shop_store *store, int64_t id, const struct shop_order_line_new *lines,
		   size_t count, struct shop_cart *ret_cart, struct shop_error *err) SHOP_CHECKED;

/** Set a line's quantity, made if needed; 0 removes it. Appends cart.updated. Fails as
 * shop_cart_add. */
bool shop_cart_set(struct shop_store *store, int64_t id, const struct shop_order_line_new *line,
		   struct shop_cart *ret_cart, struct shop_error *err) SHOP_CHECKED;

/** Remove a line and its hold. Appends cart.updated. Fails with E_NOT_FOUND (no such line),
 * E_CART_CLOSED. */
bool shop_cart_remove(struct shop_store *store, int64_t id, const char *sku,
		      struct shop_cart *ret_cart, struct shop_error *err) SHOP_CHECKED;

/**
 * Say where it goes: an address as typed, or (address NULL) number n of its customer. Appends
 * cart.updated without it.
 *
 * Fails with     E_CART_CLOSED, E_TEXT, E_INVALID, E_STATE (n, but a guest's cart), E_NOT_FOUND (n)
 */
bool shop_cart_address(struct shop_store *store, int64_t id, const struct shop_address_new *address,
		       int64_t n, struct shop_cart *ret_cart, struct shop_error *err) SHOP_CHECKED;

/** Make an abandoned cart active and hold its units again; an active one stays. Fails with
 * E_CART_CLOSED. */
bool shop_cart_recover(struct shop_store *store, int64_t id, struct shop_cart *ret_cart,
		       struct shop_error *err) SHOP_CHECKED;

/** Give up a cart: its holds are released; any write revives it. Appends cart.abandoned. Fails with
 * E_CART_CLOSED. */
bool shop_cart_abandon(struct shop_store *store, int64_t id, struct shop_cart *ret_cart,
		       struct shop_error *err) SHOP_CHECKED;

/* What to expire. */
struct shop_cart_expire {
	int64_t older_than_us; /* every open cart untouched for so long expires; SHOP_NULL = by the
				  tiers */
	int64_t limit;	       /* at most so many; SHOP_NULL = all */
};

/**
 * End carts that nobody touches. By the tiers: active ones after 24 h are abandoned; abandoned ones
 * expire after 6 h when empty, after 30 days a guest's, after 90 days a customer's. Appends
 * cart.abandoned, cart.expired.
 *
 * fn             gets each cart as a struct shop_cart as it stands then
 */
bool shop_cart_expire(struct shop_store *store, const struct shop_cart_expire *in,
		      shop_record_fn fn, void *ctx, struct shop_error *err) SHOP_CHECKED;

/* One line of a quote. qty = ship_now + backordered + short_qty. */
struct shop_quote_line {
	char *sku;
	char *title;
	int64_t qty;
	int64_t qty_scale;
	int64_t unit_price;
	int64_t subtotal;
	int64_t discount;
	int64_t tax;
	int64_t total;
	char *currency;
	int64_t ship_now;    /* from stock, this cart's own holds included */
	int64_t backordered; /* would wait for stock */
	int64_t short_qty;   /* cannot be had: checkout is refused */
	int64_t held;
	int64_t held_until;
	char *availability; /* the same for people */
};

/* Why checkout would be refused. */
struct shop_quote_problem {
	char *code; /* the id of the error that checkout would give */
	char *sku;  /* NULL = the cart as a whole */
	char *message;
	char *fix; /* the command that clears it */
};

/* What a cart would cost and when it could leave: advice, not a promise. */
struct shop_quote {
	int64_t cart_id;
	int64_t customer_id;
	char *status;
	char *currency;
	int64_t subtotal;
	int64_t discount;
	int64_t tax;
	int64_t total;
	int64_t ready; /* whether checkout would be accepted */
	int64_t held_until;
	struct shop_list lines;	   /* struct shop_quote_line */
	struct shop_list problems; /* struct shop_quote_problem */
};

extern const struct shop_record shop_quote_record;

#define AUTO_QUOTE SHOP_CLEANUP(shop_quote_done)

/** Free what a quote owns and zero it. */
void shop_quote_done(struct shop_quote *quote);

/** Ask what checkout would say at now_us, by its own guards. Changes nothing. Fails with
 * E_NOT_FOUND, E_CART_CLOSED. */
bool shop_cart_quote(struct shop_store *store, int64_t id, int64_t now_us,
		     struct shop_quote *ret_quote, struct shop_error *err) SHOP_CHECKED;

/* How to check out. */
struct shop_cart_checkout {
	int64_t cart_id;
	const char *pay; /* DRIVER[:TOKEN]; NULL = manual */
	struct shop_money
		expected_total; /* refused when it differs; minor SHOP_NULL = whatever it is */
};

/**
 * Turn a cart into an order: order.placed and cart.completed in one transaction, or nothing. A cart
 * that became an order already gives that order again, and nothing is written.
 *
 * Fails with     E_CART_CLOSED (expired), E_CART_EMPTY, E_CART_TOTAL, E_STOCK_SHORT,
 * E_BACKORDER_LIMIT, E_CURRENCY, E_PRODUCT_INACTIVE, E_PRODUCT_NO_PRICE, E_PAYMENT_METHOD,
 * E_NOT_FOUND
 */
bool shop_cart_checkout(struct shop_store *store, const struct shop_cart_checkout *in,
			struct shop_order *ret_order, struct shop_error *err) SHOP_CHECKED;

#endif

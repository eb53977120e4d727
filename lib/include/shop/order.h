/*
 * Orders: what was bought, at which price, and how far money and goods have come. Four axes that do not mix:
 * status (the work), payment (the money), fulfillment (the goods) and returns; all but the status are derived
 * from payments, lines and shipments by one function and stored, so that lists can ask for them.
 *
 *	const struct shop_order_line_new lines[] = { { .sku = "MUG-01", .qty = two, .price = { .minor = SHOP_NULL } } };
 *	const struct shop_order_new in = { .customer_id = 1000, .pay = "sandbox:approve", .lines = lines, .count = 1,
 *					   .placed_us = SHOP_NULL };
 *	AUTO_ORDER struct shop_order order = { 0 };
 *	shop_order_create(store, &in, &order, err);
 *
 * Functions that write run inside a shop_store_write, whose context says who, when and why.
 */
#ifndef SHOP_ORDER_H
#define SHOP_ORDER_H

#include "shop/money.h"
#include "shop/quantity.h"
#include "shop/record.h"
#include "shop/store.h"

#define SHOP_ORDER_LINES_MAX 2000

/* One line: what was agreed, and where its units are. qty = allocated + backordered + shipped + canceled + short. */
struct shop_order_line {
	int64_t n;
	char *sku;
	char *title;
	int64_t qty;
	int64_t allocated;   /* promised from stock, not shipped yet */
	int64_t backordered; /* wait for stock */
	int64_t shipped;
	int64_t delivered; /* of the shipped */
	int64_t canceled;
	int64_t short_qty; /* could not be sent and will not be */
	int64_t qty_scale;
	int64_t unit_price;
	int64_t subtotal;
	int64_t discount;
	int64_t tax;
	int64_t total;
	char *currency;
};

/* A payment of an order. */
struct shop_order_payment {
	int64_t id;
	char *status;
	char *driver;
	int64_t amount;
	int64_t authorized;
	int64_t captured;
	int64_t refunded;
	char *currency;
};

/* Units of one line in a parcel. */
struct shop_order_parcel_line {
	int64_t line;
	char *sku;
	int64_t qty;
	int64_t qty_scale;
};

/* A shipment of an order. */
struct shop_order_parcel {
	int64_t id;
	char *status;
	int64_t location_id;
	char *carrier;
	char *tracking;
	int64_t shipped_at;
	int64_t delivered_at;
	struct shop_list lines; /* struct shop_order_parcel_line */
};

/* Units of an order that wait, or waited, for stock. */
struct shop_order_waiting {
	int64_t id;
	char *sku;
	int64_t qty;
	int64_t open;
	int64_t qty_scale;
	char *status;
	int64_t promised;
};

/* A reason why an order rests. */
struct shop_order_hold {
	char *reason; /* fraud, address, payment, stock, manual */
	char *note;
	int64_t placed_at;
	char *actor;
	int64_t released_at; /* SHOP_NULL = it still rests */
};

struct shop_order {
	int64_t id;
	char *status;	   /* pending, confirmed, on_hold, completed, canceled, expired */
	char *payment;	   /* not_paid, partially_authorized, authorized, partially_paid, paid, overpaid,
			      partially_refunded, refunded, voided */
	char *fulfillment; /* unfulfilled, partially_fulfilled, fulfilled, partially_delivered, delivered, canceled */
	char *returns;	   /* none */
	int64_t backordered; /* whether units wait for stock */
	int64_t held;	     /* open holds */
	int64_t customer_id; /* 0 = none */
	char *customer_name;
	int64_t cart_id;
	char *reference;
	char *currency;
	int64_t subtotal;
	int64_t discount;
	int64_t shipping;
	int64_t tax;
	int64_t total; /* as ordered */
	int64_t due;   /* of it, what is not canceled */
	int64_t paid;  /* captured less refunded, over all payments */
	int64_t pay_later;
	int64_t pay_by;
	char *ship_to; /* JSON or NULL */
	char *cancel_reason;
	int64_t placed_at;
	int64_t confirmed_at;
	int64_t closed_at;
	int64_t updated_at;
	int64_t version;
	struct shop_list lines;	     /* struct shop_order_line */
	struct shop_list payments;   /* struct shop_order_payment */
	struct shop_list shipments;  /* struct shop_order_parcel */
	struct shop_list backorders; /* struct shop_order_waiting */
	struct shop_list holds;	     /* struct shop_order_hold */
};

extern const struct shop_record shop_order_record;

#define AUTO_ORDER SHOP_CLEANUP(shop_order_done)

/** Free what an order owns and zero it. */
void shop_order_done(struct shop_order *order);

/** Load with all its lists. Fails with E_NOT_FOUND. */
bool shop_order_load(struct shop_store *store, int64_t id, struct shop_order *ret_order,
		     struct shop_error *err) SHOP_CHECKED;

/* Which orders to list; zeroed but for since_us, late_before_us and limit = all. */
struct shop_order_filter {
	const char *status;	/* NULL = any */
	const char *payment;	/* NULL = any */
	const char *fulfillment; /* NULL = any */
	int64_t customer_id;	/* 0 = any */
	const char *sku;	/* with a line of this product; NULL = any */
	int64_t since_us;	/* placed at or after; SHOP_NULL = any time */
	int64_t late_before_us; /* confirmed, placed before, and not all shipped; SHOP_NULL = any */
	int64_t before_id;	/* only orders with a smaller id; 0 = all */
	bool with_lists;	/* give each with its lines, payments, shipments, backorders and holds */
	int64_t limit;		/* SHOP_NULL = no limit */
};

/** List orders, newest first, each given to fn as a struct shop_order. */
bool shop_order_list(struct shop_store *store, const struct shop_order_filter *filter, shop_record_fn fn, void *ctx,
		     struct shop_error *err) SHOP_CHECKED;

/* One line of an order to make. */
struct shop_order_line_new {
	const char *sku;
	struct shop_decimal qty;
	struct shop_money price; /* agreed for one; minor SHOP_NULL = the price in force */
};

/* An order to make without a cart. Texts may be NULL. */
struct shop_order_new {
	int64_t customer_id;   /* 0 = none */
	const char *reference; /* the caller's own, unique */
	const char *ship_to;   /* an address as JSON */
	const char *pay;       /* DRIVER[:TOKEN]; NULL = manual */
	int64_t placed_us;     /* SHOP_NULL = now */
	const struct shop_order_line_new *lines;
	size_t count;
};

/**
 * Place an order: the same way as a cart's checkout. Appends order.placed and what follows from it.
 *
 * Fails with     E_NOT_FOUND (customer, product), E_DUPLICATE (reference; names the order), E_STOCK_SHORT,
 *                E_BACKORDER_LIMIT, E_CURRENCY, E_PRODUCT_INACTIVE, E_PRODUCT_NO_PRICE, E_PAYMENT_METHOD
 */
bool shop_order_create(struct shop_store *store, const struct shop_order_new *in, struct shop_order *ret_order,
		       struct shop_error *err) SHOP_CHECKED;

/**
 * Confirm a pending order whose payment is authorized; a confirmed one stays as it is. Appends order.confirmed.
 *
 * Fails with     E_ORDER_UNPAID, E_ORDER_HELD, E_ORDER_STATE, E_NOT_FOUND
 */
bool shop_order_confirm(struct shop_store *store, int64_t id, struct shop_order *ret_order,
			struct shop_error *err) SHOP_CHECKED;

/**
 * Let an order rest: no shipment is opened or leaves before its last hold is released. Appends order.held.
 *
 * reason         fraud, address, payment, stock or manual; NULL = manual
 * note           free text, may be NULL
 * Fails with     E_ORDER_STATE, E_VALUE (reason), E_TEXT, E_NOT_FOUND
 */
bool shop_order_hold(struct shop_store *store, int64_t id, const char *reason, const char *note,
		     struct shop_order *ret_order, struct shop_error *err) SHOP_CHECKED;

/**
 * Release the holds of one reason, or all (reason NULL); with the last the order goes on. Appends order.released.
 *
 * Fails with     E_ORDER_STATE (it has no such hold), E_NOT_FOUND
 */
bool shop_order_release(struct shop_store *store, int64_t id, const char *reason, struct shop_order *ret_order,
			struct shop_error *err) SHOP_CHECKED;

/* How to cancel an order. */
struct shop_order_cancel {
	int64_t id;
	const char *reason; /* customer, declined, fraud, inventory, staff, expired, other; NULL = other */
	bool restock;	    /* said by the operator; kept in the event */
	bool refund;	    /* pay back what was captured */
};

/**
 * Withdraw an order of which nothing has shipped: its stock is free at once, its open shipments and backorders are
 * canceled, what was authorized gets a void and, with in->refund, what was captured a refund. Appends order.canceled.
 *
 * Fails with     E_ORDER_SHIPPED, E_ORDER_STATE (finished, or money captured and no in->refund), E_NOT_FOUND
 */
bool shop_order_cancel(struct shop_store *store, const struct shop_order_cancel *in, struct shop_order *ret_order,
		       struct shop_error *err) SHOP_CHECKED;

/**
 * Cancel units of a product: those that wait first, then allocated ones in no shipment; the due falls exactly by their
 * share of the line. With the last unit of an order that has shipped nothing, the order is canceled.
 * Appends order.line_canceled per line.
 *
 * qty            in the product's unit as typed
 * Fails with     E_ORDER_SHIPPED, E_ORDER_STATE (fewer units left, or they are in a shipment), E_NOT_FOUND (line)
 */
bool shop_order_line_cancel(struct shop_store *store, int64_t id, const char *sku, const struct shop_decimal *qty,
			    struct shop_order *ret_order, struct shop_error *err) SHOP_CHECKED;

/**
 * End pending orders that were not paid in time: without any payment attempt they expire, after a decline they are
 * canceled as declined. Those whose payment has no answer yet are left alone.
 *
 * placed_before_us   instead of each order's pay_by: placed before this time; SHOP_NULL = pay_by
 * fn                 gets each ended order as a struct shop_order
 */
bool shop_order_expire(struct shop_store *store, int64_t placed_before_us, shop_record_fn fn, void *ctx,
		       struct shop_error *err) SHOP_CHECKED;

#endif

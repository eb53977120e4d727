/*
 * What the nouns of the domain ask of each other, inside a running transaction. Public functions
 * (shop_<noun>_<verb>, in shop/<noun>.h) begin their own step, call these, and append the events.
 * Each function here writes its rows and its events itself, so no caller can do one without the other.
 */
#ifndef SHOP_DOMAIN_H
#define SHOP_DOMAIN_H

#include "shop/money.h"
#include "shop/record.h"
#include "shop/store.h"

/**
 * Append `type` about `subject` with `changed: {field: [before, after]}`; nothing when the records do not differ.
 * For *.updated events.
 */
bool event_changed(struct shop_store *store, const char *type, const char *subject, const struct shop_record *record,
                   const void *before, const void *after, struct shop_error *err) SHOP_CHECKED;

/* A product as files and typed lines need it. */
struct product_found {
	int64_t id; /* 0 = there is none */
	int64_t qty_scale;
	char unit[16];
	char currency[4]; /* of its last price; the store's when it has none */
	bool tracked;
};

/*
 * Objects by the keys people write in files: a SKU, a supplier's or location's name, a customer's e-mail address
 * in any case, an order's reference. *ret_id = 0 when there is none.
 */
bool product_find(struct shop_store *store, const char *sku, struct product_found *ret_product,
		  struct shop_error *err) SHOP_CHECKED;
bool product_find_barcode(struct shop_store *store, const char *barcode, int64_t *ret_id,
			  struct shop_error *err) SHOP_CHECKED;
bool supplier_find(struct shop_store *store, const char *name, int64_t *ret_id, struct shop_error *err) SHOP_CHECKED;
bool location_find(struct shop_store *store, const char *name, int64_t *ret_id, struct shop_error *err) SHOP_CHECKED;
bool customer_find(struct shop_store *store, const char *email, int64_t *ret_id, struct shop_error *err) SHOP_CHECKED;
bool order_find(struct shop_store *store, const char *reference, int64_t *ret_id, struct shop_error *err) SHOP_CHECKED;

/* Units of one product moved for one order line. */
struct stock_need {
	int64_t product_id;
	const char *sku;
	int64_t order_id;
	int64_t line;
	int64_t qty;
	int64_t cart_id; /* whose own holds do not count against it; 0 = none */
};

/**
 * What can be promised now over all locations: Σ max(0, on hand − allocated − live holds − safety stock)
 * − open backorders, never below 0. What `cart_id` holds is its own, whoever waits. Untracked: SHOP_QUANTITY_MAX scaled.
 */
bool stock_available(struct shop_store *store, int64_t product_id, int64_t cart_id, int64_t *ret_qty,
                     struct shop_error *err) SHOP_CHECKED;

/** As stock_available, for a reader outside a write: holds live at now_us count. */
bool stock_available_at(struct shop_store *store, int64_t product_id, int64_t cart_id, int64_t now_us,
                        int64_t *ret_qty, struct shop_error *err) SHOP_CHECKED;

/**
 * Allocate up to need->qty from the locations (one that covers all first, then the default, then by id):
 * guarded stock update, allocation row, `allocated` movement and inventory.allocated per location.
 * *ret_qty gets what was allocated, which may be less. The cart's holds are dropped after it: they give
 * it the units it holds, whoever waits.
 * The order line must exist; its columns are the caller's, here and in the three functions below.
 */
bool stock_allocate(struct shop_store *store, const struct stock_need *need, int64_t *ret_qty,
                    struct shop_error *err) SHOP_CHECKED;

/** As stock_allocate for a backorder: also takes units that open backorders keep from sale. */
bool stock_allocate_waiting(struct shop_store *store, const struct stock_need *need, int64_t *ret_qty,
                            struct shop_error *err) SHOP_CHECKED;

/** Free need->qty allocated units that are in no shipment: allocation, movement, inventory.released. */
bool stock_release(struct shop_store *store, const struct stock_need *need, struct shop_error *err) SHOP_CHECKED;

/** Ship need->qty units allocated at `location_id` and in shipment: on hand and allocated fall, inventory.shipped. */
bool stock_ship(struct shop_store *store, const struct stock_need *need, int64_t location_id, int64_t shipment_id,
                struct shop_error *err) SHOP_CHECKED;

/* A receipt at one location. */
struct stock_receipt {
	int64_t product_id;
	const char *sku;
	int64_t location_id;
	int64_t qty;
	int64_t cost_minor; /* per unit, SHOP_NULL = not known */
	const char *cost_currency;
	const char *ref;    /* the operator's own reference, or NULL */
	int64_t purchase_id; /* 0 = none */
};

/** Add received units: stock row made if needed, movement, inventory.received. */
bool stock_receive(struct shop_store *store, const struct stock_receipt *in, struct shop_error *err) SHOP_CHECKED;

/** Change the counter of open backordered units of a product at a location by delta. */
bool stock_backordered_add(struct shop_store *store, int64_t product_id, int64_t location_id, int64_t delta,
                           struct shop_error *err) SHOP_CHECKED;

/** Drop all holds of a cart; with `event` one of inventory.reservation_released / reservation_expired, or NULL at placement. */
bool stock_holds_drop(struct shop_store *store, int64_t cart_id, const char *event, struct shop_error *err) SHOP_CHECKED;

/** Hold what is available of qty for the cart until now + policy: replaces its hold on this product; inventory.reserved. */
bool stock_hold(struct shop_store *store, int64_t cart_id, int64_t product_id, const char *sku, int64_t qty,
                int64_t *ret_held, struct shop_error *err) SHOP_CHECKED;

/** Sweep up to `limit` holds that are past their time, each with inventory.reservation_expired. */
bool stock_holds_expire(struct shop_store *store, int64_t limit, struct shop_error *err) SHOP_CHECKED;

/**
 * The facts that follow a change of a product's stock: inventory.low_stock, out_of_stock or back_in_stock with
 * {sku, available, threshold}, once per crossing (compared with the product's last such event).
 */
bool stock_facts(struct shop_store *store, int64_t product_id, const char *sku, struct shop_error *err) SHOP_CHECKED;

/** The default location's id. */
bool location_default(struct shop_store *store, int64_t *ret_id, struct shop_error *err) SHOP_CHECKED;

/** The location meant by an id, 0 the default; it must be active. Fails with E_NOT_FOUND, E_STATE. */
bool location_usable(struct shop_store *store, int64_t id, int64_t *ret_id, struct shop_error *err) SHOP_CHECKED;

/** The price in force of a product now. Fails with E_PRODUCT_NO_PRICE. *ret_price: minor and currency. */
bool product_price_now(struct shop_store *store, int64_t product_id, const char *sku, struct shop_money *ret_price,
                       struct shop_error *err) SHOP_CHECKED;

/**
 * The one writer of an order's derived axes: recomputes payment_status, fulfillment_status, backordered and
 * due_minor from lines, payments and shipments, appends order.status_changed per axis that moved, and
 * completes the order (order.completed) when everything is fulfilled and settled.
 */
bool order_refresh(struct shop_store *store, int64_t order_id, struct shop_error *err) SHOP_CHECKED;

/** What order_refresh would change of an order, as a sentence (g_free); NULL when its axes are right. Reads only. */
bool order_axes_check(struct shop_store *store, int64_t order_id, char **ret_text, struct shop_error *err) SHOP_CHECKED;

/** pending → confirmed with order.confirmed; no-op when it is confirmed already. */
bool order_confirm(struct shop_store *store, int64_t order_id, struct shop_error *err) SHOP_CHECKED;

/**
 * A backorder gave up qty waiting units of a line: the line's columns, order.line_canceled, the order's due and the
 * payment; with the last wanted unit of an order that has shipped nothing, the order is canceled.
 */
bool order_line_given_up(struct shop_store *store, int64_t order_id, int64_t line, const char *sku, int64_t qty,
                         struct shop_error *err) SHOP_CHECKED;

/** Cancel for a reason as the system (declined, expired): as shop_order_cancel without its guards on money. */
bool order_cancel_as(struct shop_store *store, int64_t order_id, const char *reason, struct shop_error *err) SHOP_CHECKED;

/* One line of an order to place. */
struct order_new_line {
	int64_t product_id;
	int64_t qty;         /* in the product's smallest unit */
	int64_t price_minor; /* agreed price of one; SHOP_NULL = the price in force */
};

/* An order to place: what cart checkout, order create and import order hand over. */
struct order_new {
	int64_t cart_id;       /* 0 = none; its own holds do not count against it */
	int64_t customer_id;   /* 0 = none */
	const char *reference; /* the caller's own, unique; NULL = none */
	const char *ship_to;   /* an address as JSON, or NULL */
	const char *pay;       /* DRIVER[:TOKEN]; NULL = manual */
	int64_t placed_us;     /* SHOP_NULL = now */
	const struct order_new_line *lines;
	size_t count;
};

/**
 * Place an order: checkout's first phase (ARCHITECTURE.md §5), the only way an order comes to be.
 *
 * Guards, order `pending`, stock allocated or backorders opened by policy, payment intent, order.placed; a method
 * that pays later (or a total of 0) confirms it at once. The cart's holds are dropped; the cart itself is the
 * caller's to complete.
 * Fails with     E_STOCK_SHORT, E_BACKORDER_LIMIT, E_CURRENCY, E_PRODUCT_INACTIVE, E_PRODUCT_NO_PRICE, E_ORDER_TOO_LONG,
 *                E_CART_EMPTY, E_PAYMENT_METHOD; nothing is written then
 */
bool order_place(struct shop_store *store, const struct order_new *in, int64_t *ret_order_id,
                 struct shop_error *err) SHOP_CHECKED;

/* A payment method as typed: DRIVER[:TOKEN]. */
struct payment_method {
	char driver[32];
	char token[64];
	bool pay_later; /* the order is confirmed without an authorization */
};

/** Read DRIVER[:TOKEN]; NULL means manual. Fails with E_PAYMENT_METHOD. */
bool payment_method_parse(const char *text, struct payment_method *ret_method, struct shop_error *err) SHOP_CHECKED;

/** Make an order's payment intent (status requires_payment_method, method attached); no operation yet. */
bool payment_open(struct shop_store *store, int64_t order_id, const struct payment_method *method,
                  struct shop_money amount, int64_t *ret_payment_id, struct shop_error *err) SHOP_CHECKED;

/** An order was placed: queue the authorization of its intent. No-op for pay-later drivers and when there is one. */
bool payment_authorize_placed(struct shop_store *store, int64_t order_id, struct shop_error *err) SHOP_CHECKED;

/** An order was canceled (wholly or to a lower due): void what is authorized, refund what was taken beyond due. */
bool payment_settle_down(struct shop_store *store, int64_t order_id, struct shop_error *err) SHOP_CHECKED;

/** An order will not be paid (past pay_within after a decline): unpaid intents fail, payment.failed with final true. */
bool payment_give_up(struct shop_store *store, int64_t order_id, struct shop_error *err) SHOP_CHECKED;

/** Queue a capture for what has shipped and is not captured or being captured yet. No-op for pay-later drivers. */
bool payment_capture_shipped(struct shop_store *store, int64_t order_id, struct shop_error *err) SHOP_CHECKED;

/** Whether qty more units of a product may wait. Reads only. Fails with E_STOCK_SHORT (deny), E_BACKORDER_LIMIT. */
bool backorder_may_open(struct shop_store *store, int64_t product_id, const char *sku, int64_t qty,
                        struct shop_error *err) SHOP_CHECKED;

/** How many more units of a product may wait; INT64_MAX where backorders are allowed. */
bool backorder_room(struct shop_store *store, int64_t product_id, int64_t *ret_qty, struct shop_error *err) SHOP_CHECKED;

/** Open a backorder of qty units for a line: row, stock counter, backorder.created. Checks the product's policy. */
bool backorder_open(struct shop_store *store, const struct stock_need *need, int64_t location_id,
                    struct shop_error *err) SHOP_CHECKED;

/**
 * Cancel up to qty open units of a line's backorders, newest first; *ret_qty = how many. backorder.canceled.
 * Row and stock counter; the order line's own columns are the caller's.
 */
bool backorder_cancel_line(struct shop_store *store, int64_t order_id, int64_t line, int64_t qty, int64_t *ret_qty,
                           struct shop_error *err) SHOP_CHECKED;

/**
 * Allocate free stock of a product to its waiting backorders, first come first served: backorder, order line
 * (backordered → allocated), stock counter, backorder.allocated, order_refresh. Stops at the first that gets less
 * than it waits for.
 */
bool backorder_allocate_waiting(struct shop_store *store, int64_t product_id, struct shop_error *err) SHOP_CHECKED;

/**
 * Units of a line shipped or were released: its allocated backorders end when the line has no allocated unit any
 * more, after the line's columns were written: backorder.closed when some shipped, else backorder.canceled.
 */
bool backorder_close_shipped(struct shop_store *store, int64_t order_id, int64_t line, struct shop_error *err) SHOP_CHECKED;

/** Put units that are short on an order's backorders onto a draft purchase of the product's supplier (or the only one). */
bool purchase_draft_for(struct shop_store *store, int64_t product_id, struct shop_error *err) SHOP_CHECKED;

/**
 * A product is low: draft what lifts its projected stock above its reorder point, and what its backorders lack.
 * Nothing when it has no reorder point and nothing waits.
 */
bool purchase_draft_low(struct shop_store *store, int64_t product_id, struct shop_error *err) SHOP_CHECKED;

/** Open shipments, one per location, for allocated units in none yet; nothing when the order is not confirmed or held. */
bool shipment_open_ready(struct shop_store *store, int64_t order_id, struct shop_error *err) SHOP_CHECKED;

/** Cancel the open shipments of an order (their units become allocated only). */
bool shipment_cancel_open(struct shop_store *store, int64_t order_id, struct shop_error *err) SHOP_CHECKED;

struct shop_shipment;

/** Whether its carrier can be asked where it is. Fails with E_SHIPMENT_STATE, E_CARRIER. Values only. */
bool shipment_may_track(const struct shop_shipment *shipment, struct shop_error *err) SHOP_CHECKED;

/**
 * Record a parcel's number and where its carrier says it is (pre_transit, in_transit, …): nothing when both are known
 * already, else shipment.tracking_updated; `delivered` delivers what has shipped.
 */
bool shipment_tracking_set(struct shop_store *store, int64_t shipment_id, const char *tracking, const char *status,
                           struct shop_error *err) SHOP_CHECKED;

/* An outside call or a parked event to do later. */
struct job_new {
	const char *queue;   /* "payments", "carriers", a consumer's name */
	const char *kind;    /* "payment.operation", "carrier.label", "parked" */
	const char *subject; /* work on one subject is done in order */
	int64_t event_seq;   /* 0 = none */
	int64_t target_id;   /* payment id, shipment id; 0 = none */
	int64_t target_n;    /* operation n; 0 = none */
	int64_t delay_us;
};

/** Insert a job in the running transaction; a second for the same (kind, target) is not made. */
bool job_add(struct shop_store *store, const struct job_new *in, struct shop_error *err) SHOP_CHECKED;

/** What a job was to do is done (by whoever): state done, whatever its lease. No-op without such a job. */
bool job_done_target(struct shop_store *store, const char *kind, int64_t target_id, int64_t target_n,
                     struct shop_error *err) SHOP_CHECKED;

#endif

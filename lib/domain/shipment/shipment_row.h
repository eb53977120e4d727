/*
 * What the files of the shipment noun share.
 */
#ifndef SHOP_DOMAIN_SHIPMENT_ROW_H
#define SHOP_DOMAIN_SHIPMENT_ROW_H

#include "shop/journal.h"
#include "shop/shipment.h"

/* What a shipment's order says about its goods leaving. */
struct shipment_order {
	int64_t id;
	char status[16];
	int64_t held; /* open holds */
	char payment_status[24];
	bool pay_later;
	int64_t due_minor;
	bool begun; /* some of it has left, so that it cannot be canceled as a whole */
};

/** Read it. Fails with E_NOT_FOUND. */
bool shipment_order_load(struct shop_store *store, int64_t order_id,
			 struct shipment_order *ret_order, struct shop_error *err) SHOP_CHECKED;

/* What people do with a shipment, and from which states (shipment_may). */
enum shipment_act {
	SHIPMENT_PICK,
	SHIPMENT_UNPICK,
	SHIPMENT_PACK,
	SHIPMENT_DISPATCH,
	SHIPMENT_DELIVER,
	SHIPMENT_CANCEL,
	SHIPMENT_SPLIT,
	SHIPMENT_TRACK,
	SHIPMENT_ACTS
};

/** Whether the status allows the act. Fails with E_SHIPMENT_STATE. */
bool shipment_may(enum shipment_act act, const struct shop_shipment *s,
		  struct shop_error *err) SHOP_CHECKED;

/** Whether the order may be worked on: not on hold. Fails with E_ORDER_HELD. */
bool shipment_may_work(const struct shipment_order *order, struct shop_error *err) SHOP_CHECKED;

/** Whether the order is confirmed and not on hold. Fails with E_ORDER_HELD, E_ORDER_UNPAID,
 * E_ORDER_STATE. */
bool shipment_may_open(const struct shipment_order *order, struct shop_error *err) SHOP_CHECKED;

/** Whether the order's goods may leave: as shipment_may_open, and its money is certain or comes
 * later. */
bool shipment_may_leave(const struct shipment_order *order, struct shop_error *err) SHOP_CHECKED;

/* Allocated units of one line at one place, in no shipment yet. */
struct shipment_ready {
	int64_t line;
	int64_t location_id;
	int64_t product_id;
	int64_t qty;   /* how many are ready */
	int64_t taken; /* how many of them go into the new shipment */
	bool tracked;
};

/** Append an order's ready units to an array of struct shipment_ready, by place and line; none is
 * taken. */
bool shipment_find_ready(struct shop_store *store, int64_t order_id, GArray *ready,
			 struct shop_error *err) SHOP_CHECKED;

/** Take all of them. */
void shipment_take_all(GArray *ready);

/** Open one shipment per place of what is taken; fn, unless NULL, gets each. */
bool shipment_open_taken(struct shop_store *store, int64_t order_id, const GArray *ready,
			 shop_record_fn fn, void *ctx, struct shop_error *err) SHOP_CHECKED;

/** Insert a shipment of the order at a place, without lines. */
bool shipment_insert(struct shop_store *store, int64_t order_id, int64_t location_id,
		     int64_t *ret_id, struct shop_error *err) SHOP_CHECKED;

/** Insert one line of a shipment. */
bool shipment_line_insert(struct shop_store *store, int64_t id, int64_t order_id, int64_t line,
			  int64_t qty, struct shop_error *err) SHOP_CHECKED;

/** Append shipment.created; from_id is the shipment it was split from, 0 = none. */
bool shipment_tell_created(struct shop_store *store, const struct shop_shipment *s, int64_t from_id,
			   struct shop_error *err) SHOP_CHECKED;

/** Begin an event about a shipment, with its order. */
void shipment_event_begin(struct shop_event_draft *e, const char *type,
			  const struct shop_shipment *s);

/** Write the shipment's lines as [{line, sku, qty}]. */
void shipment_event_lines(struct shop_json *j, const struct shop_shipment *s);

/** Move to a status from the one *s has; updates *s. Fails with E_SHIPMENT_STATE when it changed
 * meanwhile. */
bool shipment_move(struct shop_store *store, struct shop_shipment *s, const char *to,
		   struct shop_error *err) SHOP_CHECKED;

/** Go on to picking or packed, each step with its event. Updates *s. */
bool shipment_advance(struct shop_store *store, struct shop_shipment *s, const char *to,
		      struct shop_error *err) SHOP_CHECKED;

/** shipped → delivered: lines, event, order. Updates *s. */
bool shipment_deliver(struct shop_store *store, struct shop_shipment *s,
		      struct shop_error *err) SHOP_CHECKED;

/** Cancel one that may be: its units are in no shipment any more, shipment.canceled. Updates *s. */
bool shipment_cancel(struct shop_store *store, struct shop_shipment *s,
		     struct shop_error *err) SHOP_CHECKED;

#endif

/*
 * Shipments: the work of packing a parcel, and the parcel. Units allocated to an order's lines are
 *put into a shipment of their location; dispatching it takes them off the shelf.
 *
 *	open → picking → packed → shipped → delivered; open, picking and packed → canceled
 *
 * Two more axes stand beside the status: what the carrier says (tracking_status) and the label. The
 * carrier's word moves the status only when it says delivered.
 *
 *	AUTO_SHIPMENT struct shop_shipment shipment = { 0 };
 *	const struct shop_dispatch how = { .carrier = "sandbox" };
 *	shop_shipment_dispatch(store, 1000, &how, &shipment, err);
 *
 * Functions that write run inside a shop_store_write, whose context says who, when and why.
 */
#ifndef SHOP_SHIPMENT_H
#define SHOP_SHIPMENT_H

#include "shop/quantity.h"
#include "shop/record.h"
#include "shop/store.h"

#define SHOP_TRACKING_MAX 64 /* characters of a tracking number */
#define SHOP_SERVICE_MAX 40  /* characters of a carrier's service */

/* Units of one order line in a parcel. */
struct shop_shipment_line {
	int64_t line; /* of the order */
	char *sku;
	char *title;
	int64_t qty;
	int64_t qty_scale;
	int64_t product_id;
	int64_t tracked; /* whether its stock is counted */
};

struct shop_shipment {
	int64_t id;
	int64_t order_id;
	int64_t location_id;
	char *status;  /* open, picking, packed, shipped, delivered, canceled */
	char *carrier; /* manual, sandbox; NULL before the dispatch */
	char *service;
	char *tracking;
	char *tracking_status;	/* pre_transit, in_transit, … unknown */
	char *label;		/* none, no_label */
	struct shop_list lines; /* of struct shop_shipment_line */
	int64_t shipped_at;
	int64_t delivered_at;
	int64_t created_at;
	int64_t updated_at;
	int64_t version;
};

extern const struct shop_record shop_shipment_line_record;
extern const struct shop_record shop_shipment_record;

#define AUTO_SHIPMENT SHOP_CLEANUP(shop_shipment_done)

/** Free what a shipment owns and zero it. */
void shop_shipment_done(struct shop_shipment *shipment);

/** Load a shipment with its lines. Fails with E_NOT_FOUND. */
bool shop_shipment_load(struct shop_store *store, int64_t id, struct shop_shipment *ret_shipment,
			struct shop_error *err) SHOP_CHECKED;

/* Which shipments to list; zeroed = all. */
struct shop_shipment_filter {
	int64_t order_id;
	int64_t location_id;
	const char *status;
	int64_t after; /* only later ids */
	int64_t limit; /* SHOP_NULL = no limit */
};

/** List shipments by id, each with its lines given to fn as a struct shop_shipment. */
bool shop_shipment_list(struct shop_store *store, const struct shop_shipment_filter *filter,
			shop_record_fn fn, void *ctx, struct shop_error *err) SHOP_CHECKED;

/* Units of a product, as typed. */
struct shop_shipment_take {
	const char *sku;
	struct shop_decimal qty;
};

/**
 * Make shipments of an order's allocated units that are in none yet, one per location.
 *
 * takes          which units; count 0 = all that is ready
 * fn             gets each new shipment
 * Fails with     E_NOT_FOUND, E_ORDER_HELD, E_ORDER_UNPAID or E_ORDER_STATE (not confirmed),
 *                E_SHIPMENT_LINES (more than is ready, or nothing is)
 */
bool shop_shipment_create(struct shop_store *store, int64_t order_id,
			  const struct shop_shipment_take *takes, size_t count, shop_record_fn fn,
			  void *ctx, struct shop_error *err) SHOP_CHECKED;

/**
 * Move units of a shipment that is not packed into a new one of the same order and place.
 *
 * Fails with     E_SHIPMENT_STATE, E_SHIPMENT_LINES (not in it, or nothing would be left in it)
 */
bool shop_shipment_split(struct shop_store *store, int64_t id,
			 const struct shop_shipment_take *takes, size_t count,
			 struct shop_shipment *ret_shipment, struct shop_error *err) SHOP_CHECKED;

/** Begin to pick: open → picking. Fails with E_SHIPMENT_STATE, E_ORDER_HELD. */
bool shop_shipment_pick(struct shop_store *store, int64_t id, struct shop_shipment *ret_shipment,
			struct shop_error *err) SHOP_CHECKED;

/** Stop picking: picking → open. Fails with E_SHIPMENT_STATE. */
bool shop_shipment_unpick(struct shop_store *store, int64_t id, struct shop_shipment *ret_shipment,
			  struct shop_error *err) SHOP_CHECKED;

/** The parcel is closed: → packed; from open it passes picking. Fails with E_SHIPMENT_STATE,
 * E_ORDER_HELD. */
bool shop_shipment_pack(struct shop_store *store, int64_t id, struct shop_shipment *ret_shipment,
			struct shop_error *err) SHOP_CHECKED;

/* Who carries parcels. Those that announce are told of a parcel and give its tracking number. */
struct shop_carrier {
	const char *name;
	bool announces;
};

/** All carriers, ended by one without a name. */
const struct shop_carrier *shop_carriers(void);

/** The carrier of a name; NULL with E_CARRIER when there is none. */
const struct shop_carrier *shop_carrier_find(const char *name, struct shop_error *err) SHOP_CHECKED;

/* How a parcel leaves. */
struct shop_dispatch {
	const char *carrier;  /* NULL = manual: nobody is told */
	const char *service;  /* NULL = none */
	const char *tracking; /* NULL = the carrier is asked for it by a job, when it can be */
};

/**
 * The parcel leaves: → shipped from open, picking or packed, passing the steps between.
 *
 * Takes the units off the shelf (inventory.shipped), moves the order's lines to shipped, closes
 * their backorders and refreshes the order. Nobody is called here. Fails with     E_SHIPMENT_STATE,
 * E_ORDER_HELD, E_ORDER_UNPAID, E_ORDER_STATE, E_CARRIER
 */
bool shop_shipment_dispatch(struct shop_store *store, int64_t id, const struct shop_dispatch *in,
			    struct shop_shipment *ret_shipment,
			    struct shop_error *err) SHOP_CHECKED;

/**
 * All of an order that can leave leaves: shipments are made of what is ready and in none yet, and all that are still
 * here are dispatched as `in` says.
 *
 * fn             gets each shipment that left
 * Fails with     what shop_shipment_create and shop_shipment_dispatch fail with; E_VALUE: one tracking number for
 *                several parcels
 */
bool shop_shipment_ship_order(struct shop_store *store, int64_t order_id, const struct shop_dispatch *in,
			      shop_record_fn fn, void *ctx, struct shop_error *err) SHOP_CHECKED;

/** The customer has it: shipped → delivered. Fails with E_SHIPMENT_STATE. */
bool shop_shipment_deliver(struct shop_store *store, int64_t id, struct shop_shipment *ret_shipment,
			   struct shop_error *err) SHOP_CHECKED;

/** It will not leave: its units are allocated to the order only, ready for another. Fails with
 * E_SHIPMENT_STATE. */
bool shop_shipment_cancel(struct shop_store *store, int64_t id, struct shop_shipment *ret_shipment,
			  struct shop_error *err) SHOP_CHECKED;

#endif

/*
 * THE table: who reacts to what. Everything a reaction does is a call of the domain, which writes
 * its own rows and events; whom an event is about is read from the rows its subject names.
 */
#include "worker/consumers.h"

#include "domain/domain.h"
#include "store/db.h"
#include "worker/job_carrier.h"
#include "worker/job_payment.h"

#include <jansson.h>

/* The id an event is about; another type of subject is a mistake in the table below. */
static bool order_of(const struct shop_event *event, int64_t *ret_id, struct shop_error *err)
{
	return shop_id_parse(event->subject, SHOP_ID_ORDER, ret_id, err);
}

/* The number a query finds for the event's subject, which has to be there. */
static bool look_up(struct shop_store *store, const struct shop_event *event,
		    enum shop_id_type type, const char *sql, int64_t *ret_value,
		    struct shop_error *err)
{
	int64_t id;

	if (!shop_id_parse(event->subject, type, &id, err) ||
	    !db_get(store, ret_value, sql, "d", err, id))
		return false;
	return *ret_value != SHOP_NULL || shop_fail(err, E_NOT_FOUND, "no %s", event->subject);
}

static bool order_of_payment(struct shop_store *store, const struct shop_event *event,
			     int64_t *ret_id, struct shop_error *err)
{
	static const char sql[] = "SELECT order_id FROM payment WHERE id = $1";

	return look_up(store, event, SHOP_ID_PAYMENT, sql, ret_id, err);
}

static bool order_of_shipment(struct shop_store *store, const struct shop_event *event,
			      int64_t *ret_id, struct shop_error *err)
{
	static const char sql[] = "SELECT order_id FROM shipment WHERE id = $1";

	return look_up(store, event, SHOP_ID_SHIPMENT, sql, ret_id, err);
}

static bool order_of_backorder(struct shop_store *store, const struct shop_event *event,
			       int64_t *ret_id, struct shop_error *err)
{
	static const char sql[] = "SELECT order_id FROM backorder WHERE id = $1";

	return look_up(store, event, SHOP_ID_BACKORDER, sql, ret_id, err);
}

static bool product_of_backorder(struct shop_store *store, const struct shop_event *event,
				 int64_t *ret_id, struct shop_error *err)
{
	static const char sql[] = "SELECT product_id FROM backorder WHERE id = $1";

	return look_up(store, event, SHOP_ID_BACKORDER, sql, ret_id, err);
}

static bool product_of(struct shop_store *store, const struct shop_event *event, int64_t *ret_id,
		       struct shop_error *err)
{
	static const char sql[] = "SELECT id FROM product WHERE sku = $1";

	if (!db_get(store, ret_id, sql, "t", err, event->subject))
		return false;
	return *ret_id != SHOP_NULL || shop_fail(err, E_NOT_FOUND, "no product %s", event->subject);
}

/* --- payments */

static bool authorize(struct shop_store *store, const struct shop_event *event,
		      struct shop_error *err)
{
	int64_t order_id;

	return order_of(event, &order_id, err) && payment_authorize_placed(store, order_id, err);
}

static bool capture(struct shop_store *store, const struct shop_event *event,
		    struct shop_error *err)
{
	int64_t order_id;

	return order_of_shipment(store, event, &order_id, err) &&
	       payment_capture_shipped(store, order_id, err);
}

static bool settle_down(struct shop_store *store, const struct shop_event *event,
			struct shop_error *err)
{
	int64_t order_id;

	return order_of(event, &order_id, err) && payment_settle_down(store, order_id, err);
}

/* --- inventory */

static bool tell_facts(struct shop_store *store, const struct shop_event *event,
		       struct shop_error *err)
{
	int64_t product_id;

	return product_of(store, event, &product_id, err) &&
	       stock_facts(store, product_id, event->subject, err);
}

/* A decline may be tried again until the time to pay is over; only the last one ends the order. */
static bool cancel_declined(struct shop_store *store, const struct shop_event *event,
			    struct shop_error *err)
{
	json_t *data = json_loads(event->payload, 0, NULL);
	const bool final = json_is_true(json_object_get(data, "final"));
	int64_t order_id;

	json_decref(data);
	return !final || (order_of_payment(store, event, &order_id, err) &&
			  order_cancel_as(store, order_id, "declined", err));
}

/* --- fulfillment */

static bool open_shipments(struct shop_store *store, const struct shop_event *event,
			   struct shop_error *err)
{
	int64_t order_id;

	return order_of(event, &order_id, err) && shipment_open_ready(store, order_id, err);
}

static bool open_for_backorder(struct shop_store *store, const struct shop_event *event,
			       struct shop_error *err)
{
	int64_t order_id;

	return order_of_backorder(store, event, &order_id, err) &&
	       shipment_open_ready(store, order_id, err);
}

/* --- backorders */

static bool allocate(struct shop_store *store, const struct shop_event *event,
		     struct shop_error *err)
{
	int64_t product_id;

	return product_of(store, event, &product_id, err) &&
	       backorder_allocate_waiting(store, product_id, err);
}

static bool allocate_found(struct shop_store *store, const struct shop_event *event,
			   struct shop_error *err)
{
	json_t *data = json_loads(event->payload, 0, NULL);
	const bool more = json_number_value(json_object_get(data, "delta")) > 0;

	json_decref(data);
	return !more || allocate(store, event, err);
}

/* --- purchasing */

static bool draft_for_backorder(struct shop_store *store, const struct shop_event *event,
				struct shop_error *err)
{
	int64_t product_id;

	return product_of_backorder(store, event, &product_id, err) &&
	       purchase_draft_for(store, product_id, err);
}

static bool draft_low(struct shop_store *store, const struct shop_event *event,
		      struct shop_error *err)
{
	int64_t product_id;

	return product_of(store, event, &product_id, err) &&
	       purchase_draft_low(store, product_id, err);
}

/*
 * What shipment.canceled frees stays promised to the order: staff canceled it to make another, so
 * nothing opens one by itself.
 */
const struct reaction worker_reactions[] = {
	{"payments", "order.placed", authorize},
	{"payments", "shipment.shipped", capture},
	{"payments", "order.canceled", settle_down},
	{"payments", "order.line_canceled", settle_down},
	{"payments", "order.expired", settle_down},

	{"inventory", "inventory.received", tell_facts},
	{"inventory", "inventory.adjusted", tell_facts},
	{"inventory", "inventory.allocated", tell_facts},
	{"inventory", "inventory.released", tell_facts},
	{"inventory", "inventory.shipped", tell_facts},
	{"inventory", "payment.failed", cancel_declined},

	{"fulfillment", "order.confirmed", open_shipments},
	{"fulfillment", "order.released", open_shipments},
	{"fulfillment", "backorder.allocated", open_for_backorder},

	{"backorders", "inventory.received", allocate},
	{"backorders", "inventory.released", allocate},
	{"backorders", "inventory.adjusted", allocate_found},
	{"backorders", "inventory.moved", allocate},
	{"backorders", "inventory.safety_changed", allocate},
	/* A hold that is renewed may be a smaller one. */
	{"backorders", "inventory.reserved", allocate},
	{"backorders", "inventory.reservation_released", allocate},
	{"backorders", "inventory.reservation_expired", allocate},

	{"purchasing", "backorder.created", draft_for_backorder},
	{"purchasing", "inventory.low_stock", draft_low},

	{"notifications", "order.placed", notify_order_placed},
	{"notifications", "shipment.shipped", notify_shipment_shipped},
	{"notifications", "order.canceled", notify_order_canceled},
	{"notifications", "backorder.delayed", notify_backorder_delayed},
	{"notifications", "payment.failed", notify_payment_failed},
	{"notifications", "payment.refunded", notify_payment_refunded},

	{NULL, NULL, NULL},
};

const struct job_kind worker_job_kinds[] = {
	{"payment.operation", "payments", payment_job_run},
	{"carrier.announce", "carriers", carrier_job_run},
	{NULL, NULL, NULL},
};

/*
 * THE table: who reacts to what. Everything a reaction does is a call of the domain, which writes
 * its own rows and events; whom an event is about is read from the rows its subject names.
 */
#include "worker/consumers.h"

#include "domain/domain.h"
#include "store/db.h"

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

/* --- inventory */

static bool tell_facts(struct shop_store *store, const struct shop_event *event,
		       struct shop_error *err)
{
	int64_t product_id;

	return product_of(store, event, &product_id, err) &&
	       stock_facts(store, product_id, event->subject, err);
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

	{"inventory", "inventory.received", tell_facts},
	{"inventory", "inventory.adjusted", tell_facts},
	{"inventory", "inventory.allocated", tell_facts},
	{"inventory", "inventory.released", tell_facts},
	{"inventory", "inventory.shipped", tell_facts},

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
	{NULL, NULL, NULL},
};

/*
 * Which event lies behind a refusal: the latest of the types that can be, of the object and what
 * belongs to it.
 */
#include "report/why_parts.h"

#include "shop/journal.h"
#include "store/db.h"

#include <string.h>

#define PAYMENT_ENDS                                                                               \
	"payment.captured payment.refunded payment.voided payment.canceled payment.failed "        \
	"payment.outcome_unknown payment.pending payment.authorized "                              \
	"payment.authorization_requested payment.created"

static const struct shop_cause causes[] = {
	{E_CURRENCY, "price.changed product.created",
	 "an amount is typed in the payment's or the purchase's own currency"},
	{E_STATE, "location.archived supplier.archived customer.updated product.updated",
	 "units that are not allocated cannot be released"},
	{E_PRODUCT_INACTIVE, "product.archived product.updated product.created", NULL},
	{E_PRODUCT_NO_PRICE, "price.changed product.created", NULL},
	{E_PRODUCT_ARCHIVED, "product.archived", NULL},
	{E_STOCK_SHORT,
	 "inventory.out_of_stock inventory.low_stock inventory.allocated inventory.shipped "
	 "inventory.adjusted product.created",
	 NULL},
	{E_STOCK_ALLOCATED, "inventory.allocated inventory.reserved", NULL},
	{E_STOCK_UNTRACKED, "product.updated product.created", NULL},
	{E_BACKORDER_LIMIT, "product.updated product.created", NULL},
	{E_LOCATION_IN_USE, "location.updated location.created", NULL},
	{E_CART_EMPTY, "cart.updated cart.created", "an order without lines is no order"},
	{E_CART_CLOSED, "cart.completed cart.abandoned cart.expired", NULL},
	{E_ORDER_SHIPPED, "shipment.shipped", NULL},
	{E_ORDER_STATE, "order.canceled order.expired order.completed order.confirmed order.placed",
	 NULL},
	{E_ORDER_HELD, "order.held", NULL},
	{E_ORDER_UNPAID,
	 "payment.failed payment.voided payment.canceled payment.outcome_unknown payment.pending "
	 "payment.authorization_requested payment.created",
	 NULL},
	{E_ORDER_PAID, "payment.captured", NULL},
	{E_PAYMENT_STATE, PAYMENT_ENDS, NULL},
	{E_PAYMENT_AMOUNT, PAYMENT_ENDS, NULL},
	{E_SHIPMENT_STATE,
	 "shipment.shipped shipment.delivered shipment.canceled shipment.packed shipment.picked "
	 "shipment.unpicked shipment.created",
	 NULL},
	{E_SHIPMENT_LINES, "shipment.created shipment.shipped order.confirmed order.placed", NULL},
	{E_BACKORDER_STATE, "backorder.allocated backorder.canceled backorder.closed", NULL},
	{E_PURCHASE_STATE,
	 "purchase_order.created purchase_order.submitted purchase_order.acknowledged "
	 "purchase_order.received purchase_order.short_closed purchase_order.closed "
	 "purchase_order.canceled",
	 NULL},
	{E_PURCHASE_OVER, "purchase_order.received purchase_order.created", NULL},
	{E_PURCHASE_LINES, "purchase_order.updated purchase_order.received purchase_order.created",
	 NULL},
	{E_SUPPLIER_IN_USE, "supplier.updated supplier.created", NULL},
	{E_JOB_STATE, "job.dead job.retried job.canceled", NULL},
	{E_UNDO_FINAL, "",
	 "what left the shop, or was never journaled, no command brings back as it was"},
	{E_NONE, NULL, NULL},
};

const struct shop_cause *shop_why_causes(void)
{
	return causes;
}

/* The latest event of a type about a subject; not beyond its last 10,000, for products that move
 * daily. */
static bool latest(struct shop_store *store, const char *subject, const char *type, int64_t *seq,
		   struct shop_error *err)
{
	static const char sql[] =
		"SELECT seq FROM journal WHERE subject = $1 AND type = $2 AND number >"
		" (SELECT max(number) FROM journal WHERE subject = $1) - 10000"
		" ORDER BY number DESC LIMIT 1";
	int64_t found;

	if (!db_get(store, &found, sql, "tt", err, subject, type))
		return false;
	if (found != SHOP_NULL && found > *seq)
		*seq = found;
	return true;
}

static bool latest_of(struct shop_store *store, const char *subject, char *const *types,
		      int64_t *seq, struct shop_error *err)
{
	for (; *types != NULL; types++)
		if (!latest(store, subject, *types, seq, err))
			return false;
	return true;
}

/* An order's refusals often come from its payments and parcels. */
static bool latest_of_parts(struct shop_store *store, int64_t order_id, char *const *types,
			    int64_t *seq, struct shop_error *err)
{
	static const char payments[] = "SELECT id FROM payment WHERE order_id = $1";
	static const char shipments[] = "SELECT id FROM shipment WHERE order_id = $1";
	const struct {
		enum shop_id_type type;
		const char *sql;
	} parts[] = {{SHOP_ID_PAYMENT, payments}, {SHOP_ID_SHIPMENT, shipments}};

	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		AUTO_QUERY struct db_query q = {0};
		char id[SHOP_ID_TEXT];

		if (!db_query(&q, store, parts[i].sql, "d", err, order_id))
			return false;
		while (db_next(&q))
			if (!latest_of(store, shop_id_format(parts[i].type, db_int(&q, 0), id),
				       types, seq, err))
				return false;
		if (!db_done(&q, err))
			return false;
	}
	return true;
}

static bool find_seq(struct shop_store *store, const char *subject, char *const *types,
		     int64_t *seq, struct shop_error *err)
{
	AUTO_ERROR struct shop_error none = {0};
	int64_t order_id;

	if (!latest_of(store, subject, types, seq, err))
		return false;
	if (shop_id_type_of(subject) != SHOP_ID_ORDER ||
	    !shop_id_parse(subject, SHOP_ID_ORDER, &order_id, &none))
		return true;
	return latest_of_parts(store, order_id, types, seq, err);
}

bool why_find_cause(struct shop_store *store, const struct shop_object *object,
		    const struct shop_error *refusal, struct shop_blocker *blocker,
		    struct shop_error *err)
{
	AUTO_EVENT_ROW struct shop_event event = {0};
	const struct shop_cause *cause = causes;
	char **types;
	int64_t seq = 0;
	bool ok;

	while (cause->id != E_NONE && cause->id != refusal->id)
		cause++;
	if (cause->id == E_NONE)
		return true;
	types = g_strsplit(cause->types, " ", -1);
	ok = find_seq(store, refusal->object == NULL ? object->name : refusal->object, types, &seq,
		      err) &&
	     (seq != 0 || find_seq(store, object->name, types, &seq, err));
	g_strfreev(types);
	if (!ok || seq == 0)
		return ok;
	if (!shop_event_load(store, seq, &event, err))
		return false;
	blocker->event = seq;
	blocker->event_type = g_steal_pointer(&event.type);
	blocker->at_us = event.at_us;
	blocker->actor = g_steal_pointer(&event.actor);
	return true;
}

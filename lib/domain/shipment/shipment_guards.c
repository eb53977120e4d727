/*
 * What a shipment's status and its order allow: values only, no database.
 */
#include "domain/shipment/shipment_row.h"

#include <string.h>

static bool is_in(const char *word, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strcmp(word, *words) == 0)
			return true;
	return false;
}

/* What can be done with a shipment instead, by its status. */
static bool suggest(const struct shop_shipment *s, const char *id, struct shop_error *err)
{
	static const char *const to_leave[] = {"open", "picking", "packed", NULL};
	char order[SHOP_ID_TEXT];

	if (is_in(s->status, to_leave))
		return shop_fail_fix(err, "shipment", "dispatch", id, NULL);
	if (strcmp(s->status, "canceled") == 0)
		return shop_fail_fix(err, "shipment", "create",
				     shop_id_format(SHOP_ID_ORDER, s->order_id, order), NULL);
	return shop_fail_fix(err, "shipment", "show", id, NULL);
}

bool shipment_may(enum shipment_act act, const struct shop_shipment *s, struct shop_error *err)
{
	static const struct {
		const char *done; /* "it cannot be …" */
		const char *from[4];
	} acts[SHIPMENT_ACTS] = {
		[SHIPMENT_PICK] = {"picked", {"open"}},
		[SHIPMENT_UNPICK] = {"put back from picking", {"picking"}},
		[SHIPMENT_PACK] = {"packed", {"open", "picking"}},
		[SHIPMENT_DISPATCH] = {"dispatched", {"open", "picking", "packed"}},
		[SHIPMENT_DELIVER] = {"delivered", {"shipped"}},
		[SHIPMENT_CANCEL] = {"canceled", {"open", "picking", "packed"}},
		[SHIPMENT_SPLIT] = {"split", {"open", "picking"}},
		[SHIPMENT_TRACK] = {"tracked", {"shipped", "delivered"}},
	};
	char id[SHOP_ID_TEXT];

	if (is_in(s->status, acts[act].from))
		return true;
	shop_fail(err, E_SHIPMENT_STATE, "shipment %s is %s and cannot be %s",
		  shop_id_format(SHOP_ID_SHIPMENT, s->id, id), s->status, acts[act].done);
	shop_fail_object(err, id);
	return suggest(s, id, err);
}

bool shipment_may_work(const struct shipment_order *order, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	if (order->held == 0 && strcmp(order->status, "on_hold") != 0)
		return true;
	shop_fail(err, E_ORDER_HELD, "order %s is on hold",
		  shop_id_format(SHOP_ID_ORDER, order->id, id));
	shop_fail_object(err, id);
	return shop_fail_fix(err, "order", "release", id, NULL);
}

static bool refuse_unpaid(const struct shipment_order *order, const char *id,
			  struct shop_error *err)
{
	shop_fail(err, E_ORDER_UNPAID, "the payment of order %s is not authorized", id);
	shop_fail_because(err, "its payment status is %s", order->payment_status);
	shop_fail_object(err, id);
	/* All of it was given back: there is nothing to authorize again. */
	if (strcmp(order->payment_status, "refunded") == 0)
		return order->begun
			       ? shop_fail_fix(err, "order", "line", "cancel", id, "SKU:QTY", NULL)
			       : shop_fail_fix(err, "order", "cancel", id, NULL);
	return shop_fail_fix(err, "payment", "authorize", id, NULL);
}

/* Money is certain once it is authorized; what was captured for earlier parcels keeps the order
 * covered. */
static bool is_covered(const struct shipment_order *order)
{
	static const char *const covered[] = {"authorized", "partially_paid",	  "paid",
					      "overpaid",   "partially_refunded", NULL};

	return order->pay_later || order->due_minor == 0 || is_in(order->payment_status, covered);
}

bool shipment_may_open(const struct shipment_order *order, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	if (!shipment_may_work(order, err))
		return false;
	if (strcmp(order->status, "confirmed") == 0)
		return true;
	shop_id_format(SHOP_ID_ORDER, order->id, id);
	if (strcmp(order->status, "pending") == 0 && !is_covered(order))
		return refuse_unpaid(order, id, err);
	shop_fail(err, E_ORDER_STATE, "order %s is %s; only confirmed orders ship", id,
		  order->status);
	shop_fail_object(err, id);
	if (strcmp(order->status, "pending") == 0)
		return shop_fail_fix(err, "order", "confirm", id, NULL);
	return shop_fail_fix(err, "order", "show", id, NULL);
}

bool shipment_may_leave(const struct shipment_order *order, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	return shipment_may_open(order, err) &&
	       (is_covered(order) ||
		refuse_unpaid(order, shop_id_format(SHOP_ID_ORDER, order->id, id), err));
}

/*
 * Guards of an order's commands: what its values allow. Each refusal names the command that clears
 * it.
 */
#include "domain/order/order_axes.h"
#include "domain/order/order_row.h"

#include <string.h>

static bool is(const char *word, const char *wanted)
{
	return strcmp(word, wanted) == 0;
}

/* Begins a refusal about the order: its object, and its id for the message. */
static const char *named(const struct shop_order *order, char id[SHOP_ID_TEXT])
{
	return shop_id_format(SHOP_ID_ORDER, order->id, id);
}

bool order_may_change(const struct shop_order *order, const char *what, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	if (is(order->status, "pending") || is(order->status, "confirmed") ||
	    is(order->status, "on_hold"))
		return true;
	named(order, id);
	shop_fail(err, E_ORDER_STATE, "order %s is %s and cannot be %s", id, order->status, what);
	shop_fail_object(err, id);
	return shop_fail_fix(err, "order", "show", id, NULL);
}

static bool refuse_unpaid(const struct shop_order *order, struct shop_error *err)
{
	char id[SHOP_ID_TEXT], due[SHOP_MONEY_TEXT];

	named(order, id);
	shop_fail(err, E_ORDER_UNPAID, "order %s is not paid for", id);
	shop_fail_object(err, id);
	shop_fail_because(err, "%s is due and its payment is %s",
			  shop_money_format_full(shop_money_of(order->due, order->currency), due),
			  order->payment);
	return shop_fail_fix(err, "payment", "authorize", id, "--method", "manual", NULL);
}

bool order_may_confirm(const struct shop_order *order, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	if (is(order->status, "confirmed"))
		return true;
	if (is(order->status, "on_hold")) {
		named(order, id);
		shop_fail(err, E_ORDER_HELD, "order %s is on hold", id);
		shop_fail_object(err, id);
		return shop_fail_fix(err, "order", "release", id, NULL);
	}
	if (!order_may_change(order, "confirmed", err))
		return false;
	return order_is_covered(order->pay_later != 0, order->due, order->payment) ||
	       refuse_unpaid(order, err);
}

bool order_refuse_shipped(const struct shop_order *order, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	named(order, id);
	shop_fail(err, E_ORDER_SHIPPED, "order %s has already shipped", id);
	shop_fail_object(err, id);
	if (order->paid > 0) {
		shop_fail_because(err, "what has shipped comes back as a return; returns cannot be "
				       "recorded yet, its money can be given back");
		return shop_fail_fix(err, "payment", "refund", id, NULL);
	}
	shop_fail_because(err,
			  "what has shipped comes back as a return; returns cannot be recorded "
			  "yet, and nothing was paid that could be given back");
	return shop_fail_fix(err, "order", "show", id, NULL);
}

static bool refuse_paid(const struct shop_order *order, struct shop_error *err)
{
	char id[SHOP_ID_TEXT], paid[SHOP_MONEY_TEXT];

	named(order, id);
	shop_fail(err, E_ORDER_PAID, "order %s is paid: %s would have to be given back", id,
		  shop_money_format_full(shop_money_of(order->paid, order->currency), paid));
	shop_fail_object(err, id);
	return shop_fail_fix(err, "order", "cancel", id, "--refund", NULL);
}

bool order_may_cancel(const struct shop_order *order, bool refund, struct shop_error *err)
{
	if (!is(order->fulfillment, "unfulfilled") && !is(order->fulfillment, "canceled"))
		return order_refuse_shipped(order, err);
	return order_may_change(order, "canceled", err) &&
	       (order->paid <= 0 || refund || refuse_paid(order, err));
}

/*
 * The rules by which money and goods of an order are summed up in one word each.
 */
#include "domain/order/order_axes.h"

#include "shop/money.h"

#include <string.h>

int64_t order_line_due(int64_t total_minor, int64_t gone, int64_t qty)
{
	return total_minor - shop_minor_share(total_minor, gone, qty);
}

void order_goods_add(struct order_goods *goods, const struct order_units *units)
{
	int64_t wanted = units->qty - units->gone;

	goods->due_minor += order_line_due(units->total_minor, units->gone, units->qty);
	goods->backordered |= units->backordered > 0;
	if (wanted <= 0)
		return;
	goods->wanted++;
	goods->shipped += units->shipped >= wanted;
	goods->begun += units->shipped > 0;
	goods->delivered += units->delivered >= wanted;
	goods->arrived += units->delivered > 0;
}

const char *order_fulfillment_of(const struct order_goods *goods)
{
	if (goods->wanted == 0)
		return "canceled";
	if (goods->delivered == goods->wanted)
		return "delivered";
	if (goods->shipped == goods->wanted)
		return goods->arrived > 0 ? "partially_delivered" : "fulfilled";
	return goods->begun > 0 ? "partially_fulfilled" : "unfulfilled";
}

/* Refunds on their way count as given back when asking whether too much is kept. */
static bool keeps_too_much(const struct order_money *m)
{
	return m->captured - m->refunded - m->refunding > m->due;
}

const char *order_payment_of(const struct order_money *m)
{
	/* With a promise left there is more to come: not all is over. */
	if (m->captured > 0 && m->refunded >= m->captured && m->authorized == 0)
		return "refunded";
	if (m->captured > 0 && keeps_too_much(m))
		return "overpaid";
	if (m->refunded > 0)
		return "partially_refunded";
	if (m->captured > 0)
		return m->captured >= m->due ? "paid" : "partially_paid";
	if (m->authorized > 0)
		return m->authorized >= m->due ? "authorized" : "partially_authorized";
	if (m->voided > 0)
		return "voided";
	return m->total == 0 ? "paid" : "not_paid";
}

bool order_is_sent(const char *fulfillment)
{
	return strcmp(fulfillment, "fulfilled") == 0 ||
	       strcmp(fulfillment, "partially_delivered") == 0 ||
	       strcmp(fulfillment, "delivered") == 0;
}

bool order_is_settled(const struct order_money *money)
{
	return money->captured >= money->due && !keeps_too_much(money);
}

bool order_is_covered(bool pay_later, int64_t due, const char *payment)
{
	static const char *const covered[] = {"authorized", "partially_paid", "paid", "overpaid",
					      "partially_refunded"};

	if (pay_later || due == 0)
		return true;
	for (size_t i = 0; i < sizeof(covered) / sizeof(covered[0]); i++)
		if (strcmp(payment, covered[i]) == 0)
			return true;
	return false;
}

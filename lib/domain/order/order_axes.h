/*
 * The derived axes of an order as pure functions of its rows' sums: no database, so that they are
 * tested as tables.
 */
#ifndef SHOP_DOMAIN_ORDER_AXES_H
#define SHOP_DOMAIN_ORDER_AXES_H

#include <stdbool.h>
#include <stdint.h>

/* Money of an order over all its payments; failed operations count nowhere. */
struct order_money {
	int64_t total;
	int64_t due;	    /* of the total, what is not canceled */
	int64_t authorized; /* promised and still to be had: no void is on its way */
	int64_t captured;
	int64_t refunded;
	int64_t refunding; /* refunds on their way */
	int64_t voided;
};

/* Goods of an order. Each line is judged by itself: one line's surplus is never another's. */
struct order_goods {
	int64_t due_minor; /* of the lines: their totals less the share of what is gone */
	int64_t wanted;	   /* lines of which something is still wanted or has shipped */
	int64_t shipped;   /* of those, wholly shipped */
	int64_t begun;	   /* of those, with any unit shipped */
	int64_t delivered; /* of those, wholly delivered */
	int64_t arrived;   /* of those, with any unit delivered */
	bool backordered;
};

/* One line's quantities. */
struct order_units {
	int64_t qty;
	int64_t gone; /* canceled or short: in neither numerator nor denominator */
	int64_t shipped;
	int64_t delivered;
	int64_t backordered;
	int64_t total_minor;
};

/** What a line of `total_minor` owes when `gone` of its `qty` units are gone: exact, the last unit
 * takes the rest. */
int64_t order_line_due(int64_t total_minor, int64_t gone, int64_t qty);

/** Add a line to the sums. */
void order_goods_add(struct order_goods *goods, const struct order_units *units);

/** unfulfilled, partially_fulfilled, fulfilled, partially_delivered, delivered or canceled. */
const char *order_fulfillment_of(const struct order_goods *goods);

/** not_paid, partially_authorized, authorized, partially_paid, paid, overpaid, partially_refunded,
 * refunded or voided. */
const char *order_payment_of(const struct order_money *money);

/** Whether all goods have left or are canceled, and something has left. */
bool order_is_sent(const char *fulfillment);

/** Whether no money has to move any more: what is due was taken, and nothing beyond it kept. */
bool order_is_settled(const struct order_money *money);

/** Whether an order with this payment status may be confirmed. */
bool order_is_covered(bool pay_later, int64_t due, const char *payment);

#endif

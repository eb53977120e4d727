/* shopctl order ship: what is ready of orders leaves. */
#include "order/order.h"

#include "shop/shipment.h"

struct ship_args {
	int64_t order_id;
	const char *carrier, *service, *tracking;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct ship_args, order_id, "ORDER", SHOP_ID_ORDER, "the order",
		   .flags = OPERAND_EACH),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct ship_args, carrier, const char *, ARG_TEXT, 0, "carrier", "CARRIER",
	       "manual (nobody is told) or sandbox"),
	OPTION(struct ship_args, service, const char *, ARG_TEXT, 0, "service", "SERVICE",
	       "the carrier's service"),
	OPTION(struct ship_args, tracking, const char *, ARG_TEXT, 0, "tracking", "NUMBER",
	       "the one parcel's tracking number; else the carrier gives one"),
	{0},
};

static bool print_shipped(const void *record, void *ctx, struct shop_error *err)
{
	const struct shop_shipment *s = record;
	char id[SHOP_ID_TEXT], order[SHOP_ID_TEXT];

	shop_id_format(SHOP_ID_SHIPMENT, s->id, id);
	if (!out_changed(ctx, &shop_shipment_record, s, err, "%s shipped (%s, %s%s%s)",
			 shop_id_format(SHOP_ID_ORDER, s->order_id, order), id, s->carrier,
			 s->tracking == NULL ? "" : " ", s->tracking == NULL ? "" : s->tracking))
		return false;
	out_next(ctx, "shopctl shipment track %s", id);
	return true;
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct ship_args *a = args;
	const struct shop_dispatch in = {
		.carrier = a->carrier,
		.service = a->service,
		.tracking = a->tracking,
	};

	return shop_shipment_ship_order(s->store, a->order_id, &in, print_shipped, out, err);
}

const struct command cmd_order_ship = {
	.name = "ship",
	.summary = "Send what is ready of orders: its parcels are made, and all leave",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct ship_args),
	.needs = NEEDS_STORE_WRITE,
	.many = true,
	.record = &shop_shipment_record,
	.run = run,
	.description = "One transaction: shipments are made of the units that are allocated and in "
		       "none yet, and all that are still here are dispatched. What waits for stock "
		       "stays. Nobody is called: the worker tells the carrier and captures the "
		       "payment.",
	.examples = "shopctl order ship ord-1000\n"
		    "shopctl order ship ord-1000 --carrier manual --service DHL --tracking "
		    "00340434161094042557\n"
		    "shopctl order list -F status:confirmed -F payment:authorized -o id | shopctl "
		    "order ship -",
	.exits = "2 there is no such carrier\n"
		 "6 the order is not confirmed, on hold or not paid for, or nothing of it is ready",
	.see_also = "shipment create, shipment dispatch, why, worker",
};

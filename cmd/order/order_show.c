/* shopctl order show: everything about orders, with their lines, money and goods. */
#include "order/order.h"

struct show_args {
	int64_t order_id;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct show_args, order_id, "ORDER", SHOP_ID_ORDER, "the order",
		   .flags = OPERAND_EACH),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct show_args *a = args;
	AUTO_ORDER struct shop_order order = {0};

	return shop_order_load(s->store, a->order_id, &order, err) &&
	       out_record(out, &shop_order_record, &order, err);
}

const struct command cmd_order_show = {
	.name = "show",
	.summary = "Show orders with lines, payments, shipments and backorders",
	.operands = operands,
	.args_size = sizeof(struct show_args),
	.needs = NEEDS_STORE_READ,
	.record = &shop_order_record,
	.run = run,
	.examples = "shopctl order show ord-1000\nshopctl order show ord-1000 ord-1001 -o json",
	.see_also = "order list, order log",
};

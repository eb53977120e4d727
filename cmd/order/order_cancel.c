/* shopctl order cancel, order line cancel: withdraw what has not shipped. */
#include "order/order.h"

static const char *const reasons[] = {"customer", "declined", "fraud", "inventory",
				      "staff",	  "expired",  "other", NULL};

struct cancel_args {
	int64_t order_id;
	const char *reason;
	bool restock, refund;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct cancel_args, order_id, "ORDER", SHOP_ID_ORDER, "the order",
		   .flags = OPERAND_EACH),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct cancel_args, reason, const char *, ARG_WORD, 0, "reason", "REASON",
	       "customer, declined, fraud, inventory, staff, expired or other", .words = reasons),
	OPTION_FLAG(struct cancel_args, restock, 0, "restock",
		    "note that its units go back on sale, which they always do"),
	OPTION_FLAG(struct cancel_args, refund, 0, "refund", "give back what was captured"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct cancel_args *a = args;
	const struct shop_order_cancel in = {
		.id = a->order_id,
		.reason = a->reason,
		.restock = a->restock,
		.refund = a->refund,
	};
	AUTO_ORDER struct shop_order order = {0};

	return shop_order_cancel(s->store, &in, &order, err) &&
	       order_changed(out, &order, "canceled", err);
}

const struct command cmd_order_cancel = {
	.name = "cancel",
	.summary = "Cancel orders that have not shipped",
	.description =
		"Their stock is free at once, open shipments and backorders are canceled, what "
		"was authorized is released. Captured money is given back with --refund; "
		"without it the order is refused.",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct cancel_args),
	.needs = NEEDS_STORE_WRITE,
	.confirm = CONFIRM_YES,
	.money = true,
	.record = &shop_order_record,
	.run = run,
	.examples = "shopctl order cancel ord-1000 --reason customer --yes\n"
		    "shopctl order cancel ord-1000 --refund --dry-run",
	.exits = "6 it has shipped, is finished, or is paid and --refund was not given",
	.see_also = "order line cancel, payment refund, payment void",
};

struct line_args_of {
	int64_t order_id;
	struct line_args lines;
};

static const struct operand_spec line_operands[] = {
	OPERAND_ID(struct line_args_of, order_id, "ORDER", SHOP_ID_ORDER, "the order"),
	OPERAND(struct line_args_of, lines, struct line_args, ARG_LINES, "LINE",
		"what is canceled: SKU:QTY; SKU alone is one", .hint = HINT_ITS_LINE),
	{0},
};

static bool run_line(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct line_args_of *a = args;
	AUTO_ORDER struct shop_order order = {0};

	for (size_t i = 0; i < a->lines.count; i++) {
		const struct line_arg *line = &a->lines.items[i];

		shop_order_done(&order);
		if (line->price.minor != SHOP_NULL)
			return shop_fail(err, E_USAGE, "order line cancel takes SKU:QTY, no price");
		if (!shop_order_line_cancel(s->store, a->order_id, line->sku, &line->qty, &order,
					    err))
			return false;
	}
	return order_changed(out, &order, "changed", err);
}

const struct command cmd_order_line_cancel = {
	.name = "line cancel",
	.summary = "Cancel units of an order that have not shipped",
	.description =
		"Units that wait for stock go first, then allocated ones that are in no "
		"shipment. What is due falls by exactly their share; what was taken beyond it "
		"is given back. With its last unit an order is canceled.",
	.operands = line_operands,
	.args_size = sizeof(struct line_args_of),
	.needs = NEEDS_STORE_WRITE,
	.confirm = CONFIRM_YES,
	.money = true,
	.record = &shop_order_record,
	.run = run_line,
	.examples = "shopctl order line cancel ord-1000 MUG-01:2 --yes",
	.exits = "3 the order has no such line\n6 fewer units are left, or they are in a shipment",
	.see_also = "order cancel, backorder cancel, shipment cancel",
};

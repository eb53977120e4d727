/* shopctl order confirm: let a paid order go to the warehouse. */
#include "order/order.h"

struct confirm_args {
	int64_t order_id;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct confirm_args, order_id, "ORDER", SHOP_ID_ORDER, "the order",
		   .flags = OPERAND_EACH),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct confirm_args *a = args;
	AUTO_ORDER struct shop_order order = {0};

	return shop_order_confirm(s->store, a->order_id, &order, err) &&
	       order_changed(out, &order, "confirmed", err);
}

const struct command cmd_order_confirm = {
	.name = "confirm",
	.summary = "Confirm pending orders that are paid for",
	.description =
		"Orders confirm themselves when their payment is authorized, or at once when it "
		"comes later; this is for those that did not.",
	.operands = operands,
	.args_size = sizeof(struct confirm_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_order_record,
	.run = run,
	.examples = "shopctl order confirm ord-1000",
	.exits = "6 it is not paid for, on hold, or finished",
	.see_also = "payment authorize, order release",
};

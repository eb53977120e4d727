/* shopctl order expire: end orders that were not paid in time. */
#include "order/order.h"

struct expire_args {
	int64_t before_us;
};

static const struct option_spec options[] = {
	OPTION(struct expire_args, before_us, int64_t, ARG_AGO, 0, "older-than", "TIME",
	       "placed longer ago than this, whatever their own time to pay"),
	{0},
};

static bool each(const void *record, void *ctx, struct shop_error *err)
{
	const struct shop_order *order = record;

	return order_changed(ctx, order, "ended", err);
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct expire_args *a = args;

	return shop_order_expire(s->store, a->before_us, each, out, err);
}

const struct command cmd_order_expire = {
	.name = "expire",
	.summary = "End pending orders that were not paid in time",
	.description =
		"Orders without any payment attempt expire; after a decline they are canceled as "
		"declined. Their stock is free at once. Those whose payment has no answer yet, or "
		"has money on it, are left alone.",
	.options = options,
	.args_size = sizeof(struct expire_args),
	.needs = NEEDS_STORE_WRITE,
	.money = true,
	.many = true,
	.record = &shop_order_record,
	.run = run,
	.examples = "shopctl order expire\nshopctl order expire --older-than 2h --dry-run",
	.see_also = "order cancel, payment resolve",
};

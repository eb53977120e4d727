/* shopctl order create: an order that came by telephone or over the counter. */
#include "order/order.h"

#include <glib.h>

struct create_args {
	struct line_args lines;
	int64_t customer_id;
	const char *pay, *reference;
};

static const struct operand_spec operands[] = {
	OPERAND(struct create_args, lines, struct line_args, ARG_LINES, "LINE",
		"what is ordered: SKU:QTY, or SKU:QTY@PRICE for an agreed price"),
	{0},
};

static const struct option_spec options[] = {
	OPTION_ID(struct create_args, customer_id, "customer", "CUSTOMER", SHOP_ID_CUSTOMER,
		  "who orders"),
	OPTION(struct create_args, pay, const char *, ARG_TEXT, 0, "pay", "METHOD",
	       "how it is paid: DRIVER or DRIVER:TOKEN (manual)", .hint = HINT_METHOD),
	OPTION(struct create_args, reference, const char *, ARG_TEXT, 0, "reference", "TEXT",
	       "your own number for it; a second order with it is refused"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct create_args *a = args;
	struct shop_order_line_new *lines = g_new0(struct shop_order_line_new, a->lines.count + 1);
	const struct shop_order_new in = {
		.customer_id = a->customer_id,
		.reference = a->reference,
		.pay = a->pay,
		.placed_us = SHOP_NULL,
		.lines = lines,
		.count = a->lines.count,
	};
	AUTO_ORDER struct shop_order order = {0};
	bool ok;

	for (size_t i = 0; i < a->lines.count; i++) {
		lines[i].sku = a->lines.items[i].sku;
		lines[i].qty = a->lines.items[i].qty;
		lines[i].price = a->lines.items[i].price;
	}
	ok = shop_order_create(s->store, &in, &order, err);
	g_free(lines);
	if (!ok || !order_changed(out, &order, "placed", err))
		return false;
	out_next(out, "shopctl worker --drain");
	return true;
}

const struct command cmd_order_create = {
	.name = "create",
	.summary = "Place an order without a cart",
	.description =
		"The same rules as a cart's checkout: stock is allocated or, where the product "
		"allows it, backordered; else the order is refused and nothing is written.",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct create_args),
	.needs = NEEDS_STORE_WRITE,
	.money = true,
	.record = &shop_order_record,
	.run = run,
	.examples = "shopctl order create --customer cus-1000 MUG-01:2 POT-01\n"
		    "shopctl order create MUG-01:10@9.50 --pay sandbox:approve\n"
		    "shopctl order create POT-01 --pay manual --reference W-2041",
	.exits = "4 the reference is taken\n6 stock is short, or a product is not on sale",
	.see_also = "cart checkout, order show, import order",
};

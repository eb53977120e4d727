/* shopctl stock adjust: the books follow what was counted. */
#include "stock/stock.h"

struct adjust_args {
	const char *sku;
	struct shop_decimal by, set;
	int64_t location_id;
};

static const struct operand_spec operands[] = {
	OPERAND(struct adjust_args, sku, const char *, ARG_SKU, "SKU", "the product"),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct adjust_args, by, struct shop_decimal, ARG_DECIMAL, 0, "by", "QTY",
	       "so many more, or fewer with a minus"),
	OPTION(struct adjust_args, set, struct shop_decimal, ARG_DECIMAL, 0, "set", "QTY",
	       "what was counted; the difference is booked"),
	OPTION_ID(struct adjust_args, location_id, "location", "LOCATION", SHOP_ID_LOCATION,
		  "where (the default location)"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct adjust_args *a = args;
	const struct shop_stock_adjustment in = {
		.sku = a->sku,
		.by = a->by,
		.set = a->set,
		.location_id = a->location_id,
	};
	AUTO_STOCK struct shop_stock stock = {0};
	char text[SHOP_QUANTITY_TEXT];

	if ((a->by.value == SHOP_NULL) == (a->set.value == SHOP_NULL))
		return shop_fail(err, E_USAGE, "stock adjust takes one of --by QTY and --set QTY");
	return shop_stock_adjust(s->store, &in, &stock, err) &&
	       out_changed(out, &shop_stock_record, &stock, err, "%s adjusted, %s on hand",
			   stock.sku,
			   shop_quantity_format(stock.on_hand, (int)stock.qty_scale, text));
}

const struct command cmd_stock_adjust = {
	.name = "adjust",
	.summary = "Correct what is on hand, by a difference or to a count",
	.description =
		"What orders were promised stays: a correction below it is refused. What carts "
		"hold gives way, the latest hold first.",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct adjust_args),
	.needs = NEEDS_STORE_WRITE,
	.needs_reason = true,
	.record = &shop_stock_record,
	.run = run,
	.examples = "shopctl stock adjust POT-01 --by -1 --reason broken\n"
		    "shopctl stock adjust MUG-01 --set 17 --reason count --location loc-1000",
	.exits = "6 below 0, or below what orders were promised",
	.see_also = "stock history, stock move",
};

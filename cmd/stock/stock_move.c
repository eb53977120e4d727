/* shopctl stock move: carry units from one location to another. */
#include "stock/stock.h"

struct move_args {
	const char *sku;
	struct shop_decimal qty;
	int64_t from_id, to_id;
};

static const struct operand_spec operands[] = {
	OPERAND(struct move_args, sku, const char *, ARG_SKU, "SKU", "the product"),
	OPERAND(struct move_args, qty, struct shop_decimal, ARG_DECIMAL, "QTY", "how much"),
	{0},
};

static const struct option_spec options[] = {
	OPTION_ID(struct move_args, from_id, "from", "LOCATION", SHOP_ID_LOCATION,
		  "taken away here", .required = true),
	OPTION_ID(struct move_args, to_id, "to", "LOCATION", SHOP_ID_LOCATION, "put down here",
		  .required = true),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct move_args *a = args;
	const struct shop_stock_move in = {
		.sku = a->sku,
		.qty = a->qty,
		.from_id = a->from_id,
		.to_id = a->to_id,
	};
	AUTO_STOCK struct shop_stock stock = {0};
	char from[SHOP_ID_TEXT], to[SHOP_ID_TEXT];

	return shop_stock_move(s->store, &in, &stock, err) &&
	       out_changed(out, &shop_stock_record, &stock, err, "%s moved from %s to %s",
			   stock.sku, shop_id_format(SHOP_ID_LOCATION, a->from_id, from),
			   shop_id_format(SHOP_ID_LOCATION, a->to_id, to));
}

const struct command cmd_stock_move = {
	.name = "move",
	.summary = "Move units from one location to another",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct move_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_stock_record,
	.run = run,
	.examples = "shopctl stock move POT-01 2 --from loc-1000 --to loc-1001",
	.exits = "6 not on hand there, or promised to orders or held by carts",
	.see_also = "stock show, location list",
};

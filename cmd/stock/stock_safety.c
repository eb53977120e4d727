/* shopctl stock safety: how much of a place is kept from sale. */
#include "stock/stock.h"

struct safety_args {
	const char *sku;
	struct shop_decimal qty;
	int64_t location_id;
};

static const struct operand_spec operands[] = {
	OPERAND(struct safety_args, sku, const char *, ARG_SKU, "SKU", "the product"),
	OPERAND(struct safety_args, qty, struct shop_decimal, ARG_DECIMAL, "QTY",
		"how much; 0 for none"),
	{0},
};

static const struct option_spec options[] = {
	OPTION_ID(struct safety_args, location_id, "location", "LOCATION", SHOP_ID_LOCATION,
		  "where (the default location)"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct safety_args *a = args;
	const struct shop_stock_safety in = {
		.sku = a->sku,
		.qty = a->qty,
		.location_id = a->location_id,
	};
	AUTO_STOCK struct shop_stock stock = {0};
	char text[SHOP_QUANTITY_TEXT];

	return shop_stock_set_safety(s->store, &in, &stock, err) &&
	       out_changed(out, &shop_stock_record, &stock, err, "%s keeps %s in all from sale",
			   stock.sku,
			   shop_quantity_format(stock.safety_stock, (int)stock.qty_scale, text));
}

const struct command cmd_stock_safety = {
	.name = "safety",
	.summary = "Set how much of a product is kept from sale",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct safety_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_stock_record,
	.run = run,
	.examples = "shopctl stock safety MUG-01 2\n"
		    "shopctl stock safety MUG-01 0 --location loc-1001",
	.see_also = "stock show",
};

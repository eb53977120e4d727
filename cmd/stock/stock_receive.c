/* shopctl stock receive: goods came in. */
#include "stock/stock.h"

struct receive_args {
	const char *sku, *ref;
	struct shop_decimal qty;
	int64_t location_id;
	struct shop_money cost;
};

static const struct operand_spec operands[] = {
	OPERAND(struct receive_args, sku, const char *, ARG_SKU, "SKU", "the product"),
	OPERAND(struct receive_args, qty, struct shop_decimal, ARG_DECIMAL, "QTY", "how much"),
	{0},
};

static const struct option_spec options[] = {
	OPTION_ID(struct receive_args, location_id, "location", "LOCATION", SHOP_ID_LOCATION,
		  "where (the default location)"),
	OPTION(struct receive_args, ref, const char *, ARG_TEXT, 0, "from", "REF",
	       "your reference: a delivery note"),
	OPTION(struct receive_args, cost, struct shop_money, ARG_MONEY, 0, "cost", "MONEY",
	       "what one cost"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct receive_args *a = args;
	const struct shop_stock_receipt in = {
		.sku = a->sku,
		.qty = a->qty,
		.location_id = a->location_id,
		.ref = a->ref,
		.cost = a->cost,
	};
	AUTO_STOCK struct shop_stock stock = {0};
	char text[SHOP_QUANTITY_TEXT];

	return shop_stock_receive(s->store, &in, &stock, err) &&
	       out_changed(out, &shop_stock_record, &stock, err, "%s received, %s on hand",
			   stock.sku,
			   shop_quantity_format(stock.on_hand, (int)stock.qty_scale, text));
}

const struct command cmd_stock_receive = {
	.name = "receive",
	.summary = "Take goods into stock",
	.description =
		"Goods of a purchase come in with `purchase receive`, which closes its lines. The "
		"worker gives what came to the backorders that wait for it.",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct receive_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_stock_record,
	.run = run,
	.examples = "shopctl stock receive MUG-01 3 --cost 5.10\n"
		    "shopctl stock receive TEA-01 1.250kg --location loc-1000 --from 'note 4711'",
	.exits = "6 the product's stock is not counted, or the location is archived",
	.see_also = "stock adjust, purchase receive",
};

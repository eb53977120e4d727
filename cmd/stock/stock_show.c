/* shopctl stock show: a product's totals and places. */
#include "stock/stock.h"

struct show_args {
	const char *sku;
};

static const struct operand_spec operands[] = {
	OPERAND(struct show_args, sku, const char *, ARG_SKU, "SKU", "the product",
		.flags = OPERAND_EACH),
	{0},
};

static const struct out_block blocks[] = {
	{.head = "sku,title", .fields = "on_hand,allocated,held,available;incoming,backordered,safety_stock,unit"},
	{.title = "Locations", .list = "locations"},
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct show_args *a = args;
	AUTO_STOCK struct shop_stock stock = {0};

	return shop_stock_load(s->store, a->sku, s->clock.now_us, &stock, err) &&
	       out_page(out, &shop_stock_record, &stock, blocks, err);
}

const struct command cmd_stock_show = {
	.name = "show",
	.summary = "Show what there is of products, in all and at each location",
	.description =
		"Available is what can be promised now: on hand less allocated, held by carts and "
		"safety stock, at each location not below 0, less what open backorders wait for.",
	.operands = operands,
	.args_size = sizeof(struct show_args),
	.needs = NEEDS_STORE_READ,
	.record = &shop_stock_record,
	.run = run,
	.examples = "shopctl stock show MUG-01\nshopctl stock show MUG-01 POT-01 -o json",
	.see_also = "stock history, stock list",
};

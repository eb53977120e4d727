/* shopctl product show: everything about products. */
#include "product/product.h"

struct show_args {
	const char *sku;
};

static const struct operand_spec operands[] = {
	OPERAND(struct show_args, sku, const char *, ARG_SKU, "SKU", "the product",
		.flags = OPERAND_EACH),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct show_args *a = args;
	AUTO_PRODUCT struct shop_product product = {0};

	return shop_product_load(s->store, a->sku, s->clock.now_us, &product, err) &&
	       out_record(out, &shop_product_record, &product, err);
}

const struct command cmd_product_show = {
	.name = "show",
	.summary = "Show products with the price in force",
	.operands = operands,
	.args_size = sizeof(struct show_args),
	.needs = NEEDS_STORE_READ,
	.record = &shop_product_record,
	.run = run,
	.examples = "shopctl product show MUG-01\nshopctl product show MUG-01 POT-01 -o json",
	.see_also = "product price history, stock show",
};

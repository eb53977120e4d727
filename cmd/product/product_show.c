/* shopctl product show: everything about products. */
#include "product/product.h"

#include "page/page.h"
#include "shop/stock.h"

struct show_args {
	const char *sku;
};

static const struct operand_spec operands[] = {
	OPERAND(struct show_args, sku, const char *, ARG_SKU, "SKU", "the product",
		.flags = OPERAND_EACH),
	{0},
};

static const struct out_block blocks[] = {
	{.head = "sku,title,status",
	 .fields = "id,category,barcode,supplier,created_at,updated_at;"
		   "price,tax_class,weight_g,unit,backorder,reorder_point,reorder_qty"},
	{0},
};

static bool show_stock(struct session *s, const char *sku, struct out *out, struct shop_error *err)
{
	static const struct out_block places = {.title = "Stock", .list = "locations"};
	AUTO_STOCK struct shop_stock stock = {0};

	return !out_is_page(out) || (shop_stock_load(s->store, sku, s->clock.now_us, &stock, err) &&
				     out_block(out, &places, &shop_stock_record, &stock, err));
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct show_args *a = args;
	AUTO_PRODUCT struct shop_product product = {0};

	return shop_product_load(s->store, a->sku, s->clock.now_us, &product, err) &&
	       out_page(out, &shop_product_record, &product, blocks, err) &&
	       show_stock(s, product.sku, out, err) && page_end(s, product.sku, out, err);
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

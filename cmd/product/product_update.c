/* shopctl product update: change fields; what differs is journaled. */
#include "product/product.h"

struct update_args {
	const char *sku, *title, *category, *barcode, *tax, *backorder;
	int64_t weight_g, supplier_id, reorder_point, reorder_qty;
	enum tri track_stock;
};

static const struct operand_spec operands[] = {
	OPERAND(struct update_args, sku, const char *, ARG_SKU, "SKU", "the product",
		.flags = OPERAND_EACH),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct update_args, title, const char *, ARG_TEXT, 0, "title", "TEXT",
	       "what customers read"),
	OPTION(struct update_args, category, const char *, ARG_TEXT, 0, "category", "TEXT",
	       "where it stands in the shop; none clears it"),
	OPTION(struct update_args, weight_g, int64_t, ARG_WEIGHT, 0, "weight", "WEIGHT",
	       "weight of one: 350g, 1.2kg"),
	OPTION(struct update_args, barcode, const char *, ARG_TEXT, 0, "barcode", "EAN",
	       "EAN, UPC or GTIN-14; none clears it"),
	OPTION(struct update_args, tax, const char *, ARG_TEXT, 0, "tax", "CLASS", "tax class"),
	OPTION(struct update_args, track_stock, enum tri, ARG_TRI, 0, "track-stock", NULL,
	       "count its stock"),
	OPTION(struct update_args, backorder, const char *, ARG_TEXT, 0, "backorder", "POLICY",
	       "when stock is short: deny, allow or limit:N"),
	OPTION_ID(struct update_args, supplier_id, "supplier", "SUPPLIER", SHOP_ID_SUPPLIER,
		  "where it is bought"),
	OPTION(struct update_args, reorder_point, int64_t, ARG_INT, 0, "reorder-point", "N",
	       "reorder when projected stock is at or below"),
	OPTION(struct update_args, reorder_qty, int64_t, ARG_INT, 0, "reorder-qty", "N",
	       "reorder at least so many"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct update_args *a = args;
	const struct shop_product_change in = {
		.title = a->title,
		.category = arg_or_clear(a->category),
		.barcode = arg_or_clear(a->barcode),
		.tax_class = a->tax,
		.weight_g = a->weight_g,
		.track_stock = a->track_stock == TRI_UNSET ? -1 : a->track_stock == TRI_YES,
		.backorder = a->backorder,
		.supplier_id = a->supplier_id == 0 ? SHOP_NULL : a->supplier_id,
		.reorder_point = a->reorder_point,
		.reorder_qty = a->reorder_qty,
	};
	AUTO_PRODUCT struct shop_product product = {0};

	return shop_product_update(s->store, a->sku, &in, &product, err) &&
	       out_changed(out, &shop_product_record, &product, err, "%s updated", product.sku);
}

const struct command cmd_product_update = {
	.name = "update",
	.summary = "Change a product's fields",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct update_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_product_record,
	.run = run,
	.examples = "shopctl product update MUG-01 --backorder limit:20\n"
		    "shopctl product update MUG-01 POT-01 --supplier sup-1000 --reorder-point 10",
	.see_also = "product price set, product publish",
};

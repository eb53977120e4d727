/* shopctl product create: put a product on sale, or prepare it as a draft. */
#include "product/product.h"

struct create_args {
	const char *sku, *title, *category, *barcode, *tax, *unit, *backorder;
	struct shop_money price;
	int64_t weight_g, scale, supplier_id, reorder_point, reorder_qty;
	enum tri track_stock;
	bool draft;
};

static const struct operand_spec operands[] = {
	OPERAND(struct create_args, sku, const char *, ARG_SKU, "SKU", "what it is ordered by",
		.hint = HINT_NOTHING),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct create_args, title, const char *, ARG_TEXT, 0, "title", "TEXT",
	       "what customers read", .required = true),
	OPTION(struct create_args, price, struct shop_money, ARG_MONEY, 0, "price", "MONEY",
	       "price of one; only a draft may have none"),
	OPTION(struct create_args, category, const char *, ARG_TEXT, 0, "category", "TEXT",
	       "where it stands in the shop"),
	OPTION(struct create_args, weight_g, int64_t, ARG_WEIGHT, 0, "weight", "WEIGHT",
	       "weight of one: 350g, 1.2kg"),
	OPTION(struct create_args, barcode, const char *, ARG_TEXT, 0, "barcode", "EAN",
	       "EAN, UPC or GTIN-14"),
	OPTION(struct create_args, tax, const char *, ARG_TEXT, 0, "tax", "CLASS",
	       "tax class (standard)"),
	OPTION(struct create_args, track_stock, enum tri, ARG_TRI, 0, "track-stock", NULL,
	       "count its stock (the default)"),
	OPTION(struct create_args, backorder, const char *, ARG_TEXT, 0, "backorder", "POLICY",
	       "when stock is short: deny, allow or limit:N"),
	OPTION_ID(struct create_args, supplier_id, "supplier", "SUPPLIER", SHOP_ID_SUPPLIER,
		  "where it is bought"),
	OPTION(struct create_args, unit, const char *, ARG_TEXT, 0, "unit", "UNIT",
	       "what quantities count: kg, m"),
	OPTION(struct create_args, scale, int64_t, ARG_INT, 0, "scale", "N",
	       "decimals of its quantities, 0 to 6"),
	OPTION(struct create_args, reorder_point, int64_t, ARG_INT, 0, "reorder-point", "N",
	       "reorder when projected stock is at or below"),
	OPTION(struct create_args, reorder_qty, int64_t, ARG_INT, 0, "reorder-qty", "N",
	       "reorder at least so many"),
	OPTION_FLAG(struct create_args, draft, 0, "draft", "not on sale yet"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct create_args *a = args;
	const struct shop_product_new in = {
		.sku = a->sku,
		.title = a->title,
		.price = a->price,
		.category = a->category,
		.barcode = a->barcode,
		.tax_class = a->tax,
		.weight_g = a->weight_g,
		.unit = a->unit,
		.qty_scale = a->scale == SHOP_NULL ? 0 : a->scale,
		.untracked = a->track_stock == TRI_NO,
		.backorder = a->backorder,
		.supplier_id = a->supplier_id,
		.reorder_point = a->reorder_point,
		.reorder_qty = a->reorder_qty,
		.draft = a->draft,
	};
	AUTO_PRODUCT struct shop_product product = {0};

	if (!shop_product_create(s->store, &in, &product, err) ||
	    !out_changed(out, &shop_product_record, &product, err, "%s created (%s): %s",
			 product.sku, product.status, product.title))
		return false;
	if (a->draft)
		out_next(out, "shopctl product publish %s", product.sku);
	else if (product.track_stock)
		out_next(out, "shopctl stock receive %s QTY", product.sku);
	return true;
}

const struct command cmd_product_create = {
	.name = "create",
	.summary = "Put a product on sale",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct create_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_product_record,
	.run = run,
	.examples = "shopctl product create MUG-02 --title 'Red mug' --price 12.50 --weight 350g "
		    "--backorder allow\n"
		    "shopctl product create TEA-02 --title 'Green tea' --price 39.00 --unit kg "
		    "--scale 3\n"
		    "shopctl product create POT-03 --title 'New pot' --draft",
	.exits = "4 the SKU or barcode is taken",
	.see_also = "product price set, stock receive, import product",
};

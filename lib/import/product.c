/*
 * Products: made, or changed where the file says otherwise. A price list with a SKU and a price is
 * enough.
 */
#include "import/import_run.h"

#include "domain/domain.h"
#include "shop/product.h"

#include <string.h>

enum {
	SKU,
	TITLE,
	PRICE,
	PRICE_CURRENCY,
	CATEGORY,
	BARCODE,
	TAX_CLASS,
	WEIGHT,
	UNIT,
	QTY_SCALE,
	TRACK_STOCK,
	BACKORDER,
	SUPPLIER,
	REORDER_POINT,
	REORDER_QTY,
	STATUS,
};

static const struct import_field fields[] = {
	[SKU] = {.name = "sku",
		 .type = IMPORT_SKU,
		 .required = true,
		 .unique = true,
		 .doc = "what it is ordered by"},
	[TITLE] = {.name = "title",
		   .type = IMPORT_TEXT,
		   .max_chars = SHOP_NAME_MAX,
		   .doc = "what customers read; a new one needs it"},
	[PRICE] = {.name = "price",
		   .type = IMPORT_MONEY,
		   .currency = PRICE_CURRENCY,
		   .doc = "of one; a new one needs it, unless a draft"},
	[PRICE_CURRENCY] = {.name = "price_currency",
			    .type = IMPORT_CURRENCY,
			    .doc = "of the price; else the store's"},
	[CATEGORY] = {.name = "category",
		      .type = IMPORT_TEXT,
		      .clears = true,
		      .max_chars = SHOP_NAME_MAX,
		      .doc = "where it stands in the shop"},
	[BARCODE] = {.name = "barcode",
		     .type = IMPORT_CODE,
		     .clears = true,
		     .unique = true,
		     .max_chars = 14,
		     .doc = "EAN-8, UPC-12, EAN-13 or GTIN-14"},
	[TAX_CLASS] = {.name = "tax_class",
		       .type = IMPORT_TEXT,
		       .max_chars = 40,
		       .doc = "standard, reduced …"},
	[WEIGHT] = {.name = "weight_g", .type = IMPORT_WEIGHT, .doc = "of one: 350, 350g, 1.2kg"},
	[UNIT] = {.name = "unit",
		  .type = IMPORT_TEXT,
		  .max_chars = 15,
		  .doc = "what quantities count: kg, m; only when made"},
	[QTY_SCALE] = {.name = "qty_scale",
		       .type = IMPORT_INT,
		       .doc = "decimals of quantities, 0 to 6; only when made"},
	[TRACK_STOCK] = {.name = "track_stock",
			 .type = IMPORT_BOOL,
			 .doc = "whether its stock is counted (true)"},
	[BACKORDER] = {.name = "backorder",
		       .type = IMPORT_TEXT,
		       .max_chars = 20,
		       .doc = "deny, allow or limit:N"},
	[SUPPLIER] = {.name = "supplier",
		      .type = IMPORT_TEXT,
		      .clears = true,
		      .max_chars = SHOP_NAME_MAX,
		      .doc = "its name or id"},
	[REORDER_POINT] = {.name = "reorder_point",
			   .type = IMPORT_QUANTITY,
			   .doc = "whole units; reordered at or below"},
	[REORDER_QTY] = {.name = "reorder_qty",
			 .type = IMPORT_QUANTITY,
			 .doc = "whole units; reordered at least"},
	[STATUS] = {.name = "status",
		    .type = IMPORT_TEXT,
		    .max_chars = 20,
		    .doc = "draft, active or archived"},
	{.name = "id", .type = IMPORT_ANY},
	{.name = "created_at", .type = IMPORT_ANY},
	{.name = "updated_at", .type = IMPORT_ANY},
	{.name = "version", .type = IMPORT_ANY},
};

static bool is_draft(const struct import_value *v)
{
	return v[STATUS].given && strcmp(v[STATUS].text, "draft") == 0;
}

static struct shop_product_new made(const struct import_value *v, int64_t supplier_id)
{
	return (struct shop_product_new){
		.sku = v[SKU].text,
		.title = v[TITLE].text,
		.price = v[PRICE].money,
		.category = v[CATEGORY].text,
		.barcode = v[BARCODE].text,
		.tax_class = v[TAX_CLASS].text,
		.weight_g = v[WEIGHT].number,
		.unit = v[UNIT].text,
		.qty_scale = v[QTY_SCALE].given ? v[QTY_SCALE].number : 0,
		.untracked = v[TRACK_STOCK].given && v[TRACK_STOCK].number == 0,
		.backorder = v[BACKORDER].text,
		.supplier_id = supplier_id,
		.reorder_point = v[REORDER_POINT].decimal.value,
		.reorder_qty = v[REORDER_QTY].decimal.value,
		.draft = is_draft(v),
	};
}

/* *ret_id: SHOP_NULL = not said, 0 = none. */
static bool find_supplier(struct shop_store *store, const struct import_value *v, int64_t *ret_id,
			  struct shop_error *err)
{
	*ret_id = v[SUPPLIER].cleared ? 0 : SHOP_NULL;
	return !v[SUPPLIER].given || import_reference(store, v[SUPPLIER].text, SHOP_ID_SUPPLIER,
						      supplier_find, "supplier", ret_id, err);
}

static bool check_status(const struct import_value *v, struct shop_error *err)
{
	static const char *const words[] = {"draft", "active", "archived", NULL};

	if (!v[STATUS].given || g_strv_contains(words, v[STATUS].text))
		return true;
	shop_fail(err, E_INVALID, "draft, active or archived, not \"%s\"", v[STATUS].text);
	return shop_fail_field(err, "status");
}

static bool check_whole(const struct import_value *v, const char *field, struct shop_error *err)
{
	if (!v->given || v->decimal.scale == 0)
		return true;
	shop_fail(err, E_INVALID, "whole units");
	return shop_fail_field(err, field);
}

static bool check_barcode(struct shop_store *store, const struct import_value *v, int64_t id,
			  struct shop_error *err)
{
	int64_t owner;

	if (!v[BARCODE].given)
		return true;
	if (!product_find_barcode(store, v[BARCODE].text, &owner, err))
		return false;
	if (owner == 0 || owner == id)
		return true;
	shop_fail(err, E_DUPLICATE, "another product has the barcode %s", v[BARCODE].text);
	return shop_fail_field(err, "barcode");
}

/* How quantities are written cannot change once there are some. */
static bool check_same_unit(const struct import_value *v, const struct product_found *old,
			    struct shop_error *err)
{
	if (v[QTY_SCALE].given && v[QTY_SCALE].number != old->qty_scale) {
		shop_fail(err, E_INVALID, "cannot change, it is %" G_GINT64_FORMAT, old->qty_scale);
		return shop_fail_field(err, "qty_scale");
	}
	if (!v[UNIT].given || strcmp(v[UNIT].text, old->unit) == 0)
		return true;
	shop_fail(err, E_INVALID, "cannot change, it is \"%s\"", old->unit);
	return shop_fail_field(err, "unit");
}

static bool check_row(struct shop_store *store, const struct import_item *item, guint row,
		      struct shop_error *err)
{
	const struct import_value *v = import_values(item, row);
	struct shop_product_new in;
	struct product_found old;
	int64_t supplier_id;

	if (!product_find(store, v[SKU].text, &old, err) ||
	    !find_supplier(store, v, &supplier_id, err) || !check_status(v, err) ||
	    !check_whole(&v[REORDER_POINT], "reorder_point", err) ||
	    !check_whole(&v[REORDER_QTY], "reorder_qty", err) ||
	    !check_barcode(store, v, old.id, err))
		return false;
	in = made(v, 0);
	if (old.id == 0)
		return shop_product_check(&in, err);
	/* What a product has already need not stand in the file. */
	in.draft = in.draft || in.price.minor == SHOP_NULL;
	if (in.title == NULL)
		in.title = in.sku;
	return check_same_unit(v, &old, err) && shop_product_check(&in, err);
}

static const char *if_other(const struct import_value *v, const char *now)
{
	if (!v->given && !v->cleared)
		return NULL;
	return strcmp(v->text, now == NULL ? "" : now) == 0 ? NULL : v->text;
}

static int64_t if_other_number(const struct import_value *v, int64_t now)
{
	return v->given && v->number != now ? v->number : SHOP_NULL;
}

static int64_t if_other_whole(const struct import_value *v, int64_t now)
{
	return v->given && v->decimal.value != now ? v->decimal.value : SHOP_NULL;
}

/* Reorder numbers are whole units in the file, smallest units in the product. */
static int64_t whole(const struct shop_product *p, int64_t qty)
{
	for (int64_t i = 0; qty != SHOP_NULL && i < p->qty_scale; i++)
		qty /= 10;
	return qty;
}

static bool is_change(const struct shop_product_change *c)
{
	return c->title != NULL || c->category != NULL || c->barcode != NULL ||
	       c->tax_class != NULL || c->weight_g != SHOP_NULL || c->track_stock >= 0 ||
	       c->backorder != NULL || c->supplier_id != SHOP_NULL ||
	       c->reorder_point != SHOP_NULL || c->reorder_qty != SHOP_NULL;
}

static bool update_fields(struct shop_store *store, const struct import_value *v,
			  int64_t supplier_id, struct shop_product *p, bool *changed,
			  struct shop_error *err)
{
	const struct shop_product_change change = {
		.title = if_other(&v[TITLE], p->title),
		.category = if_other(&v[CATEGORY], p->category),
		.barcode = if_other(&v[BARCODE], p->barcode),
		.tax_class = if_other(&v[TAX_CLASS], p->tax_class),
		.weight_g = if_other_number(&v[WEIGHT], p->weight_g),
		.track_stock = v[TRACK_STOCK].given && v[TRACK_STOCK].number != p->track_stock
				       ? (int)v[TRACK_STOCK].number
				       : -1,
		.backorder = if_other(&v[BACKORDER], p->backorder),
		.supplier_id = supplier_id == p->supplier_id ? SHOP_NULL : supplier_id,
		.reorder_point = if_other_whole(&v[REORDER_POINT], whole(p, p->reorder_point)),
		.reorder_qty = if_other_whole(&v[REORDER_QTY], whole(p, p->reorder_qty)),
	};
	AUTO_PRODUCT struct shop_product after = {0};

	if (!is_change(&change))
		return true;
	*changed = true;
	return shop_product_update(store, p->sku, &change, &after, err);
}

static bool update_price(struct shop_store *store, const struct import_value *v,
			 const struct shop_product *p, bool *changed, struct shop_error *err)
{
	const struct shop_price_change change = {
		.to = v[PRICE].money, .from_us = SHOP_NULL, .until_us = SHOP_NULL};
	AUTO_PRODUCT struct shop_product after = {0};

	if (!v[PRICE].given || (p->currency != NULL && v[PRICE].money.minor == p->price &&
				strcmp(v[PRICE].money.currency, p->currency) == 0))
		return true;
	*changed = true;
	return shop_price_set(store, p->sku, &change, &after, err);
}

static bool update_status(struct shop_store *store, const struct import_value *v,
			  const struct shop_product *p, bool *changed, struct shop_error *err)
{
	AUTO_PRODUCT struct shop_product after = {0};

	if (!v[STATUS].given || strcmp(v[STATUS].text, p->status) == 0)
		return true;
	*changed = true;
	return shop_product_set_status(store, p->sku, v[STATUS].text, &after, err);
}

static bool create(struct shop_store *store, const struct import_value *v, int64_t supplier_id,
		   struct shop_error *err)
{
	const struct shop_product_new in = made(v, supplier_id == SHOP_NULL ? 0 : supplier_id);
	AUTO_PRODUCT struct shop_product product = {0};
	bool changed;

	return shop_product_create(store, &in, &product, err) &&
	       update_status(store, v, &product, &changed, err);
}

static bool write_row(struct shop_store *store, const struct import_item *item,
		      enum import_outcome *ret_outcome, struct shop_error *err)
{
	const struct import_value *v = import_values(item, 0);
	AUTO_PRODUCT struct shop_product old = {0};
	struct product_found found;
	int64_t supplier_id;
	bool changed = false;

	if (!product_find(store, v[SKU].text, &found, err) ||
	    !find_supplier(store, v, &supplier_id, err))
		return false;
	*ret_outcome = IMPORT_CREATED;
	if (found.id == 0)
		return create(store, v, supplier_id, err);
	if (!shop_product_load(store, v[SKU].text, shop_store_context(store)->now_us, &old, err) ||
	    !update_fields(store, v, supplier_id, &old, &changed, err) ||
	    !update_price(store, v, &old, &changed, err) ||
	    !update_status(store, v, &old, &changed, err))
		return false;
	*ret_outcome = changed ? IMPORT_UPDATED : IMPORT_UNCHANGED;
	return true;
}

const struct import_kind import_product = {
	.name = "product",
	.many = "products",
	.doc = "products by SKU: new ones are made, others changed where the file says otherwise",
	.fields = fields,
	.count = G_N_ELEMENTS(fields),
	.repeatable = true,
	.check = check_row,
	.write = write_row,
};

/*
 * Receipts of goods. Each row adds, so the same file is not taken twice unless asked for.
 */
#include "import/import_run.h"

#include "domain/domain.h"
#include "shop/stock.h"

enum { SKU, QTY, LOCATION, COST, COST_CURRENCY, REF };

static const struct import_field fields[] = {
	[SKU] = {.name = "sku", .type = IMPORT_SKU, .required = true, .doc = "the product"},
	[QTY] = {.name = "qty",
		 .type = IMPORT_QUANTITY,
		 .required = true,
		 .doc = "how many came in"},
	[LOCATION] = {.name = "location",
		      .type = IMPORT_TEXT,
		      .max_chars = SHOP_NAME_MAX,
		      .doc = "name or id; else the default"},
	[COST] = {.name = "cost",
		  .type = IMPORT_MONEY,
		  .currency = COST_CURRENCY,
		  .doc = "paid for one"},
	[COST_CURRENCY] = {.name = "cost_currency",
			   .type = IMPORT_CURRENCY,
			   .doc = "of the cost; else the store's"},
	[REF] = {.name = "ref",
		 .type = IMPORT_TEXT,
		 .max_chars = SHOP_NAME_MAX,
		 .doc = "your own: a delivery note"},
};

static bool find_location(struct shop_store *store, const struct import_value *v, int64_t *ret_id,
			  struct shop_error *err)
{
	*ret_id = 0;
	return !v[LOCATION].given || import_reference(store, v[LOCATION].text, SHOP_ID_LOCATION,
						      location_find, "location", ret_id, err);
}

static bool check_qty(const struct import_value *v, const struct product_found *product,
		      struct shop_error *err)
{
	int64_t qty;

	if (!shop_quantity_of(&v[QTY].decimal, (int)product->qty_scale, product->unit, &qty, err))
		return shop_fail_field(err, "qty");
	if (qty > 0)
		return true;
	shop_fail(err, E_INVALID, "above 0");
	return shop_fail_field(err, "qty");
}

static bool check_row(struct shop_store *store, const struct import_item *item, guint row,
		      struct shop_error *err)
{
	const struct import_value *v = import_values(item, row);
	struct product_found product;
	int64_t location_id;

	if (!product_find(store, v[SKU].text, &product, err))
		return false;
	if (product.id == 0 || !product.tracked) {
		if (product.id == 0)
			shop_fail(err, E_NOT_FOUND, "no product %s", v[SKU].text);
		else
			shop_fail(err, E_STOCK_UNTRACKED, "the stock of %s is not counted",
				  v[SKU].text);
		return shop_fail_field(err, "sku");
	}
	if (v[COST].given && v[COST].money.minor < 0) {
		shop_fail(err, E_INVALID, "not below 0");
		return shop_fail_field(err, "cost");
	}
	return check_qty(v, &product, err) && find_location(store, v, &location_id, err);
}

static bool write_row(struct shop_store *store, const struct import_item *item,
		      enum import_outcome *ret_outcome, struct shop_error *err)
{
	const struct import_value *v = import_values(item, 0);
	struct shop_stock_receipt in = {
		.sku = v[SKU].text,
		.qty = v[QTY].decimal,
		.ref = v[REF].text,
		.cost = v[COST].money,
	};
	AUTO_STOCK struct shop_stock stock = {0};

	*ret_outcome = IMPORT_CREATED;
	return find_location(store, v, &in.location_id, err) &&
	       shop_stock_receive(store, &in, &stock, err);
}

const struct import_kind import_stock = {
	.name = "stock",
	.many = "receipts",
	.doc = "receipts of goods, one a row",
	.fields = fields,
	.count = G_N_ELEMENTS(fields),
	.check = check_row,
	.write = write_row,
};

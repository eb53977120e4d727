/*
 * Changing products: their fields and whether they are on sale.
 */
#include "domain/domain.h"
#include "domain/product/product_row.h"
#include "domain/why.h"
#include "shop/journal.h"
#include "shop/quantity.h"
#include "shop/text.h"
#include "store/db.h"

#include <string.h>

static int64_t number_after(int64_t change, int64_t old)
{
	if (change == SHOP_NULL)
		return old;
	return change == SHOP_CLEAR ? SHOP_NULL : change;
}

static int64_t whole(int64_t qty, int64_t unit)
{
	return qty == SHOP_NULL ? SHOP_NULL : qty / unit;
}

/* What the product would be after the change, as if it were made anew: so one function checks both.
 */
static struct shop_product_new changed(const struct shop_product *old,
				       const struct shop_product_change *in)
{
	int64_t unit = 1;

	for (int64_t scale = old->qty_scale; scale > 0; scale--)
		unit *= 10;
	return (struct shop_product_new){
		.sku = old->sku,
		.title = in->title == NULL ? old->title : in->title,
		.price = {.minor = SHOP_NULL},
		.category = in->category == NULL ? old->category : in->category,
		.barcode = in->barcode == NULL ? old->barcode : in->barcode,
		.tax_class = in->tax_class == NULL ? old->tax_class : in->tax_class,
		.weight_g = number_after(in->weight_g, old->weight_g),
		.unit = old->unit,
		.qty_scale = old->qty_scale,
		.untracked = in->track_stock < 0 ? !old->track_stock : !in->track_stock,
		.backorder = in->backorder == NULL ? old->backorder : in->backorder,
		.supplier_id = in->supplier_id == SHOP_NULL ? old->supplier_id : in->supplier_id,
		.reorder_point = number_after(in->reorder_point, whole(old->reorder_point, unit)),
		.reorder_qty = number_after(in->reorder_qty, whole(old->reorder_qty, unit)),
		.draft = true,
	};
}

static bool write_change(struct shop_store *store, int64_t id, const struct shop_product_new *in,
			 const struct product_values *v, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE product SET title = $2, category = $3, barcode = $4, tax_class = $5, "
		"weight_g = $6,"
		" track_stock = $7, backorder = $8, backorder_limit = $9, supplier_id = $10, "
		"reorder_point = $11,"
		" reorder_qty = $12, version = version + 1, updated_us = $13 WHERE id = $1";

	return db_run(store, sql, "dttttiitidiii", err, id, v->title, v->category, v->barcode,
		      v->tax_class, in->weight_g, (int64_t)!in->untracked, v->backorder,
		      v->backorder_limit, in->supplier_id, v->reorder_point, v->reorder_qty,
		      shop_store_context(store)->now_us);
}

/* Stock that is counted cannot stop being counted while orders rely on it. */
static bool may_track(struct shop_store *store, const struct shop_product *old, bool untracked,
		      struct shop_error *err)
{
	static const char sql[] =
		"SELECT COALESCE(sum(allocated + backordered), 0) FROM stock WHERE product_id = $1";
	int64_t promised;

	if (untracked == !old->track_stock)
		return true;
	if (!db_get(store, &promised, sql, "d", err, old->id))
		return false;
	if (promised == 0)
		return true;
	shop_fail(err, E_STATE,
		  "open orders rely on the stock of %s; whether it is counted cannot change now",
		  old->sku);
	return shop_fail_fix(err, "order", "list", "--sku", old->sku, NULL);
}

bool shop_product_update(struct shop_store *store, const char *sku,
			 const struct shop_product_change *in, struct shop_product *ret_product,
			 struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PRODUCT_VALUES struct product_values v = {0};
	AUTO_PRODUCT struct shop_product before = {0};
	AUTO_PRODUCT struct shop_product after = {0};
	struct shop_product_new wanted;

	if (!shop_txn_begin(&txn, store, err) ||
	    !shop_product_load(store, sku, shop_store_context(store)->now_us, &before, err))
		return shop_fail_while(err, "changing a product");
	wanted = changed(&before, in);
	if (!product_values_clean(&wanted, wanted.backorder, &v, err) ||
	    !may_track(store, &before, wanted.untracked, err) ||
	    (in->barcode != NULL && g_strcmp0(v.barcode, before.barcode) != 0 &&
	     !product_refuse_taken(store, NULL, v.barcode, err)) ||
	    (in->supplier_id != SHOP_NULL &&
	     !product_check_supplier(store, in->supplier_id, err)) ||
	    !write_change(store, before.id, &wanted, &v, err) ||
	    !product_load_id(store, before.id, &after, err) ||
	    !event_changed(store, "product.updated", before.sku, &shop_product_record, &before,
			   &after, err) ||
	    !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "changing a product");
	shop_record_take(&shop_product_record, ret_product, &after);
	return true;
}

static bool may_be(const struct shop_product *product, const char *status, struct shop_error *err)
{
	if (strcmp(status, "active") != 0 || product->currency != NULL)
		return true;
	shop_fail(err, E_PRODUCT_NO_PRICE, "product %s has no price", product->sku);
	return shop_fail_fix(err, "product", "price", "set", product->sku, "--to", "MONEY", NULL);
}

static bool write_status(struct shop_store *store, int64_t id, const char *status,
			 struct shop_error *err)
{
	static const char sql[] = "UPDATE product SET status = $2, version = version + 1, "
				  "updated_us = $3 WHERE id = $1";

	return db_run(store, sql, "dti", err, id, status, shop_store_context(store)->now_us);
}

bool shop_product_set_status(struct shop_store *store, const char *sku, const char *status,
			     struct shop_product *ret_product, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PRODUCT struct shop_product before = {0};
	AUTO_PRODUCT struct shop_product after = {0};
	const char *event =
		strcmp(status, "archived") == 0 ? "product.archived" : "product.updated";

	if (!shop_txn_begin(&txn, store, err) ||
	    !shop_product_load(store, sku, shop_store_context(store)->now_us, &before, err) ||
	    !may_be(&before, status, err) ||
	    (strcmp(before.status, status) != 0 && !write_status(store, before.id, status, err)) ||
	    !product_load_id(store, before.id, &after, err) ||
	    !event_changed(store, event, before.sku, &shop_product_record, &before, &after, err) ||
	    !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "changing a product's status");
	shop_record_take(&shop_product_record, ret_product, &after);
	return true;
}

bool product_why_publish(struct shop_store *store, const char *sku, int64_t now_us,
			 struct shop_error *err)
{
	AUTO_PRODUCT struct shop_product product = {0};

	return shop_product_load(store, sku, now_us, &product, err) && may_be(&product, "active", err);
}

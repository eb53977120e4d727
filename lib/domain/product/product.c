/*
 * Products: making and reading them.
 */
#include "shop/product.h"

#include "domain/domain.h"
#include "domain/product/product_row.h"
#include "shop/journal.h"
#include "shop/quantity.h"
#include "shop/text.h"
#include "store/db.h"

#include <string.h>

static const struct shop_field fields[] = {
	SHOP_FIELD_ID(struct shop_product, id, "id", SHOP_ID_PRODUCT, "the product's id",
		      .example = "prd-1000"),
	SHOP_FIELD_TEXT(struct shop_product, sku, "sku", "what it is ordered by",
			.example = "MUG-01"),
	SHOP_FIELD_TEXT(struct shop_product, title, "title", "what customers read",
			.example = "Blue mug"),
	SHOP_FIELD_WORD(struct shop_product, status, "status", "draft, active or archived"),
	SHOP_FIELD_MONEY(struct shop_product, price, "price", "the price in force"),
	SHOP_FIELD_TEXT(struct shop_product, currency, "currency", "the price's currency",
			.flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_TEXT(struct shop_product, category, "category", "where it stands in the shop"),
	SHOP_FIELD_TEXT(struct shop_product, barcode, "barcode", "EAN, UPC or GTIN-14",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_WORD(struct shop_product, tax_class, "tax_class", "which tax rate applies",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_product, weight_g, "weight_g", "grams of one",
		       .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TEXT(struct shop_product, unit, "unit",
			"what quantities count, empty for pieces", .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_product, qty_scale, "qty_scale", "decimals of its quantities",
		       .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_BOOL(struct shop_product, track_stock, "track_stock",
			"whether its stock is counted", .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_WORD(struct shop_product, backorder, "backorder", "deny, allow or limit:N",
			.example = "limit:20"),
	SHOP_FIELD_ID(struct shop_product, supplier_id, "supplier", SHOP_ID_SUPPLIER,
		      "where it is bought", .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_QTY(struct shop_product, reorder_point, "reorder_point",
		       "reordered when projected stock is at or below", .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_QTY(struct shop_product, reorder_qty, "reorder_qty",
		       "how much is reordered at least", .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_product, created_at, "created_at", "when it was made",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_product, updated_at, "updated_at", "when it last changed",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_product, version, "version", "counts its changes",
		       .flags = SHOP_FIELD_WIDE),
};

const struct shop_record shop_product_record = SHOP_RECORD("product", struct shop_product, fields);

/* $1 is the time at which the price in force is meant. */
#define SELECT_PRODUCT                                                                             \
	"SELECT p.id, p.sku, p.title, p.status, price.amount_minor, price.currency, p.category, "  \
	"p.barcode,"                                                                               \
	" p.tax_class, p.weight_g, p.unit, p.qty_scale, p.track_stock,"                            \
	" CASE p.backorder WHEN 'limit' THEN 'limit:' || p.backorder_limit ELSE p.backorder END, " \
	"p.supplier_id,"                                                                           \
	" p.reorder_point, p.reorder_qty, p.created_us, p.updated_us, p.version FROM product p"    \
	" LEFT JOIN price ON price.product_id = p.id AND price.n = " PRICE_IN_FORCE("p.id", "$1")

void shop_product_done(struct shop_product *product)
{
	shop_record_done(&shop_product_record, product);
}

static bool insert(struct shop_store *store, int64_t id, const struct shop_product_new *in,
		   const struct product_values *v, struct shop_error *err)
{
	static const char sql[] = "INSERT INTO product (id, sku, title, status, category, barcode, "
				  "tax_class, weight_g, unit, qty_scale,"
				  " track_stock, backorder, backorder_limit, supplier_id, "
				  "reorder_point, reorder_qty, created_us, updated_us)"
				  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, "
				  "$13, $14, $15, $16, $17, $17)";

	return db_run(store, sql, "dttttttitiitidiii", err, id, v->sku, v->title,
		      in->draft ? "draft" : "active", v->category, v->barcode, v->tax_class,
		      in->weight_g, v->unit == NULL ? "" : v->unit, in->qty_scale,
		      (int64_t)!in->untracked, v->backorder, v->backorder_limit, in->supplier_id,
		      v->reorder_point, v->reorder_qty, shop_store_context(store)->now_us);
}

bool product_load_id(struct shop_store *store, int64_t id, struct shop_product *ret_product,
		     struct shop_error *err)
{
	static const char sql[] = SELECT_PRODUCT " WHERE p.id = $2";

	return db_load(store, &shop_product_record, ret_product, "product", sql, "id", err,
		       shop_store_context(store)->now_us, id);
}

static bool tell_created(struct shop_store *store, const struct shop_product *product,
			 struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shop_event_begin_text(&e, "product.created", product->sku);
	shop_json_id(&e.json, "product_id", SHOP_ID_PRODUCT, product->id);
	shop_json_text(&e.json, "title", product->title);
	shop_json_text(&e.json, "status", product->status);
	if (product->currency != NULL)
		shop_json_money(&e.json, "price", shop_money_of(product->price, product->currency));
	return shop_event_append(store, &e, err);
}

bool shop_product_create(struct shop_store *store, const struct shop_product_new *in,
			 struct shop_product *ret_product, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PRODUCT_VALUES struct product_values v = {0};
	AUTO_PRODUCT struct shop_product product = {0};
	const char *backorder =
		in->backorder == NULL ? shop_store_policy(store)->backorder : in->backorder;
	int64_t id;

	if (!product_values_clean(in, backorder, &v, err) || !shop_txn_begin(&txn, store, err) ||
	    !product_refuse_taken(store, v.sku, v.barcode, err) ||
	    !product_check_supplier(store, in->supplier_id, err) ||
	    !shop_store_next_id(store, SHOP_ID_PRODUCT, &id, err) ||
	    !insert(store, id, in, &v, err) ||
	    (in->price.minor != SHOP_NULL && !product_price_add(store, id, in->price, err)) ||
	    !product_load_id(store, id, &product, err) || !tell_created(store, &product, err) ||
	    !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "creating a product");
	shop_record_take(&shop_product_record, ret_product, &product);
	return true;
}

bool shop_product_load(struct shop_store *store, const char *sku, int64_t now_us,
		       struct shop_product *ret_product, struct shop_error *err)
{
	static const char sql[] = SELECT_PRODUCT " WHERE p.sku = $2";
	AUTO_TEXT char *what = g_strconcat("product ", sku, NULL);

	if (db_load(store, &shop_product_record, ret_product, what, sql, "it", err, now_us, sku))
		return true;
	return err->id == E_NOT_FOUND && shop_fail_fix(err, "product", "list", NULL);
}

bool shop_product_list(struct shop_store *store, const struct shop_product_filter *filter,
		       shop_record_fn fn, void *ctx, struct shop_error *err)
{
	AUTO_SELECT struct db_select s = {0};

	db_select_init(&s, SELECT_PRODUCT);
	db_select_bind(&s, filter->now_us);
	db_select_text(&s, "p.status = ?", filter->status);
	db_select_if(&s, "p.status <> 'archived'", filter->status == NULL);
	db_select_text(&s, "p.category = ?", filter->category);
	db_select_id(&s, "p.supplier_id = ?", filter->supplier_id);
	db_select_text(&s, "p.sku > ?", filter->after);
	return db_select_each(&s, store, "p.sku", filter->limit, &shop_product_record, fn, ctx,
			      err);
}

/*
 * Products: making, reading and changing them. Their prices are in product_price.c.
 */
#include "shop/product.h"

#include "domain/domain.h"
#include "domain/product_row.h"
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

/* A product's checked columns. Strings are owned. */
struct product_values {
	char sku[SHOP_SKU_MAX + 1];
	char *title, *category, *barcode, *tax_class, *unit;
	const char *backorder; /* deny, allow, limit */
	int64_t backorder_limit;
	int64_t reorder_point, reorder_qty; /* in the product's smallest unit */
};

#define AUTO_VALUES SHOP_CLEANUP(values_done)

static void values_done(struct product_values *v)
{
	g_free(v->title);
	g_free(v->category);
	g_free(v->barcode);
	g_free(v->tax_class);
	g_free(v->unit);
	*v = (struct product_values){0};
}

/* An absent or empty text is NULL in the store. */
static bool clean_optional(const char *text, const char *field, size_t max, char **ret_text,
			   struct shop_error *err)
{
	const struct shop_text_rule rule = {.max_chars = max};

	*ret_text = NULL;
	return text == NULL || *text == '\0' || shop_text_clean(text, field, &rule, ret_text, err);
}

static bool check_digit_fits(const char *digits, size_t length)
{
	int sum = 0;

	for (size_t i = 0; i < length; i++)
		sum += (digits[i] - '0') * ((length - i) % 2 == 0 ? 3 : 1);
	return sum % 10 == 0;
}

static bool clean_barcode(const char *text, char **ret_barcode, struct shop_error *err)
{
	size_t length;

	*ret_barcode = NULL;
	if (text == NULL || *text == '\0')
		return true;
	length = strlen(text);
	if ((length != 8 && length != 12 && length != 13 && length != 14) ||
	    strspn(text, "0123456789") != length || !check_digit_fits(text, length)) {
		shop_fail(err, E_INVALID,
			  "barcode: an EAN-8, UPC-12, EAN-13 or GTIN-14 with its check digit, not "
			  "\"%s\"",
			  text);
		return shop_fail_field(err, "barcode");
	}
	*ret_barcode = g_strdup(text);
	return true;
}

static bool clean_word(const char *text, const char *field, const char *otherwise, char **ret_word,
		       struct shop_error *err)
{
	const char *word = text == NULL || *text == '\0' ? otherwise : text;

	if (strlen(word) > 40 ||
	    strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789_-") != strlen(word)) {
		shop_fail(err, E_INVALID,
			  "%s: up to 40 lower-case letters, digits, _ and -, not \"%s\"", field,
			  word);
		return shop_fail_field(err, field);
	}
	*ret_word = g_strdup(word);
	return true;
}

bool product_backorder_parse(const char *text, const char **ret_policy, int64_t *ret_limit,
			     struct shop_error *err)
{
	*ret_limit = SHOP_NULL;
	if (strcmp(text, "deny") == 0 || strcmp(text, "allow") == 0) {
		*ret_policy = *text == 'd' ? "deny" : "allow";
		return true;
	}
	*ret_policy = "limit";
	if (g_str_has_prefix(text, "limit:") &&
	    shop_int_parse(text + 6, 0, SHOP_QUANTITY_MAX, ret_limit, err))
		return true;
	shop_fail(err, E_INVALID, "backorder: deny, allow or limit:N, not \"%s\"", text);
	return shop_fail_field(err, "backorder");
}

static bool whole_units(int64_t whole, int64_t scale, const char *field, int64_t *ret_qty,
			struct shop_error *err)
{
	*ret_qty = whole;
	if (whole == SHOP_NULL)
		return true;
	if (whole < 0 || whole > SHOP_QUANTITY_MAX) {
		shop_fail(err, E_INVALID, "%s: 0 to %" G_GINT64_FORMAT, field, SHOP_QUANTITY_MAX);
		return shop_fail_field(err, field);
	}
	for (; scale > 0; scale--)
		*ret_qty *= 10;
	return true;
}

static bool check_numbers(const struct shop_product_new *in, struct product_values *v,
			  struct shop_error *err)
{
	if (in->qty_scale < 0 || in->qty_scale > SHOP_QUANTITY_SCALE_MAX) {
		shop_fail(err, E_INVALID, "qty_scale: 0 to %d", SHOP_QUANTITY_SCALE_MAX);
		return shop_fail_field(err, "qty_scale");
	}
	if (in->weight_g != SHOP_NULL && in->weight_g < 0) {
		shop_fail(err, E_INVALID, "weight: not below 0");
		return shop_fail_field(err, "weight");
	}
	if (in->reorder_qty == 0) {
		shop_fail(err, E_INVALID, "reorder_qty: at least 1");
		return shop_fail_field(err, "reorder_qty");
	}
	return whole_units(in->reorder_point, in->qty_scale, "reorder_point", &v->reorder_point,
			   err) &&
	       whole_units(in->reorder_qty, in->qty_scale, "reorder_qty", &v->reorder_qty, err) &&
	       (in->price.minor == SHOP_NULL || product_price_check(in->price, err));
}

static bool clean(const struct shop_product_new *in, const char *backorder,
		  struct product_values *v, struct shop_error *err)
{
	const struct shop_text_rule title = {.max_chars = SHOP_NAME_MAX, .required = true};

	if (in->price.minor == SHOP_NULL && !in->draft) {
		shop_fail(err, E_INVALID, "price: an active product needs one");
		return shop_fail_field(err, "price");
	}
	return shop_sku_parse(in->sku, v->sku, err) &&
	       shop_text_clean(in->title == NULL ? "" : in->title, "title", &title, &v->title,
			       err) &&
	       clean_optional(in->category, "category", SHOP_NAME_MAX, &v->category, err) &&
	       clean_optional(in->unit, "unit", 15, &v->unit, err) &&
	       clean_barcode(in->barcode, &v->barcode, err) &&
	       clean_word(in->tax_class, "tax_class", "standard", &v->tax_class, err) &&
	       product_backorder_parse(backorder, &v->backorder, &v->backorder_limit, err) &&
	       check_numbers(in, v, err);
}

bool shop_product_check(const struct shop_product_new *in, struct shop_error *err)
{
	AUTO_VALUES struct product_values v = {0};

	return clean(in, in->backorder == NULL ? "deny" : in->backorder, &v, err);
}

/* The error of a taken SKU or barcode names the product that has it. */
static bool refuse_taken(struct shop_store *store, const char *sku, const char *barcode,
			 struct shop_error *err)
{
	static const char sql[] = "SELECT sku FROM product WHERE sku = $1 OR barcode = $2 ORDER BY "
				  "sku = $1 DESC LIMIT 1";
	AUTO_TEXT char *taken = NULL;

	if (!db_get_text(store, &taken, sql, "tt", err, sku, barcode))
		return false;
	if (taken == NULL)
		return true;
	if (g_strcmp0(taken, sku) == 0)
		shop_fail(err, E_DUPLICATE, "there is a product %s already", taken);
	else
		shop_fail(err, E_DUPLICATE, "product %s has the barcode %s already", taken,
			  barcode);
	shop_fail_object(err, taken);
	return shop_fail_fix(err, "product", "show", taken, NULL);
}

static bool check_supplier(struct shop_store *store, int64_t supplier_id, struct shop_error *err)
{
	static const char sql[] = "SELECT id FROM supplier WHERE id = $1 AND status = 'active'";
	char text[SHOP_ID_TEXT];
	int64_t found;

	if (supplier_id == 0)
		return true;
	if (!db_get(store, &found, sql, "d", err, supplier_id))
		return false;
	if (found != SHOP_NULL)
		return true;
	shop_fail(err, E_NOT_FOUND, "no supplier %s",
		  shop_id_format(SHOP_ID_SUPPLIER, supplier_id, text));
	return shop_fail_fix(err, "supplier", "list", NULL);
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

static bool load_id(struct shop_store *store, int64_t id, struct shop_product *ret_product,
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
	AUTO_VALUES struct product_values v = {0};
	AUTO_PRODUCT struct shop_product product = {0};
	const char *backorder =
		in->backorder == NULL ? shop_store_policy(store)->backorder : in->backorder;
	int64_t id;

	if (!clean(in, backorder, &v, err) || !shop_txn_begin(&txn, store, err) ||
	    !refuse_taken(store, v.sku, v.barcode, err) ||
	    !check_supplier(store, in->supplier_id, err) ||
	    !shop_store_next_id(store, SHOP_ID_PRODUCT, &id, err) ||
	    !insert(store, id, in, &v, err) ||
	    (in->price.minor != SHOP_NULL && !product_price_add(store, id, in->price, err)) ||
	    !load_id(store, id, &product, err) || !tell_created(store, &product, err) ||
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

	return db_load(store, &shop_product_record, ret_product, what, sql, "it", err, now_us, sku);
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

bool product_reload(struct shop_store *store, const struct shop_product *before,
		    struct shop_product *ret_product, struct shop_error *err)
{
	return load_id(store, before->id, ret_product, err);
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
		.weight_g = in->weight_g == SHOP_NULL ? old->weight_g : in->weight_g,
		.unit = old->unit,
		.qty_scale = old->qty_scale,
		.untracked = in->track_stock < 0 ? !old->track_stock : !in->track_stock,
		.backorder = in->backorder == NULL ? old->backorder : in->backorder,
		.supplier_id = in->supplier_id == SHOP_NULL ? old->supplier_id : in->supplier_id,
		.reorder_point = in->reorder_point == SHOP_NULL && old->reorder_point != SHOP_NULL
					 ? old->reorder_point / unit
					 : in->reorder_point,
		.reorder_qty = in->reorder_qty == SHOP_NULL && old->reorder_qty != SHOP_NULL
				       ? old->reorder_qty / unit
				       : in->reorder_qty,
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
	AUTO_VALUES struct product_values v = {0};
	AUTO_PRODUCT struct shop_product before = {0};
	AUTO_PRODUCT struct shop_product after = {0};
	struct shop_product_new wanted;

	if (!shop_txn_begin(&txn, store, err) ||
	    !shop_product_load(store, sku, shop_store_context(store)->now_us, &before, err))
		return shop_fail_while(err, "changing a product");
	wanted = changed(&before, in);
	if (!clean(&wanted, wanted.backorder, &v, err) ||
	    !may_track(store, &before, wanted.untracked, err) ||
	    (in->barcode != NULL && g_strcmp0(v.barcode, before.barcode) != 0 &&
	     !refuse_taken(store, NULL, v.barcode, err)) ||
	    (in->supplier_id != SHOP_NULL && !check_supplier(store, in->supplier_id, err)) ||
	    !write_change(store, before.id, &wanted, &v, err) ||
	    !load_id(store, before.id, &after, err) ||
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
	    !load_id(store, before.id, &after, err) ||
	    !event_changed(store, event, before.sku, &shop_product_record, &before, &after, err) ||
	    !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "changing a product's status");
	shop_record_take(&shop_product_record, ret_product, &after);
	return true;
}

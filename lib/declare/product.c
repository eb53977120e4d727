/*
 * Products by SKU. What they cost stands in objects of its own (price.c).
 */
#include "declare/declare_run.h"

#include "domain/domain.h"
#include "import/import_run.h"
#include "shop/product.h"

#include <string.h>

enum {
	SKU,
	TITLE,
	STATUS,
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
};

static const char *const statuses[] = {"draft", "active", "archived", NULL};

static const struct declare_field fields[] = {
	[SKU] = {.name = "sku",
		 .type = DECLARE_SKU,
		 .flags = DECLARE_KEY,
		 .doc = "what it is ordered by"},
	[TITLE] = {.name = "title",
		   .type = DECLARE_TEXT,
		   .flags = DECLARE_KEEP,
		   .doc = "what customers read"},
	[STATUS] = {.name = "status",
		    .type = DECLARE_WORD,
		    .flags = DECLARE_KEEP,
		    .words = statuses,
		    .doc = "draft, active or archived; a new one is active"},
	[CATEGORY] = {.name = "category",
		      .type = DECLARE_TEXT,
		      .doc = "where it stands in the shop"},
	[BARCODE] = {.name = "barcode",
		     .type = DECLARE_CODE,
		     .doc = "EAN-8, UPC-12, EAN-13 or GTIN-14"},
	[TAX_CLASS] = {.name = "tax_class",
		       .type = DECLARE_CODE,
		       .reset = "standard",
		       .doc = "standard, reduced …"},
	[WEIGHT] = {.name = "weight_g", .type = DECLARE_WEIGHT, .doc = "of one: 350, 350g, 1.2kg"},
	[UNIT] = {.name = "unit",
		  .type = DECLARE_TEXT,
		  .flags = DECLARE_FIXED,
		  .max_chars = 15,
		  .doc = "what quantities count: kg, m"},
	[QTY_SCALE] = {.name = "qty_scale",
		       .type = DECLARE_INT,
		       .flags = DECLARE_FIXED,
		       .reset = "0",
		       .doc = "decimals of quantities, 0 to 6"},
	[TRACK_STOCK] = {.name = "track_stock",
			 .type = DECLARE_BOOL,
			 .reset = "true",
			 .doc = "whether its stock is counted"},
	[BACKORDER] = {.name = "backorder",
		       .type = DECLARE_BACKORDER,
		       .doc = "deny, allow or limit:N"},
	[SUPPLIER] = {.name = "supplier", .type = DECLARE_TEXT, .doc = "its name or id"},
	[REORDER_POINT] = {.name = "reorder_point",
			   .type = DECLARE_INT,
			   .doc = "whole units; reordered at or below"},
	[REORDER_QTY] = {.name = "reorder_qty",
			 .type = DECLARE_INT,
			 .doc = "whole units; reordered at least"},
};

static bool fill(struct declare_run *run, const struct shop_product *p, struct declare_live *live,
		 struct shop_error *err)
{
	const char *supplier;

	if (!run_supplier_name(run, p->supplier_id, &supplier, err))
		return false;
	live->found = true;
	live->archived = strcmp(p->status, "archived") == 0;
	live->id = p->id;
	live->version = p->version;
	g_strlcpy(live->ident, p->sku, sizeof(live->ident));
	value_fill(&declare_product, &shop_product_record, p, live);
	live->texts[SUPPLIER] = g_strdup(supplier);
	return true;
}

/* A supplier may be named by its id; one that is not there yet stands in the file. */
static bool settle_supplier(struct declare_run *run, struct declare_value *value,
			    struct shop_error *err)
{
	const char *name;
	int64_t id;

	if (value->text == NULL || (shop_id_type_of(value->text) == SHOP_ID_NONE &&
				    set_find(run->set, &declare_supplier, value->text) != NULL))
		return true;
	if (!import_reference(run->store, value->text, SHOP_ID_SUPPLIER, supplier_find, "supplier",
			      &id, err) ||
	    !run_supplier_name(run, id, &name, err))
		return false;
	value->text = g_string_chunk_insert(run->set->texts, name);
	return true;
}

static bool load(struct declare_run *run, struct declare_value *values, struct declare_live *live,
		 struct shop_error *err)
{
	AUTO_PRODUCT struct shop_product product = {0};
	struct product_found found;

	if (values[BACKORDER].given && values[BACKORDER].text == NULL)
		values[BACKORDER].text = g_string_chunk_insert(run->set->texts, run->backorder);
	if (!settle_supplier(run, &values[SUPPLIER], err) ||
	    !product_find(run->store, values[SKU].text, &found, err))
		return false;
	return found.id == 0 ||
	       (shop_product_load(run->store, values[SKU].text, run->how->now_us, &product, err) &&
		fill(run, &product, live, err));
}

/* Lists give what they read to whoever asked for objects of the store. */
struct listing {
	struct declare_run *run;
	declare_live_fn fn;
	void *ctx;
};

static bool give(const void *record, void *ctx, struct shop_error *err)
{
	const struct listing *l = ctx;
	AUTO_LIVE struct declare_live live = {0};

	return fill(l->run, record, &live, err) && l->fn(&live, l->ctx, err);
}

static bool each(struct declare_run *run, declare_live_fn fn, void *ctx, struct shop_error *err)
{
	const struct shop_product_filter filter = {.now_us = run->how->now_us, .limit = SHOP_NULL};
	struct listing listing = {run, fn, ctx};

	return shop_product_list(run->store, &filter, give, &listing, err);
}

/* The price that the file has for it in its own object. */
static struct shop_money price_of(const struct declare_run *run, const char *sku)
{
	const struct declare_object *object = set_find(run->set, &declare_price, sku);

	return value_money(object == NULL ? NULL : object->values[1].text);
}

static bool set_status(struct declare_run *run, const char *sku, const char *status,
		       struct shop_error *err)
{
	AUTO_PRODUCT struct shop_product product = {0};

	return shop_product_set_status(run->store, sku, status, &product, err);
}

static bool create(struct declare_run *run, const struct declare_want *want, struct shop_error *err)
{
	const char *const *t = want->texts;
	const char *status = t[STATUS] == NULL ? "active" : t[STATUS];
	struct shop_product_new in = {
		.sku = t[SKU],
		.title = t[TITLE],
		.price = price_of(run, t[SKU]),
		.category = t[CATEGORY],
		.barcode = t[BARCODE],
		.tax_class = t[TAX_CLASS],
		.weight_g = value_int(t[WEIGHT]),
		.unit = t[UNIT],
		.qty_scale = t[QTY_SCALE] == NULL ? 0 : value_int(t[QTY_SCALE]),
		.untracked = t[TRACK_STOCK] != NULL && strcmp(t[TRACK_STOCK], "false") == 0,
		.backorder = t[BACKORDER],
		.reorder_point = value_int(t[REORDER_POINT]),
		.reorder_qty = value_int(t[REORDER_QTY]),
		.draft = strcmp(status, "active") != 0,
	};
	AUTO_PRODUCT struct shop_product product = {0};

	if (t[SUPPLIER] != NULL &&
	    !import_reference(run->store, t[SUPPLIER], SHOP_ID_SUPPLIER, supplier_find, "supplier",
			      &in.supplier_id, err))
		return false;
	return shop_product_create(run->store, &in, &product, err) &&
	       (strcmp(status, "archived") != 0 || set_status(run, t[SKU], status, err));
}

static bool supplier_of(struct declare_run *run, const struct declare_want *want, int64_t *ret_id,
			struct shop_error *err)
{
	*ret_id = want->given[SUPPLIER] ? 0 : SHOP_NULL;
	return want->texts[SUPPLIER] == NULL ||
	       import_reference(run->store, want->texts[SUPPLIER], SHOP_ID_SUPPLIER, supplier_find,
				"supplier", ret_id, err);
}

static bool update_fields(struct declare_run *run, const char *sku, const struct declare_want *want,
			  struct shop_error *err)
{
	struct shop_product_change in = {
		.title = want_text(want, TITLE),
		.category = want_text(want, CATEGORY),
		.barcode = want_text(want, BARCODE),
		.tax_class = want_text(want, TAX_CLASS),
		.weight_g = want_number(want, WEIGHT),
		.track_stock = want->given[TRACK_STOCK]
				       ? strcmp(want->texts[TRACK_STOCK], "true") == 0
				       : -1,
		.backorder = want->texts[BACKORDER],
		.reorder_point = want_number(want, REORDER_POINT),
		.reorder_qty = want_number(want, REORDER_QTY),
	};
	AUTO_PRODUCT struct shop_product product = {0};

	return supplier_of(run, want, &in.supplier_id, err) &&
	       shop_product_update(run->store, sku, &in, &product, err);
}

static bool update(struct declare_run *run, const struct declare_live *live,
		   const struct declare_want *want, struct shop_error *err)
{
	bool fields_too = false;

	for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
		fields_too = fields_too || (want->given[i] && i != STATUS);
	return (!fields_too || update_fields(run, live->ident, want, err)) &&
	       (!want->given[STATUS] || set_status(run, live->ident, want->texts[STATUS], err));
}

static bool archive(struct declare_run *run, const struct declare_live *live,
		    struct shop_error *err)
{
	return set_status(run, live->ident, "archived", err);
}

const struct declare_kind declare_product = {
	.name = "product",
	.doc = "what the shop sells",
	.fields = fields,
	.count = G_N_ELEMENTS(fields),
	.beside = &declare_price,
	.load = load,
	.each = each,
	.create = create,
	.update = update,
	.archive = archive,
};

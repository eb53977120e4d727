/*
 * Stock levels: what lies at a place, as counted, and how much of it is kept from sale. A level is
 * brought about by a correction with its movement and reason, as `stock adjust --set` does it.
 */
#include "declare/declare_run.h"

#include "domain/domain.h"
#include "import/import_run.h"
#include "shop/location.h"
#include "shop/stock.h"

#include <string.h>

enum { SKU, LOCATION, ON_HAND, SAFETY };

static const struct declare_field fields[] = {
	[SKU] = {.name = "sku", .type = DECLARE_SKU, .flags = DECLARE_KEY, .doc = "the product"},
	[LOCATION] = {.name = "location",
		      .type = DECLARE_TEXT,
		      .flags = DECLARE_KEY | DECLARE_OPTIONAL,
		      .doc = "its name or id; else the default"},
	[ON_HAND] = {.name = "on_hand",
		     .type = DECLARE_QUANTITY,
		     .flags = DECLARE_KEEP,
		     .doc = "what was counted there"},
	[SAFETY] = {.name = "safety_stock",
		    .type = DECLARE_QUANTITY,
		    .reset = "0",
		    .doc = "kept from sale there"},
};

static void fill(const struct shop_stock *stock, const struct shop_stock_place *place,
		 struct declare_live *live)
{
	char id[SHOP_ID_TEXT];
	AUTO_TEXT char *ident = g_strconcat(
		stock->sku, " ", shop_id_format(SHOP_ID_LOCATION, place->location_id, id), NULL);

	live->found = true;
	live->id = place->location_id;
	g_strlcpy(live->ident, ident, sizeof(live->ident));
	live->texts[SKU] = g_strdup(stock->sku);
	live->texts[LOCATION] = g_strdup(place->name);
	live->texts[ON_HAND] = value_quantity(place->on_hand, stock->qty_scale);
	live->texts[SAFETY] = value_quantity(place->safety_stock, stock->qty_scale);
}

/* The place that is meant, 0 when it stands in the file only. Its text becomes its name. */
static bool find_place(struct declare_run *run, struct declare_value *value, int64_t *ret_id,
		       struct shop_error *err)
{
	AUTO_LOCATION struct shop_location location = {0};

	*ret_id = 0;
	if (value->text == NULL) {
		if (!location_default(run->store, ret_id, err))
			return false;
	} else if (!location_find(run->store, value->text, ret_id, err)) {
		return false;
	} else if (*ret_id == 0 && shop_id_type_of(value->text) == SHOP_ID_NONE &&
		   set_find(run->set, &declare_location, value->text) != NULL) {
		return true;
	} else if (*ret_id == 0 && !import_reference(run->store, value->text, SHOP_ID_LOCATION,
						     location_find, "location", ret_id, err)) {
		return false;
	}
	if (!shop_location_load(run->store, *ret_id, &location, err))
		return false;
	value->text = g_string_chunk_insert(run->set->texts, location.name);
	return true;
}

static void fill_from(const struct shop_stock *stock, int64_t location_id, const char *name,
		      struct declare_live *live)
{
	struct shop_stock_place none = {.location_id = location_id,
					.name = (char *)(uintptr_t)name};
	const struct shop_stock_place *places = stock->locations.items;

	for (size_t i = 0; i < stock->locations.count; i++)
		if (places[i].location_id == location_id) {
			fill(stock, &places[i], live);
			return;
		}
	fill(stock, &none, live);
}

/* Where no unit ever lay there are 0. */
static bool load(struct declare_run *run, struct declare_value *values, struct declare_live *live,
		 struct shop_error *err)
{
	AUTO_STOCK struct shop_stock stock = {0};
	const char *sku = values[SKU].text;
	struct product_found product;
	int64_t location_id;

	if (!product_find(run->store, sku, &product, err) ||
	    !find_place(run, &values[LOCATION], &location_id, err))
		return false;
	if (product.id == 0 && set_find(run->set, &declare_product, sku) == NULL) {
		shop_fail(err, E_NOT_FOUND, "no product %s, neither in the store nor in the file",
			  sku);
		return shop_fail_field(err, "sku");
	}
	if (product.id == 0 || location_id == 0)
		return true;
	if (!shop_stock_load(run->store, sku, run->how->now_us, &stock, err))
		return false;
	fill_from(&stock, location_id, values[LOCATION].text, live);
	return true;
}

struct listing {
	declare_live_fn fn;
	void *ctx;
};

static bool give(const void *record, void *ctx, struct shop_error *err)
{
	const struct shop_stock *stock = record;
	const struct shop_stock_place *places = stock->locations.items;
	const struct listing *l = ctx;

	for (size_t i = 0; i < stock->locations.count; i++) {
		AUTO_LIVE struct declare_live live = {0};

		fill(stock, &places[i], &live);
		if (!l->fn(&live, l->ctx, err))
			return false;
	}
	return true;
}

static bool each(struct declare_run *run, declare_live_fn fn, void *ctx, struct shop_error *err)
{
	const struct shop_stock_filter filter = {
		.now_us = run->how->now_us, .with_places = true, .limit = SHOP_NULL};
	struct listing listing = {fn, ctx};

	return shop_stock_list(run->store, &filter, give, &listing, err);
}

static bool set_level(struct declare_run *run, const char *sku, int64_t location_id,
		      const char *text, struct shop_error *err)
{
	const struct shop_stock_adjustment in = {
		.sku = sku,
		.by = {.value = SHOP_NULL},
		.set = value_decimal(text),
		.location_id = location_id,
	};
	AUTO_STOCK struct shop_stock stock = {0};

	return shop_stock_adjust(run->store, &in, &stock, err) || shop_fail_field(err, "on_hand");
}

static bool set_safety(struct declare_run *run, const char *sku, int64_t location_id,
		       const char *text, struct shop_error *err)
{
	const struct shop_stock_safety in = {
		.sku = sku, .qty = value_decimal(text), .location_id = location_id};
	AUTO_STOCK struct shop_stock stock = {0};

	return shop_stock_set_safety(run->store, &in, &stock, err) ||
	       shop_fail_field(err, "safety_stock");
}

static bool update(struct declare_run *run, const struct declare_live *live,
		   const struct declare_want *want, struct shop_error *err)
{
	const char *sku = live->texts[SKU];

	return (!want->given[ON_HAND] ||
		set_level(run, sku, live->id, want->texts[ON_HAND], err)) &&
	       (!want->given[SAFETY] || set_safety(run, sku, live->id, want->texts[SAFETY], err));
}

const struct declare_kind declare_stock = {
	.name = "stock",
	.doc = "what lies where, as counted",
	.fields = fields,
	.count = G_N_ELEMENTS(fields),
	.load = load,
	.each = each,
	.update = update,
};

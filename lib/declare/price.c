/*
 * What a product costs: its price without an end. Sales, which have one, and prices that begin
 * later are no state to declare; `product price set --from --until` makes them.
 */
#include "declare/declare_run.h"

#include "domain/domain.h"
#include "shop/product.h"

enum { SKU, PRICE };

static const struct declare_field fields[] = {
	[SKU] = {.name = "sku", .type = DECLARE_SKU, .flags = DECLARE_KEY, .doc = "the product"},
	[PRICE] = {.name = "price",
		   .type = DECLARE_MONEY,
		   .flags = DECLARE_KEEP,
		   .doc = "of one: 12.50, 12.50 EUR"},
};

static bool fill(struct declare_run *run, int64_t product_id, const char *sku,
		 struct declare_live *live, struct shop_error *err)
{
	char text[SHOP_MONEY_TEXT];
	struct shop_money price;

	if (!shop_price_base(run->store, product_id, run->how->now_us, &price, err))
		return false;
	live->found = true;
	live->id = product_id;
	g_strlcpy(live->ident, sku, sizeof(live->ident));
	live->texts[SKU] = g_strdup(sku);
	if (price.minor != SHOP_NULL)
		live->texts[PRICE] = g_strdup(shop_money_format_full(price, text));
	return true;
}

static bool load(struct declare_run *run, struct declare_value *values, struct declare_live *live,
		 struct shop_error *err)
{
	const char *sku = values[SKU].text;
	struct product_found found;

	if (!product_find(run->store, sku, &found, err))
		return false;
	if (found.id != 0)
		return fill(run, found.id, sku, live, err);
	/* It comes with its product. */
	if (set_find(run->set, &declare_product, sku) != NULL)
		return true;
	shop_fail(err, E_NOT_FOUND, "no product %s, neither in the store nor in the file", sku);
	return shop_fail_field(err, "sku");
}

struct listing {
	struct declare_run *run;
	declare_live_fn fn;
	void *ctx;
};

static bool give(const void *record, void *ctx, struct shop_error *err)
{
	const struct shop_product *product = record;
	const struct listing *l = ctx;
	AUTO_LIVE struct declare_live live = {0};

	return fill(l->run, product->id, product->sku, &live, err) &&
	       (live.texts[PRICE] == NULL || l->fn(&live, l->ctx, err));
}

static bool each(struct declare_run *run, declare_live_fn fn, void *ctx, struct shop_error *err)
{
	const struct shop_product_filter filter = {.now_us = run->how->now_us, .limit = SHOP_NULL};
	struct listing listing = {run, fn, ctx};

	return shop_product_list(run->store, &filter, give, &listing, err);
}

static bool update(struct declare_run *run, const struct declare_live *live,
		   const struct declare_want *want, struct shop_error *err)
{
	const struct shop_price_change in = {
		.to = value_money(want->texts[PRICE]), .from_us = SHOP_NULL, .until_us = SHOP_NULL};
	AUTO_PRODUCT struct shop_product product = {0};

	return shop_price_set(run->store, live->ident, &in, &product, err);
}

const struct declare_kind declare_price = {
	.name = "price",
	.doc = "what a product costs",
	.fields = fields,
	.count = G_N_ELEMENTS(fields),
	.load = load,
	.each = each,
	.update = update,
};

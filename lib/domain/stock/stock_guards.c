/*
 * When stock may not change: rules over values, no database.
 */
#include "shop/stock.h"

/* Numbers behind a refusal. */
static void add_details(struct shop_error *err, const struct shop_stock_level *level, int64_t asked)
{
	struct shop_json j = {.to = g_string_new(NULL)};
	const int scale = (int)level->qty_scale;

	shop_json_object(&j, NULL);
	shop_json_id(&j, "location", SHOP_ID_LOCATION, level->location_id);
	shop_json_quantity(&j, "on_hand", level->on_hand, scale);
	shop_json_quantity(&j, "allocated", level->allocated, scale);
	shop_json_quantity(&j, "held", level->held, scale);
	shop_json_quantity(&j, "asked", asked, scale);
	shop_json_end(&j);
	shop_fail_details(err, g_string_free(j.to, FALSE));
}

static bool refuse_short(const struct shop_stock_level *level, int64_t qty, struct shop_error *err)
{
	char location[SHOP_ID_TEXT], on_hand[SHOP_QUANTITY_TEXT], asked[SHOP_QUANTITY_TEXT];
	const int scale = (int)level->qty_scale;

	shop_id_format(SHOP_ID_LOCATION, level->location_id, location);
	shop_fail(err, E_STOCK_SHORT, "%s has %s on hand at %s, less than the %s to take away",
		  level->sku, shop_quantity_format(level->on_hand, scale, on_hand), location,
		  shop_quantity_format(qty, scale, asked));
	add_details(err, level, qty);
	shop_fail_object(err, level->sku);
	return shop_fail_fix(err, "stock", "show", level->sku, NULL);
}

static bool refuse_promised(const struct shop_stock_level *level, int64_t qty, bool held,
			    struct shop_error *err)
{
	char location[SHOP_ID_TEXT], free[SHOP_QUANTITY_TEXT], asked[SHOP_QUANTITY_TEXT],
		allocated[SHOP_QUANTITY_TEXT], kept[SHOP_QUANTITY_TEXT];
	const int scale = (int)level->qty_scale;
	const int64_t rest = level->on_hand - level->allocated - (held ? level->held : 0);

	shop_id_format(SHOP_ID_LOCATION, level->location_id, location);
	shop_fail(err, E_STOCK_ALLOCATED, "%s of the %s of %s to take away at %s are free",
		  shop_quantity_format(MAX(rest, 0), scale, free),
		  shop_quantity_format(qty, scale, asked), level->sku, location);
	shop_quantity_format(level->allocated, scale, allocated);
	shop_quantity_format(level->held, scale, kept);
	if (held)
		shop_fail_because(err, "%s are promised to orders, %s held by carts", allocated,
				  kept);
	else
		shop_fail_because(err, "%s are promised to orders", allocated);
	add_details(err, level, qty);
	shop_fail_object(err, level->sku);
	return shop_fail_fix(err, "order", "list", "--sku", level->sku, NULL);
}

bool shop_stock_may_adjust(const struct shop_stock_level *level, int64_t delta,
			   struct shop_error *err)
{
	if (delta >= 0)
		return true;
	if (level->on_hand + delta < 0)
		return refuse_short(level, -delta, err);
	return level->on_hand + delta >= level->allocated ||
	       refuse_promised(level, -delta, false, err);
}

bool shop_stock_may_move(const struct shop_stock_level *level, int64_t qty, struct shop_error *err)
{
	if (level->on_hand < qty)
		return refuse_short(level, qty, err);
	return level->on_hand - level->allocated - level->held >= qty ||
	       refuse_promised(level, qty, true, err);
}

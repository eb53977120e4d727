/* Random steps through the catalogue, the places and the stock. */
#include "walk.h"

#include "shop/location.h"
#include "shop/product.h"
#include "shop/stock.h"

#include <string.h>

static const char *policy(struct walk *w)
{
	return WALK_WORD(w, "deny", "allow", "limit:2", "limit:5", "limit:40", "limit:0");
}

static bool create_product(struct walk *w, struct shop_error *err)
{
	char sku[64];
	const int64_t scale = walk_once_in(w, 3) ? 3 : 0;
	struct shop_product_new in = {
		.title = "A thing",
		.price = shop_money_of(walk_draw(w, 3000), walk_once_in(w, 4) ? "USD" : "EUR"),
		.weight_g = SHOP_NULL,
		.unit = scale > 0 ? "kg" : NULL,
		.qty_scale = scale,
		.untracked = walk_once_in(w, 6),
		.backorder = policy(w),
		.supplier_id = walk_once_in(w, 2) ? SHOP_ID_FIRST : 0,
		.reorder_point = walk_once_in(w, 2) ? walk_draw(w, 8) : SHOP_NULL,
		.reorder_qty = walk_once_in(w, 2) ? 1 + walk_draw(w, 8) : SHOP_NULL,
		.draft = walk_once_in(w, 8),
	};
	AUTO_PRODUCT struct shop_product product = {0};

	(void)g_snprintf(sku, sizeof sku, "THING-%02d", (int)walk_draw(w, 12));
	in.sku = sku;
	if (walk_once_in(w, 8))
		in.price.minor = SHOP_NULL;
	return shop_product_create(w->store, &in, &product, err);
}

static bool update_product(struct walk *w, struct shop_error *err)
{
	char sku[64];
	struct shop_product_change in = {.weight_g = SHOP_NULL,
					 .track_stock = -1,
					 .supplier_id = SHOP_NULL,
					 .reorder_point = SHOP_NULL,
					 .reorder_qty = SHOP_NULL};
	AUTO_PRODUCT struct shop_product product = {0};

	walk_sku(w, sku);
	switch (walk_draw(w, 5)) {
	case 0:
	case 1:
		in.backorder = policy(w);
		break;
	case 2:
		in.track_stock = (int)walk_draw(w, 4) > 0;
		break;
	case 3:
		in.reorder_point = walk_draw(w, 9);
		break;
	default:
		in.supplier_id = SHOP_ID_FIRST + walk_draw(w, 4);
	}
	return shop_product_update(w->store, sku, &in, &product, err);
}

static bool set_status(struct walk *w, struct shop_error *err)
{
	char sku[64];
	AUTO_PRODUCT struct shop_product product = {0};
	const char *status = WALK_WORD(w, "active", "active", "active", "draft", "archived");

	return shop_product_set_status(w->store, walk_sku(w, sku), status, &product, err);
}

static bool set_price(struct walk *w, struct shop_error *err)
{
	char sku[64];
	struct shop_price_change in = {
		.to = {.minor = SHOP_NULL}, .from_us = SHOP_NULL, .until_us = SHOP_NULL};
	AUTO_PRODUCT struct shop_product product = {0};

	if (walk_once_in(w, 2))
		in.by = WALK_WORD(w, "+5%", "-12.5%", "-1.00", "+0.07");
	else
		in.to = shop_money_of(walk_draw(w, 4000), walk_once_in(w, 20) ? "USD" : "EUR");
	if (walk_once_in(w, 3))
		in.from_us = w->now_us + (walk_draw(w, 5) - 1) * WALK_HOUR;
	if (walk_once_in(w, 3))
		in.until_us = w->now_us + walk_draw(w, 5) * WALK_HOUR;
	return shop_price_set(w->store, walk_sku(w, sku), &in, &product, err);
}

static bool create_location(struct walk *w, struct shop_error *err)
{
	char name[32];
	const struct shop_location_new in = {.name = name, .is_default = walk_once_in(w, 4)};
	AUTO_LOCATION struct shop_location location = {0};

	(void)g_snprintf(name, sizeof name, "Shelf %d", (int)walk_draw(w, 5));
	return shop_location_create(w->store, &in, &location, err);
}

static bool change_location(struct walk *w, struct shop_error *err)
{
	const struct shop_location_change in = {.make_default = true};
	AUTO_LOCATION struct shop_location location = {0};
	const int64_t id = SHOP_ID_FIRST + walk_draw(w, 6);

	return walk_once_in(w, 2) ? shop_location_update(w->store, id, &in, &location, err)
				  : shop_location_archive(w->store, id, &location, err);
}

static bool receive(struct walk *w, struct shop_error *err)
{
	char sku[64];
	const struct shop_stock_receipt in = {.sku = walk_sku(w, sku),
					      .qty = walk_quantity(w),
					      .location_id = walk_place(w),
					      .cost = walk_amount(w)};
	AUTO_STOCK struct shop_stock stock = {0};
	int64_t qty;

	if (!shop_stock_receive(w->store, &in, &stock, err))
		return false;
	if (!shop_quantity_of(&in.qty, (int)stock.qty_scale, stock.unit, &qty, err))
		return false;
	walk_shelve(w, sku, qty);
	return true;
}

/* The sum a count makes is asked of the books: what was counted, less what lay there. */
static bool adjust(struct walk *w, struct shop_error *err)
{
	char sku[64];
	struct shop_stock_adjustment in = {.by = {.value = SHOP_NULL}, .set = {.value = SHOP_NULL}};
	AUTO_STOCK struct shop_stock before = {0};
	AUTO_STOCK struct shop_stock after = {0};

	in.sku = walk_sku(w, sku);
	in.location_id = walk_place(w);
	if (walk_once_in(w, 2)) {
		in.by = walk_quantity(w);
		in.by.value = walk_once_in(w, 2) ? -in.by.value : in.by.value;
	} else {
		in.set = walk_quantity(w);
	}
	if (!shop_stock_load(w->store, sku, w->now_us, &before, err) ||
	    !shop_stock_adjust(w->store, &in, &after, err))
		return false;
	walk_shelve(w, sku, after.on_hand - before.on_hand);
	return true;
}

static bool move(struct walk *w, struct shop_error *err)
{
	char sku[64];
	const struct shop_stock_move in = {.sku = walk_sku(w, sku),
					   .qty = walk_quantity(w),
					   .from_id = walk_place(w),
					   .to_id = walk_place(w)};
	AUTO_STOCK struct shop_stock stock = {0};

	return shop_stock_move(w->store, &in, &stock, err);
}

static bool keep_back(struct walk *w, struct shop_error *err)
{
	char sku[64];
	struct shop_stock_safety in = {.sku = walk_sku(w, sku),
				       .qty = {.value = walk_draw(w, 4)},
				       .location_id = walk_place(w)};
	AUTO_STOCK struct shop_stock stock = {0};

	return shop_stock_set_safety(w->store, &in, &stock, err);
}

const struct walk_step *walk_stock_steps(void)
{
	static const struct walk_step steps[] = {
		{"product create", 2, false, create_product},
		{"product update", 4, false, update_product},
		{"product status", 2, false, set_status},
		{"price set", 3, false, set_price},
		{"location create", 1, false, create_location},
		{"location change", 1, false, change_location},
		{"stock receive", 9, false, receive},
		{"stock adjust", 6, false, adjust},
		{"stock move", 5, false, move},
		{"stock safety", 2, false, keep_back},
		{0},
	};

	return steps;
}

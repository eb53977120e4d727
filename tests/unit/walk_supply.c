/* Random steps through backorders, purchases and suppliers. */
#include "walk.h"

#include "shop/backorder.h"
#include "shop/purchase.h"
#include "shop/supplier.h"

static const char last_purchase[] = "SELECT max(id) FROM purchase";

static int64_t backorder_of(struct walk *w)
{
	static const char open[] = "SELECT id FROM backorder WHERE status IN ('open', 'sourced', "
				   "'partially_allocated')"
				   " ORDER BY (id * 7919 + $1) % 1009 LIMIT 1";
	static const char last[] = "SELECT max(id) FROM backorder";

	return walk_pick(w, open, last);
}

static int64_t purchase_of(struct walk *w)
{
	static const char open[] =
		"SELECT id FROM purchase WHERE status IN ('draft', 'submitted', 'acknowledged',"
		" 'partially_received') ORDER BY (id * 7919 + $1) % 1009 LIMIT 1";

	return walk_pick(w, open, last_purchase);
}

static bool promise(struct walk *w, struct shop_error *err)
{
	AUTO_BACKORDER struct shop_backorder backorder = {0};
	const int64_t at_us = w->now_us + (walk_draw(w, 9) - 1) * WALK_DAY;

	return shop_backorder_promise(w->store, backorder_of(w), at_us, &backorder, err);
}

static bool source(struct walk *w, struct shop_error *err)
{
	AUTO_BACKORDER struct shop_backorder backorder = {0};
	const int64_t id = backorder_of(w);

	return shop_backorder_source(w->store, id, purchase_of(w), &backorder, err);
}

static bool cancel_backorder(struct walk *w, struct shop_error *err)
{
	AUTO_BACKORDER struct shop_backorder backorder = {0};

	return shop_backorder_cancel(w->store, backorder_of(w), &backorder, err);
}

static bool allocate(struct walk *w, struct shop_error *err)
{
	char sku[64];

	walk_sku(w, sku);
	return shop_backorder_allocate(w->store, walk_once_in(w, 2) ? NULL : sku, walk_ignore, NULL,
				       err);
}

static void lines(struct walk *w, char skus[2][64], struct shop_purchase_new_line ret_lines[2])
{
	for (int i = 0; i < 2; i++)
		ret_lines[i] = (struct shop_purchase_new_line){.sku = walk_sku(w, skus[i]),
							       .qty = walk_quantity(w),
							       .cost = walk_amount(w)};
}

static bool create(struct walk *w, struct shop_error *err)
{
	char skus[2][64];
	struct shop_purchase_new_line two[2];
	struct shop_purchase_new in = {.supplier_id = SHOP_ID_FIRST + walk_draw(w, 4),
				       .location_id = walk_place(w),
				       .lines = two,
				       .count = (size_t)walk_draw(w, 3)};
	AUTO_PURCHASE struct shop_purchase purchase = {0};

	lines(w, skus, two);
	return shop_purchase_create(w->store, &in, &purchase, err);
}

static bool edit(struct walk *w, struct shop_error *err)
{
	char skus[2][64];
	struct shop_purchase_new_line two[2];
	AUTO_PURCHASE struct shop_purchase purchase = {0};
	const int64_t id = purchase_of(w);

	lines(w, skus, two);
	return walk_once_in(w, 3)
		       ? shop_purchase_remove(w->store, id, 1 + walk_draw(w, 3), &purchase, err)
		       : shop_purchase_add(w->store, id, two, (size_t)(1 + walk_draw(w, 2)),
					   &purchase, err);
}

static bool submit(struct walk *w, struct shop_error *err)
{
	static const char drafts[] = "SELECT id FROM purchase WHERE status = 'draft'"
				     " ORDER BY (id * 7919 + $1) % 1009 LIMIT 1";
	AUTO_PURCHASE struct shop_purchase purchase = {0};

	return shop_purchase_submit(w->store, walk_pick(w, drafts, last_purchase), &purchase, err);
}

static bool acknowledge(struct walk *w, struct shop_error *err)
{
	AUTO_PURCHASE struct shop_purchase purchase = {0};
	const int64_t eta =
		walk_once_in(w, 2) ? SHOP_NULL : w->now_us + walk_draw(w, 20) * WALK_DAY;

	return shop_purchase_acknowledge(w->store, purchase_of(w), eta, &purchase, err);
}

/* What a receipt adds to the purchase's lines is what lies on the shelves. */
static void shelve(struct walk *w, const struct shop_purchase *purchase, int64_t sign)
{
	const struct shop_purchase_line *all = purchase->lines.items;

	for (size_t i = 0; i < purchase->lines.count; i++)
		walk_shelve(w, all[i].sku, sign * all[i].received);
}

static bool receive(struct walk *w, struct shop_error *err)
{
	char skus[2][64];
	struct shop_purchase_new_line two[2];
	const struct shop_purchase_receipt in = {
		.purchase_id = purchase_of(w),
		.lines = two,
		.count = walk_once_in(w, 2) ? 0 : (size_t)(1 + walk_draw(w, 2)),
		.cost = walk_amount(w)};
	AUTO_PURCHASE struct shop_purchase before = {0};
	AUTO_PURCHASE struct shop_purchase after = {0};

	lines(w, skus, two);
	if (!shop_purchase_load(w->store, in.purchase_id, &before, err))
		return false;
	for (size_t i = 0; before.lines.count > 0 && i < 2; i++)
		if (!walk_once_in(w, 6))
			two[i].sku = ((const struct shop_purchase_line *)before.lines
					      .items)[walk_draw(w, (int64_t)before.lines.count)]
					     .sku;
	if (!shop_purchase_receive(w->store, &in, &after, err))
		return false;
	shelve(w, &before, -1);
	shelve(w, &after, 1);
	return true;
}

static bool close_purchase(struct walk *w, struct shop_error *err)
{
	AUTO_PURCHASE struct shop_purchase purchase = {0};
	const int64_t id = purchase_of(w);

	return walk_once_in(w, 2)
		       ? shop_purchase_close(w->store, id, walk_once_in(w, 2), &purchase, err)
		       : shop_purchase_cancel(w->store, id, &purchase, err);
}

static bool reorder(struct walk *w, struct shop_error *err)
{
	return shop_purchase_reorder(w->store, walk_ignore, NULL, err);
}

static bool change_supplier(struct walk *w, struct shop_error *err)
{
	char name[32];
	const struct shop_supplier_new in = {.name = name,
					     .currency = walk_once_in(w, 4) ? "USD" : NULL,
					     .lead_days = walk_draw(w, 9),
					     .over_percent = walk_once_in(w, 2) ? 50 : SHOP_NULL};
	const struct shop_supplier_new change = {.lead_days = walk_draw(w, 9),
						 .over_percent = walk_draw(w, 60)};
	AUTO_SUPPLIER struct shop_supplier supplier = {0};
	const int64_t id = SHOP_ID_FIRST + walk_draw(w, 4);

	(void)g_snprintf(name, sizeof name, "Kiln %d", (int)walk_draw(w, 6));
	switch (walk_draw(w, 3)) {
	case 0:
		return shop_supplier_create(w->store, &in, &supplier, err);
	case 1:
		return shop_supplier_update(w->store, id, &change, &supplier, err);
	default:
		return shop_supplier_archive(w->store, id, &supplier, err);
	}
}

const struct walk_step *walk_supply_steps(void)
{
	static const struct walk_step steps[] = {
		{"backorder promise", 2, false, promise},
		{"backorder source", 2, false, source},
		{"backorder cancel", 3, false, cancel_backorder},
		{"backorder allocate", 3, false, allocate},
		{"purchase create", 3, false, create},
		{"purchase edit", 2, false, edit},
		{"purchase submit", 4, false, submit},
		{"purchase acknowledge", 2, false, acknowledge},
		{"purchase receive", 5, false, receive},
		{"purchase close", 2, false, close_purchase},
		{"purchase reorder", 1, false, reorder},
		{"supplier", 1, false, change_supplier},
		{0},
	};

	return steps;
}

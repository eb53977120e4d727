/* Random steps through shipments. */
#include "walk.h"

#include "shop/shipment.h"
#include "shop/shipment_track.h"

static const char last_shipment[] = "SELECT max(id) FROM shipment";

static int64_t shipment_of(struct walk *w)
{
	static const char open[] =
		"SELECT id FROM shipment WHERE status <> 'canceled' AND status <> "
		"'delivered' ORDER BY (id * 7919 + $1) % 1009 LIMIT 1";

	return walk_pick(w, open, last_shipment);
}

static struct shop_shipment_take take(struct walk *w, char sku[64])
{
	return (struct shop_shipment_take){.sku = walk_sku(w, sku), .qty = walk_quantity(w)};
}

static bool create(struct walk *w, struct shop_error *err)
{
	static const char ready[] = "SELECT a.order_id FROM allocation a JOIN orders o ON o.id = "
				    "a.order_id WHERE a.qty > "
				    "a.in_shipment AND o.status = 'confirmed' ORDER BY (o.id * "
				    "7919 + $1) % 1009 LIMIT 1";
	static const char last[] = "SELECT max(id) FROM orders";
	char skus[2][64];
	const struct shop_shipment_take takes[2] = {take(w, skus[0]), take(w, skus[1])};
	const int64_t order = walk_pick(w, ready, last);

	return shop_shipment_create(w->store, order, takes, (size_t)walk_draw(w, 3), walk_ignore,
				    NULL, err);
}

static bool split(struct walk *w, struct shop_error *err)
{
	char skus[2][64];
	struct shop_shipment_take takes[2] = {take(w, skus[0]), take(w, skus[1])};
	AUTO_SHIPMENT struct shop_shipment from = {0};
	AUTO_SHIPMENT struct shop_shipment shipment = {0};
	const int64_t id = shipment_of(w);
	const struct shop_shipment_line *lines;

	if (!shop_shipment_load(w->store, id, &from, err))
		return false;
	lines = from.lines.items;
	if (!walk_once_in(w, 8))
		takes[0].sku = lines[walk_draw(w, (int64_t)from.lines.count)].sku;
	if (!walk_once_in(w, 4))
		takes[1].sku = lines[walk_draw(w, (int64_t)from.lines.count)].sku;
	return shop_shipment_split(w->store, id, takes, (size_t)(1 + walk_draw(w, 2)), &shipment,
				   err);
}

typedef bool (*step_fn)(struct shop_store *store, int64_t id, struct shop_shipment *ret_shipment,
			struct shop_error *err);

static bool go(struct walk *w, step_fn fn, struct shop_error *err)
{
	AUTO_SHIPMENT struct shop_shipment shipment = {0};

	return fn(w->store, shipment_of(w), &shipment, err);
}

static bool pick(struct walk *w, struct shop_error *err)
{
	return go(w, shop_shipment_pick, err);
}

static bool unpick(struct walk *w, struct shop_error *err)
{
	return go(w, shop_shipment_unpick, err);
}

static bool pack(struct walk *w, struct shop_error *err)
{
	return go(w, shop_shipment_pack, err);
}

static bool deliver(struct walk *w, struct shop_error *err)
{
	return go(w, shop_shipment_deliver, err);
}

static bool cancel(struct walk *w, struct shop_error *err)
{
	return go(w, shop_shipment_cancel, err);
}

static bool dispatch(struct walk *w, struct shop_error *err)
{
	const struct shop_dispatch how = {
		.carrier = WALK_WORD(w, NULL, "manual", "sandbox", "sandbox", "pigeon"),
		.service = WALK_WORD(w, NULL, "delivered", "failure", "in_transit"),
		.tracking = walk_once_in(w, 4) ? "TRACK-1" : NULL};
	AUTO_SHIPMENT struct shop_shipment shipment = {0};
	const struct shop_shipment_line *lines;

	if (!shop_shipment_dispatch(w->store, shipment_of(w), &how, &shipment, err))
		return false;
	lines = shipment.lines.items;
	for (size_t i = 0; i < shipment.lines.count; i++)
		if (lines[i].tracked)
			walk_shelve(w, lines[i].sku, -lines[i].qty);
	return true;
}

static bool track(struct walk *w, struct shop_error *err)
{
	static const char shipped[] = "SELECT id FROM shipment WHERE status = 'shipped'"
				      " ORDER BY (id * 7919 + $1) % 1009 LIMIT 1";
	const struct shop_context ctx = {.actor = "ana", .now_us = w->now_us};
	AUTO_SHIPMENT struct shop_shipment shipment = {0};
	const int64_t id = walk_pick(w, shipped, last_shipment);

	return shop_shipment_track(w->store, &ctx, id, walk_once_in(w, 4), &shipment, err);
}

const struct walk_step *walk_goods_steps(void)
{
	static const struct walk_step steps[] = {
		{"shipment create", 5, false, create},	 {"shipment split", 3, false, split},
		{"shipment pick", 3, false, pick},	 {"shipment unpick", 1, false, unpick},
		{"shipment pack", 3, false, pack},	 {"shipment dispatch", 6, false, dispatch},
		{"shipment deliver", 3, false, deliver}, {"shipment cancel", 2, false, cancel},
		{"shipment track", 2, true, track},	 {0},
	};

	return steps;
}

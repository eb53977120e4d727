/* The end of a walk: all that can be taken back is, and nothing may be left promised. */
#include "walk.h"

#include "shop/cart.h"
#include "shop/order.h"
#include "shop/shipment.h"

static int64_t number(struct walk *w, const char *sql, int64_t id)
{
	AUTO_ERROR struct shop_error err = {0};
	int64_t value;

	if (!db_get(w->store, &value, sql, "i", &err, id))
		fail_msg("%s", err.message);
	return value;
}

static void must(bool ok, const struct shop_error *err)
{
	if (!ok)
		fail_msg("taking everything back: %s", err->message);
}

static void cancel_shipments(struct walk *w, int64_t order_id)
{
	static const char open[] = "SELECT min(id) FROM shipment WHERE order_id = $1 AND status IN "
				   "('open', 'picking', 'packed')";
	AUTO_ERROR struct shop_error err = {0};
	int64_t id;

	while ((id = number(w, open, order_id)) != SHOP_NULL) {
		AUTO_SHIPMENT struct shop_shipment shipment = {0};

		must(shop_shipment_cancel(w->store, id, &shipment, &err), &err);
	}
}

static void cancel_lines(struct walk *w, int64_t order_id)
{
	AUTO_ERROR struct shop_error err = {0};
	AUTO_ORDER struct shop_order order = {0};
	const struct shop_order_line *lines;

	must(shop_order_load(w->store, order_id, &order, &err), &err);
	lines = order.lines.items;
	for (size_t i = 0; i < order.lines.count; i++) {
		const struct shop_decimal left = {.value =
							  lines[i].allocated + lines[i].backordered,
						  .scale = (int)lines[i].qty_scale};
		AUTO_ORDER struct shop_order after = {0};

		if (left.value > 0)
			must(shop_order_line_cancel(w->store, order_id, lines[i].sku, &left, &after,
						    &err),
			     &err);
	}
}

static void cancel_order(struct walk *w, int64_t id)
{
	const struct shop_order_cancel in = {.id = id, .reason = "staff", .refund = true};
	AUTO_ERROR struct shop_error err = {0};
	AUTO_ORDER struct shop_order order = {0};

	if (shop_order_cancel(w->store, &in, &order, &err))
		return;
	if (err.id != E_ORDER_SHIPPED)
		must(false, &err);
	cancel_shipments(w, id);
	cancel_lines(w, id);
}

static bool take_back(struct shop_store *store, void *arg, struct shop_error *err)
{
	static const char next_order[] = "SELECT min(id) FROM orders WHERE id > $1 AND status IN "
					 "('pending', 'confirmed', 'on_hold')";
	static const char next_cart[] =
		"SELECT min(id) FROM cart WHERE id > $1 AND status = 'active'";
	struct walk *w = arg;
	int64_t id = 0;

	while ((id = number(w, next_order, id)) != SHOP_NULL)
		cancel_order(w, id);
	id = 0;
	while ((id = number(w, next_cart, id)) != SHOP_NULL) {
		AUTO_CART struct shop_cart cart = {0};

		if (!shop_cart_abandon(store, id, &cart, err))
			return false;
	}
	return true;
}

void walk_take_back(struct walk *w)
{
	static const char left[] =
		"SELECT (SELECT COALESCE(sum(allocated), 0) FROM stock) || ' allocated, ' ||"
		" (SELECT COALESCE(sum(backordered), 0) FROM stock) || ' backordered, ' ||"
		" (SELECT COALESCE(sum(qty), 0) FROM allocation) || ' in allocations, ' ||"
		" (SELECT COALESCE(sum(allocated + backordered), 0) FROM order_line) || ' of "
		"orders, ' ||"
		" (SELECT COALESCE(sum(qty), 0) FROM hold) || ' held, ' ||"
		" (SELECT count(*) FROM backorder WHERE status NOT IN ('canceled', 'closed')) || ' "
		"backorders, ' ||"
		" (SELECT count(*) FROM shipment WHERE status IN ('open', 'picking', 'packed')) || "
		"' shipments'";
	const struct shop_context ctx = {.actor = "ana", .now_us = w->now_us, .reason = "the end"};
	AUTO_ERROR struct shop_error err = {0};
	char *text;

	must(shop_store_write(w->store, &ctx, take_back, w, &err), &err);
	must(db_get_text(w->store, &text, left, NULL, &err), &err);
	assert_string_equal(
		text,
		"0 allocated, 0 backordered, 0 in allocations, 0 of orders, 0 held, 0 backorders, "
		"0 shipments");
	g_free(text);
}

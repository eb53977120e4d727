/*
 * Taking back changes of stock, carts, holds and promises: the counter-movement of each.
 */
#include "domain/undo/undo_rules.h"

#include "shop/backorder.h"
#include "shop/cart.h"
#include "shop/order.h"
#include "shop/stock.h"

#include <string.h>

bool undo_hold(struct shop_store *store, const struct shop_event *event, const json_t *data,
	       struct shop_error *err)
{
	const char *reason = json_string_value(json_object_get(data, "reason"));
	AUTO_ORDER struct shop_order order = {0};
	int64_t id;

	return undo_subject(event, SHOP_ID_ORDER, &id, err) &&
	       shop_order_release(store, id, reason, &order, err);
}

bool undo_release(struct shop_store *store, const struct shop_event *event, const json_t *data,
		  struct shop_error *err)
{
	const char *reason = json_string_value(json_object_get(data, "reason"));
	AUTO_ORDER struct shop_order order = {0};
	int64_t id;

	return undo_subject(event, SHOP_ID_ORDER, &id, err) &&
	       shop_order_hold(store, id, reason, NULL, &order, err);
}

/* A line as it was: its quantity, and an agreed price where one was told. */
static bool put_line(struct shop_store *store, int64_t cart_id, const json_t *line,
		     struct shop_error *err)
{
	AUTO_CART struct shop_cart cart = {0};
	struct shop_order_line_new in = {
		.sku = json_string_value(json_object_get(line, "sku")),
		.price = {.minor = SHOP_NULL},
	};

	if (!undo_quantity(json_object_get(line, "qty_before"), false, &in.qty, err))
		return false;
	return in.qty.value == 0 ? shop_cart_remove(store, cart_id, in.sku, &cart, err)
				 : shop_cart_set(store, cart_id, &in, &cart, err);
}

static bool addressed(const json_t *changed)
{
	const json_t *field;
	size_t i;

	json_array_foreach(changed, i,
			   field) if (strcmp(json_string_value(field), "ship_to") == 0) return true;
	return false;
}

bool undo_cart(struct shop_store *store, const struct shop_event *event, const json_t *data,
	       struct shop_error *err)
{
	const json_t *lines = json_object_get(data, "lines");
	size_t i;
	int64_t id;

	if (addressed(json_object_get(data, "changed")))
		return undo_final(event, "the journal keeps no addresses", err);
	if (!undo_subject(event, SHOP_ID_CART, &id, err))
		return false;
	for (i = json_array_size(lines); i > 0; i--)
		if (!put_line(store, id, json_array_get(lines, i - 1), err))
			return false;
	return true;
}

bool undo_adjusted(struct shop_store *store, const struct shop_event *event, const json_t *data,
		   struct shop_error *err)
{
	struct shop_stock_adjustment in = {.sku = event->subject, .set = {.value = SHOP_NULL}};
	AUTO_STOCK struct shop_stock stock = {0};

	return undo_quantity(json_object_get(data, "delta"), true, &in.by, err) &&
	       undo_id(json_object_get(data, "loc"), SHOP_ID_LOCATION, &in.location_id, err) &&
	       shop_stock_adjust(store, &in, &stock, err);
}

bool undo_moved(struct shop_store *store, const struct shop_event *event, const json_t *data,
		struct shop_error *err)
{
	struct shop_stock_move in = {.sku = event->subject};
	AUTO_STOCK struct shop_stock stock = {0};

	return undo_quantity(json_object_get(data, "qty"), false, &in.qty, err) &&
	       undo_id(json_object_get(data, "to"), SHOP_ID_LOCATION, &in.from_id, err) &&
	       undo_id(json_object_get(data, "from"), SHOP_ID_LOCATION, &in.to_id, err) &&
	       shop_stock_move(store, &in, &stock, err);
}

bool undo_safety(struct shop_store *store, const struct shop_event *event, const json_t *data,
		 struct shop_error *err)
{
	struct shop_stock_safety in = {.sku = event->subject};
	AUTO_STOCK struct shop_stock stock = {0};

	return undo_quantity(json_object_get(data, "old"), false, &in.qty, err) &&
	       undo_id(json_object_get(data, "loc"), SHOP_ID_LOCATION, &in.location_id, err) &&
	       shop_stock_set_safety(store, &in, &stock, err);
}

bool undo_promise(struct shop_store *store, const struct shop_event *event, const json_t *data,
		  struct shop_error *err)
{
	AUTO_BACKORDER struct shop_backorder backorder = {0};
	int64_t id, old_us;

	if (!undo_time(store, json_object_get(data, "promised_at_old"), &old_us, err))
		return false;
	if (old_us == SHOP_NULL)
		return undo_final(event, "a promised date can be moved, not taken back", err);
	return undo_subject(event, SHOP_ID_BACKORDER, &id, err) &&
	       shop_backorder_promise(store, id, old_us, &backorder, err);
}

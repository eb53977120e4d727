/*
 * Holds: what carts keep for themselves for a while. A hold counts until expires_us, whether or not
 * its row was swept yet; sweeping only cleans up and tells.
 */
#include "domain/stock/stock_row.h"

/* A hold and what its event needs. */
struct hold {
	int64_t product_id;
	int64_t cart_id;
	int64_t qty;
	int64_t expires_us;
	char *sku;
	struct stock_row row;
};

static void hold_done(void *hold)
{
	g_free(((struct hold *)hold)->sku);
}

/* The columns of struct hold, in the order read_holds takes them. */
#define SELECT_HOLD                                                                                \
	"SELECT h.product_id, h.cart_id, h.qty, h.expires_us, p.sku, h.location_id, p.qty_scale"   \
	" FROM hold h JOIN product p ON p.id = h.product_id"

static bool read_holds(struct db_query *q, GArray *holds, struct shop_error *err)
{
	while (db_next(q)) {
		const struct hold hold = {
			.product_id = db_int(q, 0),
			.cart_id = db_int(q, 1),
			.qty = db_int(q, 2),
			.expires_us = db_int(q, 3),
			.sku = db_text_dup(q, 4),
			.row = {.location_id = db_int(q, 5), .qty_scale = db_int(q, 6)},
		};

		g_array_append_val(holds, hold);
	}
	return db_done(q, err);
}

static GArray *holds_new(void)
{
	GArray *holds = g_array_new(FALSE, FALSE, sizeof(struct hold));

	g_array_set_clear_func(holds, hold_done);
	return holds;
}

static bool tell(struct shop_store *store, const char *type, const struct hold *hold,
		 struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	stock_event_begin(&e, type, hold->sku, &hold->row, hold->qty);
	shop_json_id(&e.json, "cart_id", SHOP_ID_CART, hold->cart_id);
	shop_json_time(&e.json, "expires_at", hold->expires_us);
	return shop_event_append(store, &e, err);
}

static bool drop(struct shop_store *store, const struct hold *hold, struct shop_error *err)
{
	static const char sql[] =
		"DELETE FROM hold WHERE product_id = $1 AND location_id = $2 AND cart_id = $3";

	return db_run(store, sql, "ddd", err, hold->product_id, hold->row.location_id,
		      hold->cart_id);
}

/* End the holds of a query, each with its event. */
static bool end_holds(struct shop_store *store, struct db_query *q, const char *event,
		      struct shop_error *err)
{
	GArray *holds = holds_new();
	bool ok = read_holds(q, holds, err);

	for (guint i = 0; ok && i < holds->len; i++) {
		const struct hold *hold = &g_array_index(holds, struct hold, i);

		ok = drop(store, hold, err) && tell(store, event, hold, err);
	}
	g_array_unref(holds);
	return ok;
}

bool stock_holds_drop(struct shop_store *store, int64_t cart_id, const char *event,
		      struct shop_error *err)
{
	static const char all[] = "DELETE FROM hold WHERE cart_id = $1";
	static const char sql[] = SELECT_HOLD " WHERE h.cart_id = $1";
	AUTO_QUERY struct db_query q = {0};

	if (event == NULL)
		return db_run(store, all, "d", err, cart_id);
	return db_query(&q, store, sql, "d", err, cart_id) && end_holds(store, &q, event, err);
}

bool stock_holds_expire(struct shop_store *store, int64_t limit, struct shop_error *err)
{
	static const char sql[] =
		SELECT_HOLD " WHERE h.expires_us <= $1 ORDER BY h.expires_us LIMIT $2";
	AUTO_QUERY struct db_query q = {0};

	return db_query(&q, store, sql, "ii", err, shop_store_context(store)->now_us, limit) &&
	       end_holds(store, &q, "inventory.reservation_expired", err);
}

static bool place(struct shop_store *store, const struct hold *hold, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO hold (product_id, location_id, cart_id, qty, expires_us)"
		" VALUES ($1, $2, $3, $4, $5)";

	return db_run(store, sql, "dddii", err, hold->product_id, hold->row.location_id,
		      hold->cart_id, hold->qty, hold->expires_us) &&
	       tell(store, "inventory.reserved", hold, err);
}

static bool place_all(struct shop_store *store, struct hold *hold, int64_t qty,
		      struct shop_error *err)
{
	GArray *parts = NULL;
	bool ok = stock_spread(store, hold->product_id, hold->cart_id, qty, &parts, err);

	for (guint i = 0; ok && i < parts->len; i++) {
		const struct stock_part *part = &g_array_index(parts, struct stock_part, i);

		hold->row.location_id = part->location_id;
		hold->qty = part->qty;
		ok = place(store, hold, err);
	}
	if (parts != NULL)
		g_array_unref(parts);
	return ok;
}

/* What of qty the cart can hold: tracked products have an end. */
static bool holdable(struct shop_store *store, const struct hold *hold, int64_t qty,
		     int64_t *ret_qty, bool *ret_tracked, int64_t *ret_scale,
		     struct shop_error *err)
{
	static const char sql[] = "SELECT track_stock, qty_scale FROM product WHERE id = $1";
	AUTO_QUERY struct db_query q = {0};
	int64_t available;

	if (!stock_available(store, hold->product_id, hold->cart_id, &available, err) ||
	    !db_query(&q, store, sql, "d", err, hold->product_id))
		return false;
	if (db_next(&q)) {
		*ret_tracked = db_int(&q, 0) != 0;
		*ret_scale = db_int(&q, 1);
	}
	*ret_qty = MIN(qty, available);
	return db_done(&q, err);
}

bool stock_hold(struct shop_store *store, int64_t cart_id, int64_t product_id, const char *sku,
		int64_t qty, int64_t *ret_held, struct shop_error *err)
{
	static const char clear[] = "DELETE FROM hold WHERE product_id = $1 AND cart_id = $2";
	static const char old[] = SELECT_HOLD " WHERE h.product_id = $1 AND h.cart_id = $2";
	AUTO_QUERY struct db_query q = {0};
	struct hold hold = {
		.product_id = product_id,
		.cart_id = cart_id,
		.sku = (char *)sku, /* borrowed */
		.expires_us = shop_store_context(store)->now_us +
			      shop_store_policy(store)->reserve_for_us,
	};
	bool tracked = false;
	int64_t held;

	if (!holdable(store, &hold, qty, &held, &tracked, &hold.row.qty_scale, err))
		return false;
	*ret_held = held;
	if (held == 0 || !tracked)
		return db_query(&q, store, old, "dd", err, product_id, cart_id) &&
		       end_holds(store, &q, "inventory.reservation_released", err);
	return db_run(store, clear, "dd", err, product_id, cart_id) &&
	       place_all(store, &hold, held, err);
}

static bool yield(struct shop_store *store, struct hold *hold, int64_t qty, struct shop_error *err)
{
	static const char sql[] = "UPDATE hold SET qty = qty - $4 WHERE product_id = $1"
				  " AND location_id = $2 AND cart_id = $3 AND qty > $4";
	bool whole = qty == hold->qty;

	hold->qty = qty;
	return (whole ? drop(store, hold, err)
		      : db_run(store, sql, "dddi", err, hold->product_id, hold->row.location_id,
			       hold->cart_id, qty)) &&
	       tell(store, "inventory.reservation_released", hold, err);
}

bool stock_holds_trim(struct shop_store *store, int64_t product_id, int64_t location_id,
		      int64_t room, struct shop_error *err)
{
	static const char sql[] =
		SELECT_HOLD " WHERE h.product_id = $1 AND h.location_id = $2 AND h.expires_us > $3"
			    " ORDER BY h.expires_us DESC, h.cart_id DESC";
	AUTO_QUERY struct db_query q = {0};
	GArray *holds = holds_new();
	int64_t excess = -room;
	bool ok = db_query(&q, store, sql, "ddi", err, product_id, location_id,
			   shop_store_context(store)->now_us) &&
		  read_holds(&q, holds, err);

	for (guint i = 0; ok && i < holds->len; i++)
		excess += g_array_index(holds, struct hold, i).qty;
	for (guint i = 0; ok && excess > 0 && i < holds->len; i++) {
		struct hold *hold = &g_array_index(holds, struct hold, i);
		const int64_t given = MIN(excess, hold->qty);

		ok = yield(store, hold, given, err);
		excess -= given;
	}
	g_array_unref(holds);
	return ok;
}

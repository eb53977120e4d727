/*
 * Opening shipments of what is allocated and in none yet: for the worker when an order is confirmed
 * or its backorders were filled. allocation.in_shipment counts which allocated units are in one; a
 * product whose stock is not counted has no allocation row, its open shipments are counted instead.
 */
#include "domain/shipment/shipment_row.h"

#include "domain/domain.h"
#include "store/db.h"

#include <string.h>

bool shipment_order_load(struct shop_store *store, int64_t order_id,
			 struct shipment_order *ret_order, struct shop_error *err)
{
	static const char sql[] = "SELECT status, held, payment_status, pay_later, due_minor,"
				  " fulfillment_status <> 'unfulfilled' FROM orders WHERE id = $1";
	AUTO_QUERY struct db_query q = {0};
	char id[SHOP_ID_TEXT];
	bool found;

	if (!db_query(&q, store, sql, "d", err, order_id))
		return false;
	found = db_next(&q);
	if (found) {
		ret_order->id = order_id;
		g_strlcpy(ret_order->status, db_text(&q, 0), sizeof ret_order->status);
		ret_order->held = db_int(&q, 1);
		g_strlcpy(ret_order->payment_status, db_text(&q, 2),
			  sizeof ret_order->payment_status);
		ret_order->pay_later = db_int(&q, 3) != 0;
		ret_order->due_minor = db_int(&q, 4);
		ret_order->begun = db_int(&q, 5) != 0;
	}
	if (!db_done(&q, err) || found)
		return found;
	shop_fail(err, E_NOT_FOUND, "no order %s", shop_id_format(SHOP_ID_ORDER, order_id, id));
	shop_fail_object(err, id);
	return shop_fail_fix(err, "order", "list", NULL);
}

bool shipment_find_ready(struct shop_store *store, int64_t order_id, GArray *ready,
			 struct shop_error *err)
{
	static const char sql[] =
		"SELECT a.line, a.location_id, l.product_id, a.qty - a.in_shipment, 1 FROM "
		"allocation a"
		" JOIN order_line l ON l.order_id = a.order_id AND l.n = a.line"
		" WHERE a.order_id = $1 AND a.in_shipment < a.qty AND l.tracked = 1"
		" UNION ALL SELECT line, location_id, product_id, allocated - parceled, 0 FROM ("
		"SELECT l.n AS line, l.product_id AS product_id, l.allocated AS allocated,"
		" COALESCE((SELECT min(a.location_id) FROM allocation a WHERE a.order_id = "
		"l.order_id),"
		" (SELECT d.id FROM location d WHERE d.is_default = 1)) AS location_id,"
		" COALESCE((SELECT sum(sl.qty) FROM shipment_line sl JOIN shipment s ON s.id = "
		"sl.shipment_id"
		" WHERE s.order_id = l.order_id AND sl.line = l.n"
		" AND s.status IN ('open', 'picking', 'packed')), 0) AS parceled"
		" FROM order_line l WHERE l.order_id = $1 AND l.tracked = 0 AND l.allocated > 0) u"
		" WHERE allocated > parceled ORDER BY 2, 1";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, "d", err, order_id))
		return false;
	while (db_next(&q)) {
		const struct shipment_ready r = {
			.line = db_int(&q, 0),
			.location_id = db_int(&q, 1),
			.product_id = db_int(&q, 2),
			.qty = db_int(&q, 3),
			.tracked = db_int(&q, 4) != 0,
		};

		g_array_append_val(ready, r);
	}
	return db_done(&q, err);
}

bool shipment_insert(struct shop_store *store, int64_t order_id, int64_t location_id,
		     int64_t *ret_id, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO shipment (id, order_id, location_id, status, created_us, updated_us)"
		" VALUES ($1, $2, $3, 'open', $4, $4)";

	return shop_store_next_id(store, SHOP_ID_SHIPMENT, ret_id, err) &&
	       db_run(store, sql, "dddi", err, *ret_id, order_id, location_id,
		      shop_store_context(store)->now_us);
}

bool shipment_line_insert(struct shop_store *store, int64_t id, int64_t order_id, int64_t line,
			  int64_t qty, struct shop_error *err)
{
	static const char sql[] = "INSERT INTO shipment_line (shipment_id, order_id, line, qty)"
				  " VALUES ($1, $2, $3, $4)";

	return db_run(store, sql, "ddii", err, id, order_id, line, qty);
}

bool shipment_tell_created(struct shop_store *store, const struct shop_shipment *s, int64_t from_id,
			   struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shipment_event_begin(&e, "shipment.created", s);
	shop_json_id(&e.json, "location", SHOP_ID_LOCATION, s->location_id);
	shop_json_id(&e.json, "split_from", SHOP_ID_SHIPMENT, from_id);
	shipment_event_lines(&e.json, s);
	return shop_event_append(store, &e, err);
}

static bool put_in(struct shop_store *store, int64_t id, int64_t order_id,
		   const struct shipment_ready *r, struct shop_error *err)
{
	static const char sql[] = "UPDATE allocation SET in_shipment = in_shipment + $4"
				  " WHERE order_id = $1 AND line = $2 AND location_id = $3"
				  " AND in_shipment + $4 <= qty";
	char text[SHOP_ID_TEXT];
	bool changed = true;

	if (r->tracked && !db_change(store, &changed, sql, "didi", err, order_id, r->line,
				     r->location_id, r->taken))
		return false;
	if (!changed) {
		shop_fail(err, E_SHIPMENT_LINES,
			  "line %" G_GINT64_FORMAT " of %s has fewer units ready than that", r->line,
			  shop_id_format(SHOP_ID_ORDER, order_id, text));
		shop_fail_object(err, text);
		return shop_fail_fix(err, "shipment", "list", "--order", text, NULL);
	}
	return shipment_line_insert(store, id, order_id, r->line, r->taken, err);
}

/* One shipment of what is taken in the rows [from, until), all of one place. */
static bool open_one(struct shop_store *store, int64_t order_id, const struct shipment_ready *rows,
		     size_t count, shop_record_fn fn, void *ctx, struct shop_error *err)
{
	AUTO_SHIPMENT struct shop_shipment s = {0};
	int64_t id;

	if (!shipment_insert(store, order_id, rows[0].location_id, &id, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (rows[i].taken > 0 && !put_in(store, id, order_id, &rows[i], err))
			return false;
	return shop_shipment_load(store, id, &s, err) && shipment_tell_created(store, &s, 0, err) &&
	       (fn == NULL || fn(&s, ctx, err));
}

/* Rows are sorted by place: one shipment for each that something is taken from. */
bool shipment_open_taken(struct shop_store *store, int64_t order_id, const GArray *ready,
			 shop_record_fn fn, void *ctx, struct shop_error *err)
{
	const struct shipment_ready *rows = (const void *)ready->data;

	for (guint from = 0, until; from < ready->len; from = until) {
		int64_t taken = 0;

		for (until = from;
		     until < ready->len && rows[until].location_id == rows[from].location_id;
		     until++)
			taken += rows[until].taken;
		if (taken > 0 &&
		    !open_one(store, order_id, rows + from, until - from, fn, ctx, err))
			return false;
	}
	return true;
}

void shipment_take_all(GArray *ready)
{
	for (guint i = 0; i < ready->len; i++) {
		struct shipment_ready *r = &g_array_index(ready, struct shipment_ready, i);

		r->taken = r->qty;
	}
}

bool shipment_open_ready(struct shop_store *store, int64_t order_id, struct shop_error *err)
{
	g_autoptr(GArray) ready = g_array_new(FALSE, TRUE, sizeof(struct shipment_ready));
	struct shipment_order order;
	AUTO_ERROR struct shop_error why_not = {0};

	if (!shipment_order_load(store, order_id, &order, err))
		return false;
	if (!shipment_may_open(&order, &why_not))
		return true;
	if (!shipment_find_ready(store, order_id, ready, err))
		return false;
	shipment_take_all(ready);
	return shipment_open_taken(store, order_id, ready, NULL, NULL, err);
}

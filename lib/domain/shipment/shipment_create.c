/*
 * Shipments by hand: chosen units of an order in a parcel of their own, and units moved from one
 * shipment to a new one.
 */
#include "domain/shipment/shipment_row.h"

#include "domain/domain.h"
#include "domain/why.h"
#include "store/db.h"

/* What was typed for one product of the order. */
struct wanted {
	int64_t product_id;
	int64_t qty;
	int scale;
};

static bool refuse_line(int64_t order_id, const char *sku, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	shop_fail(err, E_SHIPMENT_LINES, "order %s has no line of %s",
		  shop_id_format(SHOP_ID_ORDER, order_id, id), sku);
	shop_fail_object(err, id);
	return shop_fail_fix(err, "order", "show", id, NULL);
}

static bool read_take(struct shop_store *store, int64_t order_id,
		      const struct shop_shipment_take *take, struct wanted *ret_wanted,
		      struct shop_error *err)
{
	static const char sql[] = "SELECT l.product_id, l.qty_scale, p.unit FROM order_line l"
				  " JOIN product p ON p.id = l.product_id"
				  " WHERE l.order_id = $1 AND l.sku = $2 ORDER BY l.n LIMIT 1";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, "dt", err, order_id, take->sku))
		return false;
	if (!db_next(&q))
		return db_done(&q, err) && refuse_line(order_id, take->sku, err);
	ret_wanted->product_id = db_int(&q, 0);
	ret_wanted->scale = (int)db_int(&q, 1);
	if (!shop_quantity_of(&take->qty, ret_wanted->scale, db_text(&q, 2), &ret_wanted->qty,
			      err) ||
	    !db_done(&q, err))
		return false;
	if (ret_wanted->qty > 0)
		return true;
	shop_fail(err, E_INVALID, "qty: more than 0 of %s", take->sku);
	return shop_fail_field(err, "qty");
}

static bool refuse_more(int64_t order_id, const char *sku, const struct wanted *wanted,
			int64_t ready, struct shop_error *err)
{
	struct shop_json j = {.to = g_string_new(NULL)};
	char asked_text[SHOP_QUANTITY_TEXT];
	char ready_text[SHOP_QUANTITY_TEXT];
	char id[SHOP_ID_TEXT];

	shop_fail(err, E_SHIPMENT_LINES, "%s of %s are ready to ship, not %s",
		  shop_quantity_format(ready, wanted->scale, ready_text), sku,
		  shop_quantity_format(wanted->qty, wanted->scale, asked_text));
	shop_fail_object(err, shop_id_format(SHOP_ID_ORDER, order_id, id));
	shop_json_object(&j, NULL);
	shop_json_text(&j, "sku", sku);
	shop_json_quantity(&j, "ready", ready, wanted->scale);
	shop_json_quantity(&j, "asked", wanted->qty, wanted->scale);
	shop_json_end(&j);
	shop_fail_details(err, g_string_free(j.to, FALSE));
	return shop_fail_fix(err, "shipment", "list", "--order", id, NULL);
}

/* Take a product's units from the ready ones, place by place. */
static bool take_one(struct shop_store *store, int64_t order_id,
		     const struct shop_shipment_take *take, GArray *ready, struct shop_error *err)
{
	struct wanted wanted = {0};
	int64_t left;

	if (!read_take(store, order_id, take, &wanted, err))
		return false;
	left = wanted.qty;
	for (guint i = 0; i < ready->len && left > 0; i++) {
		struct shipment_ready *r = &g_array_index(ready, struct shipment_ready, i);
		int64_t part =
			r->product_id == wanted.product_id ? MIN(left, r->qty - r->taken) : 0;

		r->taken += part;
		left -= part;
	}
	return left == 0 || refuse_more(order_id, take->sku, &wanted, wanted.qty - left, err);
}

static bool choose(struct shop_store *store, int64_t order_id,
		   const struct shop_shipment_take *takes, size_t count, GArray *ready,
		   struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	if (!shipment_find_ready(store, order_id, ready, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!take_one(store, order_id, &takes[i], ready, err))
			return false;
	if (count > 0)
		return true;
	shipment_take_all(ready);
	if (ready->len > 0)
		return true;
	shop_fail(err, E_SHIPMENT_LINES, "order %s has nothing ready to ship",
		  shop_id_format(SHOP_ID_ORDER, order_id, id));
	shop_fail_because(err, "what is allocated to it is in shipments already");
	shop_fail_object(err, id);
	return shop_fail_fix(err, "shipment", "list", "--order", id, NULL);
}

bool shop_shipment_create(struct shop_store *store, int64_t order_id,
			  const struct shop_shipment_take *takes, size_t count, shop_record_fn fn,
			  void *ctx, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	g_autoptr(GArray) ready = g_array_new(FALSE, TRUE, sizeof(struct shipment_ready));
	struct shipment_order order;

	if (!shop_txn_begin(&txn, store, err) ||
	    !shipment_order_load(store, order_id, &order, err) || !shipment_may_open(&order, err) ||
	    !choose(store, order_id, takes, count, ready, err) ||
	    !shipment_open_taken(store, order_id, ready, fn, ctx, err) ||
	    !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "creating a shipment");
	return true;
}

static bool shrink_line(struct shop_store *store, int64_t id, int64_t line, int64_t qty,
			struct shop_error *err)
{
	static const char less[] = "UPDATE shipment_line SET qty = qty - $3"
				   " WHERE shipment_id = $1 AND line = $2 AND qty > $3";
	static const char none[] =
		"DELETE FROM shipment_line WHERE shipment_id = $1 AND line = $2 AND qty = $3";
	bool changed;

	return db_change(store, &changed, less, "dii", err, id, line, qty) &&
	       (changed || db_change(store, &changed, none, "dii", err, id, line, qty)) &&
	       (changed ||
		shop_fail(err, E_INTERNAL, "line %" G_GINT64_FORMAT " has fewer units", line));
}

/* The lines of a shipment as units to take from. */
static void ready_of(const struct shop_shipment *s, GArray *ready)
{
	const struct shop_shipment_line *lines = s->lines.items;

	for (size_t i = 0; i < s->lines.count; i++) {
		const struct shipment_ready r = {
			.line = lines[i].line,
			.location_id = s->location_id,
			.product_id = lines[i].product_id,
			.qty = lines[i].qty,
			.tracked = lines[i].tracked != 0,
		};

		g_array_append_val(ready, r);
	}
}

static bool may_leave_some(const struct shop_shipment *s, const GArray *ready,
			   struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	bool leaves = false, takes = false;

	for (guint i = 0; i < ready->len; i++) {
		const struct shipment_ready *r = &g_array_index(ready, struct shipment_ready, i);

		leaves |= r->taken < r->qty;
		takes |= r->taken > 0;
	}
	if (leaves && takes)
		return true;
	if (!takes)
		return shop_fail(err, E_INVALID, "lines: at least one");
	shop_fail(err, E_SHIPMENT_LINES, "nothing would be left in shipment %s",
		  shop_id_format(SHOP_ID_SHIPMENT, s->id, id));
	shop_fail_object(err, id);
	return shop_fail_fix(err, "shipment", "show", id, NULL);
}

static bool move_lines(struct shop_store *store, const struct shop_shipment *from, int64_t to_id,
		       const GArray *ready, struct shop_error *err)
{
	for (guint i = 0; i < ready->len; i++) {
		const struct shipment_ready *r = &g_array_index(ready, struct shipment_ready, i);

		if (r->taken > 0 &&
		    (!shrink_line(store, from->id, r->line, r->taken, err) ||
		     !shipment_line_insert(store, to_id, from->order_id, r->line, r->taken, err)))
			return false;
	}
	return true;
}

static bool tell_split(struct shop_store *store, const struct shop_shipment *from,
		       const struct shop_shipment *to, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE shipment SET version = version + 1, updated_us = $2 WHERE id = $1";
	AUTO_EVENT struct shop_event_draft e = {0};

	shipment_event_begin(&e, "shipment.split", from);
	shop_json_id(&e.json, "into", SHOP_ID_SHIPMENT, to->id);
	shipment_event_lines(&e.json, to);
	return db_run(store, sql, "di", err, from->id, shop_store_context(store)->now_us) &&
	       shop_event_append(store, &e, err) && shipment_tell_created(store, to, from->id, err);
}

bool shop_shipment_split(struct shop_store *store, int64_t id,
			 const struct shop_shipment_take *takes, size_t count,
			 struct shop_shipment *ret_shipment, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_SHIPMENT struct shop_shipment from = {0};
	AUTO_SHIPMENT struct shop_shipment to = {0};
	g_autoptr(GArray) ready = g_array_new(FALSE, TRUE, sizeof(struct shipment_ready));
	int64_t to_id;

	if (!shop_txn_begin(&txn, store, err) || !shop_shipment_load(store, id, &from, err) ||
	    !shipment_may(SHIPMENT_SPLIT, &from, err))
		return shop_fail_while(err, "splitting a shipment");
	ready_of(&from, ready);
	for (size_t i = 0; i < count; i++)
		if (!take_one(store, from.order_id, &takes[i], ready, err))
			return shop_fail_while(err, "splitting a shipment");
	if (!may_leave_some(&from, ready, err) ||
	    !shipment_insert(store, from.order_id, from.location_id, &to_id, err) ||
	    !move_lines(store, &from, to_id, ready, err) ||
	    !shop_shipment_load(store, to_id, &to, err) || !tell_split(store, &from, &to, err) ||
	    !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "splitting a shipment");
	shop_record_take(&shop_shipment_record, ret_shipment, &to);
	return true;
}

bool order_why_ship(struct shop_store *store, int64_t order_id, struct shop_error *err)
{
	static const char sql[] = "SELECT min(id) FROM shipment WHERE order_id = $1"
				  " AND status IN ('open', 'picking', 'packed')";
	g_autoptr(GArray) ready = g_array_new(FALSE, TRUE, sizeof(struct shipment_ready));
	struct shipment_order order;
	int64_t open;

	if (!shipment_order_load(store, order_id, &order, err) ||
	    !db_get(store, &open, sql, "d", err, order_id))
		return false;
	if (open != SHOP_NULL)
		return shipment_may_leave(&order, err);
	return shipment_may_open(&order, err) && choose(store, order_id, NULL, 0, ready, err);
}

/*
 * Promising units to order lines, freeing them again, and their leaving: allocations are the truth,
 * the counters of the stock row follow in the same guarded steps.
 */
#include "domain/stock/stock_row.h"

/* $3 is the cart whose own holds do not count, $4 the time. */
#define FREE_HERE STOCK_FREE("s", "$3", "$4")
#define WAITING STOCK_WAITING("$1")

static bool tell(struct shop_store *store, const char *type, const struct stock_need *need,
		 const struct stock_row *row, int64_t qty, int64_t shipment_id,
		 struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	stock_event_begin(&e, type, need->sku, row, qty);
	shop_json_id(&e.json, "order_id", SHOP_ID_ORDER, need->order_id);
	shop_json_int(&e.json, "line", need->line);
	if (shipment_id != 0) {
		shop_json_id(&e.json, "shipment_id", SHOP_ID_SHIPMENT, shipment_id);
		shop_json_quantity(&e.json, "on_hand_after", row->on_hand, (int)row->qty_scale);
	}
	shop_json_quantity(&e.json, "allocated_after", row->allocated, (int)row->qty_scale);
	return shop_event_append(store, &e, err);
}

static bool record(struct shop_store *store, const char *kind, const struct stock_need *need,
		   const struct stock_row *row, int64_t qty, int64_t shipment_id,
		   struct shop_error *err)
{
	const struct stock_movement m = {
		.kind = kind,
		.product_id = need->product_id,
		.qty = qty,
		.unit_cost_minor = SHOP_NULL,
		.order_id = need->order_id,
		.line = need->line,
		.shipment_id = shipment_id,
	};

	return stock_movement_add(store, &m, row, err);
}

/* The stock row has them already: the allocation, its movement and its event. */
static bool note_allocated(struct shop_store *store, const struct stock_need *need,
			   const struct stock_row *row, int64_t qty, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO allocation (order_id, line, location_id, qty)"
		" VALUES ($1, $2, $3, $4) ON CONFLICT (order_id, line, location_id)"
		" DO UPDATE SET qty = allocation.qty + excluded.qty";

	return db_run(store, sql, "ddii", err, need->order_id, need->line, row->location_id, qty) &&
	       record(store, "allocated", need, row, qty, 0, err) &&
	       tell(store, "inventory.allocated", need, row, qty, 0, err);
}

/* The default location comes first, then the lowest number. Sorting in SQL would cost a table. */
static bool pick_location(struct db_query *q, struct stock_row *ret_row, bool *ret_found,
			  struct shop_error *err)
{
	int64_t best_default = 0;

	*ret_found = false;
	while (db_next(q)) {
		const struct stock_row row = {.location_id = db_int(q, 0),
					      .on_hand = db_int(q, 1),
					      .allocated = db_int(q, 2),
					      .qty_scale = db_int(q, 3)};
		const int64_t is_default = db_int(q, 4);

		if (*ret_found &&
		    (is_default < best_default ||
		     (is_default == best_default && row.location_id > ret_row->location_id)))
			continue;
		*ret_row = row;
		*ret_found = true;
		best_default = is_default;
	}
	return db_done(q, err);
}

/* A location that covers all of it, and what waits too when it is kept. */
static bool find_whole(struct shop_store *store, const struct stock_need *need, bool keep_waiting,
		       struct stock_row *ret_row, bool *ret_found, struct shop_error *err)
{
	static const char sql[] =
		"SELECT s.location_id, s.on_hand, s.allocated,"
		" (SELECT qty_scale FROM product WHERE id = $1), l.is_default FROM stock s"
		" JOIN location l ON l.id = s.location_id WHERE s.product_id = $1 AND s.bucket = 0"
		" AND " FREE_HERE " >= $2 + $5 * " WAITING " {forupdate}";
	AUTO_QUERY struct db_query q = {0};

	return db_query(&q, store, sql, "diiii", err, need->product_id, need->qty, need->cart_id,
			shop_store_context(store)->now_us, (int64_t)keep_waiting) &&
	       pick_location(&q, ret_row, ret_found, err);
}

/* The common case, without RETURNING: a table for its row would cost more than the select. */
static bool take_whole(struct shop_store *store, const struct stock_need *need, bool keep_waiting,
		       struct stock_row *ret_row, bool *ret_taken, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE stock SET allocated = allocated + $3 WHERE product_id = $1"
		" AND location_id = $2 AND bucket = 0 AND allocated + $3 <= on_hand";

	if (!find_whole(store, need, keep_waiting, ret_row, ret_taken, err))
		return false;
	if (!*ret_taken)
		return true;
	ret_row->allocated += need->qty;
	return db_change(store, ret_taken, sql, "dii", err, need->product_id, ret_row->location_id,
			 need->qty);
}

/* A part at one location. Free units were counted in this very transaction, so the guard must hold.
 */
static bool take_part(struct shop_store *store, const struct stock_need *need,
		      const struct stock_part *part, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE stock SET allocated = allocated + $3 WHERE product_id = $1"
		" AND location_id = $2 AND bucket = 0"
		" AND allocated + $3 <= on_hand" STOCK_ROW;
	AUTO_QUERY struct db_query q = {0};
	struct stock_row row;
	bool taken;

	if (!db_query(&q, store, sql, "dii", err, need->product_id, part->location_id, part->qty) ||
	    !stock_row_change(&q, &row, &taken, err))
		return false;
	if (!taken)
		return shop_fail(err, E_INTERNAL, "free units of %s were gone when taken",
				 need->sku);
	return note_allocated(store, need, &row, part->qty, err);
}

static bool take_parts(struct shop_store *store, const struct stock_need *need, int64_t limit,
		       int64_t *ret_qty, struct shop_error *err)
{
	GArray *parts = NULL;
	int64_t taken = 0;
	bool ok = stock_spread(store, need->product_id, need->cart_id, limit, &parts, err);

	for (guint i = 0; ok && i < parts->len; i++) {
		const struct stock_part *part = &g_array_index(parts, struct stock_part, i);

		ok = take_part(store, need, part, err);
		taken += part->qty;
	}
	if (parts != NULL)
		g_array_unref(parts);
	if (ok)
		*ret_qty = taken;
	return ok;
}

bool stock_allocate(struct shop_store *store, const struct stock_need *need, int64_t *ret_qty,
		    struct shop_error *err)
{
	struct stock_row row;
	int64_t available;
	bool taken;

	if (!take_whole(store, need, true, &row, &taken, err))
		return false;
	if (taken) {
		*ret_qty = need->qty;
		return note_allocated(store, need, &row, need->qty, err);
	}
	return stock_available(store, need->product_id, need->cart_id, &available, err) &&
	       take_parts(store, need, MIN(need->qty, available), ret_qty, err);
}

bool stock_allocate_waiting(struct shop_store *store, const struct stock_need *need,
			    int64_t *ret_qty, struct shop_error *err)
{
	struct stock_row row;
	bool taken;

	if (!take_whole(store, need, false, &row, &taken, err))
		return false;
	if (taken) {
		*ret_qty = need->qty;
		return note_allocated(store, need, &row, need->qty, err);
	}
	return take_parts(store, need, need->qty, ret_qty, err);
}

/* Allocations of the line with units in no shipment, the latest location first. */
static bool releasable(struct shop_store *store, const struct stock_need *need, GArray *parts,
		       int64_t *ret_rest, struct shop_error *err)
{
	static const char sql[] =
		"SELECT location_id, qty - in_shipment FROM allocation WHERE order_id = $1"
		" AND line = $2 AND qty > in_shipment ORDER BY location_id DESC";
	AUTO_QUERY struct db_query q = {0};
	int64_t rest = need->qty;

	if (!db_query(&q, store, sql, "dd", err, need->order_id, need->line))
		return false;
	while (rest > 0 && db_next(&q)) {
		const struct stock_part part = {.location_id = db_int(&q, 0),
						.qty = MIN(db_int(&q, 1), rest)};

		g_array_append_val(parts, part);
		rest -= part.qty;
	}
	*ret_rest = rest;
	return db_done(&q, err);
}

/* An allocation of nothing is no row. `shipped`: the units are in a shipment, else in none. */
static bool shrink_allocation(struct shop_store *store, const struct stock_need *need,
			      int64_t location_id, int64_t qty, bool shipped, bool *ret_done,
			      struct shop_error *err)
{
	static const char whole[] = "DELETE FROM allocation WHERE order_id = $1 AND line = $2"
				    " AND location_id = $3 AND qty = $4 AND in_shipment = $5";
	static const char part[] =
		"UPDATE allocation SET qty = qty - $4, in_shipment = in_shipment - $5"
		" WHERE order_id = $1 AND line = $2 AND location_id = $3 AND in_shipment >= $5"
		" AND qty - in_shipment >= $4 - $5";
	const int64_t in_shipment = shipped ? qty : 0;

	return db_change(store, ret_done, whole, "ddiii", err, need->order_id, need->line,
			 location_id, qty, in_shipment) &&
	       (*ret_done || db_change(store, ret_done, part, "ddiii", err, need->order_id,
				       need->line, location_id, qty, in_shipment));
}

/* The guards of both updates hold together or the stock and its allocations differ. */
static bool refuse_gone(const struct stock_need *need, struct shop_error *err)
{
	char order[SHOP_ID_TEXT];

	return shop_fail(err, E_STATE, "line %d of %s has fewer units of %s allocated than asked",
			 (int)need->line, shop_id_format(SHOP_ID_ORDER, need->order_id, order),
			 need->sku);
}

static bool release_part(struct shop_store *store, const struct stock_need *need,
			 const struct stock_part *part, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE stock SET allocated = allocated - $3 WHERE product_id = $1"
		" AND location_id = $2 AND bucket = 0"
		" AND allocated >= $3" STOCK_ROW;
	AUTO_QUERY struct db_query q = {0};
	struct stock_row row;
	bool done;

	if (!shrink_allocation(store, need, part->location_id, part->qty, false, &done, err))
		return false;
	if (!done)
		return refuse_gone(need, err);
	if (!db_query(&q, store, sql, "dii", err, need->product_id, part->location_id, part->qty) ||
	    !stock_row_change(&q, &row, &done, err))
		return false;
	if (!done)
		return refuse_gone(need, err);
	return record(store, "released", need, &row, -part->qty, 0, err) &&
	       tell(store, "inventory.released", need, &row, part->qty, 0, err);
}

bool stock_release(struct shop_store *store, const struct stock_need *need, struct shop_error *err)
{
	GArray *parts = g_array_new(FALSE, FALSE, sizeof(struct stock_part));
	int64_t rest;
	bool ok = releasable(store, need, parts, &rest, err);

	if (ok && rest > 0)
		ok = refuse_gone(need, err);
	for (guint i = 0; ok && i < parts->len; i++)
		ok = release_part(store, need, &g_array_index(parts, struct stock_part, i), err);
	g_array_unref(parts);
	return ok;
}

bool stock_ship(struct shop_store *store, const struct stock_need *need, int64_t location_id,
		int64_t shipment_id, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE stock SET on_hand = on_hand - $3, allocated = allocated - $3"
		" WHERE product_id = $1 AND location_id = $2 AND bucket = 0"
		" AND allocated >= $3" STOCK_ROW;
	AUTO_QUERY struct db_query q = {0};
	struct stock_row row;
	bool done;

	if (!shrink_allocation(store, need, location_id, need->qty, true, &done, err))
		return false;
	if (!done)
		return refuse_gone(need, err);
	if (!db_query(&q, store, sql, "dii", err, need->product_id, location_id, need->qty) ||
	    !stock_row_change(&q, &row, &done, err))
		return false;
	if (!done)
		return refuse_gone(need, err);
	return record(store, "shipped", need, &row, -need->qty, shipment_id, err) &&
	       tell(store, "inventory.shipped", need, &row, need->qty, shipment_id, err);
}

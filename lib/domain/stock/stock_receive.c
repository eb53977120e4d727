/*
 * Units that come in, and the counter of those that wait for them.
 */
#include "domain/stock/stock_row.h"

static bool tell(struct shop_store *store, const struct stock_receipt *in,
		 const struct stock_row *row, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	stock_event_begin(&e, "inventory.received", in->sku, row, in->qty);
	if (in->cost_minor != SHOP_NULL)
		shop_json_money(&e.json, "unit_cost",
				shop_money_of(in->cost_minor, in->cost_currency));
	if (in->ref != NULL)
		shop_json_text(&e.json, "ref", in->ref);
	if (in->purchase_id != 0)
		shop_json_id(&e.json, "purchase_id", SHOP_ID_PURCHASE, in->purchase_id);
	shop_json_quantity(&e.json, "on_hand_after", row->on_hand, (int)row->qty_scale);
	return shop_event_append(store, &e, err);
}

bool stock_receive(struct shop_store *store, const struct stock_receipt *in, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO stock (product_id, location_id, on_hand) VALUES ($1, $2, $3)"
		" ON CONFLICT (product_id, location_id, bucket)"
		" DO UPDATE SET on_hand = stock.on_hand + excluded.on_hand" STOCK_ROW;
	const struct stock_movement m = {
		.kind = "received",
		.product_id = in->product_id,
		.qty = in->qty,
		.unit_cost_minor = in->cost_minor,
		.cost_currency = in->cost_minor == SHOP_NULL ? NULL : in->cost_currency,
		.ref = in->ref,
		.purchase_id = in->purchase_id,
	};
	AUTO_QUERY struct db_query q = {0};
	struct stock_row row;
	bool done;

	return db_query(&q, store, sql, "ddi", err, in->product_id, in->location_id, in->qty) &&
	       stock_row_change(&q, &row, &done, err) && stock_movement_add(store, &m, &row, err) &&
	       tell(store, in, &row, err);
}

bool stock_backordered_add(struct shop_store *store, int64_t product_id, int64_t location_id,
			   int64_t delta, struct shop_error *err)
{
	static const char more[] =
		"INSERT INTO stock (product_id, location_id, backordered) VALUES ($1, $2, $3)"
		" ON CONFLICT (product_id, location_id, bucket)"
		" DO UPDATE SET backordered = stock.backordered + excluded.backordered";
	static const char less[] =
		"UPDATE stock SET backordered = backordered + $3 WHERE product_id = $1"
		" AND location_id = $2 AND bucket = 0 AND backordered + $3 >= 0";
	bool done;

	if (delta >= 0)
		return delta == 0 ||
		       db_run(store, more, "ddi", err, product_id, location_id, delta);
	return db_change(store, &done, less, "ddi", err, product_id, location_id, delta) &&
	       (done || shop_fail(err, E_INTERNAL, "fewer units wait than were filled"));
}

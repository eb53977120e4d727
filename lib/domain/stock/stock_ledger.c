/*
 * What each change of stock leaves: a line of the ledger, and the beginning of its event.
 */
#include "domain/stock/stock_row.h"

bool stock_row_change(struct db_query *q, struct stock_row *ret_row, bool *ret_changed,
		      struct shop_error *err)
{
	*ret_changed = db_next(q);
	if (!*ret_changed)
		return db_done(q, err);
	ret_row->location_id = db_int(q, 0);
	ret_row->on_hand = db_int(q, 1);
	ret_row->allocated = db_int(q, 2);
	ret_row->qty_scale = db_int(q, 3);
	while (db_next(q))
		;
	return db_done(q, err);
}

bool stock_movement_add(struct shop_store *store, const struct stock_movement *m,
			const struct stock_row *row, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO movement (id, product_id, location_id, kind, qty, on_hand_after,"
		" allocated_after, unit_cost_minor, cost_currency, reason, ref, order_id, line,"
		" shipment_id, purchase_id, at_us, actor) VALUES ("
		"(SELECT COALESCE(max(id), 0) + 1 FROM movement), $1, $2, $3, $4, $5, $6, $7, $8, "
		"$9, $10, $11, $12, $13, $14, $15, $16)";
	const struct shop_context *ctx = shop_store_context(store);

	return db_run(store, sql, "ddtiiiitttddddit", err, m->product_id, row->location_id, m->kind,
		      m->qty, row->on_hand, row->allocated, m->unit_cost_minor, m->cost_currency,
		      ctx->reason, m->ref, m->order_id, m->line, m->shipment_id, m->purchase_id,
		      ctx->now_us, ctx->actor);
}

void stock_event_begin(struct shop_event_draft *e, const char *type, const char *sku,
		       const struct stock_row *row, int64_t qty)
{
	shop_event_begin_text(e, type, sku);
	shop_json_text(&e->json, "sku", sku);
	shop_json_id(&e->json, "loc", SHOP_ID_LOCATION, row->location_id);
	shop_json_quantity(&e->json, "qty", qty, (int)row->qty_scale);
}

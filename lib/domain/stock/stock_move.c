/*
 * Where stock lies and how much of it is kept from sale.
 */
#include "domain/stock/stock_subject.h"

static bool tell_moved(struct shop_store *store, const char *sku, const struct stock_row *from,
		       const struct stock_row *to, int64_t qty, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};
	const int scale = (int)from->qty_scale;

	shop_event_begin_text(&e, "inventory.moved", sku);
	shop_json_text(&e.json, "sku", sku);
	shop_json_id(&e.json, "from", SHOP_ID_LOCATION, from->location_id);
	shop_json_id(&e.json, "to", SHOP_ID_LOCATION, to->location_id);
	shop_json_quantity(&e.json, "qty", qty, scale);
	shop_json_quantity(&e.json, "from_on_hand_after", from->on_hand, scale);
	shop_json_quantity(&e.json, "to_on_hand_after", to->on_hand, scale);
	return shop_event_append(store, &e, err);
}

static bool move(struct shop_store *store, const struct stock_subject *from,
		 const struct stock_subject *to, int64_t qty, struct shop_error *err)
{
	struct stock_row out, in;

	if (from->level.location_id == to->level.location_id) {
		shop_fail(err, E_INVALID, "to: another location than the one it comes from");
		return shop_fail_field(err, "to");
	}
	return shop_stock_may_move(&from->level, qty, err) &&
	       stock_subject_change(store, from, "moved_out", -qty, &out, err) &&
	       stock_subject_change(store, to, "moved_in", qty, &in, err) &&
	       tell_moved(store, from->level.sku, &out, &in, qty, err);
}

bool shop_stock_move(struct shop_store *store, const struct shop_stock_move *in,
		     struct shop_stock *ret_stock, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_STOCK_SUBJECT struct stock_subject from = {0};
	AUTO_STOCK_SUBJECT struct stock_subject to = {0};
	AUTO_STOCK struct shop_stock stock = {0};
	int64_t qty;

	if (!shop_txn_begin(&txn, store, err) ||
	    !stock_subject_load(store, in->sku, in->from_id, &from, err) ||
	    !stock_subject_load(store, in->sku, in->to_id, &to, err) ||
	    !stock_subject_qty(&from, &in->qty, "qty", 1, &qty, err) ||
	    !move(store, &from, &to, qty, err) || !stock_reload(store, in->sku, &stock, err) ||
	    !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "moving stock");
	shop_record_take(&shop_stock_record, ret_stock, &stock);
	return true;
}

static bool set_safety(struct shop_store *store, const struct stock_subject *subject, int64_t qty,
		       struct shop_error *err)
{
	static const char sql[] = "UPDATE stock SET safety_stock = $3 WHERE product_id = $1"
				  " AND location_id = $2 AND bucket = 0";
	AUTO_EVENT struct shop_event_draft e = {0};
	const int scale = (int)subject->level.qty_scale;

	if (qty == subject->safety_stock)
		return true;
	shop_event_begin_text(&e, "inventory.safety_changed", subject->level.sku);
	shop_json_text(&e.json, "sku", subject->level.sku);
	shop_json_id(&e.json, "loc", SHOP_ID_LOCATION, subject->level.location_id);
	shop_json_quantity(&e.json, "old", subject->safety_stock, scale);
	shop_json_quantity(&e.json, "new", qty, scale);
	return stock_subject_row(store, subject, err) &&
	       db_run(store, sql, "ddi", err, subject->product.id, subject->level.location_id,
		      qty) &&
	       shop_event_append(store, &e, err);
}

bool shop_stock_set_safety(struct shop_store *store, const struct shop_stock_safety *in,
			   struct shop_stock *ret_stock, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_STOCK_SUBJECT struct stock_subject subject = {0};
	AUTO_STOCK struct shop_stock stock = {0};
	int64_t qty;

	if (!shop_txn_begin(&txn, store, err) ||
	    !stock_subject_load(store, in->sku, in->location_id, &subject, err) ||
	    !stock_subject_qty(&subject, &in->qty, "qty", 0, &qty, err) ||
	    !set_safety(store, &subject, qty, err) || !stock_reload(store, in->sku, &stock, err) ||
	    !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "setting the safety stock");
	shop_record_take(&shop_stock_record, ret_stock, &stock);
	return true;
}

/*
 * The end of backorders: given up, or shipped.
 */
#include "domain/backorder/backorder_row.h"

#include "domain/domain.h"
#include "store/db.h"

bool backorder_cancel_units(struct shop_store *store, struct shop_backorder *b, int64_t qty,
			    struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	if (!backorder_take(store, b, 0, qty, err))
		return false;
	backorder_event_begin(&e, "backorder.canceled", b);
	shop_json_quantity(&e.json, "qty", qty, (int)b->qty_scale);
	shop_json_quantity(&e.json, "open_after", b->open, (int)b->qty_scale);
	return shop_event_append(store, &e, err);
}

bool backorder_cancel_line(struct shop_store *store, int64_t order_id, int64_t line, int64_t qty,
			   int64_t *ret_qty, struct shop_error *err)
{
	static const char sql[] =
		SELECT_BACKORDER " WHERE b.order_id = $1 AND b.line = $2 AND "
				 "b." BACKORDER_WAITS " ORDER BY b.placed_us DESC, b.id DESC";
	struct shop_list list = {0};
	int64_t left = qty;
	bool ok =
		db_load_list(store, &shop_backorder_record, &list, sql, "di", err, order_id, line);

	for (size_t i = 0; ok && left > 0 && i < list.count; i++) {
		struct shop_backorder *b = (struct shop_backorder *)list.items + i;
		int64_t part = MIN(left, b->open);

		ok = backorder_cancel_units(store, b, part, err);
		left -= part;
	}
	shop_list_done(&shop_backorder_record, &list);
	*ret_qty = qty - left;
	return ok;
}

static bool end_one(struct shop_store *store, const struct shop_backorder *b, bool shipped,
		    struct shop_error *err)
{
	/* Units that were allocated and released again are given up, not shipped. */
	static const char close[] =
		"UPDATE backorder SET status = 'closed', version = version + 1, updated_us = $2"
		" WHERE id = $1 AND status = 'allocated'";
	static const char give_up[] =
		"UPDATE backorder SET status = 'canceled', canceled = qty, allocated = 0,"
		" version = version + 1, updated_us = $2 WHERE id = $1 AND status = 'allocated'";
	AUTO_EVENT struct shop_event_draft e = {0};

	if (!db_run(store, shipped ? close : give_up, "di", err, b->id,
		    shop_store_context(store)->now_us))
		return false;
	backorder_event_begin(&e, shipped ? "backorder.closed" : "backorder.canceled", b);
	shop_json_quantity(&e.json, "qty", b->allocated, (int)b->qty_scale);
	if (!shipped)
		shop_json_quantity(&e.json, "open_after", 0, (int)b->qty_scale);
	return shop_event_append(store, &e, err);
}

bool backorder_close_shipped(struct shop_store *store, int64_t order_id, int64_t line,
			     struct shop_error *err)
{
	/* Which unit of a line leaves first is not told apart: its backorders end when none is
	 * allocated any more. */
	static const char sql[] = SELECT_BACKORDER
		" WHERE b.order_id = $1 AND b.line = $2 AND b.status = 'allocated' AND EXISTS "
		"(SELECT 1"
		" FROM order_line l WHERE l.order_id = $1 AND l.n = $2 AND l.allocated = 0)";
	static const char count[] = "SELECT shipped FROM order_line WHERE order_id = $1 AND n = $2";
	struct shop_list list = {0};
	int64_t shipped = 0;
	bool ok =
		db_load_list(store, &shop_backorder_record, &list, sql, "di", err, order_id, line);

	if (ok && list.count > 0)
		ok = db_get(store, &shipped, count, "di", err, order_id, line);
	for (size_t i = 0; ok && i < list.count; i++)
		ok = end_one(store, (struct shop_backorder *)list.items + i, shipped > 0, err);
	shop_list_done(&shop_backorder_record, &list);
	return ok;
}

bool shop_backorder_cancel(struct shop_store *store, int64_t id,
			   struct shop_backorder *ret_backorder, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_BACKORDER struct shop_backorder b = {0};
	AUTO_BACKORDER struct shop_backorder after = {0};
	int64_t qty;

	if (!shop_txn_begin(&txn, store, err) || !shop_backorder_load(store, id, &b, err) ||
	    !backorder_may_change(&b, err))
		return shop_fail_while(err, "canceling a backorder");
	qty = b.open;
	if (!backorder_cancel_units(store, &b, qty, err) ||
	    !order_line_given_up(store, b.order_id, b.line, b.sku, qty, err) ||
	    !backorder_close_shipped(store, b.order_id, b.line, err) ||
	    !shop_backorder_load(store, id, &after, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "canceling a backorder");
	shop_record_take(&shop_backorder_record, ret_backorder, &after);
	return true;
}

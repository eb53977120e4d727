/*
 * Canceling a whole order: by an operator, or by the system because it will not be paid.
 */
#include "domain/order/order_row.h"

#include "domain/domain.h"
#include "domain/why.h"
#include "shop/journal.h"
#include "store/db.h"

#include <string.h>

/* What a line still has to give up. */
struct withdrawn {
	int64_t n;
	int64_t product_id;
	int64_t tracked;
	int64_t qty_scale;
	int64_t allocated;
	int64_t backordered;
	char sku[SHOP_SKU_MAX + 1];
};

/* In product order, as the stock is touched in that order. */
static bool load_withdrawn(struct shop_store *store, int64_t order_id, GArray *lines,
			   struct shop_error *err)
{
	static const char sql[] =
		"SELECT n, product_id, tracked, qty_scale, allocated, backordered, sku"
		" FROM order_line WHERE order_id = $1 AND allocated + backordered > 0"
		" ORDER BY product_id, n";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, "d", err, order_id))
		return false;
	while (db_next(&q)) {
		struct withdrawn line = {
			.n = db_int(&q, 0),
			.product_id = db_int(&q, 1),
			.tracked = db_int(&q, 2),
			.qty_scale = db_int(&q, 3),
			.allocated = db_int(&q, 4),
			.backordered = db_int(&q, 5),
		};

		g_strlcpy(line.sku, db_text(&q, 6), sizeof(line.sku));
		g_array_append_val(lines, line);
	}
	return db_done(&q, err);
}

static bool free_line(struct shop_store *store, int64_t order_id, const struct withdrawn *line,
		      struct shop_error *err)
{
	static const char sql[] =
		"UPDATE order_line SET canceled = canceled + allocated + backordered,"
		" allocated = 0, backordered = 0 WHERE order_id = $1 AND n = $2";
	const struct stock_need need = {
		.product_id = line->product_id,
		.sku = line->sku,
		.order_id = order_id,
		.line = line->n,
		.qty = line->allocated,
	};
	int64_t canceled;

	return (line->backordered == 0 ||
		backorder_cancel_line(store, order_id, line->n, line->backordered, &canceled,
				      err)) &&
	       db_run(store, sql, "di", err, order_id, line->n) &&
	       (line->tracked == 0 || line->allocated == 0 || stock_release(store, &need, err)) &&
	       backorder_close_shipped(store, order_id, line->n, err);
}

static bool free_lines(struct shop_store *store, int64_t order_id, const GArray *lines,
		       struct shop_error *err)
{
	if (!shipment_cancel_open(store, order_id, err))
		return false;
	for (guint i = 0; i < lines->len; i++)
		if (!free_line(store, order_id, &g_array_index(lines, struct withdrawn, i), err))
			return false;
	return true;
}

/* Only a pending order expires: one that was never going to be paid. */
static const char *end_of(const struct shop_order *order, const char *reason)
{
	return strcmp(reason, "expired") == 0 && strcmp(order->status, "pending") == 0 ? "expired"
										       : "canceled";
}

static bool end(struct shop_store *store, const struct shop_order *order, const char *reason,
		struct shop_error *err)
{
	static const char sql[] =
		"UPDATE orders SET status = $2, cancel_reason = $3, held = 0, closed_us = $4,"
		" version = version + 1, updated_us = $4 WHERE id = $1 AND status = $5";
	static const char holds[] = "UPDATE order_hold SET released_us = $2 WHERE order_id = $1"
				    " AND released_us IS NULL";
	int64_t now_us = shop_store_context(store)->now_us;
	bool changed;

	if (!db_change(store, &changed, sql, "dttit", err, order->id, end_of(order, reason), reason,
		       now_us, order->status))
		return false;
	if (!changed)
		return shop_fail(err, E_INTERNAL, "order %" G_GINT64_FORMAT " is not %s any more",
				 order->id, order->status);
	return order->held == 0 || db_run(store, holds, "di", err, order->id, now_us);
}

static bool tell(struct shop_store *store, const struct shop_order *order,
		 const struct shop_order_cancel *in, const GArray *lines, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};
	bool expired = strcmp(end_of(order, in->reason), "expired") == 0;

	shop_event_begin(&e, expired ? "order.expired" : "order.canceled", SHOP_ID_ORDER,
			 order->id);
	shop_json_text(&e.json, "reason", in->reason);
	shop_json_text(&e.json, "from", order->status);
	shop_json_bool(&e.json, "restock", in->restock);
	shop_json_money(&e.json, "refund", shop_money_of(order->paid, order->currency));
	shop_json_array(&e.json, "lines");
	for (guint i = 0; i < lines->len; i++) {
		const struct withdrawn *line = &g_array_index(lines, struct withdrawn, i);

		shop_json_object(&e.json, NULL);
		shop_json_int(&e.json, "line", line->n);
		shop_json_text(&e.json, "sku", line->sku);
		shop_json_quantity(&e.json, "qty", line->allocated + line->backordered,
				   (int)line->qty_scale);
		shop_json_end(&e.json);
	}
	shop_json_end(&e.json);
	return shop_event_append(store, &e, err);
}

bool order_withdraw(struct shop_store *store, const struct shop_order *order,
		    const struct shop_order_cancel *in, struct shop_error *err)
{
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct withdrawn));
	bool ok = load_withdrawn(store, order->id, lines, err) &&
		  end(store, order, in->reason, err) && tell(store, order, in, lines, err) &&
		  free_lines(store, order->id, lines, err) &&
		  payment_settle_down(store, order->id, err) &&
		  order_refresh(store, order->id, err);

	g_array_unref(lines);
	return ok;
}

bool shop_order_cancel(struct shop_store *store, const struct shop_order_cancel *in,
		       struct shop_order *ret_order, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_ORDER struct shop_order order = {0};
	struct shop_order_cancel known = *in;

	if (known.reason == NULL)
		known.reason = "other";
	if (!shop_txn_begin(&txn, store, err) || !order_load_head(store, in->id, &order, err) ||
	    !order_may_cancel(&order, in->refund, err) ||
	    !order_withdraw(store, &order, &known, err) ||
	    !order_return(store, &txn, in->id, ret_order, err))
		return shop_fail_while(err, "canceling an order");
	return true;
}

bool order_cancel_as(struct shop_store *store, int64_t order_id, const char *reason,
		     struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_ORDER struct shop_order order = {0};
	const struct shop_order_cancel in = {.id = order_id, .reason = reason, .restock = true};

	if (!shop_txn_begin(&txn, store, err) || !order_load_head(store, order_id, &order, err))
		return false;
	/* A fact may be told twice: what has ended already stays as it ended. */
	if (strcmp(order.status, "canceled") == 0 || strcmp(order.status, "expired") == 0)
		return true;
	return order_may_cancel(&order, true, err) && order_withdraw(store, &order, &in, err) &&
	       shop_txn_commit(&txn, err);
}

bool order_why_cancel(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_ORDER struct shop_order order = {0};

	return order_load_head(store, id, &order, err) && order_may_cancel(&order, false, err);
}

/*
 * Holds: reasons why an order rests. Each is a row; the order goes on when the last is released.
 */
#include "domain/order/order_axes.h"
#include "domain/order/order_row.h"

#include "domain/domain.h"
#include "domain/why.h"
#include "shop/journal.h"
#include "shop/text.h"
#include "store/db.h"

#include <string.h>

static bool check_reason(const char *reason, struct shop_error *err)
{
	static const char *const reasons[] = {"fraud", "address", "payment", "stock", "manual"};

	for (size_t i = 0; i < G_N_ELEMENTS(reasons); i++)
		if (strcmp(reasons[i], reason) == 0)
			return true;
	shop_fail(err, E_VALUE, "reason: fraud, address, payment, stock or manual, not \"%s\"",
		  reason);
	return shop_fail_field(err, "reason");
}

/* Open holds of a reason, or of all. */
static bool count(struct shop_store *store, int64_t order_id, const char *reason,
		  int64_t *ret_count, struct shop_error *err)
{
	static const char sql[] = "SELECT count(*) FROM order_hold WHERE order_id = $1"
				  " AND released_us IS NULL AND reason = COALESCE($2, reason)";

	return db_get(store, ret_count, sql, "dt", err, order_id, reason);
}

static bool may_hold(const struct shop_order *order, const char *reason, int64_t same,
		     struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	if (!order_may_change(order, "held", err))
		return false;
	if (same == 0)
		return true;
	shop_id_format(SHOP_ID_ORDER, order->id, id);
	shop_fail(err, E_ORDER_HELD, "order %s is on hold for %s already", id, reason);
	shop_fail_object(err, id);
	return shop_fail_fix(err, "order", "release", id, "--reason", reason, NULL);
}

static bool write_hold(struct shop_store *store, const struct shop_order *order, const char *reason,
		       const char *note, struct shop_error *err)
{
	static const char row[] =
		"INSERT INTO order_hold (order_id, n, reason, note, placed_us, actor)"
		" SELECT $1, COALESCE(max(n), 0) + 1, $2, $3, $4, $5 FROM order_hold"
		" WHERE order_id = $1";
	static const char sql[] =
		"UPDATE orders SET status = 'on_hold', held = held + 1, version = version + 1,"
		" updated_us = $2 WHERE id = $1 AND status IN ('pending', 'confirmed', 'on_hold')";
	const struct shop_context *ctx = shop_store_context(store);
	bool changed;

	return db_run(store, row, "dttit", err, order->id, reason, note, ctx->now_us, ctx->actor) &&
	       db_change(store, &changed, sql, "di", err, order->id, ctx->now_us) &&
	       (changed || shop_fail(err, E_INTERNAL, "the order changed meanwhile"));
}

/* The status the order has when `left` holds are. */
static const char *status_with(const struct shop_order *order, int64_t left)
{
	if (left > 0)
		return "on_hold";
	return order->confirmed_at == SHOP_NULL ? "pending" : "confirmed";
}

static bool tell(struct shop_store *store, const char *type, const struct shop_order *order,
		 const char *reason, int64_t left, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shop_event_begin(&e, type, SHOP_ID_ORDER, order->id);
	shop_json_text(&e.json, "reason", reason);
	shop_json_text(&e.json, "from", order->status);
	shop_json_text(&e.json, "status", status_with(order, left));
	shop_json_int(&e.json, "held_after", left);
	return shop_event_append(store, &e, err);
}

bool shop_order_hold(struct shop_store *store, int64_t id, const char *reason, const char *note,
		     struct shop_order *ret_order, struct shop_error *err)
{
	const struct shop_text_rule rule = {.max_chars = SHOP_NOTE_MAX, .multiline = true};
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_ORDER struct shop_order order = {0};
	AUTO_TEXT char *clean = NULL;
	const char *why = reason == NULL ? "manual" : reason;
	int64_t same;

	if (!check_reason(why, err) ||
	    (note != NULL && !shop_text_clean(note, "note", &rule, &clean, err)) ||
	    !shop_txn_begin(&txn, store, err) || !order_load_head(store, id, &order, err) ||
	    !count(store, id, why, &same, err) || !may_hold(&order, why, same, err) ||
	    !write_hold(store, &order, why, clean, err) ||
	    !tell(store, "order.held", &order, why, order.held + 1, err) ||
	    !order_return(store, &txn, id, ret_order, err))
		return shop_fail_while(err, "holding an order");
	return true;
}

static bool may_release(const struct shop_order *order, const char *reason, int64_t holds,
			struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	if (holds > 0)
		return true;
	shop_id_format(SHOP_ID_ORDER, order->id, id);
	if (reason == NULL)
		shop_fail(err, E_ORDER_STATE, "order %s is not on hold: it is %s", id,
			  order->status);
	else
		shop_fail(err, E_ORDER_STATE, "order %s is not on hold for %s", id, reason);
	shop_fail_object(err, id);
	return shop_fail_fix(err, "order", "show", id, NULL);
}

/* With the last hold the order goes back to where it was; what was paid meanwhile confirms it. */
static bool write_release(struct shop_store *store, const struct shop_order *order,
			  const char *reason, int64_t left, struct shop_error *err)
{
	static const char rows[] = "UPDATE order_hold SET released_us = $3 WHERE order_id = $1"
				   " AND released_us IS NULL AND reason = COALESCE($2, reason)";
	static const char sql[] =
		"UPDATE orders SET held = $2, status = $3, version = version + 1, updated_us = $4"
		" WHERE id = $1 AND status = 'on_hold'";
	int64_t now_us = shop_store_context(store)->now_us;

	return db_run(store, rows, "dti", err, order->id, reason, now_us) &&
	       db_run(store, sql, "diti", err, order->id, left, status_with(order, left), now_us);
}

static bool go_on(struct shop_store *store, const struct shop_order *order, struct shop_error *err)
{
	if (order_is_covered(order->pay_later != 0, order->due, order->payment) &&
	    !order_confirm(store, order->id, err))
		return false;
	return order_refresh(store, order->id, err);
}

bool shop_order_release(struct shop_store *store, int64_t id, const char *reason,
			struct shop_order *ret_order, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_ORDER struct shop_order order = {0};
	int64_t holds, left;

	if ((reason != NULL && !check_reason(reason, err)) || !shop_txn_begin(&txn, store, err) ||
	    !order_load_head(store, id, &order, err) || !count(store, id, reason, &holds, err) ||
	    !may_release(&order, reason, holds, err))
		return shop_fail_while(err, "releasing an order");
	left = order.held - holds;
	if (!write_release(store, &order, reason, left, err) ||
	    !tell(store, "order.released", &order, reason, left, err) ||
	    (left == 0 && !go_on(store, &order, err)) ||
	    !order_return(store, &txn, id, ret_order, err))
		return shop_fail_while(err, "releasing an order");
	return true;
}

bool order_why_hold(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_ORDER struct shop_order order = {0};
	int64_t same;

	return order_load_head(store, id, &order, err) && count(store, id, "manual", &same, err) &&
	       may_hold(&order, "manual", same, err);
}

bool order_why_release(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_ORDER struct shop_order order = {0};
	int64_t holds;

	return order_load_head(store, id, &order, err) && count(store, id, NULL, &holds, err) &&
	       may_release(&order, NULL, holds, err);
}

/*
 * The one writer of an order's derived axes.
 */
#include "domain/order/order_axes.h"
#include "domain/order/order_row.h"

#include "domain/domain.h"
#include "shop/journal.h"
#include "store/db.h"

#include <string.h>

#define WORD 24 /* the longest axis value, partially_authorized, fits */

/* What is stored, and what follows from the rows. */
struct axes {
	int64_t id;
	char status[WORD];
	char payment[WORD];
	char fulfillment[WORD];
	char currency[4];
	bool backordered;
	int64_t due;
	int64_t shipping;
	struct order_money money;
	struct order_goods goods;
};

static bool read_order(struct shop_store *store, struct axes *a, struct shop_error *err)
{
	static const char sql[] =
		"SELECT status, payment_status, fulfillment_status, backordered,"
		" due_minor, total_minor, shipping_minor, currency FROM orders WHERE id = $1";
	AUTO_QUERY struct db_query q = {0};
	char text[SHOP_ID_TEXT];

	if (!db_query(&q, store, sql, "d", err, a->id))
		return false;
	if (!db_next(&q))
		return db_done(&q, err) && shop_fail(err, E_NOT_FOUND, "no order %s",
						     shop_id_format(SHOP_ID_ORDER, a->id, text));
	g_strlcpy(a->status, db_text(&q, 0), WORD);
	g_strlcpy(a->payment, db_text(&q, 1), WORD);
	g_strlcpy(a->fulfillment, db_text(&q, 2), WORD);
	a->backordered = db_int(&q, 3) == 1;
	a->due = db_int(&q, 4);
	a->money.total = db_int(&q, 5);
	a->shipping = db_int(&q, 6);
	g_strlcpy(a->currency, db_text(&q, 7), sizeof(a->currency));
	return db_done(&q, err);
}

static bool read_goods(struct shop_store *store, struct axes *a, struct shop_error *err)
{
	static const char sql[] = "SELECT qty, canceled + short, shipped, delivered, backordered,"
				  " total_minor FROM order_line WHERE order_id = $1";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, "d", err, a->id))
		return false;
	while (db_next(&q)) {
		const struct order_units units = {
			.qty = db_int(&q, 0),
			.gone = db_int(&q, 1),
			.shipped = db_int(&q, 2),
			.delivered = db_int(&q, 3),
			.backordered = db_int(&q, 4),
			.total_minor = db_int(&q, 5),
		};

		order_goods_add(&a->goods, &units);
	}
	return db_done(&q, err);
}

/* Shipping is owed as long as anything is. */
static int64_t due_of(const struct axes *a)
{
	return a->goods.due_minor + (a->goods.wanted > 0 ? a->shipping : 0);
}

static bool read_money(struct shop_store *store, struct axes *a, struct shop_error *err)
{
	static const char sql[] =
		"SELECT COALESCE(sum(CASE WHEN p.status = 'requires_capture' THEN"
		" p.authorized_minor - p.captured_minor - p.voided_minor - COALESCE((SELECT"
		" sum(v.amount_minor) FROM payment_op v WHERE v.payment_id = p.id AND v.kind ="
		" 'void' AND v.status NOT IN ('succeeded', 'failed')), 0) ELSE 0 END), 0),"
		" COALESCE(sum(p.captured_minor), 0), COALESCE(sum(p.refunded_minor), 0),"
		" COALESCE(sum(p.voided_minor), 0), COALESCE(sum((SELECT sum(x.amount_minor)"
		" FROM payment_op x WHERE x.payment_id = p.id AND x.kind = 'refund'"
		" AND x.status NOT IN ('succeeded', 'failed'))), 0)"
		" FROM payment p WHERE p.order_id = $1";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, "d", err, a->id))
		return false;
	if (db_next(&q)) {
		a->money.authorized = db_int(&q, 0);
		a->money.captured = db_int(&q, 1);
		a->money.refunded = db_int(&q, 2);
		a->money.voided = db_int(&q, 3);
		a->money.refunding = db_int(&q, 4);
	}
	a->money.due = due_of(a);
	return db_done(&q, err);
}

bool order_refresh_due(struct shop_store *store, int64_t order_id, struct shop_error *err)
{
	static const char sql[] = "UPDATE orders SET due_minor = $2, version = version + 1,"
				  " updated_us = $3 WHERE id = $1";
	struct axes a = {.id = order_id};

	return read_order(store, &a, err) && read_goods(store, &a, err) &&
	       db_run(store, sql, "dii", err, order_id, due_of(&a),
		      shop_store_context(store)->now_us);
}

static bool write_axes(struct shop_store *store, const struct axes *a, const char *payment,
		       const char *fulfillment, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE orders SET payment_status = $2, fulfillment_status = $3, backordered = $4,"
		" due_minor = $5, version = version + 1, updated_us = $6 WHERE id = $1";

	return db_run(store, sql, "dttiii", err, a->id, payment, fulfillment,
		      (int64_t)a->goods.backordered, a->money.due,
		      shop_store_context(store)->now_us);
}

static bool tell_axis(struct shop_store *store, int64_t id, const char *axis, const char *from,
		      const char *to, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	if (strcmp(from, to) == 0)
		return true;
	shop_event_begin(&e, "order.status_changed", SHOP_ID_ORDER, id);
	shop_json_text(&e.json, "axis", axis);
	shop_json_text(&e.json, "from", from);
	shop_json_text(&e.json, "to", to);
	return shop_event_append(store, &e, err);
}

static bool complete(struct shop_store *store, const struct axes *a, const char *fulfillment,
		     struct shop_error *err)
{
	static const char sql[] =
		"UPDATE orders SET status = 'completed', closed_us = $2, version = version + 1,"
		" updated_us = $2 WHERE id = $1 AND status = 'confirmed'";
	AUTO_EVENT struct shop_event_draft e = {0};
	bool changed;

	if (strcmp(a->status, "confirmed") != 0 || !order_is_sent(fulfillment) ||
	    !order_is_settled(&a->money))
		return true;
	if (!db_change(store, &changed, sql, "di", err, a->id, shop_store_context(store)->now_us))
		return false;
	if (!changed)
		return true;
	shop_event_begin(&e, "order.completed", SHOP_ID_ORDER, a->id);
	shop_json_money(&e.json, "due", shop_money_of(a->money.due, a->currency));
	shop_json_money(&e.json, "captured", shop_money_of(a->money.captured, a->currency));
	shop_json_money(&e.json, "refunded", shop_money_of(a->money.refunded, a->currency));
	return shop_event_append(store, &e, err);
}

static bool read_all(struct shop_store *store, struct axes *a, struct shop_error *err)
{
	return read_order(store, a, err) && read_goods(store, a, err) && read_money(store, a, err);
}

static bool differ(const struct axes *a)
{
	return strcmp(order_payment_of(&a->money), a->payment) != 0 ||
	       strcmp(order_fulfillment_of(&a->goods), a->fulfillment) != 0 ||
	       a->backordered != a->goods.backordered || a->due != a->money.due;
}

bool order_axes_check(struct shop_store *store, int64_t order_id, char **ret_text,
		      struct shop_error *err)
{
	struct axes a = {.id = order_id};
	char stored[SHOP_MONEY_TEXT], due[SHOP_MONEY_TEXT];

	if (!read_all(store, &a, err))
		return false;
	*ret_text = NULL;
	if (differ(&a))
		*ret_text = g_strdup_printf(
			"is %s, %s, %s due; its rows say %s, %s, %s due", a.payment, a.fulfillment,
			shop_money_format(shop_money_of(a.due, a.currency), stored),
			order_payment_of(&a.money), order_fulfillment_of(&a.goods),
			shop_money_format(shop_money_of(a.money.due, a.currency), due));
	return true;
}

bool order_refresh(struct shop_store *store, int64_t order_id, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	struct axes a = {.id = order_id};
	const char *payment, *fulfillment;

	if (!shop_txn_begin(&txn, store, err) || !read_all(store, &a, err))
		return false;
	payment = order_payment_of(&a.money);
	fulfillment = order_fulfillment_of(&a.goods);
	if (differ(&a) && !write_axes(store, &a, payment, fulfillment, err))
		return false;
	return tell_axis(store, order_id, "payment", a.payment, payment, err) &&
	       tell_axis(store, order_id, "fulfillment", a.fulfillment, fulfillment, err) &&
	       complete(store, &a, fulfillment, err) && shop_txn_commit(&txn, err);
}

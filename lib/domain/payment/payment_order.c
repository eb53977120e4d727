/*
 * What an order's payments have to cover and do cover, and the order that follows its money.
 */
#include "domain/payment/payment_row.h"

#include "store/db.h"

#include <string.h>

bool payment_order_load(struct shop_store *store, int64_t order_id, struct payment_order *ret_order,
			struct shop_error *err)
{
	static const char sql[] =
		"SELECT total_minor, due_minor, currency, status FROM orders WHERE id = $1";
	AUTO_QUERY struct db_query q = {0};
	char text[SHOP_ID_TEXT];
	bool found;

	if (!db_query(&q, store, sql, "d", err, order_id))
		return false;
	found = db_next(&q);
	if (found) {
		ret_order->id = order_id;
		ret_order->total = db_int(&q, 0);
		ret_order->owed = db_int(&q, 1);
		g_strlcpy(ret_order->currency, db_text(&q, 2), sizeof(ret_order->currency));
		g_strlcpy(ret_order->status, db_text(&q, 3), sizeof(ret_order->status));
		ret_order->over = strcmp(ret_order->status, "canceled") == 0 ||
				  strcmp(ret_order->status, "expired") == 0;
		if (ret_order->over)
			ret_order->owed = 0;
	}
	if (!db_done(&q, err) || found)
		return found;
	shop_fail(err, E_NOT_FOUND, "no order %s", shop_id_format(SHOP_ID_ORDER, order_id, text));
	return shop_fail_fix(err, "order", "list", NULL);
}

bool payment_order_cover(struct shop_store *store, int64_t order_id, bool open, int64_t *ret_minor,
			 struct shop_error *err)
{
	static const char sql[] =
		"SELECT COALESCE(sum(CASE o.kind WHEN 'authorize' THEN o.amount_minor"
		" ELSE -o.amount_minor END), 0) FROM payment p JOIN payment_op o ON o.payment_id = "
		"p.id"
		" WHERE p.order_id = $1 AND o.kind IN ('authorize', 'void')"
		" AND (o.status = 'succeeded' OR ($2 = 1 AND o.status <> 'failed'))";

	return db_get(store, ret_minor, sql, "di", err, order_id, (int64_t)open);
}

bool payment_order_taken(struct shop_store *store, int64_t order_id, int64_t *ret_minor,
			 struct shop_error *err)
{
	static const char sql[] =
		"SELECT COALESCE(sum(o.amount_minor), 0) FROM payment p"
		" JOIN payment_op o ON o.payment_id = p.id"
		" WHERE p.order_id = $1 AND o.kind = 'capture' AND o.status <> 'failed'";

	return db_get(store, ret_minor, sql, "d", err, order_id);
}

bool payment_order_follow(struct shop_store *store, const struct payment *p, bool moved,
			  struct shop_error *err)
{
	return order_refresh(store, p->row.order_id, err) &&
	       (!moved || payment_settle_down(store, p->row.order_id, err));
}

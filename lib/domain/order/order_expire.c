/*
 * Pending orders that were not paid in time.
 */
#include "domain/order/order_row.h"

#include "domain/domain.h"
#include "store/db.h"

/* An order past its time, and what was tried to pay it. */
struct overdue {
	int64_t id;
	int64_t tried; /* operations of its payments */
	int64_t open;  /* of them, without a definite answer */
	int64_t money; /* promised or taken, and not given back */
};

static bool load_overdue(struct shop_store *store, int64_t placed_before_us, GArray *orders,
			 struct shop_error *err)
{
	static const char sql[] =
		"SELECT o.id, count(x.n), COALESCE(sum(CASE WHEN x.n IS NULL OR x.status IN"
		" ('succeeded', 'failed') THEN 0 ELSE 1 END), 0), COALESCE(sum(CASE WHEN x.status "
		"<>"
		" 'succeeded' THEN 0 WHEN x.kind = 'authorize' THEN x.amount_minor WHEN x.kind IN"
		" ('void', 'refund') THEN -x.amount_minor ELSE 0 END), 0) FROM orders o"
		" LEFT JOIN payment p ON p.order_id = o.id"
		" LEFT JOIN payment_op x ON x.payment_id = p.id WHERE o.status = 'pending'"
		" AND o.pay_by_us < $1 AND o.placed_us < $2"
		" GROUP BY o.id ORDER BY o.id";
	AUTO_QUERY struct db_query q = {0};
	bool by_terms = placed_before_us == SHOP_NULL;

	if (!db_query(&q, store, sql, "ii", err,
		      by_terms ? shop_store_context(store)->now_us : INT64_MAX,
		      by_terms ? INT64_MAX : placed_before_us))
		return false;
	while (db_next(&q)) {
		const struct overdue order = {
			.id = db_int(&q, 0),
			.tried = db_int(&q, 1),
			.open = db_int(&q, 2),
			.money = db_int(&q, 3),
		};

		g_array_append_val(orders, order);
	}
	return db_done(&q, err);
}

/* What waits for an answer, or has money on it, is not for a clock to decide. */
static bool end_one(struct shop_store *store, const struct overdue *o, shop_record_fn fn, void *ctx,
		    struct shop_error *err)
{
	AUTO_ORDER struct shop_order order = {0};

	if (o->open > 0 || o->money > 0)
		return true;
	if (o->tried > 0 && !payment_give_up(store, o->id, err))
		return false;
	return order_cancel_as(store, o->id, o->tried > 0 ? "declined" : "expired", err) &&
	       shop_order_load(store, o->id, &order, err) && fn(&order, ctx, err);
}

bool shop_order_expire(struct shop_store *store, int64_t placed_before_us, shop_record_fn fn,
		       void *ctx, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	GArray *orders = g_array_new(FALSE, FALSE, sizeof(struct overdue));
	bool ok = shop_txn_begin(&txn, store, err) &&
		  load_overdue(store, placed_before_us, orders, err);

	for (guint i = 0; ok && i < orders->len; i++)
		ok = end_one(store, &g_array_index(orders, struct overdue, i), fn, ctx, err);
	g_array_unref(orders);
	if (!ok)
		return shop_fail_while(err, "expiring orders");
	return shop_txn_commit(&txn, err);
}

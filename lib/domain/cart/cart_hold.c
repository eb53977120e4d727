/*
 * A cart's holds as its lines want them.
 */
#include "domain/cart/cart_row.h"

#include "domain/domain.h"
#include "store/db.h"

/* A tracked product that the cart holds too few or too many of. */
struct unfit {
	int64_t product_id;
	int64_t qty;
	int64_t held;
	char *sku;
};

static void unfit_done(void *unfit)
{
	g_free(((struct unfit *)unfit)->sku);
}

static bool find_unfit(struct shop_store *store, int64_t cart_id, GArray *found,
		       struct shop_error *err)
{
	static const char sql[] =
		"SELECT l.product_id, l.qty, COALESCE(h.qty, 0), p.sku FROM cart_line l"
		" JOIN product p ON p.id = l.product_id LEFT JOIN (SELECT product_id, sum(qty) AS "
		"qty FROM hold"
		" WHERE cart_id = $1 AND expires_us > $2 GROUP BY product_id) h ON h.product_id = "
		"l.product_id"
		" WHERE l.cart_id = $1 AND p.track_stock = 1 AND l.qty <> COALESCE(h.qty, 0) ORDER "
		"BY l.product_id";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, "di", err, cart_id, shop_store_context(store)->now_us))
		return false;
	while (db_next(&q)) {
		const struct unfit unfit = {
			.product_id = db_int(&q, 0),
			.qty = db_int(&q, 1),
			.held = db_int(&q, 2),
			.sku = db_text_dup(&q, 3),
		};

		g_array_append_val(found, unfit);
	}
	return db_done(&q, err);
}

/* A cart that wants more than there is stays unfit; it is not told again that it holds what it
 * held. */
static bool hold_one(struct shop_store *store, int64_t cart_id, const struct unfit *unfit,
		     struct shop_error *err)
{
	int64_t available, held;

	if (!stock_available(store, unfit->product_id, cart_id, &available, err))
		return false;
	return MIN(unfit->qty, available) == unfit->held ||
	       stock_hold(store, cart_id, unfit->product_id, unfit->sku, unfit->qty, &held, err);
}

static bool extend(struct shop_store *store, int64_t cart_id, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE hold SET expires_us = $2 WHERE cart_id = $1 AND expires_us > $3";
	int64_t now_us = shop_store_context(store)->now_us;

	return db_run(store, sql, "dii", err, cart_id,
		      now_us + shop_store_policy(store)->reserve_for_us, now_us);
}

bool cart_hold(struct shop_store *store, int64_t cart_id, struct shop_error *err)
{
	GArray *found = g_array_new(FALSE, FALSE, sizeof(struct unfit));
	bool ok;

	g_array_set_clear_func(found, unfit_done);
	ok = find_unfit(store, cart_id, found, err);
	for (guint i = 0; ok && i < found->len; i++)
		ok = hold_one(store, cart_id, &g_array_index(found, struct unfit, i), err);
	g_array_unref(found);
	return ok && extend(store, cart_id, err);
}

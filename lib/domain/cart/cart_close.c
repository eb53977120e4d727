/*
 * Carts that lead to nothing: abandoned by hand or by time, and expired in the end.
 */
#include "domain/cart/cart_row.h"

#include "domain/domain.h"
#include "shop/times.h"
#include "store/db.h"

#include <string.h>

/* How long an open cart may rest: the tiers shops have settled on. */
#define ABANDONED_AFTER (24 * SHOP_HOUR)
#define EMPTY_EXPIRES (6 * SHOP_HOUR)
#define GUEST_EXPIRES (30 * SHOP_DAY)
#define CUSTOMER_EXPIRES (90 * SHOP_DAY)

static bool write_status(struct shop_store *store, const struct shop_cart *cart, const char *status,
			 struct shop_error *err)
{
	static const char sql[] =
		"UPDATE cart SET status = $3, version = version + 1, updated_us = $4"
		" WHERE id = $1 AND status = $2";
	char id[SHOP_ID_TEXT];
	bool changed;

	if (!db_change(store, &changed, sql, "dtti", err, cart->id, cart->status, status,
		       shop_store_context(store)->now_us))
		return false;
	if (changed)
		return true;
	shop_fail(err, E_CART_CLOSED, "%s is not %s any more",
		  shop_id_format(SHOP_ID_CART, cart->id, id), cart->status);
	shop_fail_object(err, id);
	return shop_fail_fix(err, "cart", "show", id, NULL);
}

static bool tell(struct shop_store *store, const struct shop_cart *cart, const char *status,
		 struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	cart_event_begin(&e, strcmp(status, "expired") == 0 ? "cart.expired" : "cart.abandoned",
			 cart);
	shop_json_text(&e.json, "from", cart->status);
	shop_json_int(&e.json, "total_minor", cart->total);
	shop_json_int(&e.json, "line_count", (int64_t)cart->lines.count);
	shop_json_time(&e.json, "untouched_since", cart->updated_at);
	return shop_event_append(store, &e, err);
}

/* Move an open cart to abandoned or expired; `freed` is what its holds' events are called. */
static bool close_cart(struct shop_store *store, const struct shop_cart *cart, const char *status,
		       const char *freed, struct shop_error *err)
{
	return write_status(store, cart, status, err) && tell(store, cart, status, err) &&
	       stock_holds_drop(store, cart->id, freed, err);
}

bool shop_cart_abandon(struct shop_store *store, int64_t id, struct shop_cart *ret_cart,
		       struct shop_error *err)
{
	int64_t now_us = shop_store_context(store)->now_us;
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_CART struct shop_cart before = {0};
	AUTO_CART struct shop_cart after = {0};

	if (!shop_txn_begin(&txn, store, err) || !shop_cart_load(store, id, now_us, &before, err) ||
	    !cart_may_change(&before, err) ||
	    (strcmp(before.status, "active") == 0 &&
	     !close_cart(store, &before, "abandoned", "inventory.reservation_released", err)) ||
	    !shop_cart_load(store, id, now_us, &after, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "abandoning a cart");
	shop_record_take(&shop_cart_record, ret_cart, &after);
	return true;
}

/* A sweep: the carts of a query all go to one status. */
struct sweep {
	const struct shop_cart_expire *in;
	const char *status;
	shop_record_fn fn;
	void *ctx;
	int64_t left; /* how many more may go */
};

static bool sweep_one(struct shop_store *store, struct sweep *sweep, int64_t id,
		      struct shop_error *err)
{
	int64_t now_us = shop_store_context(store)->now_us;
	AUTO_CART struct shop_cart before = {0};
	AUTO_CART struct shop_cart after = {0};

	return shop_cart_load(store, id, now_us, &before, err) &&
	       close_cart(store, &before, sweep->status, "inventory.reservation_expired", err) &&
	       shop_cart_load(store, id, now_us, &after, err) && sweep->fn(&after, sweep->ctx, err);
}

/* All ids first: what is swept would move in the index that is being read. */
static bool sweep_all(struct shop_store *store, struct sweep *sweep, struct db_query *q,
		      struct shop_error *err)
{
	GArray *ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	bool ok;

	while (db_next(q)) {
		int64_t id = db_int(q, 0);

		g_array_append_val(ids, id);
	}
	ok = db_done(q, err);
	for (guint i = 0; ok && i < ids->len; i++)
		ok = sweep_one(store, sweep, g_array_index(ids, int64_t, i), err);
	sweep->left -= ids->len;
	g_array_unref(ids);
	return ok;
}

static bool sweep_abandoned(struct shop_store *store, struct sweep *sweep, struct shop_error *err)
{
	static const char sql[] =
		"SELECT c.id FROM cart c WHERE c.status = 'abandoned' AND c.updated_us <= $1 AND "
		"c.updated_us <= CASE"
		" WHEN NOT EXISTS (SELECT 1 FROM cart_line l WHERE l.cart_id = c.id) THEN $1"
		" WHEN c.customer_id IS NULL THEN $2 ELSE $3 END ORDER BY c.updated_us, c.id LIMIT "
		"$4";
	AUTO_QUERY struct db_query q = {0};
	int64_t now_us = shop_store_context(store)->now_us;

	sweep->status = "expired";
	return db_query(&q, store, sql, "iiii", err, now_us - EMPTY_EXPIRES, now_us - GUEST_EXPIRES,
			now_us - CUSTOMER_EXPIRES, sweep->left) &&
	       sweep_all(store, sweep, &q, err);
}

static bool sweep_active(struct shop_store *store, struct sweep *sweep, struct shop_error *err)
{
	static const char sql[] = "SELECT id FROM cart WHERE status = 'active' AND updated_us <= $1"
				  " ORDER BY updated_us, id LIMIT $2";
	AUTO_QUERY struct db_query q = {0};

	sweep->status = "abandoned";
	return db_query(&q, store, sql, "ii", err,
			shop_store_context(store)->now_us - ABANDONED_AFTER, sweep->left) &&
	       sweep_all(store, sweep, &q, err);
}

static bool sweep_open(struct shop_store *store, struct sweep *sweep, struct shop_error *err)
{
	static const char sql[] =
		"SELECT id FROM cart WHERE status IN ('active', 'abandoned') AND updated_us <= $1"
		" ORDER BY updated_us, id LIMIT $2";
	AUTO_QUERY struct db_query q = {0};

	sweep->status = "expired";
	return db_query(&q, store, sql, "ii", err,
			shop_store_context(store)->now_us - sweep->in->older_than_us,
			sweep->left) &&
	       sweep_all(store, sweep, &q, err);
}

bool shop_cart_expire(struct shop_store *store, const struct shop_cart_expire *in,
		      shop_record_fn fn, void *ctx, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	struct sweep sweep = {.in = in, .fn = fn, .ctx = ctx};
	bool ok;

	sweep.left = in->limit == SHOP_NULL ? INT64_MAX : in->limit;
	if (!shop_txn_begin(&txn, store, err))
		return false;
	ok = in->older_than_us != SHOP_NULL
		     ? sweep_open(store, &sweep, err)
		     : sweep_abandoned(store, &sweep, err) && sweep_active(store, &sweep, err);
	return (ok && shop_txn_commit(&txn, err)) || shop_fail_while(err, "expiring carts");
}

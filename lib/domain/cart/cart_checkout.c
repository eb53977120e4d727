/*
 * Checkout: a cart becomes an order in one transaction, once, however often and by however many it
 * is asked.
 */
#include "domain/cart/cart_row.h"

#include "domain/domain.h"
#include "store/db.h"

static bool place(struct shop_store *store, const struct shop_cart *cart, const char *pay,
		  int64_t *ret_order_id, struct shop_error *err)
{
	static const char sql[] =
		"SELECT product_id, qty, price_minor FROM cart_line WHERE cart_id = $1 ORDER BY n";
	AUTO_QUERY struct db_query q = {0};
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct order_new_line));
	struct order_new in = {
		.cart_id = cart->id,
		.customer_id = cart->customer_id,
		.ship_to = cart->ship_to,
		.pay = pay,
		.placed_us = SHOP_NULL,
	};
	bool ok = db_query(&q, store, sql, "d", err, cart->id);

	while (ok && db_next(&q)) {
		const struct order_new_line line = {.product_id = db_int(&q, 0),
						    .qty = db_int(&q, 1),
						    .price_minor = db_int(&q, 2)};

		g_array_append_val(lines, line);
	}
	in.lines = (const struct order_new_line *)(const void *)lines->data;
	in.count = lines->len;
	ok = ok && db_done(&q, err) && order_place(store, &in, ret_order_id, err);
	g_array_unref(lines);
	return ok;
}

static bool complete(struct shop_store *store, const struct shop_cart *cart, struct shop_error *err)
{
	static const char revive[] =
		"UPDATE cart SET status = 'active' WHERE id = $1 AND status = 'abandoned'";
	static const char sql[] =
		"UPDATE cart SET status = 'completed', version = version + 1, updated_us = $2"
		" WHERE id = $1 AND status = 'active'";
	bool changed;

	if (!db_run(store, revive, "d", err, cart->id) ||
	    !db_change(store, &changed, sql, "di", err, cart->id,
		       shop_store_context(store)->now_us))
		return false;
	return changed || cart_may_change(cart, err);
}

static bool tell_completed(struct shop_store *store, const struct shop_cart *cart, int64_t order_id,
			   struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	cart_event_begin(&e, "cart.completed", cart);
	shop_json_text(&e.json, "from", cart->status);
	shop_json_id(&e.json, "order_id", SHOP_ID_ORDER, order_id);
	shop_json_int(&e.json, "total_minor", cart->total);
	shop_json_int(&e.json, "line_count", (int64_t)cart->lines.count);
	return shop_event_append(store, &e, err);
}

static bool check_out(struct shop_store *store, const struct shop_cart_checkout *in,
		      int64_t *ret_order_id, struct shop_error *err)
{
	AUTO_CART struct shop_cart cart = {0};

	if (!shop_cart_load(store, in->cart_id, shop_store_context(store)->now_us, &cart, err))
		return false;
	if (cart.order_id != 0) {
		*ret_order_id = cart.order_id;
		return true;
	}
	return cart_may_change(&cart, err) && cart_may_check_out(&cart, err) &&
	       cart_may_cost(&cart, in->expected_total, err) &&
	       place(store, &cart, in->pay, ret_order_id, err) && complete(store, &cart, err) &&
	       tell_completed(store, &cart, *ret_order_id, err);
}

/* Whatever line it is that refuses: what was asked about is the cart. */
static bool fail_cart(int64_t cart_id, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	return shop_fail_object(err, shop_id_format(SHOP_ID_CART, cart_id, id));
}

bool shop_cart_checkout(struct shop_store *store, const struct shop_cart_checkout *in,
			struct shop_order *ret_order, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_ORDER struct shop_order order = {0};
	int64_t order_id;

	if (!shop_txn_begin(&txn, store, err))
		return false;
	if (!check_out(store, in, &order_id, err))
		return fail_cart(in->cart_id, err);
	if (!shop_order_load(store, order_id, &order, err) || !shop_txn_commit(&txn, err))
		return false;
	shop_record_take(&shop_order_record, ret_order, &order);
	return true;
}

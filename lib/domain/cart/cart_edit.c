/*
 * Changing a cart. Every change is one edit: the cart is opened if it may change, its rows are
 * written while the event is put together, and closing it revives the cart, brings its holds up to
 * date and tells what moved.
 */
#include "domain/cart/cart_edit.h"

#include "store/db.h"

#include <string.h>

void cart_edit_done(struct cart_edit *e)
{
	shop_cart_done(&e->cart);
	shop_event_discard(&e->event);
}

bool cart_edit_open(struct cart_edit *e, int64_t id, struct shop_error *err)
{
	static const char sql[] =
		"SELECT count(*), COALESCE(max(n), 0) FROM cart_line WHERE cart_id = $1";
	AUTO_QUERY struct db_query q = {0};

	if (!cart_load_head(e->store, id, &e->cart, err) || !cart_may_change(&e->cart, err) ||
	    !db_query(&q, e->store, sql, "d", err, id))
		return false;
	if (db_next(&q)) {
		e->count = db_int(&q, 0);
		e->last_n = db_int(&q, 1);
	}
	return db_done(&q, err);
}

static bool write_row(struct shop_store *store, const struct shop_cart *cart,
		      struct shop_error *err)
{
	static const char sql[] = "UPDATE cart SET status = 'active', currency = $2, ship_to = $3,"
				  " version = version + 1, updated_us = $4"
				  " WHERE id = $1 AND status IN ('active', 'abandoned')";

	return db_run(store, sql, "dtti", err, cart->id, cart->currency, cart->ship_to,
		      shop_store_context(store)->now_us);
}

void cart_edit_begin(struct cart_edit *e, const char *changed)
{
	struct shop_json *j = &e->event.json;

	shop_event_begin(&e->event, "cart.updated", SHOP_ID_CART, e->cart.id);
	shop_json_id(j, "cart_id", SHOP_ID_CART, e->cart.id);
	shop_json_id(j, "customer_id", SHOP_ID_CUSTOMER, e->cart.customer_id);
	shop_json_array(j, "changed");
	if (strcmp(e->cart.status, "active") != 0)
		shop_json_text(j, NULL, "status");
	if (changed != NULL)
		shop_json_text(j, NULL, changed);
	shop_json_end(j);
	shop_json_array(j, "lines");
}

static bool tell_updated(struct cart_edit *e, const struct shop_cart *after, struct shop_error *err)
{
	struct shop_json *j = &e->event.json;

	shop_json_end(j);
	shop_json_text(j, "status", after->status);
	shop_json_text(j, "currency", after->currency);
	shop_json_int(j, "total_minor", after->total);
	if (after->held_until == SHOP_NULL)
		shop_json_null(j, "held_until");
	else
		shop_json_time(j, "held_until", after->held_until);
	return shop_event_append(e->store, &e->event, err);
}

bool cart_edit_close(struct cart_edit *e, struct shop_txn *txn, struct shop_cart *ret_cart,
		     struct shop_error *err)
{
	AUTO_CART struct shop_cart after = {0};

	if (!write_row(e->store, &e->cart, err) || !cart_hold(e->store, e->cart.id, err) ||
	    !shop_cart_load(e->store, e->cart.id, shop_store_context(e->store)->now_us, &after,
			    err) ||
	    !tell_updated(e, &after, err) || !shop_txn_commit(txn, err))
		return false;
	shop_record_take(&shop_cart_record, ret_cart, &after);
	return true;
}

/* Number n of its customer's addresses. */
static bool customer_address(const struct cart_edit *e, int64_t n, char **ret_json,
			     struct shop_error *err)
{
	AUTO_ADDRESS struct shop_address a = {0};
	struct shop_address_new given;
	char id[SHOP_ID_TEXT];

	if (e->cart.customer_id == 0) {
		shop_fail(err, E_STATE, "%s is a guest's, who has no addresses",
			  shop_id_format(SHOP_ID_CART, e->cart.id, id));
		shop_fail_object(err, id);
		return shop_fail_fix(err, "cart", "address", id, "--ship", "@FILE", NULL);
	}
	if (!shop_customer_address_load(e->store, e->cart.customer_id, n, &a, err))
		return false;
	given = shop_address_given(&a);
	return shop_address_json(&given, ret_json, err);
}

bool shop_cart_address(struct shop_store *store, int64_t id, const struct shop_address_new *address,
		       int64_t n, struct shop_cart *ret_cart, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_CART_EDIT struct cart_edit e = {.store = store};
	char *json = NULL;

	if (!shop_txn_begin(&txn, store, err) || !cart_edit_open(&e, id, err) ||
	    !(address != NULL ? shop_address_json(address, &json, err)
			      : customer_address(&e, n, &json, err)))
		return shop_fail_while(err, "addressing a cart");
	g_free(e.cart.ship_to);
	e.cart.ship_to = json;
	cart_edit_begin(&e, "ship_to");
	return cart_edit_close(&e, &txn, ret_cart, err) ||
	       shop_fail_while(err, "addressing a cart");
}

bool shop_cart_recover(struct shop_store *store, int64_t id, struct shop_cart *ret_cart,
		       struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_CART_EDIT struct cart_edit e = {.store = store};

	if (!shop_txn_begin(&txn, store, err) || !cart_edit_open(&e, id, err))
		return shop_fail_while(err, "recovering a cart");
	cart_edit_begin(&e, NULL);
	if (strcmp(e.cart.status, "active") == 0)
		return shop_cart_load(store, id, shop_store_context(store)->now_us, ret_cart, err);
	return cart_edit_close(&e, &txn, ret_cart, err) ||
	       shop_fail_while(err, "recovering a cart");
}

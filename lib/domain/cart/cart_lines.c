/*
 * The lines of a cart: added, set and removed, each judged by the guards that its order will meet.
 */
#include "domain/cart/cart_edit.h"

#include "domain/domain.h"
#include "domain/order/order_place.h"
#include "domain/product/product_row.h"
#include "shop/quantity.h"
#include "store/db.h"

#include <string.h>

/* A line as it was before a change. */
struct before {
	int64_t qty; /* 0 = there was none */
	int64_t price_minor;
};

static bool find_line(const struct cart_edit *e, int64_t product_id, struct before *ret_before,
		      struct shop_error *err)
{
	static const char sql[] =
		"SELECT qty, price_minor FROM cart_line WHERE cart_id = $1 AND product_id = $2";
	AUTO_QUERY struct db_query q = {0};

	*ret_before = (struct before){.price_minor = SHOP_NULL};
	if (!db_query(&q, e->store, sql, "dd", err, e->cart.id, product_id))
		return false;
	if (db_next(&q))
		*ret_before = (struct before){.qty = db_int(&q, 0), .price_minor = db_int(&q, 1)};
	return db_done(&q, err);
}

static void tell_line(struct cart_edit *e, const struct shop_product *product,
		      const struct before *before, int64_t qty, int64_t unit_minor)
{
	struct shop_json *j = &e->event.json;

	shop_json_object(j, NULL);
	shop_json_text(j, "sku", product->sku);
	shop_json_quantity(j, "qty_before", before->qty, (int)product->qty_scale);
	shop_json_quantity(j, "qty", qty, (int)product->qty_scale);
	if (unit_minor == SHOP_NULL)
		shop_json_null(j, "unit_minor");
	else
		shop_json_int(j, "unit_minor", unit_minor);
	shop_json_end(j);
}

static bool drop_line(struct cart_edit *e, const struct shop_product *product,
		      const struct before *before, struct shop_error *err)
{
	static const char sql[] = "DELETE FROM cart_line WHERE cart_id = $1 AND product_id = $2";
	int64_t held;

	e->count--;
	tell_line(e, product, before, 0, SHOP_NULL);
	return db_run(e->store, sql, "dd", err, e->cart.id, product->id) &&
	       stock_hold(e->store, e->cart.id, product->id, product->sku, 0, &held, err);
}

/* The first line says what currency the cart is in. */
static bool join(struct cart_edit *e, const struct place_line *line, const struct before *before,
		 struct shop_error *err)
{
	if (e->count > (before->qty > 0 ? 1 : 0))
		return place_line_may_join(line, e->cart.currency, err);
	g_free(e->cart.currency);
	e->cart.currency = g_strdup(line->currency);
	return true;
}

static bool check_price(struct shop_money price, const struct place_line *line,
			struct shop_error *err)
{
	if (price.minor == SHOP_NULL)
		return true;
	if (!product_price_check(price, err))
		return false;
	if (strcmp(price.currency, line->currency) == 0)
		return true;
	shop_fail(err, E_CURRENCY, "product %s is priced in %s, not %s", line->sku, line->currency,
		  price.currency);
	shop_fail_object(err, line->sku);
	return shop_fail_fix(err, "product", "show", line->sku, NULL);
}

static bool store_line(struct cart_edit *e, const struct place_line *line,
		       const struct before *before, int64_t price_minor, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO cart_line (cart_id, product_id, n, qty, price_minor) VALUES ($1, $2, "
		"$3, $4, $5)"
		" ON CONFLICT (cart_id, product_id) DO UPDATE SET qty = excluded.qty,"
		" price_minor = excluded.price_minor";

	if (before->qty == 0) {
		if (!cart_may_grow(&e->cart, e->count, err))
			return false;
		e->count++;
		e->last_n++;
	}
	return db_run(e->store, sql, "ddiii", err, e->cart.id, line->product_id, e->last_n,
		      line->qty, price_minor);
}

/* Put qty units of a product into the cart, judged as its order will judge it. */
static bool put_line(struct cart_edit *e, const struct shop_product *product,
		     const struct before *before, int64_t qty, struct shop_money price,
		     struct shop_error *err)
{
	int64_t price_minor = price.minor == SHOP_NULL ? before->price_minor : price.minor;
	AUTO_PLACE_LINE struct place_line line = {
		.product_id = product->id, .qty = qty, .unit_minor = price_minor};

	if (!place_line_read(e->store, &line, shop_store_context(e->store)->now_us, err) ||
	    !check_price(price, &line, err) || !place_line_may_sell(&line, err) ||
	    !join(e, &line, before, err) || !store_line(e, &line, before, price_minor, err))
		return false;
	tell_line(e, product, before, qty, line.unit_minor);
	return true;
}

/* A typed line: `adds` to what is there, or sets it. */
static bool take_line(struct cart_edit *e, const struct shop_order_line_new *in, bool adds,
		      struct shop_error *err)
{
	AUTO_PRODUCT struct shop_product product = {0};
	struct before before;
	int64_t qty;

	if (!shop_product_load(e->store, in->sku, shop_store_context(e->store)->now_us, &product,
			       err) ||
	    !shop_quantity_of(&in->qty, (int)product.qty_scale, product.unit, &qty, err) ||
	    !cart_may_want(in->sku, qty, adds ? 1 : 0, err) ||
	    !find_line(e, product.id, &before, err))
		return false;
	if (qty == 0)
		return before.qty == 0 || drop_line(e, &product, &before, err);
	return put_line(e, &product, &before, adds ? before.qty + qty : qty, in->price, err);
}

bool shop_cart_add(struct shop_store *store, int64_t id, const struct shop_order_line_new *lines,
		   size_t count, struct shop_cart *ret_cart, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_CART_EDIT struct cart_edit e = {.store = store};

	if (!shop_txn_begin(&txn, store, err) || !cart_edit_open(&e, id, err))
		return shop_fail_while(err, "adding to a cart");
	cart_edit_begin(&e, "lines");
	for (size_t i = 0; i < count; i++)
		if (!take_line(&e, &lines[i], true, err))
			return shop_fail_while(err, "adding to a cart");
	return cart_edit_close(&e, &txn, ret_cart, err) || shop_fail_while(err, "adding to a cart");
}

bool shop_cart_set(struct shop_store *store, int64_t id, const struct shop_order_line_new *line,
		   struct shop_cart *ret_cart, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_CART_EDIT struct cart_edit e = {.store = store};

	if (!shop_txn_begin(&txn, store, err) || !cart_edit_open(&e, id, err))
		return shop_fail_while(err, "changing a cart");
	cart_edit_begin(&e, "lines");
	return (take_line(&e, line, false, err) && cart_edit_close(&e, &txn, ret_cart, err)) ||
	       shop_fail_while(err, "changing a cart");
}

static bool remove_line(struct cart_edit *e, const char *sku, struct shop_error *err)
{
	AUTO_PRODUCT struct shop_product product = {0};
	struct before before;
	char id[SHOP_ID_TEXT];

	if (!shop_product_load(e->store, sku, shop_store_context(e->store)->now_us, &product,
			       err) ||
	    !find_line(e, product.id, &before, err))
		return false;
	if (before.qty > 0)
		return drop_line(e, &product, &before, err);
	shop_fail(err, E_NOT_FOUND, "%s has no %s", shop_id_format(SHOP_ID_CART, e->cart.id, id),
		  sku);
	shop_fail_object(err, id);
	return shop_fail_fix(err, "cart", "show", id, NULL);
}

bool shop_cart_remove(struct shop_store *store, int64_t id, const char *sku,
		      struct shop_cart *ret_cart, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_CART_EDIT struct cart_edit e = {.store = store};

	if (!shop_txn_begin(&txn, store, err) || !cart_edit_open(&e, id, err))
		return shop_fail_while(err, "changing a cart");
	cart_edit_begin(&e, "lines");
	return (remove_line(&e, sku, err) && cart_edit_close(&e, &txn, ret_cart, err)) ||
	       shop_fail_while(err, "changing a cart");
}

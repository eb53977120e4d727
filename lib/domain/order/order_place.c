/*
 * Placing an order: checkout's first phase, one transaction from the guards to order.placed. The
 * shop's hot path: few statements, each prepared once; stock last, as it is what orders compete
 * for.
 */
#include "domain/order/order_place.h"

#include "shop/journal.h"
#include "shop/order.h"
#include "shop/times.h"
#include "store/db.h"

static bool check_customer(struct shop_store *store, int64_t customer_id, struct shop_error *err)
{
	static const char sql[] = "SELECT id FROM customer WHERE id = $1";
	char text[SHOP_ID_TEXT];
	int64_t found;

	if (customer_id == 0)
		return true;
	if (!db_get(store, &found, sql, "d", err, customer_id))
		return false;
	if (found != SHOP_NULL)
		return true;
	shop_fail(err, E_NOT_FOUND, "no customer %s",
		  shop_id_format(SHOP_ID_CUSTOMER, customer_id, text));
	shop_fail_object(err, text);
	return shop_fail_fix(err, "customer", "list", NULL);
}

static bool check_reference(struct shop_store *store, const char *reference, struct shop_error *err)
{
	static const char sql[] = "SELECT id FROM orders WHERE reference = $1";
	char text[SHOP_ID_TEXT];
	int64_t taken;

	if (reference == NULL)
		return true;
	if (!db_get(store, &taken, sql, "t", err, reference))
		return false;
	if (taken == SHOP_NULL)
		return true;
	shop_fail(err, E_DUPLICATE, "%s has the reference %s already",
		  shop_id_format(SHOP_ID_ORDER, taken, text), reference);
	shop_fail_object(err, text);
	return shop_fail_fix(err, "order", "show", text, NULL);
}

static bool insert_order(struct shop_store *store, const struct placing *p, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO orders (id, cart_id, customer_id, reference, status, payment_status,"
		" fulfillment_status, currency, subtotal_minor, total_minor, due_minor, rounding,"
		" pay_later, pay_by_us, ship_to, placed_us, created_us, updated_us) VALUES ($1, $2,"
		" $3, $4, 'pending', $5, 'unfulfilled', $6, $7, $7, $7, 'line', $8, $9, $10, $11,"
		" $12, $12)";
	const struct order_new *in = p->in;

	/* Of nothing, nothing is owed. */
	return db_run(store, sql, "dddtttiiitii", err, p->id, in->cart_id, in->customer_id,
		      in->reference, p->total.minor == 0 ? "paid" : "not_paid", p->total.currency,
		      p->total.minor, (int64_t)p->method.pay_later, p->pay_by_us, in->ship_to,
		      p->placed_us, shop_store_context(store)->now_us);
}

static bool insert_lines(struct shop_store *store, const struct placing *p, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO order_line (order_id, n, product_id, sku, title, tax_class, tracked,"
		" qty_scale, unit_minor, cost_minor, qty, allocated, subtotal_minor, total_minor)"
		" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $12)";

	for (size_t i = 0; i < p->in->count; i++) {
		const struct place_line *l = &p->lines[i];

		if (!db_run(store, sql, "didtttiiiiii", err, p->id, l->n, l->product_id, l->sku,
			    l->title, l->tax_class, (int64_t)l->tracked, (int64_t)l->scale,
			    l->unit_minor, l->cost_minor, l->qty, l->subtotal_minor))
			return false;
	}
	return true;
}

static void tell_lines(struct shop_json *j, const struct placing *p)
{
	shop_json_array(j, "lines");
	for (size_t i = 0; i < p->in->count; i++) {
		const struct place_line *l = &p->lines[i];

		shop_json_object(j, NULL);
		shop_json_int(j, "line", l->n);
		shop_json_text(j, "sku", l->sku);
		shop_json_quantity(j, "qty", l->qty, l->scale);
		shop_json_int(j, "unit_minor", l->unit_minor);
		shop_json_int(j, "tax_minor", 0);
		shop_json_int(j, "discount_minor", 0);
		shop_json_int(j, "total_minor", l->subtotal_minor);
		shop_json_end(j);
	}
	shop_json_end(j);
}

static bool tell_placed(struct shop_store *store, const struct placing *p, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shop_event_begin(&e, "order.placed", SHOP_ID_ORDER, p->id);
	shop_json_id(&e.json, "customer_id", SHOP_ID_CUSTOMER, p->in->customer_id);
	shop_json_id(&e.json, "cart_id", SHOP_ID_CART, p->in->cart_id);
	shop_json_text(&e.json, "reference", p->in->reference);
	tell_lines(&e.json, p);
	shop_json_object(&e.json, "totals");
	shop_json_int(&e.json, "subtotal_minor", p->total.minor);
	shop_json_int(&e.json, "discount_minor", 0);
	shop_json_int(&e.json, "shipping_minor", 0);
	shop_json_int(&e.json, "tax_minor", 0);
	shop_json_end(&e.json);
	shop_json_money(&e.json, "total", p->total);
	shop_json_object(&e.json, "payment_terms");
	shop_json_text(&e.json, "driver", p->method.driver);
	shop_json_bool(&e.json, "pay_later", p->method.pay_later);
	shop_json_time(&e.json, "pay_by", p->pay_by_us);
	shop_json_end(&e.json);
	return shop_event_append(store, &e, err);
}

static bool open_payment(struct shop_store *store, const struct placing *p, struct shop_error *err)
{
	int64_t payment_id;

	return p->total.minor == 0 ||
	       payment_open(store, p->id, &p->method, p->total, &payment_id, err);
}

/* The time to pay runs from now, also for an order that was placed elsewhere before. */
static void set_terms(struct shop_store *store, struct placing *p)
{
	const struct shop_policy *policy = shop_store_policy(store);
	int64_t now_us = shop_store_context(store)->now_us;

	p->placed_us = p->in->placed_us == SHOP_NULL ? now_us : p->in->placed_us;
	p->pay_by_us = now_us +
		       (p->method.pay_later ? policy->pay_within_manual_us : policy->pay_within_us);
}

static bool write_all(struct shop_store *store, struct placing *p, struct shop_error *err)
{
	const struct order_new *in = p->in;

	return shop_store_next_id(store, SHOP_ID_ORDER, &p->id, err) &&
	       insert_order(store, p, err) && insert_lines(store, p, err) &&
	       tell_placed(store, p, err) && open_payment(store, p, err) &&
	       placing_stock(store, p, err) &&
	       (in->cart_id == 0 || stock_holds_drop(store, in->cart_id, NULL, err)) &&
	       ((!p->method.pay_later && p->total.minor != 0) || order_confirm(store, p->id, err));
}

bool order_place(struct shop_store *store, const struct order_new *in, int64_t *ret_order_id,
		 struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PLACING struct placing p = {.in = in};

	if (!payment_method_parse(in->pay, &p.method, err) || !shop_txn_begin(&txn, store, err) ||
	    !check_customer(store, in->customer_id, err) ||
	    !check_reference(store, in->reference, err) || !placing_lines(store, &p, err))
		return false;
	set_terms(store, &p);
	if (!write_all(store, &p, err) || !shop_txn_commit(&txn, err))
		return false;
	*ret_order_id = p.id;
	return true;
}

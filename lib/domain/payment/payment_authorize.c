/*
 * Asking for an authorization: which intent it is for, by which method, how much.
 */
#include "domain/payment/payment_row.h"
#include "domain/why.h"

#include "shop/text.h"
#include "store/db.h"

#include <string.h>

/* The intent that still needs a method, if there is one; *ret_busy is one being authorized. */
static bool find_open(struct shop_store *store, int64_t order_id, int64_t *ret_open,
		      int64_t *ret_busy, struct shop_error *err)
{
	static const char sql[] = "SELECT min(id) FROM payment WHERE order_id = $1 AND status = $2";

	return db_get(store, ret_open, sql, "dt", err, order_id, "requires_payment_method") &&
	       db_get(store, ret_busy, sql, "dt", err, order_id, "processing");
}

/* What has left for the provider is asked for; what waits for the worker is sent by it. */
static bool refuse_busy(struct shop_store *store, const struct payment_order *order,
			int64_t busy_id, struct shop_error *err)
{
	AUTO_PAYMENT_STATE struct payment busy = {0};
	char id[SHOP_ID_TEXT];
	char pay[SHOP_ID_TEXT];

	if (!payment_load(store, busy_id, &busy, err))
		return false;
	shop_id_format(SHOP_ID_ORDER, order->id, id);
	shop_id_format(SHOP_ID_PAYMENT, busy_id, pay);
	shop_fail(err, E_PAYMENT_STATE, "order %s has %s being authorized", id, pay);
	shop_fail_object(err, id);
	return busy.fold.called ? shop_fail_fix(err, "payment", "resolve", pay, NULL)
				: shop_fail_fix(err, "worker", "--drain", NULL);
}

static bool order_may_authorize(struct shop_store *store, const struct payment_order *order,
				int64_t busy_id, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	shop_id_format(SHOP_ID_ORDER, order->id, id);
	if (order->over) {
		shop_fail(err, E_ORDER_STATE, "order %s is %s: nothing to pay", id, order->status);
		shop_fail_object(err, id);
		return shop_fail_fix(err, "order", "show", id, NULL);
	}
	return busy_id == SHOP_NULL || refuse_busy(store, order, busy_id, err);
}

/* Put the method on the intent; money that came by another one stays with it. */
static bool attach(struct shop_store *store, struct payment *p, const struct payment_method *method,
		   struct shop_error *err)
{
	static const char sql[] = "UPDATE payment SET driver = $2, token = $3 WHERE id = $1";
	AUTO_EVENT struct shop_event_draft e = {0};
	AUTO_TEXT char *before = g_strdup(p->row.driver);
	char id[SHOP_ID_TEXT];

	if (p->fold.captured > 0 && strcmp(before, method->driver) != 0) {
		shop_id_format(SHOP_ID_PAYMENT, p->row.id, id);
		shop_fail(err, E_PAYMENT_STATE, "payment %s has taken money as %s already", id,
			  before);
		shop_fail_object(err, id);
		return shop_fail_fix(err, "payment", "capture", id, NULL);
	}
	if (!db_run(store, sql, "dtt", err, p->row.id, method->driver,
		    *method->token == '\0' ? NULL : method->token))
		return false;
	p->pay_later = method->pay_later;
	if (!payment_refold(store, p, err))
		return false;
	/* Another token of the same driver: the authorization that follows tells of it. */
	if (strcmp(before, method->driver) == 0)
		return true;
	payment_changed_begin(&e, p, "driver");
	shop_json_text(&e.json, NULL, before);
	shop_json_text(&e.json, NULL, method->driver);
	return payment_changed_append(store, &e, err);
}

/* The order pays later from now on, so nothing holds it up any more. */
static bool pay_later(struct shop_store *store, const struct payment_order *order,
		      struct shop_error *err)
{
	static const char sql[] = "UPDATE orders SET pay_later = 1, version = version + 1,"
				  " updated_us = $2 WHERE id = $1";

	if (!db_run(store, sql, "di", err, order->id, shop_store_context(store)->now_us) ||
	    !order_refresh(store, order->id, err))
		return false;
	return strcmp(order->status, "pending") != 0 || order_confirm(store, order->id, err);
}

static bool may_open_intent(const struct payment_order *order, int64_t outstanding,
			    struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	if (outstanding > 0)
		return true;
	shop_id_format(SHOP_ID_ORDER, order->id, id);
	shop_fail(err, E_PAYMENT_STATE, "order %s has nothing left to authorize", id);
	shop_fail_object(err, id);
	return shop_fail_fix(err, "payment", "list", "--order", id, NULL);
}

/* The intent to authorize: the open one, or a new one for what is not covered yet. */
static bool intent_for(struct shop_store *store, const struct shop_payment_authorize *in,
		       const struct payment_order *order, int64_t open_id, int64_t outstanding,
		       struct payment *p, struct shop_error *err)
{
	struct payment_method method;
	char id[SHOP_ID_TEXT];

	if (!payment_method_parse(in->method, &method, err))
		return false;
	if (open_id != SHOP_NULL)
		return payment_load(store, open_id, p, err) &&
		       (in->method == NULL || attach(store, p, &method, err));
	if (!may_open_intent(order, outstanding, err))
		return false;
	if (in->method == NULL) {
		shop_id_format(SHOP_ID_ORDER, order->id, id);
		shop_fail(err, E_PAYMENT_METHOD, "order %s has no open payment: name a method", id);
		shop_fail_object(err, id);
		return shop_fail_fix(err, "payment", "list", "--order", id, NULL);
	}
	return payment_open(store, order->id, &method, shop_money_of(outstanding, order->currency),
			    &open_id, err) &&
	       payment_load(store, open_id, p, err);
}

static bool authorize(struct shop_store *store, const struct shop_payment_authorize *in,
		      struct payment *p, int64_t *ret_n, struct shop_error *err)
{
	struct payment_op_new op = {.kind = "authorize", .now = in->now};
	struct payment_order order;
	int64_t open_id, busy_id, cover, outstanding;

	if (!payment_order_load(store, in->order_id, &order, err) ||
	    !find_open(store, order.id, &open_id, &busy_id, err) ||
	    !order_may_authorize(store, &order, busy_id, err) ||
	    !payment_order_cover(store, order.id, true, &cover, err))
		return false;
	outstanding = order.owed - cover;
	if (!intent_for(store, in, &order, open_id, outstanding, p, err) ||
	    !payment_check_currency(&p->row, in->amount, err))
		return false;
	if (p->pay_later)
		return pay_later(store, &order, err);
	op.amount = payment_amount_or(in->amount, outstanding);
	return payment_may_authorize(&p->row, &p->fold, op.amount, outstanding, err) &&
	       payment_set_amount(store, p, op.amount, err) &&
	       payment_op_add(store, p, &op, ret_n, err) &&
	       payment_order_follow(store, p, false, err);
}

bool shop_payment_authorize(struct shop_store *store, const struct shop_payment_authorize *in,
			    struct shop_payment *ret_payment, int64_t *ret_n,
			    struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PAYMENT_STATE struct payment p = {0};
	int64_t n = 0;

	if (!shop_txn_begin(&txn, store, err) || !authorize(store, in, &p, &n, err) ||
	    !shop_payment_load(store, p.row.id, ret_payment, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "authorizing a payment");
	*ret_n = n;
	return true;
}

bool order_why_authorize(struct shop_store *store, int64_t order_id, struct shop_error *err)
{
	struct payment_order order;
	int64_t open_id, busy_id, cover;

	return payment_order_load(store, order_id, &order, err) &&
	       find_open(store, order_id, &open_id, &busy_id, err) &&
	       order_may_authorize(store, &order, busy_id, err) &&
	       payment_order_cover(store, order_id, true, &cover, err) &&
	       (open_id != SHOP_NULL || may_open_intent(&order, order.owed - cover, err));
}

/* An authorization is asked for an order, whichever of its payments is looked at. */
bool payment_why_authorize(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_PAYMENT_STATE struct payment p = {0};

	return payment_load(store, id, &p, err) &&
	       order_why_authorize(store, p.row.order_id, err);
}

/*
 * Payments as operators drive them: capture, void, refund. What a provider has to do is queued;
 * what the operator did himself (manual) is settled at once.
 */
#include "domain/payment/payment_row.h"
#include "domain/why.h"

#include "shop/text.h"
#include "store/db.h"

#include <string.h>

bool payment_check_currency(const struct shop_payment *p, struct shop_money amount,
			    struct shop_error *err)
{
	char text[SHOP_ID_TEXT];

	if (amount.minor == SHOP_NULL || strcmp(amount.currency, p->currency) == 0)
		return true;
	shop_fail(err, E_CURRENCY, "payment %s is in %s, not %s",
		  shop_id_format(SHOP_ID_PAYMENT, p->id, text), p->currency, amount.currency);
	return shop_fail_fix(err, "payment", "show", text, NULL);
}

static bool clean_ref(const char *text, char **ret_ref, struct shop_error *err)
{
	const struct shop_text_rule rule = {.max_chars = SHOP_NAME_MAX};

	*ret_ref = NULL;
	return text == NULL || *text == '\0' || shop_text_clean(text, "ref", &rule, ret_ref, err);
}

int64_t payment_amount_or(struct shop_money amount, int64_t otherwise)
{
	return amount.minor == SHOP_NULL ? otherwise : amount.minor;
}

/* Money came in the operator's hands: promise and capture are one. */
static bool capture_manual(struct shop_store *store, struct payment *p, int64_t amount,
			   const char *ref, struct shop_error *err)
{
	const struct payment_op_new promise = {
		.kind = "authorize", .amount = amount, .ref = ref, .settled = true};
	const struct payment_op_new taken = {
		.kind = "capture", .amount = amount, .ref = ref, .settled = true};
	int64_t n;

	return payment_op_add(store, p, &promise, &n, err) &&
	       payment_op_add(store, p, &taken, &n, err) &&
	       payment_order_follow(store, p, true, err);
}

/* Whether an amount (minor SHOP_NULL = what is left) can be taken; *ret_minor is how much. */
static bool may_capture(struct shop_store *store, const struct payment *p, struct shop_money amount,
			int64_t *ret_minor, struct shop_error *err)
{
	struct payment_order order;
	int64_t taken, rest;

	if (!payment_check_currency(&p->row, amount, err) ||
	    !payment_order_load(store, p->row.order_id, &order, err) ||
	    !payment_order_taken(store, order.id, &taken, err))
		return false;
	rest = p->pay_later ? p->row.amount - p->fold.captured : payment_rest(&p->fold);
	*ret_minor = payment_amount_or(amount, MIN(rest, order.owed - taken));
	return payment_may_capture(&p->row, &p->fold, *ret_minor, order.owed - taken, err);
}

static bool capture(struct shop_store *store, const struct shop_payment_capture *in,
		    struct payment *p, int64_t *ret_n, struct shop_error *err)
{
	struct payment_op_new op = {.kind = "capture", .now = in->now};
	AUTO_TEXT char *ref = NULL;

	if (!clean_ref(in->ref, &ref, err) || !payment_load(store, in->payment_id, p, err) ||
	    !may_capture(store, p, in->amount, &op.amount, err))
		return false;
	op.ref = ref;
	if (p->pay_later)
		return capture_manual(store, p, op.amount, ref, err);
	return payment_op_add(store, p, &op, ret_n, err);
}

bool shop_payment_capture(struct shop_store *store, const struct shop_payment_capture *in,
			  struct shop_payment *ret_payment, int64_t *ret_n, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PAYMENT_STATE struct payment p = {0};
	int64_t n = 0;

	if (!shop_txn_begin(&txn, store, err) || !capture(store, in, &p, &n, err) ||
	    !shop_payment_load(store, p.row.id, ret_payment, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "capturing a payment");
	*ret_n = n;
	return true;
}

static bool release(struct shop_store *store, struct payment *p, bool now, int64_t *ret_n,
		    struct shop_error *err)
{
	const struct payment_op_new op = {
		.kind = "void", .amount = payment_rest(&p->fold), .now = now};

	if (op.amount > 0)
		return payment_op_add(store, p, &op, ret_n, err) &&
		       payment_order_follow(store, p, false, err);
	return payment_ops_drop(store, p, "voided before it was sent", err) &&
	       payment_end(store, p, "canceled", err) && payment_order_follow(store, p, false, err);
}

bool shop_payment_void(struct shop_store *store, int64_t payment_id, bool now,
		       struct shop_payment *ret_payment, int64_t *ret_n, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PAYMENT_STATE struct payment p = {0};
	int64_t n = 0;

	if (!shop_txn_begin(&txn, store, err) || !payment_load(store, payment_id, &p, err) ||
	    !payment_may_void(&p.row, &p.fold, err) || !release(store, &p, now, &n, err) ||
	    !shop_payment_load(store, payment_id, ret_payment, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "voiding a payment");
	*ret_n = n;
	return true;
}

/* The order's only payment with enough left to give back. */
static bool fitting_payment(struct shop_store *store, int64_t order_id, int64_t amount,
			    int64_t *ret_id, struct shop_error *err)
{
	GArray *ids = NULL;
	char text[SHOP_ID_TEXT];
	int fits = 0;
	bool ok = payment_ids(store, order_id, &ids, err);

	for (guint i = 0; ok && i < ids->len; i++) {
		AUTO_PAYMENT_STATE struct payment p = {0};

		ok = payment_load(store, g_array_index(ids, int64_t, i), &p, err);
		if (!ok || payment_refundable(&p.fold) < (amount == SHOP_NULL ? 1 : amount))
			continue;
		*ret_id = p.row.id;
		fits++;
	}
	g_array_unref(ids);
	if (!ok || fits == 1)
		return ok;
	shop_id_format(SHOP_ID_ORDER, order_id, text);
	if (fits == 0)
		shop_fail(err, E_PAYMENT_AMOUNT, "order %s has no payment with so much to refund",
			  text);
	else
		shop_fail(err, E_PAYMENT_AMOUNT,
			  "order %s has %d payments that could be refunded: name one", text, fits);
	shop_fail_object(err, text);
	return shop_fail_fix(err, "payment", "list", "--order", text, NULL);
}

static bool refund_target(struct shop_store *store, const struct shop_payment_refund *in,
			  int64_t *ret_id, struct shop_error *err)
{
	struct payment_order order;
	int64_t order_id;

	if (shop_id_type_of(in->target) != SHOP_ID_ORDER)
		return shop_id_parse(in->target, SHOP_ID_PAYMENT, ret_id, err);
	return shop_id_parse(in->target, SHOP_ID_ORDER, &order_id, err) &&
	       payment_order_load(store, order_id, &order, err) &&
	       fitting_payment(store, order_id, in->amount.minor, ret_id, err);
}

static bool refund(struct shop_store *store, const struct shop_payment_refund *in,
		   struct payment *p, int64_t *ret_n, struct shop_error *err)
{
	struct payment_op_new op = {.kind = "refund", .now = in->now};
	AUTO_TEXT char *ref = NULL;
	int64_t id, n;

	if (!clean_ref(in->ref, &ref, err) || !refund_target(store, in, &id, err) ||
	    !payment_load(store, id, p, err) || !payment_check_currency(&p->row, in->amount, err))
		return false;
	op.ref = ref;
	op.settled = p->pay_later;
	op.amount = payment_amount_or(in->amount, payment_refundable(&p->fold));
	if (!payment_may_refund(&p->row, &p->fold, op.amount, err) ||
	    !payment_op_add(store, p, &op, &n, err))
		return false;
	*ret_n = op.settled ? 0 : n;
	return payment_order_follow(store, p, false, err);
}

bool shop_payment_refund(struct shop_store *store, const struct shop_payment_refund *in,
			 struct shop_payment *ret_payment, int64_t *ret_n, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PAYMENT_STATE struct payment p = {0};
	int64_t n = 0;

	if (!shop_txn_begin(&txn, store, err) || !refund(store, in, &p, &n, err) ||
	    !shop_payment_load(store, p.row.id, ret_payment, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "refunding a payment");
	*ret_n = n;
	return true;
}

bool payment_why_capture(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_PAYMENT_STATE struct payment p = {0};
	int64_t amount;

	return payment_load(store, id, &p, err) &&
	       may_capture(store, &p, shop_money_of(SHOP_NULL, NULL), &amount, err);
}

bool payment_why_void(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_PAYMENT_STATE struct payment p = {0};

	return payment_load(store, id, &p, err) && payment_may_void(&p.row, &p.fold, err);
}

bool payment_why_refund(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_PAYMENT_STATE struct payment p = {0};

	return payment_load(store, id, &p, err) &&
	       payment_may_refund(&p.row, &p.fold, payment_refundable(&p.fold), err);
}

bool order_why_refund(struct shop_store *store, int64_t order_id, struct shop_error *err)
{
	struct payment_order order;
	int64_t id;

	return payment_order_load(store, order_id, &order, err) &&
	       fitting_payment(store, order_id, SHOP_NULL, &id, err) &&
	       payment_why_refund(store, id, err);
}

bool order_why_capture(struct shop_store *store, int64_t order_id, struct shop_error *err)
{
	struct payment_order order;
	GArray *ids = NULL;
	char text[SHOP_ID_TEXT];
	bool ok = false;

	if (!payment_order_load(store, order_id, &order, err) ||
	    !payment_ids(store, order_id, &ids, err))
		return false;
	shop_fail(err, E_PAYMENT_STATE, "order %s has no payment",
		  shop_id_format(SHOP_ID_ORDER, order_id, text));
	shop_fail_object(err, text);
	shop_fail_fix(err, "order", "show", text, NULL);
	for (guint i = 0; !ok && i < ids->len; i++)
		ok = payment_why_capture(store, g_array_index(ids, int64_t, i), err);
	g_array_unref(ids);
	if (ok)
		shop_error_done(err);
	return ok;
}

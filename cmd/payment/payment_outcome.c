/* What the verbs of shopctl payment say of an operation, queued or called with --now. */
#include "payment/payment.h"

#include <string.h>

struct shop_context payment_context(const struct session *s)
{
	return (struct shop_context){
		.actor = s->actor, .reason = s->reason, .now_us = s->clock.now_us};
}

static const struct shop_payment_op *operation(const struct shop_payment *payment, int64_t n)
{
	const struct shop_payment_op *ops = payment->operations.items;

	for (size_t i = 0; i < payment->operations.count; i++)
		if (ops[i].n == n)
			return &ops[i];
	return NULL;
}

static bool print(struct out *out, const struct shop_payment *payment, const char *what,
		  const struct shop_payment_op *op, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];
	char money[SHOP_MONEY_TEXT];
	char back[SHOP_MONEY_TEXT];

	shop_id_format(SHOP_ID_PAYMENT, payment->id, id);
	if (op == NULL)
		return out_changed(
			out, &shop_payment_record, payment, err, "%s is %s: %s captured%s%s%s", id,
			payment->status,
			shop_money_format_full(shop_money_of(payment->captured, payment->currency),
					       money),
			payment->refunded > 0 ? ", " : "",
			payment->refunded > 0
				? shop_money_format_full(
					  shop_money_of(payment->refunded, payment->currency), back)
				: "",
			payment->refunded > 0 ? " of it refunded" : "");
	return out_changed(out, &shop_payment_record, payment, err, "%s: %s of %s %s", id, op->kind,
			   shop_money_format_full(shop_money_of(op->amount, op->currency), money),
			   what);
}

bool payment_asked(struct session *s, const struct shop_payment *payment, int64_t n, bool now,
		   struct out *out, struct shop_error *err)
{
	if (!print(out, payment, "queued for the worker", operation(payment, n), err))
		return false;
	if (n != 0 && now)
		session_call_later(s, payment->id, n);
	else if (n != 0)
		out_next(out, "shopctl worker --drain");
	return true;
}

static bool declined(const struct shop_payment *payment, const struct shop_payment_op *op,
		     struct shop_error *err)
{
	char id[SHOP_ID_TEXT];
	char order[SHOP_ID_TEXT];

	shop_id_format(SHOP_ID_PAYMENT, payment->id, id);
	shop_fail(err, E_PAYMENT_DECLINED, "payment %s: the %s was refused", id, op->kind);
	shop_fail_object(err, id);
	if (op->message != NULL)
		shop_fail_because(err, "%s", op->message);
	if (strcmp(op->kind, "authorize") != 0)
		return shop_fail_fix(err, "payment", "show", id, NULL);
	return shop_fail_fix(err, "payment", "authorize",
			     shop_id_format(SHOP_ID_ORDER, payment->order_id, order), "--method",
			     "METHOD", NULL);
}

/* The failure that the outcome is for a script; true when it is none. */
static bool tell(const struct shop_payment *payment, const struct shop_payment_op *op,
		 enum shop_payment_result result, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	if (result == SHOP_PAYMENT_SUCCEEDED)
		return true;
	if (result == SHOP_PAYMENT_FAILED)
		return declined(payment, op, err);
	shop_id_format(SHOP_ID_PAYMENT, payment->id, id);
	if (result == SHOP_PAYMENT_PENDING)
		shop_fail(err, E_PAYMENT_PENDING, "payment %s: the provider answers later", id);
	else
		shop_fail(err, E_PAYMENT_UNKNOWN,
			  "payment %s: whether the %s was done is not known", id, op->kind);
	shop_fail_object(err, id);
	shop_fail_because(err, "the provider knows it by the key %s", op->key);
	return shop_fail_fix(err, "payment", "resolve", id, NULL);
}

bool payment_call_now(struct session *s, const struct session_call *call, struct out *out,
		      struct shop_error *err)
{
	static const char *const words[] = {
		[SHOP_PAYMENT_SUCCEEDED] = "succeeded",
		[SHOP_PAYMENT_FAILED] = "refused",
		[SHOP_PAYMENT_PENDING] = "pending",
		[SHOP_PAYMENT_UNKNOWN] = "unknown",
	};
	const struct shop_context context = payment_context(s);
	AUTO_PAYMENT struct shop_payment payment = {0};
	enum shop_payment_result result;
	const struct shop_payment_op *op;

	if (!shop_payment_call(s->store, &context, call->id, call->n, &result, err) ||
	    !shop_payment_load(s->store, call->id, &payment, err))
		return false;
	op = operation(&payment, call->n);
	return print(out, &payment, words[result], op, err) && tell(&payment, op, result, err);
}

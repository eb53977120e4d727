/*
 * One call to a payment provider between its two transactions (SAFETY.md §6).
 */
#include "shop/payment_call.h"

#include "gateways/gateway.h"
#include "shop/text.h"

#include <glib.h>

/* One operation on its way. */
struct calling {
	int64_t payment_id, n;
	struct shop_payment_request request;
	struct shop_payment_answer answer;
	enum shop_payment_result result;
};

static bool begin(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct calling *c = arg;

	/* The store may run this again when it was busy. */
	shop_payment_request_done(&c->request);
	return shop_payment_begin_call(store, c->payment_id, c->n, &c->request, err);
}

static bool settle(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct calling *c = arg;

	return shop_payment_settle(store, c->payment_id, c->n, &c->answer, &c->result, err);
}

static void ask_or_call(struct shop_store *store, const struct shop_payment_request *r,
			const struct payment_gateway *gateway, struct gateway_answer *ret_answer)
{
	const struct gateway_call call = {
		.key = r->key,
		.kind = r->kind,
		.amount_minor = r->amount_minor,
		.currency = r->currency,
		.token = r->token,
		.provider_ref = r->provider_ref,
		.log = shop_store_policy(store)->sandbox_log,
	};

	if (r->ask)
		gateway->ask(&call, ret_answer);
	if (!r->ask || ret_answer->verdict == GATEWAY_ABSENT)
		gateway->call(&call, ret_answer);
}

static enum shop_payment_result result_of(enum gateway_verdict verdict)
{
	switch (verdict) {
	case GATEWAY_DONE:
		return SHOP_PAYMENT_SUCCEEDED;
	case GATEWAY_REFUSED:
		return SHOP_PAYMENT_FAILED;
	case GATEWAY_PENDING:
		return SHOP_PAYMENT_PENDING;
	case GATEWAY_UNKNOWN:
	case GATEWAY_ABSENT:
		break;
	}
	return SHOP_PAYMENT_UNKNOWN;
}

/* What a provider writes may be anything, and must not bring a card number into the store. */
static const char *message_of(const struct gateway_answer *answer)
{
	if (*answer->message == '\0')
		return NULL;
	if (!g_utf8_validate(answer->message, -1, NULL))
		return "(the provider's message is not text)";
	if (shop_text_has_card_number(answer->message))
		return "(the provider's message held a card number)";
	return answer->message;
}

/* Record the answer as often as the provider delivers it: more than once changes nothing. */
static bool deliver(struct shop_store *store, const struct shop_context *ctx, struct calling *c,
		    const struct gateway_answer *answer, struct shop_error *err)
{
	c->answer = (struct shop_payment_answer){
		.result = result_of(answer->verdict),
		.provider_ref = *answer->provider_ref == '\0' ? NULL : answer->provider_ref,
		.message = message_of(answer),
		.call = c->request.calls,
	};
	for (int i = 0; i < answer->copies; i++)
		if (!shop_store_write(store, ctx, settle, c, err))
			return false;
	return true;
}

static bool run(struct shop_store *store, const struct shop_context *ctx, struct calling *c,
		struct shop_error *err)
{
	struct gateway_answer answer = {.copies = 1};
	const struct payment_gateway *gateway;

	if (!shop_store_write(store, ctx, begin, c, err))
		return false;
	if (c->request.settled) {
		c->result =
			*c->request.status == 's' ? SHOP_PAYMENT_SUCCEEDED : SHOP_PAYMENT_FAILED;
		return true;
	}
	gateway = payment_gateway_find(c->request.driver);
	if (gateway == NULL)
		return shop_fail(err, E_PAYMENT_METHOD, "no payment driver %s", c->request.driver);
	ask_or_call(store, &c->request, gateway, &answer);
	return deliver(store, ctx, c, &answer, err);
}

bool shop_payment_call(struct shop_store *store, const struct shop_context *ctx, int64_t payment_id,
		       int64_t n, enum shop_payment_result *ret_result, struct shop_error *err)
{
	struct calling c = {.payment_id = payment_id, .n = n};
	const bool ok = run(store, ctx, &c, err);

	if (ok)
		*ret_result = c.result;
	shop_payment_request_done(&c.request);
	return ok || shop_fail_while(err, "calling the payment provider");
}

static bool is_open(const struct shop_payment_op *op, int64_t sent_before_us)
{
	if (g_strcmp0(op->status, "sent") == 0)
		return op->sent_at < sent_before_us;
	return g_strcmp0(op->status, "pending") == 0 || g_strcmp0(op->status, "unknown") == 0;
}

bool shop_payment_resolve(struct shop_store *store, const struct shop_context *ctx,
			  int64_t payment_id, enum shop_payment_result *ret_result,
			  struct shop_error *err)
{
	const int64_t sent_before_us = ctx->now_us - shop_store_policy(store)->job_lease_us;
	AUTO_PAYMENT struct shop_payment payment = {0};
	const struct shop_payment_op *ops;

	if (!shop_payment_load(store, payment_id, &payment, err))
		return false;
	ops = payment.operations.items;
	*ret_result = SHOP_PAYMENT_SUCCEEDED;
	for (size_t i = 0; i < payment.operations.count; i++) {
		enum shop_payment_result result;

		if (!is_open(&ops[i], sent_before_us))
			continue;
		if (!shop_payment_call(store, ctx, payment_id, ops[i].n, &result, err))
			return false;
		if (result > SHOP_PAYMENT_FAILED)
			*ret_result = MAX(*ret_result, result);
	}
	return true;
}

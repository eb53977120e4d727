/* shopctl payment authorize: have an order's payment promised, again or by another method. */
#include "payment/payment.h"

struct authorize_args {
	int64_t order_id;
	struct shop_money amount;
	const char *method;
	bool now;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct authorize_args, order_id, "ORDER", SHOP_ID_ORDER, "the order to pay"),
	OPERAND(struct authorize_args, amount, struct shop_money, ARG_MONEY, "MONEY",
		"how much; without it all that is not covered", .flags = OPERAND_OPTIONAL),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct authorize_args, method, const char *, ARG_TEXT, 'm', "method",
	       "DRIVER[:TOKEN]", "pay by this from now on; without it by the method attached",
	       .hint = HINT_METHOD),
	OPTION_FLAG(struct authorize_args, now, 0, "now", "call the provider at once and wait"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct authorize_args *a = args;
	const struct shop_payment_authorize in = {
		.order_id = a->order_id, .amount = a->amount, .method = a->method, .now = a->now};
	AUTO_PAYMENT struct shop_payment payment = {0};
	int64_t n;

	return shop_payment_authorize(s->store, &in, &payment, &n, err) &&
	       payment_asked(s, &payment, n, a->now, out, err);
}

const struct command cmd_payment_authorize = {
	.name = "authorize",
	.summary = "Have the provider promise an order's money",
	.description =
		"The authorization is queued for the worker; with --now the provider is called at "
		"once. After a refusal the order stays pending, so another method can be tried. "
		"The "
		"method manual has nothing to authorize: the order is confirmed and pays later.",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct authorize_args),
	.needs = NEEDS_STORE_WRITE,
	.money = true,
	.record = &shop_payment_record,
	.run = run,
	.after = payment_call_now,
	.examples = "shopctl payment authorize ord-1001 --method sandbox:approve\n"
		    "shopctl payment authorize ord-1001 --now    # exit 7 if the provider says no\n"
		    "shopctl payment authorize ord-1001 50.00 --method sandbox:approve --now",
	.exits = "6 nothing is left to authorize, or an authorization is under way\n"
		 "7 refused by the provider (--now)\n8 the provider answers later (--now)\n"
		 "13 the provider's answer is not known (--now): run payment resolve",
	.see_also = "payment capture, payment resolve, order show",
};

/* shopctl payment void: give back what is authorized and not captured. */
#include "payment/payment.h"

struct void_args {
	int64_t payment_id;
	bool now;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct void_args, payment_id, "PAYMENT", SHOP_ID_PAYMENT, "the payment",
		   .flags = OPERAND_EACH),
	{0},
};

static const struct option_spec options[] = {
	OPTION_FLAG(struct void_args, now, 0, "now", "call the provider at once and wait"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct void_args *a = args;
	AUTO_PAYMENT struct shop_payment payment = {0};
	int64_t n;

	return shop_payment_void(s->store, a->payment_id, a->now, &payment, &n, err) &&
	       payment_asked(s, &payment, n, a->now, out, err);
}

const struct command cmd_payment_void = {
	.name = "void",
	.summary = "Give back what is authorized and not captured",
	.description = "What was captured stays; the payment is then succeeded, else canceled. An "
		       "intent without an authorization is canceled at once.",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct void_args),
	.needs = NEEDS_STORE_WRITE,
	.confirm = CONFIRM_YES,
	.money = true,
	.record = &shop_payment_record,
	.run = run,
	.after = payment_call_now,
	.examples =
		"shopctl payment void pay-1000 --yes\nshopctl payment void pay-1000 --now --yes",
	.exits = "6 nothing to give back\n7 refused by the provider (--now)\n"
		 "8 the provider answers later (--now)\n13 the provider's answer is not known "
		 "(--now)",
	.see_also = "payment refund, order cancel",
};

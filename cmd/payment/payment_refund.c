/* shopctl payment refund: give captured money back. */
#include "payment/payment.h"

struct refund_args {
	const char *target;
	struct shop_money amount;
	const char *ref;
	bool now;
};

static const struct operand_spec operands[] = {
	OPERAND(struct refund_args, target, const char *, ARG_TEXT, "PAYMENT|ORDER",
		"the payment, or the order when only one of its payments fits", .hint = HINT_PAYMENT),
	OPERAND(struct refund_args, amount, struct shop_money, ARG_MONEY, "MONEY",
		"how much; without it all that was captured and not refunded",
		.flags = OPERAND_OPTIONAL),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct refund_args, ref, const char *, ARG_TEXT, 0, "ref", "TEXT",
	       "your own reference"),
	OPTION_FLAG(struct refund_args, now, 0, "now", "call the provider at once and wait"),
	{0},
};

/* An amount that was typed is meant; all of it has to be typed another way. */
static enum command_confirm confirm_by(const void *args)
{
	const struct refund_args *a = args;

	return a->amount.minor == SHOP_NULL ? CONFIRM_TYPED : CONFIRM_YES;
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct refund_args *a = args;
	const struct shop_payment_refund in = {
		.target = a->target, .amount = a->amount, .ref = a->ref, .now = a->now};
	AUTO_PAYMENT struct shop_payment payment = {0};
	int64_t n;

	return shop_payment_refund(s->store, &in, &payment, &n, err) &&
	       payment_asked(s, &payment, n, a->now, out, err);
}

const struct command cmd_payment_refund = {
	.name = "refund",
	.summary = "Give captured money back, in part or whole",
	.description = "The amount is reserved at once, so refunds can never exceed what was "
		       "captured. Of a manual payment it says that the money went back.",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct refund_args),
	.needs = NEEDS_STORE_WRITE,
	.confirm_by = confirm_by,
	.money = true,
	.record = &shop_payment_record,
	.run = run,
	.after = payment_call_now,
	.examples = "shopctl payment refund pay-1002 12.50 --yes --reason 'broken mug'\n"
		    "shopctl payment refund ord-1002 --confirm ord-1002 --now",
	.exits = "6 more than was captured and not refunded\n7 refused by the provider (--now)\n"
		 "8 the provider answers later (--now)\n11 not confirmed\n"
		 "13 the provider's answer is not known (--now)",
	.see_also = "payment void, order cancel",
};

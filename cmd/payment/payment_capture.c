/* shopctl payment capture: take authorized money, or note that money came. */
#include "payment/payment.h"

struct capture_args {
	int64_t payment_id;
	struct shop_money amount;
	const char *ref;
	bool now;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct capture_args, payment_id, "PAYMENT", SHOP_ID_PAYMENT, "the payment"),
	OPERAND(struct capture_args, amount, struct shop_money, ARG_MONEY, "MONEY",
		"how much; without it the rest", .flags = OPERAND_OPTIONAL),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct capture_args, ref, const char *, ARG_TEXT, 0, "ref", "TEXT",
	       "your own reference: the bank statement's line"),
	OPTION_FLAG(struct capture_args, now, 0, "now", "call the provider at once and wait"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct capture_args *a = args;
	const struct shop_payment_capture in = {
		.payment_id = a->payment_id, .amount = a->amount, .ref = a->ref, .now = a->now};
	AUTO_PAYMENT struct shop_payment payment = {0};
	int64_t n;

	return shop_payment_capture(s->store, &in, &payment, &n, err) &&
	       payment_asked(s, &payment, n, a->now, out, err);
}

const struct command cmd_payment_capture = {
	.name = "capture",
	.summary = "Take authorized money, or note that money came",
	.description =
		"Of a payment by a provider, a capture is queued for the worker; what ships is "
		"captured by itself. Of a manual payment it says that money came, and is "
		"settled at once. A payment can be captured in several parts.",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct capture_args),
	.needs = NEEDS_STORE_WRITE,
	.money = true,
	.record = &shop_payment_record,
	.run = run,
	.after = payment_call_now,
	.examples = "shopctl payment capture pay-1000\n"
		    "shopctl payment capture pay-1000 76.50 --now\n"
		    "shopctl payment capture pay-1003 39.00 --ref 'statement 11/24 line 7'",
	.exits = "6 not authorized, or more than is left\n7 refused by the provider (--now)\n"
		 "8 the provider answers later (--now)\n13 the provider's answer is not known "
		 "(--now)",
	.see_also = "payment void, payment refund, shipment dispatch",
};

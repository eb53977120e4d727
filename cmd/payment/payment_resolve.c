/* shopctl payment resolve: ask the provider what became of operations whose outcome is open. */
#include "payment/payment.h"

struct resolve_args {
	int64_t payment_id;
	bool all_unknown;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct resolve_args, payment_id, "PAYMENT", SHOP_ID_PAYMENT, "the payment",
		   .flags = OPERAND_EACH | OPERAND_OPTIONAL),
	{0},
};

static const struct option_spec options[] = {
	OPTION_FLAG(struct resolve_args, all_unknown, 0, "all-unknown",
		    "every payment with an open outcome"),
	{0},
};

static bool collect(int64_t payment_id, void *ctx)
{
	g_array_append_val((GArray *)ctx, payment_id);
	return true;
}

static bool still_open(int64_t payment_id, enum shop_payment_result result, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	shop_id_format(SHOP_ID_PAYMENT, payment_id, id);
	if (result == SHOP_PAYMENT_PENDING)
		shop_fail(err, E_PAYMENT_PENDING, "payment %s: the provider answers later", id);
	else
		shop_fail(err, E_PAYMENT_UNKNOWN, "payment %s: the outcome is still not known", id);
	shop_fail_object(err, id);
	return shop_fail_fix(err, "payment", "resolve", id, NULL);
}

static bool resolve(struct session *s, int64_t payment_id, struct out *out, struct shop_error *err)
{
	const struct shop_context context = payment_context(s);
	AUTO_PAYMENT struct shop_payment payment = {0};
	enum shop_payment_result result;
	char id[SHOP_ID_TEXT];

	if (!shop_payment_resolve(s->store, &context, payment_id, &result, err) ||
	    !shop_payment_load(s->store, payment_id, &payment, err) ||
	    !out_changed(out, &shop_payment_record, &payment, err, "%s is %s",
			 shop_id_format(SHOP_ID_PAYMENT, payment_id, id), payment.status))
		return false;
	return result == SHOP_PAYMENT_SUCCEEDED || still_open(payment_id, result, err);
}

/* All are asked, whatever comes of the first; its failure is the command's. */
static bool resolve_all(struct session *s, struct out *out, struct shop_error *err)
{
	const int64_t sent_before_us = s->clock.now_us - shop_store_policy(s->store)->job_lease_us;
	GArray *ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	bool ok = shop_payment_unsettled(s->store, sent_before_us, collect, ids, err);

	for (guint i = 0; i < ids->len; i++) {
		AUTO_ERROR struct shop_error failure = {0};

		if (resolve(s, g_array_index(ids, int64_t, i), out, &failure))
			continue;
		if (ok)
			shop_error_take(err, &failure);
		ok = false;
	}
	g_array_unref(ids);
	return ok;
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct resolve_args *a = args;

	if ((a->payment_id != 0) == a->all_unknown)
		return shop_fail(err, E_USAGE, "resolve takes payments or --all-unknown");
	if (s->dry_run)
		return shop_fail(
			err, E_USAGE,
			"resolve asks the provider, which cannot be tried without doing it");
	return a->all_unknown ? resolve_all(s, out, err) : resolve(s, a->payment_id, out, err);
}

const struct command cmd_payment_resolve = {
	.name = "resolve",
	.summary = "Ask the provider what really happened",
	.description = "Operations that are unknown or pending are asked for by their key and "
		       "settled; nothing is tried again under another key. Of a manual payment it "
		       "says that the refund which was due has been paid out.",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct resolve_args),
	.needs = NEEDS_STORE_OPEN,
	.money = true,
	.record = &shop_payment_record,
	.run = run,
	.examples = "shopctl payment resolve pay-1000\nshopctl payment resolve --all-unknown",
	.exits = "8 still pending\n13 still not known",
	.see_also = "payment show, payment authorize",
};

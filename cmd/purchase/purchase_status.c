/* shopctl purchase submit, acknowledge, close, cancel: the way of a purchase. */
#include "purchase/purchase.h"

struct status_args {
	int64_t purchase_id, eta_us;
	bool as_short;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct status_args, purchase_id, "PURCHASE", SHOP_ID_PURCHASE, "the purchase",
		   .flags = OPERAND_EACH),
	{0},
};

static bool tell(struct out *out, const struct shop_purchase *purchase, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	return out_changed(out, &shop_purchase_record, purchase, err, "%s is %s",
			   shop_id_format(SHOP_ID_PURCHASE, purchase->id, id), purchase->status);
}

static bool run_submit(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct status_args *a = args;
	AUTO_PURCHASE struct shop_purchase purchase = {0};
	char id[SHOP_ID_TEXT];

	if (!shop_purchase_submit(s->store, a->purchase_id, &purchase, err) ||
	    !tell(out, &purchase, err))
		return false;
	out_next(out, "shopctl purchase receive %s",
		 shop_id_format(SHOP_ID_PURCHASE, purchase.id, id));
	return true;
}

const struct command cmd_purchase_submit = {
	.name = "submit",
	.summary = "Send drafts to their suppliers",
	.description = "Each is expected after its supplier's lead time, which is promised to the"
		       " backorders it brings.",
	.operands = operands,
	.args_size = sizeof(struct status_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_purchase_record,
	.run = run_submit,
	.examples =
		"shopctl purchase submit pur-1000\nshopctl purchase list --status draft -o id | "
		"shopctl purchase submit -",
	.exits = "6 it is no draft, or has no lines",
	.see_also = "purchase acknowledge, purchase receive",
};

static const struct option_spec acknowledge_options[] = {
	OPTION(struct status_args, eta_us, int64_t, ARG_TIME, 0, "eta", "TIME",
	       "when the supplier says it will come (as expected)"),
	{0},
};

static bool run_acknowledge(struct session *s, const void *args, struct out *out,
			    struct shop_error *err)
{
	const struct status_args *a = args;
	AUTO_PURCHASE struct shop_purchase purchase = {0};

	return shop_purchase_acknowledge(s->store, a->purchase_id, a->eta_us, &purchase, err) &&
	       tell(out, &purchase, err);
}

const struct command cmd_purchase_acknowledge = {
	.name = "acknowledge",
	.summary = "Note that the supplier confirmed, and when it will come",
	.description =
		"Who waits for it is promised the date, and hears of a delay when it is later than"
		" before. Run it again when the date moves.",
	.operands = operands,
	.options = acknowledge_options,
	.args_size = sizeof(struct status_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_purchase_record,
	.run = run_acknowledge,
	.examples = "shopctl purchase acknowledge pur-1001 --eta 2026-12-08",
	.exits = "5 the date is past\n6 it was not submitted, or goods have come already",
	.see_also = "backorder promise",
};

static const struct option_spec close_options[] = {
	OPTION_FLAG(struct status_args, as_short, 0, "short",
		    "give up what is outstanding; its backorders wait for another purchase"),
	{0},
};

static bool run_close(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct status_args *a = args;
	AUTO_PURCHASE struct shop_purchase purchase = {0};

	return shop_purchase_close(s->store, a->purchase_id, a->as_short, &purchase, err) &&
	       tell(out, &purchase, err);
}

const struct command cmd_purchase_close = {
	.name = "close",
	.summary = "Be done with purchases",
	.operands = operands,
	.options = close_options,
	.args_size = sizeof(struct status_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_purchase_record,
	.run = run_close,
	.examples = "shopctl purchase close pur-1002\nshopctl purchase close pur-1001 --short",
	.exits = "6 some of it is outstanding and --short was not given",
	.see_also = "purchase receive, purchase cancel",
};

static bool run_cancel(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct status_args *a = args;
	AUTO_PURCHASE struct shop_purchase purchase = {0};

	return shop_purchase_cancel(s->store, a->purchase_id, &purchase, err) &&
	       tell(out, &purchase, err);
}

const struct command cmd_purchase_cancel = {
	.name = "cancel",
	.summary = "Cancel purchases of which nothing was received",
	.description =
		"Backorders it was to bring are open again; stock reorder drafts for them anew.",
	.operands = operands,
	.args_size = sizeof(struct status_args),
	.needs = NEEDS_STORE_WRITE,
	.confirm = CONFIRM_YES,
	.record = &shop_purchase_record,
	.run = run_cancel,
	.examples = "shopctl purchase cancel pur-1000 --yes",
	.exits = "6 something was received",
	.see_also = "purchase close",
};

/* shopctl backorder promise, source: when waiting units will come, and with what. */
#include "backorder/backorder.h"

struct promise_args {
	int64_t backorder_id, purchase_id, at_us;
};

#define BACKORDER                                                                                  \
	OPERAND_ID(struct promise_args, backorder_id, "BACKORDER", SHOP_ID_BACKORDER,              \
		   "the backorder", .flags = OPERAND_EACH)

static const struct operand_spec promise_operands[] = {
	BACKORDER,
	OPERAND(struct promise_args, at_us, int64_t, ARG_TIME, "DATE", "when it will be there"),
	{0},
};

static bool run_promise(struct session *s, const void *args, struct out *out,
			struct shop_error *err)
{
	const struct promise_args *a = args;
	AUTO_BACKORDER struct shop_backorder b = {0};
	char id[SHOP_ID_TEXT], at[SHOP_TIME_TEXT];

	return shop_backorder_promise(s->store, a->backorder_id, a->at_us, &b, err) &&
	       out_changed(out, &shop_backorder_record, &b, err, "%s is promised for %s",
			   shop_id_format(SHOP_ID_BACKORDER, b.id, id),
			   shop_time_format_local(b.promised_at, s->clock.zone, at));
}

const struct command cmd_backorder_promise = {
	.name = "promise",
	.summary = "Promise the customers a date",
	.description = "A date later than the one promised before is told as a delay.",
	.operands = promise_operands,
	.args_size = sizeof(struct promise_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_backorder_record,
	.run = run_promise,
	.examples = "shopctl backorder promise bko-1000 2026-12-08",
	.exits = "5 the date is past\n6 nothing of it waits any more",
	.see_also = "purchase acknowledge",
};

static const struct operand_spec source_operands[] = {
	BACKORDER,
	{0},
};

static const struct option_spec source_options[] = {
	OPTION_ID(struct promise_args, purchase_id, "purchase", "PURCHASE", SHOP_ID_PURCHASE,
		  "the purchase that brings it", .required = true),
	{0},
};

static bool run_source(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct promise_args *a = args;
	AUTO_BACKORDER struct shop_backorder b = {0};
	char id[SHOP_ID_TEXT], purchase[SHOP_ID_TEXT];

	return shop_backorder_source(s->store, a->backorder_id, a->purchase_id, &b, err) &&
	       out_changed(out, &shop_backorder_record, &b, err, "%s comes with %s",
			   shop_id_format(SHOP_ID_BACKORDER, b.id, id),
			   shop_id_format(SHOP_ID_PURCHASE, b.purchase_id, purchase));
}

const struct command cmd_backorder_source = {
	.name = "source",
	.summary = "Say which purchase brings backorders",
	.description =
		"The worker does so for the purchases it drafts. The date the purchase is expected"
		" is promised.",
	.operands = source_operands,
	.options = source_options,
	.args_size = sizeof(struct promise_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_backorder_record,
	.run = run_source,
	.examples = "shopctl backorder source bko-1000 --purchase pur-1000",
	.exits = "6 the purchase does not bring the product, or nothing waits any more",
	.see_also = "purchase create, stock reorder",
};

/* shopctl backorder allocate, cancel: give waiting orders what is free, or give up. */
#include "backorder/backorder.h"

struct allocate_args {
	const char *sku;
	bool all;
};

static const struct operand_spec allocate_operands[] = {
	OPERAND(struct allocate_args, sku, const char *, ARG_SKU, "SKU", "only of this product",
		.flags = OPERAND_EACH | OPERAND_OPTIONAL),
	{0},
};

static const struct option_spec allocate_options[] = {
	OPTION_FLAG(struct allocate_args, all, 0, "all", "of all products"),
	{0},
};

static bool run_allocate(struct session *s, const void *args, struct out *out,
			 struct shop_error *err)
{
	const struct allocate_args *a = args;

	if ((a->sku == NULL) != a->all)
		return shop_fail(err, E_USAGE,
				 "backorder allocate takes SKUs or --all, and not both");
	return shop_backorder_allocate(s->store, a->sku, out_row,
				       &(struct out_rows){out, &shop_backorder_record}, err);
}

const struct command cmd_backorder_allocate = {
	.name = "allocate",
	.summary = "Give free stock to waiting orders now, longest waiting first",
	.description = "The worker does so after every receipt. Prints the backorders that received"
		       " units.",
	.operands = allocate_operands,
	.options = allocate_options,
	.args_size = sizeof(struct allocate_args),
	.needs = NEEDS_STORE_WRITE,
	.many = true,
	.record = &shop_backorder_record,
	.run = run_allocate,
	.examples = "shopctl backorder allocate MUG-01\nshopctl backorder allocate --all --dry-run",
	.see_also = "backorder list, worker",
};

struct cancel_args {
	int64_t backorder_id;
};

static const struct operand_spec cancel_operands[] = {
	OPERAND_ID(struct cancel_args, backorder_id, "BACKORDER", SHOP_ID_BACKORDER,
		   "the backorder", .flags = OPERAND_EACH),
	{0},
};

static bool run_cancel(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct cancel_args *a = args;
	AUTO_BACKORDER struct shop_backorder b = {0};
	char id[SHOP_ID_TEXT];

	return shop_backorder_cancel(s->store, a->backorder_id, &b, err) &&
	       out_changed(out, &shop_backorder_record, &b, err, "%s is %s",
			   shop_id_format(SHOP_ID_BACKORDER, b.id, id), b.status);
}

const struct command cmd_backorder_cancel = {
	.name = "cancel",
	.summary = "Give up what still waits: the units leave the order, and it costs less",
	.operands = cancel_operands,
	.args_size = sizeof(struct cancel_args),
	.needs = NEEDS_STORE_WRITE,
	.confirm = CONFIRM_YES,
	.money = true,
	.record = &shop_backorder_record,
	.run = run_cancel,
	.examples = "shopctl backorder cancel bko-1000 --yes",
	.exits = "6 nothing of it waits any more",
	.see_also = "order cancel",
};

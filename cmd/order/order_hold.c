/* shopctl order hold, order release: let orders rest, and go on. */
#include "order/order.h"

static const char *const reasons[] = {"fraud", "address", "payment", "stock", "manual", NULL};

struct hold_args {
	int64_t order_id;
	const char *reason, *note;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct hold_args, order_id, "ORDER", SHOP_ID_ORDER, "the order",
		   .flags = OPERAND_EACH),
	{0},
};

static const struct option_spec hold_options[] = {
	OPTION(struct hold_args, reason, const char *, ARG_WORD, 0, "reason", "REASON",
	       "fraud, address, payment, stock or manual", .words = reasons),
	OPTION(struct hold_args, note, const char *, ARG_LONGTEXT, 0, "note", "TEXT",
	       "what is to be cleared"),
	{0},
};

static const struct option_spec release_options[] = {
	OPTION(struct hold_args, reason, const char *, ARG_WORD, 0, "reason", "REASON",
	       "only the holds of this reason (all)", .words = reasons),
	{0},
};

static bool run_hold(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct hold_args *a = args;
	AUTO_ORDER struct shop_order order = {0};
	char id[SHOP_ID_TEXT];

	if (!shop_order_hold(s->store, a->order_id, a->reason, a->note, &order, err) ||
	    !order_changed(out, &order, "held", err))
		return false;
	out_next(out, "shopctl order release %s", shop_id_format(SHOP_ID_ORDER, order.id, id));
	return true;
}

static bool run_release(struct session *s, const void *args, struct out *out,
			struct shop_error *err)
{
	const struct hold_args *a = args;
	AUTO_ORDER struct shop_order order = {0};

	return shop_order_release(s->store, a->order_id, a->reason, &order, err) &&
	       order_changed(out, &order, order.held > 0 ? "still held" : "released", err);
}

const struct command cmd_order_hold = {
	.name = "hold",
	.summary = "Stop orders until a question is cleared",
	.description =
		"Nothing is sent while an order has a hold. There may be several, one for each "
		"reason; the order goes on with the last.",
	.operands = operands,
	.options = hold_options,
	.args_size = sizeof(struct hold_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_order_record,
	.run = run_hold,
	.examples = "shopctl order hold ord-1000 --reason address --note 'no house number'\n"
		    "shopctl order hold ord-1000 ord-1001 --reason fraud",
	.exits = "6 it is finished, or on hold for this reason already",
	.see_also = "order release",
};

const struct command cmd_order_release = {
	.name = "release",
	.summary = "Release holds, so that orders go on",
	.operands = operands,
	.options = release_options,
	.args_size = sizeof(struct hold_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_order_record,
	.run = run_release,
	.examples = "shopctl order release ord-1004\n"
		    "shopctl order list --status on_hold -o id | shopctl order release - "
		    "--reason stock",
	.exits = "6 it has no such hold",
	.see_also = "order hold",
};

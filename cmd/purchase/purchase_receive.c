/* shopctl purchase receive: goods have come. */
#include "purchase/purchase.h"

#include <glib.h>
#include <string.h>

struct receive_args {
	int64_t purchase_id;
	struct line_args lines;
	struct shop_money cost;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct receive_args, purchase_id, "PURCHASE", SHOP_ID_PURCHASE, "the purchase"),
	OPERAND(struct receive_args, lines, struct line_args, ARG_LINES, "LINE",
		"SKU:QTY or SKU:QTY@COST; all that is outstanding without",
		.flags = OPERAND_OPTIONAL, .hint = HINT_ITS_LINE),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct receive_args, cost, struct shop_money, ARG_MONEY, 0, "cost", "MONEY",
	       "cost of one, where a line names none (as ordered)"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct receive_args *a = args;
	g_autofree struct shop_purchase_new_line *lines = purchase_lines_of(&a->lines);
	const struct shop_purchase_receipt in = {
		.purchase_id = a->purchase_id,
		.lines = lines,
		.count = a->lines.count,
		.cost = a->cost,
	};
	AUTO_PURCHASE struct shop_purchase purchase = {0};
	char id[SHOP_ID_TEXT];

	if (!shop_purchase_receive(s->store, &in, &purchase, err) ||
	    !out_changed(out, &shop_purchase_record, &purchase, err, "%s is %s",
			 shop_id_format(SHOP_ID_PURCHASE, purchase.id, id), purchase.status))
		return false;
	if (strcmp(purchase.status, "received") == 0)
		out_next(out, "shopctl purchase close %s", id);
	return true;
}

const struct command cmd_purchase_receive = {
	.name = "receive",
	.summary = "Receive what has come of a purchase",
	.description =
		"The units are on hand at the purchase's location at once; the worker then gives"
		" them to who waits, oldest first. A product on several lines fills them in their"
		" order.",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct receive_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_purchase_record,
	.run = run,
	.examples = "shopctl purchase receive pur-1001\n"
		    "shopctl purchase receive pur-1001 MUG-01:12@4.90 POT-01:6",
	.exits = "6 more than ordered plus the allowance, or the purchase takes no receipt",
	.see_also = "purchase close, backorder allocate, worker",
};

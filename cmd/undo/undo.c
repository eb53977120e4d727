/* shopctl undo: take a transaction back. */
#include "undo/undo.h"

struct undo_args {
	int64_t txn;
	bool last;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct undo_args, txn, "TXN", SHOP_ID_TXN, "the transaction",
		   .flags = OPERAND_OPTIONAL),
	{0},
};

static const struct option_spec options[] = {
	OPTION_FLAG(struct undo_args, last, 0, "last", "your own last one"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct undo_args *a = args;
	AUTO_HISTORY struct shop_history undone = {0};
	int64_t txn = a->txn;
	char id[SHOP_ID_TEXT];

	if ((a->txn == 0) != a->last)
		return shop_fail(err, E_USAGE, "undo takes a transaction or --last");
	if (a->last && !shop_history_last(s->store, s->actor, &txn, err))
		return false;
	return shop_undo(s->store, txn, &undone, err) &&
	       out_changed(out, &shop_history_record, &undone, err, "%s undone: %s",
			   shop_id_format(SHOP_ID_TXN, undone.txn, id), undone.what);
}

const struct command cmd_undo = {
	.name = "undo",
	.summary = "Take a transaction back",
	.description = "Runs the command that compensates each of its events, the last first, when "
		       "nothing touched\n"
		       "the same objects since. Prices, fields and status of products, fields of "
		       "suppliers and\n"
		       "locations, stock corrections, moves and safety stock, holds of orders, "
		       "lines of carts and\n"
		       "moved promises can be taken back. It is a transaction of its own: undo it "
		       "to redo.",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct undo_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_history_record,
	.run = run,
	.examples = "shopctl undo --last\nshopctl undo txn-1009 --dry-run",
	.exits = "3 there is no such transaction\n"
		 "4 something touched its objects since; they are listed\n"
		 "6 it cannot be taken back; the commands that make it good are named",
	.see_also = "history, event list",
};

/* shopctl history: the journal by transactions. */
#include "undo/undo.h"

struct history_args {
	const char *actor;
	int64_t limit;
};

static const struct option_spec options[] = {
	OPTION(struct history_args, limit, int64_t, ARG_INT, 0, "limit", "N", "at most so many"),
	OPTION(struct history_args, actor, const char *, ARG_TEXT, 0, "actor", "NAME",
	       "only what this one did"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct history_args *a = args;

	if (a->limit != SHOP_NULL && a->limit < 0)
		return shop_fail(err, E_VALUE, "--limit: not below 0");
	return shop_history_list(s->store, a->actor, a->limit, out_row,
				 &(struct out_rows){out, &shop_history_record}, err);
}

const struct command cmd_history = {
	.name = "history",
	.summary = "List transactions, the latest first",
	.options = options,
	.args_size = sizeof(struct history_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.record = &shop_history_record,
	.run = run,
	.examples = "shopctl history --limit 20\nshopctl history --actor ana -o jsonl",
	.see_also = "undo, event list",
};

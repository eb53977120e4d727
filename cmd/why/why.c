/* shopctl why: what blocks an object, the event behind it, and what to run. */
#include "why/why.h"

#include "shop/why.h"

struct why_args {
	const char *object, *act;
};

static const struct operand_spec operands[] = {
	OPERAND(struct why_args, object, const char *, ARG_TEXT, "ID",
		"an id of any kind, or a SKU", .flags = OPERAND_EACH, .hint = HINT_OBJECT),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct why_args, act, const char *, ARG_TEXT, 0, "for", "VERB",
	       "what is to be done: ship, cancel, refund, capture, …; else what comes next",
	       .hint = HINT_ACT),
	{0},
};

/* What clears it, or else what moves on what it waits for. */
static void name_next(const struct shop_why *why, struct out *out)
{
	const struct shop_blocker *blockers = why->blockers.items;
	const struct shop_wait *waits = why->waits.items;

	if (why->blockers.count > 0 && blockers[0].command != NULL)
		out_next(out, "%s", blockers[0].command);
	else if (why->blockers.count == 0 && why->waits.count > 0)
		out_next(out, "%s", waits[0].command);
}

static const struct out_block blocks[] = {
	{.head = "object,status", .fields = "for,answer"},
	{.title = "Blocked",
	 .list = "blockers",
	 .apart = true,
	 .fields = "message,because,code,event,event_type,at,actor,command"},
	{.title = "Waits for", .list = "waits", .fields = "command,what,since"},
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct why_args *a = args;
	AUTO_WHY struct shop_why why = {0};
	struct shop_object object = {0};

	if (!shop_object_parse(a->object, &object, err) ||
	    !shop_why(s->store, &object, a->act, s->clock.now_us, &why, err) ||
	    !out_page(out, &shop_why_record, &why, blocks, err))
		return false;
	name_next(&why, out);
	return true;
}

/* The verbs of each kind, from the table that is asked. */
static void describe(GString *to)
{
	enum shop_id_type type = SHOP_ID_NONE;

	g_string_append(to, "What can be asked about:");
	for (const struct shop_act *act = shop_why_acts(); act->name != NULL; act++) {
		if (act->type != type)
			g_string_append_printf(to, "\n  %-10s ", shop_id_noun(act->type));
		else
			g_string_append(to, ", ");
		g_string_append(to, act->name);
		type = act->type;
	}
	g_string_append_c(to, '\n');
}

const struct command cmd_why = {
	.name = "why",
	.summary = "What blocks an object, which event caused it, and what to run",
	.description =
		"Asks the same rules that refuse the command, and changes nothing. What is merely "
		"waited for (a parcel to pack, a purchase to come, an answer from outside) is "
		"listed "
		"too.",
	.describe = describe,
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct why_args),
	.needs = NEEDS_STORE_READ,
	.record = &shop_why_record,
	.run = run,
	.examples = "shopctl why ord-1000\nshopctl why ord-1000 --for cancel\n"
		    "shopctl why pay-1000 --for refund -o json\nshopctl why MUG-01",
	.exits = "3 there is no such object",
	.see_also = "next, explain, order log",
};

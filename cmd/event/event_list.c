/* shopctl event list, event show: the journal as it stands. */
#include "event/event.h"

#include "shop/journal.h"

#include <glib.h>
#include <string.h>

struct list_args {
	const char *type, *subject;
	int64_t since_us, txn, correlation;
	bool newest;
};

static const struct option_spec options[] = {
	OPTION(struct list_args, type, const char *, ARG_TEXT, 0, "type", "GLOB",
	       "order.placed, or with a trailing star: order.*", .hint = HINT_EVENT_TYPE),
	OPTION(struct list_args, subject, const char *, ARG_TEXT, 0, "subject", "OBJECT",
	       "only about this object: ord-1000, MUG-01", .hint = HINT_OBJECT),
	OPTION(struct list_args, since_us, int64_t, ARG_AGO, 0, "since", "TIME",
	       "only from then on; 2h means two hours ago"),
	OPTION_ID(struct list_args, txn, "txn", "TXN", SHOP_ID_TXN, "only of this transaction"),
	OPTION_ID(struct list_args, correlation, "chain", "TXN", SHOP_ID_TXN,
		  "only of the chain that this transaction began"),
	OPTION_FLAG(struct list_args, newest, 0, "newest", "the latest first"),
	{0},
};

/* Ids are in lower case, SKUs in upper. */
static char *subject_of(const char *text)
{
	if (text == NULL)
		return NULL;
	return shop_id_type_of(text) != SHOP_ID_NONE ? g_ascii_strdown(text, -1)
						     : g_ascii_strup(text, -1);
}

static bool check_type(const char *type, struct shop_error *err)
{
	const char *star = type == NULL ? NULL : strpbrk(type, "*?");

	if (star == NULL || (star[0] == '*' && star[1] == '\0' && star > type))
		return true;
	shop_fail(err, E_VALUE, "type: a type, or its beginning with a trailing *, not \"%s\"",
		  type);
	return shop_fail_fix(err, "event", "types", NULL);
}

static bool run_list(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct list_args *a = args;
	char *subject = subject_of(a->subject);
	const struct shop_event_filter filter = {
		.type = a->type,
		.subject = subject,
		.since_us = a->since_us,
		.txn = a->txn,
		.correlation = a->correlation,
		.limit = 0,
		.newest_first = a->newest,
	};
	bool ok = check_type(a->type, err) &&
		  shop_event_list(s->store, &filter, out_row,
				  &(struct out_rows){out, &shop_event_record}, err);

	g_free(subject);
	return ok;
}

static const char *order_of_list(const void *args)
{
	const struct list_args *a = args;

	return a->newest ? "-id" : "id";
}

const struct command cmd_event_list = {
	.name = "list",
	.summary = "List events in the order they happened",
	.options = options,
	.args_size = sizeof(struct list_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.order_by = order_of_list,
	.record = &shop_event_record,
	.run = run_list,
	.examples = "shopctl event list --subject ord-1000\n"
		    "shopctl event list --type 'payment.*' --since 2h -o jsonl\n"
		    "shopctl event list --newest --limit 20",
	.see_also = "event types, event tail, order log",
};

struct show_args {
	int64_t seq;
};

static const struct operand_spec show_operands[] = {
	OPERAND_ID(struct show_args, seq, "EVENT", SHOP_ID_EVENT, "the event",
		   .flags = OPERAND_EACH),
	{0},
};

static bool run_show(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct show_args *a = args;
	AUTO_EVENT_ROW struct shop_event event = {0};

	return shop_event_load(s->store, a->seq, &event, err) &&
	       out_record(out, &shop_event_record, &event, err);
}

const struct command cmd_event_show = {
	.name = "show",
	.summary = "Show events with all they tell",
	.operands = show_operands,
	.args_size = sizeof(struct show_args),
	.needs = NEEDS_STORE_READ,
	.record = &shop_event_record,
	.run = run_show,
	.examples = "shopctl event show evt-12\nshopctl event show 12 13 -o json",
	.see_also = "event list",
};

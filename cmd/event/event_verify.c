/* shopctl event types, event verify: what the journal can say, and that it says the truth. */
#include "event/event.h"

#include "shop/check.h"
#include "shop/journal.h"
#include "shop/timeline.h"

#include <glib.h>

/* A row of the catalogue as a record. */
struct type_row {
	char *type;
	char *subject;
	char *data;
	char *meaning;
};

static const struct shop_field type_fields[] = {
	SHOP_FIELD_TEXT(struct type_row, type, "type", "noun.verb"),
	SHOP_FIELD_TEXT(struct type_row, subject, "subject", "what it is about"),
	SHOP_FIELD_TEXT(struct type_row, data, "data", "members of its data"),
	SHOP_FIELD_TEXT(struct type_row, meaning, "meaning", "what happened"),
};

static const struct shop_record type_record =
	SHOP_RECORD("event_type", struct type_row, type_fields);

static bool run_types(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	(void)s;
	(void)args;
	for (const struct shop_event_type *t = shop_event_types(); t->type != NULL; t++) {
		struct type_row row = {
			.type = g_strdup(t->type),
			.subject = g_strdup(t->subject),
			.data = g_strdup(t->data),
			.meaning = g_strdup(t->meaning),
		};
		bool ok = out_record(out, &type_record, &row, err);

		shop_record_done(&type_record, &row);
		if (!ok)
			return false;
	}
	return true;
}

const struct command cmd_event_types = {
	.name = "types",
	.summary = "List every type of event with its data and meaning",
	.needs = NEEDS_NOTHING,
	.many = true,
	.record = &type_record,
	.run = run_types,
	.examples = "shopctl event types\nshopctl event types -o id",
	.see_also = "event list",
};

struct verify_args {
	int64_t since;
};

static const struct option_spec verify_options[] = {
	OPTION_ID(struct verify_args, since, "since", "EVENT", SHOP_ID_EVENT,
		  "check the chain from this event on"),
	{0},
};

/* What a rebuild finds is an error of the journal, the first one named. */
static bool refuse_difference(const void *record, void *ctx, struct shop_error *err)
{
	const struct shop_finding *finding = record;

	(void)ctx;
	shop_fail(err, E_JOURNAL_BROKEN, "%s %s", finding->object, finding->message);
	return shop_fail_fix(err, "check", "--deep", NULL);
}

static bool compare_rebuild(struct session *s, struct shop_error *err)
{
	const char *const only[] = {"EVT03", NULL};
	const struct shop_check_options options = {
		.only = only, .deep = true, .now_us = s->clock.now_us};
	struct shop_check_verdict verdict;

	return shop_check(s->store, &options, refuse_difference, NULL, &verdict, err);
}

static bool run_verify(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct verify_args *a = args;
	struct shop_event_verdict verdict;

	return shop_event_verify(s->store, a->since, &verdict, err) &&
	       (a->since > 0 || compare_rebuild(s, err)) &&
	       out_changed(out, &shop_event_verdict_record, &verdict, err,
			   "%" G_GINT64_FORMAT " events: no gap, chain intact%s", verdict.events,
			   a->since > 0 ? "" : ", projections equal a rebuild");
}

const struct command cmd_event_verify = {
	.name = "verify",
	.summary = "Prove that no event is missing or was changed",
	.description = "Without --since it also rebuilds statuses, stock and money from the events "
		       "alone and"
		       " compares them with the store.",
	.options = verify_options,
	.args_size = sizeof(struct verify_args),
	.needs = NEEDS_STORE_READ,
	.record = &shop_event_verdict_record,
	.run = run_verify,
	.examples = "shopctl event verify\nshopctl event verify --since evt-42",
	.exits = "10 the journal is broken; the message names the first event that is wrong",
	.see_also = "check, event list",
};

/* shopctl event tail: events as JSON lines, as they come. */
#include "event/event.h"

#include "shop/journal.h"
#include "shop/text.h"

#include <glib.h>

/* Without --after: enough to see where the shop stands. */
#define LAST_EVENTS 10
/* A wait without a commit ends after this, in case its notice was lost. */
#define WAIT_US INT64_C(60000000)

struct tail_args {
	const char *types;
	int64_t after, limit;
	bool follow;
};

static const struct option_spec options[] = {
	OPTION_FLAG(struct tail_args, follow, 'f', "follow", "wait for more as they happen"),
	OPTION(struct tail_args, types, const char *, ARG_TEXT, 0, "type", "GLOB,…",
	       "only these types: order.*,payment.captured", .hint = HINT_EVENT_TYPE),
	OPTION(struct tail_args, after, int64_t, ARG_INT, 0, "after", "SEQ",
	       "begin after this event, 0 = with the first; else the last ten are shown"),
	OPTION(struct tail_args, limit, int64_t, ARG_INT, 0, "limit", "N",
	       "end after so many lines"),
	{0},
};

struct tail {
	struct out *out;
	char **globs; /* NULL = all types */
	int64_t last; /* seq of the last event seen */
	int64_t left; /* lines still wanted */
};

static bool wanted(const struct tail *tail, const char *type)
{
	char *const *glob = tail->globs;

	while (glob != NULL && *glob != NULL && !g_pattern_match_simple(*glob, type))
		glob++;
	return glob == NULL || *glob != NULL;
}

static bool print_line(struct out *out, const struct shop_event *event, struct shop_error *err)
{
	AUTO_STRING GString *line = g_string_new(NULL);
	struct shop_json json = {.to = line};

	shop_record_json(&json, NULL, &shop_event_record, event);
	g_string_append_c(line, '\n');
	return out_text(out, line->str, err) && out_flush(out, err);
}

/* false without an error ends the list early. */
static bool take(const void *record, void *ctx, struct shop_error *err)
{
	const struct shop_event *event = record;
	struct tail *tail = ctx;

	if (tail->left == 0)
		return false;
	tail->last = event->seq;
	if (!wanted(tail, event->type))
		return true;
	tail->left--;
	return print_line(tail->out, event, err);
}

static bool print_new(struct shop_store *store, struct tail *tail, struct shop_error *err)
{
	const struct shop_event_filter filter = {.after_seq = tail->last};

	return shop_event_list(store, &filter, take, tail, err) || tail->left == 0;
}

/* How many that have happened are shown: with --limit, those are the last, or when following the
 * next ones. */
static int64_t first_shown(const struct tail_args *a)
{
	if (a->limit == SHOP_NULL)
		return LAST_EVENTS;
	return a->follow ? 0 : MAX(a->limit, 0);
}

static bool begin(const struct session *s, const struct tail_args *a, struct tail *tail,
		  struct shop_error *err)
{
	int64_t head;

	tail->left = a->limit == SHOP_NULL ? INT64_MAX : MAX(a->limit, 0);
	if (a->after != SHOP_NULL) {
		tail->last = MAX(a->after, 0);
		return true;
	}
	if (!shop_journal_head(s->store, &head, err))
		return false;
	tail->last = MAX(head - first_shown(a), 0);
	return true;
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct tail_args *a = args;
	struct tail tail = {.out = out,
			    .globs = a->types == NULL ? NULL : g_strsplit(a->types, ",", -1)};
	bool ok = begin(s, a, &tail, err) && print_new(s->store, &tail, err);

	while (ok && a->follow && tail.left > 0) {
		shop_store_wait(s->store, WAIT_US, -1);
		ok = print_new(s->store, &tail, err);
	}
	g_strfreev(tail.globs);
	return ok;
}

const struct command cmd_event_tail = {
	.name = "tail",
	.summary = "Print the latest events as JSON lines; with --follow wait for more",
	.description =
		"One JSON object a line, whatever --output says, each written at once. A reader "
		"that keeps the last line's number and begins again with --after misses nothing.",
	.options = options,
	.args_size = sizeof(struct tail_args),
	.needs = NEEDS_STORE_OPEN,
	.record = &shop_event_record,
	.run = run,
	.examples = "shopctl event tail --follow\n"
		    "shopctl event tail --follow --type 'order.*,payment.captured'\n"
		    "shopctl event tail --after 1200 --limit 100",
	.see_also = "event list, event types",
};

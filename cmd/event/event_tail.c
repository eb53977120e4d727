/* shopctl event tail: events as JSON lines or given to a command, as they come. */
#include "event/event.h"
#include "event/tail_exec.h"

#include "shop/journal.h"
#include "shop/record_path.h"
#include "shop/tail.h"
#include "shop/text.h"

#include <glib.h>

/* Without --after: enough to see where the shop stands. */
#define LAST_EVENTS 10
/* A wait without a commit ends after this, in case its notice was lost. */
#define WAIT_US INT64_C(60000000)
/* Read at once; then no query runs while they are handed on. */
#define CHUNK 256

struct tail_args {
	const char *types, *cursor, *command;
	int64_t after, limit, retries;
	bool follow;
};

static const struct option_spec options[] = {
	OPTION_FLAG(struct tail_args, follow, 'f', "follow", "wait for more as they happen"),
	OPTION(struct tail_args, types, const char *, ARG_TEXT, 0, "type", "GLOB,…",
	       "only these types: order.*,payment.captured", .hint = HINT_EVENT_TYPE),
	OPTION(struct tail_args, cursor, const char *, ARG_TEXT, 0, "cursor", "NAME",
	       "begin where the last tail of this name ended; the store keeps the place"),
	OPTION(struct tail_args, command, const char *, ARG_TEXT, 0, "exec", "COMMAND",
	       "give each event to this shell command: JSON on its input, SHOPCTL_EVENT_ID, "
	       "_TYPE, _SUBJECT, _ACTOR, _AT and _TXN"),
	OPTION(struct tail_args, retries, int64_t, ARG_INT, 0, "retry", "N",
	       "run a failed command again so often, after 100 ms, 200 ms, … up to a minute"),
	OPTION(struct tail_args, after, int64_t, ARG_INT, 0, "after", "SEQ",
	       "begin after this event, 0 = with the first; else the last ten are shown"),
	OPTION(struct tail_args, limit, int64_t, ARG_INT, 0, "limit", "N",
	       "end after so many events"),
	{0},
};

struct tail {
	const struct session *s;
	const struct tail_args *args;
	struct out *out;
	char **globs;		 /* NULL = all types */
	int64_t last;		 /* seq of the last event seen */
	int64_t left;		 /* events still wanted */
	struct shop_tail cursor; /* lock_fd -1 = none */
	GPtrArray *chunk;	 /* struct shop_event: read, and handed on one by one */
};

static bool wanted(const struct tail *tail, const char *type)
{
	char *const *glob = tail->globs;

	while (glob != NULL && *glob != NULL && !g_pattern_match_simple(*glob, type))
		glob++;
	return glob == NULL || *glob != NULL;
}

static bool keep(const void *record, void *ctx, struct shop_error *err)
{
	struct tail *tail = ctx;

	(void)err;
	g_ptr_array_add(tail->chunk, shop_record_copy(&shop_event_record, record));
	return true;
}

static void free_event(gpointer event)
{
	shop_event_done(event);
	g_free(event);
}

static bool hand_on(struct tail *tail, const struct shop_event *event, struct shop_error *err)
{
	AUTO_STRING GString *line = g_string_new(NULL);
	struct shop_json json = {.to = line};

	shop_record_json(&json, NULL, &shop_event_record, event);
	g_string_append_c(line, '\n');
	if (tail->args->command != NULL)
		return tail_exec(tail->s, tail->args->command,
				 tail->args->retries == SHOP_NULL ? 0 : tail->args->retries, event,
				 line, err);
	return out_text(tail->out, line->str, err) && out_flush(tail->out, err);
}

static bool move_cursor(struct tail *tail, struct shop_error *err)
{
	const struct shop_context ctx = {.actor = tail->s->actor,
					 .now_us = session_now_us(tail->s)};

	return tail->cursor.lock_fd < 0 || tail->cursor.cursor == tail->last ||
	       shop_tail_move(&tail->cursor, &ctx, tail->last, err);
}

/* The place is moved behind each event that a command took, and behind all lines of a chunk. */
static bool take_chunk(struct tail *tail, struct shop_error *err)
{
	for (guint i = 0; i < tail->chunk->len && tail->left > 0; i++) {
		const struct shop_event *event = g_ptr_array_index(tail->chunk, i);
		const bool given = wanted(tail, event->type);

		if (given && !hand_on(tail, event, err))
			return false;
		tail->left -= given;
		tail->last = event->seq;
		if (given && tail->args->command != NULL && !move_cursor(tail, err))
			return false;
	}
	return move_cursor(tail, err);
}

static bool take_new(struct tail *tail, struct shop_error *err)
{
	bool more = true;
	bool ok = true;

	while (ok && more && tail->left > 0) {
		const struct shop_event_filter filter = {.after_seq = tail->last, .limit = CHUNK};

		ok = shop_event_list(tail->s->store, &filter, keep, tail, err) &&
		     take_chunk(tail, err);
		more = tail->chunk->len == CHUNK;
		g_ptr_array_set_size(tail->chunk, 0);
	}
	return ok;
}

/* How many that have happened are shown: with --limit, those are the last, or when following the
 * next ones. A command is given none of them that it was not asked for. */
static int64_t first_shown(const struct tail_args *a)
{
	if (a->command != NULL)
		return 0;
	if (a->limit == SHOP_NULL)
		return LAST_EVENTS;
	return a->follow ? 0 : MAX(a->limit, 0);
}

static bool open_cursor(struct tail *tail, struct shop_error *err)
{
	char *parent = g_path_get_dirname(tail->s->store_path);
	char *directory = g_build_filename(parent, "run", NULL);
	bool ok = shop_tail_open(tail->s->store, directory, tail->args->cursor, &tail->cursor, err);

	g_free(parent);
	g_free(directory);
	return ok;
}

static bool begin(struct tail *tail, struct shop_error *err)
{
	const struct tail_args *a = tail->args;
	int64_t head;

	tail->left = a->limit == SHOP_NULL ? INT64_MAX : MAX(a->limit, 0);
	if (a->cursor != NULL && !open_cursor(tail, err))
		return false;
	if (a->after != SHOP_NULL) {
		tail->last = MAX(a->after, 0);
		return true;
	}
	if (a->cursor != NULL) {
		tail->last = tail->cursor.cursor;
		return true;
	}
	if (!shop_journal_head(tail->s->store, &head, err))
		return false;
	tail->last = MAX(head - first_shown(a), 0);
	return true;
}

static bool check(const struct tail_args *a, struct shop_error *err)
{
	if (a->retries != SHOP_NULL && a->command == NULL)
		return shop_fail(err, E_USAGE, "--retry goes with --exec COMMAND");
	if (a->retries != SHOP_NULL && a->retries < 0)
		return shop_fail(err, E_VALUE, "retry: a number of at least 0");
	if (a->command != NULL && a->cursor == NULL && a->after == SHOP_NULL && !a->follow)
		return shop_fail(
			err, E_USAGE,
			"--exec needs --cursor NAME, --after SEQ or --follow: which events?");
	return true;
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct tail_args *a = args;
	struct tail tail = {.s = s, .args = a, .out = out, .cursor = {.lock_fd = -1}};
	bool ok = check(a, err);

	tail.chunk = g_ptr_array_new_with_free_func(free_event);
	tail.globs = a->types == NULL ? NULL : g_strsplit(a->types, ",", -1);
	ok = ok && begin(&tail, err) && take_new(&tail, err);
	while (ok && a->follow && tail.left > 0) {
		shop_store_wait(s->store, WAIT_US, -1);
		ok = take_new(&tail, err);
	}
	shop_tail_close(&tail.cursor);
	g_ptr_array_unref(tail.chunk);
	g_strfreev(tail.globs);
	return ok;
}

const struct command cmd_event_tail = {
	.name = "tail",
	.summary = "Print the latest events as JSON lines; with --follow wait for more",
	.description =
		"One JSON object a line, whatever --output says, each written at once. With "
		"--cursor "
		"the store remembers what was handed on: each event comes at least once, whatever "
		"dies; what a command of --exec fails on stays the next. A new cursor stands "
		"before "
		"the first event, and --after moves it. `worker --status` lists cursors.",
	.options = options,
	.args_size = sizeof(struct tail_args),
	.needs = NEEDS_STORE_OPEN,
	.record = &shop_event_record,
	.run = run,
	.examples = "shopctl event tail --follow\n"
		    "shopctl event tail --follow --type 'order.*,payment.captured'\n"
		    "shopctl event tail --cursor crm --type 'order.*' >>orders.jsonl\n"
		    "shopctl event tail --follow --cursor crm --retry 5 --exec 'cat >>crm.jsonl'",
	.exits = "75 another tail has the cursor; any other: what the command of --exec ended with",
	.see_also = "event list, event types, worker",
};

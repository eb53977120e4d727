/*
 * A plan: the events a transaction would append. Its digest is over them with new ids, times and
 * random values normalised, so that the dry run and the run that follows it agree.
 */
#include "frame/run.h"

#include "shop/journal.h"
#include "shop/text.h"

#include <stdlib.h>
#include <string.h>

struct planner {
	struct plan *plan;
	const struct plan_base *base;
	GChecksum *sum;
};

void plan_done(struct plan *plan)
{
	if (plan->text == NULL)
		return;
	g_string_free(plan->text, TRUE);
	g_string_free(plan->events, TRUE);
	*plan = (struct plan){0};
}

/* An id given out in this transaction by its place among the new ones; others are left. */
static char *normal_id(const struct planner *planner, enum shop_id_type type, const char *word)
{
	AUTO_ERROR struct shop_error unread = {0};
	int64_t id;

	if (!shop_id_parse(word, type, &id, &unread) || id < planner->base->next[type])
		return g_strdup(word);
	return g_strdup_printf("%s-new%" G_GINT64_FORMAT, shop_id_prefix(type),
			       id - planner->base->next[type] + 1);
}

static bool is_time(const char *text, size_t length)
{
	return length >= 20 && text[4] == '-' && text[7] == '-' && text[10] == 'T' &&
	       text[length - 1] == 'Z';
}

static bool is_random(const char *text, size_t length)
{
	return length >= 32 && strspn(text, "0123456789abcdef-") >= length;
}

static char *normal_word(const struct planner *planner, const char *word)
{
	enum shop_id_type type = shop_id_type_of(word);

	if (type != SHOP_ID_NONE)
		return normal_id(planner, type, word);
	if (is_time(word, strlen(word)))
		return g_strdup("TIME");
	return g_strdup(is_random(word, strlen(word)) ? "RANDOM" : word);
}

/* Words are what stands between the punctuation of JSON and of keys like `pay-1000:capture:1`. */
static void sum_text(const struct planner *planner, const char *text)
{
	const char *const stops = "\"{}[],/ ";

	while (*text != '\0') {
		size_t length = strcspn(text, stops);
		char *word = g_strndup(text, length);
		char *normal = normal_word(planner, word);

		g_checksum_update(planner->sum, (const guchar *)normal, (gssize)strlen(normal));
		g_free(normal);
		g_free(word);
		text += length;
		length = strspn(text, stops);
		g_checksum_update(planner->sum, (const guchar *)text, (gssize)length);
		text += length;
	}
	g_checksum_update(planner->sum, (const guchar *)"\n", 1);
}

/* `+ order ord-1042 created …` for what begins, `~ order ord-1042 canceled …` for what changes. */
static void append_line(GString *to, const struct shop_event *event)
{
	const char *dot = strchr(event->type, '.');
	char *what = shop_event_summary(event);

	g_string_append_printf(to, "%c %.*s ", event->number == 1 ? '+' : '~',
			       dot == NULL ? (int)strlen(event->type) : (int)(dot - event->type),
			       event->type);
	shop_text_escape(to, event->subject);
	g_string_append_printf(to, " %s%s", dot == NULL ? "" : dot + 1, *what == '\0' ? "" : ": ");
	shop_text_escape(to, what);
	g_string_append_c(to, '\n');
	g_free(what);
}

static void append_event(GString *to, const struct shop_event *event)
{
	struct shop_json j = {.to = to};

	if (to->len > 0)
		g_string_append_c(to, ',');
	shop_json_object(&j, NULL);
	shop_json_text(&j, "type", event->type);
	shop_json_text(&j, "subject", event->subject);
	shop_json_raw(&j, "payload", event->payload);
	shop_json_end(&j);
}

static bool add_event(const void *record, void *ctx, struct shop_error *err)
{
	const struct shop_event *event = record;
	struct planner *planner = ctx;

	(void)err;
	append_line(planner->plan->text, event);
	append_event(planner->plan->events, event);
	sum_text(planner, event->type);
	sum_text(planner, event->subject);
	sum_text(planner, event->payload == NULL ? "" : event->payload);
	planner->plan->changes++;
	return true;
}

bool plan_begin(struct shop_store *store, struct plan_base *ret_base, struct shop_error *err)
{
	if (!shop_journal_head(store, &ret_base->head, err) ||
	    !shop_store_peek_ids(store, ret_base->next, err))
		return false;
	ret_base->next[SHOP_ID_EVENT] = ret_base->head + 1;
	return true;
}

bool plan_make(struct shop_store *store, const struct plan_base *base, struct plan *ret_plan,
	       struct shop_error *err)
{
	const struct shop_event_filter filter = {.after_seq = base->head};
	struct planner planner = {.plan = ret_plan, .base = base};
	bool ok;

	*ret_plan = (struct plan){.text = g_string_new(NULL), .events = g_string_new(NULL)};
	planner.sum = g_checksum_new(G_CHECKSUM_SHA256);
	ok = shop_event_list(store, &filter, add_event, &planner, err);
	g_strlcpy(ret_plan->digest, "sha256:", sizeof(ret_plan->digest));
	g_strlcat(ret_plan->digest, g_checksum_get_string(planner.sum), sizeof(ret_plan->digest));
	g_checksum_free(planner.sum);
	return ok;
}

bool plan_expected(const struct plan *plan, const char *expect, struct shop_error *err)
{
	char *lines;

	/* 8 hex digits are enough to tell two plans apart. */
	if (strlen(expect) >= strlen("sha256:") + 8 && g_str_has_prefix(plan->digest, expect))
		return true;
	shop_fail(err, E_PLAN_CHANGED, "the effect is %s, not %s; nothing changed", plan->digest,
		  expect);
	lines = g_strdelimit(g_strchomp(g_strdup(plan->text->str)), "\n", ';');
	shop_fail_because(err, "it would now be: %s", lines);
	g_free(lines);
	return false;
}

static char *plan_json(const struct plan *plan)
{
	struct shop_json j = {.to = g_string_new(NULL)};
	char *events = g_strconcat("[", plan->events->str, "]", NULL);

	shop_json_object(&j, NULL);
	shop_json_text(&j, "plan", plan->digest);
	shop_json_int(&j, "changes", plan->changes);
	shop_json_raw(&j, "events", events);
	shop_json_end(&j);
	g_free(events);
	return g_string_free(j.to, FALSE);
}

bool plan_print(const struct plan *plan, struct out *out, struct shop_error *err)
{
	enum out_format format = out_format_of(out);
	char *text;
	bool ok;

	if (format == OUT_JSON || format == OUT_JSONL || format == OUT_YAML) {
		text = plan_json(plan);
		ok = out_raw(out, text, err);
	} else {
		text = g_strconcat(plan->text->str, "plan ", plan->digest, "\n", NULL);
		ok = out_text(out, text, err);
	}
	g_free(text);
	return ok;
}

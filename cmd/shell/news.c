/*
 * News of the shop: new events as lines above the prompt, at most five a second.
 */
#include "shell/terminal.h"

#include "shop/journal.h"
#include "shop/text.h"

#include <string.h>

#define LINES_A_SECOND 5
/* Looked at in one go; what is left comes next. */
#define EVENTS_AT_ONCE 1000

struct reading {
	struct terminal *t;
	GString *lines;
};

void news_begin(struct terminal *t)
{
	AUTO_ERROR struct shop_error err = {0};

	if (!shop_journal_head(t->sh->lines.store, &t->news.seen, &err))
		t->news.on = false;
}

void news_done(struct news *news)
{
	g_strfreev(news->globs);
	news->globs = NULL;
}

static bool is_wanted(const struct terminal *t, const struct shop_event *event)
{
	const struct news *news = &t->news;
	char *const *glob = news->globs;

	/* What our own command did, it has said itself. */
	if (news->ours && strcmp(event->actor, t->sh->lines.actor) == 0)
		return false;
	while (glob != NULL && *glob != NULL && !g_pattern_match_simple(*glob, event->type))
		glob++;
	return glob == NULL || *glob != NULL;
}

static void append_line(GString *to, const struct terminal *t, const struct shop_event *event)
{
	const struct shop_clock *clock = &t->sh->s->clock;
	GTimeZone *zone = clock->zone == NULL ? g_time_zone_new_local()
					      : g_time_zone_new_identifier(clock->zone);
	GDateTime *utc = g_date_time_new_from_unix_utc(event->at_us / SHOP_SECOND);
	GDateTime *at = g_date_time_to_timezone(utc, zone != NULL ? zone : g_time_zone_new_utc());
	char *time = g_date_time_format(at, "%H:%M:%S");
	char *summary = shop_event_summary(event);

	g_string_append_printf(to, "%s %s %s by ", time, event->type, event->subject);
	shop_text_escape(to, event->actor);
	if (*summary != '\0') {
		g_string_append(to, ": ");
		shop_text_escape(to, summary);
	}
	g_string_append_c(to, '\n');
	g_free(summary);
	g_free(time);
	g_date_time_unref(at);
	g_date_time_unref(utc);
	if (zone != NULL)
		g_time_zone_unref(zone);
}

/* One line is kept free for how many found no room. */
static bool take(const void *record, void *ctx, struct shop_error *err)
{
	const struct shop_event *event = record;
	struct reading *r = ctx;
	struct news *news = &r->t->news;

	(void)err;
	news->seen = event->seq;
	if (!is_wanted(r->t, event))
		return true;
	if (news->shown >= LINES_A_SECOND - 1) {
		news->held++;
		return true;
	}
	news->shown++;
	append_line(r->lines, r->t, event);
	return true;
}

/* A second is over: what it held back is told as a number. */
static void begin_second(struct news *news, int64_t now_us, GString *lines)
{
	if (now_us - news->second_us < SHOP_SECOND)
		return;
	if (news->held > 0)
		g_string_append_printf(lines, "… and %" G_GINT64_FORMAT " more events\n",
				       news->held);
	news->second_us = now_us;
	news->shown = news->held > 0;
	news->held = 0;
}

char *news_take(struct terminal *t, int64_t *ret_wait_us)
{
	AUTO_ERROR struct shop_error err = {0};
	struct news *news = &t->news;
	struct reading r = {.t = t, .lines = g_string_new(NULL)};
	const struct shop_event_filter filter = {.after_seq = news->seen, .limit = EVENTS_AT_ONCE};
	int64_t now_us = g_get_monotonic_time();
	int64_t head = news->seen;

	begin_second(news, now_us, r.lines);
	if (shop_journal_head(t->sh->lines.store, &head, &err) && head > news->seen)
		(void)!shop_event_list(t->sh->lines.store, &filter, take, &r, &err);
	news->ours = news->ours && news->seen < head;
	*ret_wait_us = news->held > 0	   ? news->second_us + SHOP_SECOND - now_us
		       : news->seen < head ? 0
					   : SHOP_NULL;
	return g_string_free(r.lines, r.lines->len == 0);
}

bool terminal_events(struct terminal *t, const char *word, struct shop_error *err)
{
	struct news *news = &t->news;
	char *globs;

	(void)err;
	if (word == NULL) {
		globs = news->globs == NULL ? g_strdup("on") : g_strjoinv(",", news->globs);
		(void)printf("%s\n", news->on ? globs : "off");
		g_free(globs);
		return true;
	}
	news_done(news);
	if (strcmp(word, "on") != 0 && strcmp(word, "off") != 0)
		news->globs = g_strsplit(word, ",", -1);
	news->on = strcmp(word, "off") != 0;
	news_begin(t);
	return true;
}

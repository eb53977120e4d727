/*
 * How far long work has come: a line on stderr that is drawn over itself, and is gone when anything
 * else is said. Off a terminal it is a note now and then, for whoever reads a log with -v.
 */
#include "out/out_private.h"

#include "shop/times.h"

#include <stdio.h>
#include <unistd.h>

#define AFTER_US (SHOP_SECOND / 2) /* what is done sooner needs no line */
#define STEP_US (SHOP_SECOND / 10)
#define LOG_US (30 * SHOP_SECOND)

void progress_clear(struct out *out)
{
	if (out->progress.shown)
		(void)fputs("\r\033[K", stderr);
	out->progress.shown = false;
}

static void show(struct out *out, const char *text)
{
	if (!out->progress.terminal) {
		out_note(out, false, "%s", text);
		return;
	}
	(void)fprintf(stderr, "\r\033[K%s", text);
	(void)fflush(stderr);
	out->progress.shown = true;
}

/* Asked once, and only by work that may take long. */
static bool is_wanted(struct out *out)
{
	struct progress *p = &out->progress;

	if (!p->asked)
		p->terminal = isatty(STDERR_FILENO) == 1;
	p->asked = true;
	return !out->options.quiet && (p->terminal || out->options.verbose > 0);
}

void out_progress(struct out *out, const char *what, int64_t done, int64_t total)
{
	struct progress *p = &out->progress;
	int64_t now_us;
	char *text;

	if (what == NULL)
		progress_clear(out);
	if (what == NULL || !is_wanted(out))
		return;
	now_us = shop_now_us();
	if (p->begun_us == 0)
		p->begun_us = p->told_us = now_us;
	if (p->terminal
		    ? now_us - p->begun_us < AFTER_US || (p->shown && now_us - p->told_us < STEP_US)
		    : now_us - p->told_us < LOG_US)
		return;
	p->told_us = now_us;
	if (total > 0)
		text = g_strdup_printf("%s %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " (%d %%)",
				       what, done, total,
				       (int)(100.0 * (double)MIN(done, total) / (double)total));
	else if (done > 0)
		text = g_strdup_printf("%s %" G_GINT64_FORMAT, what, done);
	else
		text = g_strdup(what);
	show(out, text);
	g_free(text);
}

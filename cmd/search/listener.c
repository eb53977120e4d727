/* Progress while the search index is made: a line on stderr, for those who wait (CLI.md §5). */
#include "search/search.h"

#include <stdio.h>
#include <unistd.h>

#define PROGRESS_AFTER_US (500 * 1000)
#define PROGRESS_STEP_US (100 * 1000)

static void on_progress(const char *kind, int64_t objects, void *ctx)
{
	struct search_listener *l = ctx;
	const int64_t now_us = shop_now_us();

	if (!l->terminal || now_us - l->begun_us < PROGRESS_AFTER_US ||
	    now_us - l->told_us < PROGRESS_STEP_US)
		return;
	l->told_us = now_us;
	l->shown = true;
	(void)fprintf(stderr, "\r\033[Kmaking the search index: %s %lld", kind, (long long)objects);
	(void)fflush(stderr);
}

void search_listen(struct search_listener *listener, bool quiet)
{
	*listener = (struct search_listener){
		.progress = {on_progress, listener},
		.terminal = !quiet && isatty(STDERR_FILENO),
		.begun_us = shop_now_us(),
	};
}

void search_listened(struct search_listener *listener, struct out *out, char *notice)
{
	if (listener->shown)
		(void)fputs("\r\033[K", stderr);
	listener->shown = false;
	if (notice != NULL)
		out_note(out, true, "%s", notice);
	g_free(notice);
}

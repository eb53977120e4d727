/*
 * The lines typed before: a file of readline's own form, each line with its time.
 */
#include "shell/readline.h"
#include "shell/terminal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HISTORY_LINES 10000
/* A longer line is a paste, which nobody looks for. */
#define HISTORY_BYTES 65536

void history_begin(struct terminal *t)
{
	const struct readline *rl = t->rl;
	int fd;

	rl->using_history();
	rl->stifle_history(HISTORY_LINES);
	*rl->history_comment_char = '#';
	*rl->history_write_timestamps = 1;
	t->history_path = shell_state_file("history");
	fd = open(t->history_path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	/* One that was made otherwise must not stay readable by all. */
	(void)fchmod(fd, 0600);
	(void)close(fd);
	(void)rl->history_truncate_file(t->history_path, HISTORY_LINES);
	(void)rl->read_history(t->history_path);
}

void history_keep(struct terminal *t, const char *line)
{
	if (*line == ' ' || line[strspn(line, " \t")] == '\0' || strlen(line) > HISTORY_BYTES ||
	    line_is_secret(line))
		return;
	t->rl->add_history(line);
	(void)t->rl->append_history(1, t->history_path);
}

/* "2026-11-24 14:05" of "#1795392000". */
static void append_time(GString *to, const char *stamp)
{
	GDateTime *at =
		stamp == NULL || *stamp != '#'
			? NULL
			: g_date_time_new_from_unix_local(g_ascii_strtoll(stamp + 1, NULL, 10));
	char *text = at == NULL ? g_strdup("                ") : g_date_time_format(at, "%F %H:%M");

	g_string_append_printf(to, "%s  ", text);
	g_free(text);
	if (at != NULL)
		g_date_time_unref(at);
}

/* A glob finds a line that holds it: "price" is "*price*". */
static bool matches(const char *glob, const char *line)
{
	char *whole;
	bool found;

	if (glob == NULL)
		return true;
	whole = strpbrk(glob, "*?") == NULL ? g_strdup_printf("*%s*", glob) : g_strdup(glob);
	found = g_pattern_match_simple(whole, line);
	g_free(whole);
	return found;
}

void terminal_history(struct terminal *t, const char *glob, GString *to)
{
	HIST_ENTRY **list = t->rl->history_list();

	for (; list != NULL && *list != NULL; list++) {
		if (!matches(glob, (*list)->line))
			continue;
		append_time(to, (*list)->timestamp);
		g_string_append_printf(to, "%s\n", (*list)->line);
	}
}

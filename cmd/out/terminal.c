/*
 * What the result is written to: a terminal or not, its size, and whether it takes colours and
 * signs beyond ASCII.
 */
#include "out/out_private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define SIZE_MAX_CHARS 10000

static bool is_set(const char *text)
{
	return text != NULL && *text != '\0';
}

/* A switch in the environment: on unless it is empty or 0. */
static bool is_on(const char *name)
{
	const char *text = getenv(name);

	return is_set(text) && strcmp(text, "0") != 0;
}

bool terminal_is(int fd)
{
	return isatty(fd) == 1 || is_set(getenv("SHOPCTL_FORCE_TTY"));
}

static bool is_dumb(void)
{
	const char *kind = getenv("TERM");

	return kind != NULL && strcmp(kind, "dumb") == 0;
}

/* The locale says whether the terminal shows more than ASCII; without any it is C. */
bool terminal_is_ascii(void)
{
	static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
	const char *locale = NULL;

	if (is_dumb())
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(names) && !is_set(locale); i++)
		locale = getenv(names[i]);
	return locale == NULL ||
	       (strcasestr(locale, "utf-8") == NULL && strcasestr(locale, "utf8") == NULL);
}

/* NO_COLOR > CLICOLOR_FORCE, FORCE_COLOR > CLICOLOR=0 and a terminal without colours; --color beats
 * all. */
bool terminal_has_color(const char *when, bool terminal)
{
	const char *off = getenv("CLICOLOR");

	if (when != NULL && strcmp(when, "auto") != 0)
		return strcmp(when, "always") == 0;
	if (is_set(getenv("NO_COLOR")))
		return false;
	if (is_on("CLICOLOR_FORCE") || is_on("FORCE_COLOR"))
		return true;
	return terminal && !is_dumb() && (off == NULL || strcmp(off, "0") != 0);
}

/* A size that stands in the environment, or 0. */
static int size_from(const char *name)
{
	const char *text = getenv(name);
	const long size = text == NULL ? 0 : strtol(text, NULL, 10);

	return size > 0 && size <= SIZE_MAX_CHARS ? (int)size : 0;
}

int terminal_columns(int fd)
{
	struct winsize size = {0};
	int columns = size_from("SHOPCTL_FORCE_TTY");

	/* SHOPCTL_FORCE_TTY=1 is older than the number it may be: a switch, and no width. */
	if (columns <= 1)
		columns = size_from("COLUMNS");
	if (columns == 0 && ioctl(fd, TIOCGWINSZ, &size) == 0)
		columns = size.ws_col;
	return columns;
}

int terminal_lines(int fd)
{
	struct winsize size = {0};
	int lines = size_from("LINES");

	if (lines == 0 && ioctl(fd, TIOCGWINSZ, &size) == 0)
		lines = size.ws_row;
	return lines;
}

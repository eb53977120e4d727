/*
 * Escaping for mdoc(7), and text that keeps to its conventions: no long lines, one sentence a line.
 */
#include "manual/roff.h"

#include <string.h>

#define LINE_WIDTH 76

/* A character; `exact` = to be copied from the page: hyphens and quotes stay what they are. */
static void append_char(GString *to, gunichar c, bool exact)
{
	static const char marks[] = "'`~^";
	static const char *const names[] = {"\\(aq", "\\(ga", "\\(ti", "\\(ha"};
	const char *mark = c < 128 ? strchr(marks, (int)c) : NULL;

	if (c == '\\')
		g_string_append(to, "\\e");
	else if (exact && c == '-')
		g_string_append(to, "\\-");
	else if (exact && mark != NULL && c != 0)
		g_string_append(to, names[mark - marks]);
	else if (c >= 128)
		g_string_append_printf(to, "\\[u%04X]", c);
	else
		g_string_append_c(to, (char)c);
}

static void append_escaped(GString *to, const char *text, size_t length, bool exact)
{
	for (const char *at = text; at < text + length; at = g_utf8_next_char(at))
		append_char(to, g_utf8_get_char(at), exact);
}

static bool is_delimiter(char c)
{
	return c != '\0' && strchr(".,:;)]?!", c) != NULL;
}

/* Macros are one or two letters, the first a capital; delimiters are single signs. */
static bool needs_guard(const char *text)
{
	size_t length = strlen(text);

	return (length == 1 && !g_ascii_isalnum(*text)) ||
	       (length <= 2 && g_ascii_isupper(*text)) ||
	       (length == 3 && strchr("ABDEX", *text) != NULL);
}

void roff_argument(GString *to, const char *text)
{
	bool quoted = strchr(text, ' ') != NULL || strchr(text, '"') != NULL || *text == '\0';

	g_string_append_c(to, ' ');
	if (quoted)
		g_string_append_c(to, '"');
	if (needs_guard(text))
		g_string_append(to, "\\&");
	for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
		if (*at == '"')
			g_string_append(to, "\\(dq");
		else
			append_char(to, g_utf8_get_char(at), true);
	}
	/* A last sign that could be a delimiter is part of the word. */
	if (*text != '\0' && is_delimiter(text[strlen(text) - 1]) && text[1] != '\0')
		g_string_append(to, "\\&");
	if (quoted)
		g_string_append_c(to, '"');
}

void roff_literal(GString *to, const char *text)
{
	char **lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line != NULL; line++) {
		if (**line == '.' || **line == '\'')
			g_string_append(to, "\\&");
		append_escaped(to, *line, strlen(*line), true);
		g_string_append_c(to, '\n');
	}
	g_strfreev(lines);
}

/* Where the text's present line stands. */
struct line {
	GString *to;
	size_t width; /* 0 = at a line's beginning */
	bool full;    /* a sentence ended: the next word begins a line */
};

static void end_line(struct line *line)
{
	if (line->width > 0)
		g_string_append_c(line->to, '\n');
	line->width = 0;
	line->full = false;
}

static bool ends_sentence(const char *word, size_t length)
{
	while (length > 0 && strchr(")\"'", word[length - 1]) != NULL)
		length--;
	return length > 1 && strchr(".!?", word[length - 1]) != NULL;
}

static bool is_option(const char *word)
{
	return word[0] == '-' || strstr(word, "--") != NULL;
}

/* A word, its width as it stands in the page's source. */
static void append_word(struct line *line, const char *word, size_t length)
{
	GString *escaped = g_string_new(NULL);

	append_escaped(escaped, word, length, is_option(word));
	if (line->full || line->width + escaped->len + (line->width > 0 ? 1 : 0) > LINE_WIDTH)
		end_line(line);
	if (line->width > 0)
		g_string_append_c(line->to, ' ');
	else if (*word == '.' || *word == '\'')
		g_string_append(line->to, "\\&");
	line->width += escaped->len + (line->width > 0 ? 1 : 0);
	g_string_append_len(line->to, escaped->str, (gssize)escaped->len);
	g_string_free(escaped, TRUE);
	line->full = ends_sentence(word, length);
}

/* What follows a macro's argument up to the next blank: closing signs apart, anything else glued
 * on. */
static const char *append_tail(struct line *line, const char *at)
{
	const char *end = at + strcspn(at, " `");

	line->full = false;
	if (at < end && !is_delimiter(*at)) {
		g_string_append(line->to, " Ns No");
		char *rest = g_strndup(at, (gsize)(end - at));
		roff_argument(line->to, rest);
		g_free(rest);
		at = end;
	}
	for (; at < end; at++)
		g_string_append_printf(line->to, " %c", *at);
	g_string_append_c(line->to, '\n');
	line->width = 0;
	return end;
}

/* `words` from the tick on; returns what follows. */
static const char *append_command(struct line *line, const char *tick, const char *before)
{
	const char *end = strchr(tick + 1, '`');
	char *words;

	if (end == NULL)
		return tick + 1;
	end_line(line);
	g_string_append(line->to, ".Ic");
	if (before != NULL)
		g_string_append_printf(line->to, " %s", before);
	words = g_strndup(tick + 1, (gsize)(end - tick) - 1);
	roff_argument(line->to, words);
	g_free(words);
	return append_tail(line, end + 1);
}

/* The length of "name" in name(7), or 0. */
static size_t page_length(const char *word)
{
	size_t length = strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-.");

	return length > 0 && word[length] == '(' && g_ascii_isdigit(word[length + 1]) &&
			       word[length + 2] == ')' && g_ascii_isalpha(*word)
		       ? length
		       : 0;
}

static const char *append_page(struct line *line, const char *word, size_t length)
{
	end_line(line);
	g_string_append_printf(line->to, ".Xr %.*s %c", (int)length, word, word[length + 1]);
	return append_tail(line, word + length + 3);
}

void roff_text(GString *to, const char *text)
{
	struct line line = {.to = to};
	const char *at = text;

	while (*(at += strspn(at, " \n")) != '\0') {
		size_t length = strcspn(at, " \n`");
		size_t page = page_length(at);

		if (page > 0)
			at = append_page(&line, at, page);
		else if (*at == '`')
			at = append_command(&line, at, NULL);
		else if (*at == '(' && at[1] == '`')
			at = append_command(&line, at + 1, "(");
		else {
			append_word(&line, at, length);
			at += length;
		}
	}
	end_line(&line);
}

/*
 * Prose on a terminal.
 */
#include "help/prose.h"

#include "frame/frame.h"

#include <string.h>

#define TERM_WIDTH_MAX 26 /* a longer term stands on a line of its own */

static void append_literal(GString *to, const char *text)
{
	char **lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line != NULL; line++)
		g_string_append_printf(to, **line == '\0' ? "%s\n" : "    %s\n", *line);
	g_strfreev(lines);
}

/* The column of the meanings of the items from `first` on. */
static int column_of(const GArray *blocks, guint first)
{
	int widest = 0;

	for (guint i = first; i < blocks->len; i++) {
		const struct prose_block *block = &g_array_index(blocks, struct prose_block, i);
		int width = block->term == NULL ? 0 : (int)g_utf8_strlen(block->term, -1);

		if (block->kind != PROSE_ITEM)
			break;
		if (width <= TERM_WIDTH_MAX)
			widest = MAX(widest, width);
	}
	return widest + 4;
}

static void append_item(GString *to, const struct prose_block *block, int column)
{
	int width = (int)g_utf8_strlen(block->term, -1) + 2;

	g_string_append_printf(to, "  %s", block->term);
	if (width + 2 <= column)
		g_string_append_printf(to, "%*s", column - width, "");
	else
		g_string_append_printf(to, "\n%*s", column, "");
	help_words(to, block->text, column, column);
}

static void append_block(GString *to, const struct prose_block *block, int column, bool bold)
{
	switch (block->kind) {
	case PROSE_HEADING:
		g_string_append_printf(to, "%s%s:%s\n", bold ? "\033[1m" : "", block->text,
				       bold ? "\033[0m" : "");
		break;
	case PROSE_LITERAL:
		append_literal(to, block->text);
		break;
	case PROSE_ITEM:
		append_item(to, block, column);
		break;
	case PROSE_BULLET:
		g_string_append(to, "- ");
		help_words(to, block->text, 2, 2);
		break;
	default:
		help_words(to, block->text, 0, 0);
	}
}

/* Entries of one list follow each other, and what a heading is about follows it. */
static bool needs_gap(const struct prose_block *before, const struct prose_block *block)
{
	if (before->kind == PROSE_HEADING)
		return false;
	return before->kind != block->kind ||
	       (block->kind != PROSE_ITEM && block->kind != PROSE_BULLET);
}

void prose_append(GString *to, const char *text, bool bold)
{
	GArray *blocks = prose_parse(text);
	int column = 0;

	for (guint i = 0; i < blocks->len; i++) {
		const struct prose_block *block = &g_array_index(blocks, struct prose_block, i);

		if (i > 0 && needs_gap(block - 1, block))
			g_string_append_c(to, '\n');
		if (i == 0 || (block - 1)->kind != PROSE_ITEM)
			column = column_of(blocks, i);
		append_block(to, block, column, bold);
	}
	g_array_unref(blocks);
}

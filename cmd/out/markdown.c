/* md: a table as GitHub and pandoc read it; the first row says which columns are numbers. */
#include "out/out_private.h"

#include "shop/text.h"

#include <string.h>

/* What a terminal would obey is shown; lines stay lines. */
static char *shown(const char *text)
{
	char **lines = g_strsplit(text, "\n", -1);
	GString *to = g_string_new(NULL);

	for (size_t i = 0; lines[i] != NULL; i++) {
		if (i > 0)
			g_string_append_c(to, '\n');
		shop_text_escape(to, lines[i]);
	}
	g_strfreev(lines);
	return g_string_free(to, FALSE);
}

static void append_cell(GString *to, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\n')
			g_string_append(to, "<br>");
		else if (strchr("|\\`*_<&[", *text) != NULL)
			g_string_append_printf(to, "\\%c", *text);
		else
			g_string_append_c(to, *text);
	}
}

static void append_header(struct out *out)
{
	guint i;

	for (i = 0; i < out->columns->len; i++) {
		g_string_append(out->text, i == 0 ? "| " : " | ");
		append_cell(out->text, g_array_index(out->columns, struct column, i).name);
	}
	g_string_append(out->text, " |\n");
	for (i = 0; i < out->columns->len; i++)
		g_string_append(out->text,
				cell_is_number(&g_array_index(out->columns, struct column, i))
					? "| ---: "
					: "| --- ");
	g_string_append(out->text, "|\n");
	out->header_done = true;
}

bool markdown_record(struct out *out, const void *record)
{
	GString *cell = g_string_new(NULL);
	char *text;
	guint i;

	if (!out->header_done && !out->options.no_headers)
		append_header(out);
	for (i = 0; i < out->columns->len; i++) {
		g_string_truncate(cell, 0);
		cell_append(out, cell, &g_array_index(out->columns, struct column, i), record,
			    CELL_MACHINE);
		g_string_append(out->text, i == 0 ? "| " : " | ");
		text = shown(cell->str);
		append_cell(out->text, text);
		g_free(text);
	}
	g_string_append(out->text, " |\n");
	g_string_free(cell, TRUE);
	return true;
}

/* html: a table to paste into a page; all text escaped. */
#include "out/out_private.h"

#include "shop/text.h"

#include <string.h>

static const char *entity_of(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void html_append(GString *to, const char *text)
{
	for (; *text != '\0'; text++) {
		const char *entity = entity_of(*text);

		if (entity != NULL)
			g_string_append(to, entity);
		else
			g_string_append_c(to, *text);
	}
}

static void append_lines(GString *to, const char *text)
{
	char **lines = g_strsplit(text, "\n", -1);
	GString *shown = g_string_new(NULL);

	for (size_t i = 0; lines[i] != NULL; i++) {
		g_string_truncate(shown, 0);
		shop_text_escape(shown, lines[i]);
		g_string_append(to, i == 0 ? "" : "<br>");
		html_append(to, shown->str);
	}
	g_string_free(shown, TRUE);
	g_strfreev(lines);
}

void html_begin(struct out *out)
{
	if (out->header_done)
		return;
	out->header_done = true;
	g_string_append(out->text, "<table>\n");
	if (!out->options.no_headers) {
		g_string_append(out->text, "<thead><tr>");
		for (guint i = 0; i < out->columns->len; i++) {
			g_string_append(out->text, "<th>");
			html_append(out->text, g_array_index(out->columns, struct column, i).name);
			g_string_append(out->text, "</th>");
		}
		g_string_append(out->text, "</tr></thead>\n");
	}
	g_string_append(out->text, "<tbody>\n");
}

bool html_record(struct out *out, const void *record)
{
	GString *cell = g_string_new(NULL);

	html_begin(out);
	g_string_append(out->text, "<tr>");
	for (guint i = 0; i < out->columns->len; i++) {
		const struct column *column = &g_array_index(out->columns, struct column, i);

		g_string_truncate(cell, 0);
		cell_append(out, cell, column, record, CELL_MACHINE);
		g_string_append(out->text,
				cell_is_number(column) ? "<td align=\"right\">" : "<td>");
		append_lines(out->text, cell->str);
		g_string_append(out->text, "</td>");
	}
	g_string_append(out->text, "</tr>\n");
	g_string_free(cell, TRUE);
	return true;
}

void html_end(struct out *out)
{
	html_begin(out);
	g_string_append(out->text, "</tbody>\n</table>\n");
}

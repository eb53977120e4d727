/*
 * csv (RFC 4180, LF) and tsv (\t \n \\ escaped). Text that a spreadsheet would take for a formula
 * gets a leading apostrophe; numbers, money and ids stay as they are.
 */
#include "out/out_private.h"

#include "shop/text.h"

#include <string.h>

static bool is_text(const struct column *column)
{
	enum shop_field_type type = column->path[column->depth - 1]->type;

	return type == SHOP_TYPE_TEXT || type == SHOP_TYPE_WORD;
}

static void append_escaped(GString *to, const char *text)
{
	for (; *text != '\0'; text++) {
		switch (*text) {
		case '\t':
			g_string_append(to, "\\t");
			break;
		case '\n':
			g_string_append(to, "\\n");
			break;
		case '\r':
			g_string_append(to, "\\r");
			break;
		case '\\':
			g_string_append(to, "\\\\");
			break;
		default:
			g_string_append_c(to, *text);
			break;
		}
	}
}

static void append_item(struct out *out, guint at, const char *text)
{
	if (at > 0)
		g_string_append_c(out->text, out->format == OUT_CSV ? ',' : '\t');
	if (out->format == OUT_CSV)
		shop_text_csv(out->text, text);
	else
		append_escaped(out->text, text);
}

static void append_header(struct out *out)
{
	guint i;

	if (out->header_done || out->options.no_headers)
		return;
	for (i = 0; i < out->columns->len; i++)
		append_item(out, i, g_array_index(out->columns, struct column, i).name);
	g_string_append_c(out->text, '\n');
	out->header_done = true;
}

bool csv_record(struct out *out, const struct shop_record *type, const void *record,
		struct shop_error *err)
{
	GString *cell = g_string_new(NULL);
	guint i;

	(void)type;
	(void)err;
	append_header(out);
	for (i = 0; i < out->columns->len; i++) {
		const struct column *column = &g_array_index(out->columns, struct column, i);

		g_string_truncate(cell, 0);
		cell_append(out, cell, column, record, CELL_MACHINE);
		if (is_text(column) && shop_text_is_formula(cell->str))
			g_string_prepend_c(cell, '\'');
		append_item(out, i, cell->str);
	}
	out_end_record(out);
	g_string_free(cell, TRUE);
	return true;
}

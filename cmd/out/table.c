/*
 * table and wide: rows wait here until they are drawn together. One object is `field: value` lines.
 */
#include "out/out_private.h"

#include "out/smartcols.h"
#include "shop/text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define NAME_WIDTH 20  /* of `field: value` lines at least */
#define PROSE_WIDTH 12 /* prose is not cut below this */

static char **cells_of(const struct out *out, const void *record)
{
	char **cells = g_new0(char *, out->columns->len + 1);
	guint i;

	for (i = 0; i < out->columns->len; i++) {
		GString *cell = g_string_new(NULL);

		cell_append(out, cell, &g_array_index(out->columns, struct column, i), record,
			    CELL_HUMAN);
		cells[i] = g_string_free(cell, FALSE);
	}
	return cells;
}

bool table_record(struct out *out, const struct shop_record *type, const void *record,
		  struct shop_error *err)
{
	if (out->options.single)
		return table_object(out, type, record, err);
	if (out->type != type && !table_draw(out, err))
		return false;
	if (out->type != type && (out->type != NULL || type != out->options.record) &&
	    !columns_make(out, type, err))
		return false;
	out->type = type;
	g_ptr_array_add(out->table, cells_of(out, record));
	return true;
}

static size_t width_of(const struct out *out)
{
	struct winsize size = {0};

	if (out->options.width > 0)
		return (size_t)out->options.width;
	if (out->terminal && ioctl(out->fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return 0;
}

static size_t display_width(const char *text)
{
	size_t width = 0;

	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		width += g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
	}
	return width;
}

static void cut(char **cell, size_t width, const char *mark)
{
	size_t room = width - display_width(mark);
	const char *end = *cell;
	char *whole = *cell;

	if (display_width(whole) <= width)
		return;
	while (*end != '\0') {
		size_t next = g_unichar_iswide(g_utf8_get_char(end)) ? 2 : 1;

		if (next > room)
			break;
		room -= next;
		end = g_utf8_next_char(end);
	}
	*cell = g_strdup_printf("%.*s%s", (int)(end - whole), whole, mark);
	g_free(whole);
}

/* How wide a column is; *ret_prose whether it holds text of more than one word. */
static size_t measure(const struct out *out, guint at, bool *ret_prose)
{
	const struct column *column = &g_array_index(out->columns, struct column, at);
	const enum shop_field_type type = column->path[column->depth - 1]->type;
	size_t width = strlen(column->name);

	*ret_prose = false;
	for (guint i = 0; i < out->table->len; i++) {
		const char *cell = ((char **)g_ptr_array_index(out->table, i))[at];

		width = MAX(width, display_width(cell));
		*ret_prose |= type == SHOP_TYPE_JSON ||
			      (type == SHOP_TYPE_TEXT && strchr(cell, ' ') != NULL);
	}
	return width;
}

/*
 * A table too wide for the terminal: prose gives way, the widest column first. A word (an id, a
 * SKU, an e-mail) is there to be copied; half of one would name something else.
 */
static void fit(struct out *out, size_t room)
{
	const guint count = out->columns->len;
	size_t *widths = g_new0(size_t, count);
	bool *prose = g_new0(bool, count);
	size_t total = count - 1;
	guint widest, i;

	for (i = 0; i < count; i++)
		total += widths[i] = measure(out, i, &prose[i]);
	while (total > room) {
		for (widest = count, i = 0; i < count; i++)
			if (prose[i] && (widest == count || widths[i] > widths[widest]))
				widest = i;
		if (widest == count || widths[widest] <= PROSE_WIDTH)
			break;
		widths[widest]--;
		total--;
	}
	for (guint row = 0; row < out->table->len; row++)
		for (i = 0; i < count; i++)
			if (prose[i])
				cut(&((char **)g_ptr_array_index(out->table, row))[i], widths[i],
				    out->options.ascii ? "..." : "…");
	g_free(widths);
	g_free(prose);
}

static void add_columns(const struct smartcols *sc, const struct out *out,
			struct libscols_table *table)
{
	guint i;

	for (i = 0; i < out->columns->len; i++) {
		const struct column *column = &g_array_index(out->columns, struct column, i);
		char *name = g_ascii_strup(column->name, -1);
		int flags = (cell_is_number(column) ? SCOLS_FL_RIGHT : 0);

		(void)sc->scols_table_new_column(table, name, 0, flags);
		g_free(name);
	}
}

static void paint(const struct smartcols *sc, const struct out *out, struct libscols_line *line,
		  guint at, const char *text)
{
	const struct column *column = &g_array_index(out->columns, struct column, at);
	const char *word = strrchr(text, ' ');
	const char *color;

	if (!out->color || column->path[column->depth - 1]->type != SHOP_TYPE_WORD)
		return;
	color = status_color(word == NULL ? text : word + 1);
	if (color != NULL)
		(void)sc->scols_cell_set_color(sc->scols_line_get_cell(line, at), color);
}

static void add_line(const struct smartcols *sc, const struct out *out,
		     struct libscols_table *table, char *const *cells)
{
	struct libscols_line *line = sc->scols_table_new_line(table, NULL);
	guint i;

	for (i = 0; i < out->columns->len; i++) {
		(void)sc->scols_line_set_data(line, i, cells[i]);
		paint(sc, out, line, i, cells[i]);
	}
}

static void set_up(const struct smartcols *sc, const struct out *out, struct libscols_table *table)
{
	size_t width = width_of(out);

	(void)sc->scols_table_enable_noheadings(table, out->options.no_headers);
	(void)sc->scols_table_enable_colors(table, out->color);
	/* Cells are escaped already; smartcols would escape the backslashes once more. */
	(void)sc->scols_table_enable_noencoding(table, 1);
	(void)sc->scols_table_set_termforce(table, width > 0 ? SCOLS_TERMFORCE_ALWAYS
							     : SCOLS_TERMFORCE_NEVER);
	if (width > 0)
		(void)sc->scols_table_set_termwidth(table, width);
}

/* smartcols fills the last column with blanks; nobody wants to compare those. */
static void append_trimmed(GString *to, const char *text)
{
	const char *end;

	for (; *text != '\0'; text = *end == '\0' ? end : end + 1) {
		size_t length;

		end = strchrnul(text, '\n');
		length = (size_t)(end - text);
		while (length > 0 && text[length - 1] == ' ')
			length--;
		g_string_append_len(to, text, (gssize)length);
		g_string_append_c(to, '\n');
	}
}

bool table_draw(struct out *out, struct shop_error *err)
{
	struct smartcols sc;
	struct libscols_table *table;
	char *text = NULL;
	guint i;

	if (out->table->len == 0)
		return true;
	if (!smartcols_open(&sc, err))
		return false;
	if (out->terminal && width_of(out) > 0)
		fit(out, width_of(out));
	table = sc.scols_new_table();
	set_up(&sc, out, table);
	add_columns(&sc, out, table);
	for (i = 0; i < out->table->len; i++)
		add_line(&sc, out, table, g_ptr_array_index(out->table, i));
	(void)sc.scols_print_table_to_string(table, &text);
	append_trimmed(out->text, text == NULL ? "" : text);
	free(text);
	sc.scols_unref_table(table);
	g_ptr_array_set_size(out->table, 0);
	return true;
}

/* A list within an object: its own small table under the field's name. */
static bool draw_list(struct out *out, const struct column *column, const void *record,
		      struct shop_error *err)
{
	const struct shop_field *field = column->path[0];
	const struct shop_list *list = (const void *)((const char *)record + field->offset);
	struct out inner = *out;
	bool ok = true;
	size_t i;

	if (list->count == 0)
		return true;
	g_string_append_printf(out->text, "%s:\n", column->name);
	inner.columns = NULL;
	inner.options.single = false;
	inner.options.fields = NULL;
	inner.options.no_headers = false;
	inner.format = OUT_TABLE;
	inner.table = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
	ok = columns_make(&inner, field->child, err);
	for (i = 0; ok && i < list->count; i++)
		g_ptr_array_add(inner.table, cells_of(&inner, (const char *)list->items +
								      i * field->child->size));
	ok = ok && table_draw(&inner, err);
	g_ptr_array_unref(inner.table);
	g_array_unref(inner.columns);
	return ok;
}

/* Values of an object stand under each other, behind the longest name. */
static int name_width(const struct out *out)
{
	int width = NAME_WIDTH;
	guint i;

	for (i = 0; i < out->columns->len; i++)
		width = MAX(width,
			    (int)strlen(g_array_index(out->columns, struct column, i).name) + 1);
	return width;
}

bool table_object(struct out *out, const struct shop_record *type, const void *record,
		  struct shop_error *err)
{
	int width;
	guint i;

	if (type != out->options.record && !columns_make(out, type, err))
		return false;
	if (out->rows > 0)
		g_string_append_c(out->text, '\n');
	width = name_width(out);
	for (i = 0; i < out->columns->len; i++) {
		const struct column *column = &g_array_index(out->columns, struct column, i);

		if (column->depth == 1 && column->path[0]->type == SHOP_TYPE_LIST)
			continue;
		if (!out->selected && cell_is_null(column, record) && out->format != OUT_LINE)
			continue;
		g_string_append_printf(out->text, "%s:%*s", column->name,
				       MAX(1, width - (int)strlen(column->name)), "");
		cell_append(out, out->text, column, record, CELL_HUMAN);
		g_string_append_c(out->text, '\n');
	}
	for (i = 0; i < out->columns->len; i++) {
		const struct column *column = &g_array_index(out->columns, struct column, i);

		if (column->depth == 1 && column->path[0]->type == SHOP_TYPE_LIST &&
		    !draw_list(out, column, record, err))
			return false;
	}
	return true;
}

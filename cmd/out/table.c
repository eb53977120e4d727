/*
 * table and wide: records as rows of a grid. One object is `field: value` lines.
 */
#include "out/out_private.h"

#include <string.h>

#define NAME_WIDTH 20 /* of `field: value` lines at least */

char **table_cells(const struct out *out, const void *record)
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
	if (out->type != type)
		grid_end(out, &out->grid);
	if (out->type != type && (out->type != NULL || type != out->options.record) &&
	    !columns_make(out, type, err))
		return false;
	out->type = type;
	grid_add(out, &out->grid, table_cells(out, record));
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
	grid_init(&inner.grid);
	ok = columns_make(&inner, field->child, err);
	for (i = 0; ok && i < list->count; i++)
		grid_add(&inner, &inner.grid,
			 table_cells(&inner, (const char *)list->items + i * field->child->size));
	grid_end(&inner, &inner.grid);
	grid_done(&inner.grid);
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

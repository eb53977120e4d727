/*
 * Rows of cells under each other. The first rows say how wide the columns are; once they are drawn,
 * each further row is drawn as it comes, so that a table of a whole shop needs no more memory than
 * one of a screen.
 */
#include "out/out_private.h"

#include "shop/text.h"

#include <string.h>

#define BLOCK_ROWS 512 /* whose cells are measured: some screens of them */
#define PROSE_WIDTH 12 /* prose is not cut below this */
#define GAP 2	       /* blanks between columns; one where room is short */
#define BOLD "\033[1m"
#define COLOR_OFF "\033[0m"

void grid_init(struct grid *grid)
{
	*grid = (struct grid){.rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev)};
}

static void forget_columns(struct grid *grid)
{
	g_clear_pointer(&grid->columns, g_free);
}

void grid_done(struct grid *grid)
{
	if (grid->rows != NULL)
		g_ptr_array_unref(grid->rows);
	grid->rows = NULL;
	forget_columns(grid);
}

static const struct shop_field *last_of(const struct column *column)
{
	return column->path[column->depth - 1];
}

bool field_is_prose(const struct shop_field *field, const char *cell)
{
	return !(field->flags & SHOP_FIELD_VERBATIM) &&
	       (field->type == SHOP_TYPE_JSON ||
		(field->type == SHOP_TYPE_TEXT && strchr(cell, ' ') != NULL));
}

static void measure(const struct out *out, struct grid *grid, guint at)
{
	const struct column *column = &g_array_index(out->columns, struct column, at);
	struct grid_column *to = &grid->columns[at];

	to->right = cell_is_number(column);
	to->empty = true;
	to->width = out->options.no_headers ? 0 : shop_text_width(column->name);
	for (guint i = 0; i < grid->rows->len; i++) {
		const char *cell = ((char **)g_ptr_array_index(grid->rows, i))[at];

		to->width = MAX(to->width, shop_text_width(cell));
		to->empty &= *cell == '\0' || (grid->sparse && strcmp(cell, "0") == 0);
		to->prose |= field_is_prose(last_of(column), cell);
	}
}

static void hide_empty(struct grid *grid, guint at)
{
	grid->columns[at].hidden = at > 0 && grid->columns[at].empty;
}

static size_t total_width(const struct out *out, const struct grid *grid)
{
	size_t total = 0;

	for (guint i = 0; i < out->columns->len; i++)
		if (!grid->columns[i].hidden)
			total += grid->columns[i].width + grid->gap;
	return total == 0 ? 0 : grid->indent + total - grid->gap;
}

/* The widest column of prose, NULL when none is wide enough to be cut. */
static struct grid_column *widest_prose(const struct out *out, const struct grid *grid)
{
	struct grid_column *widest = NULL;

	for (guint i = 0; i < out->columns->len; i++)
		if (grid->columns[i].prose &&
		    (widest == NULL || grid->columns[i].width > widest->width))
			widest = &grid->columns[i];
	return widest != NULL && widest->width > PROSE_WIDTH ? widest : NULL;
}

/*
 * A table too wide for the terminal: gaps and indent give way, then columns in which nothing
 * stands, then prose, the widest first. A word (an id, a SKU, an e-mail) is there to be copied;
 * half of one would name something else.
 */
static void fit(const struct out *out, struct grid *grid, size_t room)
{
	struct grid_column *widest;

	if (total_width(out, grid) > room)
		grid->gap = 1;
	if (total_width(out, grid) > room)
		grid->indent = 0;
	for (guint i = 0; i < out->columns->len && total_width(out, grid) > room; i++)
		hide_empty(grid, i);
	while (total_width(out, grid) > room && (widest = widest_prose(out, grid)) != NULL) {
		widest->width--;
		widest->cut = true;
	}
}

static void lay_out(const struct out *out, struct grid *grid)
{
	const size_t room = out_width(out);

	grid->columns = g_new0(struct grid_column, out->columns->len);
	grid->gap = GAP;
	for (guint at = 0; at < out->columns->len; at++)
		measure(out, grid, at);
	for (guint at = 0; grid->sparse && at < out->columns->len; at++)
		hide_empty(grid, at);
	if (room > 0 && out->columns->len > 0)
		fit(out, grid, room);
}

void append_blanks(GString *to, size_t count)
{
	while (count-- > 0)
		g_string_append_c(to, ' ');
}

void append_colored(const struct out *out, GString *to, const char *color, const char *text,
		    size_t length)
{
	if (color == NULL || !out->color || length == 0) {
		g_string_append_len(to, text, (gssize)length);
		return;
	}
	g_string_append(to, color);
	g_string_append_len(to, text, (gssize)length);
	g_string_append(to, COLOR_OFF);
}

static const char *color_of(const struct shop_field *field, const char *cell)
{
	const char *word = strrchr(cell, ' ');

	if (field->type != SHOP_TYPE_WORD)
		return NULL;
	return status_color(word == NULL ? cell : word + 1);
}

/* One cell, padded unless it is the line's last. */
static void draw_cell(const struct out *out, const struct grid *grid, guint at, const char *cell,
		      const char *color)
{
	const struct grid_column *column = &grid->columns[at];
	size_t width = shop_text_width(cell), length = strlen(cell), blanks;
	const char *mark = "";

	if (column->cut && width > column->width) {
		mark = out->options.ascii ? "..." : "…";
		length = shop_text_fitting(cell, column->width - shop_text_width(mark), &width);
		width += shop_text_width(mark);
	}
	blanks = width < column->width ? column->width - width : 0;
	if (column->right)
		append_blanks(out->text, blanks);
	append_colored(out, out->text, color, cell, length);
	g_string_append(out->text, mark);
	if (!column->right && at + 1 < out->columns->len)
		append_blanks(out->text, blanks);
}

static void draw_line(const struct out *out, const struct grid *grid, char *const *cells,
		      bool header)
{
	bool first = true;

	append_blanks(out->text, grid->indent);
	for (guint at = 0; at < out->columns->len; at++) {
		const struct column *column = &g_array_index(out->columns, struct column, at);

		if (grid->columns[at].hidden)
			continue;
		append_blanks(out->text, first ? 0 : grid->gap);
		draw_cell(out, grid, at, cells[at],
			  header ? BOLD : color_of(last_of(column), cells[at]));
		first = false;
	}
	/* Nobody wants to compare blanks behind empty cells. */
	while (out->text->len > 0 && out->text->str[out->text->len - 1] == ' ')
		g_string_truncate(out->text, out->text->len - 1);
	g_string_append_c(out->text, '\n');
}

static void draw_header(const struct out *out, const struct grid *grid)
{
	char **names = g_new0(char *, out->columns->len + 1);

	for (guint at = 0; at < out->columns->len; at++)
		names[at] = g_ascii_strup(g_array_index(out->columns, struct column, at).name, -1);
	draw_line(out, grid, names, true);
	g_strfreev(names);
}

static void draw_rows(const struct out *out, struct grid *grid)
{
	if (grid->rows->len == 0)
		return;
	if (grid->columns == NULL) {
		lay_out(out, grid);
		if (!out->options.no_headers)
			draw_header(out, grid);
	}
	for (guint i = 0; i < grid->rows->len; i++)
		draw_line(out, grid, g_ptr_array_index(grid->rows, i), false);
	g_ptr_array_set_size(grid->rows, 0);
}

/* A column was left out because nothing stood in it: with its first value the table begins anew. */
static bool shows_too_little(const struct out *out, const struct grid *grid, char *const *cells)
{
	for (guint at = 0; grid->columns != NULL && at < out->columns->len; at++)
		if (grid->columns[at].hidden && *cells[at] != '\0')
			return true;
	return false;
}

void grid_add(const struct out *out, struct grid *grid, char **cells)
{
	if (shows_too_little(out, grid, cells))
		forget_columns(grid);
	g_ptr_array_add(grid->rows, cells);
	/* What a mutation prints may be taken back with its transaction, and the columns with it.
	 */
	if (!out->options.held && (grid->columns != NULL || grid->rows->len >= BLOCK_ROWS))
		draw_rows(out, grid);
}

void grid_end(const struct out *out, struct grid *grid)
{
	draw_rows(out, grid);
	forget_columns(grid);
}

void grid_drop(struct grid *grid)
{
	g_ptr_array_set_size(grid->rows, 0);
	forget_columns(grid);
}

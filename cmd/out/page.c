/*
 * One object as a page of blocks: a line that says what it is and how it stands, fields in pairs,
 * its lists as tables.
 */
#include "out/out_private.h"

#include "shop/text.h"

#include <jansson.h>
#include <string.h>

#define INDENT 2
#define PAIR_GAP 4    /* blanks between the two columns of pairs */
#define PAIR_VALUE 34 /* a longer value has a line of its own */
#define BOLD "\033[1m"
#define FAINT "\033[2m"

/* Names and values under each other, as they are drawn. */
struct pairs {
	GPtrArray *names, *values; /* char * */
	GPtrArray *colors;	   /* const char * or NULL */
	GArray *prose;		   /* bool: may be wrapped */
	size_t name_width, value_width;
};

static void pairs_init(struct pairs *pairs)
{
	*pairs = (struct pairs){
		.names = g_ptr_array_new_with_free_func(g_free),
		.values = g_ptr_array_new_with_free_func(g_free),
		.colors = g_ptr_array_new(),
		.prose = g_array_new(FALSE, FALSE, sizeof(bool)),
	};
}

static void pairs_done(struct pairs *pairs)
{
	g_ptr_array_unref(pairs->names);
	g_ptr_array_unref(pairs->values);
	g_ptr_array_unref(pairs->colors);
	g_array_unref(pairs->prose);
}

/* "placed_at" is read as placed, "customer.name" as customer name. */
static char *name_of(const struct column *column)
{
	char *name = g_strdelimit(g_strdup(column->name), "_.", ' ');

	if (g_str_has_suffix(name, " at"))
		name[strlen(name) - strlen(" at")] = '\0';
	return name;
}

/* An object in JSON is read as its values: an address. */
static void append_values(GString *to, const char *text)
{
	json_t *object = json_loads(text, 0, NULL), *value;
	const char *key, *gap = "";

	json_object_foreach(object, key, value)
	{
		if (!json_is_string(value))
			continue;
		g_string_append(to, gap);
		shop_text_escape(to, json_string_value(value));
		gap = ", ";
	}
	if (*gap == '\0')
		shop_text_escape(to, text);
	json_decref(object);
}

static char *value_of(const struct out *out, const struct column *column, const void *record)
{
	const struct shop_field *field = column->path[column->depth - 1];
	GString *value = g_string_new(NULL);

	if (field->type == SHOP_TYPE_JSON && column->depth == 1 && !cell_is_null(column, record))
		append_values(value, shop_field_value(field, record).text);
	else if (field->type == SHOP_TYPE_BOOL)
		g_string_append(value, "yes"); /* what is not so is not shown */
	else
		cell_append(out, value, column, record, CELL_HUMAN);
	return g_string_free(value, FALSE);
}

static const char *color_of(const struct column *column, const char *value)
{
	const char *word = strrchr(value, ' ');

	if (column->path[column->depth - 1]->type != SHOP_TYPE_WORD)
		return NULL;
	return status_color(word == NULL ? value : word + 1);
}

/* What is not so needs no line; nor does what is not set. */
static bool says_nothing(const struct column *column, const void *record, const char *value)
{
	return *value == '\0' ||
	       (column->path[column->depth - 1]->type == SHOP_TYPE_BOOL && column->depth == 1 &&
		shop_field_value(column->path[0], record).number == 0);
}

static bool is_money(const struct column *column)
{
	return column->path[column->depth - 1]->type == SHOP_TYPE_MONEY;
}

/* Sums under each other end under each other. */
static size_t money_width(const struct out *out, const void *record)
{
	size_t width = 0;

	for (guint i = 0; i < out->columns->len; i++) {
		const struct column *column = &g_array_index(out->columns, struct column, i);
		char *value = is_money(column) ? value_of(out, column, record) : g_strdup("");

		width = MAX(width, strlen(value));
		g_free(value);
	}
	return width;
}

static char *on_the_right(char *value, size_t width)
{
	char *padded = g_strdup_printf("%*s", (int)width, value);

	g_free(value);
	return padded;
}

static void pairs_fill(const struct out *out, const void *record, struct pairs *pairs)
{
	const size_t sums = money_width(out, record);

	for (guint i = 0; i < out->columns->len; i++) {
		const struct column *column = &g_array_index(out->columns, struct column, i);
		char *value = value_of(out, column, record);
		bool prose;

		if (says_nothing(column, record, value)) {
			g_free(value);
			continue;
		}
		if (is_money(column))
			value = on_the_right(value, sums);
		prose = field_is_prose(column->path[column->depth - 1], value);
		g_array_append_val(pairs->prose, prose);
		g_ptr_array_add(pairs->names, name_of(column));
		g_ptr_array_add(pairs->values, value);
		g_ptr_array_add(pairs->colors, (gpointer)(uintptr_t)color_of(column, value));
		pairs->name_width = MAX(
			pairs->name_width,
			shop_text_width(g_ptr_array_index(pairs->names, pairs->names->len - 1)));
		if (shop_text_width(value) <= PAIR_VALUE)
			pairs->value_width = MAX(pairs->value_width, shop_text_width(value));
	}
}

/* A long text goes on in further lines, each beginning below its first; signs of a word stay
 * together. */
static void append_wrapped(const struct out *out, const char *text, size_t indent)
{
	const size_t room = out_width(out) > indent ? out_width(out) - indent : 0;
	size_t used;

	while (room > 0 && shop_text_width(text) > room) {
		size_t length = shop_text_fitting(text, room, &used);
		const char *blank = g_strrstr_len(text, (gssize)length, " ");

		length = blank == NULL || blank == text ? strcspn(text + 1, " ") + 1
							: (size_t)(blank - text);
		g_string_append_len(out->text, text, (gssize)length);
		text += length + strspn(text + length, " ");
		if (*text == '\0')
			return;
		g_string_append_c(out->text, '\n');
		append_blanks(out->text, indent);
	}
	g_string_append(out->text, text);
}

static void draw_pair(const struct out *out, const struct pairs *pairs, guint at, size_t indent)
{
	const char *name = g_ptr_array_index(pairs->names, at);
	const char *value = g_ptr_array_index(pairs->values, at);
	const char *color = g_ptr_array_index(pairs->colors, at);

	append_colored(out, out->text, FAINT, name, strlen(name));
	append_blanks(out->text, pairs->name_width - shop_text_width(name) + 2);
	if (g_array_index(pairs->prose, bool, at))
		append_wrapped(out, value, indent + pairs->name_width + 2);
	else
		append_colored(out, out->text, color, value, strlen(value));
}

/* The two columns side by side, or under each other where they do not fit. */
static void draw_pairs(const struct out *out, const struct pairs *left, const struct pairs *right)
{
	const size_t first = INDENT + left->name_width + 2 + left->value_width + PAIR_GAP;
	const size_t room = out_width(out);
	const bool beside =
		left->values->len > 0 &&
		(room == 0 || first + right->name_width + 2 + right->value_width <= room);
	guint next = 0;

	for (guint i = 0; i < left->values->len; i++) {
		const size_t width = shop_text_width(g_ptr_array_index(left->values, i));

		append_blanks(out->text, INDENT);
		draw_pair(out, left, i, INDENT);
		if (beside && width <= left->value_width && next < right->values->len) {
			append_blanks(out->text, left->value_width - width + PAIR_GAP);
			draw_pair(out, right, next++, first);
		}
		g_string_append_c(out->text, '\n');
	}
	for (; next < right->values->len; next++) {
		append_blanks(out->text, beside ? first : INDENT);
		draw_pair(out, right, next, beside ? first : INDENT);
		g_string_append_c(out->text, '\n');
	}
}

/* A printer of the same text with columns of its own; fields NULL = those a table shows. */
static bool begin(const struct out *out, const struct shop_record *type, const char *fields,
		  struct out *inner, struct shop_error *err)
{
	*inner = *out;
	inner->columns = NULL;
	inner->format = OUT_TABLE;
	inner->options.single = false;
	inner->options.held = true; /* drawn whole: a page's table is short */
	inner->options.no_headers = false;
	inner->options.fields = fields;
	return columns_make(inner, type, err);
}

static void end(struct out *inner)
{
	if (inner->columns != NULL)
		g_array_unref(inner->columns);
}

static bool fill(const struct out *out, const struct shop_record *type, const void *record,
		 const char *fields, struct pairs *pairs, struct shop_error *err)
{
	struct out inner;
	bool ok = begin(out, type, fields, &inner, err);

	if (ok)
		pairs_fill(&inner, record, pairs);
	end(&inner);
	return ok;
}

/* Fields before a semicolon stand on the left, those behind it on the right. */
static bool block_fields(const struct out *out, const struct shop_record *type, const void *record,
			 const char *fields, struct shop_error *err)
{
	char **sides = g_strsplit(fields, ";", 2);
	struct pairs left, right;
	bool ok;

	pairs_init(&left);
	pairs_init(&right);
	ok = fill(out, type, record, sides[0], &left, err) &&
	     (sides[1] == NULL || fill(out, type, record, sides[1], &right, err));
	if (ok)
		draw_pairs(out, &left, &right);
	pairs_done(&left);
	pairs_done(&right);
	g_strfreev(sides);
	return ok;
}

/* Values without their names; on the page's first line the first of them is bold. */
static bool block_head(const struct out *out, const struct out_block *block,
		       const struct shop_record *type, const void *record, struct shop_error *err)
{
	const bool first = block->title == NULL;
	struct pairs pairs;
	bool ok;

	pairs_init(&pairs);
	ok = fill(out, type, record, block->head, &pairs, err);
	for (guint i = 0; ok && i < pairs.values->len; i++) {
		const char *value = g_ptr_array_index(pairs.values, i);

		append_blanks(out->text, i == 0 && first ? 0 : INDENT);
		append_colored(out, out->text,
			       i == 0 && first ? BOLD : g_ptr_array_index(pairs.colors, i), value,
			       strlen(value));
	}
	g_string_append_c(out->text, '\n');
	pairs_done(&pairs);
	return ok;
}

static void block_title(const struct out *out, const char *title, const char *remark)
{
	g_string_append_c(out->text, '\n');
	append_colored(out, out->text, BOLD, title, strlen(title));
	if (remark != NULL) {
		g_string_append(out->text, "  ");
		append_colored(out, out->text, FAINT, remark, strlen(remark));
	}
	g_string_append_c(out->text, '\n');
}

/* A bar for each value; the highest is the whole height. Nothing at all is a line at the bottom. */
static bool block_bars(const struct out *out, const struct out_block *block,
		       const struct shop_record *type, const struct shop_list *list,
		       struct shop_error *err)
{
	static const char *const bars[2][8] = {{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
					       {"_", ".", ":", "-", "=", "+", "*", "#"}};
	struct shop_path path;
	int64_t highest = 1;

	if (!shop_path_find(type, block->spark, &path))
		return shop_path_unknown(type, block->spark, block->title, err);
	for (size_t i = 0; i < list->count; i++)
		highest = MAX(
			highest,
			shop_path_value(&path, (const char *)list->items + i * type->size).number);
	append_blanks(out->text, INDENT);
	for (size_t i = 0; i < list->count; i++) {
		const int64_t value =
			shop_path_value(&path, (const char *)list->items + i * type->size).number;
		const double height = value <= 0 ? 0 : 1 + 6 * ((double)value / (double)highest);

		g_string_append(out->text, bars[out->options.ascii][(int)height]);
	}
	g_string_append_c(out->text, '\n');
	return true;
}

bool out_is_page(const struct out *out)
{
	return out->format == OUT_TABLE && !out->selected && !out->options.quiet;
}

/* As rows under each other. */
static bool block_table(const struct out *out, const struct out_block *block,
			const struct shop_record *type, const struct shop_list *list,
			struct shop_error *err)
{
	struct out inner;
	const bool ok = begin(out, type, block->fields, &inner, err);

	grid_init(&inner.grid);
	inner.grid.indent = INDENT;
	inner.grid.sparse = true;
	for (size_t i = 0; ok && i < list->count; i++)
		grid_add(&inner, &inner.grid,
			 table_cells(&inner, (const char *)list->items + i * type->size));
	grid_end(&inner, &inner.grid);
	grid_done(&inner.grid);
	end(&inner);
	return ok;
}

/* Each record by itself, its fields with their names. */
static bool block_apart(const struct out *out, const struct out_block *block,
			const struct shop_record *type, const struct shop_list *list,
			struct shop_error *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < list->count; i++) {
		if (i > 0)
			g_string_append_c(out->text, '\n');
		ok = block_fields(out, type, (const char *)list->items + i * type->size,
				  block->fields, err);
	}
	return ok;
}

bool out_block_list(struct out *out, const struct out_block *block, const struct shop_record *type,
		    const struct shop_list *list, const char *remark, struct shop_error *err)
{
	if (!out_is_page(out) || list->count == 0)
		return true;
	block_title(out, block->title, remark);
	if (block->spark != NULL)
		return block_bars(out, block, type, list, err);
	return block->apart ? block_apart(out, block, type, list, err)
			    : block_table(out, block, type, list, err);
}

bool out_block(struct out *out, const struct out_block *block, const struct shop_record *type,
	       const void *record, struct shop_error *err)
{
	const struct shop_field *field =
		block->list == NULL ? NULL : shop_record_field(type, block->list);

	if (!out_is_page(out))
		return true;
	if (field != NULL)
		return out_block_list(out, block, field->child,
				      (const void *)((const char *)record + field->offset), NULL,
				      err);
	if (block->title != NULL)
		block_title(out, block->title, NULL);
	return (block->head == NULL || block_head(out, block, type, record, err)) &&
	       (block->fields == NULL || block_fields(out, type, record, block->fields, err));
}

bool out_page(struct out *out, const struct shop_record *type, const void *record,
	      const struct out_block *blocks, struct shop_error *err)
{
	if (!out_is_page(out))
		return out_record(out, type, record, err);
	out_tell(out, type, record);
	if (out->rows++ > 0)
		g_string_append_c(out->text, '\n');
	for (; blocks->title != NULL || blocks->head != NULL || blocks->fields != NULL; blocks++)
		if (!out_block(out, blocks, type, record, err))
			return false;
	return true;
}

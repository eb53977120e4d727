/*
 * Objects from rows: mostly one each; an order is the rows of one reference.
 */
#include "import/import_run.h"

#include <string.h>

const struct import_value *import_values(const struct import_item *item, guint row)
{
	return &g_array_index(item->values, struct import_value, row * item->count);
}

static void begin(struct import_run *run, const struct import_row *row)
{
	struct import_item *item = &run->item;
	const char *key = row->cells[0];

	g_string_chunk_clear(item->texts);
	g_array_set_size(item->lines, 0);
	g_array_set_size(item->values, 0);
	item->rows = 0;
	item->bad = false;
	item->line = row->line;
	item->count = run->kind->count;
	item->key = key == NULL ? NULL : g_string_chunk_insert(item->texts, key);
	run->items++;
}

static bool same_text(const struct import_value *a, const struct import_value *b)
{
	return a->number == b->number && a->money.minor == b->money.minor &&
	       g_strcmp0(a->text, b->text) == 0;
}

/* What an order says once may stand on each of its rows, but not differently. */
static bool agrees(struct import_run *run, const struct import_row *row)
{
	struct import_item *item = &run->item;
	const struct import_value *first = import_values(item, 0);
	const struct import_value *last = import_values(item, item->rows - 1);
	bool ok = true;

	for (size_t i = 1; item->rows > 1 && i < run->kind->count; i++) {
		const struct import_field *field = &run->kind->fields[i];

		if (field->in_lines || (!last[i].given && !last[i].cleared) ||
		    same_text(&first[i], &last[i]))
			continue;
		import_problem(run, row->line, field->name,
			       "not what line %" G_GINT64_FORMAT " says", item->line);
		ok = false;
	}
	return ok;
}

static void add(struct import_run *run, const struct import_row *row)
{
	struct import_item *item = &run->item;

	g_array_append_val(item->lines, row->line);
	item->rows++;
	if (row->bad) {
		item->bad = true;
		g_array_set_size(item->values, item->rows * (guint)item->count);
	} else if (!values_read(run, row, item) || !agrees(run, row)) {
		item->bad = true;
	}
}

/* A row that cannot be read belongs to the order before it, as nothing says otherwise. */
static bool belongs(const struct import_run *run, const struct import_row *row)
{
	if (!run->kind->grouped)
		return false;
	if (run->format == SHOP_IMPORT_JSONL)
		return !row->begins;
	return row->bad || (row->cells[0] != NULL && g_strcmp0(row->cells[0], run->item.key) == 0);
}

bool item_next(struct import_run *run, bool *ret_found, struct shop_error *err)
{
	if (!run->has_ahead && !reader_next(run, &run->ahead, &run->has_ahead, err))
		return false;
	*ret_found = run->has_ahead;
	if (!run->has_ahead)
		return true;
	begin(run, &run->ahead);
	do {
		add(run, &run->ahead);
		run->has_ahead = false;
		if (!run->kind->grouped)
			return true;
		if (!reader_next(run, &run->ahead, &run->has_ahead, err))
			return false;
	} while (run->has_ahead && belongs(run, &run->ahead));
	return true;
}

struct import_mark item_mark(const struct import_run *run)
{
	const struct import_source *s = &run->source;

	if (run->has_ahead)
		return (struct import_mark){run->ahead.offset, run->ahead.line - 1, run->rows - 1,
					    run->items};
	return (struct import_mark){s->offset + (int64_t)s->start, s->line, run->rows, run->items};
}

void item_seek(struct import_run *run, const struct import_mark *mark)
{
	reader_seek(run, mark);
	run->items = mark->items;
	run->has_ahead = false;
}

/*
 * First pass: every row is read and checked, against the store too, and nothing is written.
 */
#include "import/import_run.h"

/* Rows of one read transaction: long ones keep the log from being folded back. */
#define READ_STEP 1000
#define TELL_STEP 256

void import_tell(struct import_run *run, bool writing)
{
	const struct shop_import_progress progress = {
		.writing = writing,
		.rows = run->rows,
		.bytes = run->source.offset + (int64_t)run->source.start,
		.bytes_all = run->source.opened.st_size,
	};

	if (run->in->progress != NULL && run->items % TELL_STEP == 0)
		run->in->progress(&progress, run->in->arg);
}

/* Two fields may hold the same text, so the field's number stands before it. */
static char *seen_key(size_t field, enum import_type type, const char *text)
{
	char *folded = type == IMPORT_EMAIL ? g_utf8_strdown(text, -1) : NULL;
	char *key = g_strdup_printf("%zu %s", field, folded == NULL ? text : folded);

	g_free(folded);
	return key;
}

static void check_unique(struct import_run *run, size_t field)
{
	struct import_item *item = &run->item;
	const struct import_value *v = &import_values(item, 0)[field];
	char *key;
	void *before;

	if (!run->kind->fields[field].unique || !v->given || item->bad)
		return;
	key = seen_key(field, run->kind->fields[field].type, v->text);
	before = g_hash_table_lookup(run->seen, key);
	if (before == NULL) {
		g_hash_table_insert(run->seen, g_string_chunk_insert(run->seen_texts, key),
				    GSIZE_TO_POINTER((size_t)item->line));
	} else {
		import_problem(
			run, item->line, run->kind->fields[field].name,
			run->kind->grouped
				? "the rows of %s must stand together; others begin in line %zu"
				: "%s is in line %zu already",
			v->text, GPOINTER_TO_SIZE(before));
		item->bad = true;
	}
	g_free(key);
}

bool import_is_about_row(const struct shop_error *err)
{
	return err->code == SHOP_USAGE || err->code == SHOP_NOT_FOUND ||
	       err->code == SHOP_CONFLICT || err->code == SHOP_INVALID || err->code == SHOP_REFUSED;
}

static bool check_item(struct import_run *run, struct shop_error *err)
{
	struct import_item *item = &run->item;

	for (size_t i = 0; !item->bad && i < run->kind->count; i++)
		check_unique(run, i);
	for (guint i = 0; !item->bad && run->kind->check != NULL && i < item->rows; i++) {
		if (run->kind->check(run->store, item, i, err))
			continue;
		if (!import_is_about_row(err))
			return false;
		import_problem_error(run, g_array_index(item->lines, int64_t, i), NULL, err);
		item->bad = true;
	}
	if (item->bad)
		g_array_append_val(run->bad, run->items);
	return true;
}

/* One read transaction's worth. */
static bool check_some(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct import_run *run = arg;
	bool found = true;

	(void)store;
	for (int i = 0; i < READ_STEP && found; i++) {
		if (!item_next(run, &found, err))
			return false;
		if (found && !check_item(run, err))
			return false;
		import_tell(run, false);
	}
	run->checked = !found;
	return true;
}

static bool refuse(struct import_run *run, struct shop_error *err)
{
	bool header = run->rows == 0;

	if (header)
		shop_fail(err, E_IMPORT, "%s cannot be imported as %s; nothing was written",
			  run->source.name, run->kind->name);
	else
		shop_fail(err, E_IMPORT,
			  "%s: %u of %" G_GINT64_FORMAT " %s are not valid; nothing was written",
			  run->source.name, run->bad->len, run->items, run->kind->many);
	if (run->problems == 1)
		shop_fail_because(err, "%s", run->first_problem);
	else
		shop_fail_because(err, "%s, and %" G_GINT64_FORMAT " more%s", run->first_problem,
				  run->problems - 1,
				  run->problems > SHOP_IMPORT_SHOWN ? " (the first 100 are shown)"
								    : "");
	return false;
}

bool import_check(struct import_run *run, struct shop_error *err)
{
	while (!run->checked)
		if (!shop_store_read(run->store, check_some, run, err))
			return false;
	if (run->problems > 0 && (run->unreadable || !run->in->skip_bad))
		return refuse(run, err);
	return true;
}

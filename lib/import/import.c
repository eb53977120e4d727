/*
 * One import from its file to its result.
 */
#include "import/import_run.h"

static const struct shop_field fields[] = {
	SHOP_FIELD_WORD(struct shop_import_result, kind, "kind", "what was imported",
			.example = "product"),
	SHOP_FIELD_INT(struct shop_import_result, rows, "rows", "lines read, without the header"),
	SHOP_FIELD_INT(struct shop_import_result, created, "created", "objects made"),
	SHOP_FIELD_INT(struct shop_import_result, updated, "updated", "objects changed"),
	SHOP_FIELD_INT(struct shop_import_result, unchanged, "unchanged",
		       "objects that were so already"),
	SHOP_FIELD_INT(struct shop_import_result, skipped, "skipped",
		       "bad ones left out (--skip-bad)"),
	SHOP_FIELD_INT(struct shop_import_result, groups, "groups", "transactions"),
	SHOP_FIELD_TEXT(struct shop_import_result, digest, "digest", "of the file",
			.flags = SHOP_FIELD_WIDE),
};

const struct shop_record shop_import_record =
	SHOP_RECORD("import", struct shop_import_result, fields);

#define AUTO_RUN SHOP_CLEANUP(run_done)

void shop_import_result_done(struct shop_import_result *result)
{
	shop_record_done(&shop_import_record, result);
}

static void run_init(struct import_run *run)
{
	run->item.lines = g_array_new(FALSE, FALSE, sizeof(int64_t));
	run->item.values = g_array_new(FALSE, TRUE, sizeof(struct import_value));
	run->item.texts = g_string_chunk_new(1024);
	run->seen = g_hash_table_new(g_str_hash, g_str_equal);
	run->seen_texts = g_string_chunk_new(4096);
	run->bad = g_array_new(FALSE, FALSE, sizeof(int64_t));
}

static void run_done(struct import_run *run)
{
	reader_close(run);
	source_close(&run->source);
	g_array_unref(run->item.lines);
	g_array_unref(run->item.values);
	g_string_chunk_free(run->item.texts);
	g_hash_table_unref(run->seen);
	g_string_chunk_free(run->seen_texts);
	g_array_unref(run->bad);
	g_free(run->first_problem);
	g_free(run->hex);
}

static bool check_input(const struct shop_import *in, struct shop_error *err)
{
	if (in->group != SHOP_NULL && (in->group < 1 || in->group > SHOP_IMPORT_ROWS_MAX))
		return shop_fail(err, E_VALUE, "--group: 1 to %d rows", SHOP_IMPORT_ROWS_MAX);
	if (in->group != SHOP_NULL && in->atomic == SHOP_IMPORT_ONE_TXN)
		return shop_fail(err, E_USAGE, "--group and --atomic exclude each other");
	return true;
}

bool shop_import(struct shop_store *store, const struct shop_import *in,
		 struct shop_import_result *ret_result, struct shop_error *err)
{
	AUTO_RUN struct import_run run = {.in = in, .store = store, .source = {.fd = -1}};

	run_init(&run);
	run.kind = import_kind_find(in->kind, err);
	if (run.kind == NULL || !check_input(in, err) || !source_open(&run.source, in, err) ||
	    !source_digest(&run.source, &run.hex, err) || !reader_open(&run, err))
		return false;
	run.first = item_mark(&run);
	if (!import_check(&run, err) || !import_write(&run, err))
		return false;
	*ret_result = run.counts;
	ret_result->rows = run.rows;
	ret_result->kind = g_strdup(in->kind);
	ret_result->digest = g_strconcat("sha256:", run.hex, NULL);
	return true;
}

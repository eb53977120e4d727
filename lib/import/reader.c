/*
 * Rows, whatever the format, and what is wrong with them.
 */
#include "import/import_run.h"

#include <string.h>

static void tell_problem(struct import_run *run, int64_t line, const char *field,
			 const char *message)
{
	const struct shop_import_problem problem = {
		.file = run->source.name,
		.line = line,
		.field = field,
		.message = message,
	};

	if (run->quiet)
		return;
	if (run->problems++ == 0)
		run->first_problem = field == NULL
					     ? g_strdup_printf("%s:%" G_GINT64_FORMAT ": %s",
							       problem.file, line, message)
					     : g_strdup_printf("%s:%" G_GINT64_FORMAT ": %s: %s",
							       problem.file, line, field, message);
	if (run->problems <= SHOP_IMPORT_SHOWN && run->in->problem != NULL)
		run->in->problem(&problem, run->in->arg);
}

void import_problem(struct import_run *run, int64_t line, const char *field, const char *fmt, ...)
{
	va_list ap;
	char *message;

	va_start(ap, fmt);
	message = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	tell_problem(run, line, field, message);
	g_free(message);
}

void import_problem_error(struct import_run *run, int64_t line, const char *field,
			  struct shop_error *err)
{
	const char *name = field != NULL ? field : err->field;
	const char *message = err->message;

	/* The message of a text names its field already. */
	if (name != NULL && g_str_has_prefix(message, name) &&
	    g_str_has_prefix(message + strlen(name), ": "))
		message += strlen(name) + 2;
	tell_problem(run, line, name, message);
	shop_error_done(err);
}

bool import_is_text(struct import_run *run, const char *bytes, size_t length)
{
	const char *end;

	if (memchr(bytes, '\0', length) != NULL) {
		import_problem(run, run->source.line, NULL, "a NUL byte");
		return false;
	}
	if (g_utf8_validate(bytes, (gssize)length, &end))
		return true;
	import_problem(run, run->source.line, NULL, "not valid UTF-8 at byte %d",
		       (int)(end - bytes) + 1);
	return false;
}

static bool begins_with_brace(struct import_run *run, bool *ret_brace, struct shop_error *err)
{
	const char *line;
	size_t length;

	*ret_brace = false;
	if (!source_line(&run->source, IMPORT_RECORD_MAX, &line, &length, err))
		return false;
	for (size_t i = 0; line != NULL && i < length && strchr(" \t\r\n{", line[i]) != NULL; i++)
		*ret_brace = *ret_brace || line[i] == '{';
	source_seek(&run->source, 0, 0);
	return true;
}

static bool settle_format(struct import_run *run, struct shop_error *err)
{
	bool brace;

	run->format = run->in->format;
	if (run->format != SHOP_IMPORT_GUESS)
		return true;
	if (g_str_has_suffix(run->in->path, ".csv"))
		run->format = SHOP_IMPORT_CSV;
	else if (g_str_has_suffix(run->in->path, ".jsonl") ||
		 g_str_has_suffix(run->in->path, ".ndjson"))
		run->format = SHOP_IMPORT_JSONL;
	if (run->format != SHOP_IMPORT_GUESS)
		return true;
	if (!begins_with_brace(run, &brace, err))
		return false;
	run->format = brace ? SHOP_IMPORT_JSONL : SHOP_IMPORT_CSV;
	return true;
}

bool reader_open(struct import_run *run, struct shop_error *err)
{
	run->jsonl.numbers = g_string_chunk_new(512);
	if (!columns_map(run, err) || !settle_format(run, err))
		return false;
	if (run->format == SHOP_IMPORT_CSV && !csv_open(run, err))
		return false;
	run->unreadable = run->unreadable || run->problems > 0;
	return true;
}

bool reader_next(struct import_run *run, struct import_row *row, bool *ret_found,
		 struct shop_error *err)
{
	*ret_found = false;
	if (run->unreadable)
		return true;
	if (run->format == SHOP_IMPORT_CSV ? !csv_next(run, row, ret_found, err)
					   : !jsonl_next(run, row, ret_found, err))
		return false;
	if (!*ret_found)
		return true;
	run->places++;
	if (run->format == SHOP_IMPORT_CSV || row->begins)
		run->rows++;
	if (run->rows <= SHOP_IMPORT_ROWS_MAX)
		return true;
	import_problem(run, row->line, NULL, "more than %d rows; split the file",
		       SHOP_IMPORT_ROWS_MAX);
	run->unreadable = true;
	*ret_found = false;
	return true;
}

void reader_seek(struct import_run *run, const struct import_mark *mark)
{
	source_seek(&run->source, mark->offset, mark->line);
	run->rows = mark->rows;
	json_decref(run->jsonl.object);
	run->jsonl.object = NULL;
	if (run->format == SHOP_IMPORT_CSV)
		csv_restart(run);
}

void reader_close(struct import_run *run)
{
	if (run->csv.open)
		csv_free(&run->csv.parser);
	if (run->csv.columns != NULL) {
		g_array_unref(run->csv.columns);
		g_array_unref(run->csv.starts);
		g_string_free(run->csv.text, TRUE);
	}
	json_decref(run->jsonl.object);
	if (run->jsonl.numbers != NULL)
		g_string_chunk_free(run->jsonl.numbers);
	if (run->map != NULL)
		g_hash_table_unref(run->map);
}

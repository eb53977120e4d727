/*
 * CSV by RFC 4180: libcsv splits the cells; lines, limits and the header are ours.
 */
#include "import/import_run.h"

#include <string.h>

/* Spaces belong to their cell. */
static int is_no_space(unsigned char c)
{
	(void)c;
	return 0;
}

static void take_cell(void *data, size_t length, void *arg)
{
	struct import_csv *csv = arg;
	size_t start = csv->text->len;

	if (csv->ended) {
		csv->lone_return = true;
		return;
	}
	g_array_append_val(csv->starts, start);
	if (length > SHOP_IMPORT_FIELD_MAX && csv->oversize == 0)
		csv->oversize = (int)csv->starts->len;
	else
		g_string_append_len(csv->text, data, (gssize)length);
	g_string_append_c(csv->text, '\0');
}

static void take_end(int terminator, void *arg)
{
	struct import_csv *csv = arg;

	(void)terminator;
	csv->ended = true;
}

void csv_restart(struct import_run *run)
{
	struct import_csv *csv = &run->csv;

	if (csv->open)
		csv_free(&csv->parser);
	csv->open = csv_init(&csv->parser, CSV_STRICT | CSV_STRICT_FINI) == 0;
	g_assert(csv->open); /* fails on unknown options only */
	csv_set_space_func(&csv->parser, is_no_space);
	csv->within = false;
	csv->ended = false;
}

static void give_up(struct import_run *run, int64_t line, const char *why)
{
	import_problem(run, line, NULL, "%s; what follows was not read", why);
	run->unreadable = true;
}

static void begin_record(struct import_run *run)
{
	struct import_csv *csv = &run->csv;

	csv->ended = false;
	csv->lone_return = false;
	csv->oversize = 0;
	csv->line = run->source.line;
	csv->offset = run->source.line_offset;
	g_string_truncate(csv->text, 0);
	g_array_set_size(csv->starts, 0);
}

/* The last record has no newline behind it. */
static bool end_of_file(struct import_run *run, size_t length)
{
	struct import_csv *csv = &run->csv;

	if (length > 0) {
		give_up(run, run->source.line, "a line longer than 2 MiB");
		return false;
	}
	if (!csv->within)
		return false;
	csv->within = false;
	if (csv_fini(&csv->parser, take_cell, take_end, csv) == 0)
		return csv->ended;
	give_up(run, csv->line, "a quote is opened here and never closed");
	return false;
}

static bool is_blank(const char *line, size_t length)
{
	return length == 1 || (length == 2 && line[0] == '\r');
}

/* Parse one line of text; false when the file cannot be understood from here on. */
static bool parse_line(struct import_run *run, const char *line, size_t length)
{
	struct import_csv *csv = &run->csv;

	if (csv_parse(&csv->parser, line, length, take_cell, take_end, csv) != length) {
		give_up(run, run->source.line,
			"a quote inside a cell: quote the cell and double its quotes");
		return false;
	}
	if (csv->lone_return) {
		give_up(run, run->source.line, "a carriage return without a line feed ends a row");
		return false;
	}
	csv->within = !csv->ended && (csv->within || !is_blank(line, length));
	if (csv->within &&
	    run->source.line_offset + (int64_t)length - csv->offset > (int64_t)IMPORT_RECORD_MAX) {
		give_up(run, csv->line,
			"a row longer than 2 MiB begins here; is a quote not closed?");
		return false;
	}
	return true;
}

/* Read lines until a record is complete. *ret_clean: all its bytes are text. */
static bool read_record(struct import_run *run, bool *ret_found, bool *ret_clean,
			struct shop_error *err)
{
	struct import_csv *csv = &run->csv;
	const char *line;
	size_t length;

	*ret_found = false;
	*ret_clean = true;
	while (!run->unreadable) {
		if (!source_line(&run->source, IMPORT_RECORD_MAX, &line, &length, err))
			return false;
		if (line == NULL) {
			*ret_found = end_of_file(run, length);
			return true;
		}
		if (!csv->within)
			begin_record(run);
		if (!import_is_text(run, line, length))
			*ret_clean = false;
		if (!parse_line(run, line, length))
			return true;
		*ret_found = csv->ended;
		if (csv->ended)
			return true;
	}
	return true;
}

static const char *cell(const struct import_csv *csv, guint column)
{
	return csv->text->str + g_array_index(csv->starts, size_t, column);
}

static const char *column_name(const struct import_run *run, guint column)
{
	int field = column < run->csv.columns->len ? g_array_index(run->csv.columns, int, column)
						   : IMPORT_IGNORED;

	return field == IMPORT_IGNORED ? NULL : run->kind->fields[field].name;
}

/* The cells stay where they are until the next record is read. */
bool csv_next(struct import_run *run, struct import_row *row, bool *ret_found,
	      struct shop_error *err)
{
	struct import_csv *csv = &run->csv;
	bool clean;

	if (!read_record(run, ret_found, &clean, err))
		return false;
	if (!*ret_found)
		return true;
	*row = (struct import_row){.line = csv->line, .offset = csv->offset, .bad = !clean};
	if (csv->oversize > 0) {
		import_problem(run, csv->line, column_name(run, (guint)csv->oversize - 1),
			       "longer than %d KiB", SHOP_IMPORT_FIELD_MAX / 1024);
		row->bad = true;
	} else if (csv->starts->len != csv->columns->len) {
		import_problem(run, csv->line, NULL, "%u cells, the header names %u",
			       csv->starts->len, csv->columns->len);
		row->bad = true;
	}
	for (guint i = 0; !row->bad && i < csv->columns->len; i++)
		if (column_name(run, i) != NULL)
			row->cells[g_array_index(csv->columns, int, i)] = cell(csv, i);
	return true;
}

static void add_column(struct import_run *run, const char *header, bool taken[])
{
	int field;

	if (columns_find(run, run->csv.line, header, &field) && field != IMPORT_IGNORED) {
		if (taken[field])
			import_problem(run, run->csv.line, run->kind->fields[field].name,
				       "two columns of this name");
		taken[field] = true;
	}
	g_array_append_val(run->csv.columns, field);
}

static void check_required(struct import_run *run, const bool taken[])
{
	for (size_t i = 0; i < run->kind->count; i++)
		if (run->kind->fields[i].required && !taken[i])
			import_problem(run, run->csv.line, run->kind->fields[i].name,
				       "the column is missing");
}

static void read_header(struct import_run *run)
{
	struct import_csv *csv = &run->csv;
	bool taken[IMPORT_FIELDS_MAX] = {false};

	for (guint i = 0; i < csv->starts->len; i++) {
		char *header = g_strstrip(g_strdup(cell(csv, i)));

		add_column(run, header, taken);
		g_free(header);
	}
	check_required(run, taken);
}

bool csv_open(struct import_run *run, struct shop_error *err)
{
	struct import_csv *csv = &run->csv;
	bool found, clean;

	csv->columns = g_array_new(FALSE, FALSE, sizeof(int));
	csv->starts = g_array_new(FALSE, FALSE, sizeof(size_t));
	csv->text = g_string_new(NULL);
	csv_restart(run);
	if (!read_record(run, &found, &clean, err))
		return false;
	if (!found && !run->unreadable)
		import_problem(run, 1, NULL,
			       "the file is empty; its first line must name the columns");
	else if (found && csv->starts->len > SHOP_IMPORT_COLUMNS_MAX)
		import_problem(run, csv->line, NULL, "more than %d columns",
			       SHOP_IMPORT_COLUMNS_MAX);
	else if (found && csv->starts->len == 1 && strchr(cell(csv, 0), ';') != NULL)
		import_problem(run, csv->line, NULL,
			       "the columns are divided by semicolons; write commas");
	else if (found && clean)
		read_header(run);
	return true;
}

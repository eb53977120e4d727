/*
 * JSON Lines: one object a line. Members become cells; each object of `lines` becomes a row of its
 * own.
 */
#include "import/import_run.h"

#include <math.h>
#include <string.h>

#define DEPTH_MAX 32

/* jansson's own limit is 2,048. */
static bool is_deep(const char *line, size_t length)
{
	int depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < length; i++) {
		if (quoted && line[i] == '\\')
			i++;
		else if (line[i] == '"')
			quoted = !quoted;
		else if (!quoted && (line[i] == '{' || line[i] == '['))
			depth++;
		else if (!quoted && (line[i] == '}' || line[i] == ']'))
			depth--;
		if (depth > DEPTH_MAX)
			return true;
	}
	return false;
}

static bool is_blank(const char *line, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (strchr(" \t\r\n", line[i]) == NULL)
			return false;
	return true;
}

static bool parse(struct import_run *run, const char *line, size_t length)
{
	struct import_jsonl *jsonl = &run->jsonl;
	json_error_t why;

	if (is_deep(line, length)) {
		import_problem(run, run->source.line, NULL, "nested more than %d levels deep",
			       DEPTH_MAX);
		return false;
	}
	jsonl->object = json_loadb(line, length, JSON_REJECT_DUPLICATES, &why);
	if (jsonl->object == NULL)
		import_problem(run, run->source.line, NULL, "not JSON: %s (column %d)", why.text,
			       why.column);
	else if (!json_is_object(jsonl->object))
		import_problem(run, run->source.line, NULL,
			       "one JSON object a line, as -o jsonl prints them");
	return jsonl->object != NULL && json_is_object(jsonl->object);
}

/* Decimals are exact in JSON's text and not in its numbers; six of a quantity survive them. */
static const char *real_text(struct import_run *run, const struct import_field *field, double value)
{
	char text[64];

	if (field->type != IMPORT_QUANTITY || fabs(value) > 1e7)
		return NULL;
	(void)g_snprintf(text, sizeof(text), "%.6f", value);
	for (size_t end = strlen(text); text[end - 1] == '0'; end--)
		text[end - 1] = '\0';
	if (g_str_has_suffix(text, "."))
		text[strlen(text) - 1] = '\0';
	return g_string_chunk_insert(run->jsonl.numbers, text);
}

/* {"amount":"19.99","currency":"EUR"}, as we print money. */
static const char *money_text(struct import_run *run, const json_t *value)
{
	const char *amount = json_string_value(json_object_get(value, "amount"));
	const char *currency = json_string_value(json_object_get(value, "currency"));
	char *text;

	if (amount == NULL || currency == NULL)
		return NULL;
	text = g_strconcat(amount, " ", currency, NULL);
	amount = g_string_chunk_insert(run->jsonl.numbers, text);
	g_free(text);
	return amount;
}

static const char *object_text(struct import_run *run, const struct import_field *field,
			       const json_t *value)
{
	char *text;
	const char *kept;

	if (field->type == IMPORT_MONEY)
		return money_text(run, value);
	if (field->type != IMPORT_OBJECT)
		return NULL;
	text = json_dumps(value, JSON_COMPACT);
	kept = g_string_chunk_insert(run->jsonl.numbers, text);
	free(text);
	return kept;
}

static const char *integer_text(struct import_run *run, json_int_t value)
{
	char text[24];

	(void)g_snprintf(text, sizeof(text), "%" JSON_INTEGER_FORMAT, value);
	return g_string_chunk_insert(run->jsonl.numbers, text);
}

/* The text a value would be in a CSV cell; NULL when its type does not fit. */
static const char *value_text(struct import_run *run, const struct import_field *field,
			      const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_STRING:
		return json_string_value(value);
	case JSON_INTEGER:
		return integer_text(run, json_integer_value(value));
	case JSON_REAL:
		return real_text(run, field, json_real_value(value));
	case JSON_TRUE:
		return "true";
	case JSON_FALSE:
		return "false";
	case JSON_OBJECT:
		return object_text(run, field, value);
	default:
		return NULL;
	}
}

static bool set_cell(struct import_run *run, struct import_row *row, int field, const json_t *value)
{
	const struct import_field *f = &run->kind->fields[field];

	row->cells[field] = value_text(run, f, value);
	if (row->cells[field] != NULL)
		return true;
	import_problem(run, row->line, f->name,
		       json_is_real(value) ? "write decimals as text: \"19.99\""
					   : "a text or a whole number is expected");
	return false;
}

/* Members of the object, or of one of its lines. */
static bool set_cells(struct import_run *run, struct import_row *row, json_t *object, bool in_lines)
{
	bool grouped = run->kind->grouped;
	bool ok = true;
	const char *name;
	json_t *value;
	int field;

	json_object_foreach(object, name, value)
	{
		if (grouped && !in_lines && strcmp(name, "lines") == 0)
			continue;
		if (!columns_find(run, row->line, name, &field)) {
			ok = false;
		} else if (field != IMPORT_IGNORED && grouped &&
			   run->kind->fields[field].in_lines != in_lines) {
			import_problem(run, row->line, name,
				       in_lines ? "belongs beside the lines"
						: "belongs in the lines");
			ok = false;
		} else if (field != IMPORT_IGNORED && !json_is_null(value)) {
			ok = set_cell(run, row, field, value) && ok;
		}
	}
	return ok;
}

static bool set_line(struct import_run *run, struct import_row *row)
{
	json_t *line =
		json_array_get(json_object_get(run->jsonl.object, "lines"), run->jsonl.next_line);

	if (json_is_object(line))
		return set_cells(run, row, line, true);
	import_problem(run, row->line, "lines", "a list of objects, at least one");
	return false;
}

static size_t count_lines(const struct import_run *run)
{
	return run->kind->grouped ? json_array_size(json_object_get(run->jsonl.object, "lines"))
				  : 1;
}

/* Read on to the next line that is not blank; *ret_length = 0 at the end. */
static bool read_text(struct import_run *run, const char **ret_line, size_t *ret_length,
		      struct shop_error *err)
{
	do {
		if (!source_line(&run->source, SHOP_IMPORT_LINE_MAX, ret_line, ret_length, err))
			return false;
		if (*ret_line == NULL && *ret_length > 0) {
			import_problem(run, run->source.line, NULL,
				       "longer than 1 MiB; what follows was not read");
			run->unreadable = true;
			*ret_length = 0;
		}
	} while (*ret_length > 0 && is_blank(*ret_line, *ret_length));
	return true;
}

static bool next_object(struct import_run *run, bool *ret_found, bool *ret_good,
			struct shop_error *err)
{
	struct import_jsonl *jsonl = &run->jsonl;
	const char *line;
	size_t length;

	json_decref(jsonl->object);
	*jsonl = (struct import_jsonl){.numbers = jsonl->numbers};
	g_string_chunk_clear(jsonl->numbers);
	if (!read_text(run, &line, &length, err))
		return false;
	*ret_found = length > 0;
	jsonl->line = run->source.line;
	jsonl->offset = run->source.line_offset;
	*ret_good = *ret_found && import_is_text(run, line, length) && parse(run, line, length);
	return true;
}

bool jsonl_next(struct import_run *run, struct import_row *row, bool *ret_found,
		struct shop_error *err)
{
	struct import_jsonl *jsonl = &run->jsonl;
	bool begins = jsonl->object == NULL || jsonl->next_line >= count_lines(run);
	bool good = true;

	*ret_found = true;
	if (begins && !next_object(run, ret_found, &good, err))
		return false;
	if (!*ret_found)
		return true;
	*row = (struct import_row){.line = jsonl->line, .offset = jsonl->offset, .begins = begins};
	row->bad = !good || !set_cells(run, row, jsonl->object, false) ||
		   (run->kind->grouped && !set_line(run, row));
	/* One report an object is enough, so its other lines are left; the row still points into
	 * it. */
	jsonl->next_line = !good || row->bad ? SIZE_MAX : jsonl->next_line + 1;
	return true;
}

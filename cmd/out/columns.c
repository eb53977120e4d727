/*
 * --fields: which columns, in which order. Paths are resolved once, against the field table.
 */
#include "out/out_private.h"

#include "shop/record_path.h"

#include <string.h>

static void column_clear(gpointer data)
{
	struct column *column = data;

	g_free(column->name);
}

void columns_clear(struct out *out)
{
	if (out->columns != NULL)
		g_array_unref(out->columns);
	out->columns = g_array_new(FALSE, TRUE, sizeof(struct column));
	g_array_set_clear_func(out->columns, column_clear);
}

bool column_resolve(const struct shop_record *type, const char *path, struct column *ret_column)
{
	struct shop_path found;

	if (!shop_path_find(type, path, &found))
		return false;
	memset(ret_column, 0, sizeof(*ret_column));
	memcpy(ret_column->path, found.steps, sizeof(found.steps));
	ret_column->depth = found.depth;
	ret_column->name = g_strdup(path);
	return true;
}

static bool unknown_field(const struct shop_record *type, const char *name, struct shop_error *err)
{
	(void)shop_path_unknown(type, name, "--fields", err);
	return shop_fail_field(err, "fields");
}

static bool shown_by_default(const struct out *out, const struct shop_field *field)
{
	const bool page = out->format == OUT_MD || out->format == OUT_HTML;

	if (field->flags & (SHOP_FIELD_HIDDEN | SHOP_FIELD_ASKED))
		return false;
	if ((out->format == OUT_TABLE || page) && !out->options.single)
		return !(field->flags & SHOP_FIELD_WIDE) && field->type != SHOP_TYPE_LIST;
	return field->type != SHOP_TYPE_LIST ||
	       (out->format != OUT_WIDE && !page && out->format != OUT_CSV && out->format != OUT_TSV);
}

static void add(struct out *out, struct column *column)
{
	const struct shop_field *last = column->path[column->depth - 1];
	bool flat = out->format == OUT_CSV || out->format == OUT_TSV;

	g_array_append_val(out->columns, *column);
	if (!flat || last->type != SHOP_TYPE_MONEY)
		return;
	g_array_index(out->columns, struct column, out->columns->len - 1).part = PART_AMOUNT;
	column->name = g_strconcat(column->name, "_currency", NULL);
	column->part = PART_CURRENCY;
	g_array_append_val(out->columns, *column);
}

/* The formats in rows show a record's own fields side by side: customer.name. */
static void add_flat(struct out *out, const struct shop_record *type, const struct column *prefix)
{
	size_t i;

	for (i = 0; i < type->count; i++) {
		const struct shop_field *field = &type->fields[i];
		struct column column = *prefix;

		if (!shown_by_default(out, field) || column.depth >= COLUMN_DEPTH)
			continue;
		column.path[column.depth++] = field;
		column.name = prefix->name == NULL
				      ? g_strdup(field->name)
				      : g_strconcat(prefix->name, ".", field->name, NULL);
		if (field->type != SHOP_TYPE_RECORD || out->format == OUT_JSON ||
		    out->format == OUT_JSONL || out->format == OUT_YAML) {
			add(out, &column);
			continue;
		}
		add_flat(out, field->child, &column);
		g_free(column.name);
	}
}

static void add_all(struct out *out, const struct shop_record *type, bool everything)
{
	const struct column none = {0};
	const enum out_format format = out->format;

	if (everything && format == OUT_TABLE)
		out->format = OUT_WIDE;
	add_flat(out, type, &none);
	out->format = format;
}

static void drop(struct out *out, const char *name)
{
	guint i;

	for (i = out->columns->len; i > 0; i--) {
		const struct column *column = &g_array_index(out->columns, struct column, i - 1);
		size_t length = strlen(name);

		if (strncmp(column->name, name, length) == 0 &&
		    (column->name[length] == '\0' || column->name[length] == '.' ||
		     strcmp(column->name + length, "_currency") == 0))
			g_array_remove_index(out->columns, i - 1);
	}
}

static bool add_named(struct out *out, const struct shop_record *type, const char *word,
		      struct shop_error *err)
{
	struct column column;

	if (strcmp(word, "*") == 0) {
		add_all(out, type, true);
		return true;
	}
	if (!column_resolve(type, word[0] == '+' || word[0] == '-' ? word + 1 : word, &column))
		return unknown_field(type, word[0] == '+' || word[0] == '-' ? word + 1 : word, err);
	if (word[0] != '-') {
		add(out, &column);
		return true;
	}
	g_free(column.name);
	drop(out, word + 1);
	return true;
}

/* JSON of all fields is written straight from the field table. */
static bool needs_none(const struct out *out)
{
	return out->options.fields == NULL && (out->format == OUT_JSON || out->format == OUT_JSONL);
}

bool columns_make(struct out *out, const struct shop_record *type, struct shop_error *err)
{
	char **words;
	bool ok = true;
	guint i;

	columns_clear(out);
	out->selected = false;
	if (needs_none(out))
		return true;
	words = g_strsplit(out->options.fields == NULL ? "" : out->options.fields, ",", -1);
	out->selected = words[0] != NULL;
	if (words[0] == NULL || words[0][0] == '+' || words[0][0] == '-')
		add_all(out, type, false);
	for (i = 0; ok && words[i] != NULL; i++)
		ok = add_named(out, type, g_strstrip(words[i]), err);
	g_strfreev(words);
	return ok;
}

static const char *type_word(const struct shop_field *field)
{
	static const char *const words[] = {
		[SHOP_TYPE_ID] = "id",
		[SHOP_TYPE_TEXT] = "text",
		[SHOP_TYPE_WORD] = "word",
		[SHOP_TYPE_INT] = "integer",
		[SHOP_TYPE_BOOL] = "boolean",
		[SHOP_TYPE_MONEY] = "money",
		[SHOP_TYPE_QUANTITY] = "quantity",
		[SHOP_TYPE_TIME] = "time",
		[SHOP_TYPE_DURATION] = "duration",
		[SHOP_TYPE_JSON] = "json",
		[SHOP_TYPE_LIST] = "list",
		[SHOP_TYPE_RECORD] = "object",
	};

	return words[field->type];
}

static void append_help(GString *to, const struct shop_record *type, const char *prefix)
{
	size_t i;

	for (i = 0; i < type->count; i++) {
		const struct shop_field *field = &type->fields[i];
		char *name;

		if (field->flags & SHOP_FIELD_HIDDEN)
			continue;
		name = g_strconcat(prefix, field->name, field->type == SHOP_TYPE_LIST ? "[]" : "",
				   NULL);
		g_string_append_printf(to, "%-24s %-9s %s%s%s%s\n", name, type_word(field),
				       field->doc, field->example == NULL ? "" : " (",
				       field->example == NULL ? "" : field->example,
				       field->example == NULL ? "" : ")");
		if (field->child != NULL) {
			char *deeper = g_strconcat(name, ".", NULL);

			append_help(to, field->child, deeper);
			g_free(deeper);
		}
		g_free(name);
	}
}

void out_fields_help(GString *to, const struct shop_record *type)
{
	append_help(to, type, "");
}

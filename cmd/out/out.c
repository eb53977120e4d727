/*
 * The printer commands see: a record goes to the format's function, and notes go to stderr.
 */
#include "out/out_private.h"

#include "shop/text.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

void out_end_record(struct out *out)
{
	g_string_append_c(out->text, out->options.nul && out->format != OUT_CSV ? '\0' : '\n');
}

static bool id_record(struct out *out, const struct shop_record *type, const void *record)
{
	field_append(out, out->text, shop_record_key(type), record, CELL_MACHINE);
	out_end_record(out);
	return true;
}

static bool print_as(struct out *out, const struct shop_record *type, const void *record,
		     struct shop_error *err)
{
	switch (out->format) {
	case OUT_TABLE:
	case OUT_WIDE:
		return table_record(out, type, record, err);
	case OUT_JSON:
	case OUT_JSONL:
		return json_record(out, type, record, err);
	case OUT_CSV:
	case OUT_TSV:
		return csv_record(out, type, record, err);
	case OUT_YAML:
		return yaml_record(out, type, record, err);
	case OUT_LINE:
		return table_object(out, type, record, err);
	case OUT_ID:
		return id_record(out, type, record);
	case OUT_MD:
		return markdown_record(out, record);
	case OUT_HTML:
		return html_record(out, record);
	case OUT_TEMPLATE:
		return template_record(out, type, record, err);
	case OUT_COUNT:
	case OUT_NONE:
		break;
	}
	return true;
}

/* Machine formats print the record's own type; a command that prints another type gets its columns.
 */
static bool use_type(struct out *out, const struct shop_record *type, struct shop_error *err)
{
	if (out->type == type || (out->type == NULL && out->options.record == type))
		return true;
	if (out->format == OUT_TABLE || out->format == OUT_WIDE || out->format == OUT_LINE)
		return true;
	out->type = type;
	return columns_make(out, type, err);
}

bool out_record(struct out *out, const struct shop_record *type, const void *record,
		struct shop_error *err)
{
	return out->tap != NULL ? out->tap(type, record, out->tap_ctx, err)
				: out_print(out, type, record, err);
}

void out_tell(const struct out *out, const struct shop_record *type, const void *record)
{
	if (out->options.target != NULL)
		out->options.target->saw(out->options.target->ctx, type, record);
}

bool out_print(struct out *out, const struct shop_record *type, const void *record,
	       struct shop_error *err)
{
	out_tell(out, type, record);
	if (out->options.quiet) {
		out->rows++;
		return true;
	}
	if (!use_type(out, type, err) || !print_as(out, type, record, err))
		return false;
	out->rows++;
	if (!out->options.held && out->text->len >= OUT_FLUSH_AT)
		return out_commit(out, err);
	return true;
}

void out_counted(struct out *out, int64_t count)
{
	out->rows += count;
}

bool out_row(const void *record, void *rows, struct shop_error *err)
{
	const struct out_rows *to = rows;

	return out_record(to->out, to->type, record, err);
}

bool out_wants(const struct out *out, const char *list)
{
	guint i;

	if (out->also != NULL &&
	    g_ptr_array_find_with_equal_func(out->also, list, g_str_equal, NULL))
		return true;
	if (out->options.quiet || out->format == OUT_ID || out->format == OUT_COUNT ||
	    out->format == OUT_NONE)
		return false;
	if (out->format == OUT_TEMPLATE)
		return true;
	if (!out->selected &&
	    (out->format == OUT_JSON || out->format == OUT_JSONL || out->format == OUT_YAML))
		return true;
	for (i = 0; i < out->columns->len; i++)
		if (strcmp(g_array_index(out->columns, struct column, i).path[0]->name, list) == 0)
			return true;
	return false;
}

bool out_changed(struct out *out, const struct shop_record *type, const void *record,
		 struct shop_error *err, const char *fmt, ...)
{
	va_list ap;
	char *sentence;

	if ((out->format != OUT_TABLE && out->format != OUT_WIDE) || out->options.quiet ||
	    out->selected)
		return out_record(out, type, record, err);
	out_tell(out, type, record);
	va_start(ap, fmt);
	sentence = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	shop_text_escape(out->text, sentence);
	g_string_append_c(out->text, '\n');
	g_free(sentence);
	out->rows++;
	return true;
}

void out_many(struct out *out)
{
	out->options.single = false;
}

void out_next(struct out *out, const char *fmt, ...)
{
	va_list ap;

	if (!out->terminal || out->options.quiet ||
	    (out->format != OUT_TABLE && out->format != OUT_WIDE))
		return;
	g_string_append(out->text, "next: ");
	va_start(ap, fmt);
	g_string_append_vprintf(out->text, fmt, ap);
	va_end(ap);
	g_string_append_c(out->text, '\n');
}

bool out_text(struct out *out, const char *text, struct shop_error *err)
{
	out->plain = true;
	g_string_append(out->text, text);
	if (!out->options.held && out->text->len >= OUT_FLUSH_AT)
		return out_commit(out, err);
	return true;
}

bool out_flush(struct out *out, struct shop_error *err)
{
	out->pager.may = false; /* what is followed has no end to wait for */
	return out_commit(out, err);
}

void out_note(struct out *out, bool always, const char *fmt, ...)
{
	GString *line = g_string_new(NULL);
	va_list ap;
	char *text;

	if (out->options.quiet || (!always && out->options.verbose == 0)) {
		g_string_free(line, TRUE);
		return;
	}
	va_start(ap, fmt);
	text = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	if (out->options.json_notes) {
		struct shop_json j = {.to = line};

		shop_json_object(&j, NULL);
		shop_json_text(&j, "note", text);
		shop_json_end(&j);
	} else {
		shop_text_escape(line, text);
	}
	g_string_append_c(line, '\n');
	progress_clear(out);
	/* In a pager's screen it would not be read. */
	if (out->pager.may || out->pager.pid != 0)
		g_string_append(out->notes, line->str);
	else
		(void)fputs(line->str, stderr);
	g_free(text);
	g_string_free(line, TRUE);
}

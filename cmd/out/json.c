/*
 * json: one object, or an array streamed as records come; jsonl: one compact object a line.
 */
#include "out/out_private.h"

#include <string.h>

/* lines[].sku gives an array of the elements' values. */
static void path_json(struct shop_json *j, const char *key, const struct column *column, int at,
		      const void *record)
{
	const struct shop_field *field = column->path[at];
	const void *member = (const char *)record + field->offset;
	const struct shop_list *list = member;
	size_t i;

	if (at == column->depth - 1) {
		field_json(j, key, field, record);
	} else if (field->type == SHOP_TYPE_RECORD) {
		path_json(j, key, column, at + 1, member);
	} else {
		shop_json_array(j, key);
		for (i = 0; i < list->count; i++)
			path_json(j, NULL, column, at + 1,
				  (const char *)list->items + i * field->child->size);
		shop_json_end(j);
	}
}

void json_append(const struct out *out, GString *to, const struct shop_record *type,
		 const void *record, bool pretty)
{
	struct shop_json j = {.to = to, .pretty = pretty};
	guint i;

	if (!out->selected) {
		shop_record_json(&j, NULL, type, record);
		return;
	}
	shop_json_object(&j, NULL);
	for (i = 0; i < out->columns->len; i++) {
		const struct column *column = &g_array_index(out->columns, struct column, i);

		path_json(&j, column->name, column, 0, record);
	}
	shop_json_end(&j);
}

void json_open_list(struct out *out)
{
	g_string_append(out->text, out->options.page_info ? "{\"items\":[" : "[");
}

bool json_record(struct out *out, const struct shop_record *type, const void *record,
		 struct shop_error *err)
{
	(void)err;
	if (out->format == OUT_JSON && !out->options.single && out->rows == 0)
		json_open_list(out);
	else if (out->format == OUT_JSON && !out->options.single)
		g_string_append_c(out->text, ',');
	if (out->format == OUT_JSON && out->pretty && !out->options.single)
		g_string_append_c(out->text, '\n');
	json_append(out, out->text, type, record, out->pretty && out->format == OUT_JSON);
	if (out->format == OUT_JSONL || out->options.single)
		out_end_record(out);
	return true;
}

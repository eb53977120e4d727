/*
 * JSON Schema (2020-12) of what -o json prints of a record type.
 */
#include "explain/explain.h"

#include "shop/json.h"

static void append_object(struct shop_json *j, const struct shop_record *type);

static void append_types(struct shop_json *j, const char *type, bool nullable)
{
	if (!nullable) {
		shop_json_text(j, "type", type);
		return;
	}
	shop_json_array(j, "type");
	shop_json_text(j, NULL, type);
	shop_json_text(j, NULL, "null");
	shop_json_end(j);
}

static void append_member(struct shop_json *j, const char *name, const char *type)
{
	shop_json_object(j, name);
	shop_json_text(j, "type", type);
	shop_json_end(j);
}

static void append_required(struct shop_json *j, const char *const *names)
{
	shop_json_array(j, "required");
	for (; *names != NULL; names++)
		shop_json_text(j, NULL, *names);
	shop_json_end(j);
}

static void append_money(struct shop_json *j)
{
	static const char *const required[] = {"amount", "currency", "minor", NULL};

	append_types(j, "object", true);
	shop_json_object(j, "properties");
	append_member(j, "amount", "string");
	append_member(j, "currency", "string");
	append_member(j, "minor", "integer");
	shop_json_end(j);
	append_required(j, required);
}

static void append_scalar(struct shop_json *j, const struct shop_field *field)
{
	char *pattern;

	switch (field->type) {
	case SHOP_TYPE_ID:
		append_types(j, "string", true);
		pattern = g_strdup_printf("^%s-[0-9]+$", shop_id_prefix(field->id_type));
		shop_json_text(j, "pattern", pattern);
		g_free(pattern);
		break;
	case SHOP_TYPE_INT:
		append_types(j, "integer", true);
		break;
	case SHOP_TYPE_QUANTITY:
		append_types(j, "number", true);
		break;
	case SHOP_TYPE_BOOL:
		append_types(j, "boolean", true);
		break;
	case SHOP_TYPE_TIME:
		append_types(j, "string", true);
		shop_json_text(j, "format", "date-time");
		break;
	case SHOP_TYPE_MONEY:
		append_money(j);
		break;
	case SHOP_TYPE_JSON:
		break; /* any value */
	default:
		append_types(j, "string", true);
		break;
	}
}

static void append_field(struct shop_json *j, const struct shop_field *field)
{
	shop_json_object(j, field->name);
	shop_json_text(j, "description", field->doc);
	if (field->type == SHOP_TYPE_LIST) {
		shop_json_text(j, "type", "array");
		shop_json_object(j, "items");
		append_object(j, field->child);
		shop_json_end(j);
	} else if (field->type == SHOP_TYPE_RECORD) {
		append_object(j, field->child);
	} else {
		append_scalar(j, field);
	}
	shop_json_end(j);
}

/* Members may be added in later versions, so others are not forbidden. */
static void append_object(struct shop_json *j, const struct shop_record *type)
{
	shop_json_text(j, "type", "object");
	shop_json_object(j, "properties");
	for (size_t i = 0; i < type->count; i++)
		if (!(type->fields[i].flags & (SHOP_FIELD_HIDDEN | SHOP_FIELD_ASKED)))
			append_field(j, &type->fields[i]);
	shop_json_end(j);
	shop_json_array(j, "required");
	for (size_t i = 0; i < type->count; i++)
		if (!(type->fields[i].flags & (SHOP_FIELD_HIDDEN | SHOP_FIELD_ASKED)))
			shop_json_text(j, NULL, type->fields[i].name);
	shop_json_end(j);
}

bool explain_schema(struct out *out, const struct shop_record *type, struct shop_error *err)
{
	struct shop_json j = {.to = g_string_new(NULL)};
	bool ok;

	shop_json_object(&j, NULL);
	shop_json_text(&j, "$schema", "https://json-schema.org/draft/2020-12/schema");
	shop_json_text(&j, "title", type->name);
	append_object(&j, type);
	shop_json_end(&j);
	g_string_append_c(j.to, '\n');
	ok = out_text(out, j.to->str, err);
	g_string_free(j.to, TRUE);
	return ok;
}

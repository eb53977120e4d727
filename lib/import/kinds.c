/*
 * The table of kinds, what people read of it, and what the kinds share.
 */
#include "import/import_run.h"

#include "shop/version.h"

#include <string.h>

static const struct import_kind *const kinds[] = {
	&import_product, &import_stock,	   &import_customer,
	&import_order,	 &import_supplier, &import_location,
};

const char *const shop_import_kinds[] = {"product",  "stock",	 "customer", "order",
					 "supplier", "location", NULL};

const struct import_kind *import_kind_find(const char *name, struct shop_error *err)
{
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		if (strcmp(kinds[i]->name, name) == 0)
			return kinds[i];
	shop_fail(err, E_VALUE, "\"%s\" cannot be imported", name);
	return NULL;
}

static bool is_shown(const struct import_field *field)
{
	return field->type != IMPORT_ANY;
}

/* Names wrapped at the width of help. */
static void append_names(GString *to, const struct import_kind *kind)
{
	size_t width = (size_t)g_string_append_len(to, "  ", 2)->len;

	g_string_append_printf(to, "%-9s", kind->name);
	for (size_t i = 0; i < kind->count; i++) {
		const struct import_field *field = &kind->fields[i];

		if (!is_shown(field))
			continue;
		if (to->len - width > 84) {
			g_string_append(to, "\n           ");
			width = to->len - 11;
		}
		g_string_append_printf(to, " %s%s", field->name, field->required ? "*" : "");
	}
	g_string_append_c(to, '\n');
}

void shop_import_describe(GString *to)
{
	g_string_append(to,
			"Columns (* must be there; import KIND --columns says what each takes):\n");
	for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
		append_names(to, kinds[i]);
}

static const char *type_text(const struct import_field *field)
{
	static const char *const texts[] = {
		[IMPORT_TEXT] = "text",
		[IMPORT_CODE] = "digits",
		[IMPORT_SKU] = "SKU",
		[IMPORT_EMAIL] = "e-mail",
		[IMPORT_COUNTRY] = "country",
		[IMPORT_CURRENCY] = "currency",
		[IMPORT_MONEY] = "money",
		[IMPORT_QUANTITY] = "quantity",
		[IMPORT_INT] = "number",
		[IMPORT_WEIGHT] = "weight",
		[IMPORT_BOOL] = "true/false",
		[IMPORT_TIME] = "ISO 8601",
		[IMPORT_OBJECT] = "JSON object",
		[IMPORT_ANY] = "",
	};

	return texts[field->type];
}

bool shop_import_columns(const char *name, GString *to, struct shop_error *err)
{
	const struct import_kind *kind = import_kind_find(name, err);

	if (kind == NULL)
		return false;
	g_string_append_printf(to, "%s: %s\n", kind->name, kind->doc);
	for (size_t i = 0; i < kind->count; i++) {
		const struct import_field *field = &kind->fields[i];

		if (is_shown(field))
			g_string_append_printf(to, "  %-16s %-12s %s%s%s\n", field->name,
					       type_text(field), field->doc,
					       field->required ? "; must be there" : "",
					       field->clears ? "; none empties it" : "");
	}
	if (kind->grouped)
		g_string_append(
			to,
			"CSV: one row a line of the order, all rows of a reference together. JSON: "
			"one object "
			"an order, with a list `lines` of objects that have sku, qty and price.\n");
	return true;
}

bool import_reference(struct shop_store *store, const char *text, enum shop_id_type type,
		      import_find_fn find, const char *field, int64_t *ret_id,
		      struct shop_error *err)
{
	int64_t version;
	bool ok;

	if (shop_id_type_of(text) != SHOP_ID_NONE)
		ok = shop_id_parse(text, type, ret_id, err) &&
		     shop_version_of(store, type, *ret_id, &version, err);
	else
		ok = find(store, text, ret_id, err);
	if (ok && *ret_id == 0)
		ok = shop_fail(err, E_NOT_FOUND, "no %s \"%s\"", shop_id_noun(type), text);
	return ok || shop_fail_field(err, field);
}

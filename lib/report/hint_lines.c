/* The lines of an object as hints: whatever record has a list "lines" whose items have a SKU. */
#include "shop/hint.h"

#include "shop/record_path.h"

#include <glib.h>
#include <string.h>

static char *text_of(const struct shop_record *type, const char *name, const void *record)
{
	const struct shop_field *field = shop_record_field(type, name);
	struct shop_value value;

	if (field == NULL)
		return NULL;
	value = shop_field_value(field, record);
	return value.null ? NULL : g_strdup(value.text);
}

static bool give_line(const struct shop_record *type, const void *line, shop_hint_fn fn, void *ctx)
{
	char *sku = text_of(type, "sku", line);
	char *title = text_of(type, "title", line);
	bool more = sku == NULL || fn(sku, title == NULL ? "" : title, ctx);

	g_free(sku);
	g_free(title);
	return more;
}

bool shop_line_hints(struct shop_store *store, const struct shop_object *object, int64_t now_us,
		     shop_hint_fn fn, void *ctx, struct shop_error *err)
{
	const struct shop_record *type = shop_object_record(object->type);
	const struct shop_field *lines = type == NULL ? NULL : shop_record_field(type, "lines");
	const struct shop_list *list;
	void *record = NULL;

	if (lines == NULL || lines->type != SHOP_TYPE_LIST)
		return true;
	if (!shop_object_load(store, object, now_us, &record, err))
		return err->id == E_NOT_FOUND;
	list = (const struct shop_list *)((const char *)record + lines->offset);
	for (size_t i = 0; i < list->count; i++)
		if (!give_line(lines->child, (const char *)list->items + i * lines->child->size, fn,
			       ctx))
			break;
	shop_object_free(object, record);
	return true;
}

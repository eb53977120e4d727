/* Finding and walking paths into records, and ordering what stands at their ends. */
#include "shop/record_path.h"

#include "shop/text.h"

#include <string.h>

/* Hidden fields fill the struct; only the currency is something one may ask for. */
static bool may_name(const struct shop_field *field)
{
	return !(field->flags & SHOP_FIELD_HIDDEN) || strcmp(field->name, "currency") == 0;
}

static const struct shop_field *find_step(const struct shop_record *type, const char *name,
					  size_t length)
{
	size_t i;

	if (length > 2 && strncmp(name + length - 2, "[]", 2) == 0)
		length -= 2;
	for (i = 0; i < type->count; i++) {
		const char *own = type->fields[i].name;

		if (strncmp(own, name, length) == 0 && own[length] == '\0')
			return may_name(&type->fields[i]) ? &type->fields[i] : NULL;
	}
	return NULL;
}

bool shop_path_find(const struct shop_record *type, const char *name, struct shop_path *ret_path)
{
	struct shop_path path = {.depth = 0};

	while (type != NULL && path.depth < SHOP_PATH_DEPTH) {
		size_t length = strcspn(name, ".");
		const struct shop_field *field = find_step(type, name, strlen(name));

		if (field != NULL)
			length = strlen(name);
		else
			field = find_step(type, name, length);
		if (field == NULL)
			return false;
		path.steps[path.depth++] = field;
		if (name[length] == '\0') {
			*ret_path = path;
			return true;
		}
		name += length + 1;
		type = field->child;
	}
	return false;
}

bool shop_path_unknown(const struct shop_record *type, const char *name, const char *what,
		       struct shop_error *err)
{
	const char **names = g_new(const char *, type->count);
	const char *near;
	size_t i, count = 0;

	for (i = 0; i < type->count; i++)
		if (!(type->fields[i].flags & SHOP_FIELD_HIDDEN))
			names[count++] = type->fields[i].name;
	near = shop_text_nearest(name, names, count);
	shop_fail(err, E_VALUE, "%s: %s has no field %s%s%s; --fields help lists them", what,
		  type->name, name, near == NULL ? "" : ", did you mean ",
		  near == NULL ? "" : near);
	g_free(names);
	return false;
}

const struct shop_field *shop_path_last(const struct shop_path *path)
{
	return path->steps[path->depth - 1];
}

bool shop_path_has_list(const struct shop_path *path)
{
	int i;

	for (i = 0; i < path->depth; i++)
		if (path->steps[i]->type == SHOP_TYPE_LIST)
			return true;
	return false;
}

static int64_t number_at(const void *record, size_t offset)
{
	int64_t number;

	memcpy(&number, (const char *)record + offset, sizeof(number));
	return number;
}

static const char *text_at(const void *record, size_t offset)
{
	const char *text;

	memcpy(&text, (const char *)record + offset, sizeof(text));
	return text;
}

struct shop_value shop_field_value(const struct shop_field *field, const void *record)
{
	struct shop_value value = {.field = field};
	int64_t scale;

	switch (field->type) {
	case SHOP_TYPE_TEXT:
	case SHOP_TYPE_WORD:
	case SHOP_TYPE_JSON:
		value.text = text_at(record, field->offset);
		value.null = value.text == NULL;
		return value;
	case SHOP_TYPE_LIST:
	case SHOP_TYPE_RECORD:
		return value;
	case SHOP_TYPE_MONEY:
		value.currency = text_at(record, field->aux);
		break;
	case SHOP_TYPE_QUANTITY:
		scale = number_at(record, field->aux);
		value.scale = scale >= 0 && scale <= 6 ? (int)scale : 0;
		break;
	default:
		break;
	}
	value.number = number_at(record, field->offset);
	value.null = field->type == SHOP_TYPE_ID ? value.number == 0 : value.number == SHOP_NULL;
	return value;
}

struct shop_value shop_path_value(const struct shop_path *path, const void *record)
{
	int i;

	for (i = 0; i < path->depth - 1; i++)
		record = (const char *)record + path->steps[i]->offset;
	return shop_field_value(path->steps[i], record);
}

static bool any_from(const struct shop_path *path, int at, const void *record, shop_value_fn fn,
		     void *ctx)
{
	const struct shop_field *field = path->steps[at];
	const void *member = (const char *)record + field->offset;
	const struct shop_list *list = member;
	struct shop_value value;
	size_t i;

	if (at == path->depth - 1) {
		value = shop_field_value(field, record);
		return fn(&value, ctx);
	}
	if (field->type == SHOP_TYPE_RECORD)
		return any_from(path, at + 1, member, fn, ctx);
	for (i = 0; i < list->count; i++)
		if (any_from(path, at + 1, (const char *)list->items + i * field->child->size, fn,
			     ctx))
			return true;
	return false;
}

bool shop_path_any(const struct shop_path *path, const void *record, shop_value_fn fn, void *ctx)
{
	return any_from(path, 0, record, fn, ctx);
}

static int order_of(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* The wider scale's units; 128 bits hold any quantity times a million. */
static int compare_quantities(const struct shop_value *a, const struct shop_value *b)
{
	__extension__ __int128 left = a->number, right = b->number;
	int i;

	for (i = a->scale; i < b->scale; i++)
		left *= 10;
	for (i = b->scale; i < a->scale; i++)
		right *= 10;
	return (left > right) - (left < right);
}

int shop_value_compare(const struct shop_value *a, const struct shop_value *b)
{
	if (a->null || b->null)
		return (int)b->null - (int)a->null;
	if (a->text != NULL || b->text != NULL)
		return g_strcmp0(a->text, b->text);
	if (a->scale != b->scale)
		return compare_quantities(a, b);
	return order_of(a->number, b->number);
}

const struct shop_field *shop_record_key(const struct shop_record *type)
{
	const struct shop_field *object = shop_record_field(type, "object");
	size_t i;

	if (strcmp(type->name, "product") == 0)
		return shop_record_field(type, "sku");
	if (strcmp(type->fields[0].name, "n") == 0)
		return &type->fields[0];
	for (i = 0; i < type->count; i++)
		if (type->fields[i].type == SHOP_TYPE_ID)
			return &type->fields[i];
	return object != NULL ? object : &type->fields[0];
}

static void copy_field(const struct shop_field *field, char *to)
{
	const struct shop_list *list = (const void *)(to + field->offset);
	struct shop_list copy;
	char *text;
	size_t i;

	switch (field->type) {
	case SHOP_TYPE_TEXT:
	case SHOP_TYPE_WORD:
	case SHOP_TYPE_JSON:
		text = g_strdup(text_at(to, field->offset));
		memcpy(to + field->offset, &text, sizeof(text));
		break;
	case SHOP_TYPE_RECORD:
		for (i = 0; i < field->child->count; i++)
			copy_field(&field->child->fields[i], to + field->offset);
		break;
	case SHOP_TYPE_LIST:
		copy = (struct shop_list){0};
		for (i = 0; i < list->count; i++) {
			char *item = shop_list_add(field->child, &copy);
			size_t n;

			memcpy(item, (const char *)list->items + i * field->child->size,
			       field->child->size);
			for (n = 0; n < field->child->count; n++)
				copy_field(&field->child->fields[n], item);
		}
		memcpy(to + field->offset, &copy, sizeof(copy));
		break;
	default:
		break;
	}
}

void *shop_record_copy(const struct shop_record *type, const void *record)
{
	char *copy = g_malloc(type->size);
	size_t i;

	memcpy(copy, record, type->size);
	for (i = 0; i < type->count; i++)
		copy_field(&type->fields[i], copy);
	return copy;
}

/*
 * What a field table can do without knowing the noun: free a record, grow a list, find a field,
 * write JSON.
 */
#include "shop/record.h"

#include "shop/quantity.h"
#include "shop/times.h"

#include <string.h>

/* Members are reached with memcpy: a record is known here only by its offsets. */
static int64_t number_at(const void *record, size_t offset)
{
	int64_t value;

	memcpy(&value, (const char *)record + offset, sizeof(value));
	return value;
}

static char *text_at(const void *record, size_t offset)
{
	char *text;

	memcpy(&text, (const char *)record + offset, sizeof(text));
	return text;
}

static void *place_of(void *record, size_t offset)
{
	return (char *)record + offset;
}

static void field_done(const struct shop_field *field, void *record)
{
	switch (field->type) {
	case SHOP_TYPE_TEXT:
	case SHOP_TYPE_WORD:
	case SHOP_TYPE_JSON:
		g_free(text_at(record, field->offset));
		break;
	case SHOP_TYPE_LIST:
		shop_list_done(field->child, place_of(record, field->offset));
		break;
	case SHOP_TYPE_RECORD:
		shop_record_done(field->child, place_of(record, field->offset));
		break;
	case SHOP_TYPE_ID:
	case SHOP_TYPE_INT:
	case SHOP_TYPE_BOOL:
	case SHOP_TYPE_MONEY:
	case SHOP_TYPE_QUANTITY:
	case SHOP_TYPE_TIME:
	case SHOP_TYPE_DURATION:
		break;
	}
}

void shop_record_done(const struct shop_record *type, void *record)
{
	if (record == NULL)
		return;
	for (size_t i = 0; i < type->count; i++)
		field_done(&type->fields[i], record);
	memset(record, 0, type->size);
}

void shop_record_take(const struct shop_record *type, void *to, void *from)
{
	memcpy(to, from, type->size);
	memset(from, 0, type->size);
}

void shop_list_done(const struct shop_record *type, struct shop_list *list)
{
	if (list == NULL)
		return;
	for (size_t i = 0; i < list->count; i++)
		shop_record_done(type, place_of(list->items, i * type->size));
	g_free(list->items);
	memset(list, 0, sizeof(*list));
}

void *shop_list_add(const struct shop_record *type, struct shop_list *list)
{
	void *item;

	/*
	 * The room is the next power of two, so it need not be kept: it is full when count is one.
	 */
	if ((list->count & (list->count - 1)) == 0)
		list->items = g_realloc_n(list->items, list->count == 0 ? 1 : list->count * 2,
		                          type->size);
	item = place_of(list->items, list->count * type->size);
	memset(item, 0, type->size);
	list->count++;
	return item;
}

const struct shop_field *shop_record_field(const struct shop_record *type, const char *name)
{
	for (size_t i = 0; i < type->count; i++) {
		if (strcmp(type->fields[i].name, name) == 0)
			return &type->fields[i];
	}
	return NULL;
}

static void write_money(struct shop_json *j, const struct shop_field *field, const void *record)
{
	const char *currency = text_at(record, field->aux);
	struct shop_money money = { .minor = number_at(record, field->offset) };

	if (currency != NULL)
		g_strlcpy(money.currency, currency, sizeof(money.currency));
	shop_json_money(j, field->name, money);
}

static void write_quantity(struct shop_json *j, const struct shop_field *field, const void *record)
{
	int64_t scale = number_at(record, field->aux);

	if (scale < 0 || scale > SHOP_QUANTITY_SCALE_MAX)
		scale = 0;
	shop_json_quantity(j, field->name, number_at(record, field->offset), (int)scale);
}

static void write_list(struct shop_json *j, const struct shop_field *field, const void *record)
{
	struct shop_list list;

	memcpy(&list, (const char *)record + field->offset, sizeof(list));
	shop_json_array(j, field->name);
	for (size_t i = 0; i < list.count; i++)
		shop_record_json(j, NULL, field->child,
		                 (const char *)list.items + i * field->child->size);
	shop_json_end(j);
}

/* A number that may be absent. */
static void write_number(struct shop_json *j, const struct shop_field *field, int64_t value)
{
	char text[SHOP_TIME_TEXT];

	if (value == SHOP_NULL)
		shop_json_null(j, field->name);
	else if (field->type == SHOP_TYPE_BOOL)
		shop_json_bool(j, field->name, value != 0);
	else if (field->type == SHOP_TYPE_TIME)
		shop_json_time(j, field->name, value);
	else if (field->type == SHOP_TYPE_DURATION)
		shop_json_text(j, field->name, shop_duration_format(value, text));
	else
		shop_json_int(j, field->name, value);
}

static void write_field(struct shop_json *j, const struct shop_field *field, const void *record)
{
	switch (field->type) {
	case SHOP_TYPE_ID:
		shop_json_id(j, field->name, field->id_type, number_at(record, field->offset));
		break;
	case SHOP_TYPE_TEXT:
	case SHOP_TYPE_WORD:
		shop_json_text(j, field->name, text_at(record, field->offset));
		break;
	case SHOP_TYPE_JSON:
		shop_json_raw(j, field->name, text_at(record, field->offset));
		break;
	case SHOP_TYPE_MONEY:
		write_money(j, field, record);
		break;
	case SHOP_TYPE_QUANTITY:
		write_quantity(j, field, record);
		break;
	case SHOP_TYPE_LIST:
		write_list(j, field, record);
		break;
	case SHOP_TYPE_RECORD:
		shop_record_json(j, field->name, field->child,
		                 (const char *)record + field->offset);
		break;
	case SHOP_TYPE_INT:
	case SHOP_TYPE_BOOL:
	case SHOP_TYPE_TIME:
	case SHOP_TYPE_DURATION:
		write_number(j, field, number_at(record, field->offset));
		break;
	}
}

void shop_record_json(struct shop_json *j, const char *key, const struct shop_record *type,
                      const void *record)
{
	shop_json_object(j, key);
	for (size_t i = 0; i < type->count; i++) {
		if ((type->fields[i].flags & (SHOP_FIELD_HIDDEN | SHOP_FIELD_ASKED)) == 0)
			write_field(j, &type->fields[i], record);
	}
	shop_json_end(j);
}

static bool same_field(const struct shop_field *field, const void *a, const void *b)
{
	switch (field->type) {
	case SHOP_TYPE_TEXT:
	case SHOP_TYPE_WORD:
	case SHOP_TYPE_JSON:
		return g_strcmp0(text_at(a, field->offset), text_at(b, field->offset)) == 0;
	case SHOP_TYPE_LIST:
	case SHOP_TYPE_RECORD:
		return true;
	default:
		return number_at(a, field->offset) == number_at(b, field->offset);
	}
}

/* What every write moves says nothing about what was meant. */
static bool is_bookkeeping(const struct shop_field *field)
{
	return strcmp(field->name, "version") == 0 || strcmp(field->name, "updated_at") == 0;
}

size_t shop_record_diff(struct shop_json *j, const char *key, const struct shop_record *type,
                        const void *before, const void *after)
{
	size_t count = 0;

	shop_json_object(j, key);
	for (size_t i = 0; i < type->count; i++) {
		struct shop_field bare = type->fields[i];

		if (same_field(&bare, before, after) || is_bookkeeping(&bare))
			continue;
		shop_json_array(j, bare.name);
		bare.name = NULL;
		write_field(j, &bare, before);
		write_field(j, &bare, after);
		shop_json_end(j);
		count++;
	}
	shop_json_end(j);
	return count;
}

/*
 * One field's value as text or JSON, and walking a column's path through nested records and lists.
 */
#include "out/out_private.h"

#include "shop/quantity.h"
#include "shop/text.h"
#include "shop/times.h"

#include <string.h>

static int64_t int_of(const struct shop_field *field, const void *record)
{
	return *(const int64_t *)(const void *)((const char *)record + field->offset);
}

static const char *text_of(const struct shop_field *field, const void *record)
{
	return *(char *const *)(const void *)((const char *)record + field->offset);
}

static struct shop_money money_of(const struct shop_field *field, const void *record)
{
	struct shop_money money = { .minor = int_of(field, record) };
	const char *currency = *(char *const *)(const void *)((const char *)record + field->aux);

	g_strlcpy(money.currency, currency == NULL ? "" : currency, sizeof(money.currency));
	return money;
}

bool field_is_null(const struct shop_field *field, const void *record)
{
	switch (field->type) {
	case SHOP_TYPE_ID:
		return int_of(field, record) == 0;
	case SHOP_TYPE_TEXT:
	case SHOP_TYPE_WORD:
	case SHOP_TYPE_JSON:
		return text_of(field, record) == NULL;
	case SHOP_TYPE_LIST:
	case SHOP_TYPE_RECORD:
		return false;
	default:
		return int_of(field, record) == SHOP_NULL;
	}
}

static void append_word(const struct out *out, GString *to, const char *word)
{
	const char *glyph = status_glyph(word, out->options.ascii);

	if (glyph != NULL)
		g_string_append_printf(to, "%s ", glyph);
	shop_text_escape(to, word);
}

static void append_time(const struct out *out, GString *to, int64_t at_us, enum cell_style style)
{
	char text[SHOP_TIME_TEXT];

	if (style != CELL_HUMAN || !out->terminal) {
		g_string_append(to, shop_time_format_utc(at_us, text));
		return;
	}
	g_string_append(to, shop_time_format_local(at_us, out->options.zone, text));
	if (out->format == OUT_WIDE && out->now_us != 0)
		g_string_append_printf(to, " (%s)", shop_age_format(at_us, out->now_us, text));
}

static void append_quantity(GString *to, const struct shop_field *field, const void *record)
{
	int64_t scale = *(const int64_t *)(const void *)((const char *)record + field->aux);
	char text[SHOP_QUANTITY_TEXT];

	g_string_append(to, shop_quantity_format(int_of(field, record), (int)scale, text));
}

static void append_number(const struct out *out, GString *to, const struct shop_field *field,
			  const void *record, enum cell_style style)
{
	char text[SHOP_MONEY_TEXT];

	switch (field->type) {
	case SHOP_TYPE_ID:
		g_string_append(to, shop_id_format(field->id_type, int_of(field, record), text));
		break;
	case SHOP_TYPE_BOOL:
		g_string_append(to, int_of(field, record) != 0 ? "true" : "false");
		break;
	case SHOP_TYPE_MONEY:
		g_string_append(to, shop_money_format_full(money_of(field, record), text));
		break;
	case SHOP_TYPE_QUANTITY:
		append_quantity(to, field, record);
		break;
	case SHOP_TYPE_TIME:
		append_time(out, to, int_of(field, record), style);
		break;
	case SHOP_TYPE_DURATION:
		g_string_append(to, shop_duration_format(int_of(field, record), text));
		break;
	default:
		g_string_append_printf(to, "%" G_GINT64_FORMAT, int_of(field, record));
		break;
	}
}

static void append_json(GString *to, const struct shop_field *field, const void *record)
{
	struct shop_json j = { .to = to };

	field_json(&j, NULL, field, record);
}

void field_append(const struct out *out, GString *to, const struct shop_field *field,
		  const void *record, enum cell_style style)
{
	if (field_is_null(field, record))
		return;
	switch (field->type) {
	case SHOP_TYPE_WORD:
		if (style == CELL_HUMAN) {
			append_word(out, to, text_of(field, record));
			break;
		}
		g_string_append(to, text_of(field, record));
		break;
	case SHOP_TYPE_TEXT:
	case SHOP_TYPE_JSON:
		if (style == CELL_HUMAN)
			shop_text_escape(to, text_of(field, record));
		else
			g_string_append(to, text_of(field, record));
		break;
	case SHOP_TYPE_LIST:
	case SHOP_TYPE_RECORD:
		append_json(to, field, record);
		break;
	default:
		append_number(out, to, field, record, style);
		break;
	}
}

static void list_json(struct shop_json *j, const char *key, const struct shop_field *field,
		      const void *record)
{
	const struct shop_list *list = (const void *)((const char *)record + field->offset);
	size_t i;

	shop_json_array(j, key);
	for (i = 0; i < list->count; i++)
		shop_record_json(j, NULL, field->child,
				 (const char *)list->items + i * field->child->size);
	shop_json_end(j);
}

void field_json(struct shop_json *j, const char *key, const struct shop_field *field,
		const void *record)
{
	if (field_is_null(field, record)) {
		shop_json_null(j, key);
		return;
	}
	switch (field->type) {
	case SHOP_TYPE_ID:
		shop_json_id(j, key, field->id_type, int_of(field, record));
		break;
	case SHOP_TYPE_TEXT:
	case SHOP_TYPE_WORD:
		shop_json_text(j, key, text_of(field, record));
		break;
	case SHOP_TYPE_BOOL:
		shop_json_bool(j, key, int_of(field, record) != 0);
		break;
	case SHOP_TYPE_MONEY:
		shop_json_money(j, key, money_of(field, record));
		break;
	case SHOP_TYPE_QUANTITY:
		shop_json_quantity(
			j, key, int_of(field, record),
			(int)*(const int64_t *)(const void *)((const char *)record + field->aux));
		break;
	case SHOP_TYPE_TIME:
		shop_json_time(j, key, int_of(field, record));
		break;
	case SHOP_TYPE_JSON:
		shop_json_raw(j, key, text_of(field, record));
		break;
	case SHOP_TYPE_LIST:
		list_json(j, key, field, record);
		break;
	case SHOP_TYPE_RECORD:
		shop_record_json(j, key, field->child, (const char *)record + field->offset);
		break;
	default:
		shop_json_int(j, key, int_of(field, record));
		break;
	}
}

static void append_money_part(const struct out *out, GString *to, const struct column *column,
			      const struct shop_field *field, const void *record,
			      enum cell_style style)
{
	struct shop_money money = money_of(field, record);
	char text[SHOP_MONEY_TEXT];

	if (column->part == PART_WHOLE)
		field_append(out, to, field, record, style);
	else if (!field_is_null(field, record))
		g_string_append(to, column->part == PART_CURRENCY ? money.currency
								  : shop_money_format(money, text));
}

/* Walk on from path[at]; a list on the way gives each element's value. */
static void append_from(const struct out *out, GString *to, const struct column *column, int at,
			const void *record, enum cell_style style)
{
	const struct shop_field *field = column->path[at];
	const void *member = (const char *)record + field->offset;
	const struct shop_list *list = member;
	size_t i;

	if (at == column->depth - 1 && field->type == SHOP_TYPE_MONEY) {
		append_money_part(out, to, column, field, record, style);
	} else if (at == column->depth - 1) {
		field_append(out, to, field, record, style);
	} else if (field->type == SHOP_TYPE_RECORD) {
		append_from(out, to, column, at + 1, member, style);
	} else {
		for (i = 0; i < list->count; i++) {
			if (i > 0)
				g_string_append(to, ", ");
			append_from(out, to, column, at + 1,
				    (const char *)list->items + i * field->child->size, style);
		}
	}
}

void cell_append(const struct out *out, GString *to, const struct column *column,
		 const void *record, enum cell_style style)
{
	append_from(out, to, column, 0, record, style);
}

bool cell_is_null(const struct column *column, const void *record)
{
	int i;

	for (i = 0; i < column->depth - 1; i++) {
		if (column->path[i]->type == SHOP_TYPE_LIST)
			return false;
		record = (const char *)record + column->path[i]->offset;
	}
	return field_is_null(column->path[i], record);
}

bool cell_is_number(const struct column *column)
{
	switch (column->path[column->depth - 1]->type) {
	case SHOP_TYPE_INT:
	case SHOP_TYPE_MONEY:
	case SHOP_TYPE_QUANTITY:
	case SHOP_TYPE_DURATION:
		return column->depth == 1 || column->path[0]->type != SHOP_TYPE_LIST;
	default:
		return false;
	}
}

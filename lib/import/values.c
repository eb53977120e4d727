/*
 * From the text of a cell to a value of its field's type; what does not fit is reported with file,
 * line and field.
 */
#include "import/import_run.h"

#include "shop/times.h"

#include <string.h>

#define JSON_TEXT_MAX 65536

static const char *keep(struct import_item *item, const char *text)
{
	return g_string_chunk_insert(item->texts, text);
}

static bool set_text(struct import_item *item, const struct import_field *field, const char *cell,
		     struct import_value *v, struct shop_error *err)
{
	const struct shop_text_rule rule = {.max_chars = field->max_chars,
					    .required = field->required};
	AUTO_TEXT char *clean = NULL;

	if (!shop_text_clean(cell, field->name, &rule, &clean, err))
		return false;
	v->text = keep(item, clean);
	return true;
}

static bool set_code(struct import_item *item, const struct import_field *field, const char *cell,
		     struct import_value *v, struct shop_error *err)
{
	if (strlen(cell) > field->max_chars || strspn(cell, "0123456789") != strlen(cell))
		return shop_fail(err, E_INVALID, "up to %zu digits, not \"%.40s\"",
				 field->max_chars, cell);
	v->text = keep(item, cell);
	return true;
}

static bool set_sku(struct import_item *item, const char *cell, struct import_value *v,
		    struct shop_error *err)
{
	char sku[SHOP_SKU_MAX + 1];

	if (!shop_sku_parse(cell, sku, err))
		return false;
	v->text = keep(item, sku);
	return true;
}

static bool set_email(struct import_item *item, const char *cell, struct import_value *v,
		      struct shop_error *err)
{
	AUTO_TEXT char *email = NULL;

	if (!shop_email_clean(cell, &email, err))
		return false;
	v->text = keep(item, email);
	return true;
}

static bool set_country(struct import_item *item, const char *cell, struct import_value *v,
			struct shop_error *err)
{
	char country[3];

	if (!shop_country_clean(cell, country, err))
		return false;
	v->text = keep(item, country);
	return true;
}

static bool set_currency(const char *cell, struct import_value *v, struct shop_error *err)
{
	const struct shop_currency *currency = shop_currency_find(cell);

	if (currency == NULL)
		return shop_fail(err, E_VALUE, "\"%.40s\" is not an ISO 4217 code like EUR", cell);
	v->text = currency->code;
	return true;
}

static bool set_bool(const char *cell, struct import_value *v, struct shop_error *err)
{
	static const char *const yes[] = {"true", "yes", "1", NULL};
	static const char *const no[] = {"false", "no", "0", NULL};
	char *word = g_ascii_strdown(cell, -1);
	bool known = g_strv_contains(yes, word) || g_strv_contains(no, word);

	v->number = g_strv_contains(yes, word);
	g_free(word);
	return known || shop_fail(err, E_VALUE, "true or false, not \"%.40s\"", cell);
}

/* Files hold no "yesterday": 2026-11-23, 2026-11-23 14:00[:00[.000000]], with T for the space and Z
 * or +01:00 behind. */
static bool is_iso(const char *text)
{
	static const char form[] = "####-##-##?##:##:##";
	size_t i = 0;

	for (; form[i] != '\0' && text[i] != '\0'; i++) {
		if (i > 10 && strchr("Z+-", text[i]) != NULL)
			break;
		if (form[i] == '#' ? !g_ascii_isdigit(text[i])
				   : text[i] != form[i] && !(form[i] == '?' &&
							     (text[i] == 'T' || text[i] == ' ')))
			return false;
	}
	return i == 10 || i == 16 || i == 19;
}

static bool set_time(struct import_run *run, const char *cell, struct import_value *v,
		     struct shop_error *err)
{
	const struct shop_clock clock = {.now_us = run->in->context.now_us, .zone = run->in->zone};

	if (!is_iso(cell))
		return shop_fail(err, E_VALUE, "\"%.40s\" is not a time like 2026-11-23T14:00:00Z",
				 cell);
	if (!shop_time_parse(cell, &clock, &v->number, err))
		return false;
	return v->number <= clock.now_us ||
	       shop_fail(err, E_INVALID, "%s lies in the future", cell);
}

static bool set_object(struct import_item *item, const char *cell, struct import_value *v,
		       struct shop_error *err)
{
	json_t *object = strlen(cell) > JSON_TEXT_MAX
				 ? NULL
				 : json_loads(cell, JSON_REJECT_DUPLICATES, NULL);
	bool ok = json_is_object(object);
	char *text = ok ? json_dumps(object, JSON_COMPACT) : NULL;

	if (ok)
		v->text = keep(item, text);
	free(text);
	json_decref(object);
	return ok || shop_fail(err, E_VALUE, "a JSON object is expected");
}

static bool set_money(struct import_run *run, const struct import_row *row,
		      const struct import_field *field, struct import_value *v,
		      struct shop_error *err)
{
	const char *currency = field->currency == 0 ? NULL : row->cells[field->currency];
	const char *cell = row->cells[field - run->kind->fields];

	if (currency == NULL || *currency == '\0')
		currency = shop_store_currency(run->store);
	else if (shop_currency_find(currency) == NULL)
		return true; /* its own column says so */
	return shop_money_parse(cell, currency, &v->money, err);
}

static bool set_value(struct import_run *run, const struct import_row *row,
		      const struct import_field *field, struct import_value *v,
		      struct shop_error *err)
{
	struct import_item *item = &run->item;
	const char *cell = row->cells[field - run->kind->fields];

	switch (field->type) {
	case IMPORT_TEXT:
		return set_text(item, field, cell, v, err);
	case IMPORT_CODE:
		return set_code(item, field, cell, v, err);
	case IMPORT_SKU:
		return set_sku(item, cell, v, err);
	case IMPORT_EMAIL:
		return set_email(item, cell, v, err);
	case IMPORT_COUNTRY:
		return set_country(item, cell, v, err);
	case IMPORT_CURRENCY:
		return set_currency(cell, v, err);
	case IMPORT_MONEY:
		return set_money(run, row, field, v, err);
	case IMPORT_QUANTITY:
		return shop_decimal_parse(cell, &v->decimal, err);
	case IMPORT_INT:
		return shop_int_parse(cell, 0, SHOP_QUANTITY_MAX, &v->number, err);
	case IMPORT_WEIGHT:
		return shop_weight_parse(cell, &v->number, err);
	case IMPORT_BOOL:
		return set_bool(cell, v, err);
	case IMPORT_TIME:
		return set_time(run, cell, v, err);
	case IMPORT_OBJECT:
		return set_object(item, cell, v, err);
	case IMPORT_ANY:
		break;
	}
	return true;
}

static void clear_value(struct import_value *v)
{
	*v = (struct import_value){
		.number = SHOP_NULL,
		.money = {.minor = SHOP_NULL},
		.decimal = {.value = SHOP_NULL},
	};
}

/* An empty cell says nothing; the word none, where a field can be empty, empties it. */
static bool read_value(struct import_run *run, const struct import_row *row,
		       const struct import_field *field, struct import_value *v)
{
	AUTO_ERROR struct shop_error err = {0};
	const char *cell = row->cells[field - run->kind->fields];

	clear_value(v);
	if (cell == NULL || *cell == '\0') {
		if (field->required)
			import_problem(run, row->line, field->name, "must not be empty");
		return !field->required;
	}
	if (field->clears && strcmp(cell, "none") == 0) {
		v->cleared = true;
		v->text = "";
		return true;
	}
	v->given = true;
	if (set_value(run, row, field, v, &err))
		return true;
	import_problem_error(run, row->line, field->name, &err);
	return false;
}

bool values_read(struct import_run *run, const struct import_row *row, struct import_item *item)
{
	bool ok = true;
	guint at = item->values->len;

	g_array_set_size(item->values, at + (guint)run->kind->count);
	for (size_t i = 0; i < run->kind->count; i++)
		if (!read_value(run, row, &run->kind->fields[i],
				&g_array_index(item->values, struct import_value, at + i)))
			ok = false;
	return ok;
}

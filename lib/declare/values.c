/*
 * Values: from the text of a file and from the store's record to one form per meaning, so that
 * equal values are equal texts. Every text is read as its field's type: NO, 01234 and 1e3 mean what
 * the field says.
 */
#include "declare/declare_run.h"

#include "shop/record_path.h"

#include <string.h>

#define CODE_MAX 40

static bool read_text(const struct declare_field *field, const char *text, char **ret,
		      struct shop_error *err)
{
	const struct shop_text_rule rule = {
		.max_chars = field->max_chars == 0 ? SHOP_NAME_MAX : field->max_chars,
		.required = true,
	};

	return shop_text_clean(text, field->name, &rule, ret, err);
}

static bool read_code(const char *text, char **ret, struct shop_error *err)
{
	if (strlen(text) > CODE_MAX)
		return shop_fail(err, E_INVALID, "longer than %d characters", CODE_MAX);
	*ret = g_strdup(text);
	return true;
}

static bool read_word(const struct declare_field *field, const char *text, char **ret,
		      struct shop_error *err)
{
	AUTO_TEXT char *all = NULL;

	if (g_strv_contains(field->words, text)) {
		*ret = g_strdup(text);
		return true;
	}
	all = g_strjoinv(", ", (char **)(uintptr_t)field->words);
	return shop_fail(err, E_INVALID, "one of %s, not \"%.40s\"", all, text);
}

/* limit:020 is limit:20. */
static bool read_backorder(const char *text, char **ret, struct shop_error *err)
{
	int64_t limit;

	if (strcmp(text, "deny") == 0 || strcmp(text, "allow") == 0) {
		*ret = g_strdup(text);
		return true;
	}
	if (!g_str_has_prefix(text, "limit:") ||
	    !shop_int_parse(text + 6, 0, SHOP_QUANTITY_MAX, &limit, err))
		return shop_fail(err, E_INVALID, "deny, allow or limit:N, not \"%.40s\"", text);
	*ret = g_strdup_printf("limit:%" G_GINT64_FORMAT, limit);
	return true;
}

static bool read_sku(const char *text, char **ret, struct shop_error *err)
{
	char sku[SHOP_SKU_MAX + 1];

	if (!shop_sku_parse(text, sku, err))
		return false;
	*ret = g_strdup(sku);
	return true;
}

static bool read_country(const char *text, char **ret, struct shop_error *err)
{
	char country[3];

	if (!shop_country_clean(text, country, err))
		return false;
	*ret = g_strdup(country);
	return true;
}

static bool read_currency(const char *text, char **ret, struct shop_error *err)
{
	const struct shop_currency *currency = shop_currency_find(text);

	if (currency == NULL)
		return shop_fail(err, E_INVALID, "\"%.40s\" is not an ISO 4217 code like EUR",
				 text);
	*ret = g_strdup(currency->code);
	return true;
}

static bool read_money(const char *text, const char *currency, char **ret, struct shop_error *err)
{
	char full[SHOP_MONEY_TEXT];
	struct shop_money money;

	if (!shop_money_parse(text, currency, &money, err))
		return false;
	*ret = g_strdup(shop_money_format_full(money, full));
	return true;
}

static bool read_quantity(const char *text, char **ret, struct shop_error *err)
{
	struct shop_decimal decimal;

	if (!shop_decimal_parse(text, &decimal, err))
		return false;
	if (decimal.value < 0 || *decimal.unit != '\0')
		return shop_fail(err, E_INVALID,
				 decimal.value < 0 ? "not below 0" : "without its unit");
	*ret = value_quantity(decimal.value, decimal.scale);
	return true;
}

static bool read_number(const struct declare_field *field, const char *text, char **ret,
			struct shop_error *err)
{
	int64_t value;

	if (field->type == DECLARE_WEIGHT
		    ? !shop_weight_parse(text, &value, err)
		    : !shop_int_parse(text, 0, INT64_C(1000000000000), &value, err))
		return false;
	*ret = g_strdup_printf("%" G_GINT64_FORMAT, value);
	return true;
}

static bool read_bool(const char *text, char **ret, struct shop_error *err)
{
	static const char *const yes[] = {"true", "yes", NULL};
	static const char *const no[] = {"false", "no", NULL};
	AUTO_TEXT char *word = g_ascii_strdown(text, -1);

	if (!g_strv_contains(yes, word) && !g_strv_contains(no, word))
		return shop_fail(err, E_INVALID, "true or false, not \"%.40s\"", text);
	*ret = g_strdup(g_strv_contains(yes, word) ? "true" : "false");
	return true;
}

static bool read_id(const char *text, char **ret, struct shop_error *err)
{
	if (shop_id_type_of(text) == SHOP_ID_NONE)
		return shop_fail(err, E_INVALID, "an id like sup-1000, not \"%.40s\"", text);
	*ret = g_ascii_strdown(text, -1);
	return true;
}

static bool read_typed(const struct declare_field *field, const char *text, const char *currency,
		       char **ret, struct shop_error *err)
{
	switch (field->type) {
	case DECLARE_ID:
		return read_id(text, ret, err);
	case DECLARE_TEXT:
		return read_text(field, text, ret, err);
	case DECLARE_CODE:
		return read_code(text, ret, err);
	case DECLARE_WORD:
		return read_word(field, text, ret, err);
	case DECLARE_BACKORDER:
		return read_backorder(text, ret, err);
	case DECLARE_SKU:
		return read_sku(text, ret, err);
	case DECLARE_EMAIL:
		return shop_email_clean(text, ret, err);
	case DECLARE_COUNTRY:
		return read_country(text, ret, err);
	case DECLARE_CURRENCY:
		return read_currency(text, ret, err);
	case DECLARE_MONEY:
		return read_money(text, currency, ret, err);
	case DECLARE_QUANTITY:
		return read_quantity(text, ret, err);
	case DECLARE_INT:
	case DECLARE_WEIGHT:
		return read_number(field, text, ret, err);
	case DECLARE_BOOL:
		return read_bool(text, ret, err);
	}
	return false;
}

bool value_read(const struct declare_field *field, const char *text, const char *currency,
		GStringChunk *texts, const char **ret_text, struct shop_error *err)
{
	AUTO_TEXT char *made = NULL;

	*ret_text = NULL;
	if (text == NULL || *text == '\0')
		return true;
	if (!read_typed(field, text, currency, &made, err))
		return false;
	if ((field->flags & DECLARE_ONLY_TRUE) == 0 || strcmp(made, "false") != 0)
		*ret_text = g_string_chunk_insert(texts, made);
	return true;
}

char *value_quantity(int64_t qty, int64_t scale)
{
	char text[SHOP_QUANTITY_TEXT];

	for (; scale > 0 && qty % 10 == 0; scale--)
		qty /= 10;
	return g_strdup(shop_quantity_format(qty, (int)scale, text));
}

static char *live_text(const struct declare_field *field, const struct shop_value *value)
{
	char money[SHOP_MONEY_TEXT];

	if (value->null)
		return NULL;
	switch (value->field->type) {
	case SHOP_TYPE_TEXT:
	case SHOP_TYPE_WORD:
		return *value->text == '\0' ? NULL : g_strdup(value->text);
	case SHOP_TYPE_MONEY:
		return g_strdup(shop_money_format_full(
			shop_money_of(value->number, value->currency), money));
	case SHOP_TYPE_QUANTITY:
		return value_quantity(value->number, value->scale);
	case SHOP_TYPE_BOOL:
		if (value->number == 0 && (field->flags & DECLARE_ONLY_TRUE) != 0)
			return NULL;
		return g_strdup(value->number != 0 ? "true" : "false");
	default:
		return g_strdup_printf("%" G_GINT64_FORMAT, value->number);
	}
}

void value_fill(const struct declare_kind *kind, const struct shop_record *type, const void *record,
		struct declare_live *live)
{
	for (size_t i = 0; i < kind->count; i++) {
		const struct shop_field *field = shop_record_field(type, kind->fields[i].name);
		struct shop_value value;

		if (field == NULL || field->type == SHOP_TYPE_ID)
			continue;
		value = shop_field_value(field, record);
		live->texts[i] = live_text(&kind->fields[i], &value);
	}
}

/* Texts were checked when they were read, and those of the store are the store's own. */
int64_t value_int(const char *text)
{
	return text == NULL ? SHOP_NULL : g_ascii_strtoll(text, NULL, 10);
}

struct shop_money value_money(const char *text)
{
	AUTO_ERROR struct shop_error unread = {0};
	struct shop_money money = {.minor = SHOP_NULL};

	if (text != NULL && !shop_money_parse(text, NULL, &money, &unread))
		money.minor = SHOP_NULL;
	return money;
}

struct shop_decimal value_decimal(const char *text)
{
	AUTO_ERROR struct shop_error unread = {0};
	struct shop_decimal decimal = {.value = SHOP_NULL};

	if (text != NULL && !shop_decimal_parse(text, &decimal, &unread))
		decimal.value = SHOP_NULL;
	return decimal;
}

const char *want_text(const struct declare_want *want, size_t at)
{
	if (!want->given[at])
		return NULL;
	return want->texts[at] == NULL ? "" : want->texts[at];
}

int64_t want_number(const struct declare_want *want, size_t at)
{
	if (!want->given[at])
		return SHOP_NULL;
	return want->texts[at] == NULL ? SHOP_CLEAR : value_int(want->texts[at]);
}

void declare_live_done(struct declare_live *live)
{
	for (size_t i = 0; i < DECLARE_FIELDS_MAX; i++)
		g_free(live->texts[i]);
	*live = (struct declare_live){0};
}

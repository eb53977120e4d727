/* Quantities, weights and whole numbers as typed: exact, ASCII digits, range-checked. */
#include "shop/quantity.h"

#include "number.h"

#include <assert.h>
#include <string.h>

/* A tonne of tonnes: no parcel weighs more, and sums of 2,000 lines stay far inside int64. */
#define WEIGHT_MAX_G INT64_C(1000000000)

static bool fail_form(const char *text, const char *kind, const char *example,
                      struct shop_error *err)
{
	char *dotted = number_dotted(text);

	if (dotted != NULL)
		shop_fail(err, E_VALUE,
		          "\"%s\" is not a %s: decimals follow a dot, nothing else divides; did "
		          "you mean %s",
		          text, kind, dotted);
	else
		shop_fail(err, E_VALUE, "\"%.*s\" is not a %s, expected a form like %s",
		          NUMBER_QUOTE, text, kind, example);
	g_free(dotted);
	return false;
}

static void drop_zeros(struct number *number)
{
	while (number->scale > 0 && number->value % 10 == 0) {
		number->value /= 10;
		number->scale--;
	}
}

/* A unit: a letter, then letters, digits and powers like the square of m². */
static bool is_unit(const char *text)
{
	if (!g_utf8_validate(text, -1, NULL) || !g_unichar_isalpha(g_utf8_get_char(text)))
		return *text == '\0';
	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		if (!g_unichar_isalnum(c) && g_unichar_type(c) != G_UNICODE_OTHER_NUMBER)
			return false;
	}
	return true;
}

bool shop_decimal_parse(const char *text, struct shop_decimal *ret_decimal, struct shop_error *err)
{
	struct shop_decimal decimal = { 0 };
	const char *p = text;
	struct number number;
	int64_t limit;

	if (!number_scan(&p, &number) || !is_unit(p) || strlen(p) >= sizeof(decimal.unit))
		return fail_form(text, "quantity", "2 or 1.250kg", err);
	drop_zeros(&number);
	if (number.scale > SHOP_QUANTITY_SCALE_MAX)
		return shop_fail(err, E_VALUE, "%s: a quantity has at most %d decimals", text,
		                 SHOP_QUANTITY_SCALE_MAX);
	limit = SHOP_QUANTITY_MAX * number_power(number.scale);
	if (number.value > limit || number.value < -limit)
		return shop_fail(err, E_VALUE, "%s is out of range: at most %d units", text,
		                 (int)SHOP_QUANTITY_MAX);
	decimal.value = number.value;
	decimal.scale = number.scale;
	memcpy(decimal.unit, p, strlen(p) + 1);
	*ret_decimal = decimal;
	return true;
}

static const char *word_or(const char *text, const char *other)
{
	return text != NULL && *text != '\0' ? text : other;
}

bool shop_quantity_of(const struct shop_decimal *decimal, int scale, const char *unit,
                      int64_t *ret_qty, struct shop_error *err)
{
	char text[SHOP_QUANTITY_TEXT];

	assert(scale >= 0 && scale <= SHOP_QUANTITY_SCALE_MAX);
	shop_quantity_format(decimal->value, decimal->scale, text);
	if (decimal->unit[0] != '\0' && strcmp(decimal->unit, word_or(unit, "")) != 0)
		return shop_fail(err, E_VALUE, "%s%s: the product is counted in %s", text,
		                 decimal->unit, word_or(unit, "pieces, without a unit"));
	if (decimal->scale > scale)
		return shop_fail(err, E_VALUE,
		                 "%s has %d decimals, the product's quantities have %d", text,
		                 decimal->scale, scale);
	if (__builtin_mul_overflow(decimal->value, number_power(scale - decimal->scale), ret_qty))
		return shop_fail(err, E_VALUE, "%s is out of range", text);
	return true;
}

const char *shop_quantity_format(int64_t qty, int scale, char text[SHOP_QUANTITY_TEXT])
{
	number_format(qty, scale, text);
	return text;
}

bool shop_weight_parse(const char *text, int64_t *ret_grams, struct shop_error *err)
{
	const char *p = text;
	struct number number;
	number_wide grams;
	int scale;

	if (!number_scan(&p, &number) || number.value < 0)
		return fail_form(text, "weight", "350g or 1.25kg", err);
	if (strcmp(p, "kg") != 0 && strcmp(p, "g") != 0 && *p != '\0')
		return fail_form(text, "weight", "350g or 1.25kg", err);
	scale = *p == 'k' ? 3 : 0;
	drop_zeros(&number);
	if (number.scale > scale)
		return shop_fail(err, E_VALUE, "%s is finer than a gram", text);
	grams = (number_wide)number.value * number_power(scale - number.scale);
	if (grams > WEIGHT_MAX_G)
		return shop_fail(err, E_VALUE, "%s is out of range: at most 1000000kg", text);
	*ret_grams = (int64_t)grams;
	return true;
}

bool shop_int_parse(const char *text, int64_t min, int64_t max, int64_t *ret_value,
                    struct shop_error *err)
{
	bool negative = *text == '-';
	const char *p = negative ? text + 1 : text;
	int64_t value;

	if (!g_ascii_isdigit(*p) || p[strspn(p, "0123456789")] != '\0')
		return shop_fail(err, E_VALUE, "\"%.*s\" is not a whole number", NUMBER_QUOTE,
		                 text);
	if (!number_scan_digits(&p, INT64_MAX, &value) || (negative ? -value : value) < min ||
	    (negative ? -value : value) > max)
		return shop_fail(err, E_VALUE,
		                 "%.*s is out of range: %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
		                 NUMBER_QUOTE, text, min, max);
	*ret_value = negative ? -value : value;
	return true;
}

/*
 * Money as text and its arithmetic: whole minor units, never rounded on the way in, half-even where
 * it must.
 */
#include "shop/money.h"

#include "number.h"

#include <assert.h>
#include <string.h>

static bool in_range(number_wide minor)
{
	return minor >= -SHOP_MINOR_MAX && minor <= SHOP_MINOR_MAX;
}

static bool set_minor(number_wide minor, const char *currency, struct shop_money *ret_money,
                      struct shop_error *err)
{
	if (!in_range(minor))
		return shop_fail(err, E_INVALID,
		                 "amount is out of range: at most 2^53-1 minor units of %s",
		                 currency);
	if (ret_money->currency != currency)
		g_strlcpy(ret_money->currency, currency, sizeof(ret_money->currency));
	ret_money->minor = (int64_t)minor;
	return true;
}

static bool fail_form(const char *text, struct shop_error *err)
{
	char *dotted = number_dotted(text);

	if (dotted != NULL)
		shop_fail(err, E_VALUE,
		          "\"%s\" is not an amount: decimals follow a dot, nothing else divides; "
		          "did you mean %s",
		          text, dotted);
	else
		shop_fail(err, E_VALUE,
		          "\"%.*s\" is not an amount, expected a form like 19.99 or 19.99 EUR",
		          NUMBER_QUOTE, text);
	g_free(dotted);
	return false;
}

/* Read a currency code: three letters. Moves *at behind them. */
static bool scan_code(const char **at, char ret_code[4])
{
	const char *p = *at;

	for (int i = 0; i < 3; i++) {
		if (!g_ascii_isalpha(p[i]))
			return false;
		ret_code[i] = g_ascii_toupper(p[i]);
	}
	ret_code[3] = '\0';
	*at = p + 3;
	return true;
}

/* Take the text apart into number and code; "" = no code typed. */
static bool scan_amount(const char *text, struct number *number, char code[4])
{
	const char *p = text;

	code[0] = '\0';
	if (g_ascii_isalpha(*p))
		return scan_code(&p, code) && *p++ == ' ' && number_scan(&p, number) && *p == '\0';
	if (!number_scan(&p, number))
		return false;
	if (*p == '\0')
		return true;
	p += *p == ' ' ? 1 : 0;
	return scan_code(&p, code) && *p == '\0';
}

static bool to_minor(const char *text, const struct number *number,
                     const struct shop_currency *currency, int64_t *ret_minor,
                     struct shop_error *err)
{
	number_wide minor = number->value;

	if (number->scale > currency->exponent)
		return shop_fail(err, E_VALUE, "%.*s has %d decimals, %s has %d", NUMBER_QUOTE,
		                 text, number->scale, currency->code, currency->exponent);
	minor *= number_power(currency->exponent - number->scale);
	if (!in_range(minor))
		return shop_fail(err, E_VALUE, "%.*s is out of range: at most 2^53-1 minor units",
		                 NUMBER_QUOTE, text);
	*ret_minor = (int64_t)minor;
	return true;
}

struct shop_money shop_money_of(int64_t minor, const char *currency)
{
	struct shop_money money = { .minor = minor };

	g_strlcpy(money.currency, currency == NULL ? "" : currency, sizeof(money.currency));
	return money;
}

bool shop_money_parse(const char *text, const char *currency, struct shop_money *ret_money,
                      struct shop_error *err)
{
	const struct shop_currency *found;
	struct number number;
	char code[4];
	int64_t minor = 0;

	if (!scan_amount(text, &number, code))
		return fail_form(text, err);
	if (code[0] == '\0' && currency == NULL)
		return shop_fail(err, E_VALUE, "%s names no currency, expected a form like %s EUR",
		                 text, text);
	found = shop_currency_find(code[0] != '\0' ? code : currency);
	if (found == NULL)
		return shop_fail(err, E_VALUE, "%s is not an ISO 4217 currency",
		                 code[0] != '\0' ? code : currency);
	if (!to_minor(text, &number, found, &minor, err))
		return false;
	ret_money->minor = minor;
	memcpy(ret_money->currency, found->code, sizeof(ret_money->currency));
	return true;
}

const char *shop_money_format(struct shop_money money, char text[SHOP_MONEY_TEXT])
{
	const struct shop_currency *currency = shop_currency_find(money.currency);

	number_format(money.minor, currency != NULL ? currency->exponent : 0, text);
	return text;
}

const char *shop_money_format_full(struct shop_money money, char text[SHOP_MONEY_TEXT])
{
	shop_money_format(money, text);
	if (money.currency[0] != '\0') {
		g_strlcat(text, " ", SHOP_MONEY_TEXT);
		g_strlcat(text, money.currency, SHOP_MONEY_TEXT);
	}
	return text;
}

bool shop_money_add(struct shop_money a, struct shop_money b, struct shop_money *ret_sum,
                    struct shop_error *err)
{
	if (strcmp(a.currency, b.currency) != 0)
		return shop_fail(err, E_CURRENCY, "cannot add %s to %s", b.currency, a.currency);
	return set_minor((number_wide)a.minor + b.minor, a.currency, ret_sum, err);
}

bool shop_money_times(struct shop_money unit, int64_t qty, int scale, struct shop_money *ret_total,
                      struct shop_error *err)
{
	number_wide total = number_half_even((number_wide)unit.minor * qty, number_power(scale));

	return set_minor(total, unit.currency, ret_total, err);
}

bool shop_adjust_parse(const char *text, const char *currency, struct shop_adjust *ret_adjust,
                       struct shop_error *err)
{
	const char *p = text;
	struct shop_money money;
	struct number number;

	if (*text != '+' && *text != '-')
		return shop_fail(err, E_VALUE,
		                 "\"%.*s\" is not a change, expected a form like +5%% or -1.00",
		                 NUMBER_QUOTE, text);
	if (number_scan(&p, &number) && strcmp(p, "%") == 0) {
		/* 10,000 % keeps every later product inside the range of money. */
		if (number.scale > 2 || number.value > 1000000 || number.value < -1000000)
			return shop_fail(err, E_VALUE,
			                 "%s: a percentage has at most 2 decimals and 4 digits",
			                 text);
		*ret_adjust = (struct shop_adjust){
			.percent = true,
			.value = number.value * number_power(2 - number.scale),
		};
		return true;
	}
	if (!shop_money_parse(text, currency, &money, err))
		return false;
	if (currency != NULL && g_ascii_strcasecmp(money.currency, currency) != 0)
		return shop_fail(err, E_VALUE, "%s is not in %s", text, currency);
	*ret_adjust = (struct shop_adjust){ .percent = false, .value = money.minor };
	return true;
}

bool shop_money_adjust(struct shop_money money, struct shop_adjust by, struct shop_money *ret_money,
                       struct shop_error *err)
{
	number_wide minor = (number_wide)money.minor + by.value;
	char text[SHOP_MONEY_TEXT];

	if (by.percent)
		minor = number_half_even((number_wide)money.minor * ((number_wide)10000 + by.value),
		                         10000);
	if (minor < 0)
		return shop_fail(err, E_INVALID, "%s would become negative",
		                 shop_money_format_full(money, text));
	return set_minor(minor, money.currency, ret_money, err);
}

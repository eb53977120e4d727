/*
 * Money: int64 minor units with an ISO 4217 currency beside it. No floating point anywhere.
 *
 *	struct shop_money price;
 *	shop_money_parse("12.50", "EUR", &price, err);      1250 EUR
 *	shop_money_times(price, 5, 0, &total, err);          6250 EUR
 *	shop_money_format(total, text);                      "62.50"
 */
#ifndef SHOP_MONEY_H
#define SHOP_MONEY_H

#include "shop/error.h"

#include <stddef.h>
#include <stdint.h>

#define SHOP_MINOR_MAX ((INT64_C(1) << 53) - 1)
#define SHOP_MONEY_TEXT 40

struct shop_money {
	int64_t minor;
	char currency[4]; /* ISO 4217, upper case; "" = not set */
};

/** An amount with its currency; a NULL currency gives "". */
struct shop_money shop_money_of(int64_t minor, const char *currency);

/* What ISO 4217 says of one currency. */
struct shop_currency {
	char code[4];
	int exponent; /* decimals of the minor unit: 0 JPY, 2 EUR, 3 KWD, 4 CLF */
	const char *name;
};

/** The currency of a code (any case), or NULL. */
const struct shop_currency *shop_currency_find(const char *code);

/** All currencies in code order; *ret_count gets their number. */
const struct shop_currency *shop_currency_all(size_t *ret_count);

/**
 * Read `19.99` (in `currency`), `19.99EUR`, `19.99 EUR` or `EUR 19.99`; a leading `-` or `+` is allowed.
 *
 * currency       what a bare number is in; may be NULL when the text must name one
 * Fails with     E_VALUE: a comma (the fix suggests the dotted form), more decimals than the currency has,
 *                an unknown currency, out of ±(2^53−1) minor units
 */
bool shop_money_parse(const char *text, const char *currency, struct shop_money *ret_money,
                      struct shop_error *err) SHOP_CHECKED;

/** "19.99" (no currency) with the currency's decimals. Returns text. */
const char *shop_money_format(struct shop_money money, char text[SHOP_MONEY_TEXT]);

/** "19.99 EUR". Returns text. */
const char *shop_money_format_full(struct shop_money money, char text[SHOP_MONEY_TEXT]);

/** Sum of two amounts. Fails with E_CURRENCY (they differ) or E_INVALID (out of range). */
bool shop_money_add(struct shop_money a, struct shop_money b, struct shop_money *ret_sum,
                    struct shop_error *err) SHOP_CHECKED;

/**
 * unit × quantity, the quantity being in 10^-scale units; half-even to the minor unit.
 *
 * Fails with E_INVALID (out of range).
 */
bool shop_money_times(struct shop_money unit, int64_t qty, int scale, struct shop_money *ret_total,
                      struct shop_error *err) SHOP_CHECKED;

/** part/whole of an amount, half-even, never overflowing. `whole` must be positive. */
int64_t shop_minor_share(int64_t minor, int64_t part, int64_t whole);

/**
 * Split `minor` over `count` weights so that the parts sum to it exactly: each half-even, the remainder
 * to the largest weight. Weights must be ≥ 0 and not all zero.
 */
void shop_minor_split(int64_t minor, const int64_t *weights, size_t count, int64_t *ret_parts);

/* A relative price change as typed: `+5%`, `-1.00`. */
struct shop_adjust {
	bool percent;
	int64_t value; /* minor units, or hundredths of a percent */
};

/** Read `+5%`, `-12.5%`, `+1.00`, `-1.00` (sign required). Fails with E_VALUE. */
bool shop_adjust_parse(const char *text, const char *currency, struct shop_adjust *ret_adjust,
                       struct shop_error *err) SHOP_CHECKED;

/** The amount after the adjustment, half-even. Fails with E_INVALID (negative or out of range). */
bool shop_money_adjust(struct shop_money money, struct shop_adjust by, struct shop_money *ret_money,
                       struct shop_error *err) SHOP_CHECKED;

#endif

/*
 * Quantity: int64 in the product's smallest unit; `scale` decimals (0 to 6) make it readable.
 *
 *	shop_decimal_parse("1.250kg", &typed, err);            1.25 "kg"
 *	shop_quantity_of(&typed, 3, "kg", &qty, err);          1250
 *	shop_quantity_format(1250, 3, text);                   "1.250"
 */
#ifndef SHOP_QUANTITY_H
#define SHOP_QUANTITY_H

#include "shop/error.h"

#include <stdint.h>

#define SHOP_QUANTITY_MAX INT64_C(1000000) /* whole units of one line, SAFETY.md §13 */
#define SHOP_QUANTITY_SCALE_MAX 6
#define SHOP_QUANTITY_TEXT 32

/* A decimal as typed, before the product that says its scale and unit is known. */
struct shop_decimal {
	int64_t value; /* in 10^-scale units; SHOP_NULL (record.h) = not given */
	int scale;     /* decimals as typed, trailing zeros dropped */
	char unit[16]; /* suffix as typed, or "" */
};

/** Read `2`, `1.250`, `1.250kg`, `-5`, `+3`. Fails with E_VALUE (also over SHOP_QUANTITY_MAX whole units). */
bool shop_decimal_parse(const char *text, struct shop_decimal *ret_decimal, struct shop_error *err) SHOP_CHECKED;

/**
 * The quantity a typed decimal means for a product with `scale` decimals and `unit`.
 *
 * unit           the product's unit; a typed suffix must equal it
 * Fails with     E_VALUE: more decimals than scale, another unit
 */
bool shop_quantity_of(const struct shop_decimal *decimal, int scale, const char *unit, int64_t *ret_qty,
                      struct shop_error *err) SHOP_CHECKED;

/** "1.250"; "3" at scale 0. Returns text. */
const char *shop_quantity_format(int64_t qty, int scale, char text[SHOP_QUANTITY_TEXT]);

/** A weight in grams: `350g`, `1.25kg`, `350` (grams). Fails with E_VALUE. */
bool shop_weight_parse(const char *text, int64_t *ret_grams, struct shop_error *err) SHOP_CHECKED;

/** A whole number in [min, max], ASCII digits with an optional `-`. Fails with E_VALUE. */
bool shop_int_parse(const char *text, int64_t min, int64_t max, int64_t *ret_value,
                    struct shop_error *err) SHOP_CHECKED;

#endif

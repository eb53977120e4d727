/* Private to lib/base: reading and writing exact decimals, shared by money, quantity and ids. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* More would not fit an int64 with digits before the point. */
#define NUMBER_SCALE_MAX 9
#define NUMBER_TEXT 32

/* Longest part of a refused input that a message repeats. */
#define NUMBER_QUOTE 60

/* A product of two int64 fits. */
__extension__ typedef __int128 number_wide;

/* A decimal as typed. */
struct number {
	int64_t value; /* in 10^-scale units, sign included */
	int scale;     /* digits after the dot */
	bool sign;     /* whether a sign was typed */
};

/*
 * Read `[+-]digits[.digits]` at *at and move *at behind it. False: no number there, or one too
 * large.
 */
bool number_scan(const char **at, struct number *ret_number);

/* Read ASCII digits without a sign, at most `max`; moves *at behind them. */
bool number_scan_digits(const char **at, int64_t max, int64_t *ret_value);

/* 10^scale, scale 0 to 18. */
int64_t number_power(int scale);

/* n / d to the nearest whole, halves to the even one; d > 0. */
number_wide number_half_even(number_wide n, number_wide d);

/* Write value with `scale` decimals; returns its length. */
size_t number_format(int64_t value, int scale, char text[NUMBER_TEXT]);

/*
 * What was meant by a number with a comma ("1.234,50" gives "1234.50"), or NULL; the caller's
 * (g_free).
 */
char *number_dotted(const char *text);

#endif

/*
 * Exact decimals as text and back. ASCII digits only, a dot as the only separator, no rounding
 * here.
 */
#include "number.h"

#include <assert.h>
#include <string.h>

bool number_scan_digits(const char **at, int64_t max, int64_t *ret_value)
{
	const char *p = *at;
	int64_t value = 0;

	if (!g_ascii_isdigit(*p))
		return false;
	for (; g_ascii_isdigit(*p); p++) {
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, *p - '0', &value) || value > max)
			return false;
	}
	*ret_value = value;
	*at = p;
	return true;
}

bool number_scan(const char **at, struct number *ret_number)
{
	const char *p = *at;
	struct number n = { .sign = *p == '-' || *p == '+' };
	bool negative = *p == '-';

	p += n.sign ? 1 : 0;
	if (!number_scan_digits(&p, INT64_MAX, &n.value))
		return false;
	if (*p == '.') {
		if (!g_ascii_isdigit(*++p))
			return false;
		for (; g_ascii_isdigit(*p); p++, n.scale++) {
			if (n.scale == NUMBER_SCALE_MAX ||
			    __builtin_mul_overflow(n.value, 10, &n.value) ||
			    __builtin_add_overflow(n.value, *p - '0', &n.value))
				return false;
		}
	}
	if (negative)
		n.value = -n.value;
	*ret_number = n;
	*at = p;
	return true;
}

int64_t number_power(int scale)
{
	int64_t power = 1;

	assert(scale >= 0 && scale <= 18);
	while (scale-- > 0)
		power *= 10;
	return power;
}

number_wide number_half_even(number_wide n, number_wide d)
{
	number_wide quotient = n / d;
	number_wide rest = n % d;
	number_wide away = n < 0 ? -1 : 1;
	number_wide gap;

	if (rest < 0)
		rest = -rest;
	gap = d - rest;
	if (rest > gap || (rest == gap && quotient % 2 != 0))
		quotient += away;
	return quotient;
}

size_t number_format(int64_t value, int scale, char text[NUMBER_TEXT])
{
	uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
	char reversed[NUMBER_TEXT];
	size_t count = 0, length = 0;

	assert(scale >= 0 && scale <= 18);
	for (int digit = 0; left > 0 || digit <= scale; digit++) {
		if (scale > 0 && digit == scale)
			reversed[count++] = '.';
		reversed[count++] = (char)('0' + left % 10);
		left /= 10;
	}
	if (value < 0)
		text[length++] = '-';
	while (count > 0)
		text[length++] = reversed[--count];
	text[length] = '\0';
	return length;
}

/* One comma before three last digits groups thousands as often as not; a price has two decimals. */
static bool groups_thousands(const char *comma)
{
	return strspn(comma + 1, "0123456789") == 3;
}

char *number_dotted(const char *text)
{
	const char *comma = strrchr(text, ',');
	const char *dot = strrchr(text, '.');
	const char *decimal;
	GString *dotted;

	if (comma == NULL || strlen(text) > NUMBER_QUOTE)
		return NULL;
	decimal = dot != NULL && dot > comma ? dot : comma;
	if (decimal == comma &&
	    (strchr(text, ',') != comma || (dot == NULL && groups_thousands(comma))))
		decimal = NULL;

	dotted = g_string_new(NULL);
	for (const char *p = text; *p != '\0'; p++) {
		if (p == decimal)
			g_string_append_c(dotted, '.');
		else if (*p != ',' && *p != '.')
			g_string_append_c(dotted, *p);
	}
	return g_string_free(dotted, FALSE);
}

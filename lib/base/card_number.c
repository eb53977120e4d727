/* Finding payment card numbers in text, so that none is ever stored (SAFETY.md §8). */
#include "shop/text.h"

#define DIGITS_MIN 13
#define DIGITS_MAX 19
/* "4111 - 1111": more than three characters between two digits is another number. */
#define GAP_MAX 3

/* Where issuers' numbers begin, over the first `digits` digits, and how long they are. */
struct issuer {
	int digits;
	int first, last;
	size_t min, max;
};

static const struct issuer issuers[] = {
	{ 1, 4, 4, 13, 19 },       /* Visa */
	{ 2, 51, 55, 16, 16 },     /* Mastercard */
	{ 4, 2221, 2720, 16, 16 }, /* Mastercard */
	{ 2, 34, 34, 15, 15 },     /* American Express */
	{ 2, 37, 37, 15, 15 },     /* American Express */
	{ 4, 6011, 6011, 16, 19 }, /* Discover */
	{ 3, 644, 659, 16, 19 },   /* Discover */
	{ 3, 300, 305, 14, 19 },   /* Diners Club */
	{ 2, 36, 36, 14, 19 },     /* Diners Club */
	{ 2, 38, 39, 14, 19 },     /* Diners Club */
	{ 4, 3528, 3589, 16, 19 }, /* JCB */
	{ 2, 62, 62, 16, 19 },     /* UnionPay */
	{ 4, 2200, 2204, 16, 19 }, /* Mir */
	{ 2, 50, 50, 13, 19 },     /* Maestro */
	{ 2, 56, 58, 13, 19 },     /* Maestro */
	{ 4, 6304, 6304, 13, 19 }, /* Maestro */
	{ 3, 675, 676, 13, 19 },   /* Maestro */
};

/* The digits seen last, and which of them begin a group ("4111 1111" has two groups). */
struct window {
	int digits[DIGITS_MAX];
	bool starts[DIGITS_MAX];
	size_t count;
};

static bool passes_luhn(const int *digits, size_t count)
{
	int sum = 0;

	for (size_t i = 0; i < count; i++) {
		int digit = digits[count - 1 - i] * (i % 2 == 1 ? 2 : 1);

		sum += digit > 9 ? digit - 9 : digit;
	}
	return sum % 10 == 0;
}

static bool has_issuer(const int *digits, size_t count)
{
	for (size_t i = 0; i < G_N_ELEMENTS(issuers); i++) {
		const struct issuer *issuer = &issuers[i];
		int begin = 0;

		for (int d = 0; d < issuer->digits; d++)
			begin = begin * 10 + digits[d];
		if (begin >= issuer->first && begin <= issuer->last && count >= issuer->min &&
		    count <= issuer->max)
			return true;
	}
	return false;
}

/*
 * German and Japanese barcodes begin with 4 too, and one in ten passes Luhn; their own check digit
 * tells.
 */
static bool is_barcode(const int *digits, size_t count)
{
	int sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += digits[i] * (i % 2 == 1 ? 3 : 1);
	return count == 13 && sum % 10 == 0;
}

/* Whether a card number ends with the last digit; it must begin where a group of digits begins. */
static bool ends_card(const struct window *w)
{
	for (size_t i = 0; i + DIGITS_MIN <= w->count; i++) {
		const int *digits = w->digits + i;
		size_t count = w->count - i;

		if (w->starts[i] && has_issuer(digits, count) && passes_luhn(digits, count) &&
		    !is_barcode(digits, count))
			return true;
	}
	return false;
}

static void push_digit(struct window *w, int digit, bool starts)
{
	if (w->count == DIGITS_MAX) {
		w->count--;
		for (size_t i = 0; i < w->count; i++) {
			w->digits[i] = w->digits[i + 1];
			w->starts[i] = w->starts[i + 1];
		}
	}
	w->digits[w->count] = digit;
	w->starts[w->count++] = starts;
}

/* The next character and what it is; bytes that are not UTF-8 count as separators. */
static gunichar next_char(const char **text)
{
	gunichar c = g_utf8_get_char_validated(*text, -1);

	if (c == (gunichar)-1 || c == (gunichar)-2) {
		*text += 1;
		return ' ';
	}
	*text = g_utf8_next_char(*text);
	return c;
}

bool shop_text_has_card_number(const char *text)
{
	struct window w = { .count = 0 };
	size_t gap = 1;

	while (*text != '\0') {
		gunichar c = next_char(&text);
		int digit = g_unichar_digit_value(
			c); /* any script's digits: a full-width number is a number */

		if (digit >= 0) {
			push_digit(&w, digit, gap > 0);
			gap = 0;
			continue;
		}
		if (gap == 0 && ends_card(&w))
			return true;
		gap++;
		if (gap > GAP_MAX || g_unichar_isalpha(c))
			w.count = 0;
	}
	return gap == 0 && ends_card(&w);
}

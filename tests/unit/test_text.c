/* Text on its way in and out, card numbers, and near misses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shop/text.h"

#include <string.h>

static const struct shop_text_rule line = { .max_chars = 20, .required = true };
static const struct shop_text_rule note = { .max_chars = 200, .multiline = true };

static void text_is_normalised_and_otherwise_kept(void **state)
{
	AUTO_ERROR struct shop_error err = { 0 };
	AUTO_TEXT char *mug = NULL;
	AUTO_TEXT char *lines = NULL;

	(void)state;
	assert_true(shop_text_clean(" Cafe\xcc\x81 ", "name", &line, &mug, &err));
	assert_string_equal(mug, " Caf\xc3\xa9 ");
	assert_true(shop_text_clean("a\n\tb", "note", &note, &lines, &err));
	assert_string_equal(lines, "a\n\tb");
}

static void what_may_steer_a_terminal_or_is_too_long_is_refused(void **state)
{
	static const char *const wrong[] = {
		"",
		"a\nb",
		"a\tb",
		"a\x1b[31m",
		"a\x7f",
		"a\xc2\x9b",
		"a\xe2\x80\xae",
		"a\xe2\x81\xa6",
		"a\xff",
		"a\xc3",
		"abcdefghijklmnopqrstu",
		"a\xcc\xb1\xcc\xb1\xcc\xb1\xcc\xb1\xcc\xb1\xcc\xb1\xcc\xb1\xcc\xb1\xcc\xb1",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		AUTO_ERROR struct shop_error err = { 0 };
		char *text = NULL;

		assert_false(shop_text_clean(wrong[i], "name", &line, &text, &err));
		assert_int_equal(err.id, E_TEXT);
		assert_string_equal(err.field, "name");
		assert_null(text);
	}
}

static void card_numbers_are_found_however_they_are_written(void **state)
{
	static const char *const cards[] = {
		"4111111111111111",
		"4111 1111 1111 1111",
		"pay with 4111-1111-1111-1111 12/28 123",
		"4.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1",
		"card4242424242424242x",
		"378282246310005",
		"5555555555554444",
		"2223003122003222",
		"6011111111111117",
		"30569309025904",
		"3530111333300000",
		"4222222222222",
		"12 4111 1111 1111 1111",
		"6200000000000005",
		"\xef\xbc\x94\xef\xbc\x91\xef\xbc\x91\xef\xbc\x91 1111 1111 1111",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cards); i++) {
		AUTO_ERROR struct shop_error err = { 0 };
		char *text = NULL;

		if (!shop_text_has_card_number(cards[i]))
			fail_msg("%s was not found", cards[i]);
		assert_false(shop_text_clean(cards[i], "note", &note, &text, &err));
		assert_int_equal(err.id, E_CARD_NUMBER);
	}
}

static void other_numbers_are_no_card_numbers(void **state)
{
	static const char *const others[] = {
		"",
		"4111111111111112",
		"411111111111",
		"00340434161094021501",
		"4006381333931",
		"+49 30 901820",
		"2026-11-23 14:05",
		"4111 or 1111 or 1111 or 1111",
		"1234567812345670",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
		if (shop_text_has_card_number(others[i]))
			fail_msg("%s was taken for a card number", others[i]);
	}
}

static void addresses_and_countries_are_checked(void **state)
{
	static const char *const wrong[] = {
		"", "ana", "@x", "ana@", "a@b@c", "a b@c.de", "a@b,c@d"
	};
	AUTO_ERROR struct shop_error err = { 0 };
	AUTO_TEXT char *email = NULL;
	char country[3];

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
		assert_false(shop_email_clean(wrong[i], &email, &err));
	assert_true(shop_email_clean("ana@example.org", &email, &err));
	assert_string_equal(email, "ana@example.org");
	assert_true(shop_country_clean("de", country, &err));
	assert_string_equal(country, "DE");
	assert_false(shop_country_clean("DEU", country, &err));
	assert_int_equal(err.id, E_INVALID);
}

static void what_a_terminal_would_obey_is_shown_instead(void **state)
{
	AUTO_STRING GString *shown = g_string_new(NULL);

	(void)state;
	shop_text_escape(shown, "caf\xc3\xa9 \x1b[31m\n\x7f\xc2\x9b\xe2\x80\xae\xff\xc3");
	assert_string_equal(shown->str, "caf\xc3\xa9 \\x1b[31m\\x0a\\x7f\\u009b\\u202e\\xff\\xc3");
}

static void a_near_miss_is_found_and_a_far_one_is_not(void **state)
{
	static const char *const verbs[] = { "list", "show", "create", "cancel" };

	(void)state;
	assert_int_equal(shop_text_distance("", "abc"), 3);
	assert_int_equal(shop_text_distance("kitten", "sitting"), 3);
	assert_int_equal(shop_text_distance("lsit", "list"), 1);
	assert_string_equal(shop_text_nearest("lsit", verbs, 4), "list");
	assert_string_equal(shop_text_nearest("cancle", verbs, 4), "cancel");
	assert_null(shop_text_nearest("frobnicate", verbs, 4));
	assert_null(shop_text_nearest("x", NULL, 0));
}

static void a_text_is_as_wide_as_a_terminal_shows_it(void **state)
{
	static const struct {
		const char *text;
		size_t width;
	} rows[] = {
		{ "", 0 },
		{ "Blue mug", 8 },
		{ "Caf\xc3\xa9", 4 },
		{ "Cafe\xcc\x81", 4 },
		{ "\xe8\x8c\xb6\xe7\xa2\x97", 4 }, /* two CJK letters */
		{ "\xed\x95\x9c\xea\xb8\x80", 4 }, /* two Hangul syllables */
		{ "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", 2 }, /* one, in its parts */
		{ "\xef\xbd\xb6", 1 }, /* half-width kana */
		{ "\xe0\xa4\x95\xe0\xa5\x8d\xe2\x80\x8d\xe0\xa4\xb7", 2 }, /* a joiner between letters joins no picture */
		{ "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7", 2 }, /* a family */
		{ "\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd", 2 }, /* a thumb with its colour */
		{ "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa\xf0\x9f\x87\xab\xf0\x9f\x87\xb7", 4 }, /* two flags */
		{ "\xe2\x9d\xa4\xef\xb8\x8f", 2 }, /* a heart as a picture */
		{ "\xe2\x9d\xa4\xef\xb8\x8f\xe2\x80\x8d\xf0\x9f\x94\xa5", 2 }, /* on fire */
		{ "1\xef\xb8\x8f\xe2\x83\xa3", 2 }, /* a keycap */
		{ "\xe2\x97\x90 paid", 6 },
		{ "a\xe2\x80\x8b", 1 },
	};
	size_t i, width;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (shop_text_width(rows[i].text) != rows[i].width)
			fail_msg("%s: %zu, not %zu", rows[i].text, shop_text_width(rows[i].text), rows[i].width);
	assert_int_equal(shop_text_fitting("Cafe\xcc\x81!", 4, &width), 6);
	assert_int_equal(width, 4);
	assert_int_equal(shop_text_fitting("\xe8\x8c\xb6\xe7\xa2\x97", 3, &width), 3);
	assert_int_equal(width, 2);
	assert_int_equal(shop_text_fitting("abc", 0, &width), 0);
	assert_int_equal(shop_text_fitting(rows[9].text, 1, &width), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_normalised_and_otherwise_kept),
		cmocka_unit_test(what_may_steer_a_terminal_or_is_too_long_is_refused),
		cmocka_unit_test(card_numbers_are_found_however_they_are_written),
		cmocka_unit_test(other_numbers_are_no_card_numbers),
		cmocka_unit_test(addresses_and_countries_are_checked),
		cmocka_unit_test(what_a_terminal_would_obey_is_shown_instead),
		cmocka_unit_test(a_text_is_as_wide_as_a_terminal_shows_it),
		cmocka_unit_test(a_near_miss_is_found_and_a_far_one_is_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Money: reading, writing, rounding and splitting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shop/money.h"

#include <glib.h>
#include <string.h>

static void an_amount_is_read_in_every_accepted_spelling(void **state)
{
	static const struct {
		const char *text, *currency;
		int64_t minor;
		const char *read_as;
	} cases[] = {
		{ "19.99", "EUR", 1999, "EUR" },
		{ "19.9", "EUR", 1990, "EUR" },
		{ "19", "eur", 1900, "EUR" },
		{ "19.99EUR", "USD", 1999, "EUR" },
		{ "19.99 eur", NULL, 1999, "EUR" },
		{ "EUR 19.99", NULL, 1999, "EUR" },
		{ "EUR -19.99", NULL, -1999, "EUR" },
		{ "-0.01", "EUR", -1, "EUR" },
		{ "+5", "JPY", 5, "JPY" },
		{ "1.234", "KWD", 1234, "KWD" },
		{ "1.2345", "CLF", 12345, "CLF" },
		{ "9007199254740991", "JPY", SHOP_MINOR_MAX, "JPY" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		AUTO_ERROR struct shop_error err = { 0 };
		struct shop_money money = { 0 };

		assert_true(shop_money_parse(cases[i].text, cases[i].currency, &money, &err));
		assert_int_equal(money.minor, cases[i].minor);
		assert_string_equal(money.currency, cases[i].read_as);
	}
}

static void what_is_no_amount_is_refused_and_nothing_is_written(void **state)
{
	static const char *const wrong[] = {
		"",
		"-",
		".5",
		"5.",
		"1.5.5",
		"abc",
		"1e5",
		"0x10",
		" 1",
		"1 ",
		"--1",
		"1.999",
		"1.990",
		"19.99 XYZ",
		"19.99EURO",
		"19.99  EUR",
		"EUR",
		"EUR19",
		"EUR 19.99 EUR",
		"90071992547409.92",
		"99999999999999999999",
		"\xd9\xa1",
		"1\u00a0000",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		AUTO_ERROR struct shop_error err = { 0 };
		struct shop_money money = { .minor = -7 };

		assert_false(shop_money_parse(wrong[i], "EUR", &money, &err));
		assert_int_equal(err.id, E_VALUE);
		assert_int_equal(money.minor, -7);
	}
}

static void money_with_a_comma_is_refused_and_the_dotted_form_suggested(void **state)
{
	static const char *const cases[][2] = {
		{ "1,50", "did you mean 1.50" },         { "-1,5 EUR", "did you mean -1.5 EUR" },
		{ "1.234,56", "did you mean 1234.56" },  { "1,234.56", "did you mean 1234.56" },
		{ "1,234,567", "did you mean 1234567" }, { "1,234", "did you mean 1234" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		AUTO_ERROR struct shop_error err = { 0 };
		struct shop_money money;

		assert_false(shop_money_parse(cases[i][0], "EUR", &money, &err));
		assert_int_equal(err.id, E_VALUE);
		assert_non_null(strstr(err.message, cases[i][1]));
	}
}

static void a_bare_number_without_a_currency_is_refused(void **state)
{
	AUTO_ERROR struct shop_error err = { 0 };
	struct shop_money money;

	(void)state;
	assert_false(shop_money_parse("5", NULL, &money, &err));
	assert_non_null(strstr(err.message, "names no currency"));
}

static void an_amount_is_written_with_its_currencys_decimals(void **state)
{
	static const struct {
		struct shop_money money;
		const char *text;
	} cases[] = {
		{ { 1999, "EUR" }, "19.99 EUR" },
		{ { -5, "EUR" }, "-0.05 EUR" },
		{ { 0, "EUR" }, "0.00 EUR" },
		{ { 1999, "JPY" }, "1999 JPY" },
		{ { 1, "KWD" }, "0.001 KWD" },
		{ { 12345, "CLF" }, "1.2345 CLF" },
		{ { INT64_MIN, "EUR" }, "-92233720368547758.08 EUR" },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		char text[SHOP_MONEY_TEXT];

		assert_string_equal(shop_money_format_full(cases[i].money, text), cases[i].text);
	}
}

static void amounts_of_one_currency_add_up_and_of_two_do_not(void **state)
{
	AUTO_ERROR struct shop_error err = { 0 };
	struct shop_money sum = { 150, "EUR" };

	(void)state;
	assert_true(shop_money_add(sum, (struct shop_money){ 50, "EUR" }, &sum, &err));
	assert_int_equal(sum.minor, 200);
	assert_false(shop_money_add(sum, (struct shop_money){ 50, "USD" }, &sum, &err));
	assert_int_equal(err.id, E_CURRENCY);
	assert_false(
		shop_money_add(sum, (struct shop_money){ SHOP_MINOR_MAX, "EUR" }, &sum, &err));
	assert_int_equal(err.id, E_INVALID);
	assert_int_equal(sum.minor, 200);
}

static void a_price_times_a_quantity_rounds_halves_to_even(void **state)
{
	static const int64_t cases[][4] = {
		{ 1250, 5, 0, 6250 }, { 1, 500, 3, 0 },      { 3, 500, 3, 2 }, { 5, 500, 3, 2 },
		{ -3, 500, 3, -2 },   { 199, 1250, 3, 249 }, { 1, 501, 3, 1 },
	};
	AUTO_ERROR struct shop_error err = { 0 };
	struct shop_money total;

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const struct shop_money unit = { cases[i][0], "EUR" };

		assert_true(shop_money_times(unit, cases[i][1], (int)cases[i][2], &total, &err));
		assert_int_equal(total.minor, cases[i][3]);
	}
	assert_false(shop_money_times((struct shop_money){ SHOP_MINOR_MAX, "EUR" }, INT64_MAX, 0,
	                              &total, &err));
	assert_int_equal(err.id, E_INVALID);
}

static void a_share_never_overflows(void **state)
{
	(void)state;
	assert_int_equal(shop_minor_share(100, 1, 3), 33);
	assert_int_equal(shop_minor_share(5, 1, 2), 2);
	assert_int_equal(shop_minor_share(-7, 1, 2), -4);
	assert_true(shop_minor_share(INT64_MAX, INT64_MAX, INT64_MAX) == INT64_MAX);
	assert_true(shop_minor_share(INT64_MAX, INT64_MAX, 1) == INT64_MAX);
}

static void parts_sum_to_the_whole_and_none_changes_sign(void **state)
{
	static const struct {
		int64_t minor, weights[10], parts[10];
		size_t count;
	} cases[] = {
		{ 100, { 1, 1, 1 }, { 34, 33, 33 }, 3 },
		{ 100, { 1, 5, 1 }, { 14, 72, 14 }, 3 },
		{ -100, { 1, 1, 1 }, { -34, -33, -33 }, 3 },
		{ 7, { 0, 1 }, { 0, 7 }, 2 },
		{ 15, { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }, { 0, 0, 1, 2, 2, 2, 2, 2, 2, 2 }, 10 },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		int64_t parts[10];

		shop_minor_split(cases[i].minor, cases[i].weights, cases[i].count, parts);
		for (size_t k = 0; k < cases[i].count; k++)
			assert_int_equal(parts[k], cases[i].parts[k]);
	}
}

static void a_relative_change_is_read_and_applied(void **state)
{
	static const struct {
		const char *text;
		int64_t value, from, to;
		bool percent;
	} cases[] = {
		{ "+5%", 500, 1000, 1050, true },       { "-12.5%", -1250, 1000, 875, true },
		{ "+0.05%", 5, 1000, 1000, true },      { "-1.00", -100, 1000, 900, false },
		{ "+1.00EUR", 100, 1000, 1100, false },
	};
	AUTO_ERROR struct shop_error err = { 0 };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct shop_money money = { cases[i].from, "EUR" };
		struct shop_adjust by;

		assert_true(shop_adjust_parse(cases[i].text, "EUR", &by, &err));
		assert_int_equal(by.value, cases[i].value);
		assert_int_equal(by.percent, cases[i].percent);
		assert_true(shop_money_adjust(money, by, &money, &err));
		assert_int_equal(money.minor, cases[i].to);
	}
}

static void a_change_needs_a_sign_and_must_not_go_below_zero(void **state)
{
	static const char *const wrong[] = {
		"5%", "1.00", "+5.555%", "+%", "-1.00USD", "", "+1,5"
	};
	AUTO_ERROR struct shop_error err = { 0 };
	struct shop_money money = { 50, "EUR" };
	struct shop_adjust by = { .value = -100 };

	(void)state;
	assert_false(shop_money_adjust(money, by, &money, &err));
	assert_int_equal(err.id, E_INVALID);
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		assert_false(shop_adjust_parse(wrong[i], "EUR", &by, &err));
		assert_int_equal(err.id, E_VALUE);
	}
}

static void every_currency_is_found_and_the_table_is_in_order(void **state)
{
	size_t count;
	const struct shop_currency *all = shop_currency_all(&count);

	(void)state;
	assert_true(count > 160);
	for (size_t i = 0; i < count; i++) {
		assert_ptr_equal(shop_currency_find(all[i].code), &all[i]);
		assert_true(i == 0 || strcmp(all[i - 1].code, all[i].code) < 0);
		assert_in_range(all[i].exponent, 0, 4);
	}
	assert_int_equal(shop_currency_find("uyw")->exponent, 4);
	assert_null(shop_currency_find("XXX"));
	assert_null(shop_currency_find(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_amount_is_read_in_every_accepted_spelling),
		cmocka_unit_test(what_is_no_amount_is_refused_and_nothing_is_written),
		cmocka_unit_test(money_with_a_comma_is_refused_and_the_dotted_form_suggested),
		cmocka_unit_test(a_bare_number_without_a_currency_is_refused),
		cmocka_unit_test(an_amount_is_written_with_its_currencys_decimals),
		cmocka_unit_test(amounts_of_one_currency_add_up_and_of_two_do_not),
		cmocka_unit_test(a_price_times_a_quantity_rounds_halves_to_even),
		cmocka_unit_test(a_share_never_overflows),
		cmocka_unit_test(parts_sum_to_the_whole_and_none_changes_sign),
		cmocka_unit_test(a_relative_change_is_read_and_applied),
		cmocka_unit_test(a_change_needs_a_sign_and_must_not_go_below_zero),
		cmocka_unit_test(every_currency_is_found_and_the_table_is_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

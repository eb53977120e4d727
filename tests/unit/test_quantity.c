/* Quantities, weights and whole numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shop/quantity.h"

#include <glib.h>
#include <string.h>

static void a_typed_quantity_becomes_the_products_smallest_units(void **state)
{
	static const struct {
		const char *text, *unit;
		int scale;
		int64_t qty;
	} cases[] = {
		{ "2", "", 0, 2 },
		{ "1.250", "kg", 3, 1250 },
		{ "1.250kg", "kg", 3, 1250 },
		{ "-5", NULL, 0, -5 },
		{ "+3", NULL, 0, 3 },
		{ "2.000", NULL, 0, 2 },
		{ "1000000", "", 6, INT64_C(1000000000000) },
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		AUTO_ERROR struct shop_error err = { 0 };
		struct shop_decimal decimal;
		int64_t qty = 0;

		assert_true(shop_decimal_parse(cases[i].text, &decimal, &err));
		assert_true(shop_quantity_of(&decimal, cases[i].scale, cases[i].unit, &qty, &err));
		assert_int_equal(qty, cases[i].qty);
	}
}

static void what_is_no_quantity_is_refused(void **state)
{
	static const char *const wrong[] = {
		"",
		"-",
		"1.",
		".5",
		"1,5",
		"1.5.",
		"5 kg",
		"5kg ",
		"1000001",
		"1.0000001",
		"5-",
		"5\xff",
		"99999999999999999999",
		"1averyveryverylongunit",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		AUTO_ERROR struct shop_error err = { 0 };
		struct shop_decimal decimal;

		assert_false(shop_decimal_parse(wrong[i], &decimal, &err));
		assert_int_equal(err.id, E_VALUE);
	}
}

static void another_unit_or_more_decimals_than_the_product_has_are_refused(void **state)
{
	AUTO_ERROR struct shop_error err = { 0 };
	struct shop_decimal decimal;
	int64_t qty = -7;

	(void)state;
	assert_true(shop_decimal_parse("1.25lb", &decimal, &err));
	assert_false(shop_quantity_of(&decimal, 3, "kg", &qty, &err));
	assert_non_null(strstr(err.message, "counted in kg"));
	assert_true(shop_decimal_parse("1.25", &decimal, &err));
	assert_false(shop_quantity_of(&decimal, 1, "kg", &qty, &err));
	assert_int_equal(qty, -7);
}

static void a_quantity_is_written_with_all_its_decimals(void **state)
{
	char text[SHOP_QUANTITY_TEXT];

	(void)state;
	assert_string_equal(shop_quantity_format(1250, 3, text), "1.250");
	assert_string_equal(shop_quantity_format(3, 0, text), "3");
	assert_string_equal(shop_quantity_format(-5, 3, text), "-0.005");
	assert_string_equal(shop_quantity_format(0, 2, text), "0.00");
}

static void a_weight_is_read_in_grams(void **state)
{
	static const struct {
		const char *text;
		int64_t grams;
	} cases[] = {
		{ "350g", 350 }, { "1.25kg", 1250 }, { "350", 350 }, { "2.0g", 2 }, { "0", 0 }
	};
	static const char *const wrong[] = { "1.5g",  "-5g", "1.0001kg", "5lb",
		                             "1,5kg", "",    "g",        "2000000kg" };
	AUTO_ERROR struct shop_error err = { 0 };
	int64_t grams = 0;

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		assert_true(shop_weight_parse(cases[i].text, &grams, &err));
		assert_int_equal(grams, cases[i].grams);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
		assert_false(shop_weight_parse(wrong[i], &grams, &err));
}

static void a_whole_number_is_read_whole_and_in_range(void **state)
{
	static const char *const wrong[] = {
		"", "-", "+1", "1.0", "1 ", " 1", "0x1", "101", "-11", "9223372036854775808",
	};
	AUTO_ERROR struct shop_error err = { 0 };
	int64_t value = 0;

	(void)state;
	assert_true(shop_int_parse("-10", -10, 100, &value, &err));
	assert_int_equal(value, -10);
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		assert_false(shop_int_parse(wrong[i], -10, 100, &value, &err));
		assert_int_equal(err.id, E_VALUE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_typed_quantity_becomes_the_products_smallest_units),
		cmocka_unit_test(what_is_no_quantity_is_refused),
		cmocka_unit_test(another_unit_or_more_decimals_than_the_product_has_are_refused),
		cmocka_unit_test(a_quantity_is_written_with_all_its_decimals),
		cmocka_unit_test(a_weight_is_read_in_grams),
		cmocka_unit_test(a_whole_number_is_read_whole_and_in_range),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

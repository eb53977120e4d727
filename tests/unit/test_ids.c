/* Typed ids and SKUs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shop/ids.h"

#include <glib.h>

static void an_id_is_read_in_every_accepted_spelling(void **state)
{
	static const char *const spellings[] = { "ord-1042", "ORD-1042", "Ord-1042", "#1042",
		                                 "1042" };

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(spellings); i++) {
		AUTO_ERROR struct shop_error err = { 0 };
		int64_t id = 0;

		assert_true(shop_id_parse(spellings[i], SHOP_ID_ORDER, &id, &err));
		assert_int_equal(id, 1042);
	}
}

static void what_is_no_id_is_refused_and_nothing_is_written(void **state)
{
	static const char *const wrong[] = {
		"",    "#",        "ord-",  "ord", "ord-10x", "-5",       "ord--5",
		"+5",  " 1042",    "1042 ", "0",   "ord-0",   "ord-0042", "99999999999999999999",
		"1.5", "foo-1042",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		AUTO_ERROR struct shop_error err = { 0 };
		int64_t id = -7;

		assert_false(shop_id_parse(wrong[i], SHOP_ID_ORDER, &id, &err));
		assert_int_equal(err.id, E_VALUE);
		assert_int_equal(id, -7);
	}
}

static void an_id_of_another_type_says_what_it_is_and_what_is_wanted(void **state)
{
	AUTO_ERROR struct shop_error err = { 0 };
	int64_t id;

	(void)state;
	assert_false(shop_id_parse("pay-88", SHOP_ID_ORDER, &id, &err));
	assert_string_equal(err.message, "pay-88 is a payment, this takes an order");
}

static void every_type_is_written_and_read_back(void **state)
{
	(void)state;
	for (int type = SHOP_ID_PRODUCT; type < SHOP_ID_TYPES; type++) {
		AUTO_ERROR struct shop_error err = { 0 };
		char text[SHOP_ID_TEXT];
		int64_t id = 0;

		shop_id_format((enum shop_id_type)type, INT64_MAX, text);
		assert_int_equal(shop_id_type_of(text), type);
		assert_true(shop_id_parse(text, (enum shop_id_type)type, &id, &err));
		assert_true(id == INT64_MAX);
	}
}

static void no_id_is_no_text(void **state)
{
	char text[SHOP_ID_TEXT];

	(void)state;
	assert_string_equal(shop_id_format(SHOP_ID_ORDER, 0, text), "");
	assert_string_equal(shop_id_format(SHOP_ID_ORDER, 1042, text), "ord-1042");
}

static void a_sku_is_stored_in_upper_case(void **state)
{
	AUTO_ERROR struct shop_error err = { 0 };
	char sku[SHOP_SKU_MAX + 1];

	(void)state;
	assert_true(shop_sku_parse("mug-01/b_2.x", sku, &err));
	assert_string_equal(sku, "MUG-01/B_2.X");
	assert_true(shop_sku_parse("ORDINARY-1", sku, &err));
	assert_true(shop_sku_parse("4006381333931", sku, &err));
}

static void what_is_no_sku_is_refused(void **state)
{
	static const char *const wrong[] = {
		"",          "-A",
		".A",        "A B",
		"A\xc3\xa4", "A,B",
		"ord-1042",  "PRD-7",
		"ret-007",   "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		AUTO_ERROR struct shop_error err = { 0 };
		char sku[SHOP_SKU_MAX + 1];

		assert_false(shop_sku_parse(wrong[i], sku, &err));
		assert_int_equal(err.id, E_VALUE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_id_is_read_in_every_accepted_spelling),
		cmocka_unit_test(what_is_no_id_is_refused_and_nothing_is_written),
		cmocka_unit_test(an_id_of_another_type_says_what_it_is_and_what_is_wanted),
		cmocka_unit_test(every_type_is_written_and_read_back),
		cmocka_unit_test(no_id_is_no_text),
		cmocka_unit_test(a_sku_is_stored_in_upper_case),
		cmocka_unit_test(what_is_no_sku_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

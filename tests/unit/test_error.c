/* Errors: raising, context, the next step, and the catalogue. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shop/error.h"

#include <glib.h>
#include <string.h>

static void raising_sets_the_id_its_exit_status_and_the_message(void **state)
{
	AUTO_ERROR struct shop_error err = { 0 };

	(void)state;
	assert_false(shop_fail(&err, E_STOCK_SHORT, "MUG-01: %d wanted", 5));
	assert_int_equal(err.id, E_STOCK_SHORT);
	assert_int_equal(err.code, SHOP_REFUSED);
	assert_string_equal(err.message, "MUG-01: 5 wanted");
}

static void context_is_put_before_the_message(void **state)
{
	AUTO_ERROR struct shop_error err = { 0 };

	(void)state;
	shop_fail(&err, E_ORDER_SHIPPED, "order ord-1002 has already shipped");
	assert_false(shop_fail_while(&err, "canceling an order"));
	assert_string_equal(err.message, "canceling an order: order ord-1002 has already shipped");
}

static void object_field_fact_details_and_fix_are_kept(void **state)
{
	AUTO_ERROR struct shop_error err = { 0 };

	(void)state;
	shop_fail(&err, E_ORDER_UNPAID, "payment not authorized");
	assert_false(shop_fail_object(&err, "ord-1042"));
	assert_false(shop_fail_field(&err, "method"));
	assert_false(shop_fail_because(&err, "pay-%d was declined", 88));
	assert_false(shop_fail_details(&err, g_strdup("{}")));
	assert_false(shop_fail_fix(&err, "payment", "authorize", "ord-1042", NULL));
	assert_string_equal(err.object, "ord-1042");
	assert_string_equal(err.field, "method");
	assert_string_equal(err.because, "pay-88 was declined");
	assert_string_equal(err.details, "{}");
	assert_string_equal(err.fix[2], "ord-1042");
	assert_null(err.fix[3]);
}

static void raising_again_replaces_everything_and_may_quote_the_old_error(void **state)
{
	AUTO_ERROR struct shop_error err = { 0 };

	(void)state;
	shop_fail(&err, E_IO, "disk");
	shop_fail_object(&err, "file");
	shop_fail(&err, E_IMPORT, "row 3: %s", err.message);
	assert_string_equal(err.message, "row 3: disk");
	assert_null(err.object);
}

static void a_message_is_utf8_even_when_it_quotes_bytes_that_are_not(void **state)
{
	AUTO_ERROR struct shop_error err = { 0 };

	(void)state;
	shop_fail(&err, E_VALUE, "no \xff here");
	assert_true(g_utf8_validate(err.message, -1, NULL));
}

static void a_taken_error_leaves_nothing_behind(void **state)
{
	struct shop_error from = { 0 };
	AUTO_ERROR struct shop_error to = { 0 };

	(void)state;
	shop_fail(&to, E_IO, "older");
	shop_fail(&from, E_VALUE, "newer");
	shop_error_take(&to, &from);
	assert_string_equal(to.message, "newer");
	assert_null(from.message);
	assert_int_equal(from.code, SHOP_OK);
}

static void nobody_has_to_ask_for_the_error(void **state)
{
	(void)state;
	assert_false(shop_fail(NULL, E_VALUE, "x"));
	assert_false(shop_fail_while(NULL, "x"));
	assert_false(shop_fail_details(NULL, g_strdup("{}")));
	assert_false(shop_fail_fix(NULL, "a", NULL));
	shop_error_done(NULL);
}

static void every_id_has_a_name_an_exit_status_and_help(void **state)
{
	(void)state;
	for (int id = E_NONE + 1; id < SHOP_ERROR_COUNT; id++) {
		const struct shop_error_info *info = shop_error_info((enum shop_error_id)id);

		assert_memory_equal(info->name, "E_", 2);
		assert_int_not_equal(info->code, SHOP_OK);
		assert_true(strlen(info->help) > 10);
	}
	assert_string_equal(shop_error_info(SHOP_ERROR_COUNT)->name, "E_INTERNAL");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(raising_sets_the_id_its_exit_status_and_the_message),
		cmocka_unit_test(context_is_put_before_the_message),
		cmocka_unit_test(object_field_fact_details_and_fix_are_kept),
		cmocka_unit_test(raising_again_replaces_everything_and_may_quote_the_old_error),
		cmocka_unit_test(a_message_is_utf8_even_when_it_quotes_bytes_that_are_not),
		cmocka_unit_test(a_taken_error_leaves_nothing_behind),
		cmocka_unit_test(nobody_has_to_ask_for_the_error),
		cmocka_unit_test(every_id_has_a_name_an_exit_status_and_help),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The JSON writer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shop/json.h"
#include "shop/record.h"
#include "shop/text.h"

static void an_object_is_written_compactly(void **state)
{
	AUTO_STRING GString *to = g_string_new(NULL);
	struct shop_json j = { .to = to };

	(void)state;
	shop_json_object(&j, NULL);
	shop_json_text(&j, "sku", "MUG-01");
	shop_json_int(&j, "qty", INT64_MAX);
	shop_json_bool(&j, "gift", true);
	shop_json_null(&j, "note");
	shop_json_id(&j, "order", SHOP_ID_ORDER, 1042);
	shop_json_id(&j, "cart", SHOP_ID_CART, 0);
	shop_json_quantity(&j, "weight", 1250, 3);
	shop_json_time(&j, "at", 0);
	shop_json_raw(&j, "data", "{\"a\":1}");
	shop_json_end(&j);
	assert_string_equal(to->str,
	                    "{\"sku\":\"MUG-01\",\"qty\":9223372036854775807,\"gift\":true,"
	                    "\"note\":null,\"order\":\"ord-1042\",\"cart\":null,\"weight\":1.250,"
	                    "\"at\":\"1970-01-01T00:00:00.000Z\",\"data\":{\"a\":1}}");
}

static void containers_nest_and_indent_by_two_spaces(void **state)
{
	AUTO_STRING GString *to = g_string_new(NULL);
	struct shop_json j = { .to = to, .pretty = true };

	(void)state;
	shop_json_array(&j, NULL);
	shop_json_int(&j, NULL, 1);
	shop_json_object(&j, NULL);
	shop_json_array(&j, "none");
	shop_json_end(&j);
	shop_json_end(&j);
	shop_json_end(&j);
	assert_string_equal(to->str, "[\n  1,\n  {\n    \"none\": []\n  }\n]");
	assert_int_equal(j.depth, 0);
}

static void text_is_escaped_and_otherwise_exact(void **state)
{
	AUTO_STRING GString *to = g_string_new(NULL);
	struct shop_json j = { .to = to };

	(void)state;
	shop_json_text(&j, NULL, "\"\\/\b\f\n\r\t\x01\x1f\x7f caf\xc3\xa9");
	assert_string_equal(to->str, "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f caf\xc3\xa9\"");
}

static void an_amount_has_its_text_its_currency_and_its_minor_units(void **state)
{
	AUTO_STRING GString *to = g_string_new(NULL);
	struct shop_json j = { .to = to };

	(void)state;
	shop_json_array(&j, NULL);
	shop_json_money(&j, NULL, (struct shop_money){ 1999, "EUR" });
	shop_json_money(&j, NULL, (struct shop_money){ SHOP_NULL, "EUR" });
	shop_json_end(&j);
	assert_string_equal(to->str,
	                    "[{\"amount\":\"19.99\",\"currency\":\"EUR\",\"minor\":1999},null]");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_object_is_written_compactly),
		cmocka_unit_test(containers_nest_and_indent_by_two_spaces),
		cmocka_unit_test(text_is_escaped_and_otherwise_exact),
		cmocka_unit_test(an_amount_has_its_text_its_currency_and_its_minor_units),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The tables that import reads by: each name once, each column told. */
#include "import/import_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct import_kind *kind_at(size_t n)
{
	struct shop_error err = {0};
	const struct import_kind *kind = import_kind_find(shop_import_kinds[n], &err);

	assert_non_null(kind);
	assert_string_equal(kind->name, shop_import_kinds[n]);
	return kind;
}

static void each_kind_is_found_by_its_name(void **state)
{
	struct shop_error err = {0};

	(void)state;
	for (size_t n = 0; shop_import_kinds[n] != NULL; n++)
		assert_non_null(kind_at(n)->write);
	assert_null(import_kind_find("nonsense", &err));
	assert_int_equal(err.code, SHOP_USAGE);
	shop_error_done(&err);
}

static void each_column_is_named_once_and_told(void **state)
{
	(void)state;
	for (size_t n = 0; shop_import_kinds[n] != NULL; n++) {
		const struct import_kind *kind = kind_at(n);

		assert_in_range(kind->count, 1, IMPORT_FIELDS_MAX);
		assert_true(kind->fields[0].required);
		for (size_t i = 0; i < kind->count; i++) {
			const struct import_field *field = &kind->fields[i];

			assert_true(field->type == IMPORT_ANY || field->doc != NULL);
			assert_true(field->type != IMPORT_TEXT || field->max_chars > 0);
			for (size_t k = 0; k < i; k++)
				assert_string_not_equal(field->name, kind->fields[k].name);
		}
	}
}

static void money_names_the_column_of_its_currency(void **state)
{
	(void)state;
	for (size_t n = 0; shop_import_kinds[n] != NULL; n++) {
		const struct import_kind *kind = kind_at(n);

		for (size_t i = 0; i < kind->count; i++)
			if (kind->fields[i].currency != 0)
				assert_int_equal(kind->fields[kind->fields[i].currency].type,
						 IMPORT_CURRENCY);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_is_found_by_its_name),
		cmocka_unit_test(each_column_is_named_once_and_told),
		cmocka_unit_test(money_names_the_column_of_its_currency),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

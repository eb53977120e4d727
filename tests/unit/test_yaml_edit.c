/* One key of a YAML text is changed, and not a byte of the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/yaml_edit.c"
#include "config/yaml_tree.c"
#include "frame/config_yaml.c"

/* The text after the change, or the error's id and nothing changed. */
static void assert_edit(const char *before, const char *key, const char *value, const char *after)
{
	AUTO_ERROR struct shop_error err = {0};
	GString *text = g_string_new(before);

	if (!yaml_edit(text, "c.yaml", key, value, &err))
		fail_msg("%s", err.message);
	assert_string_equal(text->str, after);
	g_string_free(text, TRUE);
}

static void assert_left(const char *before, const char *key, const char *value,
			enum shop_error_id id)
{
	AUTO_ERROR struct shop_error err = {0};
	GString *text = g_string_new(before);

	assert_false(yaml_edit(text, "c.yaml", key, value, &err));
	assert_int_equal(err.id, id);
	assert_string_equal(text->str, before);
	g_string_free(text, TRUE);
}

static const char file[] = "# The shop at the corner.\n"
			   "version: 1\n"
			   "stock:\n"
			   "  low: 5   # of everything\n"
			   "  # for \xE2\x80\x9Cslow\xE2\x80\x9D carts\n"
			   "  reserve_for: 1h\n"
			   "\n"
			   "# Days are long.\n"
			   "orders: {late_after: 48h, pay_within: {manual: 7d}}\n";

static void a_value_is_replaced_where_it_stands(void **state)
{
	(void)state;
	assert_edit("stock:\n  low: 5   # of everything\n", "stock.low", "10",
		    "stock:\n  low: 10   # of everything\n");
	assert_edit("a: {b: \"x\", c: 'y'} # z\n", "a.c", "1 2", "a: {b: \"x\", c: \"1 2\"} # z\n");
	assert_edit("a: |\n  long\n  text\nb: 2\n", "a", "short", "a: short\nb: 2\n");
	assert_edit("l: [a, b]\nm: 1\n", "l", "c,d", "l: \"c,d\"\nm: 1\n");
	assert_edit("l:\n  - a\n  - b\nm: 1\n", "l", "c", "l:\n  c\nm: 1\n");
	assert_edit("a:\nb: 1\n", "a", "x", "a: x\nb: 1\n");
	assert_edit("name: \xC3\xA9t\xC3\xA9\nb: {c: \xC3\xA9, d: 1}\n", "b.d", "2",
		    "name: \xC3\xA9t\xC3\xA9\nb: {c: \xC3\xA9, d: 2}\n");
}

static void a_new_key_comes_last_in_its_group(void **state)
{
	GString *wanted = g_string_new(file);

	(void)state;
	g_string_insert(wanted, strstr(wanted->str, "\n# Days") - wanted->str, "  policy: fifo\n");
	assert_edit(file, "stock.policy", "fifo", wanted->str);
	g_string_assign(wanted, file);
	g_string_insert(wanted, strstr(wanted->str, "}}") - wanted->str, ", default: 24h");
	assert_edit(file, "orders.pay_within.default", "24h", wanted->str);
	g_string_assign(wanted, file);
	g_string_append(wanted, "aliases:\n  late: \"order list \\\"--late\\\"\"\n");
	assert_edit(file, "aliases.late", "order list \"--late\"", wanted->str);
	g_string_free(wanted, TRUE);
}

static void a_file_may_begin_with_the_key(void **state)
{
	(void)state;
	assert_edit("", "aliases.late", "x", "aliases:\n  late: x\n");
	assert_edit("# nothing yet", "stock.low", "1", "# nothing yet\nstock:\n  low: 1\n");
	assert_edit("{}\n", "stock.low", "1", "{stock: {low: 1}}\n");
	assert_edit("aliases:\nb: 1\n", "aliases.late", "x y", "aliases: {late: \"x y\"}\nb: 1\n");
	assert_edit("a: 1", "b", "2", "a: 1\nb: 2\n");
	assert_edit("a:\n    b: 1\n", "a.c.d", "2", "a:\n    b: 1\n    c:\n      d: 2\n");
}

static void what_is_removed_takes_its_line_and_an_emptied_group(void **state)
{
	(void)state;
	assert_edit("a: 1\nb:\n  c: 2 # gone too\nd: 3\n", "b.c", NULL, "a: 1\nd: 3\n");
	assert_edit("a:\n  b: 1\n  # of d\n  d: 2\n", "a.b", NULL, "a:\n  # of d\n  d: 2\n");
	assert_edit("a: {b: 1, c: 2, d: 3}\n", "a.c", NULL, "a: {b: 1, d: 3}\n");
	assert_edit("a: {b: 1, c: 2}\n", "a.c", NULL, "a: {b: 1}\n");
	assert_edit("a: {b: {c: 2}, e: 1}\n", "a.b.c", NULL, "a: {e: 1}\n");
	assert_left("a: 1\n", "b", NULL, E_NOT_FOUND);
	assert_left("", "b", NULL, E_NOT_FOUND);
}

static void what_would_disturb_the_rest_is_refused(void **state)
{
	(void)state;
	assert_left("stock: 5\n", "stock.low", "1", E_CONFIG);
	assert_left("a:\n  b: 1\n  c: 2\n", "a", "1", E_CONFIG);
	assert_left("a: &x 1\nb: *x\n", "a", "2", E_CONFIG);
	assert_left("a: [1\n", "b", "2", E_CONFIG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_replaced_where_it_stands),
		cmocka_unit_test(a_new_key_comes_last_in_its_group),
		cmocka_unit_test(a_file_may_begin_with_the_key),
		cmocka_unit_test(what_is_removed_takes_its_line_and_an_emptied_group),
		cmocka_unit_test(what_would_disturb_the_rest_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

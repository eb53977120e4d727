/* The configuration's YAML under its limits, and the typed schema of keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "frame/config_schema.c"
#include "frame/config_yaml.c"

/* Collects "key=value@line " of everything read. */
static bool collect(const char *key, const char *value, int line, void *ctx, struct shop_error *err)
{
	(void)err;
	g_string_append_printf(ctx, "%s=%s@%d ", key, value, line);
	return true;
}

static char *read_yaml(const char *text, struct shop_error *err)
{
	GString *got = g_string_new(NULL);

	if (!config_yaml_read(text, strlen(text), "c.yaml", collect, got, err))
		g_string_assign(got, "failed");
	return g_string_free(got, FALSE);
}

static void assert_reads(const char *text, const char *expected)
{
	AUTO_ERROR struct shop_error err = { 0 };
	char *got = read_yaml(text, &err);

	assert_string_equal(got, expected);
	g_free(got);
}

static void assert_refused(const char *text, const char *message)
{
	AUTO_ERROR struct shop_error err = { 0 };
	char *got = read_yaml(text, &err);

	assert_string_equal(got, "failed");
	assert_int_equal(err.id, E_CONFIG);
	assert_non_null(strstr(err.message, message));
	g_free(got);
}

static void mappings_become_dotted_keys_with_their_lines(void **state)
{
	(void)state;
	assert_reads("", "");
	assert_reads("stock: {low: 3}\norders:\n  pay_within:\n    manual: 7d\n",
		     "stock.low=3@1 orders.pay_within.manual=7d@4 ");
	assert_reads("safety:\n  require_reason: [stock.adjust, payment.refund]\n",
		     "safety.require_reason=stock.adjust,payment.refund@2 ");
}

static void scalars_keep_the_text_they_were_written_with(void **state)
{
	(void)state;
	assert_reads("a: NO\nb: 01234\nc: 1_000\n", "a=NO@1 b=01234@2 c=1_000@3 ");
}

static void what_could_surprise_is_refused_with_its_line(void **state)
{
	(void)state;
	assert_refused("a: &x 1\nb: *x\n", "c.yaml:2: aliases");
	assert_refused("a: !!int 1\n", "c.yaml:1: tags");
	assert_refused("a: 1\na: 2\n", "c.yaml:2: this key stands twice");
	assert_refused("s: {a: 1}\nt: {b: 1, b: 2}\n", "c.yaml:2: this key stands twice");
	assert_refused("- a\n", "not expected");
	assert_refused("just text\n", "a mapping of keys");
	assert_refused("a: [b, {c: d}]\n", "plain value");
	assert_refused("a: [\n", "c.yaml:");
}

static void depth_and_size_are_limited(void **state)
{
	GString *deep = g_string_new(NULL);
	GString *large = g_string_new("a: ");
	int i;

	(void)state;
	for (i = 0; i < 20; i++)
		g_string_append(deep, "{k: ");
	assert_refused(deep->str, "too deeply");
	for (i = 0; i < 1024 * 1024; i++)
		g_string_append_c(large, 'x');
	assert_refused(large->str, "1 MiB");
	g_string_free(deep, TRUE);
	g_string_free(large, TRUE);
}

static void assert_value(const char *key, const char *text, bool ok)
{
	AUTO_ERROR struct shop_error err = { 0 };

	assert_non_null(config_key_find(key));
	assert_int_equal(config_value_check(config_key_find(key), text, &err), ok);
	assert_int_equal(err.id, ok ? E_NONE : E_CONFIG);
}

static void values_are_checked_against_the_type_of_their_key(void **state)
{
	(void)state;
	assert_value("stock.low", "5", true);
	assert_value("stock.low", "five", false);
	assert_value("stock.low", "-1", false);
	assert_value("store.test", "true", true);
	assert_value("store.test", "yes", false);
	assert_value("store.synchronous", "late", true);
	assert_value("store.synchronous", "never", false);
	assert_value("store.busy_timeout", "2h30min", true);
	assert_value("store.busy_timeout", "soon", false);
	assert_value("purchase.over_receipt", "10%", true);
	assert_value("fields.order", "id,total", true);
}

static void every_default_passes_its_own_check(void **state)
{
	size_t i, count;
	const struct config_key *all = config_schema(&count);

	(void)state;
	for (i = 0; i < count; i++)
		if (all[i].fallback != NULL)
			assert_value(all[i].name, all[i].fallback, true);
	assert_null(config_key_find("stock.lo"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mappings_become_dotted_keys_with_their_lines),
		cmocka_unit_test(scalars_keep_the_text_they_were_written_with),
		cmocka_unit_test(what_could_surprise_is_refused_with_its_line),
		cmocka_unit_test(depth_and_size_are_limited),
		cmocka_unit_test(values_are_checked_against_the_type_of_their_key),
		cmocka_unit_test(every_default_passes_its_own_check),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

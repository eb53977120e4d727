/* From the text of operands and options to the members of an args struct. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "frame/values.c"

struct args {
	int64_t order_id;
	int64_t limit;
	struct shop_money price;
	struct shop_decimal by;
	struct line_args lines;
	const char *status;
	const char *text;
	enum tri restock;
	bool all;
};

static const char *const words[] = { "paid", "on_hold", NULL };

static const struct operand_spec operands[] = {
	OPERAND_ID(struct args, order_id, "ORDER", SHOP_ID_ORDER, "the order"),
	OPERAND(struct args, lines, struct line_args, ARG_LINES, "LINE", "lines"),
	{ 0 },
};
static const struct option_spec options[] = {
	OPTION(struct args, limit, int64_t, ARG_INT, 0, "limit", "N", "at most"),
	OPTION(struct args, price, struct shop_money, ARG_MONEY, 0, "price", "MONEY", "price"),
	OPTION(struct args, by, struct shop_decimal, ARG_DECIMAL, 0, "by", "QTY", "by"),
	OPTION(struct args, status, const char *, ARG_WORD, 0, "status", "S", "status",
	       .words = words),
	OPTION(struct args, text, const char *, ARG_LONGTEXT, 0, "note", "TEXT", "note"),
	OPTION(struct args, restock, enum tri, ARG_TRI, 0, "restock", NULL, "restock"),
	OPTION_FLAG(struct args, all, 0, "all", "all"),
	{ 0 },
};

/* values.c asks only for the place of a word on the command line. */
int usage_find(const struct invocation *inv, const char *word)
{
	(void)inv;
	(void)word;
	return 0;
}

struct fixture {
	struct invocation inv;
	struct value_context vc;
	struct args args;
	struct shop_error err;
};

static int setup(void **state)
{
	struct fixture *f = g_new0(struct fixture, 1);

	f->inv.strings = g_ptr_array_new_with_free_func(g_free);
	f->vc.inv = &f->inv;
	f->vc.currency = "EUR";
	values_default(operands, options, &f->args);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	g_ptr_array_unref(f->inv.strings);
	shop_error_done(&f->err);
	g_free(f);
	return 0;
}

static bool set(struct fixture *f, const char *name, const char *text)
{
	struct given given = { .value = (char *)(uintptr_t)text };

	for (given.spec = options; strcmp(given.spec->name, name) != 0; given.spec++)
		;
	return value_set_option(&f->vc, &given, &f->args, &f->err);
}

static void what_is_not_given_can_be_told_from_zero(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(f->args.order_id, 0);
	assert_true(f->args.limit == SHOP_NULL);
	assert_true(f->args.price.minor == SHOP_NULL);
	assert_true(f->args.by.value == SHOP_NULL);
	assert_int_equal(f->args.restock, TRI_UNSET);
}

static void options_are_read_as_their_types(void **state)
{
	struct fixture *f = *state;

	assert_true(set(f, "limit", "20") && set(f, "price", "9.50") && set(f, "by", "-5"));
	assert_true(set(f, "status", "ON_HOLD") && set(f, "note", "@@home") &&
		    set(f, "restock", NULL));
	assert_int_equal(f->args.limit, 20);
	assert_int_equal(f->args.price.minor, 950);
	assert_int_equal(f->args.by.value, -5);
	assert_string_equal(f->args.status, "on_hold");
	assert_string_equal(f->args.text, "@home");
	assert_int_equal(f->args.restock, TRI_YES);
}

static void an_error_names_the_option(void **state)
{
	struct fixture *f = *state;

	assert_false(set(f, "status", "lost"));
	assert_int_equal(f->err.id, E_VALUE);
	assert_string_equal(f->err.field, "status");
	assert_string_equal(f->err.message, "--status: \"lost\" is not one of paid, on_hold");
	assert_false(set(f, "note", "a\xff"));
	assert_false(set(f, "price", "9,50"));
}

static void ids_are_of_the_type_wanted(void **state)
{
	struct fixture *f = *state;

	assert_true(value_set_operand(&f->vc, &operands[0], "#1042", &f->args, &f->err));
	assert_int_equal(f->args.order_id, 1042);
	assert_false(value_set_operand(&f->vc, &operands[0], "pay-88", &f->args, &f->err));
	assert_int_equal(f->err.code, SHOP_USAGE);
}

static void lines_have_a_sku_a_quantity_and_a_price(void **state)
{
	struct fixture *f = *state;

	assert_true(value_set_operand(&f->vc, &operands[1], "mug", &f->args, &f->err));
	assert_true(value_set_operand(&f->vc, &operands[1], "TEA:1.25@3", &f->args, &f->err));
	assert_int_equal(f->args.lines.count, 2);
	assert_string_equal(f->args.lines.items[0].sku, "MUG");
	assert_int_equal(f->args.lines.items[0].qty.value, 1);
	assert_true(f->args.lines.items[0].price.minor == SHOP_NULL);
	assert_int_equal(f->args.lines.items[1].qty.value, 125);
	assert_int_equal(f->args.lines.items[1].price.minor, 300);
	assert_false(value_set_operand(&f->vc, &operands[1], "", &f->args, &f->err));
	assert_false(value_set_operand(&f->vc, &operands[1], "MUG:x", &f->args, &f->err));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_not_given_can_be_told_from_zero, setup,
						teardown),
		cmocka_unit_test_setup_teardown(options_are_read_as_their_types, setup, teardown),
		cmocka_unit_test_setup_teardown(an_error_names_the_option, setup, teardown),
		cmocka_unit_test_setup_teardown(ids_are_of_the_type_wanted, setup, teardown),
		cmocka_unit_test_setup_teardown(lines_have_a_sku_a_quantity_and_a_price, setup,
						teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The rules of payments and the sandbox, as tables: no store needed. */
#include "store_help.h"

#include "domain/domain.h"
#include "domain/payment/payment_rules.h"
#include "gateways/gateway.h"

#include <glib.h>
#include <string.h>

static void operations_add_up_and_failed_ones_count_nowhere(void **state)
{
	struct payment_fold fold = {0};

	(void)state;
	payment_fold_add(&fold, "authorize", "succeeded", 100);
	payment_fold_add(&fold, "authorize", "failed", 900);
	payment_fold_add(&fold, "capture", "succeeded", 30);
	payment_fold_add(&fold, "capture", "created", 20);
	payment_fold_add(&fold, "void", "created", 10);
	payment_fold_add(&fold, "refund", "succeeded", 5);
	assert_false(fold.called);
	payment_fold_add(&fold, "refund", "unknown", 15);

	assert_true(fold.called);
	assert_int_equal(payment_rest(&fold), 40);
	assert_int_equal(payment_refundable(&fold), 10);
}

static void the_status_follows_from_the_operations(void **state)
{
	static const struct {
		struct payment_fold fold;
		int64_t amount;
		bool pay_later;
		const char *status;
	} cases[] = {
		{{0}, 100, false, "requires_payment_method"},
		{{.authorizing = 100}, 100, false, "processing"},
		{{.authorized = 100}, 100, false, "requires_capture"},
		{{.authorized = 100, .capturing = 100}, 100, false, "requires_capture"},
		{{.authorized = 100, .captured = 40}, 100, false, "requires_capture"},
		{{.authorized = 100, .captured = 100}, 100, false, "succeeded"},
		{{.authorized = 100, .captured = 40, .voided = 60}, 100, false, "succeeded"},
		{{.authorized = 100, .voided = 100}, 100, false, "canceled"},
		{{.authorized = 100, .captured = 100, .refunded = 100}, 100, false, "succeeded"},
		{{.authorized = 40, .captured = 40}, 100, true, "requires_payment_method"},
		{{.authorized = 100, .captured = 100}, 100, true, "succeeded"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		assert_string_equal(
			payment_status_of(&cases[i].fold, cases[i].amount, cases[i].pay_later),
			cases[i].status);
}

static char *copy(const char *text)
{
	return g_strdup(text);
}

/* A guard's case: what the payment is, what is asked, and what comes of it. */
struct guard_case {
	const char *kind, *driver, *status;
	struct payment_fold fold;
	int64_t asked;
	enum shop_error_id error;
};

static bool allowed(const struct guard_case *c, struct shop_error *err)
{
	AUTO_PAYMENT struct shop_payment p = {.id = 1000,
					      .status = copy(c->status),
					      .driver = copy(c->driver),
					      .currency = copy("EUR"),
					      .amount = 100};

	if (strcmp(c->kind, "authorize") == 0)
		return payment_may_authorize(&p, &c->fold, c->asked, 100, err);
	if (strcmp(c->kind, "capture") == 0)
		return payment_may_capture(&p, &c->fold, c->asked, 100, err);
	if (strcmp(c->kind, "void") == 0)
		return payment_may_void(&p, &c->fold, err);
	return payment_may_refund(&p, &c->fold, c->asked, err);
}

static void guards_allow_what_is_left_and_no_more(void **state)
{
	static const struct guard_case cases[] = {
		{"authorize", "sandbox", "requires_payment_method", {0}, 100, E_NONE},
		{"authorize", "sandbox", "requires_payment_method", {0}, 101, E_PAYMENT_AMOUNT},
		{"authorize", "sandbox", "requires_payment_method", {0}, 0, E_PAYMENT_AMOUNT},
		{"authorize",
		 "sandbox",
		 "processing",
		 {.authorizing = 100, .called = true},
		 100,
		 E_PAYMENT_STATE},
		{"authorize",
		 "sandbox",
		 "requires_capture",
		 {.authorized = 100},
		 1,
		 E_PAYMENT_STATE},
		{"capture", "sandbox", "requires_capture", {.authorized = 100}, 100, E_NONE},
		{"capture",
		 "sandbox",
		 "requires_capture",
		 {.authorized = 100, .captured = 60},
		 41,
		 E_PAYMENT_AMOUNT},
		{"capture",
		 "sandbox",
		 "requires_capture",
		 {.authorized = 100, .capturing = 60},
		 41,
		 E_PAYMENT_AMOUNT},
		{"capture",
		 "sandbox",
		 "requires_capture",
		 {.authorized = 100, .voiding = 60},
		 40,
		 E_NONE},
		{"capture", "sandbox", "requires_payment_method", {0}, 1, E_PAYMENT_STATE},
		{"capture",
		 "sandbox",
		 "succeeded",
		 {.authorized = 100, .captured = 100},
		 1,
		 E_PAYMENT_STATE},
		{"capture", "manual", "requires_payment_method", {0}, 100, E_NONE},
		{"capture",
		 "manual",
		 "requires_payment_method",
		 {.authorized = 60, .captured = 60},
		 41,
		 E_PAYMENT_AMOUNT},
		{"capture", "manual", "canceled", {0}, 1, E_PAYMENT_STATE},
		{"void",
		 "sandbox",
		 "requires_capture",
		 {.authorized = 100, .captured = 60},
		 0,
		 E_NONE},
		{"void",
		 "sandbox",
		 "requires_capture",
		 {.authorized = 100, .capturing = 100},
		 0,
		 E_PAYMENT_STATE},
		{"void", "sandbox", "requires_payment_method", {0}, 0, E_NONE},
		{"void",
		 "manual",
		 "requires_payment_method",
		 {.authorized = 1, .captured = 1},
		 0,
		 E_PAYMENT_STATE},
		{"void", "sandbox", "processing", {.authorizing = 100}, 0, E_NONE},
		{"void",
		 "sandbox",
		 "processing",
		 {.authorizing = 100, .called = true},
		 0,
		 E_PAYMENT_STATE},
		{"void",
		 "sandbox",
		 "succeeded",
		 {.authorized = 100, .captured = 100},
		 0,
		 E_PAYMENT_STATE},
		{"refund",
		 "sandbox",
		 "succeeded",
		 {.authorized = 100, .captured = 100},
		 100,
		 E_NONE},
		{"refund",
		 "sandbox",
		 "succeeded",
		 {.captured = 100, .refunding = 60},
		 41,
		 E_PAYMENT_AMOUNT},
		{"refund", "sandbox", "succeeded", {.captured = 100, .refunded = 60}, 40, E_NONE},
		{"refund", "sandbox", "requires_capture", {.authorized = 100}, 1, E_PAYMENT_STATE},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		AUTO_ERROR struct shop_error err = {0};

		if (allowed(&cases[i], &err) != (cases[i].error == E_NONE) ||
		    err.id != cases[i].error)
			fail_msg("case %zu: %s", i, err.message);
	}
}

/* Lines were canceled after the authorization: 75 is left to pay of the 100 that were promised. */
static void a_capture_never_exceeds_what_the_order_still_costs(void **state)
{
	static const struct payment_fold fold = {.authorized = 100};
	AUTO_PAYMENT struct shop_payment p = {.id = 1000,
					      .status = copy("requires_capture"),
					      .driver = copy("sandbox"),
					      .currency = copy("EUR"),
					      .amount = 100};
	AUTO_ERROR struct shop_error err = {0};

	(void)state;
	assert_true(payment_may_capture(&p, &fold, 75, 75, &err));
	assert_false(payment_may_capture(&p, &fold, 76, 75, &err));
	assert_int_equal(err.id, E_PAYMENT_AMOUNT);
}

/* An operation that left for the provider is asked for, never repeated by hand. */
static void a_refusal_while_an_outcome_is_open_points_to_resolve(void **state)
{
	static const struct guard_case unknown = {
		"authorize", "sandbox",	     "processing", {.authorizing = 100, .called = true},
		100,	     E_PAYMENT_STATE};
	AUTO_ERROR struct shop_error err = {0};

	(void)state;
	assert_false(allowed(&unknown, &err));
	assert_string_equal(err.fix[1], "resolve");
}

static void parcels_are_paid_for_exactly(void **state)
{
	static const struct {
		int64_t mugs, gone, pots; /* of 5 mugs (12.50) and 1 pot (39.00) */
		int64_t owed, now;
	} cases[] = {
		{0, 0, 0, 10150, 0},   {3, 0, 1, 10150, 7650}, {5, 0, 1, 10150, 10150},
		{3, 2, 1, 7650, 7650}, {1, 0, 0, 10150, 1250}, {0, 5, 1, 3900, 3900},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct payment_due due = {0};

		payment_due_add(&due, 6250, 5, cases[i].mugs, cases[i].gone);
		payment_due_add(&due, 3900, 1, cases[i].pots, 0);
		assert_int_equal(payment_due_now(&due, 10150, cases[i].owed), cases[i].now);
	}
}

/* 10.00 for three, with 4.90 shipping: the first parcel carries the shipping, the last what
 * remains. */
static void shares_that_do_not_divide_still_sum_to_the_total(void **state)
{
	int64_t taken = 0;

	(void)state;
	for (int64_t shipped = 1; shipped <= 3; shipped++) {
		struct payment_due due = {0};
		int64_t now;

		payment_due_add(&due, 1000, 3, shipped, 0);
		now = payment_due_now(&due, 1490, 1490);
		assert_int_equal(now - taken, shipped == 1 ? 333 + 490 : shipped == 2 ? 334 : 333);
		taken = now;
	}
	assert_int_equal(taken, 1490);
}

static void methods_are_read_and_unknown_ones_refused(void **state)
{
	static const struct {
		const char *text, *driver, *token;
		bool ok, pay_later;
	} cases[] = {
		{NULL, "manual", "", true, true},
		{"manual", "manual", "", true, true},
		{"sandbox:approve", "sandbox", "approve", true, false},
		{"sandbox:timeout.capture", "sandbox", "timeout.capture", true, false},
		{"sandbox:twice", "sandbox", "twice", true, false},
		{"sandbox", "", "", false, false},
		{"sandbox:", "", "", false, false},
		{"sandbox:perhaps", "", "", false, false},
		{"sandbox:timeout.sell", "", "", false, false},
		{"manual:now", "", "", false, false},
		{"stripe:tok", "", "", false, false},
		{"", "", "", false, false},
		{"sandbox:0123456789012345678901234567890123456789012345678901234567890123", "", "",
		 false, false},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		AUTO_ERROR struct shop_error err = {0};
		struct payment_method method = {0};

		assert_int_equal(payment_method_parse(cases[i].text, &method, &err), cases[i].ok);
		assert_string_equal(method.driver, cases[i].driver);
		assert_string_equal(method.token, cases[i].token);
		assert_int_equal(method.pay_later, cases[i].pay_later);
		assert_int_equal(err.id, cases[i].ok ? E_NONE : E_PAYMENT_METHOD);
		if (cases[i].ok)
			assert_non_null(payment_gateway_find(method.driver));
	}
}

static void the_sandbox_answers_by_its_token_alone(void **state)
{
	static const struct {
		const char *token, *kind;
		enum gateway_verdict called, asked;
		int copies;
	} cases[] = {
		{"approve", "authorize", GATEWAY_DONE, GATEWAY_DONE, 1},
		{"approve", "refund", GATEWAY_DONE, GATEWAY_DONE, 1},
		{"decline", "authorize", GATEWAY_REFUSED, GATEWAY_REFUSED, 1},
		{"decline", "capture", GATEWAY_DONE, GATEWAY_DONE, 1},
		{"decline.capture", "authorize", GATEWAY_DONE, GATEWAY_DONE, 1},
		{"decline.capture", "capture", GATEWAY_REFUSED, GATEWAY_REFUSED, 1},
		{"late", "authorize", GATEWAY_PENDING, GATEWAY_DONE, 1},
		{"timeout", "capture", GATEWAY_UNKNOWN, GATEWAY_DONE, 1},
		{"slow", "capture", GATEWAY_PENDING, GATEWAY_PENDING, 1},
		{"silent.void", "void", GATEWAY_UNKNOWN, GATEWAY_UNKNOWN, 1},
		{"timeout.refund", "capture", GATEWAY_DONE, GATEWAY_DONE, 1},
		{"timeout.refund", "refund", GATEWAY_UNKNOWN, GATEWAY_DONE, 1},
		{"twice", "capture", GATEWAY_DONE, GATEWAY_DONE, 2},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const struct gateway_call call = {.key = "k1",
						  .kind = cases[i].kind,
						  .token = cases[i].token,
						  .amount_minor = 100,
						  .currency = "EUR"};
		struct gateway_answer first, again, asked;

		payment_sandbox.call(&call, &first);
		payment_sandbox.call(&call, &again);
		payment_sandbox.ask(&call, &asked);
		assert_int_equal(first.verdict, cases[i].called);
		assert_int_equal(asked.verdict, cases[i].asked);
		assert_int_equal(first.copies, cases[i].copies);
		assert_string_equal(first.provider_ref, again.provider_ref);
		if (first.verdict == GATEWAY_DONE)
			assert_string_equal(first.provider_ref, asked.provider_ref);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operations_add_up_and_failed_ones_count_nowhere),
		cmocka_unit_test(the_status_follows_from_the_operations),
		cmocka_unit_test(guards_allow_what_is_left_and_no_more),
		cmocka_unit_test(a_capture_never_exceeds_what_the_order_still_costs),
		cmocka_unit_test(a_refusal_while_an_outcome_is_open_points_to_resolve),
		cmocka_unit_test(parcels_are_paid_for_exactly),
		cmocka_unit_test(shares_that_do_not_divide_still_sum_to_the_total),
		cmocka_unit_test(methods_are_read_and_unknown_ones_refused),
		cmocka_unit_test(the_sandbox_answers_by_its_token_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

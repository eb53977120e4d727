/* Payments in a store: what became of a call, however often, however late, and that the ledger
 * balances. */
#include "store_help.h"

#include "domain/domain.h"
#include "shop/payment_call.h"
#include "shop/product.h"
#include "worker/job_payment.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

/* A test's own work inside one write. */
struct work {
	struct test_store *t;
	void (*fn)(struct test_store *t);
};

static bool do_work(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct work *work = arg;

	(void)store;
	(void)err;
	work->fn(work->t);
	return true;
}

static void in_write(struct test_store *t, void (*fn)(struct test_store *t))
{
	assert_true(shop_store_write(t->store, &test_ana, do_work, &(struct work){t, fn}, &t->err));
}

static void must(struct test_store *t, bool ok)
{
	if (!ok)
		fail_msg("%s", t->err.message);
}

static void sql(struct test_store *t, const char *text)
{
	must(t, db_run(t->store, text, NULL, &t->err));
}

static int64_t number(struct test_store *t, const char *text)
{
	int64_t value = SHOP_NULL;

	must(t, db_get(t->store, &value, text, NULL, &t->err));
	return value;
}

static void is_text(struct test_store *t, const char *text, const char *wanted)
{
	char *got = NULL;

	must(t, db_get_text(t->store, &got, text, NULL, &t->err));
	assert_string_equal(got, wanted);
	g_free(got);
}

static void product(struct test_store *t, const char *sku, int64_t minor)
{
	AUTO_PRODUCT struct shop_product made = {0};
	const struct shop_product_new in = {.sku = sku,
					    .title = sku,
					    .untracked = true,
					    .price = shop_money_of(minor, "EUR"),
					    .weight_g = SHOP_NULL,
					    .reorder_point = SHOP_NULL,
					    .reorder_qty = SHOP_NULL};

	must(t, shop_product_create(t->store, &in, &made, &t->err));
}

static void products(struct test_store *t)
{
	product(t, "MUG-01", 1250);
	product(t, "POT-01", 3900);
}

/* ord-1000: 5 mugs and a pot, 101.50. */
static void order(struct test_store *t, const char *pay)
{
	const struct order_new_line lines[] = {
		{.product_id = 1000, .qty = 5, .price_minor = SHOP_NULL},
		{.product_id = 1001, .qty = 1, .price_minor = SHOP_NULL}};
	const struct order_new in = {
		.pay = pay, .placed_us = SHOP_NULL, .lines = lines, .count = 2};
	int64_t id = 0;

	products(t);
	must(t, order_place(t->store, &in, &id, &t->err));
	must(t, payment_authorize_placed(t->store, id, &t->err));
}

static void approve(struct test_store *t)
{
	order(t, "sandbox:approve");
}

static void decline(struct test_store *t)
{
	order(t, "sandbox:decline");
}

static void twice(struct test_store *t)
{
	order(t, "sandbox:twice");
}

static void timeout(struct test_store *t)
{
	order(t, "sandbox:timeout");
}

static void late_token(struct test_store *t)
{
	order(t, "sandbox:late");
}

static void manual(struct test_store *t)
{
	order(t, "manual");
}

static enum shop_payment_result call(struct test_store *t, int64_t n)
{
	enum shop_payment_result result = SHOP_PAYMENT_UNKNOWN;

	must(t, shop_payment_call(t->store, &test_ana, 1000, n, &result, &t->err));
	return result;
}

/* Every entry sums to zero, and what the accounts say is what the payment says. */
static void balanced(struct test_store *t)
{
	assert_int_equal(number(t, "SELECT count(*) FROM (SELECT 1 FROM ledger GROUP BY entry,"
				   " currency HAVING sum(amount_minor) <> 0) x"),
			 0);
	assert_int_equal(number(t, "SELECT COALESCE(sum(amount_minor), 0) FROM ledger"
				   " WHERE account = 'cash'"),
			 number(t, "SELECT sum(captured_minor - refunded_minor) FROM payment"));
	assert_int_equal(number(t, "SELECT COALESCE(sum(amount_minor), 0) FROM ledger"
				   " WHERE account = 'authorized'"),
			 number(t, "SELECT sum(authorized_minor - captured_minor - voided_minor)"
				   " FROM payment"));
}

static void an_authorized_order_is_confirmed(void **state)
{
	struct test_store *t = *state;

	in_write(t, approve);
	is_text(t, "SELECT status FROM payment", "processing");
	assert_int_equal(number(t, "SELECT count(*) FROM job WHERE kind = 'payment.operation'"), 1);
	assert_int_equal(call(t, 1), SHOP_PAYMENT_SUCCEEDED);

	is_text(t, "SELECT status FROM payment", "requires_capture");
	is_text(t, "SELECT status FROM orders", "confirmed");
	is_text(t, "SELECT state FROM job WHERE kind = 'payment.operation'", "done");
	balanced(t);
}

static void authorize_again(struct test_store *t)
{
	must(t, payment_authorize_placed(t->store, 1000, &t->err));
}

static void a_placed_order_is_authorized_once(void **state)
{
	struct test_store *t = *state;

	in_write(t, approve);
	in_write(t, authorize_again);
	assert_int_equal(number(t, "SELECT count(*) FROM payment_op"), 1);
}

static void an_answer_that_comes_twice_counts_once(void **state)
{
	struct test_store *t = *state;

	in_write(t, twice);
	assert_int_equal(call(t, 1), SHOP_PAYMENT_SUCCEEDED);
	assert_int_equal(call(t, 1), SHOP_PAYMENT_SUCCEEDED);

	assert_int_equal(number(t, "SELECT authorized_minor FROM payment"), 10150);
	assert_int_equal(number(t, "SELECT count(*) FROM ledger"), 2);
	assert_int_equal(number(t, "SELECT calls FROM payment_op"), 1);
	assert_int_equal(
		number(t, "SELECT count(*) FROM journal WHERE type = 'payment.authorized'"), 1);
}

static void authorize_by_approve(struct test_store *t)
{
	const struct shop_payment_authorize in = {
		.order_id = 1000, .amount = {.minor = SHOP_NULL}, .method = "sandbox:approve"};
	AUTO_PAYMENT struct shop_payment payment = {0};
	int64_t n;

	must(t, shop_payment_authorize(t->store, &in, &payment, &n, &t->err));
	assert_int_equal(n, 2);
}

static void a_decline_leaves_the_order_to_be_paid_another_way(void **state)
{
	struct test_store *t = *state;

	in_write(t, decline);
	assert_int_equal(call(t, 1), SHOP_PAYMENT_FAILED);
	is_text(t, "SELECT status FROM payment", "requires_payment_method");
	is_text(t, "SELECT status FROM orders", "pending");
	assert_int_equal(number(t, "SELECT count(*) FROM journal WHERE type = 'payment.failed' AND"
				   " payload LIKE '%\"final\":false%'"),
			 1);

	in_write(t, authorize_by_approve);
	assert_int_equal(call(t, 2), SHOP_PAYMENT_SUCCEEDED);
	is_text(t, "SELECT status FROM orders", "confirmed");
	assert_int_equal(number(t, "SELECT count(DISTINCT key) FROM payment_op"), 2);
	balanced(t);
}

static void refuse_second_authorization(struct test_store *t)
{
	const struct shop_payment_authorize in = {
		.order_id = 1000, .amount = {.minor = SHOP_NULL}, .method = "sandbox:approve"};
	AUTO_PAYMENT struct shop_payment payment = {0};
	int64_t n;

	assert_false(shop_payment_authorize(t->store, &in, &payment, &n, &t->err));
	assert_int_equal(t->err.id, E_PAYMENT_STATE);
	shop_error_done(&t->err);
}

static void an_unknown_outcome_is_asked_for_and_never_tried_under_another_key(void **state)
{
	struct test_store *t = *state;
	enum shop_payment_result result;

	in_write(t, timeout);
	assert_int_equal(call(t, 1), SHOP_PAYMENT_UNKNOWN);
	is_text(t, "SELECT status FROM payment_op", "unknown");
	in_write(t, refuse_second_authorization);
	must(t, shop_payment_resolve(t->store, &test_ana, 1000, &result, &t->err));

	assert_int_equal(result, SHOP_PAYMENT_SUCCEEDED);
	is_text(t, "SELECT status FROM payment", "requires_capture");
	assert_int_equal(number(t, "SELECT count(*) FROM payment_op"), 1);
	assert_int_equal(number(t, "SELECT count(*) FROM journal WHERE type = 'payment.resolved'"),
			 1);
	assert_int_equal(number(t, "SELECT count(*) FROM journal WHERE payload LIKE '%' ||"
				   " (SELECT key FROM payment_op) || '%'"),
			 0);
	balanced(t);
}

static void begin_only(struct test_store *t)
{
	AUTO_PAYMENT_REQUEST struct shop_payment_request request = {0};

	must(t, shop_payment_begin_call(t->store, 1000, 1, &request, &t->err));
	assert_false(request.ask);
}

static void whoever_died_in_a_call_is_followed_under_the_same_key(void **state)
{
	struct test_store *t = *state;

	in_write(t, approve);
	in_write(t, begin_only);
	is_text(t, "SELECT status FROM payment_op", "sent");
	assert_int_equal(call(t, 1), SHOP_PAYMENT_SUCCEEDED);
	assert_int_equal(number(t, "SELECT calls FROM payment_op"), 2);
	assert_int_equal(number(t, "SELECT count(*) FROM payment_op"), 1);
	balanced(t);
}

static void settle_first_call_unknown(struct test_store *t)
{
	const struct shop_payment_answer lost = {.result = SHOP_PAYMENT_UNKNOWN, .call = 1};
	enum shop_payment_result result;

	must(t, shop_payment_settle(t->store, 1000, 1, &lost, &result, &t->err));
}

static void a_lost_answer_of_an_earlier_call_changes_nothing(void **state)
{
	struct test_store *t = *state;

	in_write(t, approve);
	in_write(t, begin_only);
	in_write(t, begin_only);
	in_write(t, settle_first_call_unknown);
	is_text(t, "SELECT status FROM payment_op", "sent");
	assert_int_equal(call(t, 1), SHOP_PAYMENT_SUCCEEDED);
	in_write(t, settle_first_call_unknown);
	is_text(t, "SELECT status FROM payment_op", "succeeded");
}

static void ship_first_parcel(struct test_store *t)
{
	sql(t, "UPDATE order_line SET allocated = allocated - 3, shipped = 3 WHERE n = 1");
	sql(t, "UPDATE order_line SET allocated = 0, shipped = 1 WHERE n = 2");
	must(t, payment_capture_shipped(t->store, 1000, &t->err));
	must(t, payment_capture_shipped(t->store, 1000, &t->err));
}

static void ship_the_rest(struct test_store *t)
{
	sql(t, "UPDATE order_line SET allocated = 0, shipped = 5 WHERE n = 1");
	must(t, payment_capture_shipped(t->store, 1000, &t->err));
}

static void each_parcel_captures_what_it_is_worth(void **state)
{
	struct test_store *t = *state;

	in_write(t, approve);
	(void)call(t, 1);
	in_write(t, ship_first_parcel);
	assert_int_equal(number(t, "SELECT amount_minor FROM payment_op WHERE n = 2"), 7650);
	assert_int_equal(number(t, "SELECT count(*) FROM payment_op"), 2);
	(void)call(t, 2);
	assert_int_equal(number(t, "SELECT captured_minor FROM payment"), 7650);
	is_text(t, "SELECT status FROM payment", "requires_capture");

	in_write(t, ship_the_rest);
	(void)call(t, 3);
	assert_int_equal(number(t, "SELECT captured_minor FROM payment"), 10150);
	is_text(t, "SELECT status FROM payment", "succeeded");
	assert_int_equal(number(t, "SELECT count(*) FROM payment_op"), 3);
	balanced(t);
}

static void cancel(struct test_store *t)
{
	sql(t, "UPDATE orders SET status = 'canceled'");
	must(t, payment_settle_down(t->store, 1000, &t->err));
	must(t, payment_settle_down(t->store, 1000, &t->err));
}

static void a_canceled_order_gives_its_authorization_back(void **state)
{
	struct test_store *t = *state;

	in_write(t, approve);
	(void)call(t, 1);
	in_write(t, cancel);
	is_text(t, "SELECT kind FROM payment_op WHERE n = 2", "void");
	assert_int_equal(number(t, "SELECT count(*) FROM payment_op"), 2);
	assert_int_equal(call(t, 2), SHOP_PAYMENT_SUCCEEDED);
	is_text(t, "SELECT status FROM payment", "canceled");
	balanced(t);
}

static void a_canceled_order_is_not_authorized_any_more(void **state)
{
	struct test_store *t = *state;

	in_write(t, approve);
	in_write(t, cancel);
	is_text(t, "SELECT status FROM payment_op", "failed");
	is_text(t, "SELECT status FROM payment", "canceled");
	is_text(t, "SELECT state FROM job WHERE kind = 'payment.operation'", "done");
	assert_int_equal(call(t, 1), SHOP_PAYMENT_FAILED);
	assert_int_equal(number(t, "SELECT calls FROM payment_op"), 0);
}

static void a_success_that_comes_after_the_cancellation_is_given_back(void **state)
{
	struct test_store *t = *state;

	in_write(t, late_token);
	assert_int_equal(call(t, 1), SHOP_PAYMENT_PENDING);
	in_write(t, cancel);
	is_text(t, "SELECT status FROM payment", "processing");
	assert_int_equal(call(t, 1), SHOP_PAYMENT_SUCCEEDED);

	is_text(t, "SELECT kind FROM payment_op WHERE n = 2", "void");
	is_text(t, "SELECT status FROM orders", "canceled");
}

static void capture_all(struct test_store *t)
{
	const struct shop_payment_capture in = {.payment_id = 1000, .amount = {.minor = SHOP_NULL}};
	AUTO_PAYMENT struct shop_payment payment = {0};
	int64_t n;

	must(t, shop_payment_capture(t->store, &in, &payment, &n, &t->err));
}

static bool refund(struct test_store *t, int64_t minor)
{
	const struct shop_payment_refund in = {.target = "ord-1000",
					       .amount = shop_money_of(minor, "EUR")};
	AUTO_PAYMENT struct shop_payment payment = {0};
	int64_t n;

	return shop_payment_refund(t->store, &in, &payment, &n, &t->err);
}

static void refund_two_of_three(struct test_store *t)
{
	must(t, refund(t, 5000));
	must(t, refund(t, 5000));
	assert_false(refund(t, 151));
	assert_int_equal(t->err.id, E_PAYMENT_AMOUNT);
	shop_error_done(&t->err);
}

static void refunds_reserve_their_amount_before_they_are_made(void **state)
{
	struct test_store *t = *state;

	in_write(t, approve);
	(void)call(t, 1);
	in_write(t, capture_all);
	(void)call(t, 2);
	in_write(t, refund_two_of_three);
	(void)call(t, 3);
	(void)call(t, 4);
	assert_int_equal(number(t, "SELECT refunded_minor FROM payment"), 10000);
	balanced(t);
}

static void what_was_captured_goes_back_when_the_order_is_canceled(void **state)
{
	struct test_store *t = *state;

	in_write(t, approve);
	(void)call(t, 1);
	in_write(t, capture_all);
	(void)call(t, 2);
	in_write(t, cancel);
	is_text(t, "SELECT kind FROM payment_op WHERE n = 3", "refund");
	assert_int_equal(number(t, "SELECT count(*) FROM payment_op"), 3);
	(void)call(t, 3);
	assert_int_equal(number(t, "SELECT refunded_minor FROM payment"), 10150);
	balanced(t);
}

static void capture_part(struct test_store *t)
{
	const struct shop_payment_capture in = {
		.payment_id = 1000, .ref = "line 7", .amount = shop_money_of(5000, "EUR")};
	AUTO_PAYMENT struct shop_payment payment = {0};
	int64_t n = 7;

	must(t, shop_payment_capture(t->store, &in, &payment, &n, &t->err));
	assert_int_equal(n, 0);
	assert_string_equal(payment.status, "requires_payment_method");
}

static void cash_comes_in_parts_on_the_operators_word(void **state)
{
	struct test_store *t = *state;

	in_write(t, manual);
	assert_int_equal(number(t, "SELECT count(*) FROM payment_op"), 0);
	in_write(t, capture_part);
	in_write(t, capture_all);
	is_text(t, "SELECT status FROM payment", "succeeded");
	assert_int_equal(number(t, "SELECT captured_minor FROM payment"), 10150);
	assert_int_equal(number(t, "SELECT count(*) FROM job WHERE kind = 'payment.operation'"), 0);
	balanced(t);
}

static void a_refund_of_cash_waits_for_the_operator(void **state)
{
	struct test_store *t = *state;
	enum shop_payment_result result;

	in_write(t, manual);
	in_write(t, capture_all);
	in_write(t, cancel);
	is_text(t, "SELECT status FROM payment_op WHERE kind = 'refund'", "pending");
	assert_int_equal(number(t, "SELECT refunded_minor FROM payment"), 0);
	must(t, shop_payment_resolve(t->store, &test_ana, 1000, &result, &t->err));
	assert_int_equal(number(t, "SELECT refunded_minor FROM payment"), 10150);
	balanced(t);
}

static void give_up(struct test_store *t)
{
	must(t, payment_give_up(t->store, 1000, &t->err));
}

static void an_intent_given_up_says_so_finally(void **state)
{
	struct test_store *t = *state;

	in_write(t, decline);
	(void)call(t, 1);
	in_write(t, give_up);
	is_text(t, "SELECT status FROM payment", "failed");
	assert_int_equal(number(t, "SELECT count(*) FROM journal WHERE type = 'payment.failed' AND"
				   " payload LIKE '%\"final\":true%'"),
			 1);
}

static void the_job_comes_again_while_the_outcome_is_open(void **state)
{
	struct test_store *t = *state;
	struct job_work work = {.target_id = 1000,
				.target_n = 1,
				.attempt = 1,
				.actor = "worker:payments",
				.subject = "pay-1000",
				.now_us = test_ana.now_us};
	struct job_outcome outcome = {0};

	in_write(t, late_token);
	must(t, payment_job_run(t->store, &work, &outcome, &t->err));
	assert_int_equal(outcome.result, JOB_AGAIN);
	assert_true(outcome.delay_us > 0);
	g_free(outcome.message);
	work.attempt = 2;
	outcome = (struct job_outcome){0};
	must(t, payment_job_run(t->store, &work, &outcome, &t->err));
	assert_int_equal(outcome.result, JOB_DONE);
	is_text(t, "SELECT actor FROM journal WHERE type = 'payment.authorized'",
		"worker:payments");
}

#define STORE_TEST(fn) cmocka_unit_test_setup_teardown(fn, test_store_setup, test_store_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(an_authorized_order_is_confirmed),
		STORE_TEST(a_placed_order_is_authorized_once),
		STORE_TEST(an_answer_that_comes_twice_counts_once),
		STORE_TEST(a_decline_leaves_the_order_to_be_paid_another_way),
		STORE_TEST(an_unknown_outcome_is_asked_for_and_never_tried_under_another_key),
		STORE_TEST(whoever_died_in_a_call_is_followed_under_the_same_key),
		STORE_TEST(a_lost_answer_of_an_earlier_call_changes_nothing),
		STORE_TEST(each_parcel_captures_what_it_is_worth),
		STORE_TEST(a_canceled_order_gives_its_authorization_back),
		STORE_TEST(a_canceled_order_is_not_authorized_any_more),
		STORE_TEST(a_success_that_comes_after_the_cancellation_is_given_back),
		STORE_TEST(refunds_reserve_their_amount_before_they_are_made),
		STORE_TEST(what_was_captured_goes_back_when_the_order_is_canceled),
		STORE_TEST(cash_comes_in_parts_on_the_operators_word),
		STORE_TEST(a_refund_of_cash_waits_for_the_operator),
		STORE_TEST(an_intent_given_up_says_so_finally),
		STORE_TEST(the_job_comes_again_while_the_outcome_is_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

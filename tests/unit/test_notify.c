/* Messages to customers: rendered once per event, suppressed where there is no address. */
#include "store_help.h"

#include "shop/journal.h"
#include "worker/consumers.h"

#include <glib.h>
#include <string.h>

/* An order of two products, one of which waits: ord-1000 of Ana, ord-1001 of a guest. */
static bool fill(struct shop_store *store, void *arg, struct shop_error *err)
{
	static const char *const rows[] = {
		"INSERT INTO customer (id, name, email, created_us, updated_us)"
		" VALUES (1000, 'Ana Lima', 'ana@example.org', 0, 0)",
		"INSERT INTO product (id, sku, title, status, created_us, updated_us)"
		" VALUES (1000, 'MUG-01', 'Blue mug', 'active', 0, 0)",
		"INSERT INTO orders (id, customer_id, status, payment_status, fulfillment_status, "
		"currency,"
		" subtotal_minor, total_minor, due_minor, pay_later, pay_by_us, placed_us, "
		"created_us,"
		" updated_us) VALUES (1000, 1000, 'pending', 'not_paid', 'unfulfilled', 'EUR', "
		"6250, 6250,"
		" 6250, 0, 0, 0, 0, 0), (1001, NULL, 'pending', 'not_paid', 'unfulfilled', 'EUR', "
		"6250, 6250,"
		" 6250, 0, 0, 0, 0, 0)",
		"INSERT INTO order_line (order_id, n, product_id, sku, title, tax_class, tracked, "
		"qty_scale,"
		" unit_minor, qty, allocated, backordered, subtotal_minor, total_minor)"
		" VALUES (1000, 1, 1000, 'MUG-01', 'Blue mug', 'standard', 1, 0, 1250, 5, 3, 2, "
		"6250, 6250),"
		" (1001, 1, 1000, 'MUG-01', 'Blue mug', 'standard', 1, 0, 1250, 5, 5, 0, 6250, "
		"6250)",
		"INSERT INTO payment (id, order_id, status, driver, currency, amount_minor, "
		"created_us,"
		" updated_us) VALUES (1000, 1000, 'requires_payment_method', 'sandbox', 'EUR', "
		"6250, 0, 0)",
	};

	(void)arg;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
		if (!db_run(store, rows[i], NULL, err))
			return false;
	return true;
}

struct happening {
	reaction_fn react;
	const char *type;
	const char *subject;
	const char *payload;
};

/* A second reaction to the same event, as after a crash that never happened, changes nothing. */
static bool react_twice(struct shop_store *store, void *arg, struct shop_error *err)
{
	const struct happening *h = arg;
	const struct shop_event event = {.seq = 7,
					 .type = (char *)(uintptr_t)h->type,
					 .subject = (char *)(uintptr_t)h->subject,
					 .payload = (char *)(uintptr_t)h->payload};

	return h->react(store, &event, err) && h->react(store, &event, err);
}

static void happens(struct test_store *t, reaction_fn react, const char *type, const char *subject,
		    const char *payload)
{
	struct happening h = {react, type, subject, payload};

	if (!shop_store_write(t->store, &test_ana, react_twice, &h, &t->err))
		fail_msg("%s", t->err.message);
}

static void column_is(struct test_store *t, const char *sql, const char *expected)
{
	char *text = NULL;

	assert_true(db_get_text(t->store, &text, sql, NULL, &t->err));
	assert_string_equal(text, expected);
	g_free(text);
}

static int64_t number(struct test_store *t, const char *sql)
{
	int64_t value;

	assert_true(db_get(t->store, &value, sql, NULL, &t->err));
	return value;
}

static int setup(void **state)
{
	struct test_store *t;

	if (test_store_setup(state) != 0)
		return -1;
	t = *state;
	if (!shop_store_write(t->store, &test_ana, fill, NULL, &t->err))
		fail_msg("%s", t->err.message);
	return 0;
}

static void a_confirmation_lists_what_was_bought_and_what_follows(void **state)
{
	struct test_store *t = *state;

	happens(t, notify_order_placed, "order.placed", "ord-1000", "{}");

	assert_int_equal(number(t, "SELECT count(*) FROM notification"), 1);
	column_is(t, "SELECT recipient FROM notification", "ana@example.org");
	column_is(t, "SELECT status FROM notification", "queued");
	column_is(t, "SELECT subject FROM notification", "We have your order ord-1000");
	column_is(t, "SELECT body FROM notification",
		  "Dear Ana Lima,\n\nthank you for your order:\n\n  5 x Blue mug\n"
		  "\nThese follow as soon as they are in stock:\n  2 x Blue mug\n\nTotal: 62.50 "
		  "EUR\n");
	column_is(
		t, "SELECT payload FROM journal WHERE type = 'notification.queued'",
		"{\"event\":\"evt-7\",\"template\":\"order_confirmation\",\"channel\":\"email\"}");
	assert_int_equal(number(t, "SELECT count(*) FROM journal"), 1);
}

static void without_an_address_the_message_is_kept_as_suppressed(void **state)
{
	struct test_store *t = *state;

	happens(t, notify_order_canceled, "order.canceled", "ord-1001", "{}");

	column_is(t, "SELECT status FROM notification", "suppressed");
	column_is(t, "SELECT recipient FROM notification", "");
	assert_int_equal(number(t,
				"SELECT count(*) FROM journal"
				" WHERE type = 'notification.suppressed' AND subject = 'ord-1001'"),
			 1);
}

static void a_decline_is_told_and_its_end_is_the_cancellations_to_tell(void **state)
{
	struct test_store *t = *state;

	happens(t, notify_payment_failed, "payment.failed", "pay-1000", "{\"final\":true}");
	assert_int_equal(number(t, "SELECT count(*) FROM notification"), 0);
	happens(t, notify_payment_failed, "payment.failed", "pay-1000", "{\"final\":false}");
	column_is(t, "SELECT template FROM notification", "payment_failed");
}

static void a_refund_names_its_amount(void **state)
{
	struct test_store *t = *state;

	happens(t, notify_payment_refunded, "payment.refunded", "pay-1000",
		"{\"amount\":{\"amount\":\"12.50\",\"currency\":\"EUR\",\"minor\":1250}}");
	column_is(t, "SELECT body FROM notification",
		  "Dear Ana Lima,\n\n12.50 EUR are on their way back to you.\n");
}

static void an_event_about_nothing_is_an_error(void **state)
{
	struct test_store *t = *state;
	struct happening h = {notify_shipment_shipped, "shipment.shipped", "shp-1000", "{}"};

	assert_false(shop_store_write(t->store, &test_ana, react_twice, &h, &t->err));
	assert_int_equal(t->err.id, E_NOT_FOUND);
}

#define WITH_ORDERS(test) cmocka_unit_test_setup_teardown(test, setup, test_store_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ORDERS(a_confirmation_lists_what_was_bought_and_what_follows),
		WITH_ORDERS(without_an_address_the_message_is_kept_as_suppressed),
		WITH_ORDERS(a_decline_is_told_and_its_end_is_the_cancellations_to_tell),
		WITH_ORDERS(a_refund_names_its_amount),
		WITH_ORDERS(an_event_about_nothing_is_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

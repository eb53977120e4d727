/* Backorders from placement to shipment: the policy's limit, first come first served, and what
 * brings them. */
#include "store_help.h"

#include "domain/domain.h"
#include "shop/backorder.h"
#include "shop/location.h"
#include "shop/product.h"
#include "shop/purchase.h"
#include "shop/supplier.h"

#include <glib.h>
#include <string.h>

#define DAY INT64_C(86400000000)

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

static void on_day(struct test_store *t, int day, void (*fn)(struct test_store *t))
{
	struct shop_context ctx = test_ana;

	ctx.now_us += day * DAY;
	assert_true(shop_store_write(t->store, &ctx, do_work, &(struct work){t, fn}, &t->err));
}

static void must(struct test_store *t, bool ok)
{
	if (!ok)
		fail_msg("%s", t->err.message);
}

static int64_t number(struct test_store *t, const char *text)
{
	int64_t value = SHOP_NULL;

	must(t, db_get(t->store, &value, text, NULL, &t->err));
	return value;
}

static int64_t events(struct test_store *t, const char *type)
{
	int64_t value = SHOP_NULL;

	must(t, db_get(t->store, &value, "SELECT count(*) FROM journal WHERE type = $1", "t",
		       &t->err, type));
	return value;
}

static void mug(struct test_store *t, const char *backorder)
{
	const struct shop_product_new in = {.sku = "MUG-01",
					    .title = "Mug",
					    .price = shop_money_of(1250, "EUR"),
					    .backorder = backorder,
					    .weight_g = SHOP_NULL,
					    .reorder_point = SHOP_NULL,
					    .reorder_qty = SHOP_NULL};
	const struct shop_location_new main_place = {.name = "Main"};
	AUTO_PRODUCT struct shop_product product = {0};
	AUTO_LOCATION struct shop_location location = {0};

	must(t, shop_location_create(t->store, &main_place, &location, &t->err));
	must(t, shop_product_create(t->store, &in, &product, &t->err));
}

static void furnish(struct test_store *t)
{
	mug(t, "allow");
}

static void furnish_limited(struct test_store *t)
{
	mug(t, "limit:5");
}

static void supplier(struct test_store *t, const char *name)
{
	const struct shop_supplier_new in = {
		.name = name, .lead_days = SHOP_NULL, .over_percent = SHOP_NULL};
	AUTO_SUPPLIER struct shop_supplier made = {0};

	must(t, shop_supplier_create(t->store, &in, &made, &t->err));
}

static void kiln(struct test_store *t)
{
	supplier(t, "Kiln");
}

static void leaf(struct test_store *t)
{
	supplier(t, "Leaf");
}

static bool order(struct test_store *t, int64_t qty)
{
	const struct order_new_line line = {1000, qty, SHOP_NULL};
	const struct order_new in = {.placed_us = SHOP_NULL, .lines = &line, .count = 1};
	int64_t id;

	return order_place(t->store, &in, &id, &t->err);
}

static void order_1(struct test_store *t)
{
	must(t, order(t, 1));
}

static void order_2(struct test_store *t)
{
	must(t, order(t, 2));
}

static void order_3(struct test_store *t)
{
	must(t, order(t, 3));
}

static void receive(struct test_store *t, int64_t qty)
{
	const struct stock_receipt in = {.product_id = 1000,
					 .sku = "MUG-01",
					 .location_id = 1000,
					 .qty = qty,
					 .cost_minor = SHOP_NULL};

	must(t, stock_receive(t->store, &in, &t->err));
	must(t, backorder_allocate_waiting(t->store, 1000, &t->err));
}

static void receive_4(struct test_store *t)
{
	receive(t, 4);
}

static void draft(struct test_store *t)
{
	must(t, purchase_draft_for(t->store, 1000, &t->err));
}

static void is_backorder(struct test_store *t, int64_t id, const char *status, int64_t allocated,
			 int64_t open)
{
	AUTO_BACKORDER struct shop_backorder b = {0};

	must(t, shop_backorder_load(t->store, id, &b, &t->err));
	assert_string_equal(b.status, status);
	assert_int_equal(b.allocated, allocated);
	assert_int_equal(b.open, open);
}

static void three_waiting_orders_are_served_in_the_order_they_were_placed(void **state)
{
	struct test_store *t = *state;

	on_day(t, 0, furnish);
	on_day(t, 1, order_3);
	on_day(t, 2, order_2);
	on_day(t, 3, order_1);
	is_backorder(t, 1000, "open", 0, 3);

	on_day(t, 4, receive_4);

	/* The third order's one mug is not given before the second order has both. */
	is_backorder(t, 1000, "allocated", 3, 0);
	is_backorder(t, 1001, "partially_allocated", 1, 1);
	is_backorder(t, 1002, "open", 0, 1);
	assert_int_equal(number(t, "SELECT sum(backordered) FROM stock"), 2);
	assert_int_equal(number(t, "SELECT sum(allocated) FROM order_line"), 4);
	assert_int_equal(events(t, "backorder.allocated"), 2);

	on_day(t, 5, receive_4);

	is_backorder(t, 1001, "allocated", 2, 0);
	is_backorder(t, 1002, "allocated", 1, 0);
	assert_int_equal(number(t, "SELECT sum(backordered) FROM stock"), 0);
	assert_int_equal(number(t, "SELECT sum(backordered) FROM order_line"), 0);
	assert_int_equal(number(t, "SELECT sum(on_hand - allocated) FROM stock"), 2);
}

static bool order_one_more(struct shop_store *store, void *arg, struct shop_error *err)
{
	const struct order_new_line line = {1000, 1, SHOP_NULL};
	const struct order_new in = {.placed_us = SHOP_NULL, .lines = &line, .count = 1};
	int64_t id;

	(void)arg;
	return order_place(store, &in, &id, err);
}

static void the_limit_counts_all_open_backorders_of_the_product(void **state)
{
	struct test_store *t = *state;

	on_day(t, 0, furnish_limited);
	on_day(t, 1, order_3);
	on_day(t, 1, order_2);
	assert_false(shop_store_write(t->store, &test_ana, order_one_more, NULL, &t->err));
	assert_int_equal(t->err.id, E_BACKORDER_LIMIT);
	assert_int_equal(number(t, "SELECT count(*) FROM orders"), 2);

	on_day(t, 2, receive_4);
	on_day(t, 3, order_3);
	assert_int_equal(number(t, "SELECT sum(backordered) FROM stock"), 4);
}

static void a_draft_brings_what_waits_and_grows_by_what_is_new(void **state)
{
	struct test_store *t = *state;

	on_day(t, 0, furnish);
	on_day(t, 0, kiln);
	on_day(t, 1, order_3);
	on_day(t, 1, draft);
	on_day(t, 1, draft);

	assert_int_equal(number(t, "SELECT sum(ordered) FROM purchase_line"), 3);
	is_backorder(t, 1000, "sourced", 0, 3);

	on_day(t, 2, order_2);
	on_day(t, 2, draft);

	assert_int_equal(number(t, "SELECT count(*) FROM purchase"), 1);
	assert_int_equal(number(t, "SELECT sum(ordered) FROM purchase_line"), 5);
	assert_int_equal(number(t, "SELECT purchase_id FROM backorder WHERE id = 1001"), 1000);
	assert_int_equal(events(t, "backorder.sourced"), 2);
}

static void submit(struct test_store *t)
{
	AUTO_PURCHASE struct shop_purchase p = {0};

	must(t, shop_purchase_submit(t->store, 1000, &p, &t->err));
}

static void acknowledge_late(struct test_store *t)
{
	AUTO_PURCHASE struct shop_purchase p = {0};

	must(t, shop_purchase_acknowledge(t->store, 1000, test_ana.now_us + 20 * DAY, &p, &t->err));
}

static void a_sent_purchase_promises_its_date_and_a_later_one_is_a_delay(void **state)
{
	struct test_store *t = *state;

	on_day(t, 0, furnish);
	on_day(t, 0, kiln);
	on_day(t, 1, order_3);
	on_day(t, 1, draft);
	on_day(t, 2, submit);
	assert_int_equal(number(t, "SELECT promised_us FROM backorder"), test_ana.now_us + 9 * DAY);
	assert_int_equal(events(t, "backorder.promised"), 1);
	assert_int_equal(events(t, "backorder.delayed"), 0);

	on_day(t, 3, acknowledge_late);
	assert_int_equal(number(t, "SELECT promised_us FROM backorder"),
			 test_ana.now_us + 20 * DAY);
	assert_int_equal(events(t, "backorder.delayed"), 1);
}

static void one_mug_more(struct test_store *t)
{
	must(t, db_run(t->store, "UPDATE purchase_line SET ordered = ordered + 1", NULL, &t->err));
}

/* Nothing is short of what the purchase brings already, so the next order has a date at once. */
static void an_order_that_a_sent_purchase_covers_is_promised_its_date(void **state)
{
	struct test_store *t = *state;

	on_day(t, 0, furnish);
	on_day(t, 0, kiln);
	on_day(t, 1, order_3);
	on_day(t, 1, draft);
	on_day(t, 2, submit);
	on_day(t, 2, one_mug_more);
	on_day(t, 3, order_1);
	on_day(t, 3, order_1);

	assert_int_equal(number(t, "SELECT promised_us FROM backorder WHERE id = 1001"),
			 test_ana.now_us + 9 * DAY);
	assert_int_equal(number(t, "SELECT promised_us FROM backorder WHERE id = 1002"), SHOP_NULL);
}

static void cancel_purchase(struct test_store *t)
{
	AUTO_PURCHASE struct shop_purchase p = {0};

	must(t, shop_purchase_cancel(t->store, 1000, &p, &t->err));
}

static void who_waited_for_a_canceled_purchase_is_open_again_without_a_date(void **state)
{
	struct test_store *t = *state;

	on_day(t, 0, furnish);
	on_day(t, 0, kiln);
	on_day(t, 1, order_3);
	on_day(t, 1, draft);
	on_day(t, 2, submit);
	on_day(t, 3, cancel_purchase);

	is_backorder(t, 1000, "open", 0, 3);
	assert_int_equal(number(t, "SELECT promised_us FROM backorder"), SHOP_NULL);
	assert_int_equal(number(t, "SELECT purchase_id FROM backorder"), SHOP_NULL);

	on_day(t, 4, draft);
	assert_int_equal(number(t, "SELECT purchase_id FROM backorder"), 1001);
}

static bool count_blocker(const void *record, void *ctx, struct shop_error *err)
{
	const struct shop_purchase_blocker *b = record;

	(void)err;
	*(int64_t *)ctx += b->backordered;
	return true;
}

static int64_t blocked(struct test_store *t)
{
	int64_t units = 0;

	must(t, shop_purchase_blockers(t->store, count_blocker, &units, &t->err));
	return units;
}

static void without_one_supplier_to_choose_the_blocker_is_told_once_while_it_lasts(void **state)
{
	struct test_store *t = *state;

	on_day(t, 0, furnish);
	on_day(t, 1, order_3);
	on_day(t, 1, draft);
	on_day(t, 2, order_2);
	on_day(t, 2, draft);
	assert_int_equal(events(t, "purchase_order.blocked"), 1);
	assert_int_equal(blocked(t), 5);

	on_day(t, 3, kiln);
	on_day(t, 3, draft);
	assert_int_equal(number(t, "SELECT sum(ordered) FROM purchase_line"), 5);
	assert_int_equal(events(t, "purchase_order.unblocked"), 1);
	assert_int_equal(blocked(t), 0);

	on_day(t, 4, leaf);
	on_day(t, 4, order_1);
	on_day(t, 4, draft);
	assert_int_equal(events(t, "purchase_order.blocked"), 2);
	assert_int_equal(blocked(t), 1);
}

static void ship_all(struct test_store *t)
{
	must(t, db_run(t->store, "UPDATE order_line SET shipped = allocated, allocated = 0", NULL,
		       &t->err));
	must(t, backorder_close_shipped(t->store, 1000, 1, &t->err));
}

static void a_backorder_is_closed_when_its_line_has_shipped(void **state)
{
	struct test_store *t = *state;

	on_day(t, 0, furnish);
	on_day(t, 1, order_3);
	on_day(t, 2, receive_4);
	on_day(t, 3, ship_all);

	is_backorder(t, 1000, "closed", 3, 0);
	assert_int_equal(events(t, "backorder.closed"), 1);
}

static void cancel_two(struct test_store *t)
{
	int64_t qty;

	must(t, backorder_cancel_line(t->store, 1000, 1, 2, &qty, &t->err));
	assert_int_equal(qty, 2);
}

static void cancel_five(struct test_store *t)
{
	int64_t qty;

	must(t, backorder_cancel_line(t->store, 1000, 1, 5, &qty, &t->err));
	assert_int_equal(qty, 1);
}

static void units_of_a_line_are_canceled_up_to_what_waits(void **state)
{
	struct test_store *t = *state;

	on_day(t, 0, furnish);
	on_day(t, 1, order_3);
	on_day(t, 2, cancel_two);
	is_backorder(t, 1000, "open", 0, 1);
	on_day(t, 2, cancel_five);
	is_backorder(t, 1000, "canceled", 0, 0);
	assert_int_equal(number(t, "SELECT sum(backordered) FROM stock"), 0);
}

#define IN_A_STORE(test)                                                                           \
	cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_STORE(three_waiting_orders_are_served_in_the_order_they_were_placed),
		IN_A_STORE(the_limit_counts_all_open_backorders_of_the_product),
		IN_A_STORE(a_draft_brings_what_waits_and_grows_by_what_is_new),
		IN_A_STORE(a_sent_purchase_promises_its_date_and_a_later_one_is_a_delay),
		IN_A_STORE(an_order_that_a_sent_purchase_covers_is_promised_its_date),
		IN_A_STORE(who_waited_for_a_canceled_purchase_is_open_again_without_a_date),
		IN_A_STORE(without_one_supplier_to_choose_the_blocker_is_told_once_while_it_lasts),
		IN_A_STORE(a_backorder_is_closed_when_its_line_has_shipped),
		IN_A_STORE(units_of_a_line_are_canceled_up_to_what_waits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Stock as orders and carts use it: what is available, where it is taken from, and that nothing is
 * taken twice. */
#include "store_help.h"

#include "domain/domain.h"
#include "shop/journal.h"
#include "shop/location.h"
#include "shop/product.h"
#include "shop/stock.h"

#include <glib.h>
#include <string.h>

#define HOUR INT64_C(3600000000)

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

static void at(struct test_store *t, int64_t later_us, void (*fn)(struct test_store *t))
{
	struct shop_context ctx = test_ana;

	ctx.now_us += later_us;
	assert_true(shop_store_write(t->store, &ctx, do_work, &(struct work){t, fn}, &t->err));
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

static void receive(struct test_store *t, int64_t location_id, int64_t qty)
{
	const struct stock_receipt in = {.product_id = 1000,
					 .sku = "MUG-01",
					 .location_id = location_id,
					 .qty = qty,
					 .cost_minor = SHOP_NULL};

	must(t, stock_receive(t->store, &in, &t->err));
}

/* One product at two places, three carts, and an order with two lines. */
static void furnish(struct test_store *t)
{
	const struct shop_product_new mug = {.sku = "MUG-01",
					     .title = "Mug",
					     .price = {.minor = SHOP_NULL},
					     .draft = true,
					     .weight_g = SHOP_NULL,
					     .reorder_point = SHOP_NULL,
					     .reorder_qty = SHOP_NULL};
	AUTO_PRODUCT struct shop_product product = {0};

	for (int i = 0; i < 2; i++) {
		const struct shop_location_new in = {.name = i == 0 ? "Main" : "Annex"};
		AUTO_LOCATION struct shop_location location = {0};

		must(t, shop_location_create(t->store, &in, &location, &t->err));
	}
	must(t, shop_product_create(t->store, &mug, &product, &t->err));
	sql(t, "INSERT INTO cart (id, currency, created_us, updated_us, status) VALUES (1, 'EUR', "
	       "0, 0, 'active'),"
	       " (2, 'EUR', 0, 0, 'active'), (3, 'EUR', 0, 0, 'active')");
	sql(t, "INSERT INTO orders (id, status, payment_status, fulfillment_status, currency, "
	       "subtotal_minor,"
	       " total_minor, due_minor, pay_later, pay_by_us, placed_us, created_us, updated_us)"
	       " VALUES (1000, 'confirmed', 'not_paid', 'unfulfilled', 'EUR', 0, 0, 0, 1, 0, 0, 0, "
	       "0)");
	sql(t, "INSERT INTO order_line (order_id, n, product_id, sku, title, tax_class, tracked, "
	       "qty_scale, unit_minor, qty,"
	       " short, subtotal_minor, total_minor) VALUES (1000, 1, 1000, 'MUG-01', 'Mug', "
	       "'standard', 1, 0, 0, 9, 9, 0, 0),"
	       " (1000, 2, 1000, 'MUG-01', 'Mug', 'standard', 1, 0, 0, 9, 9, 0, 0)");
}

static int setup(void **state)
{
	if (test_store_setup(state) != 0)
		return -1;
	at(*state, 0, furnish);
	return 0;
}

static int64_t available(struct test_store *t, int64_t cart_id)
{
	int64_t qty = -1;

	must(t, stock_available(t->store, 1000, cart_id, &qty, &t->err));
	return qty;
}

static struct stock_need need(int64_t line, int64_t qty)
{
	return (struct stock_need){
		.product_id = 1000, .sku = "MUG-01", .order_id = 1000, .line = line, .qty = qty};
}

static int64_t allocate(struct test_store *t, int64_t line, int64_t qty)
{
	const struct stock_need n = need(line, qty);
	int64_t got = -1;

	must(t, stock_allocate(t->store, &n, &got, &t->err));
	return got;
}

static int64_t hold(struct test_store *t, int64_t cart_id, int64_t qty)
{
	int64_t held = -1;

	must(t, stock_hold(t->store, cart_id, 1000, "MUG-01", qty, &held, &t->err));
	return held;
}

static void safety_per_place(struct test_store *t)
{
	assert_int_equal(available(t, 0), 0);
	receive(t, 1000, 10);
	receive(t, 1001, 5);
	assert_int_equal(available(t, 0), 15);
	sql(t, "UPDATE stock SET safety_stock = 2 WHERE location_id = 1000");
	sql(t, "UPDATE stock SET safety_stock = 7 WHERE location_id = 1001");
	assert_int_equal(available(t, 0), 8);
}

static void holds_and_allocations(struct test_store *t)
{
	assert_int_equal(hold(t, 1, 3), 3);
	assert_int_equal(available(t, 0), 5);
	assert_int_equal(available(t, 1), 8);
	assert_int_equal(allocate(t, 1, 2), 2);
	assert_int_equal(available(t, 0), 3);
	assert_int_equal(available(t, 1), 6);
	must(t, stock_backordered_add(t->store, 1000, 1001, 2, &t->err));
	assert_int_equal(available(t, 0), 1);
	must(t, stock_backordered_add(t->store, 1000, 1001, 4, &t->err));
	assert_int_equal(available(t, 0), 0);
	/* What a cart holds stays its own, whoever has come to wait since. */
	assert_int_equal(available(t, 1), 3);
	must(t, stock_backordered_add(t->store, 1000, 1001, -5, &t->err));
	assert_int_equal(available(t, 1), 5);
}

static void an_hour_later(struct test_store *t)
{
	assert_int_equal(available(t, 0), 5);
	assert_int_equal(number(t, "SELECT count(*) FROM hold"), 1);
	must(t, stock_holds_expire(t->store, 10, &t->err));
	assert_int_equal(number(t, "SELECT count(*) FROM hold"), 0);
	assert_int_equal(
		number(t,
		       "SELECT count(*) FROM journal WHERE type = 'inventory.reservation_expired'"),
		1);
}

static void available_counts_allocations_holds_backorders_and_safety_stock_together(void **state)
{
	at(*state, 0, safety_per_place);
	at(*state, 0, holds_and_allocations);
	at(*state, HOUR, an_hour_later);
}

static void untracked(struct test_store *t)
{
	int64_t held = 0;

	sql(t, "UPDATE product SET track_stock = 0, qty_scale = 2");
	assert_int_equal(available(t, 0), 100000000);
	must(t, stock_hold(t->store, 1, 1000, "MUG-01", 70, &held, &t->err));
	assert_int_equal(held, 70);
	assert_int_equal(number(t, "SELECT count(*) FROM hold"), 0);
}

static void what_is_not_tracked_never_runs_out(void **state)
{
	at(*state, 0, untracked);
}

static void where_it_is_taken_from(struct test_store *t)
{
	receive(t, 1000, 3);
	receive(t, 1001, 6);

	/* Whole from the second rather than split; then the default; then from both. */
	assert_int_equal(allocate(t, 1, 4), 4);
	assert_int_equal(number(t, "SELECT location_id FROM allocation"), 1001);
	assert_int_equal(allocate(t, 2, 1), 1);
	assert_int_equal(number(t, "SELECT location_id FROM allocation WHERE line = 2"), 1000);
	assert_int_equal(allocate(t, 1, 9), 4);
	assert_int_equal(number(t, "SELECT sum(qty) FROM allocation WHERE line = 1"), 8);
	assert_int_equal(available(t, 0), 0);
	assert_int_equal(allocate(t, 1, 1), 0);
	assert_int_equal(number(t, "SELECT sum(qty) FROM movement WHERE kind = 'allocated'"), 9);
}

static void a_line_is_allocated_whole_where_it_can_be_and_never_beyond_what_is_free(void **state)
{
	at(*state, 0, where_it_is_taken_from);
}

static void what_waits_goes_first(struct test_store *t)
{
	const struct stock_need n = need(1, 2);
	int64_t got = -1;

	receive(t, 1000, 3);
	must(t, stock_backordered_add(t->store, 1000, 1000, 2, &t->err));
	assert_int_equal(allocate(t, 2, 3), 1);
	must(t, stock_allocate_waiting(t->store, &n, &got, &t->err));
	assert_int_equal(got, 2);
}

static void open_backorders_keep_their_units_from_new_orders(void **state)
{
	at(*state, 0, what_waits_goes_first);
}

static void another_carts_hold(struct test_store *t)
{
	receive(t, 1000, 5);
	receive(t, 1001, 1);
	assert_int_equal(hold(t, 1, 4), 4);
	assert_int_equal(hold(t, 2, 9), 2);
	assert_int_equal(hold(t, 3, 1), 0);
	assert_int_equal(hold(t, 1, 1), 1);
	assert_int_equal(allocate(t, 1, 9), 3);
	assert_int_equal(hold(t, 2, 0), 0);
	assert_int_equal(number(t, "SELECT count(*) FROM journal WHERE type = "
				   "'inventory.reservation_released'"),
			 2);
	must(t, stock_holds_drop(t->store, 1, NULL, &t->err));
	assert_int_equal(number(t, "SELECT count(*) FROM hold"), 0);
}

static void a_hold_is_kept_from_other_carts_and_orders(void **state)
{
	at(*state, 0, another_carts_hold);
}

static void ship_and_release(struct test_store *t)
{
	const struct stock_need three = need(1, 3);
	const struct stock_need two = need(1, 2);

	receive(t, 1000, 5);
	assert_int_equal(allocate(t, 1, 5), 5);
	sql(t, "UPDATE allocation SET in_shipment = 3");
	must(t, stock_release(t->store, &two, &t->err));
	assert_int_equal(number(t, "SELECT qty FROM allocation"), 3);
	assert_false(stock_release(t->store, &two, &t->err));
	assert_int_equal(t->err.id, E_STATE);
	must(t, stock_ship(t->store, &three, 1000, 1000, &t->err));
	assert_int_equal(number(t, "SELECT count(*) FROM allocation"), 0);
	assert_int_equal(number(t, "SELECT on_hand FROM stock"), 2);
	assert_int_equal(number(t, "SELECT allocated FROM stock"), 0);
	assert_int_equal(number(t, "SELECT sum(qty) FROM movement WHERE kind IN ('allocated', "
				   "'released', 'shipped')"),
			 0);
	assert_false(stock_ship(t->store, &three, 1000, 1000, &t->err));
}

static void units_leave_once_and_what_is_packed_is_not_released(void **state)
{
	at(*state, 0, ship_and_release);
}

static void expect_fact(struct test_store *t, const char *type, int64_t told)
{
	AUTO_EVENT_ROW struct shop_event e = {0};
	int64_t seq = number(t, "SELECT max(seq) FROM journal WHERE type IN ('inventory.low_stock',"
				" 'inventory.out_of_stock', 'inventory.back_in_stock')");

	must(t, shop_event_load(t->store, seq, &e, &t->err));
	assert_string_equal(e.type, type);
	assert_int_equal(number(t,
				"SELECT count(*) FROM journal WHERE type IN ('inventory.low_stock',"
				" 'inventory.out_of_stock', 'inventory.back_in_stock')"),
			 told);
}

static void facts(struct test_store *t)
{
	static const struct {
		int64_t on_hand;
		const char *type;
		int64_t told;
	} cases[] = {
		{5, "inventory.low_stock", 1},	   {4, "inventory.low_stock", 1},
		{0, "inventory.out_of_stock", 2},  {0, "inventory.out_of_stock", 2},
		{9, "inventory.back_in_stock", 3}, {0, "inventory.out_of_stock", 4},
		{1, "inventory.low_stock", 6},	   {8, "inventory.back_in_stock", 7},
		{7, "inventory.back_in_stock", 7},
	};

	receive(t, 1000, 20);
	must(t, stock_facts(t->store, 1000, "MUG-01", &t->err));
	assert_int_equal(
		number(t, "SELECT count(*) FROM journal WHERE type LIKE 'inventory.%stock'"), 0);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		must(t, db_run(t->store, "UPDATE stock SET on_hand = $1", "i", &t->err,
			       cases[i].on_hand));
		must(t, stock_facts(t->store, 1000, "MUG-01", &t->err));
		expect_fact(t, cases[i].type, cases[i].told);
	}
}

static void a_fact_of_stock_is_told_once_for_each_crossing(void **state)
{
	at(*state, 0, facts);
}

static void the_guards_know_what_is_promised(void **state)
{
	static const struct {
		int64_t on_hand, allocated, held, change; /* below 0: an adjustment */
		enum shop_error_id refused;
	} cases[] = {
		{5, 0, 0, -5, E_NONE},
		{5, 0, 0, -6, E_STOCK_SHORT},
		{0, 0, 0, -1, E_STOCK_SHORT},
		{5, 3, 0, -2, E_NONE},
		{5, 3, 0, -3, E_STOCK_ALLOCATED},
		{5, 3, 2, -2, E_NONE}, /* carts give way to a count */
		{5, 3, 1, 1, E_NONE},
		{5, 3, 1, 2, E_STOCK_ALLOCATED}, /* but not to a move */
		{5, 3, 1, 6, E_STOCK_SHORT},
		{0, 0, 0, 1, E_STOCK_SHORT},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const struct shop_stock_level level = {.sku = "MUG-01",
						       .location_id = 1000,
						       .on_hand = cases[i].on_hand,
						       .allocated = cases[i].allocated,
						       .held = cases[i].held};
		AUTO_ERROR struct shop_error err = {0};
		bool ok = cases[i].change < 0 ? shop_stock_may_adjust(&level, cases[i].change, &err)
					      : shop_stock_may_move(&level, cases[i].change, &err);

		assert_int_equal(ok, cases[i].refused == E_NONE);
		assert_int_equal(err.id, cases[i].refused);
		assert_int_equal(err.details != NULL, !ok);
	}
}

static void a_count_below_what_carts_hold(struct test_store *t)
{
	const struct shop_stock_adjustment in = {
		.sku = "MUG-01", .by = {.value = SHOP_NULL}, .set = {.value = 5}};
	AUTO_STOCK struct shop_stock stock = {0};

	receive(t, 1000, 10);
	assert_int_equal(allocate(t, 1, 2), 2);
	assert_int_equal(hold(t, 1, 3), 3);
	assert_int_equal(hold(t, 2, 2), 2);
	assert_int_equal(hold(t, 3, 1), 1);
	must(t, shop_stock_adjust(t->store, &in, &stock, &t->err));
	assert_int_equal(stock.held, 3);
	assert_int_equal(stock.available, 0);
	assert_int_equal(number(t, "SELECT qty FROM hold"), 3);
	assert_int_equal(number(t, "SELECT cart_id FROM hold"), 1);
}

static void carts_give_up_what_a_count_does_not_find_the_latest_hold_first(void **state)
{
	at(*state, 0, a_count_below_what_carts_hold);
}

static void expect_payload(struct test_store *t, const char *type, const char *payload)
{
	AUTO_EVENT_ROW struct shop_event e = {0};
	int64_t seq = SHOP_NULL;

	must(t, db_get(t->store, &seq, "SELECT max(seq) FROM journal WHERE type = $1", "t", &t->err,
		       type));
	must(t, shop_event_load(t->store, seq, &e, &t->err));
	assert_string_equal(e.subject, "MUG-01");
	assert_string_equal(e.payload, payload);
}

static void one_of_each_event(struct test_store *t)
{
	const struct stock_need one = need(1, 1);
	const struct stock_receipt in = {.product_id = 1000,
					 .sku = "MUG-01",
					 .location_id = 1000,
					 .qty = 3,
					 .cost_minor = 510,
					 .cost_currency = "EUR",
					 .purchase_id = 1000};

	must(t, stock_receive(t->store, &in, &t->err));
	assert_int_equal(allocate(t, 1, 2), 2);
	must(t, stock_release(t->store, &one, &t->err));
	sql(t, "UPDATE allocation SET in_shipment = 1");
	must(t, stock_ship(t->store, &one, 1000, 1000, &t->err));
	assert_int_equal(hold(t, 1, 2), 2);
}

static void each_event_tells_what_moved_and_what_is_left(void **state)
{
	struct test_store *t = *state;

	at(t, 0, one_of_each_event);

	expect_payload(t, "inventory.received",
		       "{\"sku\":\"MUG-01\",\"loc\":\"loc-1000\",\"qty\":3,\"unit_cost\":{"
		       "\"amount\":\"5.10\","
		       "\"currency\":\"EUR\",\"minor\":510},\"purchase_id\":\"pur-1000\",\"on_hand_"
		       "after\":3}");
	expect_payload(t, "inventory.allocated",
		       "{\"sku\":\"MUG-01\",\"loc\":\"loc-1000\",\"qty\":2,\"order_id\":\"ord-"
		       "1000\",\"line\":1,"
		       "\"allocated_after\":2}");
	expect_payload(t, "inventory.released",
		       "{\"sku\":\"MUG-01\",\"loc\":\"loc-1000\",\"qty\":1,\"order_id\":\"ord-"
		       "1000\",\"line\":1,"
		       "\"allocated_after\":1}");
	expect_payload(t, "inventory.shipped",
		       "{\"sku\":\"MUG-01\",\"loc\":\"loc-1000\",\"qty\":1,\"order_id\":\"ord-"
		       "1000\",\"line\":1,"
		       "\"shipment_id\":\"shp-1000\",\"on_hand_after\":2,\"allocated_after\":0}");
	expect_payload(t, "inventory.reserved",
		       "{\"sku\":\"MUG-01\",\"loc\":\"loc-1000\",\"qty\":2,\"cart_id\":\"cart-1\","
		       "\"expires_at\":\"2026-11-23T00:30:00.000Z\"}");
}

int main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, test_store_teardown)
	const struct CMUnitTest tests[] = {
		TEST(available_counts_allocations_holds_backorders_and_safety_stock_together),
		TEST(what_is_not_tracked_never_runs_out),
		TEST(a_line_is_allocated_whole_where_it_can_be_and_never_beyond_what_is_free),
		TEST(open_backorders_keep_their_units_from_new_orders),
		TEST(a_hold_is_kept_from_other_carts_and_orders),
		TEST(units_leave_once_and_what_is_packed_is_not_released),
		TEST(a_fact_of_stock_is_told_once_for_each_crossing),
		TEST(the_guards_know_what_is_promised),
		TEST(carts_give_up_what_a_count_does_not_find_the_latest_hold_first),
		TEST(each_event_tells_what_moved_and_what_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

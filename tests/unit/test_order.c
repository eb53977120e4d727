/* Orders: the derived axes and guards as tables, the state machine has no dead end, placing is all
 * or nothing. */
#include "store_help.h"

#include "domain/domain.h"
#include "domain/order/order_axes.h"
#include "domain/order/order_row.h"
#include "shop/journal.h"
#include "shop/location.h"
#include "shop/product.h"

#include <glib.h>
#include <string.h>

static void the_goods_of_an_order_are_summed_up_line_by_line(void **state)
{
	static const struct {
		struct order_units lines[2];
		const char *fulfillment;
	} cases[] = {
		/* qty, gone, shipped, delivered */
		{{{5, 0, 0, 0, 0, 0}, {1, 0, 0, 0, 0, 0}}, "unfulfilled"},
		{{{5, 0, 3, 0, 2, 0}, {1, 0, 1, 0, 0, 0}}, "partially_fulfilled"},
		{{{5, 0, 5, 0, 0, 0}, {1, 0, 0, 0, 0, 0}}, "partially_fulfilled"},
		{{{5, 0, 3, 3, 2, 0}, {1, 0, 1, 1, 0, 0}}, "partially_fulfilled"},
		{{{5, 0, 5, 0, 0, 0}, {1, 0, 1, 0, 0, 0}}, "fulfilled"},
		{{{5, 2, 3, 0, 0, 0}, {1, 1, 0, 0, 0, 0}}, "fulfilled"},
		{{{5, 0, 5, 5, 0, 0}, {1, 0, 1, 0, 0, 0}}, "partially_delivered"},
		{{{5, 2, 3, 3, 0, 0}, {1, 0, 1, 1, 0, 0}}, "delivered"},
		{{{5, 5, 0, 0, 0, 0}, {1, 1, 0, 0, 0, 0}}, "canceled"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct order_goods goods = {0};

		order_goods_add(&goods, &cases[i].lines[0]);
		order_goods_add(&goods, &cases[i].lines[1]);
		assert_string_equal(order_fulfillment_of(&goods), cases[i].fulfillment);
		assert_int_equal(goods.backordered, cases[i].lines[0].backordered > 0);
	}
}

static void the_money_of_an_order_is_summed_up_over_its_payments(void **state)
{
	static const struct {
		struct order_money money;
		const char *payment;
		bool settled;
	} cases[] = {
		/* total, due, authorized, captured, refunded, refunding, voided */
		{{100, 100, 0, 0, 0, 0, 0}, "not_paid", false},
		{{0, 0, 0, 0, 0, 0, 0}, "paid", true},
		{{100, 100, 60, 0, 0, 0, 0}, "partially_authorized", false},
		{{100, 100, 100, 0, 0, 0, 0}, "authorized", false},
		{{100, 80, 100, 0, 0, 0, 0}, "authorized", false},
		{{100, 100, 40, 60, 0, 0, 0}, "partially_paid", false},
		{{100, 100, 0, 100, 0, 0, 0}, "paid", true},
		{{100, 80, 0, 80, 0, 0, 20}, "paid", true},
		{{100, 80, 0, 100, 0, 0, 0}, "overpaid", false},
		{{100, 80, 0, 100, 0, 20, 0}, "paid", true},
		{{100, 80, 0, 100, 20, 0, 0}, "partially_refunded", true},
		{{100, 100, 0, 100, 20, 0, 0}, "partially_refunded", true},
		{{100, 0, 0, 100, 100, 0, 0}, "refunded", true},
		{{100, 0, 0, 0, 0, 0, 100}, "voided", true},
		{{100, 0, 100, 0, 0, 0, 0}, "authorized", true},
		{{100, 0, 0, 0, 0, 0, 0}, "not_paid", true},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		assert_string_equal(order_payment_of(&cases[i].money), cases[i].payment);
		assert_int_equal(order_is_settled(&cases[i].money), cases[i].settled);
	}
}

static void canceled_units_leave_the_due_exactly(void **state)
{
	static const int64_t totals[] = {0, 1, 2, 999, 1000, 2686};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(totals); i++) {
		for (int64_t qty = 1; qty <= 7; qty++) {
			int64_t left = 0;

			for (int64_t gone = 1; gone <= qty; gone++)
				left += order_line_due(totals[i], gone - 1, qty) -
					order_line_due(totals[i], gone, qty);
			assert_int_equal(left, totals[i]);
			assert_int_equal(order_line_due(totals[i], 0, qty), totals[i]);
			assert_int_equal(order_line_due(totals[i], qty, qty), 0);
		}
	}
}

/* An order with these words; the strings are borrowed. */
static struct shop_order order_of(const char *status, const char *payment, const char *fulfillment,
				  int64_t paid)
{
	union {
		const char *from;
		char *to;
	} s = {status}, p = {payment}, f = {fulfillment}, c = {"EUR"};

	return (struct shop_order){.id = 1000,
				   .status = s.to,
				   .payment = p.to,
				   .fulfillment = f.to,
				   .currency = c.to,
				   .due = 100,
				   .paid = paid};
}

static void what_has_shipped_or_ended_cannot_be_canceled(void **state)
{
	static const struct {
		const char *status, *fulfillment;
		int64_t paid;
		bool refund;
		enum shop_error_id refused;
	} cases[] = {
		{"pending", "unfulfilled", 0, false, E_NONE},
		{"confirmed", "unfulfilled", 0, false, E_NONE},
		{"on_hold", "unfulfilled", 0, false, E_NONE},
		{"confirmed", "unfulfilled", 100, true, E_NONE},
		{"confirmed", "unfulfilled", 100, false, E_ORDER_PAID},
		{"confirmed", "partially_fulfilled", 0, false, E_ORDER_SHIPPED},
		{"completed", "fulfilled", 100, true, E_ORDER_SHIPPED},
		{"completed", "delivered", 0, false, E_ORDER_SHIPPED},
		{"canceled", "canceled", 0, false, E_ORDER_STATE},
		{"expired", "canceled", 0, false, E_ORDER_STATE},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		AUTO_ERROR struct shop_error err = {0};
		const struct shop_order order = order_of(cases[i].status, "authorized",
							 cases[i].fulfillment, cases[i].paid);
		bool may = order_may_cancel(&order, cases[i].refund, &err);

		assert_int_equal(may, cases[i].refused == E_NONE);
		assert_int_equal(err.id, cases[i].refused);
		assert_int_equal(err.fix == NULL, may);
	}
}

static void only_what_is_paid_for_is_confirmed(void **state)
{
	static const struct {
		const char *status, *payment;
		int64_t pay_later;
		enum shop_error_id refused;
	} cases[] = {
		{"pending", "not_paid", 0, E_ORDER_UNPAID},
		{"pending", "partially_authorized", 0, E_ORDER_UNPAID},
		{"pending", "voided", 0, E_ORDER_UNPAID},
		{"pending", "refunded", 0, E_ORDER_UNPAID},
		{"pending", "authorized", 0, E_NONE},
		{"pending", "paid", 0, E_NONE},
		{"pending", "not_paid", 1, E_NONE},
		{"confirmed", "not_paid", 0, E_NONE},
		{"on_hold", "authorized", 0, E_ORDER_HELD},
		{"completed", "paid", 0, E_ORDER_STATE},
		{"canceled", "voided", 0, E_ORDER_STATE},
		{"expired", "not_paid", 0, E_ORDER_STATE},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		AUTO_ERROR struct shop_error err = {0};
		struct shop_order order =
			order_of(cases[i].status, cases[i].payment, "unfulfilled", 0);

		order.pay_later = cases[i].pay_later;
		assert_int_equal(order_may_confirm(&order, &err), cases[i].refused == E_NONE);
		assert_int_equal(err.id, cases[i].refused);
	}
}

static int64_t count(struct test_store *t, const char *sql)
{
	int64_t n;

	assert_true(db_get(t->store, &n, sql, NULL, &t->err));
	return n;
}

static void every_status_is_reached_and_has_a_way_out_or_is_an_end(void **state)
{
	static const char dead_ends[] =
		"SELECT count(*) FROM (SELECT to_status AS status FROM transition WHERE machine = "
		"'order'"
		" UNION SELECT 'pending') x WHERE status NOT IN ('completed', 'canceled', "
		"'expired')"
		" AND status NOT IN (SELECT from_status FROM transition WHERE machine = 'order')";
	static const char unreached[] = "SELECT count(*) FROM transition WHERE machine = 'order' "
					"AND from_status <> 'pending'"
					" AND from_status NOT IN (SELECT to_status FROM transition "
					"WHERE machine = 'order')";
	static const char revived[] = "SELECT count(*) FROM transition WHERE machine = 'order'"
				      " AND from_status IN ('canceled', 'expired')";

	assert_int_equal(count(*state, dead_ends), 0);
	assert_int_equal(count(*state, unreached), 0);
	assert_int_equal(count(*state, revived), 0);
}

static bool make_products(struct shop_store *store, void *arg, struct shop_error *err)
{
	const struct shop_money price = {1250, "EUR"};
	const struct shop_product_new mug = {.sku = "MUG-01",
					     .title = "Blue mug",
					     .price = price,
					     .backorder = "allow",
					     .weight_g = SHOP_NULL,
					     .reorder_point = SHOP_NULL,
					     .reorder_qty = SHOP_NULL};
	const struct shop_product_new pot = {.sku = "POT-01",
					     .title = "Tea pot",
					     .price = price,
					     .backorder = "deny",
					     .weight_g = SHOP_NULL,
					     .reorder_point = SHOP_NULL,
					     .reorder_qty = SHOP_NULL};
	struct stock_receipt receipt = {.qty = 3, .cost_minor = 510, .cost_currency = "EUR"};
	AUTO_PRODUCT struct shop_product a = {0};
	AUTO_PRODUCT struct shop_product b = {0};
	AUTO_LOCATION struct shop_location location = {0};
	const struct shop_location_new place_of_all = {.name = "Main", .is_default = true};

	(void)arg;
	if (!shop_location_create(store, &place_of_all, &location, err) ||
	    !shop_product_create(store, &mug, &a, err) ||
	    !shop_product_create(store, &pot, &b, err))
		return false;
	receipt.location_id = location.id;
	receipt.product_id = a.id;
	receipt.sku = a.sku;
	if (!stock_receive(store, &receipt, err))
		return false;
	receipt.product_id = b.id;
	receipt.sku = b.sku;
	return stock_receive(store, &receipt, err);
}

struct wish {
	struct shop_order_line_new lines[4];
	size_t count;
	struct shop_order order;
};

static bool place(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct wish *wish = arg;
	const struct shop_order_new in = {.lines = wish->lines,
					  .count = wish->count,
					  .placed_us = SHOP_NULL,
					  .pay = "sandbox:approve"};

	return shop_order_create(store, &in, &wish->order, err);
}

static void add(struct wish *wish, const char *sku, int64_t qty)
{
	wish->lines[wish->count++] = (struct shop_order_line_new){
		.sku = sku, .qty = {.value = qty}, .price = {.minor = SHOP_NULL}};
}

static void write_ok(struct test_store *t, shop_write_fn fn, void *arg)
{
	if (!shop_store_write(t->store, &test_ana, fn, arg, &t->err))
		fail_msg("%s", t->err.message);
}

static const struct shop_order_line *line_at(const struct shop_order *order, size_t i)
{
	return (const struct shop_order_line *)order->lines.items + i;
}

static void a_product_on_several_lines_shares_its_stock_in_line_order(void **state)
{
	struct test_store *t = *state;
	struct wish wish = {.count = 0};

	write_ok(t, make_products, NULL);
	add(&wish, "MUG-01", 2);
	add(&wish, "POT-01", 1);
	add(&wish, "MUG-01", 4);
	write_ok(t, place, &wish);

	assert_int_equal(wish.order.total, 7 * 1250);
	assert_int_equal(wish.order.due, 7 * 1250);
	assert_int_equal(wish.order.backordered, 1);
	assert_int_equal(line_at(&wish.order, 0)->allocated, 2);
	assert_int_equal(line_at(&wish.order, 1)->allocated, 1);
	assert_int_equal(line_at(&wish.order, 2)->allocated, 1);
	assert_int_equal(line_at(&wish.order, 2)->backordered, 3);
	assert_int_equal(count(t, "SELECT sum(cost_minor) FROM order_line"), 3 * 510);
	shop_order_done(&wish.order);
}

static void a_refused_order_writes_nothing_and_spends_no_number(void **state)
{
	struct test_store *t = *state;
	struct wish wish = {.count = 0};
	struct wish next = {.count = 0};
	int64_t before, after;

	write_ok(t, make_products, NULL);
	assert_true(shop_journal_head(t->store, &before, &t->err));
	add(&wish, "POT-01", 2);
	add(&wish, "MUG-01", 1);
	add(&wish, "POT-01", 2);
	assert_false(shop_store_write(t->store, &test_ana, place, &wish, &t->err));

	assert_int_equal(t->err.id, E_STOCK_SHORT);
	assert_non_null(strstr(t->err.message, "4 wanted, 3 are available"));
	assert_string_equal(t->err.details, "{\"sku\":\"POT-01\",\"wanted\":4,\"available\":3}");
	shop_error_done(&t->err);
	assert_true(shop_journal_head(t->store, &after, &t->err));
	assert_int_equal(after, before);
	assert_int_equal(count(t, "SELECT count(*) FROM orders"), 0);
	assert_int_equal(count(t, "SELECT sum(allocated) FROM stock"), 0);
	add(&next, "POT-01", 3);
	write_ok(t, place, &next);
	assert_int_equal(next.order.id, SHOP_ID_FIRST);
	shop_order_done(&next.order);
}

static bool ship_all(struct shop_store *store, void *arg, struct shop_error *err)
{
	static const char lines[] = "DELETE FROM allocation";
	static const char shipped[] = "UPDATE order_line SET shipped = allocated, allocated = 0";
	static const char paid[] =
		"UPDATE payment SET status = 'succeeded', authorized_minor = amount_minor,"
		" captured_minor = amount_minor";

	(void)arg;
	return order_confirm(store, SHOP_ID_FIRST, err) && db_run(store, lines, NULL, err) &&
	       db_run(store, shipped, NULL, err) && order_refresh(store, SHOP_ID_FIRST, err) &&
	       db_run(store, paid, NULL, err) && order_refresh(store, SHOP_ID_FIRST, err);
}

static bool refresh(struct shop_store *store, void *arg, struct shop_error *err)
{
	(void)arg;
	return order_refresh(store, SHOP_ID_FIRST, err);
}

static void an_order_is_completed_once_its_goods_left_and_its_money_came(void **state)
{
	struct test_store *t = *state;
	struct wish wish = {.count = 0};
	AUTO_ORDER struct shop_order order = {0};
	int64_t before, after;

	write_ok(t, make_products, NULL);
	add(&wish, "POT-01", 3);
	write_ok(t, place, &wish);
	write_ok(t, ship_all, NULL);

	assert_true(shop_order_load(t->store, SHOP_ID_FIRST, &order, &t->err));
	assert_string_equal(order.status, "completed");
	assert_string_equal(order.payment, "paid");
	assert_string_equal(order.fulfillment, "fulfilled");
	assert_int_equal(
		count(t, "SELECT count(*) FROM journal WHERE type = 'order.status_changed'"), 2);
	assert_true(shop_journal_head(t->store, &before, &t->err));
	write_ok(t, refresh, NULL);
	assert_true(shop_journal_head(t->store, &after, &t->err));
	assert_int_equal(after, before);
	shop_order_done(&wish.order);
}

#define IN_A_STORE(test)                                                                           \
	cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_goods_of_an_order_are_summed_up_line_by_line),
		cmocka_unit_test(the_money_of_an_order_is_summed_up_over_its_payments),
		cmocka_unit_test(canceled_units_leave_the_due_exactly),
		cmocka_unit_test(what_has_shipped_or_ended_cannot_be_canceled),
		cmocka_unit_test(only_what_is_paid_for_is_confirmed),
		IN_A_STORE(every_status_is_reached_and_has_a_way_out_or_is_an_end),
		IN_A_STORE(a_product_on_several_lines_shares_its_stock_in_line_order),
		IN_A_STORE(a_refused_order_writes_nothing_and_spends_no_number),
		IN_A_STORE(an_order_is_completed_once_its_goods_left_and_its_money_came),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Carts: their guards as values, and what holding again does not tell twice. */
#include "store_help.h"

#include "domain/cart/cart_row.h"
#include "domain/order/order_place.h"
#include "shop/product.h"

#include <glib.h>
#include <string.h>

static void change_by_status(void **state)
{
	static const struct {
		const char *status;
		int64_t order_id;
		bool may;
		const char *because;
	} cases[] = {
		{"active", 0, true, NULL},
		{"abandoned", 0, true, NULL},
		{"completed", 1003, false, "it became ord-1003"},
		{"expired", 0, false, NULL},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		AUTO_ERROR struct shop_error err = {0};
		const struct shop_cart cart = {.id = 1000,
					       .status = (char *)cases[i].status,
					       .order_id = cases[i].order_id};

		assert_int_equal(cart_may_change(&cart, &err), cases[i].may);
		if (cases[i].may)
			continue;
		assert_int_equal(err.id, E_CART_CLOSED);
		assert_string_equal(err.object, "cart-1000");
		assert_int_equal(g_strcmp0(err.because, cases[i].because), 0);
		assert_string_equal(err.fix[0], "cart");
		assert_string_equal(err.fix[1], "create");
		assert_null(err.fix[2]);
	}
}

static void want_at_least(void **state)
{
	AUTO_ERROR struct shop_error err = {0};

	(void)state;
	assert_true(cart_may_want("MUG-01", 1, 1, &err));
	assert_true(cart_may_want("MUG-01", 0, 0, &err));
	assert_false(cart_may_want("MUG-01", 0, 1, &err));
	assert_int_equal(err.id, E_INVALID);
	assert_false(cart_may_want("MUG-01", -1, 0, &err));
	assert_string_equal(err.field, "qty");
}

static void grow_to_the_limit(void **state)
{
	AUTO_ERROR struct shop_error err = {0};
	const struct shop_cart cart = {.id = 1000, .status = (char *)"active"};

	(void)state;
	assert_true(cart_may_grow(&cart, 0, &err));
	assert_true(cart_may_grow(&cart, SHOP_ORDER_LINES_MAX - 1, &err));
	assert_false(cart_may_grow(&cart, SHOP_ORDER_LINES_MAX, &err));
	assert_int_equal(err.id, E_ORDER_TOO_LONG);
}

static void cost_what_was_seen(void **state)
{
	static const struct {
		int64_t minor;
		const char *currency;
		bool may;
	} cases[] = {{SHOP_NULL, "", true},
		     {10150, "EUR", true},
		     {10149, "EUR", false},
		     {10150, "USD", false}};
	const struct shop_cart cart = {.id = 1000, .currency = (char *)"EUR", .total = 10150};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		AUTO_ERROR struct shop_error err = {0};

		assert_int_equal(cart_may_cost(&cart,
					       shop_money_of(cases[i].minor, cases[i].currency),
					       &err),
				 cases[i].may);
		assert_int_equal(err.id, cases[i].may ? E_NONE : E_CART_TOTAL);
	}
}

static void check_out_in_one_currency(void **state)
{
	AUTO_ERROR struct shop_error err = {0};
	struct shop_cart_line lines[] = {{.sku = (char *)"MUG-01", .currency = (char *)"EUR"},
					 {.sku = (char *)"POT-01", .currency = (char *)"EUR"}};
	struct shop_cart cart = {.id = 1000, .currency = (char *)"EUR", .lines = {lines, 2}};

	(void)state;
	assert_true(cart_may_check_out(&cart, &err));
	lines[1].currency = (char *)"USD";
	assert_false(cart_may_check_out(&cart, &err));
	assert_int_equal(err.id, E_CURRENCY);
	assert_string_equal(err.object, "POT-01");
	cart.lines.count = 0;
	assert_false(cart_may_check_out(&cart, &err));
	assert_int_equal(err.id, E_CART_EMPTY);
}

static void sell_by_product(void **state)
{
	static const struct {
		const char *status;
		int64_t price;
		int64_t qty;
		int scale;
		enum shop_error_id id;
	} cases[] = {
		{"active", 1250, 1, 0, E_NONE},
		{"active", 0, 1, 0, E_NONE},
		{"active", 1250, 1000000, 0, E_NONE},
		{"active", 1250, 1000001, 0, E_INVALID},
		{"active", 1250, 1000000000, 3, E_NONE},
		{"active", 1250, 1000000001, 3, E_INVALID},
		{"active", 1250, 0, 0, E_INVALID},
		{"active", SHOP_NULL, 1, 0, E_PRODUCT_NO_PRICE},
		{"draft", 1250, 1, 0, E_PRODUCT_INACTIVE},
		{"archived", SHOP_NULL, 1, 0, E_PRODUCT_INACTIVE},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		AUTO_ERROR struct shop_error err = {0};
		const struct place_line line = {
			.sku = "MUG-01",
			.status = (char *)cases[i].status,
			.unit_minor = cases[i].price,
			.qty = cases[i].qty,
			.scale = cases[i].scale,
		};

		assert_int_equal(place_line_may_sell(&line, &err), cases[i].id == E_NONE);
		assert_int_equal(err.id, cases[i].id);
	}
}

static void address_as_json(void **state)
{
	AUTO_ERROR struct shop_error err = {0};
	struct shop_address_new in = {
		.name = "Ana \"A\" Lima", .street = "Weg 1", .city = "Bonn", .country = "de"};
	char *json = NULL;

	(void)state;
	assert_true(shop_address_json(&in, &json, &err));
	assert_string_equal(
		json, "{\"label\":null,\"name\":\"Ana \\\"A\\\" Lima\",\"company\":null,"
		      "\"street\":\"Weg 1\",\"street2\":null,\"city\":\"Bonn\",\"region\":null,"
		      "\"postcode\":null,\"country\":\"DE\",\"phone\":null}");
	g_free(json);
	in.country = NULL;
	assert_false(shop_address_json(&in, &json, &err));
	assert_int_equal(err.id, E_INVALID);
}

/* A test's work inside one write. */
static bool twice_over(struct shop_store *store, void *arg, struct shop_error *err)
{
	const struct shop_product_new mug = {.sku = "MUG-01",
					     .title = "Mug",
					     .price = shop_money_of(1250, "EUR"),
					     .weight_g = SHOP_NULL,
					     .reorder_point = SHOP_NULL,
					     .reorder_qty = SHOP_NULL};
	const struct shop_order_line_new line = {
		.sku = "MUG-01", .qty = {.value = 5}, .price = {.minor = SHOP_NULL}};
	static const char location[] = "INSERT INTO location (id, name, is_default, created_us, "
				       "updated_us) VALUES (1000, 'Main', 1, 0, 0)";
	static const char stock[] =
		"INSERT INTO stock (product_id, location_id, on_hand) VALUES (1000, 1000, 3)";
	static const char count[] =
		"SELECT count(*) FROM journal WHERE type = 'inventory.reserved'";
	AUTO_PRODUCT struct shop_product product = {0};
	AUTO_CART struct shop_cart cart = {0};
	int64_t *reserved = arg;

	return db_run(store, location, NULL, err) &&
	       shop_product_create(store, &mug, &product, err) && db_run(store, stock, NULL, err) &&
	       shop_cart_create(store, 0, &cart, err) &&
	       (shop_cart_done(&cart), shop_cart_add(store, 1000, &line, 1, &cart, err)) &&
	       (shop_cart_done(&cart), shop_cart_set(store, 1000, &line, &cart, err)) &&
	       db_get(store, reserved, count, NULL, err);
}

static void told_once(void **state)
{
	struct test_store *t = *state;
	int64_t reserved = 0;

	if (!shop_store_write(t->store, &test_ana, twice_over, &reserved, &t->err))
		fail_msg("%s", t->err.message);
	assert_int_equal(reserved, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(change_by_status),
		cmocka_unit_test(want_at_least),
		cmocka_unit_test(grow_to_the_limit),
		cmocka_unit_test(cost_what_was_seen),
		cmocka_unit_test(check_out_in_one_currency),
		cmocka_unit_test(sell_by_product),
		cmocka_unit_test(address_as_json),
		cmocka_unit_test_setup_teardown(told_once, test_store_setup, test_store_teardown),
	};

	return cmocka_run_group_tests_name("cart", tests, NULL, NULL);
}

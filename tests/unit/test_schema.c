/* The schema in a real SQLite: it is accepted whole, and its guards refuse what the rules forbid. */
#include "store/schema.h"
#include "store/sql_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <sqlite3.h>

static int open_shop(void **state)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "PRAGMA foreign_keys = ON", NULL, NULL, NULL), SQLITE_OK);
	for (size_t i = 0; store_schema_v1[i] != NULL; i++) {
		char *sql = sql_text_for_sqlite(store_schema_v1[i]);

		if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
			fail_msg("%s: %s", sqlite3_errmsg(db), sql);
		g_free(sql);
	}
	*state = db;
	return 0;
}

static int close_shop(void **state)
{
	sqlite3_close(*state);
	return 0;
}

static void accepted(sqlite3 *db, const char *sql)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sqlite3_errmsg(db), sql);
}

static void refused(sqlite3 *db, const char *sql, const char *why)
{
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_CONSTRAINT);
	assert_non_null(strstr(sqlite3_errmsg(db), why));
}

static void add_mug(sqlite3 *db)
{
	accepted(db, "INSERT INTO product (id, sku, title, status, created_us, updated_us)"
		     " VALUES (1000, 'MUG-01', 'Blue mug', 'active', 1, 1)");
	accepted(db, "INSERT INTO location (id, name, created_us, updated_us) VALUES (1000, 'Main', 1, 1)");
	accepted(db, "INSERT INTO stock (product_id, location_id, on_hand) VALUES (1000, 1000, 3)");
}

static void a_cart_that_is_completed_cannot_become_active_again(void **state)
{
	accepted(*state, "INSERT INTO cart (id, currency, created_us, updated_us) VALUES (1000, 'EUR', 1, 1)");
	accepted(*state, "UPDATE cart SET status = 'completed' WHERE id = 1000");

	refused(*state, "UPDATE cart SET status = 'active' WHERE id = 1000", "tr_cart_status");
}

static void more_than_is_on_hand_cannot_be_allocated(void **state)
{
	add_mug(*state);

	accepted(*state, "UPDATE stock SET allocated = 3");
	refused(*state, "UPDATE stock SET allocated = 4", "ck_stock_oversold");
}

static void on_hand_cannot_fall_below_zero(void **state)
{
	add_mug(*state);

	refused(*state, "UPDATE stock SET on_hand = -1", "CHECK");
}

static void the_stock_ledger_is_never_rewritten(void **state)
{
	add_mug(*state);
	accepted(*state, "INSERT INTO movement (product_id, location_id, kind, qty, on_hand_after, allocated_after,"
			 " at_us, actor) VALUES (1000, 1000, 'received', 3, 3, 0, 1, 'ana')");

	refused(*state, "UPDATE movement SET qty = 4", "tr_movement_append_only");
	refused(*state, "DELETE FROM movement", "tr_movement_append_only");
}

static void two_products_cannot_share_a_sku(void **state)
{
	add_mug(*state);

	refused(*state, "INSERT INTO product (id, sku, title, status, created_us, updated_us)"
			" VALUES (1001, 'MUG-01', 'Red mug', 'active', 1, 1)", "product.sku");
}

static void stock_needs_a_product_that_exists(void **state)
{
	refused(*state, "INSERT INTO stock (product_id, location_id) VALUES (77, 77)", "FOREIGN KEY");
}

static void parameters_are_numbered_as_written_and_quoted_text_is_left_alone(void **state)
{
	char *sql = sql_text_for_sqlite("SELECT $2, '{i64} $1 it''s' FROM t WHERE a = $1");

	(void)state;
	assert_string_equal(sql, "SELECT ?2, '{i64} $1 it''s' FROM t WHERE a = ?1");
	g_free(sql);
}

#define IN_A_SHOP(test) cmocka_unit_test_setup_teardown(test, open_shop, close_shop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_SHOP(a_cart_that_is_completed_cannot_become_active_again),
		IN_A_SHOP(more_than_is_on_hand_cannot_be_allocated),
		IN_A_SHOP(on_hand_cannot_fall_below_zero),
		IN_A_SHOP(the_stock_ledger_is_never_rewritten),
		IN_A_SHOP(two_products_cannot_share_a_sku),
		IN_A_SHOP(stock_needs_a_product_that_exists),
		cmocka_unit_test(parameters_are_numbered_as_written_and_quoted_text_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

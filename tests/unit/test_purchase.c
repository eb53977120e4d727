/* Purchases: the status follows line by line, receipts fill lines in order, and how much is
 * reordered. */
#include "domain/backorder/backorder_row.h"
#include "domain/domain.h"
#include "domain/purchase/purchase_row.h"
#include "domain/purchase/purchase_supply.h"
#include "store_help.h"

#include <string.h>

#define MUG 1
#define POT 2

static struct shop_purchase_line line(int64_t product_id, int64_t ordered, int64_t received,
				      int64_t closed)
{
	return (struct shop_purchase_line){.product_id = product_id,
					   .ordered = ordered,
					   .received = received,
					   .closed = closed};
}

static void the_status_follows_from_each_line(void **state)
{
	static const struct {
		int64_t lines[2][4]; /* product, ordered, received, closed */
		const char *status;
	} cases[] = {
		{{{MUG, 5, 0, 0}, {POT, 3, 0, 0}}, "submitted"},
		{{{MUG, 5, 1, 0}, {POT, 3, 0, 0}}, "partially_received"},
		{{{MUG, 5, 5, 0}, {POT, 3, 0, 0}}, "partially_received"},
		{{{MUG, 5, 5, 0}, {POT, 3, 3, 0}}, "received"},
		/* Eight were ordered and eight have come, but no pot among them. */
		{{{MUG, 5, 8, 0}, {POT, 3, 0, 0}}, "partially_received"},
		{{{MUG, 5, 6, 0}, {POT, 3, 2, 0}}, "partially_received"},
		/* The same product twice is two lines. */
		{{{MUG, 5, 5, 0}, {MUG, 3, 0, 0}}, "partially_received"},
		{{{MUG, 5, 8, 0}, {MUG, 3, 0, 0}}, "partially_received"},
		{{{MUG, 5, 5, 0}, {MUG, 3, 3, 0}}, "received"},
		/* What was given up is not waited for. */
		{{{MUG, 5, 5, 0}, {POT, 3, 1, 2}}, "received"},
		{{{MUG, 5, 4, 0}, {POT, 3, 1, 2}}, "partially_received"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct shop_purchase_line lines[2];

		for (size_t n = 0; n < 2; n++)
			lines[n] = line(cases[i].lines[n][0], cases[i].lines[n][1],
					cases[i].lines[n][2], cases[i].lines[n][3]);
		assert_string_equal(purchase_status(lines, 2, "submitted"), cases[i].status);
	}
}

static void a_receipt_fills_the_lines_of_its_product_in_their_order(void **state)
{
	static const struct {
		int64_t qty, percent, over;
		int64_t parts[3];
	} cases[] = {
		/* Lines: 10 mugs (2 received), 5 pots, 4 mugs. */
		{1, 0, 0, {1, 0, 0}},	{8, 0, 0, {8, 0, 0}},	 {10, 0, 0, {8, 0, 2}},
		{12, 0, 0, {8, 0, 4}},	{13, 0, 1, {8, 0, 4}},	 {13, 10, 0, {9, 0, 4}},
		{14, 10, 1, {9, 0, 4}}, {16, 25, 1, {10, 0, 5}}, {100, 0, 88, {8, 0, 4}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct shop_purchase_line lines[] = {line(MUG, 10, 2, 0), line(POT, 5, 0, 0),
							   line(MUG, 4, 0, 0)};
		int64_t parts[3] = {0};

		assert_int_equal(
			purchase_spread(lines, 3, MUG, cases[i].qty, cases[i].percent, parts),
			cases[i].over);
		for (size_t n = 0; n < 3; n++)
			assert_int_equal(parts[n], cases[i].parts[n]);
	}
}

static void what_was_given_up_is_received_only_within_the_allowance(void **state)
{
	const struct shop_purchase_line lines[] = {line(MUG, 10, 4, 6)};
	int64_t parts[1] = {0};

	(void)state;
	assert_int_equal(purchase_spread(lines, 1, MUG, 7, 0, parts), 1);
	assert_int_equal(parts[0], 6);
}

static void a_backorders_status_follows_from_its_units(void **state)
{
	static const struct {
		int64_t qty, allocated, canceled;
		bool sourced;
		const char *status;
	} cases[] = {
		{4, 0, 0, false, "open"},
		{4, 0, 0, true, "sourced"},
		{4, 0, 1, false, "open"},
		{4, 1, 0, true, "partially_allocated"},
		{4, 1, 2, false, "partially_allocated"},
		{4, 4, 0, true, "allocated"},
		{4, 3, 1, false, "allocated"},
		{4, 0, 4, true, "canceled"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(backorder_status(cases[i].qty, cases[i].allocated,
						     cases[i].canceled, cases[i].sourced),
				    cases[i].status);
}

/* Reorder point 10, and how many of what: on hand, allocated, backordered, on order. */
static void a_reorder_lifts_the_projected_stock_above_the_point(void **state)
{
	static const struct {
		int64_t on_hand, allocated, backordered, on_order, reorder_qty, wanted;
	} cases[] = {
		{20, 0, 0, 0, 24, 0},	    {11, 0, 0, 0, 24, 0},	 {10, 0, 0, 0, 24, 24},
		{15, 5, 0, 0, 24, 24},	    {15, 5, 0, 24, 24, 0},	 {0, 0, 30, 0, 24, 41},
		{0, 0, 30, 41, 24, 0},	    {10, 0, 0, 0, SHOP_NULL, 1}, {2, 0, 0, 0, SHOP_NULL, 9},
		{2, 0, 0, 9, SHOP_NULL, 0}, {5, 0, 0, 0, 1, 6},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct supply s = {
			.reorder_point = 10,
			.bought = true,
			.on_hand = cases[i].on_hand,
			.allocated = cases[i].allocated,
			.backordered = cases[i].backordered,
			.on_order = cases[i].on_order,
			.reorder_qty = cases[i].reorder_qty,
		};

		assert_int_equal(supply_to_reorder(&s), cases[i].wanted);
		s.bought = false;
		assert_int_equal(supply_to_reorder(&s), 0);
		s = (struct supply){.bought = true, .reorder_point = SHOP_NULL};
		assert_int_equal(supply_to_reorder(&s), 0);
	}
}

static void a_whole_unit_is_missing_in_the_products_own_decimals(void **state)
{
	const struct supply s = {.reorder_point = 5000,
				 .reorder_qty = SHOP_NULL,
				 .bought = true,
				 .on_hand = 4500,
				 .qty_scale = 3};

	(void)state;
	assert_int_equal(supply_to_reorder(&s), 1500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_status_follows_from_each_line),
		cmocka_unit_test(a_receipt_fills_the_lines_of_its_product_in_their_order),
		cmocka_unit_test(what_was_given_up_is_received_only_within_the_allowance),
		cmocka_unit_test(a_backorders_status_follows_from_its_units),
		cmocka_unit_test(a_reorder_lifts_the_projected_stock_above_the_point),
		cmocka_unit_test(a_whole_unit_is_missing_in_the_products_own_decimals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

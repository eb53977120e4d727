/* Which states lead to which, over any number of steps that some command makes. */
#include "shop/transition.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void a_state_leads_where_commands_lead_it(void **state)
{
	static const struct {
		const char *machine, *from, *to;
		bool reachable;
	} rows[] = {
		{"order", "pending", "completed", true},
		{"order", "on_hold", "completed", true},
		{"order", "confirmed", "confirmed", true},
		{"order", "canceled", "confirmed", false},
		{"order", "expired", "canceled", false},
		{"order", "confirmed", "expired", true}, /* held and released before it was paid */
		{"order", "completed", "canceled", false}, /* nothing opens it again yet */
		{"cart", "abandoned", "completed", true},
		{"cart", "completed", "active", false},
		{"shipment", "picking", "delivered", true},
		{"shipment", "delivered", "canceled", false},
		{"backorder", "canceled", "closed", true},
		{"purchase", "draft", "closed", true},
		{"purchase", "received", "canceled", false},
		{"payment", "requires_payment_method", "succeeded", true},
		{"operation", "unknown", "succeeded", true},
		{"operation", "failed", "succeeded", false},
		{"order", "pending", "shipped", false},
		{"nothing", "pending", "done", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (shop_state_reachable(rows[i].machine, rows[i].from, rows[i].to) !=
		    rows[i].reachable)
			fail_msg("%s: %s to %s", rows[i].machine, rows[i].from, rows[i].to);
}

static void a_machine_knows_its_states(void **state)
{
	(void)state;
	assert_true(shop_state_known("order", "expired"));
	assert_true(shop_state_known("purchase", "draft"));
	assert_false(shop_state_known("order", "draft"));
	assert_false(shop_state_known("job", "dead"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_state_leads_where_commands_lead_it),
		cmocka_unit_test(a_machine_knows_its_states),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Shipments: what a status and an order allow, and that the store's transition table says the same.
 */
#include "store_help.h"

#include "domain/shipment/shipment_row.h"
#include "gateways/carrier.h"

#include <glib.h>
#include <string.h>

static const char *const statuses[] = {"open",	  "picking",   "packed",
				       "shipped", "delivered", "canceled"};

static bool may(enum shipment_act act, const char *status, struct shop_error *err)
{
	const struct shop_shipment s = {
		.id = 1000, .order_id = 1000, .status = (char *)(uintptr_t)status};

	return shipment_may(act, &s, err);
}

/* Each act with the status it ends in; "" ends where it began. */
static const struct {
	const char *name;
	const char *to;
	const char *from; /* the statuses that allow it */
} acts[SHIPMENT_ACTS] = {
	[SHIPMENT_PICK] = {"pick", "picking", "open"},
	[SHIPMENT_UNPICK] = {"unpick", "open", "picking"},
	[SHIPMENT_PACK] = {"pack", "packed", "open picking"},
	[SHIPMENT_DISPATCH] = {"dispatch", "shipped", "open picking packed"},
	[SHIPMENT_DELIVER] = {"deliver", "delivered", "shipped"},
	[SHIPMENT_CANCEL] = {"cancel", "canceled", "open picking packed"},
	[SHIPMENT_SPLIT] = {"split", "", "open picking"},
	[SHIPMENT_TRACK] = {"track", "", "shipped delivered"},
};

static bool has_word(const char *words, const char *word)
{
	char **each = g_strsplit(words, " ", -1);
	bool found = g_strv_contains((const char *const *)each, word);

	g_strfreev(each);
	return found;
}

static void each_act_has_its_statuses_and_a_refusal_names_the_way_on(void **state)
{
	(void)state;
	for (int act = 0; act < SHIPMENT_ACTS; act++)
		for (size_t i = 0; i < G_N_ELEMENTS(statuses); i++) {
			AUTO_ERROR struct shop_error err = {0};
			bool wanted = has_word(acts[act].from, statuses[i]);

			if (may((enum shipment_act)act, statuses[i], &err) != wanted)
				fail_msg("%s from %s", acts[act].name, statuses[i]);
			if (!wanted) {
				assert_int_equal(err.id, E_SHIPMENT_STATE);
				assert_non_null(err.fix);
				assert_string_equal(err.object, "shp-1000");
			}
		}
}

static bool table_has(struct test_store *t, const char *from, const char *to)
{
	int64_t n;

	assert_true(db_get(t->store, &n,
			   "SELECT count(*) FROM transition WHERE machine = 'shipment'"
			   " AND from_status = $1 AND to_status = $2",
			   "tt", &t->err, from, to));
	return n == 1;
}

/* open → packed is allowed when open → picking and picking → packed are. */
static bool reaches(struct test_store *t, const char *from, const char *to)
{
	static const char *const path[] = {"open", "picking", "packed", "shipped"};

	if (table_has(t, from, to))
		return true;
	for (size_t i = 0; i + 1 < G_N_ELEMENTS(path); i++)
		if (strcmp(from, path[i]) == 0)
			return table_has(t, from, path[i + 1]) && strcmp(from, to) != 0 &&
			       reaches(t, path[i + 1], to);
	return false;
}

static void what_the_guards_allow_the_stores_table_allows(void **state)
{
	struct test_store *t = *state;

	for (int act = 0; act < SHIPMENT_ACTS; act++)
		for (size_t i = 0; *acts[act].to != '\0' && i < G_N_ELEMENTS(statuses); i++) {
			AUTO_ERROR struct shop_error err = {0};

			if (may((enum shipment_act)act, statuses[i], &err) &&
			    !reaches(t, statuses[i], acts[act].to))
				fail_msg("%s: the store refuses %s to %s", acts[act].name,
					 statuses[i], acts[act].to);
		}
}

static void every_transition_of_the_table_is_some_act(void **state)
{
	struct test_store *t = *state;
	AUTO_QUERY struct db_query q = {0};

	assert_true(
		db_query(&q, t->store,
			 "SELECT from_status, to_status FROM transition WHERE machine = 'shipment'",
			 NULL, &t->err));
	while (db_next(&q)) {
		bool found = false;

		for (int act = 0; act < SHIPMENT_ACTS; act++)
			found |= strcmp(acts[act].to, db_text(&q, 1)) == 0 &&
				 has_word(acts[act].from, db_text(&q, 0));
		if (!found)
			fail_msg("nothing goes from %s to %s", db_text(&q, 0), db_text(&q, 1));
	}
	assert_true(db_done(&q, &t->err));
}

/* An order as its goods see it, and the refusals of opening and of leaving (E_NONE = allowed). */
static const struct {
	const char *status;
	int64_t held;
	const char *payment;
	bool pay_later;
	int64_t due_minor;
	enum shop_error_id open, leave;
	const char *fix;
} orders[] = {
	{"confirmed", 0, "authorized", false, 100, E_NONE, E_NONE, NULL},
	{"confirmed", 0, "partially_paid", false, 100, E_NONE, E_NONE, NULL},
	{"confirmed", 0, "paid", false, 100, E_NONE, E_NONE, NULL},
	{"confirmed", 0, "partially_refunded", false, 100, E_NONE, E_NONE, NULL},
	{"confirmed", 0, "not_paid", true, 100, E_NONE, E_NONE, NULL},
	{"confirmed", 0, "not_paid", false, 0, E_NONE, E_NONE, NULL},
	{"confirmed", 0, "not_paid", false, 100, E_NONE, E_ORDER_UNPAID,
	 "payment authorize ord-1000"},
	{"confirmed", 0, "partially_authorized", false, 100, E_NONE, E_ORDER_UNPAID,
	 "payment authorize ord-1000"},
	{"confirmed", 0, "voided", false, 100, E_NONE, E_ORDER_UNPAID,
	 "payment authorize ord-1000"},
	{"confirmed", 0, "refunded", false, 100, E_NONE, E_ORDER_UNPAID, "order cancel ord-1000"},
	{"confirmed", 1, "authorized", false, 100, E_ORDER_HELD, E_ORDER_HELD,
	 "order release ord-1000"},
	{"on_hold", 1, "authorized", false, 100, E_ORDER_HELD, E_ORDER_HELD,
	 "order release ord-1000"},
	{"pending", 0, "not_paid", false, 100, E_ORDER_UNPAID, E_ORDER_UNPAID,
	 "payment authorize ord-1000"},
	{"pending", 0, "authorized", false, 100, E_ORDER_STATE, E_ORDER_STATE,
	 "order confirm ord-1000"},
	{"canceled", 0, "voided", false, 0, E_ORDER_STATE, E_ORDER_STATE, "order show ord-1000"},
	{"completed", 0, "paid", false, 100, E_ORDER_STATE, E_ORDER_STATE, "order show ord-1000"},
};

static void refusal_is(bool ok, const struct shop_error *err, size_t i, enum shop_error_id wanted)
{
	char *fix = err->fix == NULL ? NULL : g_strjoinv(" ", err->fix);

	if (ok != (wanted == E_NONE) || (!ok && err->id != wanted))
		fail_msg("order %zu: %s", i, err->message == NULL ? "allowed" : err->message);
	if (!ok)
		assert_string_equal(fix, orders[i].fix);
	g_free(fix);
}

static void goods_leave_only_for_confirmed_orders_whose_money_is_certain(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(orders); i++) {
		AUTO_ERROR struct shop_error open_err = {0};
		AUTO_ERROR struct shop_error leave_err = {0};
		struct shipment_order order = {
			.id = 1000,
			.held = orders[i].held,
			.pay_later = orders[i].pay_later,
			.due_minor = orders[i].due_minor,
		};

		g_strlcpy(order.status, orders[i].status, sizeof order.status);
		g_strlcpy(order.payment_status, orders[i].payment, sizeof order.payment_status);
		refusal_is(shipment_may_open(&order, &open_err), &open_err, i, orders[i].open);
		refusal_is(shipment_may_leave(&order, &leave_err), &leave_err, i, orders[i].leave);
	}
}

static void each_carrier_a_parcel_may_go_by_has_a_driver(void **state)
{
	const struct shop_carrier *c;
	AUTO_ERROR struct shop_error err = {0};

	(void)state;
	for (c = shop_carriers(); c->name != NULL; c++) {
		const struct carrier_parcel parcel = {.key = "k"};
		struct carrier_answer answer;

		assert_non_null(carrier_find(c->name));
		carrier_find(c->name)->announce(&parcel, &answer);
		assert_int_equal(answer.result, c->announces ? CARRIER_OK : CARRIER_NOBODY);
	}
	assert_null(shop_carrier_find("pigeon", &err));
	assert_int_equal(err.id, E_CARRIER);
	assert_null(carrier_find("pigeon"));
}

static struct carrier_answer sandbox(const char *key, const char *service)
{
	const struct carrier_parcel parcel = {.key = key, .service = service};
	struct carrier_answer answer;

	carrier_sandbox.announce(&parcel, &answer);
	return answer;
}

static void the_same_parcel_gets_the_same_number_and_another_gets_another(void **state)
{
	const struct carrier_answer a = sandbox("x/shp-1000", NULL);
	const struct carrier_answer again = sandbox("x/shp-1000", NULL);
	const struct carrier_answer other = sandbox("x/shp-1001", NULL);

	(void)state;
	assert_string_equal(a.tracking, again.tracking);
	assert_string_equal(a.status, "pre_transit");
	assert_string_not_equal(a.tracking, other.tracking);
}

static void the_sandbox_service_names_what_becomes_of_the_parcel(void **state)
{
	static const char *const words[][2] = {
		{"delivered", "delivered"},
		{"failure", "failure"},
		{"express", "in_transit"},
		{"expired", "expired"},
		{"return_to_sender", "return_to_sender"},
	};
	struct carrier_answer answer;

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		const struct carrier_answer given = sandbox("k", words[i][0]);

		carrier_sandbox.track(given.tracking, &answer);
		assert_int_equal(answer.result, CARRIER_OK);
		assert_string_equal(answer.status, words[i][1]);
	}
	assert_int_equal(sandbox("k", "refuse").result, CARRIER_REFUSED);
	assert_int_equal(sandbox("k", "down").result, CARRIER_RETRY);
	carrier_sandbox.track("00340434161094042557", &answer);
	assert_int_equal(answer.result, CARRIER_REFUSED);
	assert_string_equal(answer.status, "unknown");
}

#define IN_A_STORE(test)                                                                           \
	cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_act_has_its_statuses_and_a_refusal_names_the_way_on),
		IN_A_STORE(what_the_guards_allow_the_stores_table_allows),
		IN_A_STORE(every_transition_of_the_table_is_some_act),
		cmocka_unit_test(goods_leave_only_for_confirmed_orders_whose_money_is_certain),
		cmocka_unit_test(each_carrier_a_parcel_may_go_by_has_a_driver),
		cmocka_unit_test(the_same_parcel_gets_the_same_number_and_another_gets_another),
		cmocka_unit_test(the_sandbox_service_names_what_becomes_of_the_parcel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/*
 * Random walks: whatever is done to the shop in whatever order, every invariant holds, a refusal
 * changes nothing and names the next command, the worker never trips, and what is taken back leaves
 * nothing behind.
 *
 * WALK_SEED, WALK_SEEDS and WALK_STEPS walk elsewhere, more often and longer than the suite does.
 */
#include "walk.h"

#include "shop/check.h"
#include "shop/customer.h"
#include "shop/init.h"
#include "shop/location.h"
#include "shop/order.h"
#include "shop/payment_call.h"
#include "shop/product.h"
#include "shop/supplier.h"
#include "shop/worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define STEPS_BETWEEN_CHECKS 20
#define PROCESSES 4

static int64_t setting(const char *name, int64_t otherwise)
{
	const char *text = getenv(name);

	return text == NULL ? otherwise : g_ascii_strtoll(text, NULL, 10);
}

/* The last steps of a walk that failed, and how to walk it again. */
#define LOST(w, ...) lost(w, g_strdup_printf(__VA_ARGS__))
static void lost(const struct walk *w, char *why)
{
	const size_t told = MIN(w->story->len, 2000);

	(void)fprintf(stderr,
		      "%s\nLOST %s\nWALK_SEED=%" G_GUINT64_FORMAT " step %" G_GINT64_FORMAT "\n",
		      w->story->str + w->story->len - told, why, w->seed, w->step);
	if (getenv("WALK_KEEP") != NULL) {
		AUTO_ERROR struct shop_error err = {0};
		if (!shop_store_backup(w->store, getenv("WALK_KEEP"), &err))
			(void)fprintf(stderr, "%s\n", err.message);
	}
	if (!w->alone && w->seed != 0)
		_exit(1);
	fail();
}

/* --- the shop to begin with */

static bool make_product(struct shop_store *store, const char *sku, const char *currency,
			 int64_t scale, const char *backorder, bool untracked,
			 struct shop_error *err)
{
	const struct shop_product_new in = {.sku = sku,
					    .title = "A thing",
					    .price = shop_money_of(1099, currency),
					    .weight_g = SHOP_NULL,
					    .unit = scale > 0 ? "kg" : NULL,
					    .qty_scale = scale,
					    .untracked = untracked,
					    .backorder = backorder,
					    .reorder_point = 2,
					    .reorder_qty = 5};
	AUTO_PRODUCT struct shop_product product = {0};

	return shop_product_create(store, &in, &product, err);
}

static bool furnish(struct shop_store *store, void *arg, struct shop_error *err)
{
	const struct shop_location_new attic = {.name = "Attic"};
	const struct shop_supplier_new kiln = {
		.name = "Kiln", .lead_days = 5, .over_percent = SHOP_NULL};
	const struct shop_customer_new ana = {.name = "Ana"};
	AUTO_LOCATION struct shop_location location = {0};
	AUTO_SUPPLIER struct shop_supplier supplier = {0};
	AUTO_CUSTOMER struct shop_customer customer = {0};

	(void)arg;
	return shop_location_create(store, &attic, &location, err) &&
	       shop_supplier_create(store, &kiln, &supplier, err) &&
	       shop_customer_create(store, &ana, &customer, err) &&
	       make_product(store, "MUG-01", "EUR", 0, "deny", false, err) &&
	       make_product(store, "TEA-01", "EUR", 3, "allow", false, err) &&
	       make_product(store, "POT-01", "EUR", 0, "limit:5", false, err) &&
	       make_product(store, "CARD-01", "EUR", 0, "deny", true, err) &&
	       make_product(store, "ROPE-01", "EUR", 3, "limit:2", false, err) &&
	       make_product(store, "HAT-01", "USD", 0, "allow", false, err);
}

static int open_shop(void **state)
{
	struct test_store *t = g_new0(struct test_store, 1);
	struct shop_store_new in = {
		.currency = "EUR", .test = true, .actor = "ana", .now_us = test_ana.now_us};

	t->directory = g_dir_make_tmp("shop-walk-XXXXXX", NULL);
	t->path = test_store_beside(t, "shop.db");
	in.path = t->path;
	*state = t;
	if (!shop_init(&in, &t->store, &t->err) ||
	    !shop_store_write(t->store, &test_ana, furnish, NULL, &t->err))
		fail_msg("%s", t->err.message);
	shop_store_close(&t->store);
	t->store = test_store_open(t, SHOP_STORE_WRITE, SHOP_SYNC_OFF);
	return t->store == NULL;
}

/* --- one step */

/* What a refusal must leave as it was. */
static char *digest(struct walk *w)
{
	static const char sql[] = "SELECT (SELECT max(seq) FROM journal) || ' ' || (SELECT "
				  "sum(next) FROM counter) || ' ' ||"
				  " (SELECT sum(version) FROM product) || ' ' || (SELECT "
				  "sum(version) FROM location) || ' ' ||"
				  " (SELECT COALESCE(sum(version), 0) FROM cart) || ' ' ||"
				  " (SELECT COALESCE(sum(version), 0) FROM orders) || ' ' ||"
				  " (SELECT COALESCE(sum(version), 0) FROM payment) || ' ' ||"
				  " (SELECT COALESCE(sum(version), 0) FROM shipment) || ' ' ||"
				  " (SELECT COALESCE(sum(version), 0) FROM backorder) || ' ' ||"
				  " (SELECT COALESCE(sum(version), 0) FROM purchase) || ' ' ||"
				  " (SELECT COALESCE(sum(on_hand * 7 + allocated * 5 + backordered "
				  "* 3 + safety_stock), 0) FROM stock) || ' ' ||"
				  " (SELECT COALESCE(sum(qty), 0) || ' ' || "
				  "COALESCE(sum(expires_us % 1000003), 0) FROM hold) || ' ' ||"
				  " (SELECT COALESCE(sum(qty), 0) FROM cart_line) || ' ' || "
				  "(SELECT count(*) FROM movement) || ' ' ||"
				  " (SELECT COALESCE(sum(qty * 3 + in_shipment), 0) FROM "
				  "allocation) || ' ' || (SELECT count(*) FROM job)";
	AUTO_ERROR struct shop_error err = {0};
	char *text;

	if (!db_get_text(w->store, &text, sql, NULL, &err))
		LOST(w, "%s", err.message);
	return text;
}

/* Refusals have a proper code; what was typed wrong is told by the message, all else names the next
 * command. */
static void expect_refusal(const struct walk *w, const struct shop_error *err)
{
	const bool proper = (err->code >= SHOP_USAGE && err->code <= SHOP_DECLINED) ||
			    (!w->alone && err->code == SHOP_RETRY);

	if (!proper)
		LOST(w, "%s: %s", shop_error_info(err->id)->name, err->message);
	if (err->code == SHOP_USAGE || err->code == SHOP_INVALID)
		return;
	if (err->fix == NULL && err->code != SHOP_RETRY)
		LOST(w, "no next command after %s: %s", shop_error_info(err->id)->name,
		     err->message);
}

struct attempt {
	struct walk *w;
	const struct walk_step *step;
	bool refused;
	struct shop_error err;
};

/* A refused step is committed all the same: it must have left nothing. */
static bool attempt(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct attempt *a = arg;
	char *before, *after;

	(void)err;
	(void)store;
	walk_begin(a->w, a->w->step);
	(void)walk_draw(a->w, 1000);
	shop_error_done(&a->err);
	before = digest(a->w);
	a->refused = !a->step->run(a->w, &a->err);
	if (a->refused && a->err.code == SHOP_RETRY) {
		shop_error_take(err, &a->err);
		g_free(before);
		return false;
	}
	if (a->refused) {
		expect_refusal(a->w, &a->err);
		after = digest(a->w);
		if (strcmp(before, after) != 0)
			LOST(a->w, "a refusal changed the store: %s\n%s\n%s", a->err.message,
			     before, after);
		g_free(after);
	}
	g_free(before);
	return true;
}

static void call_provider(struct walk *w)
{
	const struct shop_context ctx = {.actor = "ana", .now_us = w->now_us};
	AUTO_ERROR struct shop_error err = {0};
	enum shop_payment_result result;

	if (w->call_payment != 0 &&
	    !shop_payment_call(w->store, &ctx, w->call_payment, w->call_n, &result, &err))
		expect_refusal(w, &err);
}

static void take_step(struct walk *w, const struct walk_step *step)
{
	const struct shop_context ctx = {.actor = "ana", .now_us = w->now_us, .reason = "a walk"};
	struct attempt a = {.w = w, .step = step};
	AUTO_ERROR struct shop_error err = {0};

	g_string_append_printf(w->story, "%" G_GINT64_FORMAT " %s", w->step, step->name);
	if (step->outside) {
		a.refused = !step->run(w, &a.err);
		if (a.refused)
			expect_refusal(w, &a.err);
	} else if (!shop_store_write(w->store, &ctx, attempt, &a, &err)) {
		expect_refusal(w, &err);
		g_string_append_printf(w->story, ": %s", err.message);
	}
	g_string_append_printf(w->story, "%s%s\n", a.refused ? ": " : "",
			       a.refused ? a.err.message : "");
	shop_error_done(&a.err);
	call_provider(w);
}

static const struct walk_step *choose(struct walk *w)
{
	const struct walk_step *areas[] = {walk_stock_steps(), walk_sales_steps(),
					   walk_goods_steps(), walk_supply_steps(),
					   walk_money_steps()};
	int64_t weight = 0, at;

	for (size_t i = 0; i < G_N_ELEMENTS(areas); i++)
		for (const struct walk_step *s = areas[i]; s->name != NULL; s++)
			weight += s->weight;
	at = walk_draw(w, weight);
	for (size_t i = 0; i < G_N_ELEMENTS(areas); i++)
		for (const struct walk_step *s = areas[i]; s->name != NULL; s++)
			if ((at -= s->weight) < 0)
				return s;
	return NULL;
}

/* --- what holds all along */

/* Two findings are of the provider's making and wait for people: no answer, and a refund that is
 * refused. */
static bool expected(const struct walk *w, const struct shop_finding *finding)
{
	static const char refused[] =
		"SELECT count(*) FROM payment p JOIN payment_op x ON x.payment_id = p.id WHERE "
		"'ord-' || "
		"p.order_id = $1 AND x.kind = 'refund' AND x.status = 'failed'";
	AUTO_ERROR struct shop_error err = {0};
	int64_t count = 0;

	if (strcmp(finding->check, "PAY03") == 0 &&
	    !db_get(w->store, &count, refused, "t", &err, finding->object))
		LOST(w, "%s", err.message);
	return count > 0 || strcmp(finding->check, "PAY02") == 0;
}

static bool found(const void *record, void *ctx, struct shop_error *err)
{
	const struct shop_finding *finding = record;

	(void)err;
	if (!expected(ctx, finding))
		LOST(ctx, "%s %s: %s", finding->check, finding->object, finding->message);
	return true;
}

static void expect_zero(struct walk *w, const char *what, const char *sql)
{
	AUTO_ERROR struct shop_error err = {0};
	char *text;

	if (!db_get_text(w->store, &text, sql, NULL, &err))
		LOST(w, "%s", err.message);
	if (text != NULL)
		LOST(w, "%s: %s", what, text);
	g_free(text);
}

static void compare_shelves(struct walk *w)
{
	static const char sql[] =
		"SELECT p.sku, sum(s.on_hand) FROM stock s JOIN product p ON p.id = "
		"s.product_id GROUP BY p.sku";
	AUTO_ERROR struct shop_error err = {0};
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, w->store, sql, NULL, &err))
		LOST(w, "%s", err.message);
	while (db_next(&q)) {
		const int64_t *expected = g_hash_table_lookup(w->on_hand, db_text(&q, 0));

		if (db_int(&q, 1) != (expected == NULL ? 0 : *expected))
			LOST(w,
			     "%s: on hand %" G_GINT64_FORMAT
			     ", received, corrected and shipped make %" G_GINT64_FORMAT,
			     db_text(&q, 0), db_int(&q, 1), expected == NULL ? 0 : *expected);
	}
	if (!db_done(&q, &err))
		LOST(w, "%s", err.message);
}

static void check(struct walk *w)
{
	static const char tripped[] = "SELECT 'job-' || j.id || ' ' || j.queue || ' ' || e.type || "
				      "' ' || e.subject || ': ' || j.last_error"
				      " FROM job j JOIN journal e ON e.seq = j.event_seq WHERE "
				      "j.kind = 'parked' ORDER BY j.id LIMIT 1";
	const struct shop_check_options options = {.deep = true, .now_us = w->now_us};
	struct shop_check_verdict verdict;
	AUTO_ERROR struct shop_error err = {0};

	if (!shop_check(w->store, &options, found, w, &verdict, &err))
		LOST(w, "%s", err.message);
	expect_zero(w, "a reaction failed", tripped);
	if (w->alone)
		compare_shelves(w);
}

/* --- what holds once the worker is done */

static void drain(struct walk *w)
{
	const struct shop_worker_options options = {
		.mode = SHOP_WORKER_DRAIN, .now_us = w->now_us, .wake_fd = -1};
	AUTO_WORKER_REPORT struct shop_worker_report report = {0};
	AUTO_ERROR struct shop_error err = {0};

	if (!shop_worker_run(w->store, &options, &report, &err))
		LOST(w, "%s", err.message);
}

/* Nobody waits for what lies there; what is ready to go has its shipment, but where staff took one
 * back. */
static void expect_nothing_idle(struct walk *w)
{
	static const char waiting[] = "SELECT p.sku || ' waits for ' || sum(s.backordered) || ' of "
				      "' || sum(max(0, s.on_hand - "
				      "s.allocated - s.safety_stock - COALESCE(h.qty, 0))) FROM "
				      "stock s JOIN product p ON p.id = "
				      "s.product_id LEFT JOIN (SELECT product_id, location_id, "
				      "sum(qty) AS qty FROM hold GROUP BY "
				      "product_id, location_id) h ON h.product_id = s.product_id "
				      "AND h.location_id = s.location_id"
				      " GROUP BY p.sku HAVING sum(s.backordered) > 0 AND "
				      "sum(max(0, s.on_hand - s.allocated - "
				      "s.safety_stock - COALESCE(h.qty, 0))) > 0 LIMIT 1";
	static const char unpacked[] = "SELECT 'ord-' || a.order_id FROM allocation a JOIN orders "
				       "o ON o.id = a.order_id WHERE "
				       "o.status = 'confirmed' AND a.qty > a.in_shipment AND NOT "
				       "EXISTS (SELECT 1 FROM shipment s "
				       "WHERE s.order_id = o.id AND s.status = 'canceled') LIMIT 1";

	g_string_append(w->story, "drain\n");
	w->now_us += WALK_HOUR;
	drain(w);
	check(w);
	expect_zero(w, "backorders wait beside free stock", waiting);
	expect_zero(w, "nothing packs", unpacked);
}

static void walk(struct walk *w, int64_t steps)
{
	for (int64_t i = 0; i < steps; i++) {
		walk_begin(w, i);
		take_step(w, choose(w));
		w->now_us += 1 + (int64_t)(w->random % 3000000);
		if (i % STEPS_BETWEEN_CHECKS == STEPS_BETWEEN_CHECKS - 1)
			check(w);
		if (w->alone && i % 100 == 99)
			expect_nothing_idle(w);
	}
	check(w);
}

static void walk_init(struct walk *w, struct shop_store *store, uint64_t seed, bool alone)
{
	*w = (struct walk){.store = store, .seed = seed, .now_us = test_ana.now_us, .alone = alone};
	w->on_hand = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	w->story = g_string_new(NULL);
}

static void walk_done(struct walk *w)
{
	g_hash_table_unref(w->on_hand);
	g_string_free(w->story, TRUE);
}

/* What a canceled order's payments still hold, unless the provider refuses to take it back. */
static void expect_no_money_left(struct walk *w)
{
	static const char left[] = "SELECT 'ord-' || o.id || ' ' || p.status FROM orders o JOIN "
				   "payment p ON p.order_id = o.id"
				   " WHERE o.status IN ('canceled', 'expired') AND p.driver <> "
				   "'manual' AND (p.authorized_minor > "
				   "p.captured_minor + p.voided_minor OR p.captured_minor > "
				   "p.refunded_minor) AND NOT EXISTS (SELECT 1 "
				   "FROM payment_op x WHERE x.payment_id = p.id AND x.status = "
				   "'failed' AND x.kind IN ('void', 'refund')) LIMIT 1";

	for (int days = 0; days < 3; days++) {
		w->now_us += WALK_DAY;
		drain(w);
	}
	check(w);
	expect_zero(w, "money is left on a canceled order", left);
}

/* --- the walks */

static void whatever_happens_the_shop_stays_whole(void **state)
{
	struct test_store *t = *state;
	const int64_t first = setting("WALK_SEED", 1), seeds = setting("WALK_SEEDS", 2);

	for (int64_t i = 0; i < seeds; i++) {
		struct walk w;

		if (i > 0) {
			test_store_teardown(state);
			open_shop(state);
			t = *state;
		}
		walk_init(&w, t->store, (uint64_t)(first + i), true);
		walk(&w, setting("WALK_STEPS", 300));
		g_string_append(w.story, "all is taken back\n");
		walk_take_back(&w);
		check(&w);
		expect_no_money_left(&w);
		walk_done(&w);
	}
}

/* A process of its own: opens the store, walks, and ends; never comes back. */
static void walk_apart(struct test_store *t, uint64_t seed)
{
	struct walk w;

	t->store = test_store_open(t, SHOP_STORE_WRITE, SHOP_SYNC_OFF);
	if (t->store == NULL)
		_exit(2);
	walk_init(&w, t->store, seed, false);
	for (int64_t i = 0; i < setting("WALK_STEPS", 150); i++) {
		walk_begin(&w, i);
		take_step(&w, choose(&w));
		w.now_us += 1 + (int64_t)(w.random % 3000000);
	}
	walk_done(&w);
	shop_store_close(&t->store);
	_exit(0);
}

static void several_at_once_leave_the_shop_whole(void **state)
{
	struct test_store *t = *state;
	struct walk w;
	int status;

	shop_store_close(&t->store);
	for (int i = 0; i < PROCESSES; i++)
		if (fork() == 0)
			walk_apart(t, (uint64_t)(setting("WALK_SEED", 1) * PROCESSES + i));
	for (int i = 0; i < PROCESSES; i++) {
		assert_true(wait(&status) > 0);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 0);
	}
	t->store = test_store_open(t, SHOP_STORE_WRITE, SHOP_SYNC_OFF);
	walk_init(&w, t->store, 0, false);
	w.now_us += WALK_DAY;
	check(&w);
	expect_nothing_idle(&w);
	walk_take_back(&w);
	expect_no_money_left(&w);
	walk_done(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(whatever_happens_the_shop_stays_whole, open_shop,
						test_store_teardown),
		cmocka_unit_test_setup_teardown(several_at_once_leave_the_shop_whole, open_shop,
						test_store_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

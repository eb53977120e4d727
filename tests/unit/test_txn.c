/* Transactions: all or nothing, savepoints, many processes, and what a failed statement does to the
 * rest. */
#include "store_help.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void a_write_is_kept_and_its_number_counts_up(void **state)
{
	struct test_store *t = *state;

	assert_true(shop_store_write(t->store, &test_ana, test_store_bump, NULL, &t->err));
	assert_int_equal(test_store_count(t), 1);
}

static void a_failed_write_leaves_the_store_as_it_was(void **state)
{
	struct test_store *t = *state;

	assert_false(shop_store_write(t->store, &test_ana, test_store_bump, t, &t->err));
	assert_int_equal(t->err.id, E_INVALID);
	assert_int_equal(test_store_count(t), 0);
}

static void a_dry_run_changes_nothing(void **state)
{
	struct test_store *t = *state;

	assert_true(shop_store_try(t->store, &test_ana, test_store_bump, NULL, &t->err));
	assert_int_equal(test_store_count(t), 0);
}

static bool outer_keeps_inner_fails(struct shop_store *store, void *arg, struct shop_error *err)
{
	AUTO_ERROR struct shop_error inner = {0};

	return test_store_bump(store, NULL, err) &&
	       !shop_store_write(store, NULL, test_store_bump, arg, &inner) && /* undone */
	       shop_store_write(store, NULL, test_store_bump, NULL, err) &&    /* kept */
	       shop_store_try(store, NULL, test_store_bump, NULL, err);	       /* undone */
}

static void an_inner_failure_undoes_only_the_inner_step(void **state)
{
	struct test_store *t = *state;

	assert_true(shop_store_write(t->store, &test_ana, outer_keeps_inner_fails, t, &t->err));
	assert_int_equal(test_store_count(t), 2);
}

static bool step_without_commit(struct shop_store *store, void *arg, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};

	(void)arg;
	return shop_txn_begin(&txn, store, err) && test_store_bump(store, NULL, err);
}

static void a_step_that_is_not_committed_is_undone(void **state)
{
	struct test_store *t = *state;

	assert_true(shop_store_write(t->store, &test_ana, step_without_commit, NULL, &t->err));
	assert_int_equal(test_store_count(t), 0);
}

static const char sql_supplier[] = "INSERT INTO supplier (id, name, currency, created_us, "
				   "updated_us) VALUES ($1, $2, 'EUR', 1, 1)";

static bool ignore_a_duplicate(struct shop_store *store, void *arg, struct shop_error *err)
{
	AUTO_ERROR struct shop_error first = {0}, second = {0};

	(void)arg;
	if (!db_run(store, sql_supplier, "dt", err, INT64_C(1), "Acme"))
		return false;
	assert_false(db_run(store, sql_supplier, "dt", &first, INT64_C(2), "Acme"));
	assert_int_equal(first.id, E_DUPLICATE);
	assert_string_equal(first.field, "name");
	assert_non_null(strstr(first.because, "supplier.name"));
	assert_false(db_run(store, sql_supplier, "dt", &second, INT64_C(3), "Bravo"));
	assert_int_equal(second.id, E_DUPLICATE);
	return true;
}

static void after_a_failed_statement_nothing_works_until_rollback(void **state)
{
	struct test_store *t = *state;
	int64_t n = -1;

	assert_false(shop_store_write(t->store, &test_ana, ignore_a_duplicate, NULL, &t->err));
	assert_int_equal(t->err.id, E_DUPLICATE);
	assert_true(db_get(t->store, &n, "SELECT count(*) FROM supplier", NULL, &t->err));
	assert_int_equal(n, 0);
	assert_true(shop_store_write(t->store, &test_ana, test_store_bump, NULL, &t->err));
}

static bool cart_backwards(struct shop_store *store, void *arg, struct shop_error *err)
{
	(void)arg;
	return db_run(store,
		      "INSERT INTO cart (id, currency, status, created_us, updated_us)"
		      " VALUES (1, 'EUR', 'completed', 1, 1)",
		      NULL, err) &&
	       db_run(store, "UPDATE cart SET status = 'active' WHERE id = 1", NULL, err);
}

static bool too_much_promised(struct shop_store *store, void *arg, struct shop_error *err)
{
	(void)arg;
	return db_run(store,
		      "INSERT INTO supplier (id, name, currency, lead_days, created_us, updated_us)"
		      " VALUES (1, 'A', 'EUR', -1, 1, 1)",
		      NULL, err);
}

static void guards_of_the_schema_have_names(void **state)
{
	struct test_store *t = *state;

	assert_false(shop_store_write(t->store, &test_ana, cart_backwards, NULL, &t->err));
	assert_int_equal(t->err.id, E_STATE);
	assert_string_equal(t->err.field, "tr_cart_status");
	assert_false(shop_store_write(t->store, &test_ana, too_much_promised, NULL, &t->err));
	assert_int_equal(t->err.id, E_INTERNAL);
	assert_non_null(strstr(t->err.because, "lead_days"));
}

static bool two_numbers(struct shop_store *store, void *arg, struct shop_error *err)
{
	int64_t *ids = arg;
	AUTO_TXN struct shop_txn txn = {0};

	if (!shop_txn_begin(&txn, store, err))
		return false;
	ids[0] = store_txn_id(store, err);
	shop_txn_end(&txn);
	ids[1] = store_txn_id(store, err);
	ids[2] = shop_store_context(store)->correlation;
	return true;
}

static void a_transaction_has_one_number_and_correlates_to_it(void **state)
{
	struct test_store *t = *state;
	int64_t ids[3], next[3];

	assert_true(shop_store_write(t->store, &test_ana, two_numbers, ids, &t->err));
	assert_int_equal(ids[0], 1000);
	assert_int_equal(ids[1], 1000);
	assert_int_equal(ids[2], 1000);
	assert_true(shop_store_write(t->store, &test_ana, two_numbers, next, &t->err));
	assert_int_equal(next[1], 1001);
}

/* One step that is kept or undone. */
static bool step(struct shop_store *store, int bumps, bool keep, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	bool ok = shop_txn_begin(&txn, store, err);

	for (int i = 0; ok && i < bumps; i++)
		ok = test_store_bump(store, NULL, err);
	return ok && (!keep || shop_txn_commit(&txn, err));
}

/* Inner steps begin with nothing changed in the outer one, which has its savepoint already. */
static bool steps_that_share(struct shop_store *store, void *arg, struct shop_error *err)
{
	AUTO_TXN struct shop_txn outer = {0};
	AUTO_TXN struct shop_txn inner = {0};

	(void)arg;
	return test_store_bump(store, NULL, err) && shop_txn_begin(&outer, store, err) &&
	       shop_txn_begin(&inner, store, err) && step(store, 5, false, err) &&
	       step(store, 1, true, err) && shop_txn_commit(&inner, err) &&
	       step(store, 7, false, err) && step(store, 0, true, err) &&
	       step(store, 7, false, err) && step(store, 1, true, err) &&
	       step(store, 7, false, err) && shop_txn_commit(&outer, err);
}

/* A kept step without changes leaves the outer savepoint innermost, which is an older moment. */
static bool an_empty_step_between(struct shop_store *store, void *arg, struct shop_error *err)
{
	AUTO_TXN struct shop_txn outer = {0};

	(void)arg;
	return shop_txn_begin(&outer, store, err) && test_store_bump(store, NULL, err) &&
	       step(store, 0, true, err) && step(store, 9, false, err) &&
	       shop_txn_commit(&outer, err);
}

static void an_undone_step_takes_back_its_own_changes_only(void **state)
{
	struct test_store *t = *state;

	assert_true(shop_store_write(t->store, &test_ana, steps_that_share, NULL, &t->err));
	assert_int_equal(test_store_count(t), 3);
	assert_true(shop_store_write(t->store, &test_ana, an_empty_step_between, NULL, &t->err));
	assert_int_equal(test_store_count(t), 4);
}

/* A group of members: each counts up, the refused ones before they fail or after. */
struct group {
	int tries; /* of the group, all in all */
	int told;  /* refusals in the last one */
};

static bool refused_early(struct shop_store *store, void *arg, struct shop_error *err)
{
	(void)store;
	(void)arg;
	return shop_fail(err, E_INVALID, "refused");
}

static bool refused_late(struct shop_store *store, void *arg, struct shop_error *err)
{
	return test_store_bump(store, arg, err) && shop_fail(err, E_INVALID, "refused");
}

static bool members(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct group *group = arg;
	shop_write_fn fns[] = {test_store_bump, refused_early, test_store_bump};

	group->tries++;
	group->told = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(fns); i++) {
		if (shop_store_write(store, &test_ana, fns[i], NULL, err))
			continue;
		if (err->id != E_INVALID)
			return false;
		group->told++;
		shop_error_done(err);
	}
	return true;
}

static bool members_and_a_late_refusal(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct group *group = arg;

	if (!members(store, arg, err))
		return false;
	if (shop_store_write(store, &test_ana, refused_late, NULL, err))
		return shop_fail(err, E_INTERNAL, "not refused");
	group->told++;
	shop_error_done(err);
	return shop_store_write(store, &test_ana, test_store_bump, NULL, err);
}

static bool members_and_a_trial(struct shop_store *store, void *arg, struct shop_error *err)
{
	return members(store, arg, err) &&
	       shop_store_try(store, &test_ana, test_store_bump, NULL, err);
}

static bool members_then_nothing(struct shop_store *store, void *arg, struct shop_error *err)
{
	return members(store, arg, err) &&
	       shop_store_write(store, &test_ana, refused_late, NULL, err);
}

static bool take_number(struct shop_store *store, void *arg, struct shop_error *err)
{
	return shop_store_next_id(store, SHOP_ID_ORDER, arg, err);
}

static bool take_number_in_vain(struct shop_store *store, void *arg, struct shop_error *err)
{
	return take_number(store, arg, err) && shop_fail(err, E_INVALID, "refused");
}

/* Numbers taken, looked at, taken on trial and in vain. */
static bool numbers(struct shop_store *store, void *arg, struct shop_error *err)
{
	int64_t *ids = arg, next[SHOP_ID_TYPES], tried;

	if (!shop_store_write(store, &test_ana, take_number, &ids[0], err) ||
	    !shop_store_peek_ids(store, next, err) || next[SHOP_ID_ORDER] != ids[0] + 1 ||
	    !shop_store_write(store, &test_ana, take_number, &ids[1], err) ||
	    !shop_store_try(store, &test_ana, take_number, &tried, err) || tried != ids[1] + 1)
		return false;
	if (shop_store_write(store, &test_ana, take_number_in_vain, &tried, err))
		return shop_fail(err, E_INTERNAL, "not refused");
	if (err->id == E_STORE_BUSY)
		return false;
	shop_error_done(err);
	return shop_store_write(store, &test_ana, take_number, &ids[2], err);
}

static void numbers_are_dense_whatever_a_group_undoes(void **state)
{
	struct test_store *t = *state;
	int64_t ids[3] = {0}, next = 0;

	assert_true(shop_store_group(t->store, true, false, numbers, ids, &t->err));
	assert_int_equal(ids[1], ids[0] + 1);
	assert_int_equal(ids[2], ids[0] + 2);
	assert_true(shop_store_group(t->store, false, false, take_number, &next, &t->err));
	assert_true(shop_store_write(t->store, &test_ana, take_number, &next, &t->err));
	assert_int_equal(next, ids[0] + 3);
}

static void a_group_without_anything_to_undo_runs_once(void **state)
{
	struct test_store *t = *state;
	struct group group = {0};

	assert_true(shop_store_group(t->store, true, false, members, &group, &t->err));
	assert_int_equal(group.tries, 1);
	assert_int_equal(group.told, 1);
	assert_int_equal(test_store_count(t), 2);
	assert_true(shop_store_group(t->store, true, false, members_and_a_trial, &group, &t->err));
	assert_int_equal(group.tries, 2);
	assert_int_equal(test_store_count(t), 4);
}

static void a_group_with_something_to_undo_runs_again_and_undoes_only_that(void **state)
{
	struct test_store *t = *state;
	struct group group = {0};

	for (int tries = 2; tries < 2 + 8; tries++) {
		assert_true(shop_store_group(t->store, true, false, members_and_a_late_refusal,
					     &group, &t->err));
		assert_int_equal(group.tries, tries); /* only the first one twice */
		assert_int_equal(group.told, 2);
		assert_int_equal(test_store_count(t), 3 * (tries - 1));
	}
}

static void a_careful_group_runs_once_whatever_happens(void **state)
{
	struct test_store *t = *state;
	struct group group = {0};

	assert_true(shop_store_group(t->store, true, true, members_and_a_late_refusal, &group,
				     &t->err));
	assert_int_equal(group.tries, 1);
	assert_int_equal(test_store_count(t), 3);
}

static void a_group_that_fails_leaves_nothing_and_says_why(void **state)
{
	struct test_store *t = *state;
	struct group group = {0};

	assert_false(
		shop_store_group(t->store, true, false, members_then_nothing, &group, &t->err));
	assert_int_equal(t->err.id, E_INVALID);
	assert_int_equal(test_store_count(t), 0);
	assert_true(shop_store_write(t->store, &test_ana, test_store_bump, NULL, &t->err));
	assert_int_equal(test_store_count(t), 1);
}

static void a_write_outside_a_transaction_is_refused(void **state)
{
	struct test_store *t = *state;

	assert_false(db_run(t->store, "DELETE FROM counter", NULL, &t->err));
	assert_int_equal(t->err.id, E_INTERNAL);
	assert_false(db_run(t->store, "BEGIN", NULL, &t->err));
	assert_false(db_run(t->store, "CREATE TABLE x (y)", NULL, &t->err));
	assert_false(db_run(t->store, "PRAGMA foreign_keys = OFF", NULL, &t->err));
	assert_false(db_run(t->store, "ATTACH 'y.db' AS y", NULL, &t->err));
	assert_int_equal(test_store_count(t), 0);
}

static void write_200(struct test_store *t)
{
	struct shop_store *store = test_store_open(t, SHOP_STORE_WRITE, SHOP_SYNC_LATE);
	bool ok = store != NULL;

	for (int i = 0; ok && i < 200; i++)
		ok = shop_store_write(store, &test_ana, test_store_bump, NULL, &t->err);
	shop_store_close(&store);
	_exit(ok ? 0 : 1);
}

static void four_processes_lose_nothing(void **state)
{
	struct test_store *t = *state;
	int status;

	shop_store_close(&t->store); /* no fork with an open connection */
	for (int i = 0; i < 4; i++)
		if (fork() == 0)
			write_200(t);
	while (wait(&status) > 0)
		assert_int_equal(status, 0);
	t->store = test_store_open(t, SHOP_STORE_WRITE, SHOP_SYNC_OFF);
	assert_int_equal(test_store_count(t), 800);
}

static bool collect(struct shop_store *store, void *arg, struct shop_error *err)
{
	static const char sql[] = "SELECT next FROM counter ORDER BY type";
	AUTO_QUERY struct db_query outer = {0};
	int *rows = arg;

	if (!db_query(&outer, store, sql, NULL, err))
		return false;
	while (db_next(&outer)) {
		AUTO_QUERY struct db_query inner = {0};
		if (!db_query(&inner, store, sql, NULL, err))
			return false;
		while (db_next(&inner))
			++*rows;
	}
	return db_done(&outer, err);
}

static void a_busy_statement_is_used_a_second_time(void **state)
{
	struct test_store *t = *state;
	int rows = 0;

	assert_true(shop_store_read(t->store, collect, &rows, &t->err));
	assert_int_equal(rows, (SHOP_ID_TYPES - 1) * (SHOP_ID_TYPES - 1));
}

static bool stamp(struct shop_store *store, void *arg, struct shop_error *err)
{
	*(int64_t *)arg = shop_store_context(store)->now_us;
	return test_store_bump(store, NULL, err);
}

static void a_clock_far_behind_is_not_believed(void **state)
{
	struct test_store *t = *state;
	struct shop_context late = test_ana;
	int64_t at_us = 0;

	t->store->test = false;
	late.now_us = test_ana.now_us + 10000000;
	assert_true(shop_store_write(t->store, &late, stamp, &at_us, &t->err));
	late.now_us -= 3600000000;
	assert_true(shop_store_write(t->store, &late, stamp, &at_us, &t->err));
	assert_int_equal(at_us, test_ana.now_us + 10000001);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(a_write_is_kept_and_its_number_counts_up),
		EACH(a_failed_write_leaves_the_store_as_it_was),
		EACH(a_dry_run_changes_nothing),
		EACH(an_inner_failure_undoes_only_the_inner_step),
		EACH(a_step_that_is_not_committed_is_undone),
		EACH(after_a_failed_statement_nothing_works_until_rollback),
		EACH(guards_of_the_schema_have_names),
		EACH(a_transaction_has_one_number_and_correlates_to_it),
		EACH(an_undone_step_takes_back_its_own_changes_only),
		EACH(a_group_without_anything_to_undo_runs_once),
		EACH(a_group_with_something_to_undo_runs_again_and_undoes_only_that),
		EACH(a_careful_group_runs_once_whatever_happens),
		EACH(a_group_that_fails_leaves_nothing_and_says_why),
		EACH(numbers_are_dense_whatever_a_group_undoes),
		EACH(a_write_outside_a_transaction_is_refused),
		EACH(four_processes_lose_nothing),
		EACH(a_busy_statement_is_used_a_second_time),
		EACH(a_clock_far_behind_is_not_believed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

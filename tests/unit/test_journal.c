/* The journal: numbered, chained, of one transaction with its change, and an edit is found. */
#include "store_help.h"

#include "shop/journal.h"

#include <glib.h>
#include <sqlite3.h>
#include <string.h>

static bool two_events(struct shop_store *store, void *arg, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft placed = { 0 };
	AUTO_EVENT struct shop_event_draft note = { 0 };

	shop_event_begin(&placed, "order.placed", SHOP_ID_ORDER, 1000);
	shop_json_int(&placed.json, "total_minor", 10150);
	shop_event_begin(&note, "order.noted", SHOP_ID_ORDER, 1000);
	if (!shop_event_append(store, &placed, err) || !shop_event_append(store, &note, err))
		return false;
	return arg == NULL || shop_fail(err, E_INVALID, "on purpose");
}

static bool count(const void *record, void *ctx, struct shop_error *err)
{
	(void)record;
	(void)err;
	++*(int *)ctx;
	return true;
}

static int events(struct test_store *t, const struct shop_event_filter *filter)
{
	int n = 0;

	assert_true(shop_event_list(t->store, filter, count, &n, &t->err));
	return n;
}

static void write_two(struct test_store *t)
{
	assert_true(shop_store_write(t->store, &test_ana, two_events, NULL, &t->err));
}

static void an_event_says_who_when_and_what(void **state)
{
	struct test_store *t = *state;
	AUTO_EVENT_ROW struct shop_event e = { 0 };

	write_two(t);

	assert_true(shop_event_load(t->store, 1, &e, &t->err));
	assert_string_equal(e.type, "order.placed");
	assert_string_equal(e.subject, "ord-1000");
	assert_string_equal(e.actor, "ana");
	assert_string_equal(e.payload, "{\"total_minor\":10150}");
	assert_int_equal(e.at_us, test_ana.now_us);
	assert_true(e.txn >= SHOP_ID_FIRST);
	assert_int_equal(e.correlation, e.txn);
	assert_int_equal(strlen(e.hash), 64);
}

static void seq_and_the_subjects_number_count_up_without_a_gap(void **state)
{
	struct test_store *t = *state;
	AUTO_EVENT_ROW struct shop_event e = { 0 };
	int64_t head;

	write_two(t);
	write_two(t);

	assert_true(shop_journal_head(t->store, &head, &t->err));
	assert_int_equal(head, 4);
	assert_true(shop_event_load(t->store, 4, &e, &t->err));
	assert_int_equal(e.number, 4);
}

static void a_change_that_fails_leaves_no_event(void **state)
{
	struct test_store *t = *state;
	int64_t head;

	assert_false(shop_store_write(t->store, &test_ana, two_events, t, &t->err));

	assert_true(shop_journal_head(t->store, &head, &t->err));
	assert_int_equal(head, 0);
}

static void lists_select_by_subject_type_and_place(void **state)
{
	struct test_store *t = *state;

	write_two(t);

	assert_int_equal(events(t, &(struct shop_event_filter){ 0 }), 2);
	assert_int_equal(events(t, &(struct shop_event_filter){ .type = "order.*" }), 2);
	assert_int_equal(events(t, &(struct shop_event_filter){ .type = "order.noted" }), 1);
	assert_int_equal(events(t, &(struct shop_event_filter){ .type = "cart.*" }), 0);
	assert_int_equal(events(t, &(struct shop_event_filter){ .subject = "ord-1001" }), 0);
	assert_int_equal(events(t, &(struct shop_event_filter){ .after_seq = 1 }), 1);
	assert_int_equal(events(t, &(struct shop_event_filter){ .limit = 1 }), 1);
}

static void an_event_that_does_not_exist_is_not_found(void **state)
{
	struct test_store *t = *state;
	struct shop_event e = { 0 };

	assert_false(shop_event_load(t->store, 77, &e, &t->err));
	assert_int_equal(t->err.id, E_NOT_FOUND);
}

/* What a thief with the file could do: the triggers gone, a row changed. */
static void edit(struct test_store *t, const char *sql)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(t->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "DROP TRIGGER tr_journal_update; DROP TRIGGER tr_journal_delete", NULL, NULL,
				      NULL), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_changes(db), 1);
	sqlite3_close(db);
}

static void verify_says(struct test_store *t, int64_t broken_seq, int64_t events_checked)
{
	struct shop_journal_verdict verdict = { 0 };

	assert_true(shop_journal_verify(t->store, 0, &verdict, &t->err));
	assert_int_equal(verdict.broken_seq, broken_seq);
	assert_int_equal(verdict.problem != NULL, broken_seq != 0);
	assert_int_equal(verdict.events, events_checked);
	g_free(verdict.problem);
}

static void an_untouched_journal_is_whole(void **state)
{
	struct test_store *t = *state;

	write_two(t);
	write_two(t);
	verify_says(t, 0, 4);
}

static void a_changed_payload_is_found(void **state)
{
	struct test_store *t = *state;

	write_two(t);
	edit(t, "UPDATE journal SET payload = '{\"total_minor\":1}' WHERE seq = 1");
	verify_says(t, 1, 0);
}

static void a_missing_event_is_found(void **state)
{
	struct test_store *t = *state;

	write_two(t);
	write_two(t);
	edit(t, "DELETE FROM journal WHERE seq = 2");
	verify_says(t, 3, 1);
}

static void a_reason_moved_to_another_column_is_found(void **state)
{
	struct test_store *t = *state;

	write_two(t);
	edit(t, "UPDATE journal SET command = actor, actor = '' WHERE seq = 2");
	verify_says(t, 2, 1);
}

#define IN_A_STORE(test) cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_STORE(an_event_says_who_when_and_what),
		IN_A_STORE(seq_and_the_subjects_number_count_up_without_a_gap),
		IN_A_STORE(a_change_that_fails_leaves_no_event),
		IN_A_STORE(lists_select_by_subject_type_and_place),
		IN_A_STORE(an_event_that_does_not_exist_is_not_found),
		IN_A_STORE(an_untouched_journal_is_whole),
		IN_A_STORE(a_changed_payload_is_found),
		IN_A_STORE(a_missing_event_is_found),
		IN_A_STORE(a_reason_moved_to_another_column_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

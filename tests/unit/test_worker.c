/* The worker: each reaction once, failures put aside in order, leases that one outcome gets
 * through. */
#include "store_help.h"

#include "domain/domain.h"
#include "shop/job.h"
#include "shop/journal.h"
#include "worker/worker.h"

#include <glib.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECOND INT64_C(1000000)

/* --- events to react to, and reactions whose effect is a count */

static bool append(struct shop_store *store, const char *type, int64_t order_id,
		   struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shop_event_begin(&e, type, SHOP_ID_ORDER, order_id);
	return shop_event_append(store, &e, err);
}

struct wanted {
	const char *type;
	int64_t order_id;
	int times;
};

static bool append_all(struct shop_store *store, void *arg, struct shop_error *err)
{
	const struct wanted *wanted = arg;

	for (int i = 0; i < wanted->times; i++)
		if (!append(store, wanted->type, wanted->order_id, err))
			return false;
	return true;
}

static void happen(struct test_store *t, const char *type, int64_t order_id, int times)
{
	assert_true(shop_store_write(t->store, &test_ana, append_all,
				     &(struct wanted){type, order_id, times}, &t->err));
}

static bool count_one(struct shop_store *store, const struct shop_event *event,
		      struct shop_error *err)
{
	int64_t id;

	(void)event;
	return shop_store_next_id(store, SHOP_ID_ORDER, &id, err);
}

/* The event says who caused it: the actor and causation of a reaction are the consumer and the
 * event. */
static bool answer(struct shop_store *store, const struct shop_event *event, struct shop_error *err)
{
	(void)event;
	return append(store, "order.noted", 1000, err);
}

/* Fails as long as the time is before the moment in test_ana's future that ends the trouble. */
static bool fail_early(struct shop_store *store, const struct shop_event *event,
		       struct shop_error *err)
{
	int64_t id;

	if (!shop_store_next_id(store, SHOP_ID_ORDER, &id, err))
		return false;
	if (strcmp(event->subject, "ord-1000") == 0 &&
	    shop_store_context(store)->now_us < test_ana.now_us + 100 * SECOND)
		return shop_fail(err, E_INVALID, "not yet");
	return true;
}

static bool fail_always(struct shop_store *store, const struct shop_event *event,
			struct shop_error *err)
{
	(void)store;
	(void)event;
	return shop_fail(err, E_INVALID, "never");
}

static const struct reaction counting[] = {{"counter", "order.placed", count_one},
					   {"second", "order.confirmed", count_one},
					   {NULL, NULL, NULL}};
static const struct reaction answering[] = {{"counter", "order.placed", answer},
					    {NULL, NULL, NULL}};
static const struct reaction troubled[] = {{"counter", "order.placed", fail_early},
					   {NULL, NULL, NULL}};
static const struct reaction hopeless[] = {{"counter", "order.placed", fail_always},
					   {NULL, NULL, NULL}};
static const struct reaction no_reactions[] = {{NULL, NULL, NULL}};
static const struct job_kind no_kinds[] = {{NULL, NULL, NULL}};

static void drain_at(struct test_store *t, const struct reaction *reactions, int64_t after_us,
		     struct shop_worker_report *report)
{
	const struct shop_worker_options options = {
		.mode = SHOP_WORKER_DRAIN,
		.now_us = test_ana.now_us + after_us,
		.wake_fd = -1,
	};

	shop_worker_report_done(report);
	if (!worker_run_with(t->store, &options, reactions, no_kinds, report, &t->err))
		fail_msg("%s", t->err.message);
}

static int64_t number(struct test_store *t, const char *sql)
{
	int64_t value;

	assert_true(db_get(t->store, &value, sql, NULL, &t->err));
	return value;
}

static void each_event_has_its_effect_once(void **state)
{
	struct test_store *t = *state;
	AUTO_WORKER_REPORT struct shop_worker_report report = {0};

	happen(t, "order.placed", 1000, 300);
	happen(t, "order.confirmed", 1000, 5);
	happen(t, "order.noted", 1000, 20000);
	drain_at(t, counting, 0, &report);

	assert_int_equal(test_store_count(t), 305);
	assert_int_equal(report.events, 305);
	assert_int_equal(number(t, "SELECT min(cursor) FROM consumer"), 20305);
	drain_at(t, counting, 0, &report);
	assert_int_equal(test_store_count(t), 305);
	assert_int_equal(report.events, 0);
}

static void a_reaction_acts_as_its_consumer_because_of_the_event(void **state)
{
	struct test_store *t = *state;
	AUTO_WORKER_REPORT struct shop_worker_report report = {0};
	AUTO_EVENT_ROW struct shop_event cause = {0};
	AUTO_EVENT_ROW struct shop_event effect = {0};

	happen(t, "order.placed", 1000, 1);
	drain_at(t, answering, 0, &report);

	assert_true(shop_event_load(t->store, 1, &cause, &t->err));
	assert_true(shop_event_load(t->store, 2, &effect, &t->err));
	assert_string_equal(effect.actor, "worker:counter");
	assert_string_equal(effect.actor_kind, "worker");
	assert_int_equal(effect.causation, 1);
	assert_int_equal(effect.correlation, cause.correlation);
	assert_int_not_equal(effect.txn, cause.txn);
}

static void a_failed_reaction_is_parked_with_its_siblings_and_others_go_on(void **state)
{
	struct test_store *t = *state;
	AUTO_WORKER_REPORT struct shop_worker_report report = {0};

	happen(t, "order.placed", 1000, 2);
	happen(t, "order.placed", 1001, 3);
	drain_at(t, troubled, 0, &report);

	assert_int_equal(test_store_count(t), 3); /* what the failed one wrote is undone */
	assert_int_equal(report.parked, 2);
	assert_int_equal(number(t, "SELECT min(cursor) FROM consumer"), 5);
	assert_int_equal(number(t, "SELECT attempt FROM job WHERE event_seq = 1"), 1);
	assert_int_equal(number(t, "SELECT attempt FROM job WHERE event_seq = 2"), 0);

	happen(t, "order.placed", 1000, 1); /* a later sibling waits too */
	drain_at(t, troubled, 1 * SECOND, &report);
	assert_int_equal(report.parked, 1);
	assert_int_equal(test_store_count(t), 3);

	drain_at(t, troubled, 200 * SECOND, &report);
	assert_int_equal(report.jobs, 3);
	assert_int_equal(test_store_count(t), 6);
	assert_int_equal(number(t, "SELECT count(*) FROM job WHERE state <> 'done'"), 0);
}

static void a_hopeless_reaction_is_dead_after_its_last_try_and_holds_its_subject_only(void **state)
{
	struct test_store *t = *state;
	AUTO_WORKER_REPORT struct shop_worker_report report = {0};
	const int64_t most = shop_store_policy(t->store)->job_max_attempts;

	happen(t, "order.placed", 1000, 2);
	for (int64_t i = 1; i <= most; i++) {
		drain_at(t, hopeless, i * 24 * 3600 * SECOND, &report);
		assert_int_equal(report.dead, i == most);
	}

	assert_int_equal(number(t, "SELECT attempt FROM job WHERE state = 'dead'"), most);
	assert_int_equal(number(t, "SELECT count(*) FROM job WHERE state = 'ready'"), 1);
	assert_int_equal(number(t, "SELECT count(*) FROM journal WHERE type = 'job.dead'"), 1);
	drain_at(t, counting, 90 * 24 * 3600 * SECOND, &report);
	assert_int_equal(test_store_count(t), 0);
}

struct admin {
	bool (*act)(struct shop_store *store, int64_t id, struct shop_job *ret_job,
		    struct shop_error *err);
	int64_t id;
};

static bool run_admin(struct shop_store *store, void *arg, struct shop_error *err)
{
	const struct admin *admin = arg;
	AUTO_JOB struct shop_job job = {0};

	return admin->act(store, admin->id, &job, err);
}

static bool administer(struct test_store *t,
		       bool (*act)(struct shop_store *, int64_t, struct shop_job *,
				   struct shop_error *),
		       int64_t id)
{
	shop_error_done(&t->err);
	return shop_store_write(t->store, &test_ana, run_admin, &(struct admin){act, id}, &t->err);
}

static void an_operator_sets_jobs_going_again_or_gives_them_up(void **state)
{
	struct test_store *t = *state;
	AUTO_WORKER_REPORT struct shop_worker_report report = {0};

	happen(t, "order.placed", 1000, 3);
	drain_at(t, hopeless, 0, &report); /* job-1000 failed, 1001 and 1002 wait */
	assert_false(administer(t, shop_job_retry, 1001));
	assert_int_equal(t->err.id, E_JOB_STATE);
	assert_true(administer(t, shop_job_cancel, 1000));
	assert_false(administer(t, shop_job_cancel, 1000));
	assert_true(administer(t, shop_job_cancel, 1001));

	drain_at(t, counting, 0, &report);
	assert_int_equal(test_store_count(t), 1);

	assert_true(administer(t, shop_job_retry, 1001));
	drain_at(t, counting, 0, &report);
	assert_int_equal(test_store_count(t), 2);
	assert_false(administer(t, shop_job_retry, 1001));
	assert_int_equal(t->err.id, E_JOB_STATE);
	assert_int_equal(number(t, "SELECT count(*) FROM journal WHERE type LIKE 'job.%'"), 3);
}

static void back_off_doubles_within_a_fifth_and_six_hours(void **state)
{
	(void)state;
	for (int64_t attempt = 1; attempt < 30; attempt++)
		for (int64_t job = 1000; job < 1100; job++) {
			const int64_t whole =
				MIN((2 * SECOND) << MIN(attempt, 20), 6 * 3600 * SECOND);
			const int64_t delay = claim_backoff_us(attempt, job);

			assert_in_range(delay, whole * 8 / 10, whole * 12 / 10);
		}
	assert_int_not_equal(claim_backoff_us(3, 1000), claim_backoff_us(3, 1001));
}

/* --- several processes: nobody forks with an open store */

static pid_t child(struct test_store *t, void (*work)(struct test_store *t, void *arg), void *arg)
{
	pid_t pid;

	shop_store_close(&t->store);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		t->store = test_store_open(t, SHOP_STORE_WRITE, SHOP_SYNC_OFF);
		work(t, arg);
		_exit(0);
	}
	return pid;
}

static void reopen(struct test_store *t)
{
	t->store = test_store_open(t, SHOP_STORE_WRITE, SHOP_SYNC_OFF);
	assert_non_null(t->store);
}

static void drain_all(struct test_store *t, void *arg)
{
	AUTO_WORKER_REPORT struct shop_worker_report report = {0};

	drain_at(t, arg, 0, &report);
}

static void two_workers_at_once_have_every_effect_once(void **state)
{
	struct test_store *t = *state;
	pid_t pids[2];

	happen(t, "order.placed", 1000, 2000);
	for (int i = 0; i < 2; i++)
		pids[i] = child(t, drain_all, (void *)(uintptr_t)counting);
	for (int i = 0; i < 2; i++) {
		int status;

		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_int_equal(status, 0);
	}
	reopen(t);
	assert_int_equal(test_store_count(t), 2000);
}

static void a_worker_killed_again_and_again_loses_and_doubles_nothing(void **state)
{
	struct test_store *t = *state;
	int rounds = 0;
	int status = -1;

	happen(t, "order.placed", 1000, 5000);
	while (status != 0 && rounds < 200) {
		pid_t pid = child(t, drain_all, (void *)(uintptr_t)counting);

		g_usleep((gulong)(2000 + rounds * 1500));
		(void)kill(pid, SIGKILL);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		rounds++;
	}
	reopen(t);
	assert_int_equal(test_store_count(t), 5000);
	assert_true(rounds > 1);
}

/* --- jobs */

static bool add_job(struct shop_store *store, void *arg, struct shop_error *err)
{
	const struct job_new job = {.queue = "outside",
				    .kind = "test.call",
				    .subject = "ord-1000",
				    .target_id = 1000,
				    .target_n = *(const int64_t *)arg};

	return job_add(store, &job, err);
}

static void add_jobs(struct test_store *t, int64_t count)
{
	for (int64_t n = 1; n <= count; n++)
		assert_true(shop_store_write(t->store, &test_ana, add_job, &n, &t->err));
}

static bool kill_worker(struct shop_store *store, const struct job_work *work,
			struct job_outcome *outcome, struct shop_error *err)
{
	(void)store;
	(void)work;
	(void)outcome;
	(void)err;
	(void)raise(SIGKILL);
	return true;
}

static bool succeed(struct shop_store *store, const struct job_work *work,
		    struct job_outcome *outcome, struct shop_error *err)
{
	(void)store;
	(void)outcome;
	(void)err;
	return strcmp(work->actor, "worker:outside") == 0 && work->target_id == 1000;
}

static bool fail_by_error(struct shop_store *store, const struct job_work *work,
			  struct job_outcome *outcome, struct shop_error *err)
{
	(void)store;
	(void)work;
	outcome->message = g_strdup("half a message");
	return shop_fail(err, E_INTERNAL, "a mistake");
}

static const struct job_kind killing[] = {{"test.call", "outside", kill_worker},
					  {NULL, NULL, NULL}};
static const struct job_kind working[] = {{"test.call", "outside", succeed}, {NULL, NULL, NULL}};
static const struct job_kind failing[] = {{"test.call", "outside", fail_by_error},
					  {NULL, NULL, NULL}};

static void work_with(struct test_store *t, const struct job_kind *kinds,
		      struct shop_worker_report *report)
{
	const struct shop_worker_options options = {
		.mode = SHOP_WORKER_DRAIN,
		.now_us = test_ana.now_us,
		.run_directory = t->directory,
		.wake_fd = -1,
	};

	shop_worker_report_done(report);
	if (!worker_run_with(t->store, &options, no_reactions, kinds, report, &t->err))
		fail_msg("%s", t->err.message);
}

static void be_killed(struct test_store *t, void *arg)
{
	AUTO_WORKER_REPORT struct shop_worker_report report = {0};

	work_with(t, arg, &report);
}

static void wait_killed(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
}

static void jobs_are_done_once_and_in_order(void **state)
{
	struct test_store *t = *state;
	AUTO_WORKER_REPORT struct shop_worker_report report = {0};

	add_jobs(t, 3);
	add_jobs(t, 3); /* the same targets: no new jobs */
	work_with(t, working, &report);

	assert_int_equal(report.jobs, 3);
	assert_int_equal(number(t, "SELECT count(*) FROM job WHERE state = 'done'"), 3);
}

static void an_error_of_a_handler_is_tried_again(void **state)
{
	struct test_store *t = *state;
	AUTO_WORKER_REPORT struct shop_worker_report report = {0};

	add_jobs(t, 2);
	work_with(t, failing, &report);

	assert_int_equal(report.retried, 1); /* the second waits for the first */
	assert_int_equal(number(t, "SELECT count(*) FROM job WHERE last_error = 'a mistake'"), 1);
}

static void a_killed_workers_job_is_taken_over_at_once(void **state)
{
	struct test_store *t = *state;
	AUTO_WORKER_REPORT struct shop_worker_report report = {0};

	add_jobs(t, 1);
	wait_killed(child(t, be_killed, (void *)(uintptr_t)killing));
	reopen(t);
	assert_int_equal(number(t, "SELECT count(*) FROM job WHERE state = 'leased'"), 1);
	work_with(t, working, &report);

	assert_int_equal(report.jobs, 1);
	assert_int_equal(number(t, "SELECT crashes FROM job"), 0);
}

static void a_job_that_kills_its_worker_three_times_is_poison(void **state)
{
	struct test_store *t = *state;
	AUTO_WORKER_REPORT struct shop_worker_report report = {0};

	add_jobs(t, 1);
	for (int i = 0; i < 3; i++)
		wait_killed(child(t, be_killed, (void *)(uintptr_t)killing));
	reopen(t);
	work_with(t, killing, &report);

	assert_int_equal(report.dead, 1);
	assert_int_equal(number(t, "SELECT count(*) FROM job WHERE state = 'dead'"
				   " AND last_error LIKE 'poison%'"),
			 1);
}

/* A worker by hand, whose steps the test takes. */
static void stand_up(struct test_store *t, struct worker *w, const struct shop_worker_options *o)
{
	*w = (struct worker){.store = t->store,
			     .options = o,
			     .reactions = no_reactions,
			     .kinds = working,
			     .lock_fd = -1,
			     .exclusive_fd = -1};
	assert_true(lease_open(w, &t->err));
}

/* Until its lease was renewed twice, or the time is over in which it must have been. */
static bool outlast_lease(struct shop_store *store, const struct job_work *work,
			  struct job_outcome *ret_outcome, struct shop_error *err)
{
	static const char sql[] = "SELECT lease_until_us FROM job WHERE id = $1";
	const int64_t given_up_us = worker_boot_us() + 10 * SECOND;
	int64_t before_us, until_us;
	int renewed = 0;

	(void)ret_outcome;
	if (!db_get(store, &before_us, sql, "d", err, work->job_id))
		return false;
	while (renewed < 2 && worker_boot_us() < given_up_us) {
		g_usleep(2000);
		if (!db_get(store, &until_us, sql, "d", err, work->job_id))
			return false;
		renewed += until_us > before_us;
		before_us = until_us;
	}
	return renewed == 2 || shop_fail(err, E_INTERNAL, "the lease was not renewed");
}

static void count_turns(const struct shop_worker_turn *turn, void *ctx)
{
	int *turns = ctx;

	turns[turn->job_id != 0]++;
}

static void a_lease_lasts_as_long_as_the_call(void **state)
{
	static const struct job_kind patient[] = {{"test.call", "outside", outlast_lease},
						  {NULL, NULL, NULL}};
	static const char *const kinds[] = {"test.*", NULL};
	struct test_store *t = *state;
	AUTO_WORKER_REPORT struct shop_worker_report report = {0};
	int turns[2] = {0};
	const struct shop_worker_options options = {
		.mode = SHOP_WORKER_DRAIN,
		.now_us = test_ana.now_us,
		.run_directory = t->directory,
		.kinds = kinds,
		.lease_us = SECOND / 20,
		.wake_fd = -1,
		.turn = count_turns,
		.turn_ctx = turns,
	};

	add_jobs(t, 1);
	if (!worker_run_with(t->store, &options, no_reactions, patient, &report, &t->err))
		fail_msg("%s", t->err.message);

	assert_int_equal(report.jobs, 1);
	assert_int_equal(turns[1], 1);
	assert_true(turns[0] >= 2);
}

static void the_fence_lets_one_outcome_in(void **state)
{
	struct test_store *t = *state;
	const struct shop_worker_options options = {.now_us = test_ana.now_us, .wake_fd = -1};
	const struct job_outcome done = {0};
	const struct job_outcome dead = {.result = JOB_DEAD};
	AUTO_CLAIMED struct claimed first = {0};
	AUTO_CLAIMED struct claimed second = {0};
	AUTO_CLAIMED struct claimed third = {0};
	struct worker slow;
	struct worker quick;

	add_jobs(t, 1);
	stand_up(t, &slow, &options);
	stand_up(t, &quick, &options);
	assert_true(claim_next(&slow, &first, &t->err));
	assert_int_equal(first.work.job_id, 1000);
	assert_true(claim_next(&quick, &second, &t->err));
	assert_int_equal(second.work.job_id, 0); /* leased to a living worker */

	g_free(quick.boot_id); /* as after a restart of the machine: no lease of before holds */
	quick.boot_id = g_strdup("another boot");
	assert_true(claim_next(&quick, &third, &t->err));
	assert_int_equal(third.work.job_id, 1000);
	assert_int_equal(third.work.fence, first.work.fence + 1);
	assert_true(claim_settle(&slow, &first, &dead, &t->err)); /* too late: nothing */
	assert_int_equal(number(t, "SELECT count(*) FROM job WHERE state = 'leased'"), 1);
	assert_true(claim_settle(&quick, &third, &done, &t->err));
	assert_int_equal(number(t, "SELECT count(*) FROM job WHERE state = 'done'"), 1);
	assert_int_equal(slow.report.dead, 0);
	lease_close(&slow);
	lease_close(&quick);
}

static void a_new_consumer_begins_now_where_others_have_worked(void **state)
{
	struct test_store *t = *state;
	AUTO_WORKER_REPORT struct shop_worker_report report = {0};

	happen(t, "order.placed", 1000, 4);
	drain_at(t, answering, 0, &report);
	assert_int_equal(report.events, 4);
	drain_at(t, counting, 0, &report); /* "second" is new */
	happen(t, "order.confirmed", 1000, 1);
	drain_at(t, counting, 0, &report);
	assert_int_equal(test_store_count(t), 1);
}

#define IN_A_STORE(test)                                                                           \
	cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_STORE(each_event_has_its_effect_once),
		IN_A_STORE(a_reaction_acts_as_its_consumer_because_of_the_event),
		IN_A_STORE(a_failed_reaction_is_parked_with_its_siblings_and_others_go_on),
		IN_A_STORE(
			a_hopeless_reaction_is_dead_after_its_last_try_and_holds_its_subject_only),
		IN_A_STORE(an_operator_sets_jobs_going_again_or_gives_them_up),
		cmocka_unit_test(back_off_doubles_within_a_fifth_and_six_hours),
		IN_A_STORE(two_workers_at_once_have_every_effect_once),
		IN_A_STORE(a_worker_killed_again_and_again_loses_and_doubles_nothing),
		IN_A_STORE(jobs_are_done_once_and_in_order),
		IN_A_STORE(an_error_of_a_handler_is_tried_again),
		IN_A_STORE(a_killed_workers_job_is_taken_over_at_once),
		IN_A_STORE(a_job_that_kills_its_worker_three_times_is_poison),
		IN_A_STORE(a_lease_lasts_as_long_as_the_call),
		IN_A_STORE(the_fence_lets_one_outcome_in),
		IN_A_STORE(a_new_consumer_begins_now_where_others_have_worked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

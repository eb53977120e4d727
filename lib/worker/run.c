/*
 * The worker's loop: events first, for they make jobs; then one job; then rest, or end.
 */
#include "worker/worker.h"

#include "domain/domain.h"
#include "shop/search.h"
#include "shop/times.h"

#include <string.h>

/* Jobs of `once`: as many as a batch may hold of different subjects (SAFETY.md §5.14). */
#define ONCE_JOBS 32
#define CHECKPOINT_US (5 * INT64_C(1000000))
#define HOUSEKEEPING_US (60 * INT64_C(1000000))
/* Searches find most of the index up to date; whoever searches brings it the rest of the way. */
#define INDEX_US (10 * INT64_C(1000000))
#define INDEX_BUDGET_US (INT64_C(250) * 1000)
/* Others' leases end without a commit that would wake us. */
#define REST_US INT64_C(1000000)

struct shop_context worker_context(const struct worker *w)
{
	return (struct shop_context){
		.actor = "worker",
		.actor_kind = "worker",
		.now_us = w->options->now_us == SHOP_NULL ? shop_now_us() : w->options->now_us,
	};
}

bool worker_store_failed(const struct shop_error *err)
{
	switch (err->id) {
	case E_STORE_BUSY:
	case E_STORE_FULL:
	case E_STORE_IO:
	case E_STORE_DAMAGED:
	case E_STORE_UNKNOWN:
	case E_STORE_READONLY:
	case E_STORE_PERMISSION:
	case E_STORE_VERSION:
	case E_STORE_NOT_SHOP:
		return true;
	default:
		return false;
	}
}

int64_t worker_allowance(const struct worker *w)
{
	const int64_t done = w->report.events + w->report.jobs + w->report.retried + w->report.dead;

	return w->options->max == 0 ? INT64_MAX : MAX(w->options->max - done, 0);
}

static const struct job_kind *find_kind(const struct worker *w, const char *name)
{
	const struct job_kind *kind = w->kinds;

	while (kind->kind != NULL && strcmp(kind->kind, name) != 0)
		kind++;
	return kind->kind == NULL ? NULL : kind;
}

/* Before acting outside, what the decision rests on is durable, whoever committed it. */
static bool run_outside(struct worker *w, const struct claimed *job, struct job_outcome *outcome,
			struct shop_error *err)
{
	const struct job_kind *kind = find_kind(w, job->kind);

	if (kind != NULL)
		return shop_store_sync(w->store, err) &&
		       kind->run(w->store, &job->work, outcome, err);
	outcome->result = JOB_AGAIN;
	outcome->message = g_strdup_printf("this program does no jobs of kind %s", job->kind);
	return true;
}

static void tell_turn(const struct worker *w, const struct claimed *job, bool resting)
{
	struct shop_worker_turn turn = {.report = &w->report, .resting = resting};

	if (w->options->turn == NULL)
		return;
	if (job != NULL) {
		turn.job_id = job->work.job_id;
		turn.attempt = job->work.attempt;
		turn.kind = job->kind;
		turn.subject = job->subject;
	}
	w->options->turn(&turn, w->options->turn_ctx);
}

/* The lease lasts as long as the call does. */
static bool run_leased(struct worker *w, const struct claimed *job, struct job_outcome *outcome,
		       struct shop_error *err)
{
	bool ok;

	heartbeat_begin(w, job);
	ok = run_outside(w, job, outcome, err);
	heartbeat_end(w);
	return ok;
}

static bool run_claimed(struct worker *w, const struct claimed *job, struct shop_error *err)
{
	struct job_outcome outcome = {0};
	AUTO_ERROR struct shop_error failure = {0};
	bool ok = strcmp(job->kind, "parked") == 0 ? parked_run(w, job, &failure)
						   : run_leased(w, job, &outcome, &failure);

	if (!ok && worker_store_failed(&failure)) {
		g_free(outcome.message);
		shop_error_take(err, &failure);
		return false;
	}
	if (!ok) {
		g_free(outcome.message);
		outcome = (struct job_outcome){.result = JOB_AGAIN,
					       .message = g_strdup(failure.message)};
	}
	ok = claim_settle(w, job, &outcome, err);
	g_free(outcome.message);
	return ok;
}

bool worker_job(struct worker *w, bool *ret_progress, struct shop_error *err)
{
	AUTO_CLAIMED struct claimed job = {0};

	*ret_progress = false;
	if (worker_allowance(w) == 0)
		return true;
	if (!claim_next(w, &job, err))
		return false;
	if (job.work.job_id == 0)
		return true;
	*ret_progress = true;
	tell_turn(w, &job, false);
	return run_claimed(w, &job, err);
}

static bool must_stop(const struct worker *w)
{
	const struct shop_worker_options *o = w->options;

	return worker_allowance(w) == 0 || (o->stopping != NULL && o->stopping(o->stopping_ctx)) ||
	       (o->max_time_us > 0 && worker_boot_us() - w->started_us >= o->max_time_us);
}

/* Until the next waiting job is due, a stop, or somebody's commit. */
static bool rest(struct worker *w, struct shop_error *err)
{
	const int64_t longest_us =
		w->options->turn_us > 0 ? MIN(w->options->turn_us, REST_US) : REST_US;
	int64_t timeout_us = longest_us;
	int64_t due_us;

	if (!claim_next_due(w, &due_us, err))
		return false;
	if (due_us != SHOP_NULL)
		timeout_us = CLAMP(due_us - worker_context(w).now_us, 0, longest_us);
	if (w->options->max_time_us > 0)
		timeout_us =
			MIN(timeout_us, w->started_us + w->options->max_time_us - worker_boot_us());
	tell_turn(w, NULL, true);
	shop_store_wait(w->store, MAX(timeout_us, 0), w->options->wake_fd);
	return true;
}

struct housekeeping {
	int64_t kept_us;
	int64_t checkpointed_us;
	int64_t indexed_us;
};

/* What cannot be ended is told when the run is over, and keeps nobody's work from being done. */
static bool expire(struct worker *w, struct shop_error *err)
{
	AUTO_ERROR struct shop_error failure = {0};

	if (worker_expire(w, &failure))
		return true;
	if (worker_store_failed(&failure)) {
		shop_error_take(err, &failure);
		return false;
	}
	shop_error_take(&w->trouble, &failure);
	return true;
}

static bool keep_house(struct worker *w, struct housekeeping *h, struct shop_error *err)
{
	const int64_t now_us = worker_boot_us();

	if (h->checkpointed_us == 0)
		h->checkpointed_us = now_us;
	if (now_us - h->checkpointed_us >= CHECKPOINT_US) {
		h->checkpointed_us = now_us;
		if (!shop_store_checkpoint(w->store, false, err))
			return false;
	}
	if (h->kept_us != 0 && now_us - h->kept_us < HOUSEKEEPING_US)
		return true;
	h->kept_us = now_us;
	return expire(w, err);
}

/* When there is nothing else to do, now and then; an index that cannot be written is no worker's trouble. */
static void keep_index(struct worker *w, struct housekeeping *h)
{
	AUTO_ERROR struct shop_error ignored = {0};
	const int64_t now_us = worker_boot_us();

	if (h->indexed_us != 0 && now_us - h->indexed_us < INDEX_US)
		return;
	h->indexed_us = now_us;
	(void)!shop_search_refresh(w->store, INDEX_BUDGET_US, &ignored);
}

/* One round; *ret_progress says whether there may be more to do at once. */
static bool step(struct worker *w, bool *ret_progress, struct shop_error *err)
{
	bool passed;
	bool worked;

	if (!worker_pass(w, &passed, err))
		return false;
	*ret_progress = passed;
	if (must_stop(w))
		return true;
	if (!worker_job(w, &worked, err))
		return false;
	*ret_progress = passed || worked;
	return true;
}

static bool run_once(struct worker *w, struct shop_error *err)
{
	struct housekeeping house = {0};
	bool progress = true;

	if (!keep_house(w, &house, err) || !worker_pass(w, &progress, err))
		return false;
	progress = true;
	for (int i = 0; i < ONCE_JOBS && progress && !must_stop(w); i++)
		if (!worker_job(w, &progress, err))
			return false;
	return true;
}

/* A busy store passes: the daemon waits and goes on; nothing was done that is not recorded. */
static bool goes_on(const struct worker *w, struct shop_error *err)
{
	if (w->options->mode != SHOP_WORKER_FOLLOW || err->id != E_STORE_BUSY)
		return false;
	shop_error_done(err);
	return true;
}

static bool run_on(struct worker *w, struct shop_error *err)
{
	struct housekeeping house = {0};

	while (!must_stop(w)) {
		bool progress = false;

		tell_turn(w, NULL, false);
		if ((!keep_house(w, &house, err) || !step(w, &progress, err)) && !goes_on(w, err))
			return false;
		if (progress)
			continue;
		keep_index(w, &house);
		if (w->options->mode == SHOP_WORKER_DRAIN)
			return true;
		if (!must_stop(w) && !rest(w, err) && !goes_on(w, err))
			return false;
	}
	return true;
}

static bool run(struct worker *w, struct shop_error *err)
{
	if (!worker_consumers_init(w, err) || !lease_open(w, err) ||
	    !worker_consumers_register(w, err))
		return false;
	return w->options->mode == SHOP_WORKER_ONCE ? run_once(w, err) : run_on(w, err);
}

bool worker_run_with(struct shop_store *store, const struct shop_worker_options *options,
		     const struct reaction *reactions, const struct job_kind *kinds,
		     struct shop_worker_report *ret_report, struct shop_error *err)
{
	struct worker w = {
		.store = store,
		.options = options,
		.reactions = reactions,
		.kinds = kinds,
		.lock_fd = -1,
		.exclusive_fd = -1,
		.started_us = worker_boot_us(),
	};
	bool ok = run(&w, err);

	if (ok && w.trouble.id != E_NONE) {
		shop_error_take(err, &w.trouble);
		ok = false;
	}
	shop_error_done(&w.trouble);
	heartbeat_stop(&w);
	worker_report_consumers(&w);
	shop_record_take(&shop_worker_report_record, ret_report, &w.report);
	lease_close(&w);
	g_hash_table_unref(w.masks);
	return ok;
}

bool shop_worker_run(struct shop_store *store, const struct shop_worker_options *options,
		     struct shop_worker_report *ret_report, struct shop_error *err)
{
	return worker_run_with(store, options, worker_reactions, worker_job_kinds, ret_report, err);
}

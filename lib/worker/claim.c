/*
 * Leasing jobs and recording what came of them (SAFETY.md §5): work on one subject in order, a
 * fence that lets one outcome in, crashes counted before the work so that a job that kills its
 * worker counts too.
 */
#include "worker/worker.h"

#include "store/db.h"

#include <string.h>

#define BACKOFF_FIRST_US (2 * INT64_C(1000000))
#define BACKOFF_MAX_US (6 * 3600 * INT64_C(1000000))

void claimed_done(struct claimed *job)
{
	g_free(job->queue);
	g_free(job->kind);
	g_free(job->subject);
	g_free(job->actor);
	*job = (struct claimed){0};
}

int64_t claim_backoff_us(int64_t attempt, int64_t job_id)
{
	const int64_t doubled = BACKOFF_FIRST_US << CLAMP(attempt, 0, 20);
	/* From the job's number, so that a run can be repeated and jobs failing together spread. */
	const uint64_t mixed = (uint64_t)(job_id * 31 + attempt) * UINT64_C(0x9E3779B97F4A7C15);
	const int64_t percent = 80 + (int64_t)((mixed >> 33) % 41);

	return MIN(doubled, BACKOFF_MAX_US) * percent / 100;
}

/* What a look at the due jobs found. */
struct candidate {
	int64_t id;
	int64_t fence;
	int64_t crashes;
};

/* The first due job that nobody holds and no earlier one of its subject precedes. */
static bool find(struct worker *w, int64_t now_us, struct candidate *ret, struct shop_error *err)
{
	static const char sql[] = "SELECT id, fence, crashes, queue, state, owner, lease_boot, "
				  "lease_until_us, kind" CLAIM_DUE;
	AUTO_QUERY struct db_query q = {0};

	*ret = (struct candidate){0};
	if (!db_query(&q, w->store, sql, "i", err, now_us))
		return false;
	while (ret->id == 0 && db_next(&q)) {
		if (!worker_serves(w, db_text(&q, 3)) || !worker_does(w, db_text(&q, 8)) ||
		    (strcmp(db_text(&q, 4), "leased") == 0 &&
		     lease_holds(w, db_text(&q, 5), db_text(&q, 6), db_int(&q, 7))))
			continue;
		*ret = (struct candidate){db_int(&q, 0), db_int(&q, 1), db_int(&q, 2)};
	}
	return db_done(&q, err);
}

static bool tell_dead(struct shop_store *store, int64_t id, const char *why, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shop_event_begin(&e, "job.dead", SHOP_ID_JOB, id);
	shop_json_text(&e.json, "error", why);
	return shop_event_append(store, &e, err);
}

static bool bury_poison(struct worker *w, const struct candidate *job, struct shop_error *err)
{
	static const char sql[] = "UPDATE job SET state = 'dead', owner = NULL, lease_boot = NULL,"
				  " lease_until_us = NULL, last_error = $3"
				  " WHERE id = $1 AND fence = $2";
	static const char why[] = "poison: its worker died each time";

	return db_run(w->store, sql, "dit", err, job->id, job->fence, why) &&
	       tell_dead(w->store, job->id, why, err);
}

int64_t claim_lease_us(const struct worker *w)
{
	return w->options->lease_us > 0 ? w->options->lease_us
					: shop_store_policy(w->store)->job_lease_us;
}

static bool lease(struct worker *w, const struct candidate *job, struct claimed *ret,
		  struct shop_error *err)
{
	static const char sql[] =
		"UPDATE job SET state = 'leased', attempt = attempt + 1, fence = fence + 1,"
		" crashes = crashes + 1, owner = $3, lease_boot = $4, lease_until_us = $5"
		" WHERE id = $1 AND fence = $2 RETURNING queue, kind, subject, COALESCE(event_seq, "
		"0),"
		" COALESCE(target_id, 0), COALESCE(target_n, 0), fence, attempt, correlation";
	const int64_t until_us = worker_boot_us() + claim_lease_us(w);
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, w->store, sql, "ditti", err, job->id, job->fence, w->owner, w->boot_id,
		      until_us))
		return false;
	if (db_next(&q)) {
		ret->queue = db_text_dup(&q, 0);
		ret->kind = db_text_dup(&q, 1);
		ret->subject = db_text_dup(&q, 2);
		ret->actor = g_strconcat("worker:", ret->queue, NULL);
		ret->event_seq = db_int(&q, 3);
		ret->work = (struct job_work){
			.job_id = job->id,
			.target_id = db_int(&q, 4),
			.target_n = db_int(&q, 5),
			.fence = db_int(&q, 6),
			.attempt = db_int(&q, 7),
			.correlation = db_int(&q, 8),
			.now_us = worker_context(w).now_us,
			.subject = ret->subject,
			.actor = ret->actor,
		};
	}
	while (db_next(&q))
		;
	return db_done(&q, err);
}

struct claim {
	struct worker *w;
	struct claimed *ret;
	int64_t dead;
};

static bool claim_first(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct claim *claim = arg;
	struct candidate job;

	claimed_done(claim->ret);
	claim->dead = 0;
	for (;;) {
		if (!find(claim->w, shop_store_context(store)->now_us, &job, err))
			return false;
		if (job.id == 0)
			return true;
		if (job.crashes < POISON_CRASHES)
			return lease(claim->w, &job, claim->ret, err);
		if (!bury_poison(claim->w, &job, err))
			return false;
		claim->dead++;
	}
}

bool claim_next(struct worker *w, struct claimed *ret_job, struct shop_error *err)
{
	const struct shop_context ctx = worker_context(w);
	struct claim claim = {.w = w, .ret = ret_job};
	struct candidate job;

	/* Looking needs no turn among the writers. */
	if (!find(w, ctx.now_us, &job, err))
		return false;
	if (job.id == 0)
		return true;
	if (!shop_store_write(w->store, &ctx, claim_first, &claim, err))
		return shop_fail_while(err, "claiming a job");
	w->report.dead += claim.dead;
	return true;
}

struct renewal {
	const struct claimed *job;
	int64_t until_us;
	bool ours;
};

static bool renew(struct shop_store *store, void *arg, struct shop_error *err)
{
	static const char sql[] = "UPDATE job SET lease_until_us = $3"
				  " WHERE id = $1 AND fence = $2 AND state = 'leased'";
	struct renewal *r = arg;

	return db_change(store, &r->ours, sql, "dii", err, r->job->work.job_id, r->job->work.fence,
			 r->until_us);
}

bool claim_renew(struct shop_store *store, const struct claimed *job, int64_t lease_us,
		 bool *ret_ours, struct shop_error *err)
{
	const struct shop_context ctx = {.actor = job->actor,
					 .actor_kind = "worker",
					 .now_us = job->work.now_us,
					 .correlation = job->work.correlation};
	struct renewal r = {.job = job, .until_us = worker_boot_us() + lease_us};

	if (!shop_store_write(store, &ctx, renew, &r, err))
		return shop_fail_while(err, "renewing a lease");
	*ret_ours = r.ours;
	return true;
}

struct settle {
	const struct claimed *job;
	const struct job_outcome *outcome;
	enum job_result result; /* JOB_AGAIN becomes JOB_DEAD after the last attempt */
	bool ours;
};

static bool write_outcome(struct shop_store *store, struct settle *s, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE job SET state = $3, crashes = 0, owner = NULL, lease_boot = NULL,"
		" lease_until_us = NULL, not_before_us = $4, last_error = $5, done_us = $6"
		" WHERE id = $1 AND fence = $2 AND state = 'leased'";
	static const char *const states[] = {
		[JOB_DONE] = "done", [JOB_AGAIN] = "retry", [JOB_DEAD] = "dead"};
	const struct job_work *work = &s->job->work;
	const int64_t now_us = shop_store_context(store)->now_us;
	int64_t delay_us = 0;

	if (s->result == JOB_AGAIN)
		delay_us = s->outcome->delay_us > 0 ? s->outcome->delay_us
						    : claim_backoff_us(work->attempt, work->job_id);
	return db_change(store, &s->ours, sql, "dititi", err, work->job_id, work->fence,
			 states[s->result], now_us + delay_us,
			 s->result == JOB_DONE ? NULL : s->outcome->message,
			 s->result == JOB_DONE ? now_us : SHOP_NULL);
}

static bool settle(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct settle *s = arg;

	s->result = s->outcome->result;
	if (s->result == JOB_AGAIN &&
	    s->job->work.attempt >= shop_store_policy(store)->job_max_attempts)
		s->result = JOB_DEAD;
	if (!write_outcome(store, s, err))
		return false;
	return !s->ours || s->result != JOB_DEAD ||
	       tell_dead(store, s->job->work.job_id, s->outcome->message, err);
}

/* A handler mostly ends its job itself; then there is nothing to write. */
static bool is_ours(struct worker *w, const struct claimed *job, bool *ret_ours,
		    struct shop_error *err)
{
	static const char sql[] =
		"SELECT 1 FROM job WHERE id = $1 AND fence = $2 AND state = 'leased'";
	int64_t found;

	if (!db_get(w->store, &found, sql, "di", err, job->work.job_id, job->work.fence))
		return false;
	*ret_ours = found != SHOP_NULL;
	return true;
}

static void count(struct worker *w, enum job_result result)
{
	if (result == JOB_DONE)
		w->report.jobs++;
	else if (result == JOB_AGAIN)
		w->report.retried++;
	else
		w->report.dead++;
}

bool claim_settle(struct worker *w, const struct claimed *job, const struct job_outcome *outcome,
		  struct shop_error *err)
{
	struct shop_context ctx = worker_context(w);
	struct settle s = {.job = job, .outcome = outcome};
	bool ours;

	ctx.actor = job->actor;
	ctx.correlation = job->work.correlation;
	if (!is_ours(w, job, &ours, err))
		return false;
	if (ours && !shop_store_write(w->store, &ctx, settle, &s, err))
		return shop_fail_while(err, "recording a job's outcome");
	if (ours && s.ours)
		count(w, s.result);
	else if (outcome->result == JOB_DONE)
		count(w, JOB_DONE);
	return true;
}

bool claim_next_due(struct worker *w, int64_t *ret_us, struct shop_error *err)
{
	static const char sql[] =
		"SELECT min(not_before_us) FROM job WHERE state IN " CLAIM_OPEN_STATES
		" AND not_before_us > $1";

	return db_get(w->store, ret_us, sql, "i", err, worker_context(w).now_us);
}

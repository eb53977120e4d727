/*
 * Events whose reaction failed: a job each, so that they are tried again, in order per subject, and
 * an operator sees them.
 */
#include "worker/worker.h"

#include "domain/domain.h"
#include "store/db.h"

bool parked_waits(struct shop_store *store, const struct consumer *consumer, const char *subject,
		  bool *ret_waits, struct shop_error *err)
{
	static const char sql[] =
		"SELECT 1 FROM job WHERE queue = $1 AND subject = $2"
		" AND state IN ('ready', 'retry', 'leased', 'dead') AND kind = 'parked' LIMIT 1";
	int64_t found;

	if (!db_get(store, &found, sql, "tt", err, consumer->name, subject))
		return false;
	*ret_waits = found != SHOP_NULL;
	return true;
}

/* The failed reaction was the first try. */
static bool note_failure(struct shop_store *store, const struct consumer *consumer,
			 const struct shop_event *event, const char *failure,
			 struct shop_error *err)
{
	static const char sql[] =
		"UPDATE job SET state = 'retry', attempt = 1, last_error = $3, not_before_us = $4"
		" WHERE queue = $1 AND event_seq = $2 AND kind = 'parked'";
	const int64_t delay_us = claim_backoff_us(1, event->seq);

	return failure == NULL || db_run(store, sql, "tdti", err, consumer->name, event->seq,
					 failure, shop_store_context(store)->now_us + delay_us);
}

bool parked_add(struct shop_store *store, const struct consumer *consumer,
		const struct shop_event *event, const char *failure, struct shop_error *err)
{
	const struct job_new job = {
		.queue = consumer->name,
		.kind = "parked",
		.subject = event->subject,
		.event_seq = event->seq,
	};

	return job_add(store, &job, err) && note_failure(store, consumer, event, failure, err);
}

struct parked {
	struct worker *w;
	const struct claimed *job;
};

static bool react(const struct parked *parked, struct shop_store *store, struct shop_error *err)
{
	AUTO_EVENT_ROW struct shop_event event = {0};
	const struct reaction *reaction;

	if (!shop_event_load(store, parked->job->event_seq, &event, err))
		return false;
	reaction = worker_reaction(parked->w, parked->job->queue, event.type);
	/* A consumer that reacts to this no longer has nothing left to do. */
	if (reaction == NULL)
		return true;
	shop_store_cause(store, parked->job->work.actor, event.correlation, event.seq);
	return reaction->react(store, &event, err);
}

/* Effect and outcome are one transaction; without the lease there is no effect. */
static bool run_once(struct shop_store *store, void *arg, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE job SET state = 'done', crashes = 0, owner = NULL, lease_boot = NULL,"
		" lease_until_us = NULL, last_error = NULL, done_us = $3"
		" WHERE id = $1 AND fence = $2 AND state = 'leased'";
	const struct parked *parked = arg;
	const struct job_work *work = &parked->job->work;
	bool ours;

	if (!db_change(store, &ours, sql, "dii", err, work->job_id, work->fence,
		       shop_store_context(store)->now_us))
		return false;
	return !ours || react(parked, store, err);
}

bool parked_run(struct worker *w, const struct claimed *job, struct shop_error *err)
{
	const struct shop_context ctx = worker_context(w);

	return shop_store_write(w->store, &ctx, run_once, &(struct parked){w, job}, err);
}

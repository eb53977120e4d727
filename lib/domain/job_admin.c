/*
 * What operators do with jobs.
 */
#include "shop/job.h"

#include "domain/domain.h"
#include "domain/why.h"
#include "shop/journal.h"
#include "store/db.h"

#include <string.h>

static const struct shop_field fields[] = {
	SHOP_FIELD_ID(struct shop_job, id, "id", SHOP_ID_JOB, "the job's id"),
	SHOP_FIELD_WORD(struct shop_job, state, "state",
			"ready, leased, retry, done, dead or canceled"),
	SHOP_FIELD_TEXT(struct shop_job, queue, "queue", "who does it"),
	SHOP_FIELD_TEXT(struct shop_job, kind, "kind",
			"what is to be done; parked: an event whose reaction failed"),
	SHOP_FIELD_TEXT(struct shop_job, subject, "subject",
			"what it is about; work on one subject is done in order"),
	SHOP_FIELD_ID(struct shop_job, event_seq, "event", SHOP_ID_EVENT, "the parked event"),
	SHOP_FIELD_INT(struct shop_job, target_id, "target", "number of its object",
		       .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_job, target_n, "target_n", "part of its object",
		       .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_job, attempt, "attempt", "tries so far"),
	SHOP_FIELD_INT(struct shop_job, crashes, "crashes", "tries in a row that ended the worker",
		       .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TEXT(struct shop_job, owner, "owner", "the worker that has it",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_job, due_us, "due_at", "not before"),
	SHOP_FIELD_TEXT(struct shop_job, error, "error", "why the last try failed"),
	SHOP_FIELD_TIME(struct shop_job, created_us, "created_at", "when it was made",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_job, done_us, "done_at", "when it was done",
			.flags = SHOP_FIELD_WIDE),
};

const struct shop_record shop_job_record = SHOP_RECORD("job", struct shop_job, fields);

#define COLUMNS                                                                                    \
	"SELECT id, state, queue, kind, subject, event_seq, target_id, target_n, attempt, "        \
	"crashes,"                                                                                 \
	" owner, not_before_us, last_error, created_us, done_us FROM job"

void shop_job_done(struct shop_job *job)
{
	shop_record_done(&shop_job_record, job);
}

bool shop_job_list(struct shop_store *store, const struct shop_job_filter *filter,
		   shop_record_fn fn, void *ctx, struct shop_error *err)
{
	AUTO_SELECT struct db_select s = {0};
	bool alive = filter->state == NULL ||
		     (strcmp(filter->state, "done") != 0 && strcmp(filter->state, "canceled") != 0);

	db_select_init(&s, COLUMNS);
	db_select_text(&s, "state = ?", filter->state);
	db_select_if(&s, "state IN ('ready', 'retry', 'leased', 'dead')", alive);
	db_select_text(&s, "queue = ?", filter->queue);
	/* Few are alive and an index holds just these; in the order of ids all would be gone
	 * through. */
	return db_select_each(&s, store, alive ? "+id" : "id", filter->limit, &shop_job_record, fn,
			      ctx, err);
}

bool shop_job_load(struct shop_store *store, int64_t id, struct shop_job *ret_job,
		   struct shop_error *err)
{
	static const char sql[] = COLUMNS " WHERE id = $1";

	return db_load_id(store, &shop_job_record, ret_job, SHOP_ID_JOB, id, sql, err);
}

static bool refuse(const struct shop_job *job, const char *what, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	shop_id_format(SHOP_ID_JOB, job->id, id);
	shop_fail(err, E_JOB_STATE, "job %s is %s and cannot be %s", id, job->state, what);
	shop_fail_object(err, id);
	return shop_fail_fix(err, "job", "show", id, NULL);
}

static bool may_retry(const struct shop_job *job, struct shop_error *err)
{
	return strcmp(job->state, "dead") == 0 || strcmp(job->state, "retry") == 0 ||
	       strcmp(job->state, "canceled") == 0 || refuse(job, "retried", err);
}

static bool may_cancel(const struct shop_job *job, struct shop_error *err)
{
	return strcmp(job->state, "dead") == 0 || strcmp(job->state, "retry") == 0 ||
	       strcmp(job->state, "ready") == 0 || refuse(job, "canceled", err);
}

static bool write_state(struct shop_store *store, const struct shop_job *before, const char *state,
			struct shop_error *err)
{
	static const char sql[] =
		"UPDATE job SET state = $2, attempt = 0, crashes = 0, fence = fence + 1,"
		" not_before_us = $3, owner = NULL, lease_boot = NULL, lease_until_us = NULL,"
		" done_us = NULL WHERE id = $1 AND state = $4";
	bool changed;

	if (!db_change(store, &changed, sql, "dtit", err, before->id, state,
		       shop_store_context(store)->now_us, before->state))
		return false;
	return changed || refuse(before, state, err);
}

static bool tell(struct shop_store *store, const char *type, const struct shop_job *job,
		 struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shop_event_begin(&e, type, SHOP_ID_JOB, job->id);
	shop_json_text(&e.json, "kind", job->kind);
	shop_json_text(&e.json, "about", job->subject);
	return shop_event_append(store, &e, err);
}

bool shop_job_retry(struct shop_store *store, int64_t id, struct shop_job *ret_job,
		    struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_JOB struct shop_job before = {0};
	AUTO_JOB struct shop_job after = {0};

	if (!shop_txn_begin(&txn, store, err) || !shop_job_load(store, id, &before, err) ||
	    !may_retry(&before, err) || !write_state(store, &before, "ready", err) ||
	    !tell(store, "job.retried", &before, err) || !shop_job_load(store, id, &after, err) ||
	    !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "retrying a job");
	shop_record_take(&shop_job_record, ret_job, &after);
	return true;
}

static bool list_dead(struct shop_store *store, GArray *ids, struct shop_error *err)
{
	static const char sql[] = "SELECT id FROM job WHERE state IN ('ready', 'retry', 'leased', "
				  "'dead') AND state = 'dead' ORDER BY +id";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, NULL, err))
		return false;
	while (db_next(&q)) {
		const int64_t id = db_int(&q, 0);

		g_array_append_val(ids, id);
	}
	return db_done(&q, err);
}

bool shop_job_retry_dead(struct shop_store *store, shop_record_fn fn, void *ctx,
			 struct shop_error *err)
{
	GArray *ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	bool ok = list_dead(store, ids, err);

	for (guint i = 0; ok && i < ids->len; i++) {
		AUTO_JOB struct shop_job job = {0};

		ok = shop_job_retry(store, g_array_index(ids, int64_t, i), &job, err) &&
		     fn(&job, ctx, err);
	}
	g_array_unref(ids);
	return ok;
}

bool shop_job_cancel(struct shop_store *store, int64_t id, struct shop_job *ret_job,
		     struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_JOB struct shop_job before = {0};
	AUTO_JOB struct shop_job after = {0};

	if (!shop_txn_begin(&txn, store, err) || !shop_job_load(store, id, &before, err) ||
	    !may_cancel(&before, err) || !write_state(store, &before, "canceled", err) ||
	    !tell(store, "job.canceled", &before, err) || !shop_job_load(store, id, &after, err) ||
	    !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "canceling a job");
	shop_record_take(&shop_job_record, ret_job, &after);
	return true;
}

static const struct shop_field stat_fields[] = {
	SHOP_FIELD_TEXT(struct shop_job_stat, queue, "queue", "who does them"),
	SHOP_FIELD_TEXT(struct shop_job_stat, kind, "kind", "what is to be done"),
	SHOP_FIELD_INT(struct shop_job_stat, ready, "ready", "not tried yet"),
	SHOP_FIELD_INT(struct shop_job_stat, leased, "leased", "at work"),
	SHOP_FIELD_INT(struct shop_job_stat, retry, "retry", "to be tried again"),
	SHOP_FIELD_INT(struct shop_job_stat, dead, "dead", "given up"),
	SHOP_FIELD_INT(struct shop_job_stat, done, "done", "done"),
	SHOP_FIELD_INT(struct shop_job_stat, canceled, "canceled", "not wanted any more"),
	SHOP_FIELD_TIME(struct shop_job_stat, oldest_us, "oldest_at",
			"when the oldest open one was made"),
};

const struct shop_record shop_job_stat_record =
	SHOP_RECORD("job_stat", struct shop_job_stat, stat_fields);

bool shop_job_stats(struct shop_store *store, shop_record_fn fn, void *ctx, struct shop_error *err)
{
	AUTO_SELECT struct db_select s = {0};

	db_select_init(
		&s,
		"SELECT queue, kind, sum(ready), sum(leased), sum(retry), sum(dead), sum(done),"
		" sum(canceled), min(oldest) FROM (SELECT queue, kind,"
		" CASE state WHEN 'ready' THEN 1 ELSE 0 END AS ready,"
		" CASE state WHEN 'leased' THEN 1 ELSE 0 END AS leased,"
		" CASE state WHEN 'retry' THEN 1 ELSE 0 END AS retry,"
		" CASE state WHEN 'dead' THEN 1 ELSE 0 END AS dead,"
		" CASE state WHEN 'done' THEN 1 ELSE 0 END AS done,"
		" CASE state WHEN 'canceled' THEN 1 ELSE 0 END AS canceled,"
		" CASE WHEN state IN ('done', 'canceled') THEN NULL ELSE created_us END AS oldest"
		" FROM job) j GROUP BY queue, kind");
	return db_select_each(&s, store, "queue, kind", SHOP_NULL, &shop_job_stat_record, fn, ctx,
			      err);
}

bool job_why_retry(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_JOB struct shop_job job = {0};

	return shop_job_load(store, id, &job, err) && may_retry(&job, err);
}

bool job_why_cancel(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_JOB struct shop_job job = {0};

	return shop_job_load(store, id, &job, err) && may_cancel(&job, err);
}

/*
 * What a run did, and how the work stands.
 */
#include "worker/worker.h"

#include "store/db.h"

static const struct shop_field consumer_fields[] = {
	SHOP_FIELD_TEXT(struct shop_worker_consumer, name, "name", "the consumer"),
	SHOP_FIELD_INT(struct shop_worker_consumer, events, "events", "events it reacted to"),
	SHOP_FIELD_INT(struct shop_worker_consumer, parked, "parked",
		       "of them put aside for a retry"),
	SHOP_FIELD_INT(struct shop_worker_consumer, cursor, "cursor", "the last event it has seen"),
};

static const struct shop_record consumer_record =
	SHOP_RECORD("consumer", struct shop_worker_consumer, consumer_fields);

static const struct shop_field report_fields[] = {
	SHOP_FIELD_INT(struct shop_worker_report, events, "events", "reactions to events"),
	SHOP_FIELD_INT(struct shop_worker_report, jobs, "jobs", "jobs done"),
	SHOP_FIELD_INT(struct shop_worker_report, retried, "retried", "jobs that are tried again"),
	SHOP_FIELD_INT(struct shop_worker_report, dead, "dead", "jobs given up"),
	SHOP_FIELD_INT(struct shop_worker_report, parked, "parked", "events put aside for a retry"),
	SHOP_FIELD_LIST(struct shop_worker_report, consumers, "consumers", &consumer_record,
			"what each consumer did"),
};

const struct shop_record shop_worker_report_record =
	SHOP_RECORD("worker_report", struct shop_worker_report, report_fields);

static const struct shop_field queue_fields[] = {
	SHOP_FIELD_TEXT(struct shop_worker_queue, name, "name", "the consumer"),
	SHOP_FIELD_INT(struct shop_worker_queue, cursor, "cursor", "the last event it has seen"),
	SHOP_FIELD_INT(struct shop_worker_queue, behind, "behind", "events it has not seen yet"),
	SHOP_FIELD_INT(struct shop_worker_queue, parked, "parked", "events that wait for a retry"),
};

static const struct shop_record queue_record =
	SHOP_RECORD("queue", struct shop_worker_queue, queue_fields);

static const struct shop_field status_fields[] = {
	SHOP_FIELD_INT(struct shop_worker_status, head, "head", "number of the last event"),
	SHOP_FIELD_INT(struct shop_worker_status, ready, "ready", "jobs not tried yet"),
	SHOP_FIELD_INT(struct shop_worker_status, leased, "leased", "jobs at work"),
	SHOP_FIELD_INT(struct shop_worker_status, retry, "retry", "jobs to be tried again"),
	SHOP_FIELD_INT(struct shop_worker_status, dead, "dead", "jobs given up"),
	SHOP_FIELD_INT(struct shop_worker_status, workers, "workers", "workers alive now"),
	SHOP_FIELD_LIST(struct shop_worker_status, consumers, "consumers", &queue_record,
			"how each consumer stands"),
};

const struct shop_record shop_worker_status_record =
	SHOP_RECORD("worker_status", struct shop_worker_status, status_fields);

void shop_worker_report_done(struct shop_worker_report *report)
{
	shop_record_done(&shop_worker_report_record, report);
}

void shop_worker_status_done(struct shop_worker_status *status)
{
	shop_record_done(&shop_worker_status_record, status);
}

void worker_report_consumers(struct worker *w)
{
	for (size_t i = 0; i < w->count; i++) {
		const struct consumer *from = &w->consumers[i];
		struct shop_worker_consumer *to;

		if (!from->served)
			continue;
		to = shop_list_add(&consumer_record, &w->report.consumers);
		to->name = g_strdup(from->name);
		to->events = from->events;
		to->parked = from->parked;
		to->cursor = from->cursor;
	}
}

static bool count_jobs(struct shop_store *store, struct shop_worker_status *status,
		       struct shop_error *err)
{
	static const char sql[] =
		"SELECT COALESCE(sum(CASE state WHEN 'ready' THEN 1 ELSE 0 END), 0),"
		" COALESCE(sum(CASE state WHEN 'leased' THEN 1 ELSE 0 END), 0),"
		" COALESCE(sum(CASE state WHEN 'retry' THEN 1 ELSE 0 END), 0),"
		" COALESCE(sum(CASE state WHEN 'dead' THEN 1 ELSE 0 END), 0) FROM job"
		" WHERE state IN ('ready', 'retry', 'leased', 'dead')";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, NULL, err))
		return false;
	if (db_next(&q)) {
		status->ready = db_int(&q, 0);
		status->leased = db_int(&q, 1);
		status->retry = db_int(&q, 2);
		status->dead = db_int(&q, 3);
	}
	return db_done(&q, err);
}

bool shop_worker_status(struct shop_store *store, const char *run_directory,
			struct shop_worker_status *ret_status, struct shop_error *err)
{
	static const char sql[] =
		"SELECT name, cursor, (SELECT COALESCE(max(seq), 0) FROM journal) - cursor,"
		" (SELECT count(*) FROM job WHERE job.queue = consumer.name AND kind = 'parked'"
		" AND state IN ('ready', 'retry', 'leased', 'dead')) FROM consumer ORDER BY name";
	AUTO_WORKER_STATUS struct shop_worker_status status = {0};

	if (!shop_journal_head(store, &status.head, err) || !count_jobs(store, &status, err) ||
	    !db_load_list(store, &queue_record, &status.consumers, sql, NULL, err))
		return false;
	status.workers = lease_count_alive(run_directory);
	shop_record_take(&shop_worker_status_record, ret_status, &status);
	return true;
}

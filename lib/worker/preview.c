/*
 * What a worker would begin with: the same events, cursors and due jobs, only looked at.
 */
#include "worker/worker.h"

#include "store/db.h"

#include <string.h>

static const struct shop_field fields[] = {
	SHOP_FIELD_WORD(struct shop_worker_due, what, "what", "reaction or job"),
	SHOP_FIELD_TEXT(struct shop_worker_due, queue, "queue", "the consumer, or the jobs' queue"),
	SHOP_FIELD_TEXT(struct shop_worker_due, type, "type",
			"the event's type, or the job's kind"),
	SHOP_FIELD_TEXT(struct shop_worker_due, subject, "subject", "the object it is about"),
	SHOP_FIELD_ID(struct shop_worker_due, seq, "event", SHOP_ID_EVENT, "the event reacted to"),
	SHOP_FIELD_ID(struct shop_worker_due, job_id, "job", SHOP_ID_JOB, "the job"),
	SHOP_FIELD_TIME(struct shop_worker_due, since_us, "since", "when it happened or fell due"),
};

const struct shop_record shop_worker_due_record =
	SHOP_RECORD("worker_due", struct shop_worker_due, fields);

struct preview {
	struct worker w;
	shop_record_fn fn;
	void *ctx;
	int64_t left; /* of options->max */
};

static bool give(struct preview *p, const struct shop_worker_due *due, struct shop_error *err)
{
	p->left--;
	return p->fn(due, p->ctx, err);
}

static bool give_reactions(struct preview *p, const struct db_query *q, struct shop_error *err)
{
	struct worker *w = &p->w;
	const int64_t seq = db_int(q, 0);
	const guint mask = GPOINTER_TO_UINT(g_hash_table_lookup(w->masks, db_text(q, 1)));
	struct shop_worker_due due = {
		.what = (char *)(uintptr_t) "reaction",
		.type = (char *)(uintptr_t)db_text(q, 1),
		.subject = (char *)(uintptr_t)db_text(q, 2),
		.seq = seq,
		.since_us = db_int(q, 3),
	};

	for (size_t i = 0; i < w->count && p->left > 0; i++) {
		due.queue = (char *)(uintptr_t)w->consumers[i].name;
		if ((mask & 1U << i) && w->consumers[i].cursor < seq && !give(p, &due, err))
			return false;
	}
	return true;
}

static bool preview_events(struct preview *p, struct shop_error *err)
{
	static const char sql[] =
		"SELECT seq, type, subject, at_us FROM journal WHERE seq > $1 ORDER BY seq";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, p->w.store, sql, "i", err, worker_first_cursor(&p->w)))
		return false;
	while (p->left > 0 && db_next(&q))
		if (!give_reactions(p, &q, err))
			return false;
	return db_done(&q, err);
}

static bool preview_jobs(struct preview *p, struct shop_error *err)
{
	static const char sql[] =
		"SELECT id, queue, kind, subject, not_before_us, state, owner, lease_boot,"
		" lease_until_us" CLAIM_DUE;
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, p->w.store, sql, "i", err, worker_context(&p->w).now_us))
		return false;
	while (p->left > 0 && db_next(&q)) {
		const struct shop_worker_due due = {
			.what = (char *)(uintptr_t) "job",
			.queue = (char *)(uintptr_t)db_text(&q, 1),
			.type = (char *)(uintptr_t)db_text(&q, 2),
			.subject = (char *)(uintptr_t)db_text(&q, 3),
			.job_id = db_int(&q, 0),
			.since_us = db_int(&q, 4),
		};

		if (worker_serves(&p->w, due.queue) && worker_does(&p->w, due.type) &&
		    !(strcmp(db_text(&q, 5), "leased") == 0 &&
		      lease_holds(&p->w, db_text(&q, 6), db_text(&q, 7), db_int(&q, 8))) &&
		    !give(p, &due, err))
			return false;
	}
	return db_done(&q, err);
}

static bool preview(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct preview *p = arg;

	(void)store;
	return worker_consumers_look(&p->w, err) && preview_events(p, err) && preview_jobs(p, err);
}

bool shop_worker_preview(struct shop_store *store, const struct shop_worker_options *options,
			 shop_record_fn fn, void *ctx, struct shop_error *err)
{
	struct preview p = {
		.w = {.store = store,
		      .options = options,
		      .reactions = worker_reactions,
		      .kinds = worker_job_kinds,
		      .lock_fd = -1,
		      .exclusive_fd = -1},
		.fn = fn,
		.ctx = ctx,
	};
	bool ok;

	p.left = worker_allowance(&p.w);
	lease_look(&p.w);
	ok = worker_consumers_init(&p.w, err) && shop_store_read(store, preview, &p, err);
	lease_close(&p.w);
	g_hash_table_unref(p.w.masks);
	return ok;
}

/*
 * One batch of events: read once for all consumers, each reaction a step of its own in the
 * transaction that moves the cursors.
 */
#include "worker/worker.h"

#include "store/db.h"

/* Reactions of one transaction. */
#define BATCH 256
/* Events looked at in one transaction: most interest nobody, and are passed by without loading
 * them. */
#define WINDOW 8192
/* Others wait for the writer's turn meanwhile, so a batch of slow reactions ends early. */
#define BATCH_US INT64_C(25000)

/* An event somebody reacts to. */
struct due {
	int64_t seq;
	guint mask;
};

struct pass {
	struct worker *w;
	struct due due[BATCH];
	size_t count;
	int64_t last; /* the cursors' new place */
	int64_t events[CONSUMERS_MAX];
	int64_t parked[CONSUMERS_MAX];
};

bool worker_cursors(struct worker *w, struct shop_error *err)
{
	static const char sql[] = "SELECT name, cursor FROM consumer";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, w->store, sql, NULL, err))
		return false;
	while (db_next(&q)) {
		struct consumer *consumer = worker_consumer(w, db_text(&q, 0));

		if (consumer != NULL)
			consumer->cursor = db_int(&q, 1);
	}
	return db_done(&q, err);
}

int64_t worker_first_cursor(const struct worker *w)
{
	int64_t first = INT64_MAX;

	for (size_t i = 0; i < w->count; i++)
		if (w->consumers[i].served)
			first = MIN(first, w->consumers[i].cursor);
	return first;
}

static bool scan(struct pass *pass, struct shop_error *err)
{
	static const char sql[] =
		"SELECT seq, type FROM journal WHERE seq > $1 ORDER BY seq LIMIT $2";
	const size_t most = (size_t)MIN((int64_t)BATCH, worker_allowance(pass->w));
	AUTO_QUERY struct db_query q = {0};

	pass->count = 0;
	pass->last = worker_first_cursor(pass->w);
	if (!db_query(&q, pass->w->store, sql, "ii", err, pass->last, (int64_t)WINDOW))
		return false;
	while (pass->count < most && db_next(&q)) {
		gpointer mask = g_hash_table_lookup(pass->w->masks, db_text(&q, 1));

		pass->last = db_int(&q, 0);
		if (mask != NULL)
			pass->due[pass->count++] = (struct due){pass->last, GPOINTER_TO_UINT(mask)};
	}
	return db_done(&q, err);
}

static bool react_in_step(struct shop_store *store, const struct reaction *reaction,
			  const struct shop_event *event, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};

	return shop_txn_begin(&txn, store, err) && reaction->react(store, event, err) &&
	       shop_txn_commit(&txn, err);
}

/* A reaction that fails is put aside with later events of its subject; the cursor goes on. */
static bool react(struct pass *pass, size_t index, const struct shop_event *event,
		  struct shop_error *err)
{
	struct worker *w = pass->w;
	const struct consumer *consumer = &w->consumers[index];
	const struct reaction *reaction = worker_reaction(w, consumer->name, event->type);
	AUTO_ERROR struct shop_error failure = {0};
	bool waits;

	shop_store_cause(w->store, consumer->actor, event->correlation, event->seq);
	if (!parked_waits(w->store, consumer, event->subject, &waits, err))
		return false;
	pass->events[index]++;
	if (!waits && react_in_step(w->store, reaction, event, &failure))
		return true;
	if (worker_store_failed(&failure)) {
		shop_error_take(err, &failure);
		return false;
	}
	pass->parked[index]++;
	return parked_add(w->store, consumer, event, failure.message, err);
}

static bool dispatch(struct pass *pass, const struct due *due, struct shop_error *err)
{
	struct worker *w = pass->w;
	AUTO_EVENT_ROW struct shop_event event = {0};

	if (!shop_event_load(w->store, due->seq, &event, err))
		return false;
	for (size_t i = 0; i < w->count; i++)
		if ((due->mask & 1U << i) && w->consumers[i].cursor < due->seq &&
		    !react(pass, i, &event, err))
			return false;
	return true;
}

static bool advance(struct pass *pass, struct shop_error *err)
{
	static const char sql[] = "UPDATE consumer SET cursor = $2, updated_us = $3"
				  " WHERE name = $1 AND cursor < $2";
	struct worker *w = pass->w;

	for (size_t i = 0; i < w->count; i++)
		if (w->consumers[i].served && w->consumers[i].cursor < pass->last &&
		    !db_run(w->store, sql, "tii", err, w->consumers[i].name, pass->last,
			    shop_store_context(w->store)->now_us))
			return false;
	return true;
}

/* May run again when the store was busy, so everything is counted anew. */
static bool run_pass(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct pass *pass = arg;
	const int64_t until_us = worker_boot_us() + BATCH_US;

	(void)store;
	memset(pass->events, 0, sizeof(pass->events));
	memset(pass->parked, 0, sizeof(pass->parked));
	if (!worker_cursors(pass->w, err) || !scan(pass, err))
		return false;
	for (size_t i = 0; i < pass->count; i++) {
		if (!dispatch(pass, &pass->due[i], err))
			return false;
		if (i + 1 < pass->count && worker_boot_us() >= until_us) {
			pass->last = pass->due[i].seq;
			break;
		}
	}
	return advance(pass, err);
}

static void take_counts(const struct pass *pass)
{
	struct worker *w = pass->w;

	for (size_t i = 0; i < w->count; i++) {
		w->consumers[i].events += pass->events[i];
		w->consumers[i].parked += pass->parked[i];
		w->report.events += pass->events[i];
		w->report.parked += pass->parked[i];
		if (w->consumers[i].served && w->consumers[i].cursor < pass->last)
			w->consumers[i].cursor = pass->last;
	}
}

bool worker_pass(struct worker *w, bool *ret_progress, struct shop_error *err)
{
	const struct shop_context ctx = worker_context(w);
	struct pass pass = {.w = w};
	int64_t head;

	*ret_progress = false;
	if (!worker_cursors(w, err) || !shop_journal_head(w->store, &head, err))
		return false;
	if (head <= worker_first_cursor(w) || worker_allowance(w) == 0)
		return true;
	if (!shop_store_write(w->store, &ctx, run_pass, &pass, err))
		return shop_fail_while(err, "reacting to events");
	take_counts(&pass);
	*ret_progress = true;
	return true;
}

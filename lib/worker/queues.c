/*
 * Which consumers and queues a worker serves, and where each consumer's cursor begins.
 */
#include "worker/worker.h"

#include "shop/error.h"
#include "store/db.h"

#include <stdio.h>
#include <string.h>

struct consumer *worker_consumer(struct worker *w, const char *name)
{
	for (size_t i = 0; i < w->count; i++)
		if (strcmp(w->consumers[i].name, name) == 0)
			return &w->consumers[i];
	return NULL;
}

bool worker_serves(const struct worker *w, const char *queue)
{
	return w->options->queues == NULL || g_strv_contains(w->options->queues, queue);
}

/* A worker of some kinds of jobs leaves the events to others: passing some by would lose them. */
bool worker_does(const struct worker *w, const char *kind)
{
	const char *const *glob = w->options->kinds;

	while (glob != NULL && *glob != NULL && !g_pattern_match_simple(*glob, kind))
		glob++;
	return glob == NULL || *glob != NULL;
}

const struct reaction *worker_reaction(const struct worker *w, const char *consumer,
				       const char *type)
{
	for (const struct reaction *r = w->reactions; r->consumer != NULL; r++)
		if (strcmp(r->consumer, consumer) == 0 && strcmp(r->type, type) == 0)
			return r;
	return NULL;
}

static void add_consumer(struct worker *w, const char *name)
{
	struct consumer *consumer = &w->consumers[w->count++];

	g_assert(w->count <= CONSUMERS_MAX);
	consumer->name = name;
	consumer->served = w->options->kinds == NULL && worker_serves(w, name);
	(void)g_snprintf(consumer->actor, sizeof(consumer->actor), "worker:%s", name);
}

static void add_type(struct worker *w, const struct reaction *r, size_t index)
{
	gpointer mask = g_hash_table_lookup(w->masks, r->type);

	if (w->consumers[index].served)
		g_hash_table_insert(w->masks, (gpointer)(uintptr_t)r->type,
				    GUINT_TO_POINTER(GPOINTER_TO_UINT(mask) | 1U << index));
}

static bool is_queue(const struct worker *w, const char *name)
{
	for (size_t i = 0; i < w->count; i++)
		if (strcmp(w->consumers[i].name, name) == 0)
			return true;
	for (const struct job_kind *kind = w->kinds; kind->kind != NULL; kind++)
		if (strcmp(kind->queue, name) == 0)
			return true;
	return false;
}

static bool check_queues(const struct worker *w, struct shop_error *err)
{
	const char *const *name = w->options->queues;

	for (; name != NULL && *name != NULL; name++)
		if (!is_queue(w, *name))
			return shop_fail(err, E_VALUE, "queue: no consumer or queue is named %s",
					 *name);
	return true;
}

static bool check_kinds(const struct worker *w, struct shop_error *err)
{
	const char *const *glob = w->options->kinds;

	for (; glob != NULL && *glob != NULL; glob++) {
		const struct job_kind *kind = w->kinds;

		while (kind->kind != NULL && !g_pattern_match_simple(*glob, kind->kind))
			kind++;
		if (kind->kind == NULL && !g_pattern_match_simple(*glob, "parked"))
			return shop_fail(err, E_VALUE, "type: no kind of job is %s", *glob);
	}
	return true;
}

bool worker_consumers_init(struct worker *w, struct shop_error *err)
{
	w->masks = g_hash_table_new(g_str_hash, g_str_equal);
	for (const struct reaction *r = w->reactions; r->consumer != NULL; r++) {
		if (worker_consumer(w, r->consumer) == NULL)
			add_consumer(w, r->consumer);
		add_type(w, r, (size_t)(worker_consumer(w, r->consumer) - w->consumers));
	}
	return check_queues(w, err) && check_kinds(w, err);
}

/* In a store where others have worked, a new consumer begins now: no mails for old orders. */
static bool find_begin(struct shop_store *store, int64_t *ret_seq, struct shop_error *err)
{
	static const char known[] = "SELECT count(*) FROM consumer WHERE name NOT LIKE 'tail:%'";
	int64_t others = 0;

	*ret_seq = 0;
	return db_get(store, &others, known, NULL, err) &&
	       (others == 0 || shop_journal_head(store, ret_seq, err));
}

static bool register_all(struct shop_store *store, void *arg, struct shop_error *err)
{
	static const char sql[] = "INSERT INTO consumer (name, cursor, updated_us)"
				  " SELECT $1, $2, $3 WHERE NOT EXISTS"
				  " (SELECT 1 FROM consumer WHERE name = $1)";
	const struct worker *w = arg;
	int64_t begin;

	if (!find_begin(store, &begin, err))
		return false;
	for (size_t i = 0; i < w->count; i++)
		if (!db_run(store, sql, "tii", err, w->consumers[i].name, begin,
			    shop_store_context(store)->now_us))
			return false;
	return true;
}

bool worker_consumers_look(struct worker *w, struct shop_error *err)
{
	int64_t begin;

	if (!find_begin(w->store, &begin, err))
		return false;
	for (size_t i = 0; i < w->count; i++)
		w->consumers[i].cursor = begin;
	return worker_cursors(w, err);
}

bool worker_consumers_register(struct worker *w, struct shop_error *err)
{
	static const char sql[] = "SELECT count(*) FROM consumer WHERE name = $1";
	const struct shop_context ctx = worker_context(w);

	for (size_t i = 0; i < w->count; i++) {
		int64_t found = 0;

		if (!db_get(w->store, &found, sql, "t", err, w->consumers[i].name))
			return false;
		if (found == 0)
			return shop_store_write(w->store, &ctx, register_all, w, err);
	}
	return true;
}

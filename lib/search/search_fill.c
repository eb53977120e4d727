/*
 * Putting objects into the index: all of them once, kind by kind, then those that events tell of.
 * Done in steps that are transactions of their own, each of which says how far it came: a process
 * that is killed loses one step, and several that want it at once take steps in turn.
 */
#include "search/search_private.h"

#include "shop/times.h"

#include <string.h>

/* One step: what is kept in memory before it is written, and how long another may have to wait. */
#define STEP_OBJECTS 200000
#define STEP_EVENTS 50000
#define STEP_US INT64_C(5000000)
#define TELL_EVERY 2000

struct fill {
	struct shop_store *store, *side;
	const struct shop_search_progress *progress;
	struct search_state state;
	const struct search_kind *kind; /* being built */
	int64_t until_us;		/* monotonic: the step ends then */
	int64_t objects;		/* of this step */
};

static bool is_over(const struct fill *f)
{
	return f->objects >= STEP_OBJECTS ||
	       (f->objects % 256 == 0 && g_get_monotonic_time() >= f->until_us);
}

static void tell(const struct fill *f, int64_t done)
{
	if (f->progress != NULL && done % TELL_EVERY == 0)
		f->progress->fn(f->kind == NULL ? "object" : f->kind->name, done, f->progress->ctx);
}

static bool save_state(struct fill *f, struct shop_error *err)
{
	static const char clear[] = "DELETE FROM state";
	static const char sql[] = "INSERT INTO state (uuid, epoch, seq, hash, kind, after)"
				  " VALUES ($1, $2, $3, $4, $5, $6)";
	const struct search_state *s = &f->state;

	return db_run(f->side, clear, NULL, err) &&
	       db_run(f->side, sql, "tiitii", err, s->uuid, s->epoch, s->seq, s->hash, s->kind,
		      s->after);
}

static bool add_tokens(struct fill *f, int64_t row, const struct search_doc *doc,
		       struct shop_error *err)
{
	static const char sql[] = "INSERT INTO word (rowid, tokens) VALUES ($1, $2)";
	char *tokens = search_tokens(doc);
	bool ok = db_run(f->side, sql, "it", err, row, tokens);

	g_free(tokens);
	return ok;
}

static bool remove_tokens(struct fill *f, int64_t row, const struct search_doc *doc,
			  struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO word (word, rowid, tokens) VALUES ('delete', $1, $2)";
	char *tokens = search_tokens(doc);
	bool ok = db_run(f->side, sql, "it", err, row, tokens);

	g_free(tokens);
	return ok;
}

static bool add_doc(struct fill *f, int64_t row, const struct search_doc *doc,
		    struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO doc (number, title, text, codes) VALUES ($1, $2, $3, $4)";

	return db_run(f->side, sql, "ittt", err, row, doc->title, doc->text, doc->codes) &&
	       add_tokens(f, row, doc, err);
}

bool search_kept_doc(struct shop_store *side, int64_t row, struct search_doc *ret_doc,
		     struct shop_error *err)
{
	static const char sql[] = "SELECT title, text, codes FROM doc WHERE number = $1";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, side, sql, "i", err, row))
		return false;
	if (db_next(&q)) {
		ret_doc->title = db_text_dup(&q, 0);
		ret_doc->text = db_text_dup(&q, 1);
		ret_doc->codes = db_text_dup(&q, 2);
	}
	return db_done(&q, err);
}

/* What it said before goes, what it says now comes; most events leave the texts as they are. */
static bool put(struct fill *f, int64_t row, const struct search_doc *doc, struct shop_error *err)
{
	static const char sql[] = "DELETE FROM doc WHERE number = $1";
	AUTO_DOC struct search_doc old = {0};

	if (!search_kept_doc(f->side, row, &old, err))
		return false;
	if (search_doc_is_same(&old, doc))
		return true;
	if (!search_doc_is_empty(&old) &&
	    (!remove_tokens(f, row, &old, err) || !db_run(f->side, sql, "i", err, row)))
		return false;
	return search_doc_is_empty(doc) || add_doc(f, row, doc, err);
}

/* --- all objects */

static bool add_object(int64_t number, const struct search_doc *doc, void *ctx,
		       struct shop_error *err)
{
	struct fill *f = ctx;

	if (!add_doc(f, search_row(f->kind, number), doc, err))
		return false;
	f->state.after = number;
	f->objects++;
	tell(f, f->objects);
	return !is_over(f);
}

/* While all objects are put in, lists are written as they come: they are merged when there is time.
 */
static bool set_merging(struct fill *f, bool on, struct shop_error *err)
{
	static const char sql[] = "INSERT INTO word (word, rank) VALUES ('automerge', $1)";

	return db_run(f->side, sql, "i", err, (int64_t)(on ? 4 : 0));
}

static bool build(struct fill *f, struct shop_error *err)
{
	while (f->state.kind < SEARCH_KINDS && !is_over(f)) {
		f->kind = &search_kinds()[f->state.kind];
		f->objects++; /* a kind without objects is a step, too */
		if (!search_doc_each(f->store, f->kind, f->state.after, add_object, f, err))
			return false;
		if (is_over(f))
			break;
		f->state.kind++;
		f->state.after = 0;
	}
	f->kind = NULL;
	return (f->state.kind < SEARCH_KINDS || set_merging(f, true, err)) && save_state(f, err);
}

/* --- what events tell of */

/* The rows that the next events are about; *ret_last gets the last of them with its hash. */
static bool next_changes(struct shop_store *store, int64_t after_seq, int64_t limit,
			 GHashTable *rows, int64_t *ret_last, char **ret_hash,
			 struct shop_error *err)
{
	static const char sql[] = "SELECT seq, type, subject, "
				  "{lite|hex(hash)}{pg|upper(encode(hash, 'hex'))} FROM journal"
				  " WHERE seq > $1 ORDER BY seq LIMIT $2";
	AUTO_QUERY struct db_query q = {0};
	int64_t row;

	if (!db_query(&q, store, sql, "ii", err, after_seq, limit))
		return false;
	while (db_next(&q)) {
		if (!search_row_of_event(store, db_text(&q, 1), db_text(&q, 2), &row, err))
			return false;
		*ret_last = db_int(&q, 0);
		g_free(*ret_hash);
		*ret_hash = db_text_dup(&q, 3);
		if (row != 0 && !g_hash_table_contains(rows, &row))
			g_hash_table_add(rows, g_memdup2(&row, sizeof(row)));
	}
	return db_done(&q, err);
}

static GHashTable *new_rows(void)
{
	return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
}

bool search_changed_rows(struct shop_store *store, int64_t after_seq, GHashTable **ret_rows,
			 struct shop_error *err)
{
	GHashTable *rows = new_rows();
	int64_t last = after_seq;
	char *hash = NULL;
	bool ok = next_changes(store, after_seq, INT64_MAX, rows, &last, &hash, err);

	g_free(hash);
	*ret_rows = rows;
	return ok;
}

static bool put_changed(struct fill *f, int64_t row, struct shop_error *err)
{
	AUTO_DOC struct search_doc doc = {0};

	f->objects++;
	tell(f, f->objects);
	return search_doc_load(f->store, search_row_kind(row), search_row_number(row), &doc, err) &&
	       put(f, row, &doc, err);
}

static gint rising(gconstpointer a, gconstpointer b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

/* In rising order: the index writes what it has gathered whenever a number falls. */
static bool put_all_changed(struct fill *f, GHashTable *rows, struct shop_error *err)
{
	GArray *sorted = g_array_sized_new(FALSE, FALSE, sizeof(int64_t), g_hash_table_size(rows));
	GHashTableIter iter;
	gpointer row;
	bool ok = true;

	g_hash_table_iter_init(&iter, rows);
	while (g_hash_table_iter_next(&iter, &row, NULL))
		g_array_append_vals(sorted, row, 1);
	g_array_sort(sorted, rising);
	for (guint i = 0; ok && i < sorted->len; i++)
		ok = put_changed(f, g_array_index(sorted, int64_t, i), err);
	g_array_unref(sorted);
	return ok;
}

static bool catch_up(struct fill *f, struct shop_error *err)
{
	GHashTable *rows = new_rows();
	bool ok = next_changes(f->store, f->state.seq, STEP_EVENTS, rows, &f->state.seq,
			       &f->state.hash, err) &&
		  put_all_changed(f, rows, err) && save_state(f, err);

	g_hash_table_unref(rows);
	return ok;
}

/* --- one step */

/* Another store's texts, or those of another life of this one, make room. */
static bool begin_anew(struct fill *f, const struct search_state *now, struct shop_error *err)
{
	if (f->state.uuid[0] != '\0' &&
	    (!db_run(f->side, "DELETE FROM doc", NULL, err) ||
	     !db_run(f->side, "INSERT INTO word (word) VALUES ('delete-all')", NULL, err)))
		return false;
	search_state_done(&f->state);
	f->state = *now;
	f->state.hash = g_strdup(now->hash);
	f->state.kind = f->state.after = 0;
	return set_merging(f, false, err);
}

/*
 * What the file says under its lock decides. *known: it was seen before this process looked at the
 * store; if another process has meanwhile brought it past what is seen here, it is as good as can
 * be.
 */
static bool step(struct fill *f, int64_t known, bool *ret_whole, struct shop_error *err)
{
	AUTO_STATE struct search_state now = {0};
	bool fits = false;

	if (!search_state_load(f->side, &f->state, err) ||
	    !search_state_of_store(f->store, &now, err) ||
	    !search_state_fits(f->store, &f->state, &now, &fits, err))
		return false;
	if (f->state.seq > now.seq && f->state.seq != known &&
	    strcmp(f->state.uuid, now.uuid) == 0 && f->state.epoch == now.epoch) {
		/* What is seen here may be older than what its events will tell of. */
		*ret_whole = f->state.kind == SEARCH_KINDS;
		return *ret_whole || shop_fail(err, E_STORE_BUSY, "another process is making it");
	}
	if (!fits && !begin_anew(f, &now, err))
		return false;
	if (f->state.kind < SEARCH_KINDS ? !build(f, err) : !catch_up(f, err))
		return false;
	*ret_whole = f->state.kind == SEARCH_KINDS && f->state.seq >= now.seq;
	return true;
}

static bool locked_step(struct fill *f, int64_t known, bool *ret_whole, struct shop_error *err)
{
	bool ok;

	if (!db_side_begin(f->side, err))
		return false;
	f->objects = 0;
	ok = step(f, known, ret_whole, err) && db_side_commit(f->side, err);
	if (!ok)
		db_side_rollback(f->side);
	search_state_done(&f->state);
	return ok;
}

bool search_fill(struct shop_store *store, struct shop_store *side, int64_t known,
		 int64_t budget_us, const struct shop_search_progress *progress, bool *ret_whole,
		 struct shop_error *err)
{
	struct fill f = {.store = store, .side = side, .progress = progress};
	const int64_t begun_us = g_get_monotonic_time();

	*ret_whole = false;
	do {
		int64_t now_us = g_get_monotonic_time();

		if (now_us - begun_us >= budget_us)
			break;
		f.until_us = now_us + MIN(STEP_US, budget_us - (now_us - begun_us));
		if (!locked_step(&f, known, ret_whole, err))
			return false;
	} while (!*ret_whole);
	return true;
}

/*
 * Finding objects by their own texts: what the index names is asked by its texts; what changed
 * since the index was written, or all where there is none, is read from the store and asked in the
 * same way.
 */
#include "search/search_private.h"

#include <string.h>

/* A match outside the index. */
struct extra {
	int64_t number;
	enum search_score score;
	struct search_doc doc;
};

struct finding {
	struct search_index *index;
	const struct search_kind *kind;
	const struct search_terms *terms;
	GArray *extras; /* struct extra, newest first */
	guint given;	/* of them */
	search_found_fn fn;
	void *ctx;
};

static void clear_extra(gpointer data)
{
	struct extra *extra = data;

	search_doc_done(&extra->doc);
}

static bool keep_match(int64_t number, const struct search_doc *doc, void *ctx,
		       struct shop_error *err)
{
	struct finding *f = ctx;
	struct extra extra = {.number = number, .score = search_score(f->terms, doc)};

	(void)err;
	if (extra.score == SEARCH_NONE)
		return true;
	extra.doc = (struct search_doc){g_strdup(doc->title), g_strdup(doc->text),
					g_strdup(doc->codes)};
	g_array_append_val(f->extras, extra);
	return true;
}

static bool read_changed(struct finding *f, struct shop_error *err)
{
	GHashTableIter iter;
	gpointer key;

	g_hash_table_iter_init(&iter, f->index->stale);
	while (g_hash_table_iter_next(&iter, &key, NULL)) {
		const int64_t row = *(const int64_t *)key;
		AUTO_DOC struct search_doc doc = {0};

		if (search_row_kind(row) != f->kind)
			continue;
		if (!search_doc_load(f->index->store, f->kind, search_row_number(row), &doc, err) ||
		    !keep_match(search_row_number(row), &doc, f, err))
			return false;
	}
	return true;
}

static gint newest_first(gconstpointer a, gconstpointer b)
{
	int64_t left = ((const struct extra *)a)->number, right = ((const struct extra *)b)->number;

	return (left < right) - (left > right);
}

static bool read_extras(struct finding *f, struct shop_error *err)
{
	bool ok = true;

	if (f->index->side == NULL)
		ok = search_doc_each(f->index->store, f->kind, 0, keep_match, f, err);
	else if (f->index->stale != NULL)
		ok = read_changed(f, err);
	g_array_sort(f->extras, newest_first);
	return ok;
}

/* Those that are newer than a number. */
static bool give_extras(struct finding *f, int64_t down_to, struct shop_error *err)
{
	while (f->given < f->extras->len) {
		const struct extra *extra = &g_array_index(f->extras, struct extra, f->given);

		if (extra->number < down_to)
			return true;
		f->given++;
		if (!f->fn(extra->number, extra->score, &extra->doc, f->ctx, err))
			return false;
	}
	return true;
}

static bool is_stale(const struct finding *f, int64_t row)
{
	return f->index->stale != NULL && g_hash_table_contains(f->index->stale, &row);
}

static bool give_row(struct finding *f, const struct db_query *q, struct shop_error *err)
{
	const int64_t row = db_int(q, 0);
	AUTO_DOC struct search_doc doc = {0};
	enum search_score score;

	if (is_stale(f, row))
		return true;
	doc = (struct search_doc){db_text_dup(q, 1), db_text_dup(q, 2), db_text_dup(q, 3)};
	score = search_score(f->terms, &doc);
	if (score == SEARCH_NONE)
		return true;
	return give_extras(f, search_row_number(row), err) &&
	       f->fn(search_row_number(row), score, &doc, f->ctx, err);
}

static bool ask_index(struct finding *f, struct shop_error *err)
{
	static const char sql[] =
		"SELECT w.rowid, d.title, d.text, d.codes FROM word w JOIN doc d ON d.number = "
		"w.rowid"
		" WHERE w.word MATCH $1 AND w.rowid BETWEEN $2 AND $3 ORDER BY w.rowid DESC";
	AUTO_QUERY struct db_query q = {0};
	char *match = search_match(f->terms);
	bool ok = db_query(&q, f->index->side, sql, "tii", err, match, search_row(f->kind, 0),
			   search_row(f->kind + 1, 0) - 1);
	bool wanted = true;

	g_free(match);
	while (ok && wanted && db_next(&q))
		wanted = give_row(f, &q, err);
	if (ok && !wanted)
		return false;
	return ok && db_done(&q, err);
}

bool search_find(struct search_index *index, const struct search_kind *kind,
		 const struct search_terms *terms, search_found_fn fn, void *ctx,
		 struct shop_error *err)
{
	struct finding f = {
		.index = index,
		.kind = kind,
		.terms = terms,
		.extras = g_array_new(FALSE, TRUE, sizeof(struct extra)),
		.fn = fn,
		.ctx = ctx,
	};
	bool ok;

	g_array_set_clear_func(f.extras, clear_extra);
	ok = kind->one == NULL ||
	     (read_extras(&f, err) && (index->side == NULL || ask_index(&f, err)) &&
	      give_extras(&f, 0, err));
	g_array_unref(f.extras);
	/* Who stops without an error has what it wants. */
	return ok || err->code == SHOP_OK;
}

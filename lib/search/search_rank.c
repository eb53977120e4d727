/*
 * The best first. Of each kind the newest thousand that match are looked at closely and ordered by
 * how well they fit; only who wants more than those makes the search go through all that match. So
 * what is shown first takes as long in a large shop as in a small one.
 */
#include "search/search_private.h"

#include "shop/text.h"

#include <string.h>

#define WINDOW 1000
#define RELATED_EACH 100 /* orders of one customer among them */

struct candidate {
	const struct search_kind *kind;
	int64_t number;
	enum search_score score;
	char *matched;
};

struct ranking {
	struct search_index *index;
	const struct shop_search *in;
	struct search_terms terms;
	GArray *candidates;		/* struct candidate */
	GHashTable *seen;		/* int64_t * rows of them */
	unsigned cut;			/* bits of the kinds of which there may be more */
	const struct search_kind *kind; /* being gathered */
	guint gathered;
	shop_record_fn fn;
	void *ctx;
	bool given; /* something was given already */
	bool full;  /* who asked wants no more */
};

static void clear_candidate(gpointer data)
{
	struct candidate *candidate = data;

	g_free(candidate->matched);
}

static unsigned bit(const struct search_kind *kind)
{
	return 1u << kind->type;
}

static bool is_wanted(const struct ranking *r, const struct search_kind *kind)
{
	return r->in->kinds == 0 || (r->in->kinds & bit(kind)) != 0;
}

static bool is_seen(const struct ranking *r, const struct search_kind *kind, int64_t number)
{
	int64_t row = search_row(kind, number);

	return g_hash_table_contains(r->seen, &row);
}

static void add(struct ranking *r, const struct search_kind *kind, int64_t number,
		enum search_score score, const char *matched)
{
	struct candidate candidate = {kind, number, score, NULL};
	int64_t row = search_row(kind, number);

	if (g_hash_table_contains(r->seen, &row))
		return;
	g_hash_table_add(r->seen, g_memdup2(&row, sizeof(row)));
	candidate.matched = g_strdup(matched);
	g_array_append_val(r->candidates, candidate);
}

static bool add_found(int64_t number, enum search_score score, const struct search_doc *doc,
		      void *ctx, struct shop_error *err)
{
	struct ranking *r = ctx;
	AUTO_TEXT char *matched = NULL;

	(void)err;
	if (r->gathered >= WINDOW) {
		r->cut |= bit(r->kind);
		return false;
	}
	r->gathered++;
	matched = search_matched_line(&r->terms, doc);
	add(r, r->kind, number, score, matched);
	return true;
}

/* What belongs to the candidates of the owner's kind that there are so far. */
static bool gather_related(struct ranking *r, const struct search_kind *owner,
			   struct shop_error *err)
{
	GArray *numbers = g_array_new(FALSE, FALSE, sizeof(int64_t));
	const guint owners = r->candidates->len;
	guint total = 0;
	bool ok = true;

	for (guint i = 0; ok && i < owners && total < WINDOW; i++) {
		const struct candidate c = g_array_index(r->candidates, struct candidate, i);

		if (c.kind != owner)
			continue;
		g_array_set_size(numbers, 0);
		ok = search_related(r->index->store, r->kind, c.number, RELATED_EACH, numbers, err);
		for (guint n = 0; n < numbers->len; n++)
			add(r, r->kind, g_array_index(numbers, int64_t, n), SEARCH_RELATED,
			    c.matched);
		total += numbers->len;
		if (numbers->len == RELATED_EACH)
			r->cut |= bit(r->kind);
	}
	if (total >= WINDOW || (r->cut & bit(owner)) != 0)
		r->cut |= bit(r->kind);
	g_array_unref(numbers);
	return ok;
}

static bool gather(struct ranking *r, const struct search_kind *kind, struct shop_error *err)
{
	const struct search_kind *owner = search_owner_kind(kind);
	int64_t meant = search_number_meant(kind, r->in->text);
	char id[SHOP_ID_TEXT];

	r->kind = kind;
	r->gathered = 0;
	if (meant != 0)
		add(r, kind, meant, SEARCH_WHOLE, shop_id_format(kind->type, meant, id));
	return search_find(r->index, kind, &r->terms, add_found, r, err) &&
	       (owner == NULL || gather_related(r, owner, err));
}

/* A kind is gathered for its own sake or for what belongs to it. */
static bool is_needed(const struct ranking *r, const struct search_kind *kind)
{
	if (is_wanted(r, kind))
		return true;
	for (const struct search_kind *other = search_kinds(); other->name != NULL; other++)
		if (search_owner_kind(other) == kind && is_needed(r, other))
			return true;
	return false;
}

static gint by_rank(gconstpointer a, gconstpointer b)
{
	const struct candidate *left = a, *right = b;

	if (left->score != right->score)
		return (gint)left->score - (gint)right->score;
	if (left->kind != right->kind)
		return left->kind < right->kind ? -1 : 1;
	return (left->number < right->number) - (left->number > right->number);
}

static bool give(struct ranking *r, const struct candidate *c, struct shop_error *err)
{
	struct shop_search_hit hit;
	bool found, ok = true;

	if (!search_hit_load(r->index->store, c->kind, c->number, r->in->now_us, &hit, &found, err))
		return false;
	if (found) {
		hit.matched = g_strdup(c->matched);
		hit.rank = (int64_t)c->score * 10 + (c->kind - search_kinds());
		r->given = true;
		ok = r->fn(&hit, r->ctx, err);
		r->full = !ok;
	}
	shop_record_done(&shop_search_hit_record, &hit);
	return ok;
}

static bool give_candidates(struct ranking *r, struct shop_error *err)
{
	g_array_sort(r->candidates, by_rank);
	for (guint i = 0; i < r->candidates->len; i++) {
		const struct candidate *c = &g_array_index(r->candidates, struct candidate, i);

		if (is_wanted(r, c->kind) && !give(r, c, err))
			return false;
	}
	return true;
}

/* Of those behind the first thousand the texts are looked at only now. */
static bool give_late(struct ranking *r, const struct search_kind *kind, int64_t number,
		      struct shop_error *err)
{
	struct candidate c = {kind, number, SEARCH_REST, NULL};
	AUTO_DOC struct search_doc doc = {0};
	bool ok = search_doc_load(r->index->store, kind, number, &doc, err);

	if (!ok)
		return false;
	c.matched = search_matched_line(&r->terms, &doc);
	ok = give(r, &c, err);
	g_free(c.matched);
	return ok;
}

static bool give_rest_of(struct ranking *r, const struct search_kind *kind, struct shop_error *err)
{
	GArray *numbers = g_array_new(FALSE, FALSE, sizeof(int64_t));
	bool ok = search_all(r->index, kind, &r->terms, r->in->text, numbers, err);

	for (guint i = numbers->len; ok && i-- > 0;) {
		int64_t number = g_array_index(numbers, int64_t, i);

		if (!is_seen(r, kind, number))
			ok = give_late(r, kind, number, err);
	}
	g_array_unref(numbers);
	return ok;
}

static bool rank(struct ranking *r, struct shop_error *err)
{
	const struct search_kind *kind;

	for (kind = search_kinds(); kind->name != NULL; kind++)
		if (is_needed(r, kind) && !gather(r, kind, err))
			return false;
	if (!give_candidates(r, err))
		return false;
	for (kind = search_kinds(); kind->name != NULL; kind++)
		if (is_wanted(r, kind) && (r->cut & bit(kind)) != 0 && !give_rest_of(r, kind, err))
			return false;
	return true;
}

static bool search_once(struct shop_store *store, const struct shop_search *in, struct ranking *r,
			struct shop_error *err)
{
	AUTO_INDEX struct search_index index = {0};
	bool ok;

	search_index_open(store, in->progress, &index);
	r->index = &index;
	r->cut = 0;
	r->candidates = g_array_new(FALSE, FALSE, sizeof(struct candidate));
	g_array_set_clear_func(r->candidates, clear_candidate);
	r->seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	ok = rank(r, err);
	search_tell_notice(&index, in);
	g_hash_table_unref(r->seen);
	g_array_unref(r->candidates);
	return ok;
}

bool shop_search(struct shop_store *store, const struct shop_search *in, shop_record_fn fn,
		 void *ctx, struct shop_error *err)
{
	struct ranking r = {.in = in, .fn = fn, .ctx = ctx};
	bool ok = search_terms_read(in->text, &r.terms, err);

	if (ok) {
		ok = search_once(store, in, &r, err);
		/* Damage shows only where the file is read: it is made anew, and asked again. */
		if (!ok && !r.given && search_renew(store, err))
			ok = search_once(store, in, &r, err);
	}
	search_terms_done(&r.terms);
	return ok || (r.full && err->code == SHOP_OK);
}

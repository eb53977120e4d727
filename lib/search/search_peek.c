/* What the index holds about a text, as it is: for completion, which must be quick and may miss
 * something. */
#include "search/search_private.h"

#include "shop/text.h"

#include <string.h>

#define RELATED_MAX 20 /* orders of one customer */

struct peek {
	struct shop_store *store;
	struct search_index index;
	struct search_terms terms;
	const struct search_kind *kind;
	size_t left;
	shop_search_name_fn fn;
	void *ctx;
	bool full;
};

static void give(struct peek *p, int64_t number, const char *id, const char *title)
{
	const struct shop_search_name name = {p->kind->type, number, id,
					      title == NULL ? "" : title};

	p->left--;
	p->full = !p->fn(&name, p->ctx) || p->left == 0;
}

/* A product's id is its SKU, the first of its codes. */
static bool give_found(int64_t number, enum search_score score, const struct search_doc *doc,
		       void *ctx, struct shop_error *err)
{
	struct peek *p = ctx;
	char id[SHOP_ID_TEXT];

	(void)score, (void)err;
	if (p->kind->type == SHOP_ID_PRODUCT) {
		AUTO_TEXT char *sku = g_strndup(doc->codes, strcspn(doc->codes, "\n"));

		give(p, number, sku, doc->title);
	} else {
		give(p, number, shop_id_format(p->kind->type, number, id), doc->title);
	}
	return !p->full;
}

/* Whether the object was given already, for its own texts. */
static bool is_found(const struct peek *p, int64_t number, bool *ret_found, struct shop_error *err)
{
	AUTO_DOC struct search_doc doc = {0};

	if (!search_kept_doc(p->index.side, search_row(p->kind, number), &doc, err))
		return false;
	*ret_found = search_score(&p->terms, &doc) != SEARCH_NONE;
	return true;
}

/* An order that is sent nowhere in particular is known by its customer's name. */
static bool give_related(int64_t owner, enum search_score score, const struct search_doc *doc,
			 void *ctx, struct shop_error *err)
{
	struct peek *p = ctx;
	GArray *numbers = g_array_new(FALSE, FALSE, sizeof(int64_t));
	bool ok = search_related(p->store, p->kind, owner, (int64_t)MIN(p->left, RELATED_MAX),
				 numbers, err);
	char id[SHOP_ID_TEXT];

	(void)score;
	for (guint i = 0; ok && !p->full && i < numbers->len; i++) {
		int64_t number = g_array_index(numbers, int64_t, i);
		bool found = false;

		ok = is_found(p, number, &found, err);
		if (ok && !found)
			give(p, number, shop_id_format(p->kind->type, number, id), doc->title);
	}
	g_array_unref(numbers);
	return ok && !p->full;
}

static bool peek_kind(struct peek *p, struct shop_error *err)
{
	return search_find(&p->index, p->kind, &p->terms, give_found, p, err) &&
	       (p->full || p->kind->type != SHOP_ID_ORDER ||
		search_find(&p->index, search_owner_kind(p->kind), &p->terms, give_related, p,
			    err));
}

static bool open_index(struct peek *p)
{
	AUTO_ERROR struct shop_error failed = {0};
	AUTO_STATE struct search_state state = {0};
	AUTO_STATE struct search_state now = {0};

	p->index.store = p->store;
	return db_side_open(p->store, &search_format, DB_SIDE_PEEK, &p->index.side, &failed) &&
	       search_state_load(p->index.side, &state, &failed) &&
	       search_state_of_store(p->store, &now, &failed) &&
	       strcmp(state.uuid, now.uuid) == 0 && state.epoch == now.epoch;
}

void shop_search_peek(struct shop_store *store, enum shop_id_type type, const char *text,
		      size_t limit, shop_search_name_fn fn, void *ctx)
{
	struct peek p = {.store = store, .left = limit, .fn = fn, .ctx = ctx, .full = limit == 0};
	AUTO_ERROR struct shop_error failed = {0};

	if (search_terms_read(text, &p.terms, &failed) && open_index(&p))
		for (p.kind = search_kinds(); p.kind->name != NULL && !p.full; p.kind++)
			if ((type == SHOP_ID_NONE || type == p.kind->type) &&
			    !peek_kind(&p, &failed))
				break;
	search_index_close(&p.index);
	search_terms_done(&p.terms);
}

/* Whether the index says what the store says: for checks. Both are walked through side by side. */
#include "search/search_private.h"

#include <string.h>

struct comparing {
	struct search_index index;
	struct db_query kept; /* the index's rows, rising */
	int64_t row;	      /* where it stands; INT64_MAX = at its end */
	const struct search_kind *kind;
	shop_search_fault_fn fn;
	void *ctx;
};

static bool tell(struct comparing *c, int64_t row, const char *message, struct shop_error *err)
{
	const struct search_kind *kind = search_row_kind(row);
	char id[SHOP_ID_TEXT];

	/* What changed since the index was written is not asked of it. */
	if (c->index.stale != NULL && g_hash_table_contains(c->index.stale, &row))
		return true;
	return c->fn(shop_id_format(kind->type, search_row_number(row), id), message, c->ctx, err);
}

static void advance(struct comparing *c)
{
	c->row = db_next(&c->kept) ? db_int(&c->kept, 0) : INT64_MAX;
}

/* Rows before this one are of objects that the store does not have. */
static bool pass_by(struct comparing *c, int64_t row, struct shop_error *err)
{
	while (c->row < row) {
		if (!tell(c, c->row, "it is in the search index and not in the store", err))
			return false;
		advance(c);
	}
	return true;
}

static bool compare(int64_t number, const struct search_doc *doc, void *ctx, struct shop_error *err)
{
	struct comparing *c = ctx;
	const int64_t row = search_row(c->kind, number);
	bool same;

	if (!pass_by(c, row, err))
		return false;
	if (c->row > row)
		return tell(c, row, "it is missing in the search index", err);
	same = g_strcmp0(db_text(&c->kept, 1), doc->title) == 0 &&
	       g_strcmp0(db_text(&c->kept, 2), doc->text) == 0 &&
	       g_strcmp0(db_text(&c->kept, 3), doc->codes) == 0;
	advance(c);
	return same || tell(c, row, "the search index has other texts of it", err);
}

static bool compare_all(struct comparing *c, struct shop_error *err)
{
	static const char sql[] = "SELECT number, title, text, codes FROM doc ORDER BY number";
	bool ok = db_query(&c->kept, c->index.side, sql, NULL, err);

	if (ok)
		advance(c);
	for (c->kind = search_kinds(); ok && c->kind->name != NULL; c->kind++)
		ok = search_doc_each(c->index.store, c->kind, 0, compare, c, err);
	ok = ok && pass_by(c, INT64_MAX, err) && db_done(&c->kept, err);
	db_end(&c->kept);
	return ok;
}

bool shop_search_check(struct shop_store *store, shop_search_fault_fn fn, void *ctx,
		       struct shop_error *err)
{
	struct comparing c = {.fn = fn, .ctx = ctx};
	bool ok = true;

	search_index_read(store, &c.index);
	if (c.index.side != NULL)
		ok = compare_all(&c, err);
	if (!ok && search_says_damaged(err)) {
		shop_error_done(err);
		ok = fn("store", "the search index is damaged", ctx, err);
	}
	search_index_close(&c.index);
	return ok;
}

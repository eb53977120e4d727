/*
 * The work queue, source by source until enough is found: what is not reached costs nothing.
 */
#include "shop/next.h"

#include "report/next_list.h"
#include "report/next_sources.h"
#include "store/db.h"

#include <string.h>

static const struct shop_field fields[] = {
	SHOP_FIELD_INT(struct shop_work, rank, "rank", "its place in the queue"),
	SHOP_FIELD_WORD(struct shop_work, kind, "kind", "which kind of work it is",
			.flags = SHOP_FIELD_WIDE, .example = "order_late"),
	SHOP_FIELD_TEXT(struct shop_work, object, "object", "an id or a SKU",
			.example = "ord-1000"),
	SHOP_FIELD_TEXT(struct shop_work, what, "what", "what is the matter"),
	SHOP_FIELD_TIME(struct shop_work, since, "since", "since when it waits",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TEXT(struct shop_work, command, "command", "the command that does it",
			.flags = SHOP_FIELD_VERBATIM,
			.example = "shopctl shipment dispatch shp-1000"),
	SHOP_FIELD_TEXT(struct shop_work, claimed_by, "claimed_by",
			"who has taken it for a while (--claim)", .example = "ana"),
	SHOP_FIELD_TIME(struct shop_work, claimed_until, "claimed_until", "until when",
			.flags = SHOP_FIELD_WIDE),
};

const struct shop_record shop_work_record = SHOP_RECORD("work", struct shop_work, fields);

/* What a source's texts are filled in with. */
struct blanks {
	char id[SHOP_ID_TEXT];
	char other[SHOP_ID_TEXT];
	const char *sku;
	const char *word;
};

static const char *blank(const struct blanks *b, const char *name, size_t length)
{
	const struct {
		const char *name, *text;
	} all[] = {{"id", b->id}, {"other", b->other}, {"sku", b->sku}, {"word", b->word}};

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
		if (strlen(all[i].name) == length && strncmp(all[i].name, name, length) == 0)
			return all[i].text == NULL ? "unknown" : all[i].text;
	g_assert_not_reached();
}

static void fill_in(GString *to, const char *text, const struct blanks *b)
{
	const char *open, *close;

	while ((open = strchr(text, '{')) != NULL) {
		close = strchr(open, '}');
		g_string_append_len(to, text, open - text);
		g_string_append(to, blank(b, open + 1, (size_t)(close - open - 1)));
		text = close + 1;
	}
	g_string_append(to, text);
}

static char *filled(const char *before, const char *text, const struct blanks *b)
{
	GString *to = g_string_new(before);

	fill_in(to, text, b);
	return g_string_free(to, FALSE);
}

static void make_work(const struct next_source *source, const struct db_query *q, int64_t rank,
		      struct shop_work *work)
{
	const int64_t other = db_int(q, 4);
	const char *command =
		other == 0 && source->otherwise != NULL ? source->otherwise : source->command;
	struct blanks b = {.sku = db_text(q, 1), .word = db_text(q, 2)};

	shop_id_format(source->id_type, db_int(q, 0), b.id);
	shop_id_format(source->other_type, other, b.other);
	*work = (struct shop_work){
		.rank = rank,
		.kind = g_strdup(source->kind),
		.object = g_strdup(source->id_type == SHOP_ID_NONE ? b.sku : b.id),
		.what = filled(NULL, source->what, &b),
		.since = db_int(q, 3),
		.command = filled("shopctl ", command, &b),
		.claimed_until = SHOP_NULL,
	};
}

static int64_t time_of(struct shop_store *store, const struct next_source *source, int64_t now_us)
{
	return source->asks == NEXT_ASKS_LATE ? now_us - shop_store_policy(store)->late_after_us
					      : now_us;
}

static bool start(struct db_query *q, struct shop_store *store, const struct next_source *source,
		  int64_t now_us, int64_t limit, struct shop_error *err)
{
	const int64_t time_us = time_of(store, source, now_us);

	switch (source->asks) {
	case NEXT_ASKS_NOTHING:
		return db_query(q, store, source->list, "i", err, limit);
	case NEXT_ASKS_LOW:
		return db_query(q, store, source->list, "iii", err, time_us,
				shop_store_policy(store)->low_stock, limit);
	default:
		return db_query(q, store, source->list, "ii", err, time_us, limit);
	}
}

/* How many rows of a source are enough. Free ones are behind at most all that are claimed. */
static int64_t most_of(const struct next_listing *to)
{
	if (to->pick == NEXT_PICK_ALL)
		return to->left;
	return to->pick == NEXT_PICK_HELD || to->left == INT64_MAX
		       ? INT64_MAX
		       : to->left + claims_count(to->claims, NULL);
}

static bool is_picked(const struct next_listing *to, const struct shop_work *work)
{
	if (to->pick == NEXT_PICK_FREE)
		return work->claimed_by == NULL;
	return to->pick == NEXT_PICK_ALL || g_strcmp0(work->claimed_by, to->holder) == 0;
}

static bool list_source(struct shop_store *store, const struct next_source *source, int64_t now_us,
			struct next_listing *to, struct shop_error *err)
{
	AUTO_QUERY struct db_query q = {0};
	bool ok = start(&q, store, source, now_us, most_of(to), err);

	while (ok && to->left > 0 && db_next(&q)) {
		struct shop_work work;

		make_work(source, &q, ++to->rank, &work);
		if (to->claims != NULL)
			claims_tell(to->claims, &work);
		if (is_picked(to, &work)) {
			to->left--;
			ok = to->fn(&work, to->ctx, err);
		}
		shop_record_done(&shop_work_record, &work);
	}
	return ok && (to->left == 0 || db_done(&q, err));
}

bool next_list_all(struct shop_store *store, int64_t now_us, struct next_listing *to,
		   struct shop_error *err)
{
	for (const struct next_source *s = next_sources(); s->kind != NULL && to->left > 0; s++)
		if (!list_source(store, s, now_us, to, err))
			return false;
	return true;
}

bool next_list_held(struct shop_store *store, int64_t now_us, struct next_listing *to,
		    struct shop_error *err)
{
	to->pick = NEXT_PICK_HELD;
	to->rank = 0;
	to->left = MIN(to->left, claims_count(to->claims, to->holder));
	return next_list_all(store, now_us, to, err);
}

bool shop_next_list(struct shop_store *store, int64_t now_us, int64_t limit, const char *holder,
		    shop_record_fn fn, void *ctx, struct shop_error *err)
{
	AUTO_CLAIMS struct claims claims = {0};
	struct next_listing to = {
		.fn = fn,
		.ctx = ctx,
		.claims = &claims,
		.holder = holder,
		.left = limit == SHOP_NULL ? INT64_MAX : limit,
	};

	if (!claims_load(store, now_us, &claims, err))
		return false;
	return holder != NULL ? next_list_held(store, now_us, &to, err)
			      : next_list_all(store, now_us, &to, err);
}

struct shop_work next_copy(const struct shop_work *work)
{
	return (struct shop_work){
		.rank = work->rank,
		.kind = g_strdup(work->kind),
		.object = g_strdup(work->object),
		.what = g_strdup(work->what),
		.since = work->since,
		.command = g_strdup(work->command),
		.claimed_by = g_strdup(work->claimed_by),
		.claimed_until = work->claimed_until,
	};
}

static bool keep_first(const void *record, void *ctx, struct shop_error *err)
{
	(void)err;
	*(struct shop_work *)ctx = next_copy(record);
	return true;
}

bool shop_next_first(struct shop_store *store, int64_t now_us, struct shop_work *ret_work,
		     bool *ret_found, struct shop_error *err)
{
	struct shop_work first = {0};
	struct next_listing to = {.fn = keep_first, .ctx = &first, .left = 1};

	if (!next_list_all(store, now_us, &to, err)) {
		shop_record_done(&shop_work_record, &first);
		return false;
	}
	*ret_work = first;
	*ret_found = first.rank > 0;
	return true;
}

bool next_count(struct shop_store *store, int64_t now_us, struct shop_status *status,
		struct shop_error *err)
{
	for (const struct next_source *s = next_sources(); s->kind != NULL; s++) {
		int64_t *to = (int64_t *)(void *)((char *)status + s->counted);
		const char *types = s->asks == NEXT_ASKS_NOTHING ? NULL
				    : s->asks == NEXT_ASKS_LOW	 ? "ii"
								 : "i";

		if (s->count != NULL &&
		    !db_get(store, to, s->count, types, err, time_of(store, s, now_us),
			    shop_store_policy(store)->low_stock))
			return false;
	}
	return true;
}

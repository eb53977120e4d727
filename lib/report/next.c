/*
 * The work queue, source by source until enough is found: what is not reached costs nothing.
 */
#include "shop/next.h"

#include "report/claim.h"
#include "report/next_sources.h"
#include "shop/journal.h"
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

enum pick { PICK_ALL, PICK_FREE, PICK_HELD };

/* Whom the rows go to, which ones, and how many are still wanted. */
struct listing {
	shop_record_fn fn;
	void *ctx;
	const struct claims *claims; /* NULL: not asked */
	const char *holder;	     /* of PICK_HELD */
	enum pick pick;
	int64_t rank;
	int64_t left;
};

/* How many rows of a source are enough. Free ones are behind at most all that are claimed. */
static int64_t most_of(const struct listing *to)
{
	if (to->pick == PICK_ALL)
		return to->left;
	return to->pick == PICK_HELD || to->left == INT64_MAX
		       ? INT64_MAX
		       : to->left + claims_count(to->claims, NULL);
}

static bool is_picked(const struct listing *to, const struct shop_work *work)
{
	if (to->pick == PICK_FREE)
		return work->claimed_by == NULL;
	return to->pick == PICK_ALL || g_strcmp0(work->claimed_by, to->holder) == 0;
}

static bool list_source(struct shop_store *store, const struct next_source *source, int64_t now_us,
			struct listing *to, struct shop_error *err)
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

static bool list_all(struct shop_store *store, int64_t now_us, struct listing *to,
		     struct shop_error *err)
{
	for (const struct next_source *s = next_sources(); s->kind != NULL && to->left > 0; s++)
		if (!list_source(store, s, now_us, to, err))
			return false;
	return true;
}

/* Whoever holds nothing costs no walk, and who does, none beyond the last of it. */
static bool list_held(struct shop_store *store, int64_t now_us, struct listing *to,
		      struct shop_error *err)
{
	to->pick = PICK_HELD;
	to->rank = 0;
	to->left = MIN(to->left, claims_count(to->claims, to->holder));
	return list_all(store, now_us, to, err);
}

bool shop_next_list(struct shop_store *store, int64_t now_us, int64_t limit, const char *holder,
		    shop_record_fn fn, void *ctx, struct shop_error *err)
{
	AUTO_CLAIMS struct claims claims = {0};
	struct listing to = {
		.fn = fn,
		.ctx = ctx,
		.claims = &claims,
		.holder = holder,
		.left = limit == SHOP_NULL ? INT64_MAX : limit,
	};

	if (!claims_load(store, now_us, &claims, err))
		return false;
	return holder != NULL ? list_held(store, now_us, &to, err)
			      : list_all(store, now_us, &to, err);
}

static struct shop_work copy_of(const struct shop_work *work)
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
	*(struct shop_work *)ctx = copy_of(record);
	return true;
}

bool shop_next_first(struct shop_store *store, int64_t now_us, struct shop_work *ret_work,
		     bool *ret_found, struct shop_error *err)
{
	struct shop_work first = {0};
	struct listing to = {.fn = keep_first, .ctx = &first, .left = 1};

	if (!list_all(store, now_us, &to, err)) {
		shop_record_done(&shop_work_record, &first);
		return false;
	}
	*ret_work = first;
	*ret_found = first.rank > 0;
	return true;
}

/* Work that was picked for an actor. The queue's queries end before anything is written. */
struct taking {
	GArray *works; /* struct shop_work */
	struct claims claims;
	const char *actor;
	int64_t until_us;
	guint held; /* so many of the first are not new */
};

static bool take_held(const void *record, void *ctx, struct shop_error *err)
{
	const struct shop_work work = copy_of(record);
	struct taking *taking = ctx;

	(void)err;
	g_array_append_val(taking->works, work);
	return true;
}

/* Claimed at once: what is in the queue twice is taken once. */
static bool take_free(const void *record, void *ctx, struct shop_error *err)
{
	struct shop_work work = copy_of(record);
	struct taking *taking = ctx;

	(void)err;
	claims_add(&taking->claims, &work, taking->actor, taking->until_us);
	g_array_append_val(taking->works, work);
	return true;
}

static bool take(struct shop_store *store, struct taking *taking, int64_t limit,
		 struct shop_error *err)
{
	const int64_t now_us = shop_store_context(store)->now_us;
	struct listing to = {
		.fn = take_held,
		.ctx = taking,
		.claims = &taking->claims,
		.holder = taking->actor,
		.left = limit,
	};

	if (!claims_load(store, now_us, &taking->claims, err) ||
	    !list_held(store, now_us, &to, err))
		return false;
	taking->held = taking->works->len;
	to.fn = take_free;
	to.pick = PICK_FREE;
	to.rank = 0;
	to.left = limit - (int64_t)taking->held;
	return list_all(store, now_us, &to, err);
}

static bool tell_claimed(struct shop_store *store, const struct shop_work *work,
			 struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e;

	shop_event_begin_text(&e, "work.claimed", work->object);
	shop_json_text(&e.json, "kind", work->kind);
	shop_json_time(&e.json, "until", work->claimed_until);
	return shop_event_append(store, &e, err);
}

static bool keep_taken(struct shop_store *store, const struct taking *taking,
		       struct shop_error *err)
{
	const struct shop_work *works = (const struct shop_work *)(void *)taking->works->data;

	for (guint i = taking->held; i < taking->works->len; i++)
		if (!tell_claimed(store, &works[i], err))
			return false;
	return taking->held == taking->works->len || claims_save(store, &taking->claims, err);
}

bool shop_next_claim(struct shop_store *store, int64_t limit, shop_record_fn fn, void *ctx,
		     struct shop_error *err)
{
	const struct shop_context *context = shop_store_context(store);
	struct taking taking = {
		.works = g_array_new(FALSE, FALSE, sizeof(struct shop_work)),
		.actor = context->actor,
		.until_us = context->now_us + shop_store_policy(store)->claim_for_us,
	};
	bool ok = take(store, &taking, limit, err) && keep_taken(store, &taking, err);

	for (guint i = 0; i < taking.works->len; i++) {
		struct shop_work *work = &g_array_index(taking.works, struct shop_work, i);

		ok = ok && fn(work, ctx, err);
		shop_record_done(&shop_work_record, work);
	}
	g_array_unref(taking.works);
	claims_done(&taking.claims);
	return ok;
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

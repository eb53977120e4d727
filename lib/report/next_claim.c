/*
 * Claiming work: what the actor holds already, then the first that is free.
 */
#include "report/next_list.h"
#include "shop/journal.h"

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
	const struct shop_work work = next_copy(record);
	struct taking *taking = ctx;

	(void)err;
	g_array_append_val(taking->works, work);
	return true;
}

/* Claimed at once: what is in the queue twice is taken once. */
static bool take_free(const void *record, void *ctx, struct shop_error *err)
{
	struct shop_work work = next_copy(record);
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
	struct next_listing to = {
		.fn = take_held,
		.ctx = taking,
		.claims = &taking->claims,
		.holder = taking->actor,
		.left = limit,
	};

	if (!claims_load(store, now_us, &taking->claims, err) ||
	    !next_list_held(store, now_us, &to, err))
		return false;
	taking->held = taking->works->len;
	to.fn = take_free;
	to.pick = NEXT_PICK_FREE;
	to.rank = 0;
	to.left = limit - (int64_t)taking->held;
	return next_list_all(store, now_us, &to, err);
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

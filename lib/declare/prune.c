/*
 * Pruning: what the file's kinds have in the store and the file has not is archived, where the
 * domain lets it go.
 */
#include "declare/declare_run.h"

/* The store's objects that the file does not have, of one kind. */
struct absent {
	struct declare_run *run;
	const struct declare_kind *kind;
	GArray *found; /* struct declare_live */
};

static bool take_absent(const struct declare_live *live, void *ctx, struct shop_error *err)
{
	struct absent *absent = ctx;
	AUTO_TEXT char *key = g_strconcat(absent->kind->name, ":", live->ident, NULL);
	struct declare_live copy = *live;

	(void)err;
	if (g_hash_table_contains(absent->run->seen, key))
		return true;
	for (size_t i = 0; i < DECLARE_FIELDS_MAX; i++)
		copy.texts[i] = g_strdup(live->texts[i]);
	g_array_append_val(absent->found, copy);
	return true;
}

static void clear_live(gpointer live)
{
	declare_live_done(live);
}

static bool archive_one(struct declare_run *run, const struct declare_kind *kind,
			const struct declare_live *live, struct shop_error *err)
{
	AUTO_CHANGE struct shop_declare_change change = {
		.op = g_strdup("archive"),
		.kind = g_strdup(kind->name),
		.object = compare_name(kind, live),
		.line = SHOP_NULL,
	};

	if (run->writing && !kind->archive(run, live, err)) {
		if (!run_is_about_object(err))
			return false;
		run_remember(run, err);
		declare_problem_error(run->set, (struct declare_place){0, 0}, NULL, err);
		return true;
	}
	run_count(run, kind, &change);
	return run->fn(&change, run->ctx, err);
}

static bool prune_kind(struct declare_run *run, const struct declare_kind *kind,
		       struct shop_error *err)
{
	struct absent absent = {.run = run,
				.kind = kind,
				.found = g_array_new(FALSE, FALSE, sizeof(struct declare_live))};
	bool ok;

	g_array_set_clear_func(absent.found, clear_live);
	ok = kind->each(run, take_absent, &absent, err);
	for (guint i = 0; ok && i < absent.found->len; i++)
		ok = archive_one(run, kind, &g_array_index(absent.found, struct declare_live, i),
				 err);
	g_array_unref(absent.found);
	return ok;
}

static bool has_kind(const struct shop_declare *set, const struct declare_kind *kind)
{
	for (guint i = 0; i < set->objects->len; i++)
		if (((const struct declare_object *)g_ptr_array_index(set->objects, i))->kind ==
		    kind)
			return true;
	return false;
}

/* In reverse: what names others goes before them. */
bool run_prune(struct declare_run *run, struct shop_error *err)
{
	const struct declare_kind *const *kinds = declare_kinds();
	size_t i = 0;

	while (kinds[i] != NULL)
		i++;
	while (i-- > 0)
		if (kinds[i]->archive != NULL && has_kind(run->set, kinds[i]) &&
		    !prune_kind(run, kinds[i], err))
			return false;
	return true;
}

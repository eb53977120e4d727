/*
 * Second pass: the rows are written through the domain, in one transaction or in groups. What a
 * group did and where it ended is kept in its own transaction.
 */
#include "import/import_run.h"

#include <string.h>

/* Others wait while a group is written: it ends early when it takes long. */
#define GROUP_US (250 * 1000)

/* One transaction. It may run again when the store was busy, so it begins where the one before
 * ended. */
struct group {
	struct import_run *run;
	struct import_mark from;
	struct shop_import_result before;
	guint bad_before;
	const char *key;
	int64_t size; /* items; INT64_MAX = all */
	bool done;
};

static void count(struct shop_import_result *counts, enum import_outcome outcome)
{
	if (outcome == IMPORT_CREATED)
		counts->created++;
	else if (outcome == IMPORT_UPDATED)
		counts->updated++;
	else
		counts->unchanged++;
}

static bool write_step(struct import_run *run, enum import_outcome *ret_outcome,
		       struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};

	return shop_txn_begin(&txn, run->store, err) &&
	       run->kind->write(run->store, &run->item, ret_outcome, err) &&
	       shop_txn_commit(&txn, err);
}

static bool fail_at(const struct import_run *run, struct shop_error *err)
{
	char *place = g_strdup_printf("%s:%" G_GINT64_FORMAT, run->source.name, run->item.line);

	shop_fail_while(err, place);
	g_free(place);
	return false;
}

/* Rows are read as in the first pass, which told what is wrong with them. */
static bool next_item(struct import_run *run, bool *ret_found, struct shop_error *err)
{
	bool ok;

	run->quiet = true;
	ok = item_next(run, ret_found, err);
	run->quiet = false;
	return ok;
}

static bool write_item(struct group *group, struct shop_error *err)
{
	struct import_run *run = group->run;
	AUTO_ERROR struct shop_error why = {0};
	enum import_outcome outcome;

	if (run->bad_at < run->bad->len &&
	    g_array_index(run->bad, int64_t, run->bad_at) == run->items) {
		run->bad_at++;
		run->counts.skipped++;
		return true;
	}
	if (write_step(run, &outcome, &why)) {
		count(&run->counts, outcome);
		return true;
	}
	if (run->in->skip_bad && import_is_about_row(&why)) {
		run->counts.skipped++;
		import_problem_error(run, run->item.line, NULL, &why);
		return true;
	}
	shop_error_take(err, &why);
	return fail_at(run, err);
}

static void go_back(struct group *group)
{
	struct import_run *run = group->run;

	item_seek(run, &group->from);
	run->counts = group->before;
	run->bad_at = group->bad_before;
}

static bool write_group(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct group *group = arg;
	struct import_run *run = group->run;
	int64_t until_us = g_get_monotonic_time() + GROUP_US;
	bool found = true;

	(void)store;
	go_back(group);
	for (int64_t i = 0; i < group->size; i++) {
		if (!next_item(run, &found, err) || (found && !write_item(group, err)))
			return false;
		if (!found)
			break;
		import_tell(run, true);
		if (group->size != INT64_MAX && g_get_monotonic_time() > until_us)
			break;
	}
	run->counts.groups++;
	group->done = run->items >= run->all_items;
	return source_unchanged(&run->source, err) &&
	       resume_save(run, group->key, group->done, err);
}

static bool run_group(struct group *group, struct shop_error *err)
{
	struct import_run *run = group->run;
	struct shop_context context = run->in->context;
	char *key = resume_key(run);
	bool ok;

	group->from = item_mark(run);
	group->before = run->counts;
	group->bad_before = run->bad_at;
	group->key = key;
	context.command = key;
	ok = run->in->dry_run ? shop_store_try(run->store, &context, write_group, group, err)
			      : shop_store_write(run->store, &context, write_group, group, err);
	if (ok)
		run->group_number++;
	g_free(key);
	return ok;
}

/* Whether it all fits into one transaction. */
static int64_t group_size(const struct import_run *run)
{
	const struct shop_import *in = run->in;

	if (in->atomic == SHOP_IMPORT_ONE_TXN)
		return INT64_MAX;
	if (in->atomic == SHOP_IMPORT_AUTO && in->group == SHOP_NULL &&
	    run->places <= SHOP_IMPORT_ONCE)
		return INT64_MAX;
	return in->group == SHOP_NULL ? SHOP_IMPORT_GROUP : in->group;
}

/* What stays of it when a group fails. */
static bool tell_kept(const struct import_run *run, struct shop_error *err)
{
	char *because = err->because == NULL ? g_strdup("") : g_strconcat(err->because, "; ", NULL);

	if (run->counts.groups == 0)
		shop_fail_because(err, "%snothing was written", because);
	else
		shop_fail_because(err,
				  "%s%" G_GINT64_FORMAT
				  " groups before it are written; --resume goes on there",
				  because, run->counts.groups);
	g_free(because);
	return false;
}

static bool skip_items(struct import_run *run, int64_t items, struct shop_error *err)
{
	bool found = true;

	while (found && run->items < items)
		if (!next_item(run, &found, err))
			return false;
	while (run->bad_at < run->bad->len &&
	       g_array_index(run->bad, int64_t, run->bad_at) <= items)
		run->bad_at++;
	return true;
}

bool import_write(struct import_run *run, struct shop_error *err)
{
	struct group group = {.run = run, .size = group_size(run)};
	int64_t rows = run->rows, done_items;

	run->all_items = run->items;
	if (!resume_find(run, &done_items, &group.done, err))
		return false;
	item_seek(run, &run->first);
	if (!group.done && !skip_items(run, done_items, err))
		return false;
	while (!group.done)
		if (!run_group(&group, err)) {
			run->counts = group.before;
			return tell_kept(run, err);
		}
	run->rows = rows;
	return true;
}

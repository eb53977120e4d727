/*
 * How far an import is, kept in the table of idempotency keys: one row a group, under the file's
 * digest, written in the group's own transaction. So a file is never half done without being known
 * to be.
 */
#include "import/import_run.h"

#include "shop/command_log.h"
#include "shop/json.h"

/* Enough of the digest that no two files meet. */
#define KEY_DIGITS 32

static char *key_of(const struct import_run *run, int64_t run_number, int64_t group_number)
{
	return g_strdup_printf("import:%s:%.*s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT,
			       run->kind->name, KEY_DIGITS, run->hex, run_number, group_number);
}

char *resume_key(const struct import_run *run)
{
	return key_of(run, run->run_number, run->group_number);
}

bool resume_save(struct import_run *run, const char *key, bool done, struct shop_error *err)
{
	AUTO_STRING GString *result = g_string_new(NULL);
	struct shop_json j = {.to = result};
	const struct shop_command_entry entry = {
		.principal = run->in->context.actor,
		.key = key,
		.request_hash = run->hex,
		.event_from = SHOP_NULL,
		.event_to = SHOP_NULL,
		.money = !run->kind->repeatable, /* kept for ever: it must not be done twice */
	};
	struct shop_command_entry filled = entry;

	shop_json_object(&j, NULL);
	shop_json_int(&j, "items", run->items);
	shop_json_int(&j, "created", run->counts.created);
	shop_json_int(&j, "updated", run->counts.updated);
	shop_json_int(&j, "unchanged", run->counts.unchanged);
	shop_json_int(&j, "skipped", run->counts.skipped);
	shop_json_int(&j, "groups", run->counts.groups);
	shop_json_bool(&j, "done", done);
	shop_json_end(&j);
	filled.result = result->str;
	return shop_command_save(run->store, &filled, err);
}

/* What the last group of an earlier run left. */
struct progress {
	struct import_run *run;
	int64_t runs, groups; /* of the last run */
	struct shop_import_result counts;
	int64_t items;
	bool done;
};

static bool unpack(struct progress *p, const char *text, struct shop_error *err)
{
	json_t *kept = json_loads(text, 0, NULL);
	json_int_t items, created, updated, unchanged, skipped, groups;
	int done;
	bool ok = json_unpack(kept, "{s:I,s:I,s:I,s:I,s:I,s:I,s:b}", "items", &items, "created",
			      &created, "updated", &updated, "unchanged", &unchanged, "skipped",
			      &skipped, "groups", &groups, "done", &done) == 0;

	json_decref(kept);
	if (!ok)
		return shop_fail(err, E_STORE_DAMAGED,
				 "the progress of the import is not readable");
	p->items = items;
	p->done = done != 0;
	p->counts = (struct shop_import_result){
		.created = created,
		.updated = updated,
		.unchanged = unchanged,
		.skipped = skipped,
		.groups = groups,
	};
	return true;
}

static bool find_group(struct progress *p, int64_t run_number, int64_t group_number,
		       bool *ret_found, struct shop_error *err)
{
	AUTO_COMMAND_FOUND struct shop_command_found old = {0};
	AUTO_TEXT char *key = key_of(p->run, run_number, group_number);

	return shop_command_find(p->run->store, p->run->in->context.actor, key, &old, ret_found,
				 err) &&
	       (!*ret_found || unpack(p, old.result, err));
}

static bool find_progress(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct progress *p = arg;
	bool found = true;

	(void)store;
	for (p->runs = 0; found; p->runs++)
		if (!find_group(p, p->runs + 1, 1, &found, err))
			return false;
	p->runs--;
	found = p->runs > 0;
	for (p->groups = 0; found; p->groups++)
		if (!find_group(p, p->runs, p->groups + 1, &found, err))
			return false;
	p->groups = p->runs > 0 ? p->groups - 1 : 0;
	return true;
}

/* Receipts add up: the same file twice would double them. */
static bool may_start(const struct progress *p, struct shop_error *err)
{
	const struct import_run *run = p->run;

	if (run->kind->repeatable || run->in->again || p->runs == 0)
		return true;
	if (p->done)
		shop_fail(err, E_DUPLICATE,
			  "%s was imported already; --again receives it once more",
			  run->source.name);
	else
		shop_fail(err, E_DUPLICATE,
			  "%s is imported in part, %" G_GINT64_FORMAT
			  " rows; --resume goes on there",
			  run->source.name, p->items);
	return shop_fail_fix(err, "import", run->kind->name, run->in->path,
			     p->done ? "--again" : "--resume", NULL);
}

bool resume_find(struct import_run *run, int64_t *ret_items, bool *ret_done, struct shop_error *err)
{
	struct progress p = {.run = run};

	*ret_items = 0;
	*ret_done = false;
	if (!shop_store_read(run->store, find_progress, &p, err))
		return false;
	run->run_number = p.runs + 1;
	run->group_number = 1;
	if (!run->in->resume)
		return may_start(&p, err);
	if (p.runs == 0)
		return true;
	run->run_number = p.runs;
	run->group_number = p.groups + 1;
	run->counts = p.counts;
	*ret_items = p.items;
	*ret_done = p.done;
	return true;
}

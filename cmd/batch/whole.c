/*
 * The whole file as one transaction: --atomic, --expect, --dry-run.
 */
#include "batch/batch.h"

#include "frame/run.h"

struct whole {
	struct batch *batch;
	struct plan plan;
	bool planned;
};

/* Within one transaction only what can be rolled back. */
static bool may_run(const struct item *item, struct shop_error *err)
{
	char *words;

	if (!item->line->parsed || line_is_plain(item->line))
		return true;
	words = invocation_words(&item->line->inv);
	shop_fail(err, E_USAGE,
		  "%s: %s does more than a transaction can take back; run the file without "
		  "--atomic, --expect and --dry-run",
		  item->line->inv.where, words);
	g_free(words);
	return false;
}

static bool fail_line(struct item *item, struct shop_error *err)
{
	if (item->err.id == E_NONE)
		shop_fail(err, E_PARTIAL, "some of its objects failed");
	else
		shop_error_take(err, &item->err);
	return shop_fail_while(err, item->line->inv.where);
}

static bool run_item_of(struct whole *whole, struct item *item, struct shop_error *err)
{
	if (!may_run(item, err))
		return false;
	item_run(item);
	if (item_failed(item))
		return fail_line(item, err);
	return report_item(whole->batch, item, err);
}

static bool run_lines(struct whole *whole, struct shop_error *err)
{
	struct batch *batch = whole->batch;
	bool more = true, ok = true;

	while (ok && more) {
		struct item *item;

		if (!lines_next(&batch->source, &more, err))
			return false;
		if (!more)
			break;
		if (batch->source.number <= batch->state.line) {
			batch->counts.skipped++;
			continue;
		}
		item = item_new(batch);
		ok = run_item_of(whole, item, err);
		item_free(item);
	}
	return ok;
}

static bool body(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct whole *whole = arg;
	struct batch *batch = whole->batch;
	struct plan_base base;

	batch->counts = (struct counts){0};
	plan_done(&whole->plan);
	if (!report_forget(batch, err) || !lines_rewind(&batch->source, err) ||
	    !plan_begin(store, &base, err) || !run_lines(whole, err))
		return false;
	if (!whole->planned)
		return true;
	return plan_make(store, &base, &whole->plan, err) &&
	       (batch->host.g->expect == NULL ||
		plan_expected(&whole->plan, batch->host.g->expect, err));
}

static bool print_plan(const struct whole *whole, struct shop_error *err)
{
	struct batch *batch = whole->batch;

	if (batch->host.g->exit_code && whole->plan.changes > 0)
		batch->s->findings = NEEDS_ATTENTION;
	return plan_print(&whole->plan, batch->out, err);
}

static bool finish(const struct whole *whole, struct shop_error *err)
{
	struct batch *batch = whole->batch;

	batch->counts.transactions = 1;
	return report_release(batch, err) && out_flush(batch->out, err) &&
	       state_save(&batch->state, &batch->source, batch->source.number, err);
}

bool whole_run(struct batch *batch, struct shop_error *err)
{
	const struct globals *g = batch->host.g;
	struct whole whole = {.batch = batch, .planned = g->dry_run || g->expect != NULL};
	bool ok;

	ok = report_hold(batch, err) &&
	     shop_store_group(batch->s->store, !g->dry_run, true, body, &whole, err);
	if (ok)
		ok = g->dry_run ? print_plan(&whole, err) : finish(&whole, err);
	plan_done(&whole.plan);
	return ok;
}

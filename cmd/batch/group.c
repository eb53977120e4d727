/*
 * Many lines to a commit: each can be undone alone, and is a transaction of its own to the journal;
 * what is printed is committed. A line that does more than read and write the store runs alone.
 */
#include "batch/batch.h"

static int64_t clock_us(void)
{
	return g_get_monotonic_time();
}

/* Read ahead what one transaction can take. */
static bool read_ahead(struct batch *batch, guint most, struct shop_error *err)
{
	size_t size = 0;
	bool more;

	while (!batch->ended && batch->waiting.length < most && size < BATCH_GROUP_BYTES) {
		if (!lines_next(&batch->source, &more, err))
			return false;
		batch->ended = !more;
		if (!more)
			break;
		if (batch->source.number <= batch->state.line) {
			batch->counts.skipped++;
			continue;
		}
		g_queue_push_tail(&batch->waiting, item_new(batch));
		size += batch->source.text->len;
	}
	return true;
}

/* Whether to go on with so many failures besides those that were told. */
static bool goes_on(const struct batch *batch, int64_t failed)
{
	failed += batch->counts.failed;
	if (batch->args->max_failures != SHOP_NULL)
		return failed < batch->args->max_failures;
	return failed == 0 || batch->host.g->keep_going;
}

/* The body of one transaction; may run again when the store was busy. */
static bool run_group(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct batch *batch = arg;
	int64_t until_us = clock_us() + BATCH_GROUP_US;
	int64_t failed = 0;
	size_t size = 0;
	GList *at;

	(void)store;
	batch->tried = 0;
	for (at = batch->waiting.head; at != NULL; at = at->next) {
		struct item *item = at->data;

		if (item->line->parsed && !line_is_plain(item->line))
			break;
		item_run(item);
		if (item_is_fatal(item)) {
			shop_error_take(err, &item->err);
			return false;
		}
		batch->tried++;
		failed += item_failed(item);
		size += item->result->len;
		if (!goes_on(batch, failed) || clock_us() >= until_us || size >= BATCH_GROUP_BYTES)
			break;
	}
	return true;
}

static bool run_alone(struct batch *batch, struct shop_error *err)
{
	struct item *item = g_queue_peek_head(&batch->waiting);

	batch->tried = 1;
	item_run(item);
	if (!item_is_fatal(item))
		return true;
	shop_error_take(err, &item->err);
	return false;
}

/* After the commit: results, failures, state. */
static bool settle(struct batch *batch, struct shop_error *err)
{
	int64_t last = 0;
	bool ok = true;

	batch->counts.transactions++;
	for (; ok && batch->tried > 0; batch->tried--) {
		struct item *item = g_queue_pop_head(&batch->waiting);

		ok = report_item(batch, item, err);
		batch->stopped = !goes_on(batch, 0);
		if (!batch->stopped)
			last = item->number;
		item_free(item);
	}
	ok = ok && out_flush(batch->out, err);
	if (ok && last > 0)
		ok = state_save(&batch->state, &batch->source, last, err);
	return ok;
}

/* With --rate the lines of a tenth of a second are one transaction. */
static guint pace(const struct batch *batch)
{
	int64_t done = batch->counts.done + batch->counts.failed;
	int64_t due_us;

	if (batch->rate == 0)
		return BATCH_GROUP;
	due_us = batch->begun_us + done * 60 * SHOP_SECOND / batch->rate;
	if (due_us > clock_us())
		g_usleep((gulong)(due_us - clock_us()));
	return (guint)CLAMP(batch->rate / 600, 1, BATCH_GROUP);
}

/* What a line with objects of its own says of those that failed is said at once, and only once. */
static bool tells_while_running(const struct batch *batch)
{
	const GList *at;

	for (at = batch->waiting.head; at != NULL; at = at->next) {
		const struct item *item = at->data;

		if (item->line->inv.g.keep_going)
			return true;
	}
	return false;
}

static bool run_next(struct batch *batch, struct shop_error *err)
{
	const struct item *first = g_queue_peek_head(&batch->waiting);
	bool alone = first->line->parsed && !line_is_plain(first->line);

	if (!(alone ? run_alone(batch, err)
		    : shop_store_group(batch->s->store, true, tells_while_running(batch), run_group,
				       batch, err)))
		return false;
	return settle(batch, err);
}

bool group_run_all(struct batch *batch, struct shop_error *err)
{
	batch->begun_us = clock_us();
	while (!batch->stopped) {
		if (!read_ahead(batch, pace(batch), err))
			return false;
		if (g_queue_is_empty(&batch->waiting))
			return true;
		if (!run_next(batch, err))
			return false;
	}
	return true;
}

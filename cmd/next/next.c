/* shopctl next: what to do, the most pressing first, each with the command that does it. */
#include "next/next.h"

#include "shop/next.h"

#define SHOWN 20 /* rows without --limit: about a screen */

struct next_args {
	int64_t limit;
};

static const struct option_spec options[] = {
	OPTION(struct next_args, limit, int64_t, ARG_INT, 0, "limit", "N",
	       "how many rows, 20 unless said"),
	{0},
};

struct rows {
	struct out *out;
	int64_t limit;
	bool more; /* there was one row beyond the limit */
};

static bool print(const void *record, void *ctx, struct shop_error *err)
{
	const struct shop_work *work = record;
	struct rows *rows = ctx;

	rows->more = work->rank > rows->limit;
	return rows->more || out_record(rows->out, &shop_work_record, work, err);
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct next_args *a = args;
	struct rows rows = {out, a->limit == SHOP_NULL ? SHOWN : a->limit, false};

	if (rows.limit < 1) {
		shop_fail(err, E_VALUE, "--limit: at least 1");
		return shop_fail_field(err, "limit");
	}
	if (!shop_next_list(s->store, s->clock.now_us,
			    rows.limit == INT64_MAX ? SHOP_NULL : rows.limit + 1, print, &rows,
			    err))
		return false;
	if (rows.more)
		out_note(out, true, "there is more: --limit N shows more than %" G_GINT64_FORMAT,
			 rows.limit);
	return true;
}

const struct command cmd_next = {
	.name = "next",
	.summary = "What to do next: the work queue, each row with its command",
	.description =
		"Money first (answers that were lost, declined payments, captures that failed), "
		"then "
		"goods (late orders, then parcels by their age), backorders and supply, jobs that "
		"were given up, and orders on hold. Each command can be run as it is printed.",
	.options = options,
	.args_size = sizeof(struct next_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.record = &shop_work_record,
	.run = run,
	.examples = "shopctl next\nshopctl next --limit 5 -o json\n"
		    "shopctl next --limit 1000 --fields command --no-headers",
	.see_also = "status, why, check",
};

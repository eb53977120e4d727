/* shopctl next: what to do, the most pressing first, each with the command that does it. */
#include "next/next.h"

#include "shop/next.h"

#define SHOWN 20 /* rows without --limit: about a screen */

struct next_args {
	int64_t limit;
	bool mine;
	bool claim;
};

static const struct option_spec options[] = {
	OPTION(struct next_args, limit, int64_t, ARG_INT, 0, "limit", "N",
	       "how many rows: 20 unless said, with --claim 1"),
	OPTION_FLAG(struct next_args, mine, 0, "mine", "only what I hold"),
	OPTION_FLAG(struct next_args, claim, 0, "claim",
		    "take the first row that nobody holds, for work.claim_for"),
	{0},
};

struct rows {
	struct out *out;
	int64_t limit;
	int64_t shown;
	bool more; /* there was one row beyond the limit */
};

static bool print(const void *record, void *ctx, struct shop_error *err)
{
	struct rows *rows = ctx;

	rows->more = rows->shown++ == rows->limit;
	return rows->more || out_record(rows->out, &shop_work_record, record, err);
}

static bool list(struct session *s, const struct next_args *a, struct rows *rows,
		 struct shop_error *err)
{
	if (a->mine && !session_find_actor(s, err))
		return false;
	if (!shop_next_list(s->store, s->clock.now_us,
			    rows->limit == INT64_MAX ? SHOP_NULL : rows->limit + 1,
			    a->mine ? s->actor : NULL, print, rows, err))
		return false;
	if (rows->more)
		out_note(rows->out, true,
			 "there is more: --limit N shows more than %" G_GINT64_FORMAT, rows->limit);
	return true;
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct next_args *a = args;
	struct rows rows = {.out = out, .limit = a->limit};

	if (a->limit == SHOP_NULL)
		rows.limit = a->claim ? 1 : SHOWN;
	if (rows.limit < 1) {
		shop_fail(err, E_VALUE, "--limit: at least 1");
		return shop_fail_field(err, "limit");
	}
	if (a->claim && a->mine)
		return shop_fail(err, E_USAGE, "--mine shows what --claim took; take one of them");
	return a->claim ? shop_next_claim(s->store, rows.limit, print, &rows, err)
			: list(s, a, &rows, err);
}

const struct command cmd_next = {
	.name = "next",
	.summary = "What to do next: the work queue, each row with its command",
	.description =
		"Money first (answers that were lost, declined payments, captures that failed), "
		"then "
		"goods (late orders, then parcels by their age), backorders and supply, jobs that "
		"were given up, and orders on hold. Each command can be run as it is printed.\n\n"
		"Several people share the queue by --claim: the row becomes one's own for 30 "
		"minutes "
		"(work.claim_for), claimed_by tells the others, and it runs out by itself. What "
		"one "
		"holds and is still to be done comes first, so the same command again takes "
		"nothing "
		"more until it is done.",
	.options = options,
	.args_size = sizeof(struct next_args),
	.needs = NEEDS_STORE_READ,
	.writes_with = "claim",
	.many = true,
	.record = &shop_work_record,
	.run = run,
	.examples = "shopctl next\nshopctl next --limit 5 -o json\n"
		    "shopctl next --limit 1000 --fields command --no-headers\n"
		    "shopctl next --claim\nshopctl next --mine",
	.see_also = "status, why, check",
};

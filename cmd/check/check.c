/* shopctl check: every invariant, asked of the store as it stands. */
#include "shop/check.h"

#include "check/check.h"

#include <glib.h>

struct check_args {
	const char *id;
	bool deep, list;
};

static const struct operand_spec operands[] = {
	OPERAND(struct check_args, id, const char *, ARG_TEXT, "CHECK",
		"only this invariant: STK01, ORD02 …", .flags = OPERAND_OPTIONAL,
		.hint = HINT_CHECK),
	{0},
};

static const struct option_spec options[] = {
	OPTION_FLAG(struct check_args, deep, 0, "deep",
		    "read every page and the whole hash chain too"),
	OPTION_FLAG(struct check_args, list, 0, "list",
		    "name the invariants instead of asking them"),
	{0},
};

/* What is asked now; the store's beat tells of it again while the answer takes its time. */
struct asking {
	struct out *out;
	char what[32];
	int64_t n, of;
};

static void on_beat(void *ctx, int64_t done, int64_t total)
{
	const struct asking *now = ctx;

	(void)done, (void)total;
	out_progress(now->out, now->what, now->n, now->of);
}

static void on_asking(const char *id, int64_t n, int64_t of, void *ctx)
{
	struct asking *now = ctx;

	(void)g_snprintf(now->what, sizeof(now->what), "asking %s:", id);
	now->n = n;
	now->of = of;
	on_beat(now, 0, 0);
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct check_args *a = args;
	const char *only[] = {a->id, NULL};
	struct asking now = {.out = out};
	const struct shop_check_options asked = {
		.only = only, .deep = a->deep, .now_us = s->clock.now_us, .asking = on_asking, .asking_ctx = &now};
	struct shop_check_verdict verdict = {0};
	bool ok;

	if (a->list)
		return shop_check_list(out_row, &(struct out_rows){out, &shop_invariant_record},
				       err);
	shop_store_beat(s->store, on_beat, &now);
	ok = shop_check(s->store, &asked, out_row, &(struct out_rows){out, &shop_finding_record}, &verdict, err);
	shop_store_beat(s->store, NULL, NULL);
	if (!ok)
		return false;
	s->findings = verdict.findings > 0 ? SHOP_FINDINGS : 0;
	if (verdict.findings > 0)
		out_note(out, !s->quiet,
			 "%" G_GINT64_FORMAT " violations of %" G_GINT64_FORMAT " invariants",
			 verdict.findings, verdict.asked);
	else
		out_note(out, !s->quiet, "%" G_GINT64_FORMAT " invariants hold", verdict.asked);
	return true;
}

const struct command cmd_check = {
	.name = "check",
	.summary = "Ask every invariant of the shop",
	.description =
		"Reads in one transaction, changes nothing, and is safe beside running writers.",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct check_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.record = &shop_finding_record,
	.run = run,
	.examples = "shopctl check\nshopctl check STK01\nshopctl check --deep -o json\nshopctl "
		    "check --list",
	.exits = "10 something is violated; each violation is a row",
	.see_also = "event verify, status, store backup",
};

/* shopctl apply: make the store as a file says, all of it or nothing. */
#include "declare/declare.h"

#include "frame/config.h"
#include "frame/frame.h"

static const struct option_spec options[] = {
	FILE_OPTIONS,
	OPTION_FLAG(
		struct file_args, prune, 0, "prune",
		"archive what the file's kinds have in the store and it has not; needs --expect"),
	OPTION_FLAG(struct file_args, force, 0, "force-conflicts",
		    "take the file's value where somebody changed it in the store since"),
	{0},
};

/* What goes because a file does not name it is seen in a plan first. */
static bool prepare(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct file_args *a = args;

	if (a->prune && !s->dry_run && s->inv->g.expect == NULL) {
		shop_fail(err, E_NOT_CONFIRMED,
			  "--prune needs --expect with the digest of its plan; nothing was done");
		return shop_fail_fix(err, "apply", "-f", a->file, "--prune", "--dry-run", NULL);
	}
	return file_prepare(s, args, out, err);
}

static bool print_change(const void *record, void *ctx, struct shop_error *err)
{
	struct out *out = ctx;
	AUTO_TEXT char *line = change_line(record, out_is_ascii(out));

	return out_changed(out, &shop_declare_change_record, record, err, "%s", line);
}

/* A level is a correction of stock, and asks for a reason as one does. */
static bool check_reason(const struct session *s, const struct shop_declare_counts *counts,
			 struct shop_error *err)
{
	bool needed = config_text(s->config, "safety.require_reason") == NULL ||
		      config_has(s->config, "safety.require_reason", "stock.adjust");

	if (counts->levels == 0 || !needed || (s->reason != NULL && *s->reason != '\0'))
		return true;
	return shop_fail(err, E_REASON_REQUIRED,
			 "stock levels change, and a reason is needed: --reason TEXT");
}

/* CLI.md §8.6: many objects, and prices that move far, are confirmed by their number. */
static void weigh(struct session *s, const struct shop_declare_counts *counts)
{
	int64_t changed = counts->created + counts->updated + counts->archived;
	bool far = config_text(s->config, "safety.max_price_change") != NULL &&
		   counts->price_change > 100 * config_int(s->config, "safety.max_price_change");
	AUTO_TEXT char *word = NULL;

	if (changed <= config_int(s->config, "safety.max_objects") && !far)
		return;
	word = g_strdup_printf("%" G_GINT64_FORMAT, changed);
	session_confirm(s, word);
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct file_args *a = args;
	const struct shop_declare_how how = {
		.now_us = s->clock.now_us, .prune = a->prune, .force = a->force};
	struct shop_declare_counts counts = {0};

	if (!shop_declare_apply(s->store, s->prepared, &how, print_change, out, &counts, err) ||
	    !check_reason(s, &counts, err))
		return false;
	weigh(s, &counts);
	out_note(out, false, "%lld created, %lld changed, %lld archived, %lld as they were",
		 (long long)counts.created, (long long)counts.updated, (long long)counts.archived,
		 (long long)counts.unchanged);
	return true;
}

const struct command cmd_apply = {
	.name = "apply",
	.summary = "Make the store as a file of objects says, all of it or nothing",
	.description = "Objects that are not there are made, fields that differ are set, in one "
		       "transaction. A field that left\n"
		       "the file since it was last applied gets its default. What somebody changed "
		       "in the store since is a\n"
		       "conflict: it is refused unless --force-conflicts. --dry-run shows the plan "
		       "and its digest, diff the\n"
		       "fields. More objects than safety.max_objects, and prices that change by "
		       "more than\n"
		       "safety.max_price_change, need --confirm with the number of changed "
		       "objects, or --expect.",
	.describe = file_describe,
	.options = options,
	.args_size = sizeof(struct file_args),
	.needs = NEEDS_STORE_WRITE,
	.many = true,
	.weighs = true,
	.record = &shop_declare_change_record,
	.prepare = prepare,
	.forget = file_forget,
	.run = run,
	.examples = "shopctl apply -f shop.yaml\n"
		    "shopctl apply -f shop.yaml --dry-run\n"
		    "shopctl apply -f shop.yaml --prune --expect sha256:4f1c0a9be2d7    # exit 4 if it would do something else\n"
		    "shopctl apply -f stock.csv --reason 'count of March'",
	.exits =
		"4 somebody changed in the store what the file says otherwise\n"
		"5 the file is not valid: each place is told as file:line:column, nothing changed\n"
		"6 a rule refuses what the file asks for, nothing changed\n"
		"11 needs --confirm or --expect",
	.see_also = "diff, export, import, history, undo",
};

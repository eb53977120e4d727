/* shopctl diff: what a file would change. */
#include "declare/declare.h"

#include "frame/frame.h"

static const struct option_spec options[] = {
	FILE_OPTIONS,
	OPTION_FLAG(struct file_args, prune, 0, "prune",
		    "count what the file's kinds have in the store and it has not"),
	{0},
};

static bool is_lines(const struct out *out)
{
	enum out_format format = out_format_of(out);

	return format == OUT_TABLE || format == OUT_WIDE;
}

static bool print_change(const void *record, void *ctx, struct shop_error *err)
{
	struct out *out = ctx;
	AUTO_TEXT char *line = NULL;
	AUTO_STRING GString *shown = NULL;

	if (!is_lines(out))
		return out_record(out, &shop_declare_change_record, record, err);
	line = change_line(record, out_is_ascii(out));
	shown = g_string_new(NULL);
	shop_text_escape(shown, line);
	g_string_append_c(shown, '\n');
	return out_text(out, shown->str, err);
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct file_args *a = args;
	const struct shop_declare_how how = {.now_us = s->clock.now_us, .prune = a->prune};
	struct shop_declare_counts counts = {0};

	out_many(out);
	if (!shop_declare_diff(s->store, s->prepared, &how, print_change, out, &counts, err))
		return false;
	if (counts.created + counts.updated + counts.archived > 0)
		s->findings = SHOP_FINDINGS;
	if (counts.conflicts > 0)
		out_note(out, true,
			 "%lld conflicts: apply refuses them; take the store's values into the "
			 "file, or --force-conflicts",
			 (long long)counts.conflicts);
	out_note(out, false, "%lld to create, %lld to change, %lld to archive, %lld as they are",
		 (long long)counts.created, (long long)counts.updated, (long long)counts.archived,
		 (long long)counts.unchanged);
	return true;
}

const struct command cmd_diff = {
	.name = "diff",
	.summary = "Show what a file of objects would change",
	.description = "Compares the fields that stand in the file with the store; exit 10 when "
		       "any differs. A field that\n"
		       "somebody changed since the file was last applied is marked as a conflict.",
	.describe = file_describe,
	.options = options,
	.args_size = sizeof(struct file_args),
	.needs = NEEDS_STORE_READ,
	.record = &shop_declare_change_record,
	.prepare = file_prepare,
	.forget = file_forget,
	.run = run,
	.examples = "shopctl diff -f shop.yaml\n"
		    "shopctl diff -f shop.yaml -o json\n"
		    "shopctl diff -f price.csv",
	.exits = "5 the file is not valid: each place is told as file:line:column\n"
		 "10 there are differences",
	.see_also = "apply, export",
};

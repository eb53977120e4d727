/* shopctl import: bring a file of products, receipts, customers or orders into the shop. */
#include "import/import.h"

#include "shop/import.h"

struct import_args {
	const char *kind, *file, *format, *map;
	int64_t group;
	enum tri atomic;
	bool resume, again, skip_bad, columns;
};

static const char *const format_words[] = {"csv", "jsonl", NULL};

static const struct operand_spec operands[] = {
	OPERAND(struct import_args, kind, const char *, ARG_WORD, "KIND",
		"product, stock, customer, order, supplier or location",
		.words = shop_import_kinds),
	OPERAND(struct import_args, file, const char *, ARG_FILE, "FILE",
		"a .csv or .jsonl file, - = stdin", .flags = OPERAND_OPTIONAL),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct import_args, format, const char *, ARG_WORD, 0, "format", "FORMAT",
	       "csv or jsonl, whatever the file's name", .words = format_words),
	OPTION(struct import_args, map, const char *, ARG_LIST, 0, "map", "COLUMN=HEADER",
	       "the file's own name of a column; none=HEADER ignores one"),
	OPTION(struct import_args, atomic, enum tri, ARG_TRI, 0, "atomic", NULL,
	       "one transaction (the default up to 10000 rows)"),
	OPTION(struct import_args, group, int64_t, ARG_INT, 0, "group", "N",
	       "rows of a transaction (1000)"),
	OPTION_FLAG(struct import_args, resume, 0, "resume",
		    "go on where this file's import stopped"),
	OPTION_FLAG(struct import_args, again, 0, "again", "receive a stock file once more"),
	OPTION_FLAG(struct import_args, skip_bad, 0, "skip-bad",
		    "leave bad rows out instead of refusing the file"),
	OPTION_FLAG(struct import_args, columns, 0, "columns", "say what the columns of KIND take"),
	{0},
};

static void on_problem(const struct shop_import_problem *p, void *arg)
{
	struct out *out = arg;

	if (p->field == NULL)
		out_note(out, true, "%s:%lld: %s", p->file, (long long)p->line, p->message);
	else
		out_note(out, true, "%s:%lld: %s: %s", p->file, (long long)p->line, p->field,
			 p->message);
}

static void on_progress(const struct shop_import_progress *p, void *arg)
{
	out_progress(arg, p->writing ? "writing: bytes" : "checking: bytes", p->bytes,
		     p->bytes_all);
}

static enum shop_import_format format_of(const struct import_args *a)
{
	if (a->format == NULL)
		return SHOP_IMPORT_GUESS;
	return a->format == format_words[0] ? SHOP_IMPORT_CSV : SHOP_IMPORT_JSONL;
}

static enum shop_import_atomic atomic_of(const struct import_args *a)
{
	if (a->atomic == TRI_UNSET)
		return SHOP_IMPORT_AUTO;
	return a->atomic == TRI_YES ? SHOP_IMPORT_ONE_TXN : SHOP_IMPORT_GROUPS;
}

static bool print_columns(const struct import_args *a, struct out *out, struct shop_error *err)
{
	GString *text = g_string_new(NULL);
	bool ok = shop_import_columns(a->kind, text, err) && out_text(out, text->str, err);

	g_string_free(text, TRUE);
	return ok;
}

static bool print_result(struct session *s, const struct shop_import_result *r, struct out *out,
			 struct shop_error *err)
{
	if (r->skipped > 0)
		s->findings = SHOP_PARTIAL;
	return out_changed(
		out, &shop_import_record, r, err,
		"%s%s: %lld rows; %lld created, %lld updated, %lld unchanged, %lld skipped",
		s->dry_run ? "would import " : "imported ", r->kind, (long long)r->rows,
		(long long)r->created, (long long)r->updated, (long long)r->unchanged,
		(long long)r->skipped);
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct import_args *a = args;
	const struct shop_import in = {
		.kind = a->kind,
		.path = a->file,
		.fd = STDIN_FILENO,
		.format = format_of(a),
		.map = a->map,
		.atomic = atomic_of(a),
		.group = a->group,
		.resume = a->resume,
		.again = a->again,
		.skip_bad = a->skip_bad,
		.dry_run = s->dry_run,
		.zone = s->clock.zone,
		.context = {.actor = s->actor, .reason = s->reason, .now_us = s->clock.now_us},
		.problem = on_problem,
		.progress = on_progress,
		.arg = out,
	};
	AUTO_IMPORT_RESULT struct shop_import_result result = {0};
	bool ok;

	if (a->columns)
		return print_columns(a, out, err);
	if (a->file == NULL)
		return shop_fail(err, E_USAGE,
				 "FILE is missing: what is to be imported, - = stdin");
	ok = shop_import(s->store, &in, &result, err);
	return ok && print_result(s, &result, out, err);
}

const struct command cmd_import = {
	.name = "import",
	.summary = "Bring a file of products, receipts, customers or orders into the shop",
	.description =
		"The whole file is checked before anything is written: each bad row is told as\n"
		"file:line: field: message. A file of the same rows changes nothing the second "
		"time;\n"
		"receipts, which add up, are then refused. An empty cell leaves a field as it is.",
	.describe = shop_import_describe,
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct import_args),
	.needs = NEEDS_STORE_OPEN,
	.record = &shop_import_record,
	.run = run,
	.examples = "shopctl import product products.csv\n"
		    "shopctl import product artikel.csv --map sku=Artikelnummer,title=Bezeichnung "
		    "--dry-run\n"
		    "shopctl import order orders.jsonl --skip-bad\n"
		    "shopctl product list -o jsonl | shopctl import product -",
	.exits = "4 this file's receipts were imported already\n"
		 "5 rows are not valid; nothing was written\n"
		 "6 a row is refused by a rule; its group was not written\n"
		 "9 bad rows were left out (--skip-bad)",
	.see_also = "product create, stock receive, customer create, order create",
};

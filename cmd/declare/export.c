/* shopctl export: the shop's objects as a file that apply takes. */
#include "declare/declare.h"

#include "frame/frame.h"

struct export_args {
	const char *kind;
};

static const struct operand_spec operands[] = {
	OPERAND(struct export_args, kind, const char *, ARG_WORD, "KIND",
		"location, supplier, customer, product, price or stock",
		.words = shop_declare_kinds, .flags = OPERAND_EACH),
	{0},
};

static bool print_object(const char *json, void *ctx, struct shop_error *err)
{
	return out_raw(ctx, json, err);
}

static bool print_text(const char *text, void *ctx, struct shop_error *err)
{
	return out_text(ctx, text, err);
}

/* A table of what is to be read by a program helps nobody, so that is YAML. */
static bool print_yaml(const char *json, void *ctx, struct shop_error *err)
{
	AUTO_STRING GString *text = g_string_new(NULL);

	if (!out_yaml(text, json, true))
		return shop_fail(err, E_INTERNAL, "cannot write an object as YAML");
	return out_text(ctx, text->str, err);
}

static bool choose(const struct session *s, enum out_format format, shop_declare_text_fn *ret_fn,
		   struct shop_error *err)
{
	switch (format) {
	case OUT_TABLE:
		*ret_fn = print_yaml;
		return true;
	case OUT_YAML:
	case OUT_JSON:
	case OUT_JSONL:
		*ret_fn = print_object;
		return true;
	case OUT_CSV:
		*ret_fn = print_text;
		return s->inv->operands->len == 1 ||
		       shop_fail(err, E_USAGE, "a CSV file holds one kind of object");
	default:
		return shop_fail(err, E_USAGE, "export writes yaml, json, jsonl or csv");
	}
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct export_args *a = args;
	enum out_format format = out_format_of(out);
	shop_declare_text_fn fn;

	return choose(s, format, &fn, err) &&
	       shop_declare_export(s->store, a->kind, s->clock.now_us, format == OUT_CSV, fn, out,
				   err);
}

const struct command cmd_export = {
	.name = "export",
	.summary = "Write objects as a file that diff and apply take",
	.description = "YAML, unless -o or --out's ending says json, jsonl or csv. Archived "
		       "objects are left out, and so is a\n"
		       "field that is unset. A price stands apart from its product. Policies are "
		       "no objects of the store:\n"
		       "they stand in the configuration file (config show).",
	.describe = file_describe,
	.operands = operands,
	.args_size = sizeof(struct export_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.run = run,
	.examples = "shopctl export product price > shop.yaml\n"
		    "shopctl export price --out price.csv\n"
		    "shopctl export supplier location -o json",
	.see_also = "diff, apply, import",
};

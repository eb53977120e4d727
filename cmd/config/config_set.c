/* shopctl config set, config unset: one setting in the user's file. */
#include "config/config.h"

#include "config/user_file.h"
#include "frame/config.h"

struct set_args {
	const char *key, *value;
};

static const struct operand_spec set_operands[] = {
	OPERAND(struct set_args, key, const char *, ARG_TEXT, "KEY", "the setting",
		.hint = HINT_SETTING),
	OPERAND(struct set_args, value, const char *, ARG_TEXT, "VALUE",
		"its value; a list is joined by commas", .hint = HINT_SETTING_VALUE),
	{0},
};

/* The value as its key's type reads it; a wrong one is the call's fault, not the file's. */
static bool check_value(const char *key, const char *value, struct shop_error *err)
{
	AUTO_ERROR struct shop_error wrong = {0};

	return config_value_check(config_key_find(key), value, &wrong) ||
	       shop_fail(err, E_VALUE, "%s", wrong.message);
}

static bool run_set(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct set_args *a = args;
	struct config_row row = {.key = (char *)(uintptr_t)a->key,
				 .value = (char *)(uintptr_t)a->value};
	bool ok = config_key_known(a->key, err) && check_value(a->key, a->value, err) &&
		  user_file_change(s, a->key, a->value, &row.origin, err) &&
		  out_changed(out, &config_record, &row, err, "%s%s is %s in %s",
			      s->dry_run ? "~ " : "", a->key, a->value, row.origin);

	g_free(row.origin);
	return ok;
}

const struct command cmd_config_set = {
	.name = "set",
	.summary = "Set one setting in your configuration file",
	.description =
		"The file is the one of --config or SHOPCTL_CONFIG, else your own in "
		"$XDG_CONFIG_HOME/shopctl (~/.config/shopctl); it is replaced at once, and its "
		"comments and all else in it stay. With --profile NAME the setting goes under "
		"profiles.NAME.",
	.operands = set_operands,
	.args_size = sizeof(struct set_args),
	.needs = NEEDS_NOTHING,
	.record = &config_record,
	.run = run_set,
	.examples = "shopctl config set stock.low 10\n"
		    "shopctl config set orders.pay_within.manual 14d --dry-run",
	.exits = "78 the file cannot be read, or not be changed without disturbing what else is "
		 "there",
	.see_also = "config unset, config get, config edit",
};

struct unset_args {
	const char *key;
};

static const struct operand_spec unset_operands[] = {
	OPERAND(struct unset_args, key, const char *, ARG_TEXT, "KEY", "the setting",
		.hint = HINT_SETTING),
	{0},
};

static bool run_unset(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct unset_args *a = args;
	struct config_row row = {.key = (char *)(uintptr_t)a->key};
	bool ok = user_file_change(s, a->key, NULL, &row.origin, err) &&
		  out_changed(out, &config_record, &row, err, "%s%s is no longer set in %s",
			      s->dry_run ? "~ " : "", a->key, row.origin);

	g_free(row.origin);
	return ok;
}

const struct command cmd_config_unset = {
	.name = "unset",
	.summary = "Remove one setting from your configuration file",
	.operands = unset_operands,
	.args_size = sizeof(struct unset_args),
	.needs = NEEDS_NOTHING,
	.record = &config_record,
	.run = run_unset,
	.examples = "shopctl config unset stock.low",
	.exits = "3 the file does not set it",
	.see_also = "config set, config show",
};

/* shopctl alias set, alias delete: aliases in the user's configuration file. */
#include "alias/alias.h"

#include "config/user_file.h"
#include "frame/config.h"

struct set_args {
	const char *name, *expansion;
};

static const struct operand_spec set_operands[] = {
	OPERAND(struct set_args, name, const char *, ARG_TEXT, "NAME", "what is typed",
		.hint = HINT_NOTHING),
	OPERAND(struct set_args, expansion, const char *, ARG_TEXT, "EXPANSION",
		"the command it stands for, as one word; or !COMMAND of the shell"),
	{0},
};

static bool change(struct session *s, const char *name, const char *expansion,
		   struct alias_row *row, struct shop_error *err)
{
	char *key = g_strconcat(ALIAS_PREFIX, name, NULL);
	bool ok = user_file_change(s, key, expansion, &row->origin, err);

	g_free(key);
	row->name = g_strdup(name);
	row->expansion = g_strdup(expansion);
	return ok;
}

static bool run_set(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct set_args *a = args;
	struct alias_row row = {0};
	bool ok = alias_check(s->config, a->name, a->expansion, err) &&
		  change(s, a->name, a->expansion, &row, err) &&
		  out_changed(out, &alias_record, &row, err, "%s%s stands for: %s",
			      s->dry_run ? "~ " : "", a->name, a->expansion);

	shop_record_done(&alias_record, &row);
	return ok;
}

const struct command cmd_alias_set = {
	.name = "set",
	.summary = "Give a command a name of your own",
	.description =
		"$1 to $9 stand for the operands behind the alias and $@ for all of them; those "
		"that "
		"are not named so follow at the end. What begins with ! is run by sh, with the "
		"operands as its own, and never from a batch. Built-in names come first, programs "
		"shopctl-NAME last. The alias is written into your configuration file, whose "
		"comments "
		"and other lines stay as they are; a file ./.shopctl.yaml has none.",
	.operands = set_operands,
	.args_size = sizeof(struct set_args),
	.needs = NEEDS_NOTHING,
	.record = &alias_record,
	.run = run_set,
	.examples =
		"shopctl alias set unpaid 'order list --payment not_paid --sort placed_at'\n"
		"shopctl alias set of 'order list --customer $1 --fields id,total'\n"
		"shopctl alias set day '!\"$SHOPCTL\" order list --since today -o csv >day.csv'",
	.exits = "78 the file cannot be read, or not be changed without disturbing what else is "
		 "there",
	.see_also = "alias list, alias delete, config set",
};

struct delete_args {
	const char *name;
};

static const struct operand_spec delete_operands[] = {
	OPERAND(struct delete_args, name, const char *, ARG_TEXT, "NAME", "the alias",
		.hint = HINT_ALIAS),
	{0},
};

static bool run_delete(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct delete_args *a = args;
	struct alias_row row = {0};
	bool ok = change(s, a->name, NULL, &row, err) &&
		  out_changed(out, &alias_record, &row, err, "%s%s is no alias any more",
			      s->dry_run ? "~ " : "", a->name);

	shop_record_done(&alias_record, &row);
	return ok;
}

const struct command cmd_alias_delete = {
	.name = "delete",
	.summary = "Remove an alias",
	.operands = delete_operands,
	.args_size = sizeof(struct delete_args),
	.needs = NEEDS_NOTHING,
	.record = &alias_record,
	.run = run_delete,
	.examples = "shopctl alias delete unpaid",
	.exits = "3 your file has no such alias",
	.see_also = "alias list",
};

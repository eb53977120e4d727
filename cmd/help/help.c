/* shopctl help: help on a command or topic, and the whole command table as JSON. */
#include "frame/frame.h"
#include "frame/registry.h"
#include "help/topics.h"

#include <string.h>

struct help_args {
	const char *noun;
	const char *verb;
	const char *rest;
};

static const struct operand_spec operands[] = {
	OPERAND(struct help_args, noun, const char *, ARG_TEXT, "TOPIC",
		"a noun, a command or a topic", .flags = OPERAND_OPTIONAL),
	OPERAND(struct help_args, verb, const char *, ARG_TEXT, "VERB", "one verb of the noun",
		.flags = OPERAND_OPTIONAL),
	OPERAND(struct help_args, rest, const char *, ARG_TEXT, "WORD", "the second word of a verb",
		.flags = OPERAND_OPTIONAL),
	{ 0 },
};

static bool no_help(const char *word, struct shop_error *err)
{
	shop_fail(err, E_NOT_FOUND, "there is no help on %s", word);
	return shop_fail_fix(err, "help", NULL);
}

static bool append_noun(GString *to, const struct help_args *a, struct shop_error *err)
{
	const struct command_group *group = registry_group(a->noun);
	const struct command *command = NULL;
	char *both;

	if (group == NULL) {
		command = registry_command(a->noun);
		if (command == NULL)
			return no_help(a->noun, err);
	} else if (a->verb != NULL) {
		both = a->rest == NULL ? g_strdup(a->verb)
				       : g_strconcat(a->verb, " ", a->rest, NULL);
		command = registry_verb(group, both);
		g_free(both);
		if (command == NULL)
			return no_help(a->verb, err);
	}
	help_append(to, group, command, false);
	return true;
}

static bool is_json(const struct session *s)
{
	const char *const *word;

	for (word = s->words; *word != NULL; word++)
		if (strcmp(*word, "--json") == 0 || strcmp(*word, "-ojson") == 0 ||
		    strcmp(*word, "json") == 0)
			return true;
	return false;
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct help_args *a = args;
	GString *text = g_string_new(NULL);
	const char *topic = a->noun == NULL ? NULL : help_topic(a->noun);
	bool ok = true;

	if (a->noun == NULL && is_json(s))
		help_table_json(text);
	else if (a->noun == NULL)
		help_append(text, NULL, NULL, false);
	else if (topic != NULL)
		g_string_append(text, topic);
	else
		ok = append_noun(text, a, err);
	ok = ok && out_text(out, text->str, err);
	g_string_free(text, TRUE);
	return ok;
}

const struct command cmd_help = {
	.name = "help",
	.summary = "Help on a command or a topic; --json prints the whole command table",
	.operands = operands,
	.args_size = sizeof(struct help_args),
	.needs = NEEDS_NOTHING,
	.run = run,
	.description = "Topics: environment, exit-codes, formats, fields, time, money.",
	.examples = "shopctl help order cancel\nshopctl help exit-codes\nshopctl help --json",
};

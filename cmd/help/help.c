/* shopctl help: help on a command or topic, a search over all of it, and the whole command table as
 * JSON. */
#include "frame/frame.h"
#include "frame/registry.h"
#include "help/prose.h"
#include "help/topics.h"
#include "shop/text.h"

#include <string.h>

struct help_args {
	const char *noun;
	const char *verb;
	const char *rest;
	const char *search;
};

static const struct operand_spec operands[] = {
	OPERAND(struct help_args, noun, const char *, ARG_TEXT, "TOPIC",
		"a noun, a command or a topic", .flags = OPERAND_OPTIONAL, .hint = HINT_HELP),
	OPERAND(struct help_args, verb, const char *, ARG_TEXT, "VERB", "one verb of the noun",
		.flags = OPERAND_OPTIONAL, .hint = HINT_HELP),
	OPERAND(struct help_args, rest, const char *, ARG_TEXT, "WORD", "the second word of a verb",
		.flags = OPERAND_OPTIONAL, .hint = HINT_HELP),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct help_args, search, const char *, ARG_TEXT, 0, "search", "WORDS",
	       "find commands, options, topics, errors and events"),
	{0},
};

static GPtrArray *all_names(void)
{
	GPtrArray *names = g_ptr_array_new();

	for (const struct help_topic *topic = help_topics(); topic->name != NULL; topic++)
		g_ptr_array_add(names, (gpointer)(uintptr_t)topic->name);
	for (const struct command_group *const *g = registry_groups(); *g != NULL; g++)
		g_ptr_array_add(names, (gpointer)(uintptr_t)(*g)->name);
	for (const struct command *const *c = registry_commands(); *c != NULL; c++)
		g_ptr_array_add(names, (gpointer)(uintptr_t)(*c)->name);
	return names;
}

static bool no_help(const char *word, struct shop_error *err)
{
	GPtrArray *names = all_names();
	const char *near = shop_text_nearest(word, (const char *const *)names->pdata, names->len);

	shop_fail(err, E_NOT_FOUND, "there is no help on %s%s%s%s", word,
		  near == NULL ? "" : "; did you mean ", near == NULL ? "" : near,
		  near == NULL ? "" : "?");
	g_ptr_array_unref(names);
	return shop_fail_fix(err, "help", "--search", word, NULL);
}

static bool append_noun(GString *to, const struct help_args *a, unsigned how,
			struct shop_error *err)
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
	help_append(to, group, command, how);
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

static void append_topic(GString *to, const struct help_topic *topic, bool bold)
{
	char *prose = help_topic_prose(topic);

	prose_append(to, prose, bold);
	g_free(prose);
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct help_args *a = args;
	const struct help_topic *topic =
		a->noun == NULL || a->verb != NULL ? NULL : help_topic(a->noun);
	bool bold = help_bold(s->inv);
	GString *text;
	bool ok = true;

	if (a->search != NULL)
		return help_search(out, a->search, err);
	text = g_string_new(NULL);
	if (a->noun == NULL && is_json(s))
		help_table_json(text);
	else if (topic != NULL)
		append_topic(text, topic, bold);
	else if (a->noun == NULL)
		help_append(text, NULL, NULL, bold ? HELP_BOLD : 0U);
	else
		ok = append_noun(text, a, bold ? HELP_BOLD : 0U, err);
	ok = ok && out_text(out, text->str, err);
	g_string_free(text, TRUE);
	return ok;
}

static void describe(GString *to)
{
	help_heading(to, "Topics", 0);
	for (const struct help_topic *topic = help_topics(); topic->name != NULL; topic++)
		help_pair(to, topic->name, topic->summary);
}

const struct command cmd_help = {
	.name = "help",
	.summary = "Help on a command or a topic; --json prints the whole command table",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct help_args),
	.needs = NEEDS_NOTHING,
	.run = run,
	.describe = describe,
	.examples =
		"shopctl help order cancel\nshopctl help tutorial\nshopctl help --search refund\n"
		"shopctl help --json",
	.exits = "3 there is no help on the word",
	.see_also = "explain",
};

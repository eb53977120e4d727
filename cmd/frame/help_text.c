/*
 * --help of a noun and a command, from the one table. Of the program: help_overview.c.
 */
#include "frame/frame.h"

#include "frame/registry.h"

#include <string.h>

#define NAME_COLUMN 29 /* where the second column begins */
#define TEXT_WIDTH 80
#define EXAMPLES_SHOWN 3 /* the manual has all */

void help_heading(GString *to, const char *title, unsigned how)
{
	bool bold = (how & HELP_BOLD) != 0;

	g_string_append_printf(to, "\n%s%s:%s\n", bold ? "\033[1m" : "", title,
			       bold ? "\033[0m" : "");
}

void help_words(GString *to, const char *text, int indent, int at)
{
	char **words = g_strsplit_set(text, " \n", -1);
	bool first = true;

	for (char **word = words; *word != NULL; word++) {
		int width = (int)g_utf8_strlen(*word, -1);

		if (width == 0)
			continue;
		if (!first && at + 1 + width > TEXT_WIDTH) {
			g_string_append_printf(to, "\n%*s", indent, "");
			at = indent;
		} else if (!first) {
			g_string_append_c(to, ' ');
			at++;
		}
		g_string_append(to, *word);
		at += width;
		first = false;
	}
	g_string_append_c(to, '\n');
	g_strfreev(words);
}

void help_wrapped(GString *to, const char *text)
{
	char **paragraphs = g_strsplit(text, "\n\n", -1);

	for (char **paragraph = paragraphs; *paragraph != NULL; paragraph++) {
		if (paragraph > paragraphs)
			g_string_append_c(to, '\n');
		help_words(to, *paragraph, 0, 0);
	}
	g_strfreev(paragraphs);
}

void help_pair_at(GString *to, int column, const char *name, const char *text)
{
	int width = (int)g_utf8_strlen(name, -1) + 2;

	g_string_append_printf(to, "  %s%*s", name, MAX(1, column - width), "");
	help_words(to, text, column, MAX(column, width + 1));
}

void help_pair(GString *to, const char *name, const char *text)
{
	help_pair_at(to, NAME_COLUMN, name, text);
}

static void append_option(GString *to, const struct option_spec *spec)
{
	GString *name = g_string_new(NULL);
	bool negatable = (spec->type == ARG_FLAG || spec->type == ARG_TRI) &&
			 !g_str_has_prefix(spec->name, "no-");

	if (spec->letter != 0)
		g_string_append_printf(name, "-%c, ", spec->letter);
	else
		g_string_append(name, "    ");
	g_string_append_printf(
		name, "--%s%s%s%s", negatable && spec->type == ARG_TRI ? "[no-]" : "", spec->name,
		spec->value == NULL ? "" : " ", spec->value == NULL ? "" : spec->value);
	help_pair(to, name->str, spec->help);
	g_string_free(name, TRUE);
}

/* The global options that matter to most commands; --help-all has the rest. */
static bool is_common(const struct option_spec *spec, const struct command *command)
{
	static const char *const always[] = {"store", "output", "fields", "quiet", "help", NULL};
	static const char *const writes[] = {
		"dry-run", "expect", "idempotency-key", "if-version", "reason", "yes", NULL};

	return g_strv_contains(always, spec->name) ||
	       (command != NULL &&
		(command->needs == NEEDS_STORE_WRITE || command->writes_with != NULL) &&
		g_strv_contains(writes, spec->name));
}

/* A command's own option of a global's name stands for it. */
static bool is_own(const struct option_spec *spec, const struct command *command)
{
	const struct option_spec *own = command == NULL ? NULL : command->options;

	while (own != NULL && own->name != NULL && strcmp(own->name, spec->name) != 0)
		own++;
	return own != NULL && own->name != NULL;
}

void help_globals(GString *to, const struct command *command, unsigned how)
{
	bool all = (how & HELP_ALL) != 0;
	const struct option_spec *spec;

	help_heading(to, all ? "Global options" : "Common options (--help-all for all)", how);
	for (spec = globals_options(); spec->name != NULL; spec++)
		if ((all || is_common(spec, command)) && !is_own(spec, command))
			append_option(to, spec);
}

static void append_group(GString *to, const struct command_group *group, unsigned how)
{
	const struct command *const *command;

	g_string_append_printf(to,
			       "shopctl %s: %s\n\nusage: shopctl %s VERB [OPERAND]… [OPTION]…\n",
			       group->name, group->summary, group->name);
	help_heading(to, "Verbs", how);
	for (command = group->commands; *command != NULL; command++)
		help_pair(to, (*command)->name, (*command)->summary);
	if (how & HELP_ALL)
		help_globals(to, NULL, how);
	g_string_append_printf(to, "\nshopctl %s VERB --help says more, man shopctl-%s all.\n",
			       group->name, group->name);
}

/* At most `limit` of the lines. */
static void append_block(GString *to, const char *title, const char *lines, int limit, unsigned how)
{
	char **line, **list;

	if (lines == NULL)
		return;
	help_heading(to, title, how);
	list = g_strsplit(lines, "\n", -1);
	for (line = list; *line != NULL && limit > 0; line++, limit--)
		if (**line != '\0')
			g_string_append_printf(to, "  %s\n", *line);
	g_strfreev(list);
}

/* What matters most of selecting rows; --help-all has the rest. */
static void append_selecting(GString *to, const struct command *command, unsigned how)
{
	static const char *const common[] = {"filter", "where", "sort", "limit", "after", NULL};
	const struct option_spec *option = select_options();

	if (!command_is_list(command))
		return;
	help_heading(to, "Selecting rows", how);
	for (; option->name != NULL; option++)
		if ((how & HELP_ALL) != 0 || g_strv_contains(common, option->name))
			append_option(to, option);
}

static void append_tables(GString *to, const struct command *command, unsigned how)
{
	const struct operand_spec *operand = command->operands;
	const struct option_spec *option = command->options;

	if (operand != NULL && operand->name != NULL)
		help_heading(to, "Operands", how);
	for (; operand != NULL && operand->name != NULL; operand++)
		help_pair(to, operand->name, operand->help);
	if (option != NULL && option->name != NULL)
		help_heading(to, "Options", how);
	for (; option != NULL && option->name != NULL; option++)
		append_option(to, option);
}

static void append_see_also(GString *to, const struct command_group *group,
			    const struct command *command, unsigned how)
{
	help_heading(to, "See also", how);
	g_string_append_printf(
		to, "  %s%sman shopctl-%s\n", command->see_also == NULL ? "" : command->see_also,
		command->see_also == NULL ? "" : ", ", group == NULL ? command->name : group->name);
}

static void append_command(GString *to, const struct command_group *group,
			   const struct command *command, unsigned how)
{
	const struct invocation inv = {.group = group, .command = command};
	char *synopsis = usage_synopsis(&inv);

	g_string_append_printf(to, "%s.\n\nusage: %s\n", command->summary, synopsis);
	g_free(synopsis);
	if (command->description != NULL) {
		g_string_append_c(to, '\n');
		help_wrapped(to, command->description);
	}
	if (command->describe != NULL) {
		g_string_append_c(to, '\n');
		command->describe(to);
	}
	append_block(to, "Examples", command->examples, EXAMPLES_SHOWN, how);
	append_tables(to, command, how);
	append_selecting(to, command, how);
	help_globals(to, command, how);
	append_block(to, "Exit status besides 0, 1 and 2", command->exits, G_MAXINT, how);
	append_see_also(to, group, command, how);
}

void help_append(GString *to, const struct command_group *group, const struct command *command,
		 unsigned how)
{
	if (command != NULL)
		append_command(to, group, command, how);
	else if (group != NULL)
		append_group(to, group, how);
	else
		help_overview(to, how);
}

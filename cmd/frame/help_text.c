/*
 * --help of the program, a noun and a command, all from the one table.
 */
#include "frame/frame.h"

#include "frame/registry.h"
#include "shop/text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NAME_COLUMN 30
#define TEXT_WIDTH 80

/* Paragraphs broken between words; what is broken already is left. */
static void append_wrapped(GString *to, const char *text)
{
	char **words = g_strsplit(text, " ", -1);
	glong at = 0;

	for (char **word = words; *word != NULL; word++) {
		const char *newline = strrchr(*word, '\n');
		glong width = g_utf8_strlen(*word, -1);

		if (at > 0 && at + 1 + (newline == NULL ? width : 0) > TEXT_WIDTH) {
			g_string_append_c(to, '\n');
			at = 0;
		} else if (at > 0) {
			g_string_append_c(to, ' ');
			at++;
		}
		g_string_append(to, *word);
		at = newline == NULL ? at + width : g_utf8_strlen(newline + 1, -1);
	}
	g_strfreev(words);
}

static void append_pair(GString *to, const char *name, const char *text)
{
	int width = (int)g_utf8_strlen(name, -1);

	g_string_append_printf(to, "  %s%*s %s\n", name, MAX(0, NAME_COLUMN - width), "", text);
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
	append_pair(to, name->str, spec->help);
	g_string_free(name, TRUE);
}

/* The global options that matter to most commands; --help-all has the rest. */
static bool is_common(const struct option_spec *spec, const struct command *command)
{
	static const char *const always[] = {"store", "output", "fields", "quiet", "help", NULL};
	static const char *const writes[] = {
		"dry-run", "expect", "idempotency-key", "if-version", "reason", "yes", NULL};

	return g_strv_contains(always, spec->name) ||
	       (command != NULL && command->needs == NEEDS_STORE_WRITE &&
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

static void append_globals(GString *to, const struct command *command, bool all)
{
	const struct option_spec *spec;

	g_string_append(to,
			all ? "\nGlobal options:\n" : "\nCommon options (--help-all for all):\n");
	for (spec = globals_options(); spec->name != NULL; spec++)
		if ((all || is_common(spec, command)) && !is_own(spec, command))
			append_option(to, spec);
}

static void append_overview(GString *to, bool all)
{
	const struct command_group *const *group;
	const struct command *const *command;

	g_string_append(to, "shopctl runs a shop: products, stock, orders, payments, shipments.\n\n"
			    "usage: shopctl [GLOBAL]… NOUN VERB [OPERAND]… [OPTION]…\n\nNouns:\n");
	for (group = registry_groups(); *group != NULL; group++)
		append_pair(to, (*group)->name, (*group)->summary);
	g_string_append(to, "\nCommands:\n");
	for (command = registry_commands(); *command != NULL; command++)
		append_pair(to, (*command)->name, (*command)->summary);
	if (all)
		append_globals(to, NULL, true);
	g_string_append(to, "\nStart with:\n"
			    "  shopctl store init            make a store\n"
			    "  shopctl product create SKU --title TEXT --price MONEY\n"
			    "  shopctl stock receive SKU QTY\n"
			    "  shopctl order create --customer CUSTOMER SKU:QTY\n"
			    "  shopctl NOUN --help           what a noun can do\n");
}

static void append_group(GString *to, const struct command_group *group, bool all)
{
	const struct command *const *command;

	g_string_append_printf(
		to, "shopctl %s: %s\n\nusage: shopctl %s VERB [OPERAND]… [OPTION]…\n\nVerbs:\n",
		group->name, group->summary, group->name);
	for (command = group->commands; *command != NULL; command++)
		append_pair(to, (*command)->name, (*command)->summary);
	if (all)
		append_globals(to, NULL, true);
	g_string_append_printf(to, "\nshopctl %s VERB --help says more.\n", group->name);
}

static void append_block(GString *to, const char *title, const char *lines)
{
	char **line, **list;

	if (lines == NULL)
		return;
	g_string_append_printf(to, "\n%s:\n", title);
	list = g_strsplit(lines, "\n", -1);
	for (line = list; *line != NULL; line++)
		if (**line != '\0')
			g_string_append_printf(to, "  %s\n", *line);
	g_strfreev(list);
}

/* What matters most of selecting rows; --help-all has the rest. */
static void append_selecting(GString *to, const struct command *command, bool all)
{
	static const char *const common[] = {"filter", "where", "sort", "limit", "after", NULL};
	const struct option_spec *option = select_options();

	if (!command_is_list(command))
		return;
	g_string_append(to, "\nSelecting rows:\n");
	for (; option->name != NULL; option++)
		if (all || g_strv_contains(common, option->name))
			append_option(to, option);
}

static void append_tables(GString *to, const struct command *command)
{
	const struct operand_spec *operand = command->operands;
	const struct option_spec *option = command->options;

	if (operand != NULL && operand->name != NULL)
		g_string_append(to, "\nOperands:\n");
	for (; operand != NULL && operand->name != NULL; operand++)
		append_pair(to, operand->name, operand->help);
	if (option != NULL && option->name != NULL)
		g_string_append(to, "\nOptions:\n");
	for (; option != NULL && option->name != NULL; option++)
		append_option(to, option);
}

static void append_command(GString *to, const struct command_group *group,
			   const struct command *command, bool all)
{
	const struct invocation inv = {.group = group, .command = command};
	char *synopsis = usage_synopsis(&inv);

	g_string_append_printf(to, "%s.\n\nusage: %s\n", command->summary, synopsis);
	g_free(synopsis);
	if (command->description != NULL) {
		g_string_append_c(to, '\n');
		append_wrapped(to, command->description);
		g_string_append_c(to, '\n');
	}
	if (command->describe != NULL) {
		g_string_append_c(to, '\n');
		command->describe(to);
	}
	append_tables(to, command);
	append_selecting(to, command, all);
	append_globals(to, command, all);
	append_block(to, "Exit status besides 0, 1 and 2", command->exits);
	append_block(to, "Examples", command->examples);
	append_block(to, "See also", command->see_also);
}

void help_append(GString *to, const struct command_group *group, const struct command *command,
		 bool all)
{
	if (command != NULL)
		append_command(to, group, command, all);
	else if (group != NULL)
		append_group(to, group, all);
	else
		append_overview(to, all);
}

static bool print(const struct invocation *inv, const char *text, struct shop_error *err)
{
	if (inv->host != NULL && inv->host->sink != NULL) {
		g_string_append(inv->host->sink, text);
		return true;
	}
	if (fputs(text, stdout) == EOF || fflush(stdout) == EOF)
		return shop_fail(err, E_OUTPUT, "cannot write: %s", g_strerror(errno));
	return true;
}

static bool print_help(const struct invocation *inv, struct shop_error *err)
{
	GString *text = g_string_new(NULL);
	bool ok;

	help_append(text, inv->group, inv->command, inv->g.help_all);
	ok = print(inv, text->str, err);
	g_string_free(text, TRUE);
	return ok;
}

bool help_wanted(struct invocation *inv, int *ret_status, struct shop_error *err)
{
	*ret_status = 0;
	if (inv->g.version && inv->command == NULL) {
		inv->command = &cmd_version;
		inv->group = NULL;
		return false;
	}
	if (inv->g.help || inv->g.help_all) {
		(void)!print_help(inv, err);
		return true;
	}
	if (inv->command != NULL)
		return false;
	if (inv->argc == 1 && isatty(STDOUT_FILENO)) {
		(void)!print_help(inv, err);
		return true;
	}
	usage_fail(inv, 0, err,
		   inv->group == NULL ? "a command is needed; shopctl --help lists them"
				      : "a verb is needed; --help lists them");
	return true;
}

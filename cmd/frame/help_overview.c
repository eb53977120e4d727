/*
 * Help on the program as a whole, and when help is asked for.
 */
#include "frame/frame.h"

#include "frame/registry.h"
#include "help/topics.h"
#include "out/out_frame.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OVERVIEW_COLUMN 13 /* names of nouns are short */

static const char opening[] =
	"shopctl runs a shop: products, stock, orders, payments, shipments.\n\n"
	"usage: shopctl [GLOBAL]… NOUN VERB [OPERAND]… [OPTION]…\n";

/* Names in one paragraph. */
static void append_names(GString *to, GString *names)
{
	help_wrapped(to, names->str);
	g_string_free(names, TRUE);
}

static GString *topic_names(void)
{
	GString *names = g_string_new(NULL);

	for (const struct help_topic *topic = help_topics(); topic->name != NULL; topic++)
		g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", topic->name);
	return names;
}

static void append_start(GString *to, unsigned how)
{
	help_heading(to, "Start with", how);
	g_string_append(to, "  shopctl store init            make a store\n"
			    "  shopctl product create SKU --title TEXT --price MONEY\n"
			    "  shopctl stock receive SKU QTY\n"
			    "  shopctl order create --customer CUSTOMER SKU:QTY\n"
			    "  shopctl next                  what to do now\n");
}

void help_overview(GString *to, unsigned how)
{
	const struct command_group *const *group;
	const struct command *const *command;

	g_string_append(to, opening);
	help_heading(to, "Nouns", how);
	for (group = registry_groups(); *group != NULL; group++)
		help_pair_at(to, OVERVIEW_COLUMN, (*group)->name, (*group)->summary);
	help_heading(to, "Commands", how);
	for (command = registry_commands(); *command != NULL; command++)
		help_pair_at(to, OVERVIEW_COLUMN, (*command)->name, (*command)->summary);
	help_heading(to, "Topics (shopctl help TOPIC)", how);
	append_names(to, topic_names());
	if (how & HELP_ALL)
		help_globals(to, NULL, how);
}

/* What fits a glance: for who typed the bare name. */
static void append_short(GString *to, unsigned how)
{
	GString *names = g_string_new(NULL);
	const struct command_group *const *group;
	const struct command *const *command;

	g_string_append(to, opening);
	append_start(to, how);
	help_heading(to, "Nouns", how);
	for (group = registry_groups(); *group != NULL; group++)
		g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", (*group)->name);
	append_names(to, names);
	help_heading(to, "Commands", how);
	names = g_string_new(NULL);
	for (command = registry_commands(); *command != NULL; command++)
		g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", (*command)->name);
	append_names(to, names);
	g_string_append(to,
			"\nshopctl help tutorial leads through a first order; shopctl NOUN --help "
			"lists its verbs.\n");
}

bool help_bold(const struct invocation *inv)
{
	const char *term = getenv("TERM");

	return (inv->host == NULL ? isatty(STDOUT_FILENO)
				  : inv->host->target != NULL && inv->host->target->terminal) &&
	       getenv("NO_COLOR") == NULL && term != NULL && strcmp(term, "dumb") != 0 &&
	       (inv->g.color == NULL || strcmp(inv->g.color, "never") != 0);
}

static bool print(const struct invocation *inv, const char *text, struct shop_error *err)
{
	if (inv->host != NULL && inv->host->sink != NULL) {
		g_string_append(inv->host->sink, text);
		return true;
	}
	if (inv->host != NULL && inv->host->target != NULL)
		return out_target_write(inv->host->target, text, err);
	if (fputs(text, stdout) == EOF || fflush(stdout) == EOF)
		return shop_fail(err, E_OUTPUT, "cannot write: %s", g_strerror(errno));
	return true;
}

static bool print_help(const struct invocation *inv, bool brief, struct shop_error *err)
{
	unsigned how = (inv->g.help_all ? HELP_ALL : 0U) | (help_bold(inv) ? HELP_BOLD : 0U);
	GString *text = g_string_new(NULL);
	bool ok;

	if (brief)
		append_short(text, how);
	else
		help_append(text, inv->group, inv->command, how);
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
		(void)!print_help(inv, false, err);
		return true;
	}
	if (inv->command != NULL)
		return false;
	if (inv->argc == 1 && isatty(STDOUT_FILENO)) {
		(void)!print_help(inv, true, err);
		return true;
	}
	usage_fail(inv, 0, err,
		   inv->group == NULL ? "a command is needed; shopctl --help lists them"
				      : "a verb is needed; --help lists them");
	return true;
}

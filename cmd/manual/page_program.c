/*
 * shopctl(1): what there is, the options of every command, variables, files and exit codes.
 */
#include "manual/manual.h"

#include "frame/frame.h"
#include "frame/registry.h"
#include "help/topics.h"
#include "manual/roff.h"

static void append_topic(GString *to, const char *name, const char *heading)
{
	char *prose = help_topic_prose(help_topic(name));

	roff_prose(to, prose, heading);
	g_free(prose);
}

static void append_entry(GString *to, const char *name, int section, const char *summary)
{
	g_string_append_printf(to, ".It Xr shopctl-%s %d\n", name, section);
	roff_text(to, summary);
}

static void append_lists(GString *to)
{
	g_string_append(to, ".Sh NOUNS\n.Bl -tag -width Ds\n");
	for (const struct command_group *const *g = registry_groups(); *g != NULL; g++)
		append_entry(to, (*g)->name, 1, (*g)->summary);
	g_string_append(to, ".El\n.Sh COMMANDS\n.Bl -tag -width Ds\n");
	for (const struct command *const *c = registry_commands(); *c != NULL; c++)
		append_entry(to, (*c)->name, manual_section((*c)->name), (*c)->summary);
	g_string_append(to, ".El\n");
}

void manual_program(GString *to)
{
	char *intro = help_intro("shopctl");
	static const char *const also[] = {
		"shopctl.yaml 5",     "shopctl-cookbook 7",
		"shopctl-errors 7",   "shopctl-events 7",
		"shopctl-filters 7",  "shopctl-formats 7",
		"shopctl-tutorial 7", "shopctl-values 7",
		"shopctl-worker 8",   NULL,
	};

	g_string_append(to, ".Sh SYNOPSIS\n.Nm\n.Op Ar GLOBAL Ns ...\n.Ar NOUN VERB\n"
			    ".Op Ar OPERAND Ns ...\n.Op Ar OPTION Ns ...\n"
			    ".Nm\n.Op Ar GLOBAL Ns ...\n.Ar COMMAND\n"
			    ".Op Ar OPERAND Ns ...\n.Op Ar OPTION Ns ...\n.Sh DESCRIPTION\n");
	roff_prose(to, intro, ".Ss");
	g_free(intro);
	append_lists(to);
	g_string_append(
		to, ".Sh GLOBAL OPTIONS\nThey may stand anywhere on the command line.\n"
		    "Every option that takes no value has its opposite,\n.Fl -no- Ns Ar NAME .\n");
	manual_options(to, globals_options());
	g_string_append(
		to,
		".Sh OPTIONS OF LISTS\nEvery command that prints a list of objects takes these:\n"
		".Xr shopctl-filters 7 .\n");
	manual_options(to, select_options());
	g_string_append(to, ".Sh ENVIRONMENT\n");
	append_topic(to, "environment", ".Ss");
	g_string_append(to, ".Sh EXIT STATUS\n");
	append_topic(to, "exit-codes", ".Ss");
	manual_see_also(to, NULL, "", also);
}

void manual_topics(GString *to, const char *const *topics)
{
	static const char *const also[] = {"shopctl 1", NULL};
	bool several = topics[1] != NULL;

	if (!several)
		g_string_append(to, ".Sh DESCRIPTION\n");
	for (; *topics != NULL; topics++) {
		if (several)
			roff_section(to, help_topic(*topics)->summary);
		append_topic(to, *topics, several ? ".Ss" : ".Sh");
	}
	manual_see_also(to, NULL, "", also);
}

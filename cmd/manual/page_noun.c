/*
 * shopctl-NOUN(1): every verb of a noun, its fields and its states.
 */
#include "manual/manual.h"

#include "explain/explain.h"
#include "frame/frame.h"
#include "help/topics.h"
#include "manual/roff.h"
#include "shop/transition.h"

#include <string.h>

static void append_verb(GString *to, const struct command_group *group,
			const struct command *command)
{
	g_string_append_printf(to, ".Ss %s %s\n", group->name, command->name);
	manual_description(to, command);
	manual_operands(to, command->operands);
	manual_options(to, command->options);
	if (command_is_list(command))
		g_string_append(
			to, ".Pp\nIt takes the options of every list:\n.Xr shopctl-filters 7 .\n");
	if (command->exits != NULL) {
		g_string_append(to, ".Pp\nExit status besides 0, 1 and 2:\n");
		manual_exits(to, command->exits);
	}
	if (command->examples != NULL)
		manual_examples(to, command->examples);
}

static void append_fields(GString *to, const struct command_group *group)
{
	const struct shop_record *record = explain_find(group->name);

	if (record == NULL)
		return;
	g_string_append(to, ".Sh OUTPUT\nWhat\n.Fl -fields ,\n.Fl -filter\nand\n.Fl -sort\n"
			    "choose among, and what JSON holds.\n");
	manual_fields(to, record);
}

static bool has_states(const char *machine)
{
	for (const struct shop_transition *t = shop_transitions(); t->machine != NULL; t++)
		if (strcmp(t->machine, machine) == 0)
			return true;
	return false;
}

/* Every change of the status that the store allows, with the commands that make it. */
static void append_states(GString *to, const char *machine)
{
	const char *from = NULL;

	if (!has_states(machine))
		return;
	g_string_append(to, ".Sh STATES\nHow the status may change, and by which commands.\n"
			    "Nothing else is possible: the store itself refuses it.\n"
			    ".Bl -tag -width Ds\n");
	for (const struct shop_transition *t = shop_transitions(); t->machine != NULL; t++) {
		if (strcmp(t->machine, machine) != 0 || *t->by == '\0')
			continue;
		if (from == NULL || strcmp(from, t->from) != 0)
			g_string_append_printf(to, ".It Cm %s\n", t->from);
		else
			g_string_append(to, ".br\n");
		g_string_append_printf(to, "becomes\n.Cm %s\nby %s\n", t->to, t->by);
		from = t->from;
	}
	g_string_append(to, ".El\n");
}

void manual_noun(GString *to, const struct command_group *group)
{
	static const char *const also[] = {"shopctl 1", "shopctl-errors 7", "shopctl-values 7",
					   NULL};
	const struct command *const *command;
	GString *others = g_string_new(NULL);

	g_string_append(to, ".Sh SYNOPSIS\n");
	for (command = group->commands; *command != NULL; command++)
		manual_synopsis(to, group, *command);
	g_string_append(to, ".Sh DESCRIPTION\n");
	manual_sentence(to, group->summary);
	manual_intro(to, group->name);
	g_string_append(
		to, ".Sh COMMANDS\nBesides their own options they take those of every command:\n"
		    ".Xr shopctl 1 .\n");
	for (command = group->commands; *command != NULL; command++) {
		append_verb(to, group, *command);
		g_string_append_printf(others, "%s,",
				       (*command)->see_also == NULL ? "" : (*command)->see_also);
	}
	append_fields(to, group);
	append_states(to, group->name);
	manual_see_also(to, others->str, group->name, also);
	g_string_free(others, TRUE);
}

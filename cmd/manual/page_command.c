/*
 * shopctl-COMMAND(1): a command that belongs to no noun.
 */
#include "manual/manual.h"

#include "frame/frame.h"
#include "manual/roff.h"

void manual_command(GString *to, const struct command *command)
{
	static const char *const also[] = {"shopctl 1", "shopctl-errors 7", NULL};
	static const char *const list_also[] = {"shopctl 1", "shopctl-errors 7",
						"shopctl-filters 7", NULL};

	g_string_append(to, ".Sh SYNOPSIS\n");
	manual_synopsis(to, NULL, command);
	g_string_append(to, ".Sh DESCRIPTION\n");
	manual_description(to, command);
	manual_operands(to, command->operands);
	manual_options(to, command->options);
	g_string_append(to, ".Pp\nThe options of every command are in\n.Xr shopctl 1 .\n");
	manual_intro(to, command->name);
	if (command->record != NULL) {
		g_string_append(
			to, ".Sh OUTPUT\nWhat\n.Fl -fields\nchooses among, and what JSON holds.\n");
		manual_fields(to, command->record);
	}
	if (command->exits != NULL) {
		g_string_append(to, ".Sh EXIT STATUS\nBesides 0, 1 and 2:\n");
		manual_exits(to, command->exits);
	}
	if (command->examples != NULL) {
		g_string_append(to, ".Sh EXAMPLES\n");
		manual_examples(to, command->examples);
	}
	manual_see_also(to, command->see_also, command->name,
			command_is_list(command) ? list_also : also);
}

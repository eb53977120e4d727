/* Which states a command is for, by the one table of transitions. */
#include "report/hint_sources.h"

#include "shop/transition.h"

#include <string.h>

/* Whether the command is one of those, separated by commas, that make the change. */
static bool is_by(const struct shop_transition *t, const char *command)
{
	const char *found = strstr(t->by, command);
	size_t length = strlen(command);

	while (found != NULL && ((found != t->by && found[-1] != ' ') ||
				 (found[length] != '\0' && found[length] != ',')))
		found = strstr(found + 1, command);
	return found != NULL;
}

static bool leads_on(const char *machine, const char *state)
{
	for (const struct shop_transition *t = shop_transitions(); t->machine != NULL; t++)
		if (strcmp(t->machine, machine) == 0 && strcmp(t->from, state) == 0 &&
		    *t->by != '\0')
			return true;
	return false;
}

static void add(GPtrArray *states, const char *state)
{
	if (!g_ptr_array_find_with_equal_func(states, state, g_str_equal, NULL))
		g_ptr_array_add(states, (gpointer)(uintptr_t)state);
}

GPtrArray *hint_states(const char *machine, const char *command, bool guarded)
{
	GPtrArray *states = g_ptr_array_new();

	if (machine != NULL && command != NULL)
		for (const struct shop_transition *t = shop_transitions(); t->machine != NULL;
		     t++) {
			if (strcmp(t->machine, machine) != 0 || !is_by(t, command))
				continue;
			add(states, t->from);
			if (guarded && leads_on(machine, t->to))
				add(states, t->to);
		}
	if (states->len > 0)
		return states;
	g_ptr_array_unref(states);
	return NULL;
}

/*
 * The list of transitions as programs read it.
 */
#include "shop/transition.h"

#include <stddef.h>
#include <string.h>

#define STATES_MAX 16 /* of one machine */

static const struct shop_transition transitions[] = {
#define SHOP_TRANSITION(machine, from, to, by) {machine, from, to, by},
#include "store/transition_list.h"
#undef SHOP_TRANSITION
	{NULL, NULL, NULL, NULL},
};

const struct shop_transition *shop_transitions(void)
{
	return transitions;
}

bool shop_state_known(const char *machine, const char *state)
{
	for (const struct shop_transition *t = transitions; t->machine != NULL; t++)
		if (strcmp(t->machine, machine) == 0 &&
		    (strcmp(t->from, state) == 0 || strcmp(t->to, state) == 0))
			return true;
	return false;
}

static bool is_in(const char *const *states, size_t count, const char *state)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(states[i], state) == 0)
			return true;
	return false;
}

bool shop_state_reachable(const char *machine, const char *from, const char *to)
{
	const char *seen[STATES_MAX] = {from};
	size_t count = 1;

	/* Each state that is seen is looked at once, in the order in which they were found. */
	for (size_t at = 0; at < count; at++) {
		if (strcmp(seen[at], to) == 0)
			return true;
		for (const struct shop_transition *t = transitions; t->machine != NULL; t++)
			if (strcmp(t->machine, machine) == 0 && strcmp(t->from, seen[at]) == 0 &&
			    *t->by != '\0' && !is_in(seen, count, t->to) && count < STATES_MAX)
				seen[count++] = t->to;
	}
	return false;
}

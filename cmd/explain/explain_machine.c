/*
 * State machines as people read them: a list of changes with their commands, or a graph.
 */
#include "explain/explain.h"

#include "shop/transition.h"

#include <string.h>

static const struct shop_field fields[] = {
	SHOP_FIELD_WORD(struct transition_row, from, "from", "a state"),
	SHOP_FIELD_WORD(struct transition_row, to, "to", "what may follow it"),
	SHOP_FIELD_TEXT(struct transition_row, by, "by",
			"the commands that make the change; none do yet when empty"),
};

const struct shop_record transition_record =
	SHOP_RECORD("transition", struct transition_row, fields);

static bool is_of(const struct shop_transition *t, const char *machine)
{
	return strcmp(t->machine, machine) == 0;
}

const char *explain_machine(const struct shop_record *type, const struct shop_field *field)
{
	if (strcmp(field->name, "status") != 0)
		return NULL;
	for (const struct shop_transition *t = shop_transitions(); t->machine != NULL; t++)
		if (is_of(t, type->name))
			return t->machine;
	return NULL;
}

static bool leads_on(const char *machine, const char *state)
{
	for (const struct shop_transition *t = shop_transitions(); t->machine != NULL; t++)
		if (is_of(t, machine) && strcmp(t->from, state) == 0 && *t->by != '\0')
			return true;
	return false;
}

/* Whether t is the first transition that leads to its state: each end is told once. */
static bool is_first_to(const struct shop_transition *t)
{
	for (const struct shop_transition *u = shop_transitions(); u < t; u++)
		if (is_of(u, t->machine) && strcmp(u->to, t->to) == 0)
			return false;
	return true;
}

char *explain_transitions(const char *machine, struct shop_list *list)
{
	GString *ends = g_string_new(NULL);

	for (const struct shop_transition *t = shop_transitions(); t->machine != NULL; t++) {
		struct transition_row *row;

		if (!is_of(t, machine))
			continue;
		row = shop_list_add(&transition_record, list);
		row->from = g_strdup(t->from);
		row->to = g_strdup(t->to);
		row->by = *t->by == '\0' ? NULL : g_strdup(t->by);
		if (!leads_on(machine, t->to) && is_first_to(t))
			g_string_append_printf(ends, "%s%s", ends->len > 0 ? ", " : "", t->to);
	}
	return g_string_free(ends, FALSE);
}

bool explain_dot(struct out *out, const char *machine, struct shop_error *err)
{
	GString *to = g_string_new(NULL);
	bool ok;

	g_string_append_printf(
		to, "digraph %s {\n\trankdir=LR;\n\tnode [shape=box, style=rounded];\n", machine);
	for (const struct shop_transition *t = shop_transitions(); t->machine != NULL; t++)
		if (is_of(t, machine))
			g_string_append_printf(to, "\t%s -> %s [label=\"%s\"%s];\n", t->from, t->to,
					       t->by, *t->by == '\0' ? ", style=dashed" : "");
	g_string_append(to, "}\n");
	ok = out_text(out, to->str, err);
	g_string_free(to, TRUE);
	return ok;
}

/* Nouns, verbs and commands. A plural or an alias is offered to whoever has typed past the names
 * themselves. */
#include "complete/complete_private.h"

#include "frame/registry.h"

#include <string.h>

static void offer_plurals(struct completion *c)
{
	for (const struct command_group *const *group = registry_groups(); *group != NULL;
	     group++) {
		char *plural = registry_plural(*group);

		(void)complete_offer(c, CANDIDATE_WORD, plural, (*group)->summary);
		g_free(plural);
	}
}

static void offer_top(struct completion *c)
{
	for (const struct command_group *const *group = registry_groups(); *group != NULL; group++)
		(void)complete_offer(c, CANDIDATE_WORD, (*group)->name, (*group)->summary);
	for (const struct command *const *command = registry_commands(); *command != NULL;
	     command++)
		(void)complete_offer(c, CANDIDATE_WORD, (*command)->name, (*command)->summary);
	complete_aliases(c);
	if (c->inv.host == NULL)
		complete_extensions(c);
	if (c->ret->count == 0)
		offer_plurals(c);
}

/* The first words of two-word verbs, each once. */
static bool offer_half(struct completion *c, const struct command_group *group,
		       const struct command *command)
{
	size_t length = strcspn(command->name, " ");
	char *first = g_strndup(command->name, length);
	GString *what = g_string_new(NULL);
	const struct command *const *other = group->commands;

	while (*other != command && strncmp((*other)->name, first, length) != 0)
		other++;
	if (*other == command) {
		for (; *other != NULL; other++)
			if (strncmp((*other)->name, first, length) == 0 &&
			    (*other)->name[length] == ' ')
				g_string_append_printf(what, "%s%s", what->len > 0 ? ", " : "",
						       (*other)->name + length + 1);
		(void)complete_offer(c, CANDIDATE_WORD, first, what->str);
	}
	g_string_free(what, TRUE);
	g_free(first);
	return true;
}

static void offer_verbs(struct completion *c)
{
	const struct command_group *group = c->inv.group;
	const char *alias, *verb;

	for (const struct command *const *command = group->commands; *command != NULL; command++)
		if (strchr((*command)->name, ' ') != NULL)
			(void)offer_half(c, group, *command);
		else
			(void)complete_offer(c, CANDIDATE_WORD, (*command)->name,
					     (*command)->summary);
	if (c->ret->count > 0)
		return;
	for (size_t n = 0; (alias = registry_alias(n, &verb)) != NULL; n++) {
		const struct command *command = registry_verb(group, verb);

		if (command != NULL)
			(void)complete_offer(c, CANDIDATE_WORD, alias, command->summary);
	}
}

static void offer_second_words(struct completion *c)
{
	size_t length = strlen(c->half);

	for (const struct command *const *command = c->inv.group->commands; *command != NULL;
	     command++)
		if (strncmp((*command)->name, c->half, length) == 0 &&
		    (*command)->name[length] == ' ')
			(void)complete_offer(c, CANDIDATE_WORD, (*command)->name + length + 1,
					     (*command)->summary);
}

void complete_names(struct completion *c)
{
	if (c->inv.group == NULL)
		offer_top(c);
	else if (c->half == NULL)
		offer_verbs(c);
	else
		offer_second_words(c);
}

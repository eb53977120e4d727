/*
 * From argv to a command, its options and its operands; and the global options converted.
 */
#include "frame/frame.h"

#include "frame/registry.h"

#include <string.h>

static void given_clear(gpointer data)
{
	struct given *given = data;

	g_free(given->value);
}

static GPtrArray *names_of_top(void)
{
	GPtrArray *names = g_ptr_array_new();
	const struct command_group *const *group;
	const struct command *const *command;

	for (group = registry_groups(); *group != NULL; group++)
		g_ptr_array_add(names, (gpointer)(uintptr_t)(*group)->name);
	for (command = registry_commands(); *command != NULL; command++)
		g_ptr_array_add(names, (gpointer)(uintptr_t)(*command)->name);
	return names;
}

static bool no_such_command(struct invocation *inv, int at, struct shop_error *err)
{
	GPtrArray *names = names_of_top();

	usage_fail(inv, at, err, "unknown command %s", inv->argv[at]);
	if (!usage_suggest(err, inv->argv[at], (const char *const *)names->pdata, names->len))
		usage_fail(inv, at, err, "unknown command %s; shopctl --help lists them",
			   inv->argv[at]);
	g_ptr_array_unref(names);
	return false;
}

/* The only noun that has the verb, or NULL: "order refund" is "payment refund". */
static const struct command_group *group_of_verb(const char *verb)
{
	const struct command_group *const *group;
	const struct command_group *found = NULL;

	for (group = registry_groups(); *group != NULL; group++) {
		if (registry_verb(*group, verb) == NULL)
			continue;
		if (found != NULL)
			return NULL;
		found = *group;
	}
	return found;
}

static bool no_such_verb(struct invocation *inv, int at, struct shop_error *err)
{
	GPtrArray *names = g_ptr_array_new();
	const struct command *const *command;

	for (command = inv->group->commands; *command != NULL; command++)
		g_ptr_array_add(names, (gpointer)(uintptr_t)(*command)->name);
	usage_fail(inv, at, err, "unknown verb %s", inv->argv[at]);
	if (!usage_suggest(err, inv->argv[at], (const char *const *)names->pdata, names->len)) {
		const struct command_group *other = group_of_verb(inv->argv[at]);

		if (other != NULL)
			usage_fail(inv, at, err, "unknown verb %s; did you mean %s %s?",
				   inv->argv[at], other->name, inv->argv[at]);
		else
			usage_fail(inv, at, err, "unknown verb %s; shopctl %s --help lists them",
				   inv->argv[at], inv->group->name);
	}
	g_ptr_array_unref(names);
	return false;
}

/* A verb of two words, "price set", is one name in the table. */
static const struct command *find_verb(const struct invocation *inv, int *at)
{
	const struct command *command = NULL;

	if (*at + 1 < inv->argc) {
		char *both = g_strconcat(inv->argv[*at], " ", inv->argv[*at + 1], NULL);

		command = registry_verb(inv->group, both);
		g_free(both);
	}
	if (command != NULL)
		*at += 2;
	else if ((command = registry_verb(inv->group, inv->argv[*at])) != NULL)
		*at += 1;
	return command;
}

static bool convert_globals(struct invocation *inv, struct shop_error *err)
{
	const struct value_context vc = {.inv = inv};
	guint i;

	values_default(NULL, globals_options(), &inv->g);
	values_default(NULL, select_options(), &inv->select);
	inv->verbose = 0;
	for (i = 0; i < inv->given->len; i++) {
		const struct given *given = &g_array_index(inv->given, struct given, i);

		if (!given->global && !given->select)
			continue;
		if (!value_set_option(&vc, given,
				      given->global ? (void *)&inv->g : (void *)&inv->select, err))
			return false;
		if (given->spec->letter == 'v' && !given->negated)
			inv->verbose++;
	}
	if (inv->g.json && inv->g.output == NULL)
		inv->g.output = "json";
	return true;
}

static bool find_command(struct invocation *inv, int *at, struct shop_error *err);

/* What is not built in may be an alias, or a program of its own. */
static bool no_built_in(struct invocation *inv, int *at, struct shop_error *err)
{
	bool expanded;

	if (!convert_globals(inv, err) || !alias_expand(inv, *at, &expanded, err))
		return false;
	if (expanded)
		return options_scan(inv, *at, true, at, err) && find_command(inv, at, err);
	return extension_try(inv, *at, err) && no_such_command(inv, *at, err);
}

/* Sets group and command; *at becomes the index of the first word after them. */
static bool find_command(struct invocation *inv, int *at, struct shop_error *err)
{
	const char *word;

	if (*at >= inv->argc)
		return true;
	word = inv->argv[*at];
	inv->group = registry_group(word);
	if (inv->group == NULL) {
		inv->command = registry_command(word);
		if (inv->command == NULL)
			return no_built_in(inv, at, err);
		(*at)++;
		return true;
	}
	if (!options_scan(inv, *at + 1, true, at, err))
		return false;
	if (*at >= inv->argc)
		return true;
	inv->command = find_verb(inv, at);
	return inv->command != NULL || no_such_verb(inv, *at, err);
}

static bool check_arguments(struct invocation *inv, struct shop_error *err)
{
	int i;

	for (i = 1; i < inv->argc; i++)
		if (strnlen(inv->argv[i], ARGUMENT_MAX + 1) > ARGUMENT_MAX)
			return shop_fail(err, E_VALUE, "argument %d is longer than 64 KiB", i);
	return true;
}

bool parse_invocation(struct invocation *inv, struct shop_error *err)
{
	int at = 0;
	bool ok;

	inv->given = g_array_new(FALSE, TRUE, sizeof(struct given));
	g_array_set_clear_func(inv->given, given_clear);
	inv->operands = g_ptr_array_new_with_free_func(g_free);
	inv->strings = g_ptr_array_new_with_free_func(g_free);
	ok = check_arguments(inv, err) && options_scan(inv, 1, true, &at, err) &&
	     find_command(inv, &at, err) &&
	     (inv->command == NULL || options_scan(inv, at, false, &at, err));
	/* Even a bad command line has its --error-format obeyed. */
	if (!ok) {
		AUTO_ERROR struct shop_error second = {0};

		(void)!convert_globals(inv, &second);
		return false;
	}
	return convert_globals(inv, err);
}

void invocation_done(struct invocation *inv)
{
	if (inv->given == NULL)
		return;
	g_array_unref(inv->given);
	g_ptr_array_unref(inv->operands);
	g_ptr_array_unref(inv->strings);
	if (inv->aliases != NULL)
		g_ptr_array_unref(inv->aliases);
}

bool invocation_has(const struct invocation *inv, const char *option)
{
	bool has = false;
	guint i;

	for (i = 0; i < inv->given->len; i++) {
		const struct given *given = &g_array_index(inv->given, struct given, i);

		if (!given->global && !given->select && strcmp(given->spec->name, option) == 0)
			has = !given->negated;
	}
	return has;
}

enum command_needs invocation_needs(const struct invocation *inv)
{
	const char *option = inv->command->writes_with;

	return option != NULL && invocation_has(inv, option) ? NEEDS_STORE_WRITE
							     : inv->command->needs;
}

char *invocation_words(const struct invocation *inv)
{
	if (inv->group == NULL)
		return g_strdup(inv->command == NULL ? "" : inv->command->name);
	if (inv->command == NULL)
		return g_strdup(inv->group->name);
	return g_strconcat(inv->group->name, " ", inv->command->name, NULL);
}

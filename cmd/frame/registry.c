/*
 * The two lists everything else is made from, and looking words up in them.
 */
#include "frame/registry.h"

#include <string.h>

const struct command_group *const *registry_groups(void)
{
	static const struct command_group *const groups[] = {
		&group_cart,
		&group_customer,
		&group_order,
		&group_product,
		&group_backorder,
		&group_shipment,
		&group_purchase,
		&group_stock,
		&group_location,
		&group_payment,
		&group_supplier,
		&group_event,
		&group_job,
		&group_store,
		&group_config,
		&group_alias,
		NULL,
	};

	return groups;
}

const struct command *const *registry_commands(void)
{
	static const struct command *const commands[] = {
		&cmd_status,
		&cmd_search,
		&cmd_query,
		&cmd_next,
		&cmd_why,
		&cmd_wait,
		&cmd_watch,
		&cmd_worker,
		&cmd_check,
		&cmd_import,
		&cmd_export,
		&cmd_diff,
		&cmd_apply,
		&cmd_explain,
		&cmd_shell,
		&cmd_batch,
		&cmd_history,
		&cmd_undo,
		&cmd_help,
		&cmd_completion,
		&cmd_version,
		NULL,
	};

	return commands;
}

/* Commands for programs, which no list shows: their names begin with two underscores. */
static const struct command *const *registry_hidden(void)
{
	static const struct command *const commands[] = {
		&cmd_manual,
		NULL,
	};

	return commands;
}

/* "orders" for "order"; a noun in y has ies. */
static bool is_plural_of(const char *word, const char *noun)
{
	size_t length = strlen(noun);

	if (strncmp(word, noun, length - 1) != 0)
		return false;
	if (noun[length - 1] == 'y')
		return strcmp(word + length - 1, "ies") == 0;
	if (word[length - 1] != noun[length - 1])
		return false;
	return strcmp(word + length, noun[length - 1] == 's' ? "es" : "s") == 0;
}

const struct command_group *registry_group(const char *word)
{
	const struct command_group *const *group;

	for (group = registry_groups(); *group != NULL; group++)
		if (strcmp(word, (*group)->name) == 0 || is_plural_of(word, (*group)->name))
			return *group;
	return NULL;
}

char *registry_plural(const struct command_group *group)
{
	size_t length = strlen(group->name);

	if (group->name[length - 1] == 'y')
		return g_strdup_printf("%.*sies", (int)length - 1, group->name);
	return g_strconcat(group->name, group->name[length - 1] == 's' ? "es" : "s", NULL);
}

/* The fixed aliases of verbs, each before its verb. */
static const char *const aliases[] = {"ls",	"list",	"get", "show", "rm",
				      "delete", "new", "create", NULL};

const char *registry_alias(size_t n, const char **ret_verb)
{
	if (2 * n >= G_N_ELEMENTS(aliases) - 1)
		return NULL;
	*ret_verb = aliases[2 * n + 1];
	return aliases[2 * n];
}

static const char *unalias(const char *word)
{
	const char *alias, *verb;

	for (size_t n = 0; (alias = registry_alias(n, &verb)) != NULL; n++)
		if (strcmp(word, alias) == 0)
			return verb;
	return word;
}

static const struct command *find(const struct command *const *commands, const char *word)
{
	for (; *commands != NULL; commands++)
		if (strcmp(word, (*commands)->name) == 0)
			return *commands;
	return NULL;
}

const struct command *registry_verb(const struct command_group *group, const char *word)
{
	const struct command *command = find(group->commands, word);

	return command != NULL ? command : find(group->commands, unalias(word));
}

const struct command *registry_command(const char *word)
{
	return find(g_str_has_prefix(word, "__") ? registry_hidden() : registry_commands(), word);
}

/* shopctl alias: the group's table, its record, and what an alias must be. */
#include "alias/alias.h"

#include "frame/config.h"
#include "frame/line.h"
#include "frame/registry.h"

#include <string.h>

#define NAME_MAX_BYTES 64

static const struct shop_field fields[] = {
	SHOP_FIELD_TEXT(struct alias_row, name, "name", "what is typed", .example = "late"),
	SHOP_FIELD_TEXT(struct alias_row, expansion, "expansion", "what it stands for",
			.example = "order list --late"),
	SHOP_FIELD_TEXT(struct alias_row, origin, "origin", "file and line"),
};

const struct shop_record alias_record = SHOP_RECORD("alias", struct alias_row, fields);

bool alias_is_shell(const char *expansion)
{
	return expansion[0] == '!';
}

static bool check_name(const char *name, struct shop_error *err)
{
	const size_t length = strlen(name);

	if (length == 0 || length > NAME_MAX_BYTES || !g_ascii_islower(name[0]) ||
	    name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_")] != '\0')
		return shop_fail(err, E_VALUE,
				 "name: a small letter, then letters, digits or dashes, not \"%s\"",
				 name);
	if (registry_group(name) != NULL || registry_command(name) != NULL)
		return shop_fail(err, E_VALUE, "%s is built in: an alias cannot take its place",
				 name);
	return true;
}

/* The first word that is a command; NULL when the expansion is one of the shell, or none. */
static bool first_word(const char *expansion, char **ret_word, struct shop_error *err)
{
	char **words = NULL;

	*ret_word = NULL;
	if (alias_is_shell(expansion))
		return true;
	if (!words_split(expansion, &words, err))
		return false;
	for (char **word = words; words != NULL && *word != NULL && *ret_word == NULL; word++)
		if (word > words && (*word)[0] != '-')
			*ret_word = g_strdup(*word);
	g_strfreev(words);
	return *ret_word != NULL ||
	       shop_fail(err, E_VALUE, "the expansion holds no command: \"%s\"", expansion);
}

/* From alias to alias until a word is none; one that was there before closes a ring. */
static bool check_ring(const struct config *config, const char *name, const char *expansion,
		       struct shop_error *err)
{
	GPtrArray *seen = g_ptr_array_new_with_free_func(g_free);
	char *word = NULL;
	bool ok = first_word(expansion, &word, err);

	g_ptr_array_add(seen, g_strdup(name));
	while (ok && word != NULL) {
		char *key = g_strconcat(ALIAS_PREFIX, word, NULL);
		const char *next = config_text(config, key);

		g_free(key);
		if (g_ptr_array_find_with_equal_func(seen, word, g_str_equal, NULL))
			ok = shop_fail(err, E_USAGE, "the alias %s leads back to itself", name);
		g_ptr_array_add(seen, word);
		word = NULL;
		if (ok && next != NULL)
			ok = first_word(next, &word, err);
	}
	g_ptr_array_unref(seen);
	return ok;
}

bool alias_check(const struct config *config, const char *name, const char *expansion,
		 struct shop_error *err)
{
	return check_name(name, err) && check_ring(config, name, expansion, err);
}

static const struct command *const commands[] = {
	&cmd_alias_list,
	&cmd_alias_set,
	&cmd_alias_delete,
	NULL,
};

const struct command_group group_alias = {
	.name = "alias",
	.summary = "Names of your own for commands",
	.commands = commands,
};

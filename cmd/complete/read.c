/*
 * The words before the one being typed, read as the frame's parser will read them; but what is
 * wrong with them is for that parser to say: here it only means that nothing can be offered.
 */
#include "complete/complete_private.h"

#include "frame/registry.h"

#include <string.h>

bool complete_is_flag(const struct option_spec *spec)
{
	return spec->type == ARG_FLAG || spec->type == ARG_TRI;
}

void complete_sources(const struct completion *c, struct option_source ret_sources[4])
{
	const struct command *command = c->inv.command;
	size_t count = 0;

	memset(ret_sources, 0, 4 * sizeof(*ret_sources));
	if (command != NULL && command->options != NULL)
		ret_sources[count++].specs = command->options;
	if (command_is_list(command))
		ret_sources[count++] = (struct option_source){select_options(), .select = true};
	ret_sources[count] = (struct option_source){globals_options(), .global = true};
}

static bool is_named(const struct option_spec *spec, const char *name, size_t length, char letter)
{
	if (name == NULL)
		return spec->letter == letter;
	if (strlen(spec->name) == length && strncmp(spec->name, name, length) == 0)
		return true;
	return complete_is_flag(spec) && length > 3 && strncmp(name, "no-", 3) == 0 &&
	       strlen(spec->name) == length - 3 && strncmp(spec->name, name + 3, length - 3) == 0;
}

static const struct option_spec *find_option(const struct completion *c, const char *name,
					     size_t length, char letter,
					     struct option_source *ret_source)
{
	struct option_source sources[4];

	complete_sources(c, sources);
	for (size_t i = 0; sources[i].specs != NULL; i++)
		for (const struct option_spec *spec = sources[i].specs; spec->name != NULL; spec++)
			if (is_named(spec, name, length, letter)) {
				*ret_source = sources[i];
				return spec;
			}
	return NULL;
}

const struct option_spec *complete_option(const struct completion *c, const char *name,
					  size_t length, char letter)
{
	struct option_source source;

	return find_option(c, name, length, letter, &source);
}

static void keep(struct completion *c, const struct option_spec *spec,
		 const struct option_source *source, const char *value)
{
	struct given given = {
		.spec = spec,
		.global = source->global,
		.select = source->select,
		.value = g_strdup(value),
	};

	g_array_append_val(c->inv.given, given);
}

/* An option that was given; one without its value (NULL) waits for the next word. */
static void give(struct completion *c, const struct option_spec *spec,
		 const struct option_source *source, const char *value)
{
	if (complete_is_flag(spec) || value != NULL) {
		keep(c, spec, source, value);
		return;
	}
	c->waiting = spec;
	c->source = *source;
}

static void read_long(struct completion *c, const char *word)
{
	const char *equals = strchr(word, '=');
	size_t length = equals == NULL ? strlen(word + 2) : (size_t)(equals - word) - 2;
	struct option_source source;
	const struct option_spec *spec = find_option(c, word + 2, length, 0, &source);

	if (spec == NULL || (complete_is_flag(spec) && equals != NULL))
		c->lost = true;
	else
		give(c, spec, &source, equals == NULL ? NULL : equals + 1);
}

/* -abc bundles; the rest of a bundle is the value of the first that takes one. */
static void read_short(struct completion *c, const char *word)
{
	struct option_source source;

	for (const char *letter = word + 1; *letter != '\0'; letter++) {
		const struct option_spec *spec = find_option(c, NULL, 0, *letter, &source);

		if (spec == NULL) {
			c->lost = true;
			return;
		}
		give(c, spec, &source,
		     complete_is_flag(spec) || letter[1] == '\0' ? NULL : letter + 1);
		if (!complete_is_flag(spec))
			return;
	}
}

static bool begins_verb(const struct command_group *group, const char *word)
{
	size_t length = strlen(word);

	for (const struct command *const *command = group->commands; *command != NULL; command++)
		if (strncmp((*command)->name, word, length) == 0 && (*command)->name[length] == ' ')
			return true;
	return false;
}

/* A verb of two words is one name; its first word alone may be a verb too. */
static void read_verb(struct completion *c, const char *word)
{
	if (c->half != NULL) {
		char *both = g_strconcat(c->half, " ", word, NULL);

		c->inv.command = registry_verb(c->inv.group, both);
		g_free(both);
		if (c->inv.command != NULL)
			return;
		c->inv.command = registry_verb(c->inv.group, c->half);
		c->lost = c->inv.command == NULL;
		g_ptr_array_add(c->inv.operands, g_strdup(word));
	} else if (begins_verb(c->inv.group, word)) {
		c->half = word;
	} else {
		c->inv.command = registry_verb(c->inv.group, word);
		c->lost = c->inv.command == NULL;
	}
}

static void read_word(struct completion *c, const char *word);

/* One that leads back to itself ends here; $1 is what was typed behind it, and read when that
 * comes. */
#define ALIASES_MAX 8

/* What an alias stands for, in its place. */
static void read_alias(struct completion *c, const char *word)
{
	char **words = c->aliases++ < ALIASES_MAX ? complete_alias_words(c, word) : NULL;

	c->lost = words == NULL;
	for (char **own = words == NULL ? NULL : words + 1; own != NULL && *own != NULL; own++) {
		char *kept = g_strdup(*own);

		g_ptr_array_add(c->inv.strings, kept);
		if (!c->lost && strchr(kept, '$') == NULL)
			read_word(c, kept);
	}
	g_strfreev(words);
	complete_forget(c);
}

static void read_plain(struct completion *c, const char *word)
{
	if (c->inv.command != NULL) {
		g_ptr_array_add(c->inv.operands, g_strdup(word));
	} else if (c->inv.group != NULL) {
		read_verb(c, word);
	} else {
		c->inv.group = registry_group(word);
		c->inv.command = c->inv.group == NULL ? registry_command(word) : NULL;
		if (c->inv.group == NULL && c->inv.command == NULL)
			read_alias(c, word);
	}
}

static void read_word(struct completion *c, const char *word)
{
	if (c->waiting != NULL) {
		keep(c, c->waiting, &c->source, word);
		c->waiting = NULL;
	} else if (c->ended || word[0] != '-' || word[1] == '\0') {
		read_plain(c, word);
	} else if (strcmp(word, "--") == 0) {
		c->ended = true;
	} else if (word[1] == '-') {
		read_long(c, word);
	} else {
		read_short(c, word);
	}
}

static void given_clear(gpointer data)
{
	g_free(((struct given *)data)->value);
}

void complete_read(struct completion *c, const char *const *words, size_t count)
{
	c->inv.given = g_array_new(FALSE, TRUE, sizeof(struct given));
	g_array_set_clear_func(c->inv.given, given_clear);
	c->inv.operands = g_ptr_array_new_with_free_func(g_free);
	c->inv.strings = g_ptr_array_new_with_free_func(g_free);
	for (size_t i = 0; i < count && !c->lost; i++)
		read_word(c, words[i]);
}

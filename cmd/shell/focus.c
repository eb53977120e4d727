/*
 * The focused object: its verbs are found without a noun, and it stands where a first operand is
 * missing.
 */
#include "shell/shell.h"

#include "frame/registry.h"

#include <string.h>

static bool exists(struct shop_store *store, void *arg, struct shop_error *err)
{
	const struct shop_object *object = arg;
	void *record = NULL;

	if (!shop_object_load(store, object, shop_now_us(), &record, err))
		return false;
	shop_object_free(object, record);
	return true;
}

bool focus_set(struct shell *sh, const char *text, struct shop_error *err)
{
	struct shop_object object = {0};

	if (g_ascii_strcasecmp(text, "none") == 0) {
		sh->focus = object;
		return true;
	}
	if (!shop_object_parse(text, &object, err) ||
	    !shop_store_read(sh->lines.store, exists, &object, err))
		return false;
	sh->focus = object;
	return true;
}

/* Whether the operand takes the focused object. */
static bool fits(const struct shell *sh, const struct operand_spec *spec)
{
	if (spec == NULL || spec->name == NULL)
		return false;
	switch (spec->type) {
	case ARG_ID:
		return spec->id_type == sh->focus.type && sh->focus.id != 0;
	case ARG_SKU:
		return sh->focus.type == SHOP_ID_PRODUCT;
	case ARG_TEXT:
		/* An object of any kind, or of some: ID, PAYMENT|ORDER. */
		return strcmp(spec->name, "ID") == 0 ||
		       (strchr(spec->name, '|') != NULL &&
			strcasestr(spec->name, shop_id_noun(sh->focus.type)) != NULL);
	default:
		return false;
	}
}

static const struct command *verb_that_fits(const struct shell *sh,
					    const struct command_group *group, const char *word,
					    const char *next)
{
	const struct command *command = NULL;

	if (next != NULL) {
		char *both = g_strconcat(word, " ", next, NULL);

		command = registry_verb(group, both);
		g_free(both);
	}
	if (command == NULL)
		command = registry_verb(group, word);
	return command != NULL && fits(sh, command->operands) ? command : NULL;
}

/* The object's own noun, or else the only other one with such a verb: "refund" of an order. */
static const struct command_group *noun_of(const struct shell *sh, const char *word,
					   const char *next)
{
	const struct command_group *own = registry_group(shop_id_noun(sh->focus.type));
	const struct command_group *found = NULL;

	if (own != NULL && verb_that_fits(sh, own, word, next) != NULL)
		return own;
	for (const struct command_group *const *group = registry_groups(); *group != NULL;
	     group++) {
		if (verb_that_fits(sh, *group, word, next) == NULL)
			continue;
		if (found != NULL)
			return NULL;
		found = *group;
	}
	return found;
}

static char **insert(char **words, guint at, const char *word)
{
	guint count = g_strv_length(words);
	char **more = g_new0(char *, count + 2);

	for (guint i = 0; i <= count; i++)
		more[i < at ? i : i + 1] = words[i];
	more[at] = g_strdup(word);
	g_free(words);
	return more;
}

void focus_noun(const struct shell *sh, char ***words)
{
	const char *word = (*words)[1];
	const struct command_group *group;

	if (*sh->focus.name == '\0' || registry_group(word) != NULL ||
	    registry_command(word) != NULL)
		return;
	group = noun_of(sh, word, (*words)[2]);
	if (group != NULL)
		*words = insert(*words, 1, group->name);
}

void focus_words(const struct shell *sh, char ***words)
{
	const struct command_group *group;
	char *both;
	guint verb;

	if (g_strv_length(*words) < 2)
		return;
	verb = g_strv_length(*words);
	focus_noun(sh, words);
	if (g_strv_length(*words) == verb)
		return;
	group = registry_group((*words)[1]);
	both = g_strjoin(" ", (*words)[2], (*words)[3], NULL);
	verb = registry_verb(group, (*words)[2]) == NULL ||
			       ((*words)[3] != NULL && registry_verb(group, both) != NULL)
		       ? 2
		       : 1;
	*words = insert(*words, 2 + verb, sh->focus.name);
	g_free(both);
}

/* Whether a word can be what the operand takes. */
static bool is_given(const struct operand_spec *spec, const char *word)
{
	AUTO_ERROR struct shop_error unreadable = {0};
	int64_t id;

	return spec->type != ARG_ID || strcmp(word, "-") == 0 || word[0] == '@' ||
	       shop_id_type_of(word) != SHOP_ID_NONE ||
	       shop_id_parse(word, spec->id_type, &id, &unreadable);
}

static guint count_needed(const struct operand_spec *spec)
{
	guint needed = 0;

	for (; spec->name != NULL; spec++)
		needed += (spec->flags & OPERAND_OPTIONAL) == 0;
	return needed;
}

/* Where operands begin: behind the noun and its verb, which may be two words, or the command. */
static guint first_operand(const struct invocation *inv)
{
	guint at = 1;

	while (at < (guint)inv->argc &&
	       (inv->group != NULL ? registry_group(inv->argv[at]) != inv->group
				   : registry_command(inv->argv[at]) != inv->command))
		at++;
	return at + 1 + (inv->group != NULL) + (strchr(inv->command->name, ' ') != NULL);
}

bool focus_operand(const struct shell *sh, const struct line *line, char ***ret_words)
{
	const struct invocation *inv = &line->inv;
	const struct operand_spec *spec = inv->command == NULL ? NULL : inv->command->operands;

	if (*sh->focus.name == '\0' || inv->g.help || !fits(sh, spec) ||
	    (spec->flags & OPERAND_OPTIONAL) != 0)
		return false;
	if (inv->operands->len >= count_needed(spec) &&
	    is_given(spec, g_ptr_array_index(inv->operands, 0)))
		return false;
	/* The words as they are parsed: an alias among them stands for others by now. */
	*ret_words = insert(g_strdupv((char **)(uintptr_t)inv->argv),
			    MIN(first_operand(inv), (guint)inv->argc), sh->focus.name);
	return true;
}

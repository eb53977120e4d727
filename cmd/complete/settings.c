/* The configuration: its keys with their values, and the aliases it holds. */
#include "complete/complete_private.h"

#include "alias/alias.h"
#include "frame/line.h"

#include <string.h>

static void offer_keys(struct completion *c, bool assign)
{
	size_t count;
	const struct config_key *keys = config_schema(&count);

	for (size_t i = 0; i < count; i++) {
		bool open = assign || g_str_has_suffix(keys[i].name, ".*");
		char *name = g_strconcat(keys[i].name, assign ? "=" : "", NULL);

		if (g_str_has_suffix(keys[i].name, ".*"))
			name[strlen(keys[i].name) - 1] = '\0';
		(void)complete_offer(c, open ? CANDIDATE_OPEN : CANDIDATE_WORD, name, keys[i].doc);
		g_free(name);
	}
}

static void offer_values(struct completion *c, const char *name)
{
	const struct config_key *key = config_key_find(name);
	char **words;

	if (key == NULL || (key->type != CONFIG_BOOL && key->type != CONFIG_WORD))
		return;
	words = g_strsplit(key->type == CONFIG_BOOL ? "true,false" : key->words, ",", -1);
	for (char **word = words; *word != NULL; word++)
		(void)complete_offer(c, CANDIDATE_WORD, *word, NULL);
	g_strfreev(words);
}

/* KEY=VALUE */
static void offer_assignment(struct completion *c)
{
	const char *equals = strchr(c->typed, '=');
	char *name;

	if (equals == NULL) {
		offer_keys(c, true);
		return;
	}
	name = g_strndup(c->typed, (gsize)(equals - c->typed));
	c->typed = equals + 1;
	offer_values(c, name);
	g_free(name);
}

void complete_aliases(struct completion *c)
{
	const struct config *config = complete_config(c);
	GPtrArray *keys = config == NULL ? NULL : config_keys(config);

	for (guint i = 0; keys != NULL && i < keys->len; i++) {
		const char *key = g_ptr_array_index(keys, i);

		if (g_str_has_prefix(key, ALIAS_PREFIX))
			(void)complete_offer(c, CANDIDATE_WORD, key + strlen(ALIAS_PREFIX),
					     config_text(config, key));
	}
	if (keys != NULL)
		g_ptr_array_unref(keys);
}

void complete_settings(struct completion *c, enum arg_hint hint)
{
	switch (hint) {
	case HINT_ASSIGNMENT:
		offer_assignment(c);
		break;
	case HINT_SETTING:
		offer_keys(c, false);
		break;
	case HINT_SETTING_VALUE:
		if (c->inv.operands->len > 0)
			offer_values(c, g_ptr_array_index(c->inv.operands, 0));
		break;
	default:
		complete_aliases(c);
		break;
	}
}

char **complete_alias_words(struct completion *c, const char *name)
{
	AUTO_ERROR struct shop_error err = {0};
	const struct config *config = complete_config(c);
	char *key = g_strconcat(ALIAS_PREFIX, name, NULL);
	const char *text = config == NULL ? NULL : config_text(config, key);
	char **words = NULL;

	g_free(key);
	if (text == NULL || alias_is_shell(text) || !words_split(text, &words, &err))
		return NULL;
	return words;
}

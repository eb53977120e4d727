/*
 * The tables that topics show: configuration keys, errors and events, as prose made from the lists
 * they are used from.
 */
#include "help/topics.h"

#include "frame/config.h"
#include "shell/meta.h"
#include "shop/journal.h"

#include <string.h>

static const char *type_of(const struct config_key *key)
{
	static const char *const names[] = {
		[CONFIG_TEXT] = "text",		 [CONFIG_WORD] = "word",
		[CONFIG_BOOL] = "true or false", [CONFIG_INT] = "whole number",
		[CONFIG_PERCENT] = "percent",	 [CONFIG_DURATION] = "duration",
		[CONFIG_LIST] = "list",		 [CONFIG_GROUP] = "keys",
	};

	return names[key->type];
}

static void append_words(GString *to, const char *words)
{
	char **list = g_strsplit(words, ",", -1);

	for (char **word = list; *word != NULL; word++)
		g_string_append_printf(to, "%s%s",
				       word == list	 ? ""
				       : word[1] == NULL ? " or "
							 : ", ",
				       *word);
	g_strfreev(list);
}

static void append_config_keys(GString *to)
{
	size_t count;
	const struct config_key *key = config_schema(&count);

	for (size_t i = 0; i < count; i++, key++) {
		g_string_append_printf(to, "- %s :: %s (", key->name, key->doc);
		if (key->words != NULL)
			append_words(to, key->words);
		else
			g_string_append(to, type_of(key));
		if (key->fallback != NULL)
			g_string_append_printf(to, "; %s unless set", key->fallback);
		g_string_append(to, ").\n");
	}
}

static void append_errors_of(GString *to, int code)
{
	bool first = true;

	for (int id = E_NONE + 1; id < SHOP_ERROR_COUNT; id++) {
		const struct shop_error_info *info = shop_error_info((enum shop_error_id)id);

		if ((int)info->code != code)
			continue;
		if (first)
			g_string_append_printf(to, "\n# Errors of exit %d\n", code);
		first = false;
		g_string_append_printf(to, "- %s :: %s\n", info->name, info->help);
	}
}

static void append_errors(GString *to)
{
	for (int code = SHOP_FAILED; code <= SHOP_TIMEOUT; code++)
		append_errors_of(to, code);
}

/* The part of a type of event before its dot. */
static int noun_length(const struct shop_event_type *event)
{
	return (int)strcspn(event->type, ".");
}

static void append_events(GString *to)
{
	const struct shop_event_type *event;
	int length = 0;

	for (event = shop_event_types(); event->type != NULL; event++) {
		if (length == 0 || noun_length(event) != length ||
		    strncmp(event->type, event[-1].type, (size_t)length) != 0) {
			length = noun_length(event);
			g_string_append_printf(to, "\n# %.*s\n", length, event->type);
		}
		g_string_append_printf(to, "- %s :: %s. Subject: %s.%s%s%s\n", event->type,
				       event->meaning, event->subject,
				       *event->data == '\0' ? "" : " Data: ", event->data,
				       *event->data == '\0' ? "" : ".");
	}
}

static void append_shell(GString *to)
{
	for (const struct meta *meta = meta_table(); meta->names != NULL; meta++)
		g_string_append_printf(to, "- \\%.*s%s%s :: %s\n", (int)strcspn(meta->names, " "),
				       meta->names, *meta->args == '\0' ? "" : " ", meta->args,
				       meta->help);
}

bool help_table(GString *to, const char *name, size_t length)
{
	static const struct {
		const char *name;
		void (*append)(GString *to);
	} tables[] = {
		{"config-keys", append_config_keys},
		{"errors", append_errors},
		{"events", append_events},
		{"shell-commands", append_shell},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
		if (strlen(tables[i].name) != length || strncmp(tables[i].name, name, length) != 0)
			continue;
		tables[i].append(to);
		return true;
	}
	return false;
}

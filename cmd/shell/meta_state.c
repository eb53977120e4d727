/*
 * \commands about the shell itself: variables, store, news, history, the end.
 */
#include "shell/meta.h"

#include "shell/terminal.h"
#include "shop/text.h"

#include <stdio.h>
#include <string.h>

bool meta_on_off(const char *word, bool *ret_on, struct shop_error *err)
{
	*ret_on = strcmp(word, "on") == 0;
	return *ret_on || strcmp(word, "off") == 0 ||
	       shop_fail(err, E_USAGE, "%s is not on or off", word);
}

static bool list_variables(struct meta_call *call, struct shop_error *err)
{
	GList *names = g_list_sort(g_hash_table_get_keys(call->sh->variables),
				   (GCompareFunc)(void (*)(void))strcmp);
	GString *to = g_string_new(NULL);
	bool ok;

	for (GList *at = names; at != NULL; at = at->next) {
		g_string_append_printf(to, "%s=", (const char *)at->data);
		shop_text_escape(to, g_hash_table_lookup(call->sh->variables, at->data));
		g_string_append_c(to, '\n');
	}
	g_list_free(names);
	ok = results_print(&call->sh->results, to->str, err);
	g_string_free(to, TRUE);
	return ok;
}

bool meta_set(struct meta_call *call, struct shop_error *err)
{
	if (call->args[0] == NULL)
		return list_variables(call, err);
	return variables_set(call->sh, call->args[0], call->args[1] == NULL ? "" : call->args[1],
			     err);
}

bool meta_unset(struct meta_call *call, struct shop_error *err)
{
	return variables_set(call->sh, call->args[0] == NULL ? "" : call->args[0], NULL, err);
}

bool meta_echo(struct meta_call *call, struct shop_error *err)
{
	struct words_how how = {.expand = variables_expand, .ctx = call->sh};
	char **words = NULL;
	char *text, *line;
	bool ok;

	if (!words_split_how(call->rest, &how, &words, err))
		return false;
	text = words == NULL ? g_strdup("") : g_strjoinv(" ", words + 1);
	line = g_strconcat(text, "\n", NULL);
	ok = results_print(&call->sh->results, line, err);
	g_strfreev(words);
	g_free(line);
	g_free(text);
	return ok;
}

bool meta_why(struct meta_call *call, struct shop_error *err)
{
	const char *text = call->sh->last_error;

	(void)err;
	(void)printf("%s", text == NULL ? "no command failed\n" : text);
	return true;
}

bool meta_store(struct meta_call *call, struct shop_error *err)
{
	struct shell *sh = call->sh;

	if (call->args[0] == NULL) {
		(void)printf("%s%s\n", sh->store_path, sh->read_only ? " (read only)" : "");
		return true;
	}
	return shell_open_store(sh, call->args[0], err);
}

bool meta_events(struct meta_call *call, struct shop_error *err)
{
	if (call->sh->terminal == NULL)
		return shop_fail(
			err, E_USAGE,
			"\\events needs a terminal; shopctl event tail --follow prints them");
	return terminal_events(call->sh->terminal, call->args[0], err);
}

bool meta_history(struct meta_call *call, struct shop_error *err)
{
	GString *to = g_string_new(NULL);
	bool ok;

	if (call->sh->terminal != NULL)
		terminal_history(call->sh->terminal, *call->rest == '\0' ? NULL : call->rest, to);
	ok = results_print(&call->sh->results, to->str, err);
	g_string_free(to, TRUE);
	return ok;
}

bool meta_q(struct meta_call *call, struct shop_error *err)
{
	(void)err;
	call->sh->quit = true;
	return true;
}

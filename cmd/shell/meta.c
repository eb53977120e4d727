/*
 * The table of \commands, finding one, and \? which lists them.
 */
#include "shell/meta.h"

#include "shop/text.h"

#include <stdio.h>
#include <string.h>

static bool meta_help(struct meta_call *call, struct shop_error *err);

static const struct meta table[] = {
	{"? help", "", "this list", 0, false, meta_help},
	{"h", "[COMMAND]", "help of a command", -1, false, meta_h},
	{"q quit exit", "", "leave", 0, false, meta_q},
	{"e edit", "", "edit the last line in $VISUAL or $EDITOR, then run it", 0, false,
	 meta_edit},
	{"r i read", "FILE", "run the lines of a file", 1, false, meta_read},
	{"watch", "[SECONDS]", "run the line again: as the shop changes, or so often", 2, true,
	 meta_watch},
	{"set", "[NAME [VALUE]]", "set $NAME; alone: list what is set", 2, false, meta_set},
	{"unset", "NAME", "forget it", 1, false, meta_unset},
	{"gset", "[PREFIX]", "set $FIELD for each field of the line's one object", 1, true,
	 meta_gset},
	{"echo print", "TEXT", "print it, variables filled in", -1, false, meta_echo},
	{"fav", "save NAME|run NAME|drop NAME|list", "favourites: save keeps the last line", 2,
	 false, meta_fav},
	{"history s", "[GLOB]", "lines typed before", -1, false, meta_history},
	{"undo", "", "take back your last transaction", 0, false, meta_undo},
	{"why", "", "the last error in full", 0, false, meta_why},
	{"mode", "[FORMAT]", "output format of what follows; alone: the usual one", 1, false,
	 meta_mode},
	{"x", "[on|off|auto]", "field: value lines; auto: when a table is too wide", 1, true,
	 meta_x},
	{"fields", "[LIST|none]", "columns of the last noun's lists; alone: which there are", 1,
	 false, meta_fields},
	{"o output out", "[FILE || COMMAND]", "results go there; alone: here again", -1, false,
	 meta_o},
	{"once", "FILE", "the next result goes there", 1, false, meta_once},
	{"tee", "[FILE]", "results go there too; alone: no more", 1, false, meta_tee},
	{"pager", "[on|off]", "page long tables", 1, false, meta_pager},
	{"copy", "[id]", "the last result, or its id, to the clipboard (OSC 52)", 1, true,
	 meta_copy},
	{"timing timer", "[on|off]", "print how long each command took", 1, false, meta_timing},
	{"tz", "[ZONE]", "zone of times; alone: the usual one", 1, false, meta_tz},
	{"events", "[on|off|GLOB,…]", "news of the shop above the prompt, of these types", 1, false,
	 meta_events},
	{"store c connect open", "[PATH]", "use another store; alone: which", 1, false, meta_store},
	{"! shell system", "COMMAND", "run it by sh; also !COMMAND", -1, false, meta_sh},
	{0},
};

const struct meta *meta_table(void)
{
	return table;
}

static bool is_named(const struct meta *meta, const char *name)
{
	char **names = g_strsplit(meta->names, " ", -1);
	bool found = g_strv_contains((const char *const *)names, name);

	g_strfreev(names);
	return found;
}

static const struct meta *find(const char *name)
{
	const struct meta *meta;

	for (meta = table; meta->names != NULL; meta++)
		if (is_named(meta, name))
			return meta;
	return NULL;
}

static bool no_such(const char *name, struct shop_error *err)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	const struct meta *meta;
	const char *near;

	for (meta = table; meta->names != NULL; meta++)
		g_ptr_array_add(names, g_strndup(meta->names, strcspn(meta->names, " ")));
	near = shop_text_nearest(name, (const char *const *)names->pdata, names->len);
	if (near != NULL)
		shop_fail(err, E_USAGE, "unknown command \\%s; did you mean \\%s?", name, near);
	else
		shop_fail(err, E_USAGE, "unknown command \\%s; \\? lists them", name);
	g_ptr_array_unref(names);
	return false;
}

static bool meta_help(struct meta_call *call, struct shop_error *err)
{
	const struct meta *meta;
	GString *to = g_string_new("A line is a command without `shopctl`. $_ is the id last "
				   "shown, | and > go to sh, Tab completes.\n\n");
	bool ok;

	for (meta = table; meta->names != NULL; meta++) {
		int length = (int)strcspn(meta->names, " ");
		char *word = g_strdup_printf("\\%.*s %s", length, meta->names, meta->args);
		int width = (int)g_utf8_strlen(word, -1);

		g_string_append_printf(to, "  %s%*s %s\n", word, MAX(0, 36 - width), "",
				       meta->help);
		g_free(word);
	}
	g_string_append(to, "\n  use ID                               focus an object: its verbs "
			    "need no noun and no operand\n"
			    "A dot may stand for the \\: .mode json\n");
	ok = results_print(&call->sh->results, to->str, err);
	g_string_free(to, TRUE);
	return ok;
}

/* The words behind the name: what it takes whole is not read as words. */
static bool read_args(const struct meta *meta, struct meta_call *call, struct shop_error *err)
{
	struct words_how how = {.expand = variables_expand, .ctx = call->sh};
	char **words = NULL;
	guint count;

	if (meta->most < 0)
		return true;
	if (!words_split_how(call->rest, &how, &words, err))
		return false;
	count = words == NULL ? 0 : g_strv_length(words) - 1;
	call->args = g_new0(char *, count + 1);
	for (guint i = 0; i < count; i++)
		call->args[i] = g_strdup(words[i + 1]);
	g_strfreev(words);
	if (how.rest != NULL || count > (guint)meta->most)
		return shop_fail(err, E_USAGE, "\\%.*s takes %s", (int)strcspn(meta->names, " "),
				 meta->names, *meta->args == '\0' ? "nothing" : meta->args);
	return true;
}

static bool run(const char *name, struct meta_call *call, struct shop_error *err)
{
	const struct meta *meta = find(name);

	if (meta == NULL)
		return no_such(name, err);
	if (call->line != NULL && !meta->trailing)
		return shop_fail(err, E_USAGE, "\\%s stands on a line of its own", name);
	return read_args(meta, call, err) && meta->run(call, err);
}

/* Names are letters, or one sign. */
static size_t name_length(const char *text)
{
	size_t length = 0;

	while (g_ascii_isalnum(text[length]) || text[length] == '_')
		length++;
	return length == 0 && *text != '\0' ? 1 : length;
}

int meta_run(struct shell *sh, const char *text, const char *line, const char *where)
{
	AUTO_ERROR struct shop_error err = {0};
	size_t length = name_length(text);
	char *name = g_strndup(text, length);
	const char *rest = text + length;
	struct meta_call call = {.sh = sh, .line = line, .where = where};

	call.rest = rest + strspn(rest, " \t");
	if (!run(name, &call, &err))
		call.status = shell_tell(sh, where, &err);
	g_strfreev(call.args);
	g_free(name);
	return call.status;
}

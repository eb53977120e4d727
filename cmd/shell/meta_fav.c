/*
 * Favourites: lines kept under a name, in a file of "NAME<tab>LINE".
 */
#include "shell/meta.h"

#include "shop/text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* name → line, in the order of the names. */
static GTree *load(const char *path)
{
	GTree *favourites =
		g_tree_new_full((GCompareDataFunc)(void (*)(void))strcmp, NULL, g_free, g_free);
	char *text = NULL;
	char **lines;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return favourites;
	lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		char *tab = strchr(*line, '\t');

		if (tab != NULL)
			g_tree_insert(favourites, g_strndup(*line, (gsize)(tab - *line)),
				      g_strdup(tab + 1));
	}
	g_strfreev(lines);
	g_free(text);
	return favourites;
}

static gboolean append(gpointer name, gpointer line, gpointer to)
{
	g_string_append_printf(to, "%s\t%s\n", (const char *)name, (const char *)line);
	return FALSE;
}

static GString *text_of(GTree *favourites)
{
	GString *to = g_string_new(NULL);

	g_tree_foreach(favourites, append, to);
	return to;
}

static bool store(GTree *favourites, const char *path, struct shop_error *err)
{
	GString *text = text_of(favourites);
	GError *why = NULL;
	bool ok = g_file_set_contents_full(path, text->str, (gssize)text->len,
					   G_FILE_SET_CONTENTS_CONSISTENT, 0600, &why);

	if (!ok)
		shop_fail(err, E_IO, "%s", why->message);
	g_clear_error(&why);
	g_string_free(text, TRUE);
	return ok;
}

static bool list(struct meta_call *call, GTree *favourites, struct shop_error *err)
{
	GString *text = text_of(favourites);
	bool ok = results_print(&call->sh->results, text->str, err);
	g_string_free(text, TRUE);
	return ok;
}

static bool save(struct meta_call *call, GTree *favourites, const char *path,
		 struct shop_error *err)
{
	const char *line = call->sh->last_line;

	if (line == NULL)
		return shop_fail(err, E_USAGE, "\\fav save: run the command first");
	if (line_is_secret(line))
		return shop_fail(err, E_USAGE,
				 "\\fav save: a line that holds a secret is not kept");
	g_tree_insert(favourites, g_strdup(call->args[1]), g_strdup(line));
	return store(favourites, path, err);
}

static bool run(struct meta_call *call, GTree *favourites, struct shop_error *err)
{
	const char *line = g_tree_lookup(favourites, call->args[1]);

	if (line == NULL)
		return shop_fail(err, E_USAGE, "no favourite %s; \\fav list", call->args[1]);
	call->status = line_do(call->sh, line, call->where);
	return true;
}

static bool act(struct meta_call *call, GTree *favourites, const char *path, struct shop_error *err)
{
	const char *verb = call->args[0] == NULL ? "list" : call->args[0];

	if (strcmp(verb, "list") == 0)
		return list(call, favourites, err);
	if (call->args[1] == NULL)
		return shop_fail(err, E_USAGE,
				 "\\fav takes save NAME, run NAME, drop NAME or list");
	if (strcmp(verb, "save") == 0)
		return save(call, favourites, path, err);
	if (strcmp(verb, "run") == 0)
		return run(call, favourites, err);
	if (strcmp(verb, "drop") != 0)
		return shop_fail(err, E_USAGE, "\\fav takes save, run, drop or list, not %s", verb);
	return (g_tree_remove(favourites, call->args[1]) ||
		shop_fail(err, E_USAGE, "no favourite %s; \\fav list", call->args[1])) &&
	       store(favourites, path, err);
}

bool meta_fav(struct meta_call *call, struct shop_error *err)
{
	char *path = shell_state_file("favourites");
	GTree *favourites = load(path);
	bool ok = act(call, favourites, path, err);

	g_tree_unref(favourites);
	g_free(path);
	return ok;
}

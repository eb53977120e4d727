/* What an alias stands for, in place of the words that were typed. */
#include "alias/alias.h"

#include "frame/config.h"
#include "frame/frame.h"
#include "frame/line.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* What follows the alias on the command line. */
struct operands {
	const char **items;
	int count;
	int named; /* the highest $N that was used; these are not appended */
	int lacking;
};

static const char *operand(struct operands *o, int n)
{
	o->named = MAX(o->named, n);
	if (n <= o->count)
		return o->items[n - 1];
	o->lacking = MAX(o->lacking, n);
	return "";
}

static char *substitute(const char *word, struct operands *o)
{
	GString *to = g_string_new(NULL);

	for (const char *c = word; *c != '\0'; c++)
		if (*c == '$' && c[1] >= '1' && c[1] <= '9')
			g_string_append(to, operand(o, *++c - '0'));
		else
			g_string_append_c(to, *c);
	return g_string_free(to, FALSE);
}

static void append_from(GPtrArray *words, const struct operands *o, int first)
{
	for (int i = first; i < o->count; i++)
		g_ptr_array_add(words, g_strdup(o->items[i]));
}

static void append_word(GPtrArray *words, const char *word, struct operands *o)
{
	if (strcmp(word, "$@") == 0) {
		append_from(words, o, 0);
		o->named = o->count;
	} else {
		g_ptr_array_add(words, substitute(word, o));
	}
}

/* The words before the alias, its own, and those behind it that it does not name. */
static bool replace(struct invocation *inv, int at, char **own, struct shop_error *err)
{
	struct operands o = {.items = inv->argv + at + 1, .count = inv->argc - at - 1};
	GPtrArray *words = g_ptr_array_new();

	for (int i = 0; i < at; i++)
		g_ptr_array_add(words, g_strdup(inv->argv[i]));
	for (char **word = own + 1; *word != NULL; word++)
		append_word(words, *word, &o);
	append_from(words, &o, MIN(o.named, o.count));
	if (o.lacking > 0)
		usage_fail(inv, at, err, "the alias %s needs %d operand%s", inv->argv[at],
			   o.lacking, o.lacking == 1 ? "" : "s");
	for (guint i = 0; i < words->len; i++)
		g_ptr_array_add(inv->strings, g_ptr_array_index(words, i));
	if (o.lacking > 0) {
		g_ptr_array_unref(words);
		return false;
	}
	inv->argc = (int)words->len;
	g_ptr_array_add(words, NULL);
	inv->argv = (const char **)g_ptr_array_free(words, FALSE);
	g_ptr_array_add(inv->strings, (gpointer)inv->argv);
	return true;
}

/* sh -c TEXT NAME OPERAND…: $1 and "$@" are the shell's own. */
static bool become_shell(struct invocation *inv, int at, const char *text, struct shop_error *err)
{
	GPtrArray *argv = g_ptr_array_new();

	if (inv->host != NULL) {
		g_ptr_array_unref(argv);
		return usage_fail(inv, at, err,
				  "the alias %s runs a command of the shell: not here",
				  inv->argv[at]);
	}
	extension_tell(inv);
	g_ptr_array_add(argv, (gpointer)(uintptr_t) "sh");
	g_ptr_array_add(argv, (gpointer)(uintptr_t) "-c");
	g_ptr_array_add(argv, (gpointer)(uintptr_t)text);
	for (int i = at; i < inv->argc; i++)
		g_ptr_array_add(argv, (gpointer)(uintptr_t)inv->argv[i]);
	g_ptr_array_add(argv, NULL);
	(void)execv("/bin/sh", (char *const *)argv->pdata);
	g_ptr_array_unref(argv);
	return shop_fail(err, E_IO, "cannot run /bin/sh: %s", g_strerror(errno));
}

/* Each alias once on the way to a command. */
static bool note(struct invocation *inv, int at, struct shop_error *err)
{
	if (inv->aliases == NULL)
		inv->aliases = g_ptr_array_new_with_free_func(g_free);
	if (g_ptr_array_find_with_equal_func(inv->aliases, inv->argv[at], g_str_equal, NULL))
		return usage_fail(inv, at, err, "the alias %s leads back to itself", inv->argv[at]);
	g_ptr_array_add(inv->aliases, g_strdup(inv->argv[at]));
	return true;
}

static bool expand(struct invocation *inv, int at, const char *text, struct shop_error *err)
{
	char **own = NULL;
	bool ok;

	if (!note(inv, at, err))
		return false;
	if (alias_is_shell(text))
		return become_shell(inv, at, text + 1, err);
	if (!words_split(text, &own, err))
		return shop_fail_while(err, "reading an alias");
	if (own == NULL)
		return usage_fail(inv, at, err, "the alias %s stands for nothing", inv->argv[at]);
	ok = replace(inv, at, own, err);
	g_strfreev(own);
	return ok;
}

/* The options of the expansion count for the configuration too, so it is read again behind it. */
static bool expand_from(struct invocation *inv, int at, bool *ret_done, struct shop_error *err)
{
	char *key = g_strconcat(ALIAS_PREFIX, inv->argv[at], NULL);
	const char *text = config_text(inv->config, key);

	g_free(key);
	*ret_done = text != NULL;
	return text == NULL || expand(inv, at, text, err);
}

bool alias_expand(struct invocation *inv, int at, bool *ret_done, struct shop_error *err)
{
	struct config *own = NULL;
	bool ok;

	*ret_done = false;
	if (inv->host != NULL)
		inv->config = (struct config *)(uintptr_t)inv->host->session->config;
	else if (!config_load(inv, &own, err)) {
		config_free(own);
		return false;
	} else {
		inv->config = own;
	}
	ok = expand_from(inv, at, ret_done, err);
	inv->config = NULL;
	config_free(own);
	return ok;
}

/*
 * popt driven by our tables: it knows bundles, `--x=V`, `--` and POSIXLY_CORRECT; we know the
 * types.
 */
#include "frame/frame.h"

#include <popt.h>
#include <stdlib.h>
#include <string.h>

/* popt reports an option by a number: its place in this list, + 1; the negated form has this bit.
 */
#define NEGATED 0x10000

struct scan {
	GArray *table;	  /* struct poptOption */
	GPtrArray *specs; /* const struct option_spec * */
	guint select_at;  /* specs from here on select rows of a list */
	guint globals_at; /* specs from here on are global ones */
	GStringChunk *names;
};

static bool is_flag(const struct option_spec *spec)
{
	return spec->type == ARG_FLAG || spec->type == ARG_TRI;
}

static void add_option(struct scan *scan, const struct option_spec *spec)
{
	struct poptOption o = {.longName = spec->name, .shortName = spec->letter};

	g_ptr_array_add(scan->specs, (gpointer)(uintptr_t)spec);
	o.val = (int)scan->specs->len;
	o.argInfo = is_flag(spec) ? POPT_ARG_NONE : POPT_ARG_STRING;
	g_array_append_val(scan->table, o);
	if (!is_flag(spec) || g_str_has_prefix(spec->name, "no-"))
		return;
	o.shortName = 0;
	o.val |= NEGATED;
	g_array_append_val(scan->table, o);
}

/* The negated names need memory of their own that stays where it is. */
static void name_negations(struct scan *scan)
{
	guint i;

	for (i = 0; i < scan->table->len; i++) {
		struct poptOption *o = &g_array_index(scan->table, struct poptOption, i);
		char name[64] = "no-";

		if (!(o->val & NEGATED))
			continue;
		g_strlcat(name, o->longName, sizeof(name));
		o->longName = g_string_chunk_insert(scan->names, name);
	}
}

static void scan_begin(struct scan *scan, const struct command *command)
{
	const struct option_spec *spec;
	const struct poptOption end = {0};

	scan->table = g_array_sized_new(FALSE, TRUE, sizeof(struct poptOption), 96);
	scan->specs = g_ptr_array_sized_new(64);
	scan->names = g_string_chunk_new(1024);
	for (spec = command == NULL ? NULL : command->options; spec != NULL && spec->name != NULL;
	     spec++)
		add_option(scan, spec);
	scan->select_at = scan->specs->len;
	for (spec = command_is_list(command) ? select_options() : NULL;
	     spec != NULL && spec->name != NULL; spec++)
		add_option(scan, spec);
	scan->globals_at = scan->specs->len;
	for (spec = globals_options(); spec->name != NULL; spec++)
		add_option(scan, spec);
	name_negations(scan);
	g_array_append_val(scan->table, end);
}

static void scan_free(gpointer data)
{
	struct scan *scan = data;

	g_array_unref(scan->table);
	g_ptr_array_unref(scan->specs);
	g_string_chunk_free(scan->names);
	g_free(scan);
}

GHashTable *options_cache_new(void)
{
	return g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, scan_free);
}

/* The table of a command (NULL: global options only), kept where many lines are parsed. */
static struct scan *scan_of(const struct invocation *inv, const struct command *command)
{
	GHashTable *cache = inv->host == NULL ? NULL : inv->host->tables;
	struct scan *scan = cache == NULL ? NULL : g_hash_table_lookup(cache, command);

	if (scan != NULL)
		return scan;
	scan = g_new(struct scan, 1);
	scan_begin(scan, command);
	if (cache != NULL)
		g_hash_table_insert(cache, (gpointer)(uintptr_t)command, scan);
	return scan;
}

static void scan_give(const struct invocation *inv, struct scan *scan)
{
	if (inv->host == NULL || inv->host->tables == NULL)
		scan_free(scan);
}

static void take(struct invocation *inv, const struct scan *scan, int val, poptContext popt)
{
	guint place = (guint)(val & ~NEGATED) - 1;
	struct given given = {
		.spec = g_ptr_array_index(scan->specs, place),
		.global = place >= scan->globals_at,
		.select = place >= scan->select_at && place < scan->globals_at,
		.negated = (val & NEGATED) != 0,
	};
	char *value = is_flag(given.spec) ? NULL : poptGetOptArg(popt);

	if (value != NULL)
		given.value = g_strdup(value);
	free(value);
	g_array_append_val(inv->given, given);
}

static bool suggest_option(const struct scan *scan, const char *word, struct shop_error *err)
{
	GPtrArray *names = g_ptr_array_new();
	char *bare = g_strdup(word[0] == '-' && word[1] == '-' ? word + 2 : word);
	guint i;

	for (i = 0; i + 1 < scan->table->len; i++)
		g_ptr_array_add(
			names, (gpointer)(uintptr_t)g_array_index(scan->table, struct poptOption, i)
				       .longName);
	bare[strcspn(bare, "=")] = '\0';
	if (word[0] == '-' && word[1] == '-')
		(void)usage_suggest(err, bare, (const char *const *)names->pdata, names->len);
	g_ptr_array_unref(names);
	g_free(bare);
	return false;
}

static bool bad_option(struct invocation *inv, const struct scan *scan, int code, const char *word,
		       struct shop_error *err)
{
	int at = usage_find(inv, word);

	if (code == POPT_ERROR_NOARG)
		return usage_fail(inv, at, err, "option %s needs a value", word);
	if (code == POPT_ERROR_UNWANTEDARG)
		return usage_fail(inv, at, err, "option %s takes no value", word);
	if (code != POPT_ERROR_BADOPT)
		return usage_fail(inv, at, err, "option %s: %s", word, poptStrerror(code));
	usage_fail(inv, at, err, "unknown option %s", word);
	return suggest_option(scan, word, err);
}

static int take_operands(struct invocation *inv, poptContext popt, bool keep)
{
	const char **rest = poptGetArgs(popt);
	int count = 0;

	for (; rest != NULL && rest[count] != NULL; count++)
		if (keep)
			g_ptr_array_add(inv->operands, g_strdup(rest[count]));
	return count;
}

bool options_scan(struct invocation *inv, int first, bool stop, int *ret_next,
		  struct shop_error *err)
{
	struct scan *scan;
	poptContext popt;
	unsigned flags = POPT_CONTEXT_KEEP_FIRST | (stop ? POPT_CONTEXT_POSIXMEHARDER : 0);
	int val;
	bool ok = true;

	/* Most often there is nothing to look for: the next word is the noun or the verb. */
	if (stop && (first >= inv->argc || inv->argv[first][0] != '-')) {
		*ret_next = first;
		return true;
	}
	scan = scan_of(inv, stop ? NULL : inv->command);
	popt = poptGetContext("shopctl", inv->argc - first, inv->argv + first,
			      &g_array_index(scan->table, struct poptOption, 0), flags);
	while ((val = poptGetNextOpt(popt)) > 0)
		take(inv, scan, val, popt);
	if (val < -1)
		ok = bad_option(inv, scan, val, poptBadOption(popt, POPT_BADOPTION_NOALIAS), err);
	else
		*ret_next = inv->argc - take_operands(inv, popt, !stop);
	poptFreeContext(popt);
	scan_give(inv, scan);
	return ok;
}

/*
 * Which header is which field: by name, or as --map says.
 */
#include "import/import_run.h"

#include <string.h>

static const struct import_field *field_named(const struct import_kind *kind, const char *name,
					      int *ret_field)
{
	for (size_t i = 0; i < kind->count; i++)
		if (g_ascii_strcasecmp(kind->fields[i].name, name) == 0) {
			*ret_field = (int)i;
			return &kind->fields[i];
		}
	return NULL;
}

static const char *nearest(const struct import_kind *kind, const char *word)
{
	const char *names[IMPORT_FIELDS_MAX];

	for (size_t i = 0; i < kind->count; i++)
		names[i] = kind->fields[i].name;
	return shop_text_nearest(word, names, kind->count);
}

/* One "column=Header" of --map. */
static bool map_one(struct import_run *run, const char *pair, struct shop_error *err)
{
	const char *equals = strchr(pair, '=');
	char *column = g_strndup(pair, equals == NULL ? 0 : (size_t)(equals - pair));
	bool ignored = strcmp(column, "none") == 0;
	int field;
	bool ok = true;

	if (equals == NULL || equals[1] == '\0')
		ok = shop_fail(err, E_VALUE, "--map takes COLUMN=HEADER, not \"%s\"", pair);
	else if (!ignored && field_named(run->kind, column, &field) == NULL)
		ok = shop_fail(
			err, E_VALUE,
			"--map: %s has no column \"%s\"; shopctl import %s --columns lists them",
			run->kind->name, column, run->kind->name);
	else if (!g_hash_table_insert(run->map, g_strdup(equals + 1),
				      g_strdup(ignored ? "" : column)))
		ok = shop_fail(err, E_VALUE, "--map names the header \"%s\" twice", equals + 1);
	g_free(column);
	return ok;
}

bool columns_map(struct import_run *run, struct shop_error *err)
{
	char **pairs = g_strsplit(run->in->map == NULL ? "" : run->in->map, ",", -1);
	GString *pair = g_string_new(NULL);
	bool ok = true;

	run->map = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	/* A piece without = is the rest of a header that holds a comma. */
	for (guint i = 0; ok && pairs[i] != NULL; i++) {
		if (pair->len > 0)
			g_string_append_c(pair, ',');
		g_string_append(pair, pairs[i]);
		if (pairs[i + 1] != NULL && strchr(pairs[i + 1], '=') == NULL)
			continue;
		ok = pair->len == 0 || map_one(run, pair->str, err);
		g_string_truncate(pair, 0);
	}
	g_string_free(pair, TRUE);
	g_strfreev(pairs);
	return ok;
}

bool columns_find(struct import_run *run, int64_t line, const char *header, int *ret_field)
{
	const char *name = g_hash_table_lookup(run->map, header);
	const struct import_field *field;
	const char *near;

	if (name == NULL)
		name = header;
	*ret_field = IMPORT_IGNORED;
	if (*name == '\0' && *header != '\0')
		return true;
	field = field_named(run->kind, name, ret_field);
	if (field != NULL) {
		if (field->type == IMPORT_ANY)
			*ret_field = IMPORT_IGNORED;
		return true;
	}
	near = nearest(run->kind, header);
	if (run->kind->named) {
		import_problem(run, line, header, "a %s has no such field%s%s%s", run->kind->name,
			       near == NULL ? "" : ", did you mean ", near == NULL ? "" : near,
			       near == NULL ? "" : "?");
		return false;
	}
	import_problem(run, line, header,
		       near == NULL ? "no such column of %s%s; --map COLUMN=%s says which it is, "
				      "--map none=%s ignores it"
				    : "no such column of %s, did you mean %s? --map COLUMN=%s says "
				      "which it is, --map none=%s ignores it",
		       run->kind->name, near == NULL ? "" : near, header, header);
	return false;
}

/*
 * The change is made in the text, at the place the tree tells; then both texts are read as any
 * configuration is, and must differ in that key alone.
 */
#include "config/yaml_edit.h"

#include "config/yaml_tree.h"
#include "frame/config.h"

#include <string.h>

#define STEP 2 /* of indentation, for new groups */

/* The way from the root to a key, as far as it is there. */
struct way {
	struct yaml_node *maps[16]; /* root first */
	guint at[16];		    /* the entry taken in each */
	size_t depth;		    /* entries taken */
	const char *rest;	    /* of the key, not found; NULL = all is there */
};

static struct yaml_entry *entry_at(const struct way *way, size_t depth)
{
	return g_ptr_array_index(way->maps[depth]->entries, way->at[depth]);
}

/* The entry whose key is the rest or begins it, up to a dot. */
static bool step(struct way *way, struct yaml_node *map)
{
	for (guint i = 0; i < map->entries->len; i++) {
		const struct yaml_entry *entry = g_ptr_array_index(map->entries, i);
		const size_t length = strlen(entry->key);

		if (strncmp(entry->key, way->rest, length) != 0 ||
		    (way->rest[length] != '.' && way->rest[length] != '\0'))
			continue;
		way->at[way->depth++] = i;
		way->rest = way->rest[length] == '\0' ? NULL : way->rest + length + 1;
		return true;
	}
	return false;
}

static void find_way(struct yaml_node *root, const char *key, struct way *way)
{
	struct yaml_node *map = root;

	*way = (struct way){.rest = key};
	while (way->rest != NULL && map != NULL && map->map && way->depth < G_N_ELEMENTS(way->at)) {
		way->maps[way->depth] = map;
		if (!step(way, map))
			return;
		map = entry_at(way, way->depth - 1)->value;
	}
}

static bool is_plain(const char *value)
{
	static const char safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
				   "_./%+-";

	return (g_ascii_isalnum(value[0]) || value[0] == '/') && value[strspn(value, safe)] == '\0';
}

static void append_scalar(GString *to, const char *value)
{
	if (is_plain(value)) {
		g_string_append(to, value);
		return;
	}
	g_string_append_c(to, '"');
	for (const char *c = value; *c != '\0'; c++) {
		if (*c == '\n')
			g_string_append(to, "\\n");
		else if (*c == '\t')
			g_string_append(to, "\\t");
		else if (*c == '"' || *c == '\\')
			g_string_append_printf(to, "\\%c", *c);
		else
			g_string_append_c(to, *c);
	}
	g_string_append_c(to, '"');
}

/* `a: {b: value}` for "a.b". */
static void append_flow(GString *to, const char *key, const char *value)
{
	const char *dot = strchr(key, '.');

	if (dot == NULL) {
		g_string_append_printf(to, "%s: ", key);
		append_scalar(to, value);
		return;
	}
	g_string_append_printf(to, "%.*s: {", (int)(dot - key), key);
	append_flow(to, dot + 1, value);
	g_string_append_c(to, '}');
}

/* A line for each group and one for the value. */
static void append_block(GString *to, size_t column, const char *key, const char *value)
{
	const char *dot = strchr(key, '.');

	g_string_append_printf(to, "%*s", (int)column, "");
	if (dot != NULL) {
		g_string_append_printf(to, "%.*s:\n", (int)(dot - key), key);
		append_block(to, column + STEP, dot + 1, value);
		return;
	}
	g_string_append_printf(to, "%s: ", key);
	append_scalar(to, value);
	g_string_append_c(to, '\n');
}

static void replace(GString *text, size_t start, size_t end, const char *with)
{
	g_string_erase(text, (gssize)start, (gssize)(end - start));
	g_string_insert(text, (gssize)start, with);
}

/* Where the line after this place begins; the text's last line gets its end. */
static size_t next_line(GString *text, size_t place)
{
	const char *newline;

	if (place > 0 && text->str[place - 1] == '\n')
		return place;
	newline = strchr(text->str + place, '\n');
	if (newline != NULL)
		return (size_t)(newline - text->str) + 1;
	if (text->len > 0)
		g_string_append_c(text, '\n');
	return text->len;
}

static void set_scalar(GString *text, const struct yaml_node *old, const char *key,
		       const char *value)
{
	GString *with = g_string_new(old->empty ? " " : NULL);

	if (key != NULL) {
		g_string_append_c(with, '{');
		append_flow(with, key, value);
		g_string_append_c(with, '}');
	} else {
		append_scalar(with, value);
	}
	if (old->end > old->start && text->str[old->end - 1] == '\n')
		g_string_append_c(with, '\n');
	replace(text, old->start, old->end, with->str);
	g_string_free(with, TRUE);
}

static void insert_entry(GString *text, const struct yaml_node *map, const char *key,
			 const char *value)
{
	GString *with = g_string_new(NULL);
	const struct yaml_entry *last =
		map == NULL || map->entries->len == 0
			? NULL
			: g_ptr_array_index(map->entries, map->entries->len - 1);
	size_t place;

	if (map != NULL && map->flow) {
		place = last == NULL ? map->start + 1 : last->value->end;
		g_string_append(with, last == NULL ? "" : ", ");
		append_flow(with, key, value);
	} else {
		place = next_line(text, map == NULL ? text->len : map->end);
		append_block(with, last == NULL ? 0 : last->column, key, value);
	}
	g_string_insert(text, (gssize)place, with->str);
	g_string_free(with, TRUE);
}

static void set(GString *text, const struct yaml_node *root, const struct way *way,
		const char *value)
{
	const struct yaml_node *found =
		way->depth == 0 ? NULL : entry_at(way, way->depth - 1)->value;
	/* The group that the rest is missing in, or the value that stands where a group should. */
	const bool in_map = way->rest != NULL && (found == NULL || found->map);

	if (in_map)
		insert_entry(text, found == NULL ? root : found, way->rest, value);
	else
		set_scalar(text, found, way->rest, value);
}

/* In braces a comma goes too: the one behind, or for the last entry the one before. */
static void cut_flow(GString *text, const struct yaml_node *map, guint at)
{
	const struct yaml_entry *entry = g_ptr_array_index(map->entries, at);
	size_t start = entry->start;
	size_t end = entry->value->end;

	if (at + 1 < map->entries->len)
		end = ((struct yaml_entry *)g_ptr_array_index(map->entries, at + 1))->start;
	else if (at > 0)
		start = ((struct yaml_entry *)g_ptr_array_index(map->entries, at - 1))->value->end;
	replace(text, start, end, "");
}

static void cut(GString *text, const struct way *way)
{
	size_t depth = way->depth - 1;
	const struct yaml_entry *entry;

	while (depth > 0 && way->maps[depth]->entries->len == 1)
		depth--;
	entry = entry_at(way, depth);
	if (way->maps[depth]->flow)
		cut_flow(text, way->maps[depth], way->at[depth]);
	else
		replace(text, entry->start - entry->column, next_line(text, entry->value->end), "");
}

static bool collect_value(const char *key, const char *value, int line, void *ctx,
			  struct shop_error *err)
{
	(void)line;
	(void)err;
	g_hash_table_insert(ctx, g_strdup(key), g_strdup(value));
	return true;
}

static GHashTable *values_of(const GString *text, const char *name, struct shop_error *err)
{
	GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

	if (config_yaml_read(text->str, text->len, name, collect_value, values, err))
		return values;
	g_hash_table_unref(values);
	return NULL;
}

/* An emptied group reads as a key without a value; it is none. */
static bool is_nothing(const char *value)
{
	return value == NULL || *value == '\0';
}

static bool includes(GHashTable *all, GHashTable *some, const char *but)
{
	GHashTableIter iter;
	gpointer key, value;

	g_hash_table_iter_init(&iter, some);
	while (g_hash_table_iter_next(&iter, &key, &value))
		if (strcmp(key, but) != 0 && !is_nothing(value) &&
		    g_strcmp0(g_hash_table_lookup(all, key), value) != 0)
			return false;
	return true;
}

static bool differ_in(GHashTable *before, const GString *text, const char *name, const char *key,
		      const char *value)
{
	AUTO_ERROR struct shop_error unread = {0};
	GHashTable *after = values_of(text, name, &unread);
	bool ok;

	if (after == NULL)
		return false;
	ok = includes(after, before, key) && includes(before, after, key) &&
	     g_strcmp0(g_hash_table_lookup(after, key), value) == 0;
	g_hash_table_unref(after);
	return ok;
}

static bool change(GString *text, const char *name, const char *key, const char *value,
		   struct shop_error *err)
{
	struct yaml_node *root = yaml_tree_read(text->str, text->len);
	struct way way;
	bool ok = true;

	find_way(root, key, &way);
	if (value != NULL)
		set(text, root, &way, value);
	else if (way.rest == NULL)
		cut(text, &way);
	else
		ok = shop_fail(err, E_NOT_FOUND, "%s is not set in %s", key, name);
	yaml_tree_free(root);
	return ok;
}

bool yaml_edit(GString *text, const char *name, const char *key, const char *value,
	       struct shop_error *err)
{
	GHashTable *before = values_of(text, name, err);
	GString *edited;
	bool ok;

	if (before == NULL)
		return false;
	edited = g_string_new_len(text->str, (gssize)text->len);
	ok = change(edited, name, key, value, err);
	if (ok && !differ_in(before, edited, name, key, value))
		ok = shop_fail(
			err, E_CONFIG,
			"%s cannot be changed in %s without disturbing what else is there: edit "
			"it by hand",
			key, name);
	if (ok)
		g_string_assign(text, edited->str);
	g_hash_table_unref(before);
	g_string_free(edited, TRUE);
	return ok;
}

/*
 * $_ is the id of what was last shown or changed, $name what \set and \gset made; either may be
 * followed by the path of a field: $_.total, ${_.customer.name}.
 */
#include "shell/shell.h"

#include "shop/record_path.h"

#include <jansson.h>
#include <string.h>

/* One value as a word: money with its currency, null as nothing, lists and objects as JSON. */
static char *text_of(const json_t *value)
{
	const char *amount = json_string_value(json_object_get(value, "amount"));
	const char *currency = json_string_value(json_object_get(value, "currency"));

	if (amount != NULL && currency != NULL)
		return g_strconcat(amount, currency, NULL);
	if (json_is_string(value))
		return g_strdup(json_string_value(value));
	if (value == NULL || json_is_null(value))
		return g_strdup("");
	return json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
}

/* Down one step of a path: "customer", or "lines[0]". */
static json_t *step_into(json_t *from, const char *step)
{
	size_t length = strcspn(step, "[");
	char *name = g_strndup(step, length);
	json_t *to = json_object_get(from, name);

	g_free(name);
	if (step[length] == '[')
		to = json_array_get(to, (size_t)g_ascii_strtoull(step + length + 1, NULL, 10));
	return to;
}

static bool walk(json_t *object, const char *path, char **ret_text)
{
	char **steps = g_strsplit(path, ".", -1);
	json_t *at = object;

	for (char **step = steps; at != NULL && *step != NULL; step++)
		at = step_into(at, *step);
	g_strfreev(steps);
	if (at == NULL)
		return false;
	*ret_text = text_of(at);
	return true;
}

struct lookup {
	const struct shell *sh;
	struct shop_object object;
	GString *json;
};

static bool load(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct lookup *l = arg;
	struct shop_json j = {.to = l->json};
	void *record = NULL;

	if (!shop_object_load(store, &l->object, shop_now_us(), &record, err))
		return false;
	g_string_truncate(l->json, 0);
	shop_record_json(&j, NULL, shop_object_record(l->object.type), record);
	shop_object_free(&l->object, record);
	return true;
}

/* The object as it is now; what cannot be loaded by its id is as it was shown. */
static bool load_json(struct shell *sh, const char *id, struct lookup *l, struct shop_error *err)
{
	AUTO_ERROR struct shop_error unreadable = {0};

	if (shop_object_parse(id, &l->object, &unreadable) &&
	    shop_object_record(l->object.type) != NULL)
		return shop_store_read(sh->lines.store, load, l, err);
	if (sh->last_seen == NULL)
		return shop_fail(err, E_USAGE, "%s has no fields", id);
	g_string_assign(l->json, sh->last_seen);
	l->object.type = SHOP_ID_NONE;
	return true;
}

static bool field_of(struct shell *sh, const char *id, const char *path, char **ret_text,
		     struct shop_error *err)
{
	struct lookup l = {.sh = sh, .json = g_string_new(NULL)};
	json_t *object = NULL;
	bool ok = load_json(sh, id, &l, err);

	if (ok) {
		object = json_loads(l.json->str, 0, NULL);
		ok = walk(object, path, ret_text);
		if (!ok && l.object.type != SHOP_ID_NONE)
			shop_path_unknown(shop_object_record(l.object.type), path, id, err);
		else if (!ok)
			shop_fail(err, E_VALUE, "%s has no field %s", id, path);
	}
	json_decref(object);
	g_string_free(l.json, TRUE);
	return ok;
}

static bool append(struct shell *sh, const char *name, const char *path, GString *to,
		   struct shop_error *err)
{
	const char *value = g_hash_table_lookup(sh->variables, name);
	char *text = NULL;

	if (value == NULL && strcmp(name, "_") == 0)
		return shop_fail(err, E_USAGE, "$_: nothing was shown yet");
	if (value == NULL)
		return shop_fail(err, E_USAGE, "$%s is not set; \\set lists what is", name);
	if (*path == '\0') {
		g_string_append(to, value);
		return true;
	}
	if (!field_of(sh, value, path, &text, err))
		return false;
	g_string_append(to, text);
	g_free(text);
	return true;
}

static size_t name_length(const char *at)
{
	size_t length = 0;

	while (g_ascii_isalnum(at[length]) || at[length] == '_')
		length++;
	return length;
}

/* ".customer.name" or ".lines[0].sku": a dot that no name follows is the text's own. */
static size_t path_length(const char *at)
{
	size_t length = 0;

	while (at[length] == '.' && name_length(at + length + 1) > 0) {
		length += 1 + name_length(at + length + 1);
		if (at[length] == '[' && g_ascii_isdigit(at[length + 1])) {
			size_t digits = strspn(at + length + 1, "0123456789");

			length += at[length + 1 + digits] == ']' ? digits + 2 : 0;
		}
	}
	return length;
}

bool variables_expand(const char **at, GString *to, void *ctx, struct shop_error *err)
{
	bool braced = (*at)[1] == '{';
	const char *name = *at + 1 + braced;
	size_t length = name_length(name);
	size_t more = path_length(name + length);
	char *word, *path;
	bool ok;

	if (braced && (length == 0 || name[length + more] != '}'))
		return shop_fail(err, E_USAGE, "${NAME} or ${NAME.FIELD}: a } is missing");
	word = g_strndup(name, length);
	path = g_strndup(name + length + (more > 0), more - (more > 0));
	ok = append(ctx, word, path, to, err);
	*at = name + length + more + braced;
	g_free(word);
	g_free(path);
	return ok;
}

bool variables_set(struct shell *sh, const char *name, const char *value, struct shop_error *err)
{
	if (*name == '\0' || g_ascii_isdigit(*name) || name_length(name) != strlen(name))
		return shop_fail(err, E_USAGE, "%s is no name: letters, digits and _", name);
	if (value == NULL)
		g_hash_table_remove(sh->variables, name);
	else
		g_hash_table_insert(sh->variables, g_strdup(name), g_strdup(value));
	return true;
}

bool variables_take(struct shell *sh, const char *prefix, struct shop_error *err)
{
	json_t *object, *value;
	const char *name;
	bool ok = true;

	if (sh->last_count != 1 || sh->last_seen == NULL)
		return shop_fail(err, E_USAGE, "\\gset takes one object, not %" G_GINT64_FORMAT,
				 sh->last_count);
	object = json_loads(sh->last_seen, 0, NULL);
	json_object_foreach(object, name, value)
	{
		char *whole = g_strconcat(prefix, name, NULL);
		char *text = text_of(value);

		if (ok && name_length(whole) == strlen(whole))
			ok = variables_set(sh, whole, text, err);
		g_free(text);
		g_free(whole);
	}
	json_decref(object);
	return ok;
}

/*
 * A set of rows by their keys: eight bytes a row where keys are numbers. --where and --search are
 * asked once; the list's rows are then looked up in what they named. A small set is also said to
 * the store, so that it need not walk through all its rows for a few.
 */
#include "select/select_private.h"

#include "shop/json.h"

#include <string.h>

#define SAID_MAX 2000 /* keys the store is told: looking up so many takes some milliseconds */

void keys_init(struct keys *keys, const struct shop_field *field, bool own)
{
	memset(keys, 0, sizeof(*keys));
	keys->field = field;
	keys->own = own;
	if (field->type == SHOP_TYPE_TEXT)
		keys->texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	else
		keys->numbers = g_array_new(FALSE, FALSE, sizeof(int64_t));
}

void keys_add(struct keys *keys, int64_t number, const char *text)
{
	if (keys->texts != NULL && text != NULL)
		g_hash_table_add(keys->texts, g_strdup(text));
	else if (keys->numbers != NULL)
		g_array_append_val(keys->numbers, number);
}

static gint compare_numbers(gconstpointer a, gconstpointer b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

static guint size(const struct keys *keys)
{
	return keys->texts != NULL ? g_hash_table_size(keys->texts) : keys->numbers->len;
}

void keys_settle(struct keys *keys)
{
	if (keys->numbers != NULL)
		g_array_sort(keys->numbers, compare_numbers);
	keys->left = size(keys);
}

static bool holds(const struct keys *keys, const void *record)
{
	struct shop_value value = shop_field_value(keys->field, record);

	if (keys->texts != NULL)
		return value.text != NULL && g_hash_table_contains(keys->texts, value.text);
	return !value.null &&
	       g_array_binary_search(keys->numbers, &value.number, compare_numbers, NULL);
}

bool keys_hold(struct keys *keys, const void *record)
{
	bool held = holds(keys, record);

	keys->left -= held && keys->left > 0;
	return held;
}

bool keys_are_over(const struct keys *keys)
{
	return keys->field != NULL && keys->own && keys->left == 0;
}

char *keys_said(const struct keys *keys)
{
	GString *text;
	struct shop_json j = {0};
	GHashTableIter iter;
	gpointer key;

	if (keys->field == NULL || !keys->own || size(keys) > SAID_MAX)
		return NULL;
	text = g_string_new(NULL);
	j.to = text;
	shop_json_array(&j, NULL);
	for (guint i = 0; keys->numbers != NULL && i < keys->numbers->len; i++)
		shop_json_int(&j, NULL, g_array_index(keys->numbers, int64_t, i));
	if (keys->texts != NULL)
		g_hash_table_iter_init(&iter, keys->texts);
	while (keys->texts != NULL && g_hash_table_iter_next(&iter, &key, NULL))
		shop_json_text(&j, NULL, key);
	shop_json_end(&j);
	return g_string_free(text, FALSE);
}

void keys_done(struct keys *keys)
{
	if (keys->texts != NULL)
		g_hash_table_unref(keys->texts);
	if (keys->numbers != NULL)
		g_array_unref(keys->numbers);
	memset(keys, 0, sizeof(*keys));
}

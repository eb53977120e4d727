/*
 * --after: a place in an order, as the values of its keys. It names no row number, so rows that
 * come or go before it move nothing. Outside it is one opaque word: base64url of a JSON array.
 */
#include "select/select_private.h"

#include <jansson.h>
#include <string.h>

#define CURSOR_MAX 16384 /* keys of the longest text, and room */

static json_t *value_json(const struct shop_value *value)
{
	if (value->null)
		return json_null();
	if (value->text != NULL)
		return json_string(value->text);
	if (value->field->type == SHOP_TYPE_QUANTITY)
		return json_pack("[I,i]", (json_int_t)value->number, value->scale);
	return json_integer(value->number);
}

char *cursor_write(const struct order *order, const void *record)
{
	json_t *all = json_array();
	char *text, *word;
	guint i;

	json_array_append_new(all, json_string(order->words));
	for (i = 0; i < order->keys->len; i++) {
		const struct order_key *key = &g_array_index(order->keys, struct order_key, i);
		struct shop_value value = shop_path_value(&key->path, record);

		json_array_append_new(all, value_json(&value));
	}
	text = json_dumps(all, JSON_COMPACT);
	word = g_base64_encode((const guchar *)text, strlen(text));
	g_strdelimit(word, "+", '-');
	g_strdelimit(word, "/", '_');
	word[strcspn(word, "=")] = '\0';
	free(text);
	json_decref(all);
	return word;
}

static json_t *decode(const char *word)
{
	char *padded = g_strdup_printf("%s%.*s", word, (int)((4 - strlen(word) % 4) % 4), "===");
	json_t *all;
	guchar *bytes;
	gsize size;

	g_strdelimit(padded, "-", '+');
	g_strdelimit(padded, "_", '/');
	bytes = g_base64_decode(padded, &size);
	all = json_loadb((const char *)bytes, size, JSON_REJECT_DUPLICATES, NULL);
	g_free(bytes);
	g_free(padded);
	return all;
}

static bool is_text(const struct shop_field *field)
{
	return field->type == SHOP_TYPE_TEXT || field->type == SHOP_TYPE_WORD;
}

static bool read_value(const json_t *json, const struct shop_field *field, struct cursor *cursor)
{
	struct shop_value value = {.field = field};

	if (json_is_null(json)) {
		value.null = true;
	} else if (is_text(field)) {
		if (!json_is_string(json))
			return false;
		value.text = g_strdup(json_string_value(json));
		g_ptr_array_add(cursor->texts, (gpointer)(uintptr_t)value.text);
	} else if (field->type == SHOP_TYPE_QUANTITY) {
		value.number = json_integer_value(json_array_get(json, 0));
		value.scale = (int)CLAMP(json_integer_value(json_array_get(json, 1)), 0, 6);
	} else if (json_is_integer(json)) {
		value.number = json_integer_value(json);
	} else {
		return false;
	}
	g_array_append_val(cursor->values, value);
	return true;
}

static bool read_all(const json_t *all, const struct order *order, struct cursor *cursor)
{
	guint i;

	if (json_array_size(all) != order->keys->len + 1 ||
	    g_strcmp0(json_string_value(json_array_get(all, 0)), order->words) != 0)
		return false;
	for (i = 0; i < order->keys->len; i++) {
		const struct order_key *key = &g_array_index(order->keys, struct order_key, i);

		if (!read_value(json_array_get(all, i + 1), shop_path_last(&key->path), cursor))
			return false;
	}
	return true;
}

/* Where the id alone is the order, it is a cursor that people can type. */
static bool read_id(const char *text, const struct order *order, struct cursor *cursor)
{
	AUTO_ERROR struct shop_error no_id = {0};
	const struct order_key *key = &g_array_index(order->keys, struct order_key, 0);
	struct shop_value value = {.field = shop_path_last(&key->path)};

	if (order->keys->len != 1 || value.field->type != SHOP_TYPE_ID ||
	    !shop_id_parse(text, value.field->id_type, &value.number, &no_id))
		return false;
	g_array_append_val(cursor->values, value);
	return true;
}

bool cursor_parse(const char *text, const struct order *order, struct cursor *ret_cursor,
		  struct shop_error *err)
{
	struct cursor *cursor = ret_cursor;
	json_t *all = NULL;
	bool ok;

	cursor->values = g_array_new(FALSE, TRUE, sizeof(struct shop_value));
	cursor->texts = g_ptr_array_new_with_free_func(g_free);
	if (read_id(text, order, cursor))
		return true;
	if (strlen(text) <= CURSOR_MAX)
		all = decode(text);
	ok = all != NULL && read_all(all, order, cursor);
	json_decref(all);
	if (ok)
		return true;
	shop_fail(err, E_VALUE,
		  "--after: \"%s\" is no cursor of this list in this order; take the one after "
		  "`next: --after`",
		  text);
	return shop_fail_field(err, "after");
}

bool cursor_is_before(const struct cursor *cursor, const struct order *order, const void *record)
{
	guint i;

	for (i = 0; i < order->keys->len; i++) {
		const struct order_key *key = &g_array_index(order->keys, struct order_key, i);
		struct shop_value value = shop_path_value(&key->path, record);
		int result = shop_value_compare(
			&value, &g_array_index(cursor->values, struct shop_value, i));

		if (result != 0)
			return key->down ? result < 0 : result > 0;
	}
	return false;
}

void cursor_done(struct cursor *cursor)
{
	if (cursor->values != NULL)
		g_array_unref(cursor->values);
	if (cursor->texts != NULL)
		g_ptr_array_unref(cursor->texts);
	memset(cursor, 0, sizeof(*cursor));
}

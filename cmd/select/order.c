/* --sort: keys over a record's fields; the record's own key comes last, so the order is total. */
#include "select/select_private.h"

#include <string.h>

static bool is_orderable(const struct shop_path *path)
{
	switch (shop_path_last(path)->type) {
	case SHOP_TYPE_JSON:
	case SHOP_TYPE_LIST:
	case SHOP_TYPE_RECORD:
		return false;
	default:
		return !shop_path_has_list(path);
	}
}

static bool add_key(struct order *order, const struct shop_record *type, const char *word,
		    const char *option, struct shop_error *err)
{
	struct order_key key = {.down = word[0] == '-'};
	const char *name = word + (word[0] == '-' || word[0] == '+');

	if (!shop_path_find(type, name, &key.path)) {
		shop_path_unknown(type, name, option, err);
		return shop_fail_field(err, option + 2);
	}
	if (!is_orderable(&key.path)) {
		shop_fail(err, E_VALUE, "%s: %s has no order", option, name);
		return shop_fail_field(err, option + 2);
	}
	g_array_append_val(order->keys, key);
	return true;
}

bool order_parse(const char *words, const struct shop_record *type, const char *option,
		 struct order *ret_order, struct shop_error *err)
{
	char **list = g_strsplit(words, ",", -1);
	const struct shop_field *own = shop_record_key(type);
	struct order_key last = {.path = {.steps = {own}, .depth = 1}};
	bool ok = true, named = false;
	guint i;

	ret_order->keys = g_array_new(FALSE, TRUE, sizeof(struct order_key));
	ret_order->words = g_strdup_printf("%s %s", type->name, words);
	for (i = 0; ok && list[i] != NULL; i++)
		ok = add_key(ret_order, type, g_strstrip(list[i]), option, err);
	g_strfreev(list);
	for (i = 0; i < ret_order->keys->len; i++) {
		const struct order_key *key = &g_array_index(ret_order->keys, struct order_key, i);

		named = named || (key->path.depth == 1 && key->path.steps[0] == own);
	}
	if (!named)
		g_array_append_val(ret_order->keys, last);
	return ok;
}

int order_compare(const struct order *order, const void *a, const void *b)
{
	guint i;

	for (i = 0; i < order->keys->len; i++) {
		const struct order_key *key = &g_array_index(order->keys, struct order_key, i);
		struct shop_value left = shop_path_value(&key->path, a);
		struct shop_value right = shop_path_value(&key->path, b);
		int result = shop_value_compare(&left, &right);

		if (result != 0)
			return key->down ? -result : result;
	}
	return 0;
}

bool order_check(struct order *order, const void *record, struct shop_error *err)
{
	guint i;

	for (i = 0; i < order->keys->len; i++) {
		const struct order_key *key = &g_array_index(order->keys, struct order_key, i);
		struct shop_value value;

		if (shop_path_last(&key->path)->type != SHOP_TYPE_MONEY)
			continue;
		value = shop_path_value(&key->path, record);
		if (value.null || value.currency == NULL)
			continue;
		if (order->currency[0] == '\0')
			g_strlcpy(order->currency, value.currency, sizeof(order->currency));
		if (strcmp(order->currency, value.currency) == 0)
			continue;
		shop_fail(err, E_VALUE,
			  "--sort: amounts in %s and %s have no order among them; add -F "
			  "currency=%s",
			  order->currency, value.currency, order->currency);
		return shop_fail_field(err, "sort");
	}
	return true;
}

void order_done(struct order *order)
{
	if (order->keys != NULL)
		g_array_unref(order->keys);
	g_free(order->words);
	memset(order, 0, sizeof(*order));
}

/*
 * --where: an SQL expression over the noun's published view. It is asked once, and what it names is
 * kept as a set of keys (eight bytes a row where they are numbers); the list's rows are then looked
 * up in it.
 */
#include "select/select_private.h"

#include "shop/query.h"

#include <string.h>

#define LIMIT_US (5 * SHOP_SECOND)

static const char *view_of(const struct shop_record *type)
{
	const struct shop_view *view;

	for (view = shop_published_views; view->name != NULL; view++)
		if (strcmp(view->name + 2, type->name) == 0)
			return view->name;
	return NULL;
}

static void add_key(struct where *where, const struct shop_query_value *value)
{
	if (where->texts != NULL && value->text != NULL)
		g_hash_table_add(where->texts, g_strdup(value->text));
	else if (where->numbers != NULL)
		g_array_append_val(where->numbers, value->number);
}

static gint compare_numbers(gconstpointer a, gconstpointer b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

static bool read_keys(struct where *where, struct shop_query *query, struct shop_error *err)
{
	bool row;

	while (shop_query_next(query, &row, err)) {
		struct shop_query_value value;

		if (!row) {
			if (where->numbers != NULL)
				g_array_sort(where->numbers, compare_numbers);
			return true;
		}
		value = shop_query_value(query, 0);
		add_key(where, &value);
	}
	return false;
}

bool where_open(const char *expression, const struct select_how *how, struct where *ret_where,
		struct shop_error *err)
{
	const struct shop_query_how asked = {
		.views = shop_published_views,
		.now_us = how->clock.now_us,
		.limit_us = how->timeout_us != SHOP_NULL ? how->timeout_us : LIMIT_US,
	};
	const char *view = view_of(how->type);
	AUTO_SQL struct shop_query *query = NULL;
	bool ok;

	ret_where->key = shop_record_key(how->type);
	if (view == NULL || how->order == NULL)
		return shop_fail(err, E_USAGE, "--where: no view is published of these rows");
	if (ret_where->key->type == SHOP_TYPE_TEXT)
		ret_where->texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	else
		ret_where->numbers = g_array_new(FALSE, FALSE, sizeof(int64_t));
	ok = shop_query_where(how->store, &asked, view,
			      ret_where->texts != NULL ? ret_where->key->name : "number",
			      expression, &query, err) &&
	     read_keys(ret_where, query, err);
	if (!ok)
		shop_fail_while(err, "--where");
	return ok || shop_fail_field(err, "where");
}

bool where_holds(const struct where *where, const void *record)
{
	struct shop_value value = shop_field_value(where->key, record);

	if (where->texts != NULL)
		return value.text != NULL && g_hash_table_contains(where->texts, value.text);
	return g_array_binary_search(where->numbers, &value.number, compare_numbers, NULL);
}

guint where_size(const struct where *where)
{
	return where->texts != NULL ? g_hash_table_size(where->texts) : where->numbers->len;
}

void where_done(struct where *where)
{
	if (where->texts != NULL)
		g_hash_table_unref(where->texts);
	if (where->numbers != NULL)
		g_array_unref(where->numbers);
	memset(where, 0, sizeof(*where));
}

/*
 * --where: an SQL expression over the noun's published view, asked once for the keys of its rows.
 */
#include "select/select_private.h"

#include "shop/query.h"

#define LIMIT_US (5 * SHOP_SECOND)

static bool read_keys(struct keys *keys, struct shop_query *query, struct shop_error *err)
{
	bool row;

	while (shop_query_next(query, &row, err)) {
		struct shop_query_value value;

		if (!row) {
			keys_settle(keys);
			return true;
		}
		value = shop_query_value(query, 0);
		keys_add(keys, value.number, value.text);
	}
	return false;
}

bool where_open(const char *expression, const struct select_how *how, struct keys *ret_keys,
		struct shop_error *err)
{
	const struct shop_query_how asked = {
		.views = shop_published_views,
		.now_us = how->clock.now_us,
		.limit_us = how->timeout_us != SHOP_NULL ? how->timeout_us : LIMIT_US,
	};
	const struct shop_field *key = shop_record_key(how->type);
	const char *view = shop_published_view(how->type);
	AUTO_SQL struct shop_query *query = NULL;
	bool ok;

	if (view == NULL || how->order == NULL)
		return shop_fail(err, E_USAGE, "--where: no view is published of these rows");
	keys_init(ret_keys, key, true);
	ok = shop_query_where(how->store, &asked, view,
			      ret_keys->texts != NULL ? key->name : "number", expression, &query,
			      err) &&
	     read_keys(ret_keys, query, err);
	if (!ok)
		shop_fail_while(err, "--where");
	return ok || shop_fail_field(err, "where");
}

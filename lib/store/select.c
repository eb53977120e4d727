/* List queries put together from fixed fragments; each fragment has at most one parameter. */
#include "shop/text.h"
#include "store/list.h"
#include "store/store_internal.h"

#include <string.h>

struct select_param {
	int64_t number;
	char *text; /* NULL: the number is meant */
};

static void param_free(gpointer data)
{
	struct select_param *param = data;

	g_free(param->text);
	g_free(param);
}

void db_select_init(struct db_select *s, const char *select)
{
	s->sql = g_string_new(select);
	s->params = g_ptr_array_new_with_free_func(param_free);
	s->where = false;
}

void db_select_done(struct db_select *s)
{
	if (s->sql)
		g_string_free(s->sql, TRUE);
	if (s->params)
		g_ptr_array_free(s->params, TRUE);
	memset(s, 0, sizeof *s);
}

/* Add the fragment with each ? outside quotes as parameter n. */
static void add_fragment(struct db_select *s, const char *fragment, unsigned n)
{
	bool quoted = false;

	g_string_append(s->sql, s->where ? " AND (" : " WHERE (");
	s->where = true;
	for (const char *p = fragment; *p; p++) {
		quoted ^= *p == '\'';
		if (*p == '?' && !quoted)
			g_string_append_printf(s->sql, "$%u", n);
		else
			g_string_append_c(s->sql, *p);
	}
	g_string_append_c(s->sql, ')');
}

static void push_param(struct db_select *s, int64_t number, const char *text)
{
	struct select_param *param = g_new0(struct select_param, 1);

	param->number = number;
	param->text = g_strdup(text);
	g_ptr_array_add(s->params, param);
}

static void add_param(struct db_select *s, const char *fragment, int64_t number, const char *text)
{
	push_param(s, number, text);
	add_fragment(s, fragment, s->params->len);
}

void db_select_bind(struct db_select *s, int64_t value)
{
	push_param(s, value, NULL);
}

void db_select_int(struct db_select *s, const char *fragment, int64_t value)
{
	if (value != SHOP_NULL)
		add_param(s, fragment, value, NULL);
}

void db_select_id(struct db_select *s, const char *fragment, int64_t id)
{
	if (id != 0)
		add_param(s, fragment, id, NULL);
}

void db_select_text(struct db_select *s, const char *fragment, const char *value)
{
	if (value)
		add_param(s, fragment, 0, value);
}

void db_select_if(struct db_select *s, const char *fragment, bool wanted)
{
	if (wanted)
		add_fragment(s, fragment, 0);
}

bool select_bind(const struct db_select *s, struct shop_store *store, struct db_stmt *stmt)
{
	for (unsigned i = 0; i < s->params->len; i++) {
		const struct select_param *param = s->params->pdata[i];
		int n = (int)i + 1;

		if (param->text ? !store_bind_text(store, stmt, n, param->text, false)
				: !store_bind_int(store, stmt, n, param->number))
			return false;
	}
	return true;
}

static bool each_row(struct db_query *q, const struct shop_record *type, shop_record_fn fn,
		     void *ctx, struct shop_error *err)
{
	void *record = g_malloc0(type->size);
	bool wanted = true;

	while (wanted && db_next(q)) {
		db_row(q, 0, type, record);
		wanted = fn(record, ctx, err);
		shop_record_done(type, record);
	}
	g_free(record);
	return wanted && db_done(q, err);
}

/* ORDER BY is given with or without its keyword. */
static void add_order(struct db_select *s, const char *order_by, int64_t limit)
{
	if (order_by && *order_by) {
		g_string_append(s->sql,
				g_str_has_prefix(order_by, "ORDER BY ") ? " " : " ORDER BY ");
		g_string_append(s->sql, order_by);
	}
	if (limit != SHOP_NULL) {
		push_param(s, limit, NULL);
		g_string_append_printf(s->sql, " LIMIT $%u", s->params->len);
	}
}

bool db_select_each(struct db_select *s, struct shop_store *store, const char *order_by,
		    int64_t limit, const struct shop_record *type, shop_record_fn fn, void *ctx,
		    struct shop_error *err)
{
	AUTO_QUERY struct db_query q = {0};
	AUTO_TEXT char *sorted = NULL;
	bool counted = false;

	if (store->bounds.type == type &&
	    !list_bound(s, store, order_by, &sorted, &limit, &counted, err))
		return false;
	if (counted)
		return true;
	add_order(s, sorted == NULL ? order_by : sorted, limit);
	if (store_refuses(store, err))
		return false;
	q.store = store;
	q.stmt = store_stmt_new(store, s->sql->str, false);
	if (!q.stmt) {
		store_latch(store);
		return store_report(store, err);
	}
	if (!select_bind(s, store, q.stmt))
		return shop_fail(err, E_INTERNAL, "parameters do not fit: %s", s->sql->str);
	return each_row(&q, type, fn, ctx, err);
}

/* List queries put together from fixed fragments; each fragment has at most one parameter. */
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

static bool bind_params(const struct db_select *s, struct shop_store *store, struct db_stmt *stmt)
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

void shop_store_list_bounds(struct shop_store *store, const struct shop_list_bounds *bounds)
{
	g_free((char *)(uintptr_t)store->bounds.text);
	g_free((char *)(uintptr_t)store->bounds.keys);
	store->bounds = *bounds;
	store->bounds.text = g_strdup(bounds->text);
	store->bounds.keys = g_strdup(bounds->keys);
}

/* Where the order is one column, what comes before the bound is left out. */
static void add_bounds(struct db_select *s, const struct shop_list_bounds *bounds,
		       const char *order_by)
{
	size_t length = strcspn(order_by, " ,");
	bool down = strcmp(order_by + length, " DESC") == 0;
	char *fragment;

	if ((order_by[length] != '\0' && !down) || down != bounds->down)
		return;
	fragment = g_strdup_printf("%.*s %s ?", (int)length, order_by, down ? "<" : ">");
	db_select_int(s, fragment, bounds->number);
	db_select_text(s, fragment, bounds->text);
	g_free(fragment);
}

#define KEYS_OF(numbers)                                                                           \
	"%.*s IN (SELECT {lite|value FROM json_each(?)}"                                           \
	"{pg|" numbers " FROM json_array_elements_text(?) AS k (value)})"

/* The last column of an order is the list's key. */
static void add_keys(struct db_select *s, const struct shop_list_bounds *bounds,
		     const char *order_by)
{
	const char *comma = strrchr(order_by, ',');
	const char *column = comma == NULL ? order_by : comma + 1 + strspn(comma + 1, " ");
	const char *form = strpbrk(bounds->keys, "\"") != NULL ? KEYS_OF("value")
							       : KEYS_OF("CAST(value AS {i64})");
	char *fragment = g_strdup_printf(form, (int)strcspn(column, " "), column);

	db_select_text(s, fragment, bounds->keys);
	g_free(fragment);
}

bool db_select_each(struct db_select *s, struct shop_store *store, const char *order_by,
		    int64_t limit, const struct shop_record *type, shop_record_fn fn, void *ctx,
		    struct shop_error *err)
{
	AUTO_QUERY struct db_query q = {0};

	if (store->bounds.type == type) {
		add_bounds(s, &store->bounds, order_by);
		if (store->bounds.keys != NULL)
			add_keys(s, &store->bounds, order_by);
		limit = limit == SHOP_NULL ? store->bounds.limit : limit;
	}
	add_order(s, order_by, limit);
	if (store_refuses(store, err))
		return false;
	q.store = store;
	q.stmt = store_stmt_new(store, s->sql->str, false);
	if (!q.stmt) {
		store_latch(store);
		return store_report(store, err);
	}
	if (!bind_params(s, store, q.stmt))
		return shop_fail(err, E_INTERNAL, "parameters do not fit: %s", s->sql->str);
	return each_row(&q, type, fn, ctx, err);
}

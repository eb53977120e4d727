/* Bounds of lists: so that a page, an order or a number of rows need not pass all rows through the
 * process. */
#include "store/list.h"

#include "shop/text.h"
#include "store/store_internal.h"

#include <string.h>

void shop_store_list_bounds(struct shop_store *store, const struct shop_list_bounds *bounds)
{
	g_free((char *)(uintptr_t)store->bounds.text);
	g_free((char *)(uintptr_t)store->bounds.keys);
	store->bounds = *bounds;
	store->bounds.text = g_strdup(bounds->text);
	store->bounds.keys = g_strdup(bounds->keys);
	store->listed = (struct store_listed){.count = SHOP_NULL};
}

bool shop_store_list_is_sorted(const struct shop_store *store)
{
	return store->listed.sorted;
}

int64_t shop_store_list_count(const struct shop_store *store)
{
	return store->listed.count;
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

/* How many columns a record's row has. */
static int width_of(const struct shop_record *type)
{
	int width = 0;

	for (size_t i = 0; i < type->count; i++) {
		const struct shop_field *field = &type->fields[i];

		if (field->type == SHOP_TYPE_LIST || (field->flags & SHOP_FIELD_EXTRA))
			continue;
		width += field->type == SHOP_TYPE_RECORD ? width_of(field->child) : 1;
	}
	return width;
}

/* The column of a field, from 1; 0 = it has none. */
static int column_of(const struct shop_record *type, const struct shop_field *wanted)
{
	int column = 1;

	if (wanted->flags & SHOP_FIELD_EXTRA)
		return 0;
	for (const struct shop_field *field = type->fields; field != wanted; field++) {
		if (field->type == SHOP_TYPE_LIST || (field->flags & SHOP_FIELD_EXTRA))
			continue;
		column += field->type == SHOP_TYPE_RECORD ? width_of(field->child) : 1;
	}
	return column;
}

static const struct shop_field *currency_of(const struct shop_record *type,
					    const struct shop_field *money)
{
	for (size_t i = 0; i < type->count; i++)
		if (type->fields[i].type == SHOP_TYPE_WORD ||
		    type->fields[i].type == SHOP_TYPE_TEXT)
			if (type->fields[i].offset == money->aux)
				return &type->fields[i];
	return NULL;
}

/* One number, or SHOP_NULL, of what stands before the list's rows and behind them. */
static bool ask(struct db_select *s, struct shop_store *store, const char *before,
		const char *behind, int64_t *ret_number, struct shop_error *err)
{
	AUTO_QUERY struct db_query q = {0};
	char *sql = g_strconcat(before, s->sql->str, behind, NULL);

	q.store = store;
	if (!store_refuses(store, err))
		q.stmt = store_stmt_new(store, sql, false);
	g_free(sql);
	if (q.stmt == NULL || !select_bind(s, store, q.stmt)) {
		store_latch(store);
		return store_report(store, err);
	}
	*ret_number = db_next(&q) ? db_int(&q, 0) : SHOP_NULL;
	return db_done(&q, err);
}

/* Amounts have an order within one currency only. */
static bool one_currency(struct db_select *s, struct shop_store *store,
			 const struct shop_field *money, bool *ret_one, struct shop_error *err)
{
	const struct shop_record *type = store->bounds.type;
	const struct shop_field *currency = currency_of(type, money);
	GString *names = g_string_new("WITH q (c1");
	char *behind;
	int64_t differ = 1;
	int i, width = width_of(type);
	bool ok;

	if (currency == NULL) {
		g_string_free(names, TRUE);
		*ret_one = false;
		return true;
	}
	for (i = 2; i <= width; i++)
		g_string_append_printf(names, ", c%d", i);
	g_string_append(names, ") AS (");
	behind = g_strdup_printf(") SELECT COALESCE(min(c%d) <> max(c%d), 0) FROM q",
				 column_of(type, currency), column_of(type, currency));
	ok = ask(s, store, names->str, behind, &differ, err);
	g_string_free(names, TRUE);
	g_free(behind);
	*ret_one = differ == 0;
	return ok;
}

/* Texts by their bytes, what is unset first: SQLite's order is that of the records' own. */
static bool add_key(struct db_select *s, struct shop_store *store, const struct shop_list_key *key,
		    GString *order, bool *ret_known, struct shop_error *err)
{
	int column = column_of(store->bounds.type, key->field);

	*ret_known = column > 0 && key->field->type != SHOP_TYPE_QUANTITY;
	if (*ret_known && key->field->type == SHOP_TYPE_MONEY &&
	    !one_currency(s, store, key->field, ret_known, err))
		return false;
	g_string_append_printf(order, "%s%d%s", order->len > 0 ? ", " : "", column,
			       key->down ? " DESC" : "");
	return true;
}

/* *ret_order stays NULL where the store cannot have the rows in that order. */
static bool sort(struct db_select *s, struct shop_store *store, char **ret_order,
		 struct shop_error *err)
{
	GString *order = g_string_new(NULL);
	bool ok = true, known = true;
	int i;

	for (i = 0; ok && known && i < store->bounds.sorts; i++)
		ok = add_key(s, store, &store->bounds.sort[i], order, &known, err);
	*ret_order = g_string_free(order, !ok || !known);
	return ok;
}

/* The list's own key alone, in either direction: bounded as the list's own order is. */
static char *own_key(const struct shop_list_bounds *bounds, const char *order_by)
{
	size_t length = strcspn(order_by, " ,");

	if (bounds->sorts != 1 || strchr(order_by, ',') != NULL)
		return NULL;
	return g_strdup_printf("%.*s%s", (int)length, order_by,
			       bounds->sort[0].down ? " DESC" : "");
}

static bool is_from(const struct shop_list_bounds *bounds)
{
	return bounds->number != SHOP_NULL || bounds->text != NULL;
}

static bool bound_sorted(struct db_select *s, struct shop_store *store, const char *order_by,
			 char **ret_order, int64_t *limit, struct shop_error *err)
{
	const struct shop_list_bounds *bounds = &store->bounds;
	bool own;

	*ret_order = own_key(bounds, order_by);
	own = *ret_order != NULL;
	if (own)
		add_bounds(s, bounds, *ret_order);
	else if (!sort(s, store, ret_order, err))
		return false;
	store->listed.sorted = *ret_order != NULL;
	if (*limit == SHOP_NULL && store->listed.sorted && (own || !is_from(bounds)))
		*limit = bounds->limit;
	return true;
}

static bool count(struct db_select *s, struct shop_store *store, struct shop_error *err)
{
	int64_t rows;

	if (!ask(s, store, "SELECT count(*) FROM (", ")", &rows, err))
		return false;
	store->listed.count = (store->listed.count == SHOP_NULL ? 0 : store->listed.count) + rows;
	return true;
}

bool list_bound(struct db_select *s, struct shop_store *store, const char *order_by,
		char **ret_order, int64_t *limit, bool *ret_counted, struct shop_error *err)
{
	const struct shop_list_bounds *bounds = &store->bounds;

	if (bounds->keys != NULL)
		add_keys(s, bounds, order_by);
	*ret_counted = bounds->counting && *limit == SHOP_NULL;
	if (*ret_counted)
		return count(s, store, err);
	if (bounds->sorts > 0)
		return bound_sorted(s, store, order_by, ret_order, limit, err);
	add_bounds(s, bounds, order_by);
	if (*limit == SHOP_NULL)
		*limit = bounds->limit;
	return true;
}

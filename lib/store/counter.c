/*
 * The numbers of new objects: a counter for each type, counted up in the transaction that uses
 * them. In a group without savepoints nothing is undone by itself, so there they are read once and
 * written once, before the commit or whoever reads the table.
 */
#include "store/store_internal.h"

#include <string.h>

static bool look(struct shop_store *store, enum shop_id_type type, int64_t *ret_next,
		 struct shop_error *err)
{
	static const char sql[] = "SELECT next FROM counter WHERE type = $1 {forupdate}";
	const char *name = shop_id_prefix(type);
	int64_t next = SHOP_NULL;

	if (!db_get(store, &next, sql, "t", err, name))
		return false;
	if (next == SHOP_NULL)
		return shop_fail(err, E_STORE_DAMAGED, "the store has no counter \"%s\"", name);
	*ret_next = next;
	return true;
}

/* Two statements: SQLite makes a table of what RETURNING gives, which costs more than both. */
static bool note(struct shop_store *store, enum shop_id_type type, int64_t next,
		 struct shop_error *err)
{
	static const char sql[] = "UPDATE counter SET next = $2 WHERE type = $1";

	return db_run(store, sql, "ti", err, shop_id_prefix(type), next);
}

bool shop_store_next_id(struct shop_store *store, enum shop_id_type type, int64_t *ret_id,
			struct shop_error *err)
{
	int64_t next = store->next[type];

	if (store_refuses(store, err) || (next == 0 && !look(store, type, &next, err)))
		return false;
	if (store->unguarded) {
		store->next[type] = next + 1;
		store->pending = true;
		store->taken++;
	} else if (!note(store, type, next + 1, err)) {
		return false;
	}
	*ret_id = next;
	return true;
}

bool store_counters_write(struct shop_store *store, struct shop_error *err)
{
	int type;

	for (type = 0; store->pending && type < SHOP_ID_TYPES; type++)
		if (store->next[type] != 0 &&
		    !note(store, (enum shop_id_type)type, store->next[type], err))
			return false;
	store_counters_forget(store);
	return true;
}

void store_counters_forget(struct shop_store *store)
{
	memset(store->next, 0, sizeof(store->next));
	store->pending = false;
}

bool shop_store_peek_ids(struct shop_store *store, int64_t ret_next[SHOP_ID_TYPES],
			 struct shop_error *err)
{
	static const char sql[] = "SELECT type, next FROM counter";
	AUTO_QUERY struct db_query q = {0};
	int type;

	memset(ret_next, 0, SHOP_ID_TYPES * sizeof *ret_next);
	if (!store_counters_write(store, err) || !db_query(&q, store, sql, NULL, err))
		return false;
	while (db_next(&q))
		for (type = 1; type < SHOP_ID_TYPES; type++)
			if (strcmp(db_text(&q, 0), shop_id_prefix((enum shop_id_type)type)) == 0)
				ret_next[type] = db_int(&q, 1);
	return db_done(&q, err);
}

/*
 * The table of idempotency keys.
 */
#include "shop/command_log.h"

#include "store/db.h"

#include <glib.h>

void shop_command_found_done(struct shop_command_found *found)
{
	g_free(found->request_hash);
	g_free(found->result);
	*found = (struct shop_command_found){ 0 };
}

bool shop_command_find(struct shop_store *store, const char *principal, const char *key,
		       struct shop_command_found *ret_command, bool *ret_found,
		       struct shop_error *err)
{
	static const char sql[] = "SELECT request_hash, result, exit_code FROM command_log"
				  " WHERE principal = $1 AND key = $2";
	AUTO_QUERY struct db_query q = { 0 };

	*ret_found = false;
	if (!db_query(&q, store, sql, "tt", err, principal, key))
		return false;
	if (db_next(&q)) {
		ret_command->request_hash = db_text_dup(&q, 0);
		ret_command->result = db_text_dup(&q, 1);
		ret_command->exit_code = db_int(&q, 2);
		*ret_found = true;
	}
	return db_done(&q, err);
}

bool shop_command_save(struct shop_store *store, const struct shop_command_entry *entry,
		       struct shop_error *err)
{
	static const char sql[] = "INSERT INTO command_log (principal, key, request_hash, result, "
				  "exit_code, money, event_from,"
				  " event_to, at_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

	return db_run(store, sql, "ttttiiiii", err, entry->principal, entry->key,
		      entry->request_hash, entry->result, entry->exit_code, (int64_t)entry->money,
		      entry->event_from, entry->event_to, shop_store_context(store)->now_us);
}

bool shop_command_answer(struct shop_store *store, const char *principal, const char *key,
			 const char *result, int64_t exit_code, struct shop_error *err)
{
	static const char sql[] = "UPDATE command_log SET result = $3, exit_code = $4"
				  " WHERE principal = $1 AND key = $2";

	return db_run(store, sql, "ttti", err, principal, key, result, exit_code);
}

bool shop_command_replace(struct shop_store *store, const struct shop_command_entry *entry,
			  struct shop_error *err)
{
	static const char sql[] =
		"UPDATE command_log SET request_hash = $3, result = $4, exit_code = $5, at_us = $6"
		" WHERE principal = $1 AND key = $2";

	return db_run(store, sql, "ttttii", err, entry->principal, entry->key, entry->request_hash,
		      entry->result, entry->exit_code, shop_store_context(store)->now_us);
}

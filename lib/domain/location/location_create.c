/*
 * Making a location, and the default giving its place up.
 */
#include "domain/domain.h"
#include "domain/location/location_row.h"
#include "shop/journal.h"
#include "shop/text.h"
#include "store/db.h"

bool location_refuse_taken(struct shop_store *store, const char *name, int64_t except_id,
			   struct shop_error *err)
{
	static const char sql[] = "SELECT id FROM location WHERE name = $1 AND id <> $2";
	char text[SHOP_ID_TEXT];
	int64_t taken;

	if (!db_get(store, &taken, sql, "ti", err, name, except_id))
		return false;
	if (taken == SHOP_NULL)
		return true;
	shop_id_format(SHOP_ID_LOCATION, taken, text);
	shop_fail(err, E_DUPLICATE, "location %s has the name \"%s\" already", text, name);
	shop_fail_object(err, text);
	return shop_fail_fix(err, "location", "show", text, NULL);
}

bool location_tell_changed(struct shop_store *store, const char *type,
			   const struct shop_location *before, const struct shop_location *after,
			   struct shop_error *err)
{
	char subject[SHOP_ID_TEXT];

	shop_id_format(SHOP_ID_LOCATION, after->id, subject);
	return event_changed(store, type, subject, &shop_location_record, before, after, err);
}

/* The present default, if there is one, gives its place up. */
bool location_yield_default(struct shop_store *store, struct shop_error *err)
{
	static const char find[] = "SELECT id FROM location WHERE is_default = 1";
	static const char clear[] = "UPDATE location SET is_default = 0, version = version + 1,"
				    " updated_us = $2 WHERE id = $1";
	AUTO_LOCATION struct shop_location before = {0};
	AUTO_LOCATION struct shop_location after = {0};
	int64_t id;

	if (!db_get(store, &id, find, NULL, err))
		return false;
	return id == SHOP_NULL ||
	       (shop_location_load(store, id, &before, err) &&
		db_run(store, clear, "di", err, id, shop_store_context(store)->now_us) &&
		shop_location_load(store, id, &after, err) &&
		location_tell_changed(store, "location.updated", &before, &after, err));
}

/* The first location always is the default. */
static bool settle_default(struct shop_store *store, bool wanted, bool *ret_default,
			   struct shop_error *err)
{
	static const char sql[] = "SELECT count(*) FROM location WHERE is_default = 1";
	int64_t defaults;

	*ret_default = true;
	if (wanted)
		return location_yield_default(store, err);
	if (!db_get(store, &defaults, sql, NULL, err))
		return false;
	*ret_default = defaults == 0;
	return true;
}

static bool insert(struct shop_store *store, int64_t id, const char *name, const char *country,
		   bool is_default, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO location (id, name, country, is_default, created_us, updated_us)"
		" VALUES ($1, $2, $3, $4, $5, $5)";

	return db_run(store, sql, "dttii", err, id, name, country, (int64_t)is_default,
		      shop_store_context(store)->now_us);
}

static bool tell_created(struct shop_store *store, const struct shop_location *location,
			 struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shop_event_begin(&e, "location.created", SHOP_ID_LOCATION, location->id);
	shop_json_text(&e.json, "name", location->name);
	shop_json_bool(&e.json, "default", location->is_default != 0);
	return shop_event_append(store, &e, err);
}

bool location_clean_name(const char *text, char **ret_name, struct shop_error *err)
{
	const struct shop_text_rule rule = {.max_chars = SHOP_NAME_MAX, .required = true};

	return shop_text_clean(text, "name", &rule, ret_name, err);
}

bool shop_location_create(struct shop_store *store, const struct shop_location_new *in,
			  struct shop_location *ret_location, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_TEXT char *name = NULL;
	AUTO_LOCATION struct shop_location location = {0};
	char country[3] = "";
	bool is_default;
	int64_t id;

	if (!location_clean_name(in->name, &name, err) ||
	    (in->country != NULL && !shop_country_clean(in->country, country, err)) ||
	    !shop_txn_begin(&txn, store, err) || !location_refuse_taken(store, name, 0, err) ||
	    !settle_default(store, in->is_default, &is_default, err) ||
	    !shop_store_next_id(store, SHOP_ID_LOCATION, &id, err) ||
	    !insert(store, id, name, in->country == NULL ? NULL : country, is_default, err) ||
	    !shop_location_load(store, id, &location, err) ||
	    !tell_created(store, &location, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "creating a location");
	shop_record_take(&shop_location_record, ret_location, &location);
	return true;
}

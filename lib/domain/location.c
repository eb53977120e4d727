/*
 * Locations: where stock lies.
 */
#include "shop/location.h"

#include "domain/domain.h"
#include "shop/journal.h"
#include "shop/text.h"
#include "store/db.h"

static const struct shop_field fields[] = {
	SHOP_FIELD_ID(struct shop_location, id, "id", SHOP_ID_LOCATION, "the location's id",
		      .example = "loc-1000"),
	SHOP_FIELD_TEXT(struct shop_location, name, "name", "what people call it",
			.example = "Main warehouse"),
	SHOP_FIELD_TEXT(struct shop_location, country, "country", "ISO 3166 code", .example = "DE"),
	SHOP_FIELD_BOOL(struct shop_location, is_default, "default", "used where none is named"),
	SHOP_FIELD_WORD(struct shop_location, status, "status", "active or archived"),
	SHOP_FIELD_TIME(struct shop_location, created_at, "created_at", "when it was made",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_location, updated_at, "updated_at", "when it last changed",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_location, version, "version", "counts its changes",
		       .flags = SHOP_FIELD_WIDE),
};

const struct shop_record shop_location_record =
	SHOP_RECORD("location", struct shop_location, fields);

#define SELECT_LOCATION                                                                            \
	"SELECT id, name, country, is_default, status, created_us, updated_us, version FROM "      \
	"location"

void shop_location_done(struct shop_location *location)
{
	shop_record_done(&shop_location_record, location);
}

bool shop_location_load(struct shop_store *store, int64_t id, struct shop_location *ret_location,
			struct shop_error *err)
{
	static const char sql[] = SELECT_LOCATION " WHERE id = $1";

	return db_load_id(store, &shop_location_record, ret_location, SHOP_ID_LOCATION, id, sql,
			  err);
}

bool location_default(struct shop_store *store, int64_t *ret_id, struct shop_error *err)
{
	static const char sql[] = "SELECT id FROM location WHERE is_default = 1";

	return db_get(store, ret_id, sql, NULL, err) &&
	       (*ret_id != SHOP_NULL ||
		shop_fail(err, E_STORE_DAMAGED, "the store has no default location"));
}

static bool make_room_for_default(struct shop_store *store, bool *is_default,
				  struct shop_error *err)
{
	static const char count[] = "SELECT count(*) FROM location WHERE is_default = 1";
	static const char clear[] =
		"UPDATE location SET is_default = 0, version = version + 1, updated_us = $1"
		" WHERE is_default = 1";
	int64_t defaults;

	if (*is_default)
		return db_run(store, clear, "i", err, shop_store_context(store)->now_us);
	if (!db_get(store, &defaults, count, NULL, err))
		return false;
	*is_default = defaults == 0;
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

bool shop_location_create(struct shop_store *store, const struct shop_location_new *in,
			  struct shop_location *ret_location, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_TEXT char *name = NULL;
	const struct shop_text_rule rule = {.max_chars = SHOP_NAME_MAX, .required = true};
	bool is_default = in->is_default;
	char country[3] = "";
	struct shop_location location;
	int64_t id;

	if (!shop_text_clean(in->name, "name", &rule, &name, err) ||
	    (in->country != NULL && !shop_country_clean(in->country, country, err)) ||
	    !shop_txn_begin(&txn, store, err) || !make_room_for_default(store, &is_default, err) ||
	    !shop_store_next_id(store, SHOP_ID_LOCATION, &id, err) ||
	    !insert(store, id, name, in->country == NULL ? NULL : country, is_default, err) ||
	    !shop_location_load(store, id, &location, err))
		return shop_fail_while(err, "creating a location");
	if (!tell_created(store, &location, err) || !shop_txn_commit(&txn, err)) {
		shop_location_done(&location);
		return false;
	}
	*ret_location = location;
	return true;
}

/*
 * Locations: where stock lies.
 */
#include "shop/location.h"

#include "domain/domain.h"
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

bool location_usable(struct shop_store *store, int64_t id, int64_t *ret_id, struct shop_error *err)
{
	static const char sql[] = "SELECT status = 'active' FROM location WHERE id = $1";
	char text[SHOP_ID_TEXT];
	int64_t active;

	if (id == 0)
		return location_default(store, ret_id, err);
	if (!db_get(store, &active, sql, "d", err, id))
		return false;
	*ret_id = id;
	if (active == 1)
		return true;
	shop_id_format(SHOP_ID_LOCATION, id, text);
	if (active == SHOP_NULL)
		shop_fail(err, E_NOT_FOUND, "no location %s", text);
	else
		shop_fail(err, E_STATE, "location %s is archived", text);
	shop_fail_object(err, text);
	return shop_fail_fix(err, "location", "list", NULL);
}

bool shop_location_list(struct shop_store *store, const struct shop_location_filter *filter,
			shop_record_fn fn, void *ctx, struct shop_error *err)
{
	AUTO_SELECT struct db_select s = {0};

	db_select_init(&s, SELECT_LOCATION);
	db_select_text(&s, "status = ?", filter->status);
	db_select_if(&s, "status <> 'archived'", filter->status == NULL);
	db_select_id(&s, "id > ?", filter->after);
	return db_select_each(&s, store, "id", filter->limit, &shop_location_record, fn, ctx, err);
}

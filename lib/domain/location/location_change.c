/*
 * Changing and archiving locations.
 */
#include "domain/domain.h"
#include "domain/location/location_row.h"
#include "domain/why.h"
#include "store/db.h"

#include "shop/text.h"

static bool write_row(struct shop_store *store, const struct shop_location *location,
		      struct shop_error *err)
{
	static const char sql[] =
		"UPDATE location SET name = $2, country = $3, is_default = $4,"
		" status = $5, version = version + 1, updated_us = $6 WHERE id = $1";

	return db_run(store, sql, "dttiti", err, location->id, location->name, location->country,
		      location->is_default, location->status, shop_store_context(store)->now_us);
}

static bool differs(const struct shop_location *a, const struct shop_location *b)
{
	return g_strcmp0(a->name, b->name) != 0 || g_strcmp0(a->country, b->country) != 0 ||
	       a->is_default != b->is_default || g_strcmp0(a->status, b->status) != 0;
}

/* Write `wanted` over `before` and tell what differs; *ret_location is the row as it then stands.
 */
static bool change(struct shop_store *store, const char *type, const struct shop_location *before,
		   const struct shop_location *wanted, struct shop_location *ret_location,
		   struct shop_error *err)
{
	AUTO_LOCATION struct shop_location after = {0};

	if (differs(before, wanted) &&
	    ((wanted->is_default && !before->is_default && !location_yield_default(store, err)) ||
	     !write_row(store, wanted, err)))
		return false;
	if (!shop_location_load(store, before->id, &after, err) ||
	    !location_tell_changed(store, type, before, &after, err))
		return false;
	shop_record_take(&shop_location_record, ret_location, &after);
	return true;
}

static bool put(const struct shop_location_change *in, struct shop_location *location,
		struct shop_error *err)
{
	char country[3] = "";

	if (in->name != NULL) {
		g_free(location->name);
		location->name = NULL;
		if (!location_clean_name(in->name, &location->name, err))
			return false;
	}
	if (in->country != NULL) {
		if (*in->country != '\0' && !shop_country_clean(in->country, country, err))
			return false;
		g_free(location->country);
		location->country = *in->country == '\0' ? NULL : g_strdup(country);
	}
	if (in->make_default)
		location->is_default = 1;
	return true;
}

bool shop_location_update(struct shop_store *store, int64_t id,
			  const struct shop_location_change *in, struct shop_location *ret_location,
			  struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_LOCATION struct shop_location before = {0};
	AUTO_LOCATION struct shop_location wanted = {0};
	AUTO_LOCATION struct shop_location after = {0};
	int64_t usable;

	if (!shop_txn_begin(&txn, store, err) || !location_usable(store, id, &usable, err) ||
	    !shop_location_load(store, id, &before, err) ||
	    !shop_location_load(store, id, &wanted, err) || !put(in, &wanted, err) ||
	    !location_refuse_taken(store, wanted.name, id, err) ||
	    !change(store, "location.updated", &before, &wanted, &after, err) ||
	    !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "changing a location");
	shop_record_take(&shop_location_record, ret_location, &after);
	return true;
}

static bool refuse_use(const char *location, const char *what, struct shop_error *err)
{
	shop_fail(err, E_LOCATION_IN_USE, "location %s %s", location, what);
	shop_fail_object(err, location);
	return shop_fail_fix(err, "location", "show", location, NULL);
}

/* What still is at the place or on its way to it. */
static bool may_archive(struct shop_store *store, const struct shop_location *location,
			struct shop_error *err)
{
	static const char stock[] = "SELECT count(*) FROM stock WHERE location_id = $1"
				    " AND (on_hand > 0 OR allocated > 0 OR backordered > 0)";
	static const char purchases[] =
		"SELECT count(*) FROM purchase WHERE location_id = $1 AND status IN ('draft',"
		" 'submitted', 'acknowledged', 'partially_received')";
	char id[SHOP_ID_TEXT];
	int64_t products, open;

	shop_id_format(SHOP_ID_LOCATION, location->id, id);
	if (location->is_default) {
		refuse_use(id, "is the default", err);
		return shop_fail_fix(err, "location", "update", "LOCATION", "--default", NULL);
	}
	if (!db_get(store, &products, stock, "d", err, location->id) ||
	    !db_get(store, &open, purchases, "d", err, location->id))
		return false;
	if (products > 0) {
		refuse_use(id, "holds stock, or orders wait for some there", err);
		return shop_fail_fix(err, "stock", "list", "--location", id, NULL);
	}
	if (open == 0)
		return true;
	refuse_use(id, "awaits purchases", err);
	return shop_fail_fix(err, "purchase", "list", NULL);
}

bool shop_location_archive(struct shop_store *store, int64_t id, struct shop_location *ret_location,
			   struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_LOCATION struct shop_location before = {0};
	AUTO_LOCATION struct shop_location wanted = {0};
	AUTO_LOCATION struct shop_location after = {0};

	if (!shop_txn_begin(&txn, store, err) || !shop_location_load(store, id, &before, err) ||
	    !shop_location_load(store, id, &wanted, err) || !may_archive(store, &before, err))
		return shop_fail_while(err, "archiving a location");
	g_free(wanted.status);
	wanted.status = g_strdup("archived");
	if (!change(store, "location.archived", &before, &wanted, &after, err) ||
	    !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "archiving a location");
	shop_record_take(&shop_location_record, ret_location, &after);
	return true;
}

bool location_why_archive(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_LOCATION struct shop_location location = {0};

	return shop_location_load(store, id, &location, err) && may_archive(store, &location, err);
}

/*
 * Locations: where stock lies. One is the default, used where none is named.
 */
#ifndef SHOP_LOCATION_H
#define SHOP_LOCATION_H

#include "shop/record.h"
#include "shop/store.h"

struct shop_location {
	int64_t id;
	char *name;
	char *country;
	int64_t is_default;
	char *status; /* active, archived */
	int64_t created_at;
	int64_t updated_at;
	int64_t version;
};

extern const struct shop_record shop_location_record;

#define AUTO_LOCATION SHOP_CLEANUP(shop_location_done)

/** Free what a location owns and zero it. */
void shop_location_done(struct shop_location *location);

struct shop_location_new {
	const char *name;
	const char *country; /* ISO 3166 alpha-2, NULL = not known */
	bool is_default;     /* takes the place of the present default; the first always is */
};

/** Make a location. Appends location.created, and location.updated for the former default. Fails with E_DUPLICATE (name), E_TEXT, E_INVALID. */
bool shop_location_create(struct shop_store *store, const struct shop_location_new *in,
			  struct shop_location *ret_location, struct shop_error *err) SHOP_CHECKED;

/** Load one. Fails with E_NOT_FOUND. */
bool shop_location_load(struct shop_store *store, int64_t id, struct shop_location *ret_location,
			struct shop_error *err) SHOP_CHECKED;

/* Which locations to list; zeroed but for limit = all that are not archived. */
struct shop_location_filter {
	const char *status; /* NULL = all but archived */
	int64_t after;	    /* only ids behind this one; 0 = from the first */
	int64_t limit;	    /* SHOP_NULL = no limit */
};

/** List locations in id order, each given to fn as a struct shop_location. */
bool shop_location_list(struct shop_store *store, const struct shop_location_filter *filter, shop_record_fn fn,
			void *ctx, struct shop_error *err) SHOP_CHECKED;

/* Changes: NULL and false leave a field as it is; "" clears the country. */
struct shop_location_change {
	const char *name;
	const char *country;
	bool make_default; /* takes the place of the present default */
};

/**
 * Change fields; appends location.updated with `changed: {field: [old, new]}`, for the former default too, nothing
 * when nothing differs. Fails with E_NOT_FOUND, E_DUPLICATE (name), E_TEXT, E_INVALID, E_STATE (archived).
 */
bool shop_location_update(struct shop_store *store, int64_t id, const struct shop_location_change *in,
			  struct shop_location *ret_location, struct shop_error *err) SHOP_CHECKED;

/**
 * Archive: no stock comes to it any more. Appends location.archived; nothing when it is archived.
 *
 * Fails with     E_LOCATION_IN_USE (the default, stock or promises there, purchases on their way to it), E_NOT_FOUND
 */
bool shop_location_archive(struct shop_store *store, int64_t id, struct shop_location *ret_location,
			   struct shop_error *err) SHOP_CHECKED;

#endif

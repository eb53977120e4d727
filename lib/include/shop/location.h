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

/** Make a location. Appends location.created. Fails with E_DUPLICATE (name), E_TEXT, E_INVALID. */
bool shop_location_create(struct shop_store *store, const struct shop_location_new *in,
			  struct shop_location *ret_location, struct shop_error *err) SHOP_CHECKED;

/** Load one. Fails with E_NOT_FOUND. */
bool shop_location_load(struct shop_store *store, int64_t id, struct shop_location *ret_location,
			struct shop_error *err) SHOP_CHECKED;

#endif

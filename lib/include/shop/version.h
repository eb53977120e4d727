/*
 * The version of any object: it counts its changes, and --if-version compares it (CLI.md §8).
 */
#ifndef SHOP_VERSION_H
#define SHOP_VERSION_H

#include "shop/ids.h"
#include "shop/store.h"

/** The version of an object by id. Fails with E_NOT_FOUND, and E_VALUE for a type that has none. */
bool shop_version_of(struct shop_store *store, enum shop_id_type type, int64_t id,
		     int64_t *ret_version, struct shop_error *err) SHOP_CHECKED;

/** The version of a product by its SKU. Fails with E_NOT_FOUND. */
bool shop_version_of_sku(struct shop_store *store, const char *sku, int64_t *ret_version,
			 struct shop_error *err) SHOP_CHECKED;

#endif

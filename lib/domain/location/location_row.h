/*
 * What the files of the location noun share.
 */
#ifndef SHOP_DOMAIN_LOCATION_ROW_H
#define SHOP_DOMAIN_LOCATION_ROW_H

#include "shop/location.h"

/** A location's name, trimmed. The caller's. Fails with E_TEXT, E_INVALID. */
bool location_clean_name(const char *text, char **ret_name, struct shop_error *err) SHOP_CHECKED;

/** A name belongs to one location. Fails with E_DUPLICATE. */
bool location_refuse_taken(struct shop_store *store, const char *name, int64_t except_id,
			   struct shop_error *err) SHOP_CHECKED;

/** Append `type` with what differs; nothing when nothing does. */
bool location_tell_changed(struct shop_store *store, const char *type,
			   const struct shop_location *before, const struct shop_location *after,
			   struct shop_error *err) SHOP_CHECKED;

/** The present default gives its place up, with location.updated. */
bool location_yield_default(struct shop_store *store, struct shop_error *err) SHOP_CHECKED;

#endif

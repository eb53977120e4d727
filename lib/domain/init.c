/*
 * A new shop: the store, and its default location.
 */
#include "shop/init.h"

#include "shop/location.h"

static bool make_location(struct shop_store *store, void *arg, struct shop_error *err)
{
	const struct shop_location_new in = {.name = "Main", .is_default = true};
	AUTO_LOCATION struct shop_location location = {0};

	(void)arg;
	return shop_location_create(store, &in, &location, err);
}

bool shop_init(const struct shop_store_new *in, struct shop_store **ret_store,
	       struct shop_error *err)
{
	const struct shop_context ctx = {.actor = in->actor, .now_us = in->now_us};
	AUTO_STORE struct shop_store *store = NULL;

	if (!shop_store_create(in, &store, err) ||
	    !shop_store_write(store, &ctx, make_location, NULL, err))
		return shop_fail_while(err, "making a store");
	*ret_store = store;
	store = NULL;
	return true;
}

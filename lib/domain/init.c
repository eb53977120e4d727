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
	struct shop_store_new with_location = *in;

	with_location.first = make_location;
	return shop_store_create(&with_location, ret_store, err) ||
	       shop_fail_while(err, "making a store");
}

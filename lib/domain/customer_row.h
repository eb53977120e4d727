/*
 * What the files of the customer noun share.
 */
#ifndef SHOP_DOMAIN_CUSTOMER_ROW_H
#define SHOP_DOMAIN_CUSTOMER_ROW_H

#include "shop/customer.h"

/** Something that belongs to the customer changed: version and customer.updated naming it. */
bool customer_touch(struct shop_store *store, int64_t id, const char *changed,
		    struct shop_error *err) SHOP_CHECKED;

#endif

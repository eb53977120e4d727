/*
 * A new shop: a store with the location that stands for "where none is named".
 */
#ifndef SHOP_INIT_H
#define SHOP_INIT_H

#include "shop/store.h"

/**
 * Make a store and its default location loc-1000 (location.created is its first event), and open it.
 *
 * Fails with     E_STORE_EXISTS, E_STORE_IO, E_STORE_PERMISSION
 */
bool shop_init(const struct shop_store_new *in, struct shop_store **ret_store, struct shop_error *err) SHOP_CHECKED;

#endif

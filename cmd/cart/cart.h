/*
 * The cart commands.
 */
#ifndef SHOPCTL_CART_CART_H
#define SHOPCTL_CART_CART_H

#include "shop/cart.h"
#include "shopctl.h"

extern const struct command cmd_cart_list;
extern const struct command cmd_cart_show;
extern const struct command cmd_cart_create;
extern const struct command cmd_cart_add;
extern const struct command cmd_cart_set;
extern const struct command cmd_cart_remove;
extern const struct command cmd_cart_address;
extern const struct command cmd_cart_quote;
extern const struct command cmd_cart_checkout;
extern const struct command cmd_cart_abandon;
extern const struct command cmd_cart_recover;
extern const struct command cmd_cart_expire;

/** Print a cart that changed: its id, how many products, the total. */
bool cart_print_changed(struct out *out, const struct shop_cart *cart,
			struct shop_error *err) SHOP_CHECKED;

#endif

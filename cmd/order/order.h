/*
 * The order commands.
 */
#ifndef SHOPCTL_ORDER_ORDER_H
#define SHOPCTL_ORDER_ORDER_H

#include "shop/order.h"
#include "shopctl.h"

extern const struct command cmd_order_list;
extern const struct command cmd_order_show;
extern const struct command cmd_order_create;
extern const struct command cmd_order_confirm;
extern const struct command cmd_order_hold;
extern const struct command cmd_order_release;
extern const struct command cmd_order_cancel;
extern const struct command cmd_order_ship;
extern const struct command cmd_order_line_cancel;
extern const struct command cmd_order_expire;

/** Print one order as what a command changed: its id, what was done, and how it stands. */
bool order_changed(struct out *out, const struct shop_order *order, const char *done,
		   struct shop_error *err) SHOP_CHECKED;

#endif

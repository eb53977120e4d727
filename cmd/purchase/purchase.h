/*
 * The purchase commands.
 */
#ifndef SHOPCTL_PURCHASE_PURCHASE_H
#define SHOPCTL_PURCHASE_PURCHASE_H

#include "shop/purchase.h"
#include "shopctl.h"

extern const struct command cmd_purchase_list;
extern const struct command cmd_purchase_show;
extern const struct command cmd_purchase_blocked;
extern const struct command cmd_purchase_create;
extern const struct command cmd_purchase_line_add;
extern const struct command cmd_purchase_line_remove;
extern const struct command cmd_purchase_submit;
extern const struct command cmd_purchase_acknowledge;
extern const struct command cmd_purchase_receive;
extern const struct command cmd_purchase_close;
extern const struct command cmd_purchase_cancel;

/** The typed lines as the domain takes them (g_free). */
struct shop_purchase_new_line *purchase_lines_of(const struct line_args *lines);

#endif

/*
 * The shipment commands.
 */
#ifndef SHOPCTL_SHIPMENT_SHIPMENT_H
#define SHOPCTL_SHIPMENT_SHIPMENT_H

#include "shop/shipment.h"
#include "shopctl.h"

extern const struct command cmd_shipment_list;
extern const struct command cmd_shipment_show;
extern const struct command cmd_shipment_create;
extern const struct command cmd_shipment_split;
extern const struct command cmd_shipment_pick;
extern const struct command cmd_shipment_unpick;
extern const struct command cmd_shipment_pack;
extern const struct command cmd_shipment_dispatch;
extern const struct command cmd_shipment_track;
extern const struct command cmd_shipment_deliver;
extern const struct command cmd_shipment_cancel;

/** The typed lines as the domain takes them: quantities only. A new array (g_free); E_USAGE when
 * one has a price. */
bool shipment_takes(const struct line_args *lines, struct shop_shipment_take **ret_takes,
		    struct shop_error *err) SHOP_CHECKED;

#endif

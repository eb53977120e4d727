/*
 * The backorder commands.
 */
#ifndef SHOPCTL_BACKORDER_BACKORDER_H
#define SHOPCTL_BACKORDER_BACKORDER_H

#include "shop/backorder.h"
#include "shopctl.h"

extern const struct command cmd_backorder_list;
extern const struct command cmd_backorder_show;
extern const struct command cmd_backorder_promise;
extern const struct command cmd_backorder_source;
extern const struct command cmd_backorder_allocate;
extern const struct command cmd_backorder_cancel;

#endif

/*
 * The stock commands.
 */
#ifndef SHOPCTL_STOCK_STOCK_H
#define SHOPCTL_STOCK_STOCK_H

#include "shop/stock.h"
#include "shopctl.h"

extern const struct command cmd_stock_list;
extern const struct command cmd_stock_show;
extern const struct command cmd_stock_receive;
extern const struct command cmd_stock_adjust;
extern const struct command cmd_stock_move;
extern const struct command cmd_stock_safety;
extern const struct command cmd_stock_history;
extern const struct command cmd_stock_reorder;

#endif

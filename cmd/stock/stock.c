/* shopctl stock: the group's table. */
#include "stock/stock.h"

#include "frame/registry.h"

static const struct command *const commands[] = {
	&cmd_stock_list,    &cmd_stock_show,	&cmd_stock_receive,
	&cmd_stock_adjust,  &cmd_stock_move,	&cmd_stock_safety,
	&cmd_stock_history, &cmd_stock_reorder, NULL,
};

const struct command_group group_stock = {
	.name = "stock",
	.summary = "How much of each product lies where, and what can be promised",
	.commands = commands,
};

/* shopctl purchase: the group's table. */
#include "purchase/purchase.h"

#include "event/event.h"
#include "frame/registry.h"

#include <glib.h>

static const struct command *const commands[] = {
	&cmd_purchase_list,	   &cmd_purchase_show,
	&cmd_purchase_create,	   &cmd_purchase_line_add,
	&cmd_purchase_line_remove, &cmd_purchase_submit,
	&cmd_purchase_acknowledge, &cmd_purchase_receive,
	&cmd_purchase_close,	   &cmd_purchase_cancel,
	&cmd_purchase_blocked,	   &cmd_purchase_log,
	&cmd_purchase_note,	   NULL,
};

const struct command_group group_purchase = {
	.name = "purchase",
	.summary = "What the shop orders from suppliers",
	.commands = commands,
};

struct shop_purchase_new_line *purchase_lines_of(const struct line_args *lines)
{
	struct shop_purchase_new_line *ret =
		g_new0(struct shop_purchase_new_line, lines->count + 1);

	for (size_t i = 0; i < lines->count; i++) {
		ret[i].sku = lines->items[i].sku;
		ret[i].qty = lines->items[i].qty;
		ret[i].cost = lines->items[i].price;
	}
	return ret;
}

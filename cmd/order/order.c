/* shopctl order: the group's table. */
#include "order/order.h"

#include "event/event.h"
#include "frame/registry.h"

static const struct command *const commands[] = {
	&cmd_order_list,
	&cmd_order_show,
	&cmd_order_create,
	&cmd_order_confirm,
	&cmd_order_hold,
	&cmd_order_release,
	&cmd_order_ship,
	&cmd_order_cancel,
	&cmd_order_line_cancel,
	&cmd_order_expire,
	&cmd_order_log,
	&cmd_order_note,
	NULL,
};

const struct command_group group_order = {
	.name = "order",
	.summary = "What customers bought: its work, money and goods",
	.commands = commands,
};

bool order_changed(struct out *out, const struct shop_order *order, const char *done,
		   struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	return out_changed(out, &shop_order_record, order, err, "%s %s (%s, %s, %s)",
			   shop_id_format(SHOP_ID_ORDER, order->id, id), done, order->status,
			   order->payment, order->fulfillment);
}

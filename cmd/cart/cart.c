/* shopctl cart: the group's table. */
#include "cart/cart.h"

#include "event/event.h"
#include "frame/registry.h"

static const struct command *const commands[] = {
	&cmd_cart_list,	   &cmd_cart_show,    &cmd_cart_create,
	&cmd_cart_add,	   &cmd_cart_set,     &cmd_cart_remove,
	&cmd_cart_address, &cmd_cart_quote,   &cmd_cart_checkout,
	&cmd_cart_abandon, &cmd_cart_recover, &cmd_cart_expire,
	&cmd_cart_log,	   &cmd_cart_note,    NULL,
};

const struct command_group group_cart = {
	.name = "cart",
	.summary = "What customers want, until it becomes an order",
	.commands = commands,
};

bool cart_print_changed(struct out *out, const struct shop_cart *cart, struct shop_error *err)
{
	char id[SHOP_ID_TEXT], total[SHOP_MONEY_TEXT];

	shop_id_format(SHOP_ID_CART, cart->id, id);
	shop_money_format_full(shop_money_of(cart->total, cart->currency), total);
	return out_changed(out, &shop_cart_record, cart, err, "%s is %s: %d %s, %s", id,
			   cart->status, (int)cart->lines.count,
			   cart->lines.count == 1 ? "line" : "lines", total);
}

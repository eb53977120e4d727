/* shopctl cart checkout: a cart becomes an order. */
#include "cart/cart.h"

struct checkout_args {
	int64_t cart_id;
	const char *pay;
	struct shop_money expected_total;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct checkout_args, cart_id, "CART", SHOP_ID_CART, "the cart",
		   .flags = OPERAND_EACH),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct checkout_args, pay, const char *, ARG_TEXT, 0, "pay", "METHOD",
	       "DRIVER or DRIVER:TOKEN: manual (the default), sandbox:approve", .hint = HINT_METHOD),
	OPTION(struct checkout_args, expected_total, struct shop_money, ARG_MONEY, 0,
	       "expected-total", "MONEY", "refuse when it costs anything else by now"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct checkout_args *a = args;
	const struct shop_cart_checkout in = {
		.cart_id = a->cart_id,
		.pay = a->pay,
		.expected_total = a->expected_total,
	};
	AUTO_ORDER struct shop_order order = {0};
	char cart[SHOP_ID_TEXT], id[SHOP_ID_TEXT], total[SHOP_MONEY_TEXT];

	if (!shop_cart_checkout(s->store, &in, &order, err) ||
	    !out_changed(out, &shop_order_record, &order, err, "%s became %s: %s, %s",
			 shop_id_format(SHOP_ID_CART, a->cart_id, cart),
			 shop_id_format(SHOP_ID_ORDER, order.id, id),
			 shop_money_format_full(shop_money_of(order.total, order.currency), total),
			 order.status))
		return false;
	out_next(out, "shopctl order show %s", id);
	return true;
}

const struct command cmd_cart_checkout = {
	.name = "checkout",
	.summary = "Turn carts into orders",
	.description = "The order, its stock, its payment and the cart's end are one transaction. "
		       "A refused checkout "
		       "leaves the cart and its holds as they were. A cart that became an order "
		       "gives that order "
		       "again and nothing happens, so a checkout may be repeated after any doubt.",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct checkout_args),
	.needs = NEEDS_STORE_WRITE,
	.money = true,
	.record = &shop_order_record,
	.run = run,
	.examples = "shopctl cart checkout cart-1000 --pay sandbox:approve -o id\n"
		    "shopctl cart checkout cart-1000 --expected-total 101.50",
	.exits = "4 the total is not the expected one\n6 stock is short, a product is not on sale, "
		 "or the cart is empty "
		 "or closed",
	.see_also = "cart quote, order show, payment list",
};

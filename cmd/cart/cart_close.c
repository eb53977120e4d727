/* shopctl cart abandon, recover, expire: carts that rest. */
#include "cart/cart.h"

struct one_args {
	int64_t cart_id;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct one_args, cart_id, "CART", SHOP_ID_CART, "the cart",
		   .flags = OPERAND_EACH),
	{0},
};

static bool run_abandon(struct session *s, const void *args, struct out *out,
			struct shop_error *err)
{
	const struct one_args *a = args;
	AUTO_CART struct shop_cart cart = {0};

	return shop_cart_abandon(s->store, a->cart_id, &cart, err) &&
	       cart_print_changed(out, &cart, err);
}

const struct command cmd_cart_abandon = {
	.name = "abandon",
	.summary = "Give up carts and free what they hold",
	.description = "Any change of an abandoned cart makes it active again.",
	.operands = operands,
	.args_size = sizeof(struct one_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_cart_record,
	.run = run_abandon,
	.examples = "shopctl cart abandon cart-1000",
	.exits = "6 the cart is closed",
	.see_also = "cart recover, cart expire",
};

static bool run_recover(struct session *s, const void *args, struct out *out,
			struct shop_error *err)
{
	const struct one_args *a = args;
	AUTO_CART struct shop_cart cart = {0};

	return shop_cart_recover(s->store, a->cart_id, &cart, err) &&
	       cart_print_changed(out, &cart, err);
}

const struct command cmd_cart_recover = {
	.name = "recover",
	.summary = "Make abandoned carts active and hold their units again",
	.operands = operands,
	.args_size = sizeof(struct one_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_cart_record,
	.run = run_recover,
	.examples = "shopctl cart recover cart-1000",
	.exits = "6 the cart is closed",
	.see_also = "cart abandon",
};

struct expire_args {
	int64_t older_than_us, limit;
};

static const struct option_spec expire_options[] = {
	OPTION(struct expire_args, older_than_us, int64_t, ARG_DURATION, 0, "older-than",
	       "DURATION", "every open cart untouched for so long"),
	OPTION(struct expire_args, limit, int64_t, ARG_INT, 0, "limit", "N", "at most so many"),
	{0},
};

static bool print_expired(const void *record, void *ctx, struct shop_error *err)
{
	return cart_print_changed(ctx, record, err);
}

static bool run_expire(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct expire_args *a = args;
	const struct shop_cart_expire in = {.older_than_us = a->older_than_us, .limit = a->limit};

	return shop_cart_expire(s->store, &in, print_expired, out, err);
}

const struct command cmd_cart_expire = {
	.name = "expire",
	.summary = "End carts that nobody touches",
	.description = "Without --older-than: active carts are abandoned after 24 h; abandoned "
		       "ones expire after 6 h "
		       "when empty, after 30 days when a guest's, after 90 days when a customer's.",
	.options = expire_options,
	.args_size = sizeof(struct expire_args),
	.needs = NEEDS_STORE_WRITE,
	.many = true,
	.record = &shop_cart_record,
	.run = run_expire,
	.examples = "shopctl cart expire\nshopctl cart expire --older-than 7d --dry-run",
	.see_also = "cart abandon, cart list",
};

/* shopctl cart create: begin a cart. */
#include "cart/cart.h"

struct create_args {
	int64_t customer_id;
};

static const struct option_spec options[] = {
	OPTION_ID(struct create_args, customer_id, "customer", "CUSTOMER", SHOP_ID_CUSTOMER,
		  "whose it is; without it, a guest's"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct create_args *a = args;
	AUTO_CART struct shop_cart cart = {0};
	char id[SHOP_ID_TEXT];

	if (!shop_cart_create(s->store, a->customer_id, &cart, err) ||
	    !out_changed(out, &shop_cart_record, &cart, err, "%s created",
			 shop_id_format(SHOP_ID_CART, cart.id, id)))
		return false;
	out_next(out, "shopctl cart add %s SKU:QTY", id);
	return true;
}

const struct command cmd_cart_create = {
	.name = "create",
	.summary = "Begin a cart",
	.options = options,
	.args_size = sizeof(struct create_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_cart_record,
	.run = run,
	.examples = "shopctl cart create --customer cus-1000 -o id\nshopctl cart create",
	.see_also = "cart add, cart checkout",
};

/* shopctl cart add, set, remove: what is in a cart. */
#include "cart/cart.h"

#include <glib.h>

struct add_args {
	int64_t cart_id;
	struct line_args lines;
};

static const struct operand_spec add_operands[] = {
	OPERAND_ID(struct add_args, cart_id, "CART", SHOP_ID_CART, "the cart"),
	OPERAND(struct add_args, lines, struct line_args, ARG_LINES, "LINE",
		"SKU, SKU:QTY or SKU:QTY@PRICE"),
	{0},
};

static bool run_add(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct add_args *a = args;
	struct shop_order_line_new *lines = g_new0(struct shop_order_line_new, a->lines.count);
	AUTO_CART struct shop_cart cart = {0};
	char id[SHOP_ID_TEXT];
	bool ok;

	for (size_t i = 0; i < a->lines.count; i++)
		lines[i] = (struct shop_order_line_new){
			.sku = a->lines.items[i].sku,
			.qty = a->lines.items[i].qty,
			.price = a->lines.items[i].price,
		};
	ok = shop_cart_add(s->store, a->cart_id, lines, a->lines.count, &cart, err) &&
	     cart_print_changed(out, &cart, err);
	g_free(lines);
	if (ok)
		out_next(out, "shopctl cart quote %s", shop_id_format(SHOP_ID_CART, cart.id, id));
	return ok;
}

const struct command cmd_cart_add = {
	.name = "add",
	.summary = "Add products to a cart",
	.description = "More than there is may be added: what there is is held for a while, and "
		       "the quote says what "
		       "is missing. A product that is there already gets more; a typed price "
		       "replaces the one agreed.",
	.operands = add_operands,
	.args_size = sizeof(struct add_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_cart_record,
	.run = run_add,
	.examples = "shopctl cart add cart-1000 MUG-01:5 POT-01:1\nshopctl cart add cart-1000 "
		    "MUG-01:2@9.50",
	.exits = "6 the product is not on sale or in another currency, or the cart is closed",
	.see_also = "cart set, cart quote",
};

struct set_args {
	int64_t cart_id;
	const char *sku;
	struct shop_decimal qty;
	struct shop_money price;
};

static const struct operand_spec set_operands[] = {
	OPERAND_ID(struct set_args, cart_id, "CART", SHOP_ID_CART, "the cart"),
	OPERAND(struct set_args, sku, const char *, ARG_SKU, "SKU", "the product"),
	OPERAND(struct set_args, qty, struct shop_decimal, ARG_DECIMAL, "QTY",
		"how many; 0 removes it"),
	{0},
};

static const struct option_spec set_options[] = {
	OPTION(struct set_args, price, struct shop_money, ARG_MONEY, 0, "price", "MONEY",
	       "agreed price of one"),
	{0},
};

static bool run_set(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct set_args *a = args;
	const struct shop_order_line_new line = {.sku = a->sku, .qty = a->qty, .price = a->price};
	AUTO_CART struct shop_cart cart = {0};

	return shop_cart_set(s->store, a->cart_id, &line, &cart, err) &&
	       cart_print_changed(out, &cart, err);
}

const struct command cmd_cart_set = {
	.name = "set",
	.summary = "Set how many of a product a cart holds",
	.operands = set_operands,
	.options = set_options,
	.args_size = sizeof(struct set_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_cart_record,
	.run = run_set,
	.examples = "shopctl cart set cart-1000 MUG-01 3\nshopctl cart set cart-1000 MUG-01 0",
	.exits = "6 the product is not on sale or in another currency, or the cart is closed",
	.see_also = "cart add, cart remove",
};

struct remove_args {
	int64_t cart_id;
	const char *sku;
};

static const struct operand_spec remove_operands[] = {
	OPERAND_ID(struct remove_args, cart_id, "CART", SHOP_ID_CART, "the cart"),
	OPERAND(struct remove_args, sku, const char *, ARG_SKU, "SKU", "the product",
		.hint = HINT_ITS_LINE),
	{0},
};

static bool run_remove(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct remove_args *a = args;
	AUTO_CART struct shop_cart cart = {0};

	return shop_cart_remove(s->store, a->cart_id, a->sku, &cart, err) &&
	       cart_print_changed(out, &cart, err);
}

const struct command cmd_cart_remove = {
	.name = "remove",
	.summary = "Take a product out of a cart",
	.operands = remove_operands,
	.args_size = sizeof(struct remove_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_cart_record,
	.run = run_remove,
	.examples = "shopctl cart remove cart-1000 MUG-01",
	.exits = "3 the cart has no such product\n6 the cart is closed",
	.see_also = "cart set",
};

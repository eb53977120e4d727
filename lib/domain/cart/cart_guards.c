/*
 * What a cart may do, judged by its values alone.
 */
#include "domain/cart/cart_row.h"

#include "domain/order/order_place.h"

#include <string.h>

static bool fix_create(const struct shop_cart *cart, struct shop_error *err)
{
	char customer[SHOP_ID_TEXT];

	if (cart->customer_id == 0)
		return shop_fail_fix(err, "cart", "create", NULL);
	return shop_fail_fix(err, "cart", "create", "--customer",
			     shop_id_format(SHOP_ID_CUSTOMER, cart->customer_id, customer), NULL);
}

bool cart_may_change(const struct shop_cart *cart, struct shop_error *err)
{
	char id[SHOP_ID_TEXT], order[SHOP_ID_TEXT];

	if (strcmp(cart->status, "active") == 0 || strcmp(cart->status, "abandoned") == 0)
		return true;
	shop_fail(err, E_CART_CLOSED, "%s is %s", shop_id_format(SHOP_ID_CART, cart->id, id),
		  cart->status);
	shop_fail_object(err, id);
	if (cart->order_id != 0)
		shop_fail_because(err, "it became %s",
				  shop_id_format(SHOP_ID_ORDER, cart->order_id, order));
	return fix_create(cart, err);
}

bool cart_may_want(const char *sku, int64_t qty, int64_t least, struct shop_error *err)
{
	if (qty >= least)
		return true;
	shop_fail(err, E_INVALID, "qty: %s of %s", least > 0 ? "more than 0" : "0 or more", sku);
	return shop_fail_field(err, "qty");
}

bool cart_may_grow(const struct shop_cart *cart, int64_t count, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	if (count < SHOP_ORDER_LINES_MAX)
		return true;
	shop_fail(err, E_ORDER_TOO_LONG, "%s has %d lines, the most there may be",
		  shop_id_format(SHOP_ID_CART, cart->id, id), SHOP_ORDER_LINES_MAX);
	shop_fail_object(err, id);
	return fix_create(cart, err);
}

static bool may_join(const struct shop_cart *cart, const struct shop_cart_line *line,
		     struct shop_error *err)
{
	struct place_line placed = {.currency = line->currency}; /* borrowed */

	g_strlcpy(placed.sku, line->sku, sizeof(placed.sku));
	return place_line_may_join(&placed, cart->currency, err);
}

bool cart_may_check_out(const struct shop_cart *cart, struct shop_error *err)
{
	const struct shop_cart_line *lines = cart->lines.items;
	char id[SHOP_ID_TEXT];

	/* The currency in which a line's price was agreed may not be the product's any more. */
	for (size_t i = 0; i < cart->lines.count; i++)
		if (!may_join(cart, &lines[i], err))
			return false;
	if (cart->lines.count > 0)
		return true;
	shop_fail(err, E_CART_EMPTY, "%s has no lines", shop_id_format(SHOP_ID_CART, cart->id, id));
	shop_fail_object(err, id);
	return shop_fail_fix(err, "cart", "add", id, "SKU:QTY", NULL);
}

bool cart_may_cost(const struct shop_cart *cart, struct shop_money expected, struct shop_error *err)
{
	char id[SHOP_ID_TEXT], is[SHOP_MONEY_TEXT], was[SHOP_MONEY_TEXT];
	struct shop_json j = {0};

	if (expected.minor == SHOP_NULL ||
	    (expected.minor == cart->total && strcmp(expected.currency, cart->currency) == 0))
		return true;
	shop_fail(err, E_CART_TOTAL, "%s costs %s, not %s",
		  shop_id_format(SHOP_ID_CART, cart->id, id),
		  shop_money_format_full(shop_money_of(cart->total, cart->currency), is),
		  shop_money_format_full(expected, was));
	shop_fail_object(err, id);
	j.to = g_string_new(NULL);
	shop_json_object(&j, NULL);
	shop_json_money(&j, "total", shop_money_of(cart->total, cart->currency));
	shop_json_money(&j, "expected", expected);
	shop_json_end(&j);
	shop_fail_details(err, g_string_free(j.to, FALSE));
	return shop_fail_fix(err, "cart", "quote", id, NULL);
}

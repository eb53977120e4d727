/* Random steps through carts and orders. */
#include "walk.h"

#include "shop/cart.h"
#include "shop/order.h"
#include "shop/product.h"
#include "shop/stock.h"

#include <string.h>

static const char open_carts[] = "SELECT id FROM cart WHERE status IN ('active', 'abandoned')"
				 " ORDER BY (id * 7919 + $1) % 1009 LIMIT 1";
static const char last_cart[] = "SELECT max(id) FROM cart";
static const char open_orders[] =
	"SELECT id FROM orders WHERE status IN ('pending', 'confirmed', 'on_hold')"
	" ORDER BY (id * 7919 + $1) % 1009 LIMIT 1";
static const char last_order[] = "SELECT max(id) FROM orders";

static int64_t cart_of(struct walk *w)
{
	return walk_pick(w, open_carts, last_cart);
}

static int64_t order_of(struct walk *w)
{
	return walk_pick(w, open_orders, last_order);
}

static const char *method(struct walk *w)
{
	return WALK_WORD(w, "sandbox:approve", "sandbox:approve", "sandbox:approve",
			 "sandbox:approve", "manual", "sandbox:decline", "sandbox:late",
			 "sandbox:timeout", "sandbox:twice", "sandbox:timeout.capture",
			 "sandbox:decline.capture", "sandbox:late.refund", "sandbox:decline.void",
			 "sandbox:timeout.void", "sandbox:decline.refund", NULL, "paper");
}

static struct shop_order_line_new line(struct walk *w, char sku[64])
{
	return (struct shop_order_line_new){
		.sku = walk_sku(w, sku),
		.qty = walk_quantity(w),
		.price = walk_once_in(w, 4) ? walk_amount(w)
					    : (struct shop_money){.minor = SHOP_NULL}};
}

static bool create_cart(struct walk *w, struct shop_error *err)
{
	AUTO_CART struct shop_cart cart = {0};
	const int64_t customer = walk_once_in(w, 2) ? 0 : SHOP_ID_FIRST + walk_draw(w, 3);

	return shop_cart_create(w->store, customer, &cart, err);
}

static bool add(struct walk *w, struct shop_error *err)
{
	char skus[3][64];
	struct shop_order_line_new lines[3];
	const int64_t count = 1 + walk_draw(w, 3);
	AUTO_CART struct shop_cart cart = {0};
	const int64_t id = cart_of(w);

	for (int64_t i = 0; i < count; i++)
		lines[i] = line(w, skus[i]);
	return shop_cart_add(w->store, id, lines, (size_t)count, &cart, err);
}

static bool set(struct walk *w, struct shop_error *err)
{
	char sku[64];
	const struct shop_order_line_new one = line(w, sku);
	AUTO_CART struct shop_cart cart = {0};

	return shop_cart_set(w->store, cart_of(w), &one, &cart, err);
}

static bool take_out(struct walk *w, struct shop_error *err)
{
	char sku[64];
	AUTO_CART struct shop_cart cart = {0};

	return shop_cart_remove(w->store, cart_of(w), walk_sku(w, sku), &cart, err);
}

/* The quote speaks by checkout's own guards, so checkout does what it said. */
static void hold_to_quote(const struct shop_quote *quote, bool placed, const struct shop_error *err)
{
	const struct shop_quote_problem *problems = quote->problems.items;
	bool told = false;

	if (quote->ready != placed)
		fail_msg("the quote of cart-%" G_GINT64_FORMAT " says %s, checkout %s: %s",
			 quote->cart_id, quote->ready ? "ready" : problems[0].message,
			 placed ? "placed it" : "refused", placed ? "" : err->message);
	for (size_t i = 0; i < quote->problems.count; i++)
		told |= strcmp(problems[i].code,
			       shop_error_info(placed ? E_NONE : err->id)->name) == 0;
	if (!placed && !told)
		fail_msg("checkout's refusal is not in the quote: %s", err->message);
}

static bool check_out(struct walk *w, struct shop_error *err)
{
	struct shop_cart_checkout in = {
		.cart_id = cart_of(w), .pay = method(w), .expected_total = {.minor = SHOP_NULL}};
	AUTO_QUOTE struct shop_quote quote = {0};
	AUTO_ORDER struct shop_order order = {0};
	AUTO_ERROR struct shop_error unquoted = {0};
	bool quoted, placed;

	if (in.pay != NULL && strcmp(in.pay, "paper") == 0)
		return shop_cart_checkout(w->store, &in, &order, err);
	quoted = shop_cart_quote(w->store, in.cart_id, w->now_us, &quote, &unquoted);
	if (quoted && quote.ready && walk_once_in(w, 2))
		in.expected_total = shop_money_of(quote.total, quote.currency);
	placed = shop_cart_checkout(w->store, &in, &order, err);
	if (quoted)
		hold_to_quote(&quote, placed, err);
	if (quoted && placed)
		assert_int_equal(order.total, quote.total);
	return placed;
}

static bool give_up(struct walk *w, struct shop_error *err)
{
	AUTO_CART struct shop_cart cart = {0};

	return walk_once_in(w, 3) ? shop_cart_recover(w->store, cart_of(w), &cart, err)
				  : shop_cart_abandon(w->store, cart_of(w), &cart, err);
}

static bool expire_carts(struct walk *w, struct shop_error *err)
{
	const struct shop_cart_expire in = {
		.older_than_us = walk_once_in(w, 2) ? SHOP_NULL : walk_draw(w, 5) * WALK_HOUR,
		.limit = walk_once_in(w, 2) ? SHOP_NULL : 2};

	return shop_cart_expire(w->store, &in, walk_ignore, NULL, err);
}

static bool create_order(struct walk *w, struct shop_error *err)
{
	char skus[4][64], reference[32];
	struct shop_order_line_new lines[4];
	struct shop_order_new in = {
		.customer_id = walk_once_in(w, 2) ? 0 : SHOP_ID_FIRST + walk_draw(w, 3),
		.pay = method(w),
		.placed_us = SHOP_NULL,
		.lines = lines,
		.count = (size_t)(1 + walk_draw(w, 4))};
	AUTO_ORDER struct shop_order order = {0};

	(void)g_snprintf(reference, sizeof reference, "R-%d", (int)walk_draw(w, 500));
	in.reference = walk_once_in(w, 4) ? reference : NULL;
	for (size_t i = 0; i < in.count; i++)
		lines[i] = line(w, skus[i]);
	return shop_order_create(w->store, &in, &order, err);
}

/* Exactly what is available can be bought; one more cannot where backorders are denied. */
static bool buy_the_last(struct walk *w, struct shop_error *err)
{
	char sku[64];
	struct shop_order_line_new one = {.sku = walk_sku(w, sku), .price = {.minor = SHOP_NULL}};
	const struct shop_order_new in = {
		.pay = method(w), .placed_us = SHOP_NULL, .lines = &one, .count = 1};
	const bool more = walk_once_in(w, 2);
	AUTO_STOCK struct shop_stock stock = {0};
	AUTO_PRODUCT struct shop_product product = {0};
	AUTO_ORDER struct shop_order order = {0};
	bool placed;

	if (!shop_stock_load(w->store, sku, w->now_us, &stock, err) ||
	    !shop_product_load(w->store, sku, w->now_us, &product, err))
		return false;
	if (stock.available == SHOP_NULL || stock.available + more == 0)
		return true;
	one.qty = (struct shop_decimal){.value = stock.available + more,
					.scale = (int)stock.qty_scale};
	placed = shop_order_create(w->store, &in, &order, err);
	if (!more && !placed && (err->id == E_STOCK_SHORT || err->id == E_BACKORDER_LIMIT))
		fail_msg("what is available is refused: %s", err->message);
	if (!more && placed && order.backordered)
		fail_msg("what is available of %s waits", sku);
	if (more && placed && strcmp(product.backorder, "deny") == 0)
		fail_msg("more than is available of %s was sold", sku);
	return placed;
}

static bool confirm(struct walk *w, struct shop_error *err)
{
	AUTO_ORDER struct shop_order order = {0};

	return shop_order_confirm(w->store, order_of(w), &order, err);
}

static const char *hold_reason(struct walk *w)
{
	return WALK_WORD(w, "fraud", "address", "payment", "stock", "manual", NULL, "mood");
}

static bool hold(struct walk *w, struct shop_error *err)
{
	AUTO_ORDER struct shop_order order = {0};
	const int64_t id = order_of(w);

	return shop_order_hold(w->store, id, hold_reason(w), "a note", &order, err);
}

static bool release(struct walk *w, struct shop_error *err)
{
	static const char held[] = "SELECT id FROM orders WHERE status = 'on_hold'"
				   " ORDER BY (id * 7919 + $1) % 1009 LIMIT 1";
	AUTO_ORDER struct shop_order order = {0};
	const int64_t id = walk_pick(w, held, last_order);
	const char *reason = walk_once_in(w, 2) ? NULL : hold_reason(w);

	return shop_order_release(w->store, id, reason, &order, err);
}

static bool cancel(struct walk *w, struct shop_error *err)
{
	const struct shop_order_cancel in = {.id = order_of(w),
					     .reason =
						     WALK_WORD(w, "customer", "declined", "fraud",
							       "inventory", "staff", NULL, "whim"),
					     .restock = walk_once_in(w, 2),
					     .refund = walk_once_in(w, 2)};
	AUTO_ORDER struct shop_order order = {0};

	return shop_order_cancel(w->store, &in, &order, err);
}

static bool cancel_line(struct walk *w, struct shop_error *err)
{
	char sku[64];
	const int64_t id = order_of(w);
	AUTO_ORDER struct shop_order before = {0};
	AUTO_ORDER struct shop_order order = {0};
	const struct shop_decimal qty = walk_quantity(w);

	if (!shop_order_load(w->store, id, &before, err))
		return false;
	walk_sku(w, sku);
	if (!walk_once_in(w, 8)) {
		const struct shop_order_line *lines = before.lines.items;

		g_strlcpy(sku, lines[walk_draw(w, (int64_t)before.lines.count)].sku, sizeof sku);
	}
	return shop_order_line_cancel(w->store, id, sku, &qty, &order, err);
}

static bool expire_orders(struct walk *w, struct shop_error *err)
{
	const int64_t before =
		walk_once_in(w, 2) ? SHOP_NULL : w->now_us - walk_draw(w, 9) * WALK_HOUR;

	return shop_order_expire(w->store, before, walk_ignore, NULL, err);
}

const struct walk_step *walk_sales_steps(void)
{
	static const struct walk_step steps[] = {
		{"cart create", 5, false, create_cart},
		{"cart add", 9, false, add},
		{"cart set", 5, false, set},
		{"cart remove", 2, false, take_out},
		{"cart checkout", 8, false, check_out},
		{"cart abandon", 3, false, give_up},
		{"cart expire", 1, false, expire_carts},
		{"order create", 9, false, create_order},
		{"order create of the last", 4, false, buy_the_last},
		{"order confirm", 3, false, confirm},
		{"order hold", 2, false, hold},
		{"order release", 3, false, release},
		{"order cancel", 4, false, cancel},
		{"order line cancel", 5, false, cancel_line},
		{"order expire", 1, false, expire_orders},
		{0},
	};

	return steps;
}

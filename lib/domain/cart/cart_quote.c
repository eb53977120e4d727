/*
 * Quotes: what a cart would cost, what could leave at once, and every reason why its checkout would
 * be refused. The reasons come from the guards that placing the order asks, so the advice cannot
 * differ from the gate.
 */
#include "domain/cart/cart_row.h"

#include "domain/domain.h"
#include "domain/order/order_place.h"
#include "domain/why.h"
#include "shop/quantity.h"
#include "shop/text.h"
#include "store/db.h"

static const struct shop_field line_fields[] = {
	SHOP_FIELD_TEXT(struct shop_quote_line, sku, "sku", "the product", .example = "MUG-01"),
	SHOP_FIELD_TEXT(struct shop_quote_line, title, "title", "what customers read",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_QTY(struct shop_quote_line, qty, "qty", "how many are wanted"),
	SHOP_FIELD_INT(struct shop_quote_line, qty_scale, "qty_scale", "decimals of the quantities",
		       .flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_MONEY(struct shop_quote_line, unit_price, "unit_price", "price of one"),
	SHOP_FIELD_MONEY(struct shop_quote_line, subtotal, "subtotal", "price of all",
			 .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_MONEY(struct shop_quote_line, discount, "discount", "taken off it",
			 .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_MONEY(struct shop_quote_line, tax, "tax", "put on it", .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_MONEY(struct shop_quote_line, total, "total", "what the line costs"),
	SHOP_FIELD_TEXT(struct shop_quote_line, currency, "currency", "the price's currency",
			.flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_QTY(struct shop_quote_line, ship_now, "ship_now", "how many can ship now"),
	SHOP_FIELD_QTY(struct shop_quote_line, backordered, "backordered",
		       "how many would wait for stock"),
	SHOP_FIELD_QTY(struct shop_quote_line, short_qty, "short", "how many cannot be had"),
	SHOP_FIELD_QTY(struct shop_quote_line, held, "held", "how many are kept for this cart",
		       .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_quote_line, held_until, "held_until", "until when",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TEXT(struct shop_quote_line, availability, "availability", "the same in words",
			.example = "3 of 5 can ship now, 2 would wait"),
};

static const struct shop_record line_record =
	SHOP_RECORD("quote line", struct shop_quote_line, line_fields);

static const struct shop_field problem_fields[] = {
	SHOP_FIELD_TEXT(struct shop_quote_problem, code, "code",
			"the error that checkout would give", .example = "E_STOCK_SHORT"),
	SHOP_FIELD_TEXT(struct shop_quote_problem, sku, "sku",
			"the product; null = the cart as a whole"),
	SHOP_FIELD_TEXT(struct shop_quote_problem, message, "message", "what is the matter"),
	SHOP_FIELD_TEXT(struct shop_quote_problem, fix, "fix", "the command that clears it",
			.flags = SHOP_FIELD_VERBATIM),
};

static const struct shop_record problem_record =
	SHOP_RECORD("quote problem", struct shop_quote_problem, problem_fields);

static const struct shop_field fields[] = {
	SHOP_FIELD_ID(struct shop_quote, cart_id, "cart", SHOP_ID_CART, "the cart",
		      .example = "cart-1000"),
	SHOP_FIELD_ID(struct shop_quote, customer_id, "customer", SHOP_ID_CUSTOMER,
		      "whose it is; null = a guest's"),
	SHOP_FIELD_WORD(struct shop_quote, status, "status", "active or abandoned"),
	SHOP_FIELD_WORD(struct shop_quote, currency, "currency", "of all its sums",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_MONEY(struct shop_quote, subtotal, "subtotal", "price of all lines"),
	SHOP_FIELD_MONEY(struct shop_quote, discount, "discount", "taken off it"),
	SHOP_FIELD_MONEY(struct shop_quote, tax, "tax", "put on it"),
	SHOP_FIELD_MONEY(struct shop_quote, total, "total", "what checkout would ask for"),
	SHOP_FIELD_BOOL(struct shop_quote, ready, "ready",
			"whether checkout would be accepted now"),
	SHOP_FIELD_TIME(struct shop_quote, held_until, "held_until",
			"when the first of its holds ends"),
	SHOP_FIELD_LIST(struct shop_quote, lines, "lines", &line_record, "each product"),
	SHOP_FIELD_LIST(struct shop_quote, problems, "problems", &problem_record,
			"why checkout would be refused"),
};

const struct shop_record shop_quote_record = SHOP_RECORD("quote", struct shop_quote, fields);

void shop_quote_done(struct shop_quote *quote)
{
	shop_record_done(&shop_quote_record, quote);
}

/* Turn a refusal into advice. What no rule of the shop refused stays an error. */
static bool advise(struct shop_quote *quote, const char *sku, struct shop_error *err)
{
	struct shop_quote_problem *problem;
	char *words;

	if (err->code != SHOP_REFUSED && err->code != SHOP_INVALID)
		return false;
	problem = shop_list_add(&problem_record, &quote->problems);
	problem->code = g_strdup(shop_error_info(err->id)->name);
	problem->sku = g_strdup(sku);
	problem->message = g_strdup(err->message);
	if (err->fix != NULL) {
		words = g_strjoinv(" ", err->fix);
		problem->fix = g_strconcat("shopctl ", words, NULL);
		g_free(words);
	}
	shop_error_done(err);
	return true;
}

static char *in_words(const struct shop_quote_line *line)
{
	char text[SHOP_QUANTITY_TEXT], of[SHOP_QUANTITY_TEXT];
	int scale = (int)line->qty_scale;
	GString *s = g_string_new(NULL);

	if (line->ship_now == line->qty) {
		g_string_append(s, "all can ship now");
		return g_string_free(s, FALSE);
	}
	g_string_append_printf(s, "%s of %s can ship now",
			       shop_quantity_format(line->ship_now, scale, text),
			       shop_quantity_format(line->qty, scale, of));
	if (line->backordered > 0)
		g_string_append_printf(s, ", %s would wait",
				       shop_quantity_format(line->backordered, scale, text));
	if (line->short_qty > 0)
		g_string_append_printf(s, ", %s cannot be had",
				       shop_quantity_format(line->short_qty, scale, text));
	return g_string_free(s, FALSE);
}

/* What stock and the backorder policy give of a line. */
static bool split(struct shop_store *store, int64_t cart_id, int64_t now_us,
		  const struct place_line *placed, struct shop_quote_line *line,
		  struct shop_error *err)
{
	int64_t available = line->qty, room = 0, rest;

	if (placed->tracked &&
	    !stock_available_at(store, placed->product_id, cart_id, now_us, &available, err))
		return false;
	line->ship_now = MIN(line->qty, available);
	rest = line->qty - line->ship_now;
	if (rest > 0 && !backorder_room(store, placed->product_id, &room, err))
		return false;
	line->backordered = MIN(rest, room);
	line->short_qty = rest - line->backordered;
	line->availability = in_words(line);
	return true;
}

/* The refusals that placing the order would raise for this line. */
static bool may_place(struct shop_store *store, int64_t cart_id, const struct place_line *placed,
		      const struct shop_quote_line *line, struct shop_error *err)
{
	int64_t rest = line->qty - line->ship_now;

	if (!place_line_may_sell(placed, err))
		return false;
	if (rest > 0 && placed->denies)
		return place_line_refuse_short(placed, line->qty, line->ship_now, cart_id, err);
	return rest == 0 || backorder_may_open(store, placed->product_id, placed->sku, rest, err);
}

static bool add_line(struct shop_store *store, const struct shop_cart_line *from, int64_t now_us,
		     struct shop_quote *quote, struct shop_error *err)
{
	AUTO_PLACE_LINE struct place_line placed = {
		.product_id = from->product_id, .qty = from->qty, .unit_minor = from->unit_price};
	struct shop_quote_line *line = shop_list_add(&line_record, &quote->lines);

	line->sku = g_strdup(from->sku);
	line->title = g_strdup(from->title);
	line->currency = g_strdup(from->currency);
	line->qty = from->qty;
	line->qty_scale = from->qty_scale;
	line->unit_price = from->unit_price;
	line->subtotal = from->total;
	line->total = from->total;
	line->held = from->held;
	line->held_until = from->held_until;
	return place_line_read(store, &placed, now_us, err) &&
	       split(store, quote->cart_id, now_us, &placed, line, err) &&
	       (may_place(store, quote->cart_id, &placed, line, err) ||
		advise(quote, placed.sku, err));
}

static bool fill(struct shop_store *store, const struct shop_cart *cart, int64_t now_us,
		 struct shop_quote *quote, struct shop_error *err)
{
	const struct shop_cart_line *lines = cart->lines.items;

	quote->cart_id = cart->id;
	quote->customer_id = cart->customer_id;
	quote->status = g_strdup(cart->status);
	quote->currency = g_strdup(cart->currency);
	quote->subtotal = cart->total;
	quote->total = cart->total;
	quote->held_until = cart->held_until;
	if (!cart_may_check_out(cart, err) && !advise(quote, NULL, err))
		return false;
	for (size_t i = 0; i < cart->lines.count; i++)
		if (!add_line(store, &lines[i], now_us, quote, err))
			return false;
	quote->ready = quote->problems.count == 0;
	return true;
}

bool shop_cart_quote(struct shop_store *store, int64_t id, int64_t now_us,
		     struct shop_quote *ret_quote, struct shop_error *err)
{
	AUTO_CART struct shop_cart cart = {0};
	AUTO_QUOTE struct shop_quote quote = {0};

	if (!shop_cart_load(store, id, now_us, &cart, err) || !cart_may_change(&cart, err) ||
	    !fill(store, &cart, now_us, &quote, err))
		return shop_fail_while(err, "quoting a cart");
	shop_record_take(&shop_quote_record, ret_quote, &quote);
	return true;
}

bool cart_why_change(struct shop_store *store, int64_t id, int64_t now_us, struct shop_error *err)
{
	AUTO_CART struct shop_cart cart = {0};

	return shop_cart_load(store, id, now_us, &cart, err) && cart_may_change(&cart, err);
}

static bool line_may_check_out(struct shop_store *store, int64_t cart_id,
			       const struct shop_cart_line *from, int64_t now_us,
			       struct shop_error *err)
{
	AUTO_PLACE_LINE struct place_line placed = {
		.product_id = from->product_id, .qty = from->qty, .unit_minor = from->unit_price};
	struct shop_quote_line line = {.qty = from->qty, .qty_scale = from->qty_scale};
	bool ok = place_line_read(store, &placed, now_us, err) &&
		  split(store, cart_id, now_us, &placed, &line, err) &&
		  may_place(store, cart_id, &placed, &line, err);

	g_free(line.availability);
	return ok;
}

bool cart_why_checkout(struct shop_store *store, int64_t id, int64_t now_us, struct shop_error *err)
{
	AUTO_CART struct shop_cart cart = {0};
	const struct shop_cart_line *lines;

	if (!shop_cart_load(store, id, now_us, &cart, err) || !cart_may_change(&cart, err) ||
	    !cart_may_check_out(&cart, err))
		return false;
	lines = cart.lines.items;
	for (size_t i = 0; i < cart.lines.count; i++)
		if (!line_may_check_out(store, id, &lines[i], now_us, err))
			return false;
	return true;
}

bool product_why_sell(struct shop_store *store, const char *sku, int64_t now_us,
		      struct shop_error *err)
{
	struct product_found found;
	struct shop_cart_line line = {.qty = 1, .unit_price = SHOP_NULL};

	if (!product_find(store, sku, &found, err))
		return false;
	line.product_id = found.id;
	line.qty_scale = found.qty_scale;
	for (int64_t scale = found.qty_scale; scale > 0; scale--)
		line.qty *= 10;
	return line_may_check_out(store, 0, &line, now_us, err);
}

/*
 * What an order's lines agree on: one read per line gives the product's facts, its price in force
 * and its last cost; then the sums, exactly.
 */
#include "domain/order/order_place.h"

#include "domain/product/product_row.h"
#include "shop/order.h"
#include "shop/quantity.h"
#include "store/db.h"

#include <string.h>

void place_line_done(struct place_line *line)
{
	g_free(line->title);
	g_free(line->tax_class);
	g_free(line->status);
	g_free(line->currency);
	*line = (struct place_line){0};
}

void placing_done(struct placing *p)
{
	for (size_t i = 0; p->lines != NULL && i < p->in->count; i++)
		place_line_done(&p->lines[i]);
	g_free(p->lines);
	*p = (struct placing){0};
}

bool place_line_read(struct shop_store *store, struct place_line *line, int64_t now_us,
		     struct shop_error *err)
{
	static const char sql[] =
		"SELECT p.sku, p.title, p.status, p.tax_class, p.track_stock, p.qty_scale,"
		" p.backorder = 'deny', x.amount_minor, x.currency, (SELECT CASE WHEN "
		"m.cost_currency = x.currency THEN m.unit_cost_minor END FROM movement m WHERE "
		"m.product_id = p.id AND m.unit_cost_minor IS NOT NULL ORDER BY m.id DESC LIMIT 1)"
		" FROM product p LEFT JOIN price x ON x.product_id = p.id AND x.n "
		"= " PRICE_IN_FORCE("p.id", "$2") " WHERE p.id = $1";
	AUTO_QUERY struct db_query q = {0};
	char text[SHOP_ID_TEXT];

	if (!db_query(&q, store, sql, "di", err, line->product_id, now_us))
		return false;
	if (!db_next(&q))
		return db_done(&q, err) &&
		       shop_fail(err, E_NOT_FOUND, "no product %s",
				 shop_id_format(SHOP_ID_PRODUCT, line->product_id, text));
	g_strlcpy(line->sku, db_text(&q, 0), sizeof(line->sku));
	line->title = db_text_dup(&q, 1);
	line->status = db_text_dup(&q, 2);
	line->tax_class = db_text_dup(&q, 3);
	line->tracked = db_int(&q, 4) == 1;
	line->scale = (int)db_int(&q, 5);
	line->denies = db_int(&q, 6) == 1;
	if (line->unit_minor == SHOP_NULL)
		line->unit_minor = db_int(&q, 7);
	/* An agreed price of a product without one is in the store's currency. */
	line->currency = db_text_dup(&q, 8);
	if (line->currency == NULL)
		line->currency = g_strdup(shop_store_currency(store));
	line->cost_minor = db_int(&q, 9);
	return db_done(&q, err);
}

static bool may_sell(const struct place_line *line, struct shop_error *err)
{
	if (strcmp(line->status, "active") != 0) {
		shop_fail(err, E_PRODUCT_INACTIVE, "product %s is not on sale: it is %s", line->sku,
			  strcmp(line->status, "draft") == 0 ? "a draft" : line->status);
		shop_fail_object(err, line->sku);
		return shop_fail_fix(err, "product", "publish", line->sku, NULL);
	}
	if (line->unit_minor != SHOP_NULL)
		return true;
	shop_fail(err, E_PRODUCT_NO_PRICE, "product %s has no price now", line->sku);
	shop_fail_object(err, line->sku);
	return shop_fail_fix(err, "product", "price", "set", line->sku, "--to", "MONEY", NULL);
}

static bool may_order_qty(const struct place_line *line, struct shop_error *err)
{
	int64_t most = SHOP_QUANTITY_MAX;
	int i;

	for (i = 0; i < line->scale; i++)
		most *= 10;
	if (line->qty > 0 && line->qty <= most)
		return true;
	shop_fail(err, E_INVALID, "qty: above 0 and at most %d of %s", (int)SHOP_QUANTITY_MAX,
		  line->sku);
	return shop_fail_field(err, "qty");
}

bool place_line_may_sell(const struct place_line *line, struct shop_error *err)
{
	return may_sell(line, err) && may_order_qty(line, err);
}

bool place_line_may_join(const struct place_line *line, const char *currency,
			 struct shop_error *err)
{
	if (strcmp(currency, line->currency) == 0)
		return true;
	shop_fail(err, E_CURRENCY, "product %s is priced in %s, the others in %s", line->sku,
		  line->currency, currency);
	shop_fail_object(err, line->sku);
	return shop_fail_fix(err, "product", "show", line->sku, NULL);
}

static bool add_line(struct placing *p, struct place_line *line, struct shop_error *err)
{
	struct shop_money subtotal;

	if (p->total.currency[0] == '\0')
		p->total = shop_money_of(0, line->currency);
	if (!place_line_may_join(line, p->total.currency, err) ||
	    !shop_money_times(shop_money_of(line->unit_minor, line->currency), line->qty,
			      line->scale, &subtotal, err) ||
	    !shop_money_add(p->total, subtotal, &p->total, err))
		return false;
	line->subtotal_minor = subtotal.minor;
	return true;
}

static bool check_count(const struct order_new *in, struct shop_error *err)
{
	char cart[SHOP_ID_TEXT];

	if (in->count > SHOP_ORDER_LINES_MAX)
		return shop_fail(err, E_ORDER_TOO_LONG, "an order has at most %d lines, not %d",
				 SHOP_ORDER_LINES_MAX, (int)in->count);
	if (in->count > 0)
		return true;
	if (in->cart_id == 0)
		return shop_fail(err, E_CART_EMPTY, "there is nothing to order: no lines");
	shop_fail(err, E_CART_EMPTY, "%s has no lines",
		  shop_id_format(SHOP_ID_CART, in->cart_id, cart));
	shop_fail_object(err, cart);
	return shop_fail_fix(err, "cart", "add", cart, "SKU:QTY", NULL);
}

bool placing_lines(struct shop_store *store, struct placing *p, struct shop_error *err)
{
	int64_t now_us = shop_store_context(store)->now_us;

	if (!check_count(p->in, err))
		return false;
	p->lines = g_new0(struct place_line, p->in->count);
	for (size_t i = 0; i < p->in->count; i++) {
		const struct order_new_line *in = &p->in->lines[i];
		struct place_line *line = &p->lines[i];

		line->n = (int64_t)i + 1;
		line->product_id = in->product_id;
		line->qty = in->qty;
		line->unit_minor = in->price_minor;
		if (!place_line_read(store, line, now_us, err) || !place_line_may_sell(line, err) ||
		    !add_line(p, line, err))
			return false;
	}
	return true;
}

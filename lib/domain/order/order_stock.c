/*
 * The units of an order being placed: promised from stock, or waiting for it. Products are taken in
 * id order, so that two orders never wait for each other's rows.
 */
#include "domain/order/order_place.h"

#include "shop/json.h"
#include "shop/quantity.h"
#include "shop/record.h"
#include "shop/text.h"
#include "store/db.h"

#include <stdlib.h>

static int by_product(const void *a, const void *b)
{
	const struct place_line *x = *(const struct place_line *const *)a;
	const struct place_line *y = *(const struct place_line *const *)b;

	if (x->product_id != y->product_id)
		return x->product_id < y->product_id ? -1 : 1;
	return x->n < y->n ? -1 : 1;
}

bool place_line_refuse_short(const struct place_line *line, int64_t wanted, int64_t available,
			     int64_t cart_id, struct shop_error *err)
{
	struct shop_json j = {.to = g_string_new(NULL)};
	char text[SHOP_QUANTITY_TEXT], short_text[SHOP_QUANTITY_TEXT], cart[SHOP_ID_TEXT];
	char wanted_text[SHOP_QUANTITY_TEXT];

	shop_quantity_format(available, line->scale, text);
	shop_quantity_format(wanted, line->scale, wanted_text);
	shop_quantity_format(wanted - available, line->scale, short_text);
	shop_fail(err, E_STOCK_SHORT, "stock of %s is short: %s wanted, %s %s available", line->sku,
		  wanted_text, text, g_strcmp0(text, "1") == 0 ? "is" : "are");
	shop_fail_object(err, line->sku);
	shop_json_object(&j, NULL);
	shop_json_text(&j, "sku", line->sku);
	shop_json_quantity(&j, "wanted", wanted, line->scale);
	shop_json_quantity(&j, "available", available, line->scale);
	shop_json_end(&j);
	shop_fail_details(err, g_string_free(j.to, FALSE));
	if (cart_id != 0 && available > 0)
		return shop_fail_fix(err, "cart", "set",
				     shop_id_format(SHOP_ID_CART, cart_id, cart), line->sku, text,
				     NULL);
	return shop_fail_fix(err, "stock", "receive", line->sku, short_text, NULL);
}

/* A product may stand on several lines: what is wanted of it is their sum. */
static bool refuse_short(const struct placing *p, const struct place_line *line, int64_t available,
			 struct shop_error *err)
{
	int64_t wanted = 0;

	for (size_t i = 0; i < p->in->count; i++)
		if (p->lines[i].product_id == line->product_id)
			wanted += p->lines[i].qty;
	return place_line_refuse_short(line, wanted, available, p->in->cart_id, err);
}

static bool wait_for_rest(struct shop_store *store, const struct stock_need *need, int64_t got,
			  struct shop_error *err)
{
	static const char sql[] = "UPDATE order_line SET allocated = $3, backordered = qty - $3"
				  " WHERE order_id = $1 AND n = $2";
	struct stock_need rest = *need;
	int64_t location_id;

	rest.qty = need->qty - got;
	return db_run(store, sql, "dii", err, need->order_id, need->line, got) &&
	       location_default(store, &location_id, err) &&
	       backorder_open(store, &rest, location_id, err);
}

static bool mark_backordered(struct shop_store *store, int64_t order_id, struct shop_error *err)
{
	static const char sql[] = "UPDATE orders SET backordered = 1 WHERE id = $1";

	return db_run(store, sql, "d", err, order_id);
}

/* The lines were written as wholly allocated; only what is short needs a second statement. */
static bool take(struct shop_store *store, const struct placing *p, struct place_line *const *lines,
		 struct shop_error *err)
{
	int64_t of_product = 0;
	bool waits = false;

	for (size_t i = 0; i < p->in->count; i++) {
		const struct place_line *line = lines[i];
		const struct stock_need need = {
			.product_id = line->product_id,
			.sku = line->sku,
			.order_id = p->id,
			.line = line->n,
			.qty = line->qty,
			.cart_id = p->in->cart_id,
		};
		int64_t got;

		if (i == 0 || lines[i - 1]->product_id != line->product_id)
			of_product = 0;
		if (!line->tracked)
			continue;
		if (!stock_allocate(store, &need, &got, err))
			return false;
		of_product += got;
		if (got < line->qty && line->denies)
			return refuse_short(p, line, of_product, err);
		if (got < line->qty && !wait_for_rest(store, &need, got, err))
			return false;
		waits |= got < line->qty;
	}
	return !waits || mark_backordered(store, p->id, err);
}

bool placing_stock(struct shop_store *store, const struct placing *p, struct shop_error *err)
{
	struct place_line **lines = g_new(struct place_line *, p->in->count);
	bool ok;

	for (size_t i = 0; i < p->in->count; i++)
		lines[i] = &p->lines[i];
	qsort(lines, p->in->count, sizeof(struct place_line *), by_product);
	ok = take(store, p, lines, err);
	g_free(lines);
	return ok;
}

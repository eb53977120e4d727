/*
 * Orders without a cart: lines by SKU become lines by product, then the one way of placing.
 */
#include "domain/order/order_row.h"

#include "domain/domain.h"
#include "domain/product/product_row.h"
#include "shop/text.h"
#include "store/db.h"

#include <string.h>

/* A product as a line needs it. */
struct sold {
	int64_t id;
	int64_t scale;
	char unit[16];
};

static bool find(struct shop_store *store, const char *sku, struct sold *ret_sold,
		 struct shop_error *err)
{
	static const char sql[] = "SELECT id, qty_scale, unit FROM product WHERE sku = $1";
	AUTO_QUERY struct db_query q = {0};
	bool found;

	if (!db_query(&q, store, sql, "t", err, sku))
		return false;
	found = db_next(&q);
	if (found) {
		ret_sold->id = db_int(&q, 0);
		ret_sold->scale = db_int(&q, 1);
		g_strlcpy(ret_sold->unit, db_text(&q, 2), sizeof(ret_sold->unit));
	}
	if (!db_done(&q, err))
		return false;
	if (found)
		return true;
	shop_fail(err, E_NOT_FOUND, "no product %s", sku);
	shop_fail_object(err, sku);
	return shop_fail_fix(err, "product", "list", NULL);
}

/* An agreed price is in the currency the product is priced in, or the store's. */
static bool check_price(struct shop_store *store, const struct shop_order_line_new *in,
			const struct sold *sold, struct shop_error *err)
{
	static const char sql[] = "SELECT currency FROM price WHERE product_id = $1"
				  " AND n = " PRICE_IN_FORCE("$1", "$2");
	AUTO_TEXT char *priced = NULL;
	const char *wanted;

	if (in->price.minor == SHOP_NULL)
		return true;
	if (!db_get_text(store, &priced, sql, "di", err, sold->id,
			 shop_store_context(store)->now_us))
		return false;
	wanted = priced == NULL ? shop_store_currency(store) : priced;
	if (strcmp(in->price.currency, wanted) == 0)
		return product_price_check(in->price, err);
	shop_fail(err, E_CURRENCY, "%s is priced in %s, not %s", in->sku, wanted,
		  in->price.currency);
	shop_fail_object(err, in->sku);
	return shop_fail_fix(err, "product", "show", in->sku, NULL);
}

static bool resolve(struct shop_store *store, const struct shop_order_new *in,
		    struct order_new_line *lines, struct shop_error *err)
{
	for (size_t i = 0; i < in->count; i++) {
		const struct shop_order_line_new *line = &in->lines[i];
		struct sold sold;

		if (!find(store, line->sku, &sold, err) ||
		    !shop_quantity_of(&line->qty, (int)sold.scale, sold.unit, &lines[i].qty, err) ||
		    !check_price(store, line, &sold, err))
			return false;
		lines[i].product_id = sold.id;
		lines[i].price_minor = line->price.minor;
	}
	return true;
}

static bool clean_reference(const char *text, char **ret_reference, struct shop_error *err)
{
	const struct shop_text_rule rule = {.max_chars = SHOP_NAME_MAX, .required = true};

	return text == NULL || shop_text_clean(text, "reference", &rule, ret_reference, err);
}

bool shop_order_create(struct shop_store *store, const struct shop_order_new *in,
		       struct shop_order *ret_order, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_TEXT char *reference = NULL;
	struct order_new_line *lines = g_new0(struct order_new_line, MAX(in->count, 1));
	struct order_new placed = {
		.customer_id = in->customer_id,
		.ship_to = in->ship_to,
		.pay = in->pay,
		.placed_us = in->placed_us,
		.lines = lines,
		.count = in->count,
	};
	int64_t id = 0;
	bool ok = clean_reference(in->reference, &reference, err) &&
		  shop_txn_begin(&txn, store, err) && resolve(store, in, lines, err);

	placed.reference = reference;
	ok = ok && order_place(store, &placed, &id, err);
	g_free(lines);
	if (!ok || !order_return(store, &txn, id, ret_order, err))
		return shop_fail_while(err, "creating an order");
	return true;
}

/*
 * What can be promised now, where it would be taken from, and the facts that follow when it
 * changes.
 */
#include "domain/stock/stock_row.h"

#include "shop/quantity.h"
#include "shop/text.h"

/* $2 is the cart whose own holds do not count, $3 the time. */
#define FREE_HERE STOCK_FREE("s", "$2", "$3")

/* What a product's facts are judged by. */
struct level {
	int64_t available;
	int64_t reorder_point; /* SHOP_NULL = the policy's threshold */
	int64_t qty_scale;
	bool tracked;
};

static int64_t units_of(int64_t whole, int64_t qty_scale)
{
	for (; qty_scale > 0; qty_scale--)
		whole *= 10;
	return whole;
}

static bool load_level(struct shop_store *store, int64_t product_id, int64_t cart_id,
		       int64_t now_us, struct level *ret_level, struct shop_error *err)
{
	static const char sql[] = "SELECT " STOCK_AVAILABLE(
		"$1", "$2", "$3") ", reorder_point, qty_scale, track_stock"
				  " FROM product WHERE id = $1";
	AUTO_QUERY struct db_query q = {0};
	bool found;

	if (!db_query(&q, store, sql, "dii", err, product_id, cart_id, now_us))
		return false;
	found = db_next(&q);
	if (found)
		*ret_level = (struct level){
			.available = db_int(&q, 0),
			.reorder_point = db_int(&q, 1),
			.qty_scale = db_int(&q, 2),
			.tracked = db_int(&q, 3) != 0,
		};
	if (!db_done(&q, err))
		return false;
	return found || shop_fail(err, E_INTERNAL, "a product without a row");
}

bool stock_available_at(struct shop_store *store, int64_t product_id, int64_t cart_id,
			int64_t now_us, int64_t *ret_qty, struct shop_error *err)
{
	struct level level = {0};

	if (!load_level(store, product_id, cart_id, now_us, &level, err))
		return false;
	*ret_qty = level.tracked ? level.available : units_of(SHOP_QUANTITY_MAX, level.qty_scale);
	return true;
}

bool stock_available(struct shop_store *store, int64_t product_id, int64_t cart_id,
		     int64_t *ret_qty, struct shop_error *err)
{
	return stock_available_at(store, product_id, cart_id, shop_store_context(store)->now_us,
				  ret_qty, err);
}

bool stock_spread(struct shop_store *store, int64_t product_id, int64_t cart_id, int64_t limit,
		  GArray **ret_parts, struct shop_error *err)
{
	static const char sql[] =
		"SELECT x.location_id, x.free FROM (SELECT s.location_id, " FREE_HERE
		" AS free, l.is_default FROM stock s JOIN location l ON l.id = s.location_id"
		" WHERE s.product_id = $1 AND s.bucket = 0) x WHERE x.free > 0"
		" ORDER BY CASE WHEN x.free >= $4 THEN 0 ELSE 1 END, x.is_default DESC,"
		" x.location_id";
	AUTO_QUERY struct db_query q = {0};
	GArray *parts = g_array_new(FALSE, FALSE, sizeof(struct stock_part));

	if (!db_query(&q, store, sql, "diii", err, product_id, cart_id,
		      shop_store_context(store)->now_us, limit)) {
		g_array_unref(parts);
		return false;
	}
	while (limit > 0 && db_next(&q)) {
		const struct stock_part part = {.location_id = db_int(&q, 0),
						.qty = MIN(db_int(&q, 1), limit)};

		g_array_append_val(parts, part);
		limit -= part.qty;
	}
	if (!db_done(&q, err)) {
		g_array_unref(parts);
		return false;
	}
	*ret_parts = parts;
	return true;
}

/* Which of the three facts was told last; a product of which none was told counts as in stock. */
static bool last_fact(struct shop_store *store, const char *sku, char **ret_type,
		      struct shop_error *err)
{
	static const char sql[] =
		"SELECT type FROM journal WHERE subject = $1 AND (type = 'inventory.low_stock'"
		" OR type = 'inventory.out_of_stock' OR type = 'inventory.back_in_stock') ORDER BY seq DESC LIMIT 1";

	return db_get_text(store, ret_type, sql, "t", err, sku);
}

static bool tell_fact(struct shop_store *store, const char *type, const char *sku,
		      const struct level *level, int64_t threshold, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shop_event_begin_text(&e, type, sku);
	shop_json_text(&e.json, "sku", sku);
	shop_json_quantity(&e.json, "available", level->available, (int)level->qty_scale);
	shop_json_quantity(&e.json, "threshold", threshold, (int)level->qty_scale);
	return shop_event_append(store, &e, err);
}

bool stock_facts(struct shop_store *store, int64_t product_id, const char *sku,
		 struct shop_error *err)
{
	AUTO_TEXT char *last = NULL;
	struct level level = {0};
	int64_t threshold;
	bool was_out, was_low;

	if (!load_level(store, product_id, 0, shop_store_context(store)->now_us, &level, err) ||
	    !last_fact(store, sku, &last, err))
		return false;
	if (!level.tracked)
		return true;
	threshold = level.reorder_point != SHOP_NULL
			    ? level.reorder_point
			    : units_of(shop_store_policy(store)->low_stock, level.qty_scale);
	was_out = g_strcmp0(last, "inventory.out_of_stock") == 0;
	was_low = g_strcmp0(last, "inventory.low_stock") == 0;
	if (level.available == 0)
		return was_out ||
		       tell_fact(store, "inventory.out_of_stock", sku, &level, threshold, err);
	/* What comes back may still be low: both are facts, and the last one told is the level. */
	if ((was_out || (was_low && level.available > threshold)) &&
	    !tell_fact(store, "inventory.back_in_stock", sku, &level, threshold, err))
		return false;
	if (was_low || level.available > threshold)
		return true;
	return tell_fact(store, "inventory.low_stock", sku, &level, threshold, err);
}

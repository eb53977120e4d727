/*
 * Filling backorders: free stock goes to who has waited longest, for the worker after each receipt
 * and for `backorder allocate`.
 */
#include "domain/backorder/backorder_row.h"

#include "domain/domain.h"
#include "store/db.h"

static bool next_waiting(struct shop_store *store, int64_t product_id, struct shop_backorder *ret_b,
			 bool *ret_found, struct shop_error *err)
{
	static const char sql[] = SELECT_BACKORDER " WHERE b.product_id = $1 AND b." BACKORDER_WAITS
						   " ORDER BY b.placed_us, b.id LIMIT 1";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, "d", err, product_id))
		return false;
	*ret_found = db_next(&q);
	if (*ret_found)
		db_row(&q, 0, &shop_backorder_record, ret_b);
	return db_done(&q, err);
}

static bool move_line(struct shop_store *store, const struct shop_backorder *b, int64_t qty,
		      struct shop_error *err)
{
	static const char sql[] =
		"UPDATE order_line SET allocated = allocated + $3, backordered = backordered - $3"
		" WHERE order_id = $1 AND n = $2 AND backordered >= $3";
	bool changed;

	return db_change(store, &changed, sql, "dii", err, b->order_id, b->line, qty) &&
	       (changed || shop_fail(err, E_INTERNAL,
				     "line %" G_GINT64_FORMAT " of order %" G_GINT64_FORMAT
				     " has fewer backordered units than its backorder",
				     b->line, b->order_id));
}

static bool tell_allocated(struct shop_store *store, const struct shop_backorder *b, int64_t qty,
			   struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	backorder_event_begin(&e, "backorder.allocated", b);
	shop_json_quantity(&e.json, "qty", qty, (int)b->qty_scale);
	shop_json_quantity(&e.json, "allocated_after", b->allocated, (int)b->qty_scale);
	shop_json_quantity(&e.json, "open_after", b->open, (int)b->qty_scale);
	shop_json_id(&e.json, "purchase_id", SHOP_ID_PURCHASE, b->purchase_id);
	return shop_event_append(store, &e, err);
}

/* Give one backorder what is free; *ret_more = it got all it waited for, so there may be more for
 * the next. */
static bool fill(struct shop_store *store, struct shop_backorder *b, shop_record_fn fn, void *ctx,
		 bool *ret_more, struct shop_error *err)
{
	const struct stock_need need = {
		.product_id = b->product_id,
		.sku = b->sku,
		.order_id = b->order_id,
		.line = b->line,
		.qty = b->open,
	};
	int64_t qty;

	if (!stock_allocate_waiting(store, &need, &qty, err))
		return false;
	*ret_more = qty == need.qty;
	return qty == 0 ||
	       (backorder_take(store, b, qty, 0, err) && move_line(store, b, qty, err) &&
		tell_allocated(store, b, qty, err) && order_refresh(store, b->order_id, err) &&
		(fn == NULL || fn(b, ctx, err)));
}

/*
 * One at a time from the head of the queue: a filled backorder leaves the index, so the next head
 * is the next to serve; who comes later gets nothing before who came first has all.
 */
static bool allocate_product(struct shop_store *store, int64_t product_id, shop_record_fn fn,
			     void *ctx, struct shop_error *err)
{
	bool more = true;

	while (more) {
		AUTO_BACKORDER struct shop_backorder b = {0};

		if (!next_waiting(store, product_id, &b, &more, err) ||
		    (more && !fill(store, &b, fn, ctx, &more, err)))
			return false;
	}
	return true;
}

bool backorder_allocate_waiting(struct shop_store *store, int64_t product_id,
				struct shop_error *err)
{
	return allocate_product(store, product_id, NULL, NULL, err);
}

/* The first product after `after` that something waits for, or SHOP_NULL. */
static bool next_product(struct shop_store *store, int64_t after, int64_t *ret_id,
			 struct shop_error *err)
{
	static const char sql[] =
		"SELECT product_id FROM backorder WHERE product_id > $1 AND " BACKORDER_WAITS
		" ORDER BY product_id LIMIT 1";

	return db_get(store, ret_id, sql, "i", err, after);
}

static bool allocate_all(struct shop_store *store, shop_record_fn fn, void *ctx,
			 struct shop_error *err)
{
	int64_t product_id = 0;

	for (;;) {
		if (!next_product(store, product_id, &product_id, err))
			return false;
		if (product_id == SHOP_NULL)
			return true;
		if (!allocate_product(store, product_id, fn, ctx, err))
			return false;
	}
}

bool shop_backorder_allocate(struct shop_store *store, const char *sku, shop_record_fn fn,
			     void *ctx, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	int64_t product_id;

	if (!shop_txn_begin(&txn, store, err) ||
	    !backorder_product_of(store, sku, &product_id, err) ||
	    !(sku == NULL ? allocate_all(store, fn, ctx, err)
			  : allocate_product(store, product_id, fn, ctx, err)) ||
	    !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "allocating to backorders");
	return true;
}

/*
 * One product at one place: read and judged before a change, changed in one guarded step.
 */
#include "domain/stock/stock_subject.h"

#define HELD_HERE STOCK_HELD("s", "0", "$3")

void stock_subject_done(struct stock_subject *subject)
{
	shop_product_done(&subject->product);
}

static bool load_level(struct shop_store *store, struct stock_subject *subject,
		       struct shop_error *err)
{
	static const char sql[] = "SELECT s.on_hand, s.allocated, s.safety_stock, " HELD_HERE
				  " FROM stock s WHERE s.product_id = $1 AND s.location_id = $2"
				  " AND s.bucket = 0";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, "ddi", err, subject->product.id, subject->level.location_id,
		      shop_store_context(store)->now_us))
		return false;
	if (db_next(&q)) {
		subject->level.on_hand = db_int(&q, 0);
		subject->level.allocated = db_int(&q, 1);
		subject->safety_stock = db_int(&q, 2);
		subject->level.held = db_int(&q, 3);
	}
	return db_done(&q, err);
}

static bool may_count(const struct shop_product *product, struct shop_error *err)
{
	if (product->track_stock)
		return true;
	shop_fail(err, E_STOCK_UNTRACKED, "the stock of %s is not counted", product->sku);
	shop_fail_object(err, product->sku);
	return shop_fail_fix(err, "product", "update", product->sku, "--track-stock", NULL);
}

bool stock_subject_load(struct shop_store *store, const char *sku, int64_t location_id,
			struct stock_subject *subject, struct shop_error *err)
{
	if (!shop_product_load(store, sku, shop_store_context(store)->now_us, &subject->product,
			       err) ||
	    !may_count(&subject->product, err) ||
	    !location_usable(store, location_id, &subject->level.location_id, err))
		return false;
	subject->level.sku = subject->product.sku;
	subject->level.qty_scale = subject->product.qty_scale;
	return load_level(store, subject, err);
}

bool stock_subject_qty(const struct stock_subject *subject, const struct shop_decimal *typed,
		       const char *field, int64_t least, int64_t *ret_qty, struct shop_error *err)
{
	if (!shop_quantity_of(typed, (int)subject->product.qty_scale, subject->product.unit,
			      ret_qty, err))
		return shop_fail_field(err, field);
	if (*ret_qty >= least)
		return true;
	shop_fail(err, E_INVALID, "%s: %s", field, least > 0 ? "more than 0" : "not below 0");
	return shop_fail_field(err, field);
}

bool stock_subject_row(struct shop_store *store, const struct stock_subject *subject,
		       struct shop_error *err)
{
	static const char sql[] = "INSERT INTO stock (product_id, location_id) VALUES ($1, $2)"
				  " ON CONFLICT (product_id, location_id, bucket) DO NOTHING";

	return db_run(store, sql, "dd", err, subject->product.id, subject->level.location_id);
}

/* On hand by delta, with its movement. What the guards saw is what the update sees: one
 * transaction. */
bool stock_subject_change(struct shop_store *store, const struct stock_subject *subject,
			  const char *kind, int64_t delta, struct stock_row *ret_row,
			  struct shop_error *err)
{
	static const char sql[] =
		"UPDATE stock SET on_hand = on_hand + $3 WHERE product_id = $1 AND location_id = $2"
		" AND bucket = 0 AND on_hand + $3 >= allocated" STOCK_ROW;
	const struct stock_movement m = {.kind = kind,
					 .product_id = subject->product.id,
					 .qty = delta,
					 .unit_cost_minor = SHOP_NULL};
	AUTO_QUERY struct db_query q = {0};
	bool changed;

	if (!stock_subject_row(store, subject, err) ||
	    !db_query(&q, store, sql, "ddi", err, subject->product.id, subject->level.location_id,
		      delta) ||
	    !stock_row_change(&q, ret_row, &changed, err))
		return false;
	if (!changed)
		return shop_fail(err, E_INTERNAL, "%s changed while it was being changed",
				 subject->level.sku);
	return stock_movement_add(store, &m, ret_row, err);
}

bool stock_reload(struct shop_store *store, const char *sku, struct shop_stock *ret_stock,
		  struct shop_error *err)
{
	return shop_stock_load(store, sku, shop_store_context(store)->now_us, ret_stock, err);
}

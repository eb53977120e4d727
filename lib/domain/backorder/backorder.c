/*
 * Backorders: reading them, and the one writer of their quantities and status.
 */
#include "domain/backorder/backorder_row.h"

#include "domain/domain.h"
#include "domain/why.h"
#include "store/db.h"

#include <string.h>

static const struct shop_field fields[] = {
	SHOP_FIELD_ID(struct shop_backorder, id, "id", SHOP_ID_BACKORDER, "the backorder's id",
		      .example = "bko-1000"),
	SHOP_FIELD_ID(struct shop_backorder, order_id, "order", SHOP_ID_ORDER, "whose units wait"),
	SHOP_FIELD_INT(struct shop_backorder, line, "line", "the order's line"),
	SHOP_FIELD_TEXT(struct shop_backorder, sku, "sku", "the product", .example = "MUG-01"),
	SHOP_FIELD_QTY(struct shop_backorder, qty, "qty", "how many were short"),
	SHOP_FIELD_QTY(struct shop_backorder, allocated, "allocated", "how many have come"),
	SHOP_FIELD_QTY(struct shop_backorder, canceled, "canceled", "how many were given up",
		       .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_QTY(struct shop_backorder, open, "open", "how many still wait"),
	SHOP_FIELD_INT(struct shop_backorder, qty_scale, "qty_scale", "decimals of its quantities",
		       .flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_WORD(struct shop_backorder, status, "status",
			"open, sourced, partially_allocated, allocated, closed or canceled"),
	SHOP_FIELD_TIME(struct shop_backorder, promised_at, "promised_at",
			"when the customer was told it will be there"),
	SHOP_FIELD_ID(struct shop_backorder, purchase_id, "purchase", SHOP_ID_PURCHASE,
		      "the purchase that brings it"),
	SHOP_FIELD_ID(struct shop_backorder, product_id, "product", SHOP_ID_PRODUCT,
		      "the product's id", .flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_ID(struct shop_backorder, location_id, "location", SHOP_ID_LOCATION,
		      "where it was short", .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_backorder, placed_at, "placed_at",
			"its place in the queue: when the order was placed"),
	SHOP_FIELD_TIME(struct shop_backorder, updated_at, "updated_at", "when it last changed",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_backorder, version, "version", "counts its changes",
		       .flags = SHOP_FIELD_WIDE),
};

const struct shop_record shop_backorder_record =
	SHOP_RECORD("backorder", struct shop_backorder, fields);

void shop_backorder_done(struct shop_backorder *backorder)
{
	shop_record_done(&shop_backorder_record, backorder);
}

bool shop_backorder_load(struct shop_store *store, int64_t id, struct shop_backorder *ret_backorder,
			 struct shop_error *err)
{
	static const char sql[] = SELECT_BACKORDER " WHERE b.id = $1";

	return db_load_id(store, &shop_backorder_record, ret_backorder, SHOP_ID_BACKORDER, id, sql,
			  err);
}

bool backorder_product_of(struct shop_store *store, const char *sku, int64_t *ret_id,
			  struct shop_error *err)
{
	static const char sql[] = "SELECT id FROM product WHERE sku = $1";

	*ret_id = 0;
	if (sku == NULL)
		return true;
	if (!db_get(store, ret_id, sql, "t", err, sku))
		return false;
	if (*ret_id != SHOP_NULL)
		return true;
	shop_fail(err, E_NOT_FOUND, "no product %s", sku);
	shop_fail_object(err, sku);
	return shop_fail_fix(err, "product", "list", NULL);
}

bool shop_backorder_list(struct shop_store *store, const struct shop_backorder_filter *filter,
			 shop_record_fn fn, void *ctx, struct shop_error *err)
{
	AUTO_SELECT struct db_select s = {0};
	const char *status = filter->status;
	int64_t product_id;

	if (!backorder_product_of(store, filter->sku, &product_id, err))
		return false;
	db_select_init(&s, SELECT_BACKORDER);
	db_select_if(&s, "b.status IN ('open', 'sourced', 'partially_allocated', 'allocated')",
		     status == NULL && filter->due_us == SHOP_NULL);
	db_select_text(&s, "b.status = ?",
		       status != NULL && strcmp(status, "all") == 0 ? NULL : status);
	db_select_id(&s, "b.product_id = ?", product_id);
	db_select_id(&s, "b.order_id = ?", filter->order_id);
	db_select_if(&s, "b." BACKORDER_WAITS, filter->due_us != SHOP_NULL);
	db_select_int(&s, "b.promised_us <= ?", filter->due_us);
	return db_select_each(&s, store, "b.placed_us, b.id", filter->limit, &shop_backorder_record,
			      fn, ctx, err);
}

const char *backorder_status(int64_t qty, int64_t allocated, int64_t canceled, bool sourced)
{
	if (qty == canceled)
		return "canceled";
	if (qty == allocated + canceled)
		return "allocated";
	if (allocated > 0)
		return "partially_allocated";
	return sourced ? "sourced" : "open";
}

bool backorder_may_change(const struct shop_backorder *b, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	if (b->open > 0 && strcmp(b->status, "closed") != 0 && strcmp(b->status, "canceled") != 0)
		return true;
	shop_fail(err, E_BACKORDER_STATE, "nothing of backorder %s waits any more: it is %s",
		  shop_id_format(SHOP_ID_BACKORDER, b->id, id), b->status);
	shop_fail_object(err, id);
	return shop_fail_fix(err, "backorder", "show", id, NULL);
}

void backorder_event_begin(struct shop_event_draft *e, const char *type,
			   const struct shop_backorder *b)
{
	shop_event_begin(e, type, SHOP_ID_BACKORDER, b->id);
	shop_json_id(&e->json, "order_id", SHOP_ID_ORDER, b->order_id);
	shop_json_int(&e->json, "line", b->line);
	shop_json_text(&e->json, "sku", b->sku);
	shop_json_id(&e->json, "product_id", SHOP_ID_PRODUCT, b->product_id);
}

bool backorder_take(struct shop_store *store, struct shop_backorder *b, int64_t allocated,
		    int64_t canceled, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE backorder SET allocated = allocated + $2, canceled = canceled + $3, status "
		"= $4,"
		" version = version + 1, updated_us = $5"
		" WHERE id = $1 AND allocated + canceled + $2 + $3 <= qty AND " BACKORDER_WAITS;
	const char *status = backorder_status(b->qty, b->allocated + allocated,
					      b->canceled + canceled, b->purchase_id != 0);
	bool changed;

	if (!db_change(store, &changed, sql, "diiti", err, b->id, allocated, canceled, status,
		       shop_store_context(store)->now_us))
		return false;
	if (!changed)
		return shop_fail(err, E_INTERNAL,
				 "backorder %" G_GINT64_FORMAT " has fewer open units than taken",
				 b->id);
	b->allocated += allocated;
	b->canceled += canceled;
	b->open -= allocated + canceled;
	g_free(b->status);
	b->status = g_strdup(status);
	return stock_backordered_add(store, b->product_id, b->location_id, -allocated - canceled,
				     err);
}

bool backorder_why_change(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_BACKORDER struct shop_backorder b = {0};

	return shop_backorder_load(store, id, &b, err) && backorder_may_change(&b, err);
}

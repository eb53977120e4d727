/*
 * The reorder run over all products, and the list of what nobody can buy.
 */
#include "domain/purchase/purchase_row.h"

#include "domain/backorder/backorder_row.h"
#include "domain/domain.h"
#include "domain/purchase/purchase_supply.h"
#include "store/db.h"

static const struct shop_field reorder_fields[] = {
	SHOP_FIELD_TEXT(struct shop_reorder, sku, "sku", "the product", .example = "MUG-01"),
	SHOP_FIELD_QTY(struct shop_reorder, on_hand, "on_hand", "units in the shop"),
	SHOP_FIELD_QTY(struct shop_reorder, on_order, "on_order",
		       "units outstanding on purchases, drafts too"),
	SHOP_FIELD_QTY(struct shop_reorder, allocated, "allocated", "units promised to orders"),
	SHOP_FIELD_QTY(struct shop_reorder, backordered, "backordered", "units orders wait for"),
	SHOP_FIELD_QTY(struct shop_reorder, projected, "projected",
		       "what will be left when all has come and gone"),
	SHOP_FIELD_QTY(struct shop_reorder, reorder_point, "reorder_point",
		       "at or below which it is bought"),
	SHOP_FIELD_QTY(struct shop_reorder, drafted, "drafted", "how many were put on a draft"),
	SHOP_FIELD_ID(struct shop_reorder, purchase_id, "purchase", SHOP_ID_PURCHASE, "the draft"),
	SHOP_FIELD_WORD(struct shop_reorder, blocked, "blocked", "why none was made: no_supplier"),
	SHOP_FIELD_INT(struct shop_reorder, qty_scale, "qty_scale", "decimals of quantities",
		       .flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_ID(struct shop_reorder, product_id, "product", SHOP_ID_PRODUCT,
		      "the product's id", .flags = SHOP_FIELD_HIDDEN),
};

const struct shop_record shop_reorder_record =
	SHOP_RECORD("reorder", struct shop_reorder, reorder_fields);

static const struct shop_field blocker_fields[] = {
	SHOP_FIELD_TEXT(struct shop_purchase_blocker, sku, "sku", "the product"),
	SHOP_FIELD_QTY(struct shop_purchase_blocker, backordered, "backordered",
		       "units orders wait for"),
	SHOP_FIELD_WORD(struct shop_purchase_blocker, reason, "reason", "no_supplier"),
	SHOP_FIELD_INT(struct shop_purchase_blocker, qty_scale, "qty_scale",
		       "decimals of quantities", .flags = SHOP_FIELD_HIDDEN),
};

const struct shop_record shop_purchase_blocker_record =
	SHOP_RECORD("blocker", struct shop_purchase_blocker, blocker_fields);

/* One product: draft what is missing, link who waits for it, and report when there was something to
 * do. */
static bool reorder_one(struct shop_store *store, int64_t product_id, shop_record_fn fn, void *ctx,
			struct shop_error *err)
{
	struct supply s;
	struct shop_reorder row;
	int64_t wanted, purchase_id;

	if (!supply_load(store, product_id, &s, err))
		return false;
	wanted = MAX(supply_to_reorder(&s), supply_short_of_backorders(&s));
	if (wanted == 0)
		return supply_link(store, product_id, err);
	if (!supply_draft(store, &s, wanted, &purchase_id, err) ||
	    !supply_link(store, product_id, err))
		return false;
	/* The strings are borrowed: nothing here frees them. */
	row = (struct shop_reorder){
		.sku = s.sku,
		.on_hand = s.on_hand,
		.on_order = s.on_order,
		.allocated = s.allocated,
		.backordered = s.backordered,
		.projected = supply_projected(&s),
		.reorder_point = s.reorder_point,
		.drafted = purchase_id == 0 ? 0 : wanted,
		.purchase_id = purchase_id,
		.blocked = purchase_id == 0 ? (char[]){"no_supplier"} : NULL,
		.qty_scale = s.qty_scale,
		.product_id = product_id,
	};
	return fn(&row, ctx, err);
}

/* The products a run looks at: those with a reorder point, and those something waits for. */
static bool list_candidates(struct shop_store *store, GArray *ids, struct shop_error *err)
{
	static const char sql[] =
		"SELECT p.id FROM product p WHERE p.track_stock = 1 AND p.status <> 'archived'"
		" AND (p.reorder_point IS NOT NULL OR EXISTS (SELECT 1 FROM backorder b"
		" WHERE b.product_id = p.id AND b." BACKORDER_WAITS ")) ORDER BY p.sku";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, NULL, err))
		return false;
	while (db_next(&q)) {
		int64_t id = db_int(&q, 0);

		g_array_append_val(ids, id);
	}
	return db_done(&q, err);
}

bool shop_purchase_reorder(struct shop_store *store, shop_record_fn fn, void *ctx,
			   struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(int64_t));

	if (!shop_txn_begin(&txn, store, err) || !list_candidates(store, ids, err))
		return shop_fail_while(err, "reordering");
	for (guint i = 0; i < ids->len; i++)
		if (!reorder_one(store, g_array_index(ids, int64_t, i), fn, ctx, err))
			return shop_fail_while(err, "reordering");
	return shop_txn_commit(&txn, err) || shop_fail_while(err, "reordering");
}

bool shop_purchase_blockers(struct shop_store *store, shop_record_fn fn, void *ctx,
			    struct shop_error *err)
{
	AUTO_SELECT struct db_select s = {0};

	db_select_init(&s,
		       "SELECT p.sku, w.open, 'no_supplier', p.qty_scale FROM (SELECT b.product_id,"
		       " sum(b.qty - b.allocated - b.canceled) open FROM backorder b"
		       " WHERE b." BACKORDER_WAITS
		       " AND b.purchase_id IS NULL GROUP BY b.product_id) w"
		       " JOIN product p ON p.id = w.product_id");
	db_select_if(&s,
		     "NOT EXISTS (SELECT 1 FROM supplier s WHERE s.id = p.supplier_id"
		     " AND s.status = 'active')",
		     true);
	db_select_if(&s, "(SELECT count(*) FROM supplier s WHERE s.status = 'active') <> 1", true);
	return db_select_each(&s, store, "p.sku", SHOP_NULL, &shop_purchase_blocker_record, fn, ctx,
			      err);
}

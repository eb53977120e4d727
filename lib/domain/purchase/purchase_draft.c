/*
 * Drafts: making them by hand, and their lines.
 */
#include "domain/purchase/purchase_row.h"

#include "domain/backorder/backorder_row.h"
#include "domain/domain.h"
#include "shop/location.h"
#include "shop/supplier.h"
#include "store/db.h"

#include <string.h>

#define LINES_MAX 2000

bool purchase_insert(struct shop_store *store, int64_t supplier_id, int64_t location_id,
		     const char *currency, int64_t *ret_id, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO purchase (id, supplier_id, location_id, status, currency, created_us,"
		" updated_us) VALUES ($1, $2, $3, 'draft', $4, $5, $5)";

	return shop_store_next_id(store, SHOP_ID_PURCHASE, ret_id, err) &&
	       db_run(store, sql, "dddti", err, *ret_id, supplier_id, location_id, currency,
		      shop_store_context(store)->now_us);
}

bool purchase_line_insert(struct shop_store *store, int64_t purchase_id, int64_t product_id,
			  int64_t qty, int64_t cost_minor, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO purchase_line (purchase_id, n, product_id, ordered, cost_minor)"
		" VALUES ($1, (SELECT COALESCE(max(n), 0) + 1 FROM purchase_line"
		" WHERE purchase_id = $1), $2, $3, $4)";

	return db_run(store, sql, "ddii", err, purchase_id, product_id, qty, cost_minor);
}

bool purchase_last_cost(struct shop_store *store, int64_t product_id, const char *currency,
			int64_t *ret_minor, struct shop_error *err)
{
	/* A product that never had a cost is not looked through to its beginning. */
	static const char sql[] =
		"SELECT unit_cost_minor FROM (SELECT id, unit_cost_minor, cost_currency, kind"
		" FROM movement WHERE product_id = $1 ORDER BY id DESC LIMIT 1000) m"
		" WHERE kind = 'received' AND unit_cost_minor IS NOT NULL AND cost_currency = $2"
		" ORDER BY id DESC LIMIT 1";

	return db_get(store, ret_minor, sql, "dt", err, product_id, currency);
}

bool purchase_touch(struct shop_store *store, int64_t id, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE purchase SET version = version + 1, updated_us = $2 WHERE id = $1";

	return db_run(store, sql, "di", err, id, shop_store_context(store)->now_us);
}

bool purchase_product_find(struct shop_store *store, const char *sku,
			   struct purchase_product *ret_product, struct shop_error *err)
{
	static const char sql[] =
		"SELECT id, qty_scale, unit, track_stock FROM product WHERE sku = $1";
	AUTO_QUERY struct db_query q = {0};
	bool found;

	if (!db_query(&q, store, sql, "t", err, sku))
		return false;
	found = db_next(&q);
	if (found) {
		ret_product->id = db_int(&q, 0);
		ret_product->qty_scale = db_int(&q, 1);
		g_strlcpy(ret_product->unit, db_text(&q, 2), sizeof(ret_product->unit));
		ret_product->tracked = db_int(&q, 3) != 0;
	}
	if (!db_done(&q, err))
		return false;
	if (found && ret_product->tracked)
		return true;
	if (!found) {
		shop_fail(err, E_NOT_FOUND, "no product %s", sku);
		shop_fail_object(err, sku);
		return shop_fail_fix(err, "product", "list", NULL);
	}
	shop_fail(err, E_STOCK_UNTRACKED, "stock of %s is not counted, so none is bought", sku);
	shop_fail_object(err, sku);
	return shop_fail_fix(err, "product", "update", sku, "--track-stock", NULL);
}

static bool check_cost(struct shop_money cost, const char *currency, struct shop_error *err)
{
	if (cost.minor == SHOP_NULL)
		return true;
	if (cost.minor < 0) {
		shop_fail(err, E_INVALID, "cost: not below 0");
		return shop_fail_field(err, "cost");
	}
	if (strcmp(cost.currency, currency) == 0)
		return true;
	shop_fail(err, E_CURRENCY, "the purchase is in %s, the cost in %s: write it as 5.10%s",
		  currency, cost.currency, currency);
	shop_fail_fix(err, "supplier", "list", NULL);
	return shop_fail_field(err, "cost");
}

static bool add_line(struct shop_store *store, int64_t purchase_id, const char *currency,
		     const struct shop_purchase_new_line *line, struct shop_error *err)
{
	struct purchase_product product;
	int64_t qty, cost = line->cost.minor;

	if (!purchase_product_find(store, line->sku, &product, err) ||
	    !shop_quantity_of(&line->qty, (int)product.qty_scale, product.unit, &qty, err) ||
	    !check_cost(line->cost, currency, err))
		return false;
	if (qty <= 0) {
		shop_fail(err, E_INVALID, "qty: more than 0 of %s", line->sku);
		return shop_fail_field(err, "qty");
	}
	if (cost == SHOP_NULL && !purchase_last_cost(store, product.id, currency, &cost, err))
		return false;
	return purchase_line_insert(store, purchase_id, product.id, qty, cost, err);
}

static bool add_lines(struct shop_store *store, int64_t purchase_id, const char *currency,
		      const struct shop_purchase_new_line *lines, size_t count,
		      struct shop_error *err)
{
	if (count > LINES_MAX)
		return shop_fail(err, E_INVALID, "a purchase has at most %d lines", LINES_MAX);
	for (size_t i = 0; i < count; i++)
		if (!add_line(store, purchase_id, currency, &lines[i], err))
			return false;
	return true;
}

static bool may_buy_from(const struct shop_supplier *supplier, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	if (strcmp(supplier->status, "active") == 0)
		return true;
	shop_fail(err, E_STATE, "supplier %s is archived",
		  shop_id_format(SHOP_ID_SUPPLIER, supplier->id, id));
	shop_fail_object(err, id);
	return shop_fail_fix(err, "supplier", "list", NULL);
}

/* 0 = the default location; else it must be there. */
static bool choose_location(struct shop_store *store, int64_t wanted, int64_t *ret_id,
			    struct shop_error *err)
{
	AUTO_LOCATION struct shop_location location = {0};

	if (wanted == 0)
		return location_default(store, ret_id, err);
	*ret_id = wanted;
	return shop_location_load(store, wanted, &location, err);
}

static bool tell_lines(struct shop_store *store, const char *type, const struct shop_purchase *p,
		       struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	purchase_event_begin(&e, type, p);
	purchase_event_lines(&e, p);
	return shop_event_append(store, &e, err);
}

bool shop_purchase_create(struct shop_store *store, const struct shop_purchase_new *in,
			  struct shop_purchase *ret_purchase, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_SUPPLIER struct shop_supplier supplier = {0};
	AUTO_PURCHASE struct shop_purchase purchase = {0};
	int64_t id, location_id;

	if (!shop_txn_begin(&txn, store, err) ||
	    !shop_supplier_load(store, in->supplier_id, &supplier, err) ||
	    !may_buy_from(&supplier, err) ||
	    !choose_location(store, in->location_id, &location_id, err) ||
	    !purchase_insert(store, supplier.id, location_id, supplier.currency, &id, err) ||
	    !add_lines(store, id, supplier.currency, in->lines, in->count, err) ||
	    !shop_purchase_load(store, id, &purchase, err) ||
	    !tell_lines(store, "purchase_order.created", &purchase, err) ||
	    !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "creating a purchase");
	shop_record_take(&shop_purchase_record, ret_purchase, &purchase);
	return true;
}

static bool may_edit(const struct shop_purchase *p, struct shop_error *err)
{
	return strcmp(p->status, "draft") == 0 ||
	       purchase_refuse(p, "; only a draft's lines change", NULL, err);
}

/* The lines were changed: version, event, and the purchase as it stands then. */
static bool lines_changed(struct shop_store *store, int64_t id, struct shop_purchase *ret_purchase,
			  struct shop_error *err)
{
	return purchase_touch(store, id, err) && shop_purchase_load(store, id, ret_purchase, err) &&
	       tell_lines(store, "purchase_order.updated", ret_purchase, err);
}

bool shop_purchase_add(struct shop_store *store, int64_t id,
		       const struct shop_purchase_new_line *lines, size_t count,
		       struct shop_purchase *ret_purchase, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PURCHASE struct shop_purchase before = {0};
	AUTO_PURCHASE struct shop_purchase after = {0};

	if (!shop_txn_begin(&txn, store, err) || !shop_purchase_load(store, id, &before, err) ||
	    !may_edit(&before, err) || !add_lines(store, id, before.currency, lines, count, err) ||
	    !lines_changed(store, id, &after, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "adding to a purchase");
	shop_record_take(&shop_purchase_record, ret_purchase, &after);
	return true;
}

/* Whoever waited for the line's product is open again, unless another line brings it too. */
static bool remove_line(struct shop_store *store, const struct shop_purchase *p, int64_t n,
			struct shop_error *err)
{
	static const char sql[] = "DELETE FROM purchase_line WHERE purchase_id = $1 AND n = $2";
	const struct shop_purchase_line *l = p->lines.items;
	char id[SHOP_ID_TEXT];

	for (size_t i = 0; i < p->lines.count; i++)
		if (l[i].n == n)
			return db_run(store, sql, "di", err, p->id, n) &&
			       backorder_unlink_product(store, p->id, l[i].product_id, err);
	shop_fail(err, E_PURCHASE_LINES, "purchase %s has no line %" G_GINT64_FORMAT,
		  shop_id_format(SHOP_ID_PURCHASE, p->id, id), n);
	shop_fail_object(err, id);
	return shop_fail_fix(err, "purchase", "show", id, NULL);
}

bool shop_purchase_remove(struct shop_store *store, int64_t id, int64_t n,
			  struct shop_purchase *ret_purchase, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PURCHASE struct shop_purchase before = {0};
	AUTO_PURCHASE struct shop_purchase after = {0};

	if (!shop_txn_begin(&txn, store, err) || !shop_purchase_load(store, id, &before, err) ||
	    !may_edit(&before, err) || !remove_line(store, &before, n, err) ||
	    !lines_changed(store, id, &after, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "taking a line out of a purchase");
	shop_record_take(&shop_purchase_record, ret_purchase, &after);
	return true;
}

/*
 * When waiting units will come: promised dates, and the purchases that bring them.
 */
#include "domain/backorder/backorder_row.h"

#include "domain/domain.h"
#include "store/db.h"

#include <string.h>

static void put_time(struct shop_json *j, const char *key, int64_t at_us)
{
	if (at_us == SHOP_NULL)
		shop_json_null(j, key);
	else
		shop_json_time(j, key, at_us);
}

/* A first date is a promise kept; a later one, or none any more, is a delay the customer hears of.
 */
static bool tell_promised(struct shop_store *store, const struct shop_backorder *b, int64_t old_us,
			  struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};
	bool later =
		old_us != SHOP_NULL && (b->promised_at == SHOP_NULL || b->promised_at > old_us);

	backorder_event_begin(&e, later ? "backorder.delayed" : "backorder.promised", b);
	shop_json_quantity(&e.json, "qty", b->open, (int)b->qty_scale);
	put_time(&e.json, "promised_at_old", old_us);
	put_time(&e.json, "promised_at_new", b->promised_at);
	shop_json_id(&e.json, "purchase_id", SHOP_ID_PURCHASE, b->purchase_id);
	return shop_event_append(store, &e, err);
}

bool backorder_promise(struct shop_store *store, struct shop_backorder *b, int64_t promised_us,
		       struct shop_error *err)
{
	static const char sql[] = "UPDATE backorder SET promised_us = $2, version = version + 1,"
				  " updated_us = $3 WHERE id = $1";
	int64_t old = b->promised_at;

	if (promised_us == old)
		return true;
	b->promised_at = promised_us;
	return db_run(store, sql, "dii", err, b->id, promised_us,
		      shop_store_context(store)->now_us) &&
	       tell_promised(store, b, old, err);
}

/* purchase_id 0 = nothing brings it. */
static bool write_purchase(struct shop_store *store, struct shop_backorder *b, int64_t purchase_id,
			   struct shop_error *err)
{
	static const char sql[] = "UPDATE backorder SET purchase_id = $2, status = $3,"
				  " version = version + 1, updated_us = $4 WHERE id = $1";
	const char *status = backorder_status(b->qty, b->allocated, b->canceled, purchase_id != 0);

	b->purchase_id = purchase_id;
	g_free(b->status);
	b->status = g_strdup(status);
	return db_run(store, sql, "ddti", err, b->id, purchase_id, status,
		      shop_store_context(store)->now_us);
}

bool backorder_link(struct shop_store *store, struct shop_backorder *b, int64_t purchase_id,
		    int64_t eta_us, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	if (b->purchase_id == purchase_id)
		return eta_us == SHOP_NULL || backorder_promise(store, b, eta_us, err);
	if (!write_purchase(store, b, purchase_id, err))
		return false;
	backorder_event_begin(&e, "backorder.sourced", b);
	shop_json_quantity(&e.json, "qty", b->open, (int)b->qty_scale);
	shop_json_id(&e.json, "purchase_id", SHOP_ID_PURCHASE, purchase_id);
	put_time(&e.json, "eta", eta_us);
	return shop_event_append(store, &e, err) &&
	       (eta_us == SHOP_NULL || backorder_promise(store, b, eta_us, err));
}

/* The waiting backorders a purchase brings, found over its lines' products. */
static bool list_of_purchase(struct shop_store *store, int64_t purchase_id,
			     struct shop_list *ret_list, struct shop_error *err)
{
	static const char sql[] = SELECT_BACKORDER
		" WHERE b.product_id IN (SELECT product_id FROM purchase_line WHERE purchase_id = "
		"$1)"
		" AND b." BACKORDER_WAITS " AND b.purchase_id = $1 ORDER BY b.placed_us, b.id";

	return db_load_list(store, &shop_backorder_record, ret_list, sql, "d", err, purchase_id);
}

bool backorder_promise_of_purchase(struct shop_store *store, int64_t purchase_id, int64_t eta_us,
				   struct shop_error *err)
{
	struct shop_list list = {0};
	bool ok = list_of_purchase(store, purchase_id, &list, err);

	for (size_t i = 0; ok && i < list.count; i++)
		ok = backorder_promise(store, (struct shop_backorder *)list.items + i, eta_us, err);
	shop_list_done(&shop_backorder_record, &list);
	return ok;
}

static bool unlink_one(struct shop_store *store, struct shop_backorder *b, struct shop_error *err)
{
	static const char sql[] = "UPDATE backorder SET promised_us = NULL WHERE id = $1";
	AUTO_EVENT struct shop_event_draft e = {0};
	int64_t purchase_id = b->purchase_id, old = b->promised_at;

	if (!write_purchase(store, b, 0, err) || !db_run(store, sql, "d", err, b->id))
		return false;
	b->promised_at = SHOP_NULL;
	backorder_event_begin(&e, "backorder.delayed", b);
	shop_json_quantity(&e.json, "qty", b->open, (int)b->qty_scale);
	put_time(&e.json, "promised_at_old", old);
	shop_json_null(&e.json, "promised_at_new");
	shop_json_null(&e.json, "purchase_id");
	shop_json_id(&e.json, "purchase_id_old", SHOP_ID_PURCHASE, purchase_id);
	return shop_event_append(store, &e, err);
}

static bool unlink_all(struct shop_store *store, struct shop_list *list, bool ok,
		       struct shop_error *err)
{
	for (size_t i = 0; ok && i < list->count; i++)
		ok = unlink_one(store, (struct shop_backorder *)list->items + i, err);
	shop_list_done(&shop_backorder_record, list);
	return ok;
}

bool backorder_unlink_purchase(struct shop_store *store, int64_t purchase_id,
			       struct shop_error *err)
{
	struct shop_list list = {0};
	bool ok = list_of_purchase(store, purchase_id, &list, err);

	return unlink_all(store, &list, ok, err);
}

bool backorder_unlink_product(struct shop_store *store, int64_t purchase_id, int64_t product_id,
			      struct shop_error *err)
{
	static const char sql[] = SELECT_BACKORDER
		" WHERE b.product_id = $2 AND b." BACKORDER_WAITS
		" AND b.purchase_id = $1 AND NOT EXISTS"
		" (SELECT 1 FROM purchase_line l WHERE l.purchase_id = $1 AND l.product_id = $2)";
	struct shop_list list = {0};
	bool ok = db_load_list(store, &shop_backorder_record, &list, sql, "dd", err, purchase_id,
			       product_id);

	return unlink_all(store, &list, ok, err);
}

static bool may_promise(int64_t at_us, int64_t now_us, struct shop_error *err)
{
	if (at_us >= now_us)
		return true;
	shop_fail(err, E_INVALID, "promised_at: a date to come");
	return shop_fail_field(err, "promised_at");
}

bool shop_backorder_promise(struct shop_store *store, int64_t id, int64_t at_us,
			    struct shop_backorder *ret_backorder, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_BACKORDER struct shop_backorder b = {0};
	AUTO_BACKORDER struct shop_backorder after = {0};

	if (!shop_txn_begin(&txn, store, err) || !shop_backorder_load(store, id, &b, err) ||
	    !backorder_may_change(&b, err) ||
	    !may_promise(at_us, shop_store_context(store)->now_us, err) ||
	    !backorder_promise(store, &b, at_us, err) ||
	    !shop_backorder_load(store, id, &after, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "promising a date");
	shop_record_take(&shop_backorder_record, ret_backorder, &after);
	return true;
}

/* The purchase must be able to bring the product. *ret_eta: SHOP_NULL = not known. */
static bool check_purchase(struct shop_store *store, int64_t purchase_id,
			   const struct shop_backorder *b, int64_t *ret_eta, struct shop_error *err)
{
	static const char find[] = "SELECT id FROM purchase WHERE id = $1";
	static const char outstanding[] =
		"SELECT p.id FROM purchase p JOIN purchase_line l ON l.purchase_id = p.id"
		" WHERE p.id = $1 AND l.product_id = $2 AND l.ordered > l.received + l.closed"
		" AND p.status IN ('draft', 'submitted', 'acknowledged', 'partially_received')";
	static const char eta[] = "SELECT eta_us FROM purchase WHERE id = $1";
	char text[SHOP_ID_TEXT];
	int64_t known, brings;

	shop_id_format(SHOP_ID_PURCHASE, purchase_id, text);
	if (!db_get(store, &known, find, "d", err, purchase_id) ||
	    !db_get(store, &brings, outstanding, "dd", err, purchase_id, b->product_id) ||
	    !db_get(store, ret_eta, eta, "d", err, purchase_id))
		return false;
	if (brings != SHOP_NULL)
		return true;
	if (known == SHOP_NULL) {
		shop_fail(err, E_NOT_FOUND, "no purchase %s", text);
		shop_fail_object(err, text);
		return shop_fail_fix(err, "purchase", "list", NULL);
	}
	shop_fail(err, E_PURCHASE_LINES, "no %s is outstanding on purchase %s", b->sku, text);
	shop_fail_object(err, text);
	return shop_fail_fix(err, "purchase", "show", text, NULL);
}

bool shop_backorder_source(struct shop_store *store, int64_t id, int64_t purchase_id,
			   struct shop_backorder *ret_backorder, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_BACKORDER struct shop_backorder b = {0};
	AUTO_BACKORDER struct shop_backorder after = {0};
	int64_t eta;

	if (!shop_txn_begin(&txn, store, err) || !shop_backorder_load(store, id, &b, err) ||
	    !backorder_may_change(&b, err) || !check_purchase(store, purchase_id, &b, &eta, err) ||
	    !backorder_link(store, &b, purchase_id, eta, err) ||
	    !shop_backorder_load(store, id, &after, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "sourcing a backorder");
	shop_record_take(&shop_backorder_record, ret_backorder, &after);
	return true;
}

/*
 * The way of a purchase but for its receipt: submitted, acknowledged, closed, canceled.
 */
#include "domain/purchase/purchase_row.h"

#include "domain/backorder/backorder_row.h"
#include "domain/domain.h"
#include "domain/why.h"
#include "shop/supplier.h"
#include "shop/times.h"
#include "store/db.h"

#include <string.h>

bool purchase_set_status(struct shop_store *store, const struct shop_purchase *p,
			 const char *status, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE purchase SET status = $3, version = version + 1, updated_us = $4, "
		"closed_us ="
		" CASE WHEN $3 IN ('closed', 'short_closed', 'canceled') THEN $4 ELSE closed_us END"
		" WHERE id = $1 AND status = $2";
	bool changed;

	return db_change(store, &changed, sql, "dtti", err, p->id, p->status, status,
			 shop_store_context(store)->now_us) &&
	       (changed ||
		shop_fail(err, E_INTERNAL, "a purchase changed under its own transaction"));
}

static bool tell(struct shop_store *store, const char *type, const struct shop_purchase *p,
		 struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	purchase_event_begin(&e, type, p);
	if (p->eta == SHOP_NULL)
		shop_json_null(&e.json, "eta");
	else
		shop_json_time(&e.json, "eta", p->eta);
	purchase_event_lines(&e, p);
	return shop_event_append(store, &e, err);
}

static bool set_eta(struct shop_store *store, int64_t id, int64_t eta_us, struct shop_error *err)
{
	static const char sql[] = "UPDATE purchase SET eta_us = $2 WHERE id = $1";

	return eta_us == SHOP_NULL || (db_run(store, sql, "di", err, id, eta_us) &&
				       backorder_promise_of_purchase(store, id, eta_us, err));
}

static bool may_submit(const struct shop_purchase *p, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	if (strcmp(p->status, "draft") != 0)
		return purchase_refuse(p, ", not a draft", NULL, err);
	if (p->lines.count > 0)
		return true;
	shop_fail(err, E_PURCHASE_LINES, "purchase %s has no lines",
		  shop_id_format(SHOP_ID_PURCHASE, p->id, id));
	shop_fail_object(err, id);
	return shop_fail_fix(err, "purchase", "line", "add", id, "SKU:QTY", NULL);
}

static bool submit(struct shop_store *store, const struct shop_purchase *p, struct shop_error *err)
{
	static const char sql[] = "UPDATE purchase SET submitted_us = $2 WHERE id = $1";
	AUTO_SUPPLIER struct shop_supplier supplier = {0};
	int64_t now = shop_store_context(store)->now_us;

	return shop_supplier_load(store, p->supplier_id, &supplier, err) &&
	       purchase_set_status(store, p, "submitted", err) &&
	       db_run(store, sql, "di", err, p->id, now) &&
	       set_eta(store, p->id, now + supplier.lead_days * SHOP_DAY, err);
}

bool shop_purchase_submit(struct shop_store *store, int64_t id, struct shop_purchase *ret_purchase,
			  struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PURCHASE struct shop_purchase before = {0};
	AUTO_PURCHASE struct shop_purchase after = {0};

	if (!shop_txn_begin(&txn, store, err) || !shop_purchase_load(store, id, &before, err) ||
	    !may_submit(&before, err) || !submit(store, &before, err) ||
	    !shop_purchase_load(store, id, &after, err) ||
	    !tell(store, "purchase_order.submitted", &after, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "submitting a purchase");
	shop_record_take(&shop_purchase_record, ret_purchase, &after);
	return true;
}

static bool may_acknowledge(const struct shop_purchase *p, int64_t eta_us, int64_t now_us,
			    struct shop_error *err)
{
	static const char *const from[] = {"submitted", "acknowledged", NULL};

	if (strcmp(p->status, "draft") == 0)
		return purchase_refuse(p, "; it was not sent yet", "submit", err);
	if (!purchase_is(p, from))
		return purchase_refuse(p, " already", NULL, err);
	if (eta_us == SHOP_NULL || eta_us >= now_us)
		return true;
	shop_fail(err, E_INVALID, "eta: a date to come");
	return shop_fail_field(err, "eta");
}

bool shop_purchase_acknowledge(struct shop_store *store, int64_t id, int64_t eta_us,
			       struct shop_purchase *ret_purchase, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PURCHASE struct shop_purchase before = {0};
	AUTO_PURCHASE struct shop_purchase after = {0};

	if (!shop_txn_begin(&txn, store, err) || !shop_purchase_load(store, id, &before, err) ||
	    !may_acknowledge(&before, eta_us, shop_store_context(store)->now_us, err) ||
	    !purchase_set_status(store, &before, "acknowledged", err) ||
	    !set_eta(store, id, eta_us, err) || !shop_purchase_load(store, id, &after, err) ||
	    !tell(store, "purchase_order.acknowledged", &after, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "acknowledging a purchase");
	shop_record_take(&shop_purchase_record, ret_purchase, &after);
	return true;
}

static bool is_outstanding(const struct shop_purchase *p)
{
	const struct shop_purchase_line *l = p->lines.items;

	for (size_t i = 0; i < p->lines.count; i++)
		if (l[i].outstanding > 0)
			return true;
	return false;
}

/* What closing makes of it; NULL with the error when it may not be closed. */
static const char *closed_status(const struct shop_purchase *p, bool as_short,
				 struct shop_error *err)
{
	static const char *const done[] = {"received", "short_closed", NULL};
	static const char *const under_way[] = {"submitted", "acknowledged", "partially_received",
						NULL};
	char id[SHOP_ID_TEXT];

	if (purchase_is(p, done))
		return "closed";
	if (strcmp(p->status, "draft") == 0) {
		purchase_refuse(p, "; it was not sent yet", "cancel", err);
		return NULL;
	}
	if (!purchase_is(p, under_way)) {
		purchase_refuse(p, " already", NULL, err);
		return NULL;
	}
	if (as_short)
		return "short_closed";
	purchase_refuse(p, ", and some of it is still to come", NULL, err);
	shop_fail_fix(err, "purchase", "close", shop_id_format(SHOP_ID_PURCHASE, p->id, id),
		      "--short", NULL);
	return NULL;
}

/* Give up what is outstanding, line by line; who waited for it waits for something else now. */
static bool give_up_rest(struct shop_store *store, int64_t id, struct shop_error *err)
{
	static const char sql[] = "UPDATE purchase_line SET closed = ordered - received"
				  " WHERE purchase_id = $1 AND ordered > received + closed";

	return db_run(store, sql, "d", err, id) && backorder_unlink_purchase(store, id, err);
}

bool shop_purchase_close(struct shop_store *store, int64_t id, bool as_short,
			 struct shop_purchase *ret_purchase, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PURCHASE struct shop_purchase before = {0};
	AUTO_PURCHASE struct shop_purchase after = {0};
	const char *status;

	if (!shop_txn_begin(&txn, store, err) || !shop_purchase_load(store, id, &before, err) ||
	    (status = closed_status(&before, as_short, err)) == NULL ||
	    (is_outstanding(&before) && !give_up_rest(store, id, err)) ||
	    !purchase_set_status(store, &before, status, err) ||
	    !shop_purchase_load(store, id, &after, err) ||
	    !tell(store,
		  strcmp(status, "closed") == 0 ? "purchase_order.closed"
						: "purchase_order.short_closed",
		  &after, err) ||
	    !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "closing a purchase");
	shop_record_take(&shop_purchase_record, ret_purchase, &after);
	return true;
}

static bool may_cancel(const struct shop_purchase *p, struct shop_error *err)
{
	static const char *const from[] = {"draft", "submitted", "acknowledged", NULL};
	char id[SHOP_ID_TEXT];

	if (purchase_is(p, from))
		return true;
	if (strcmp(p->status, "partially_received") != 0)
		return purchase_refuse(p, " already", NULL, err);
	purchase_refuse(p, "; what has come cannot be canceled", NULL, err);
	return shop_fail_fix(err, "purchase", "close", shop_id_format(SHOP_ID_PURCHASE, p->id, id),
			     "--short", NULL);
}

bool shop_purchase_cancel(struct shop_store *store, int64_t id, struct shop_purchase *ret_purchase,
			  struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_PURCHASE struct shop_purchase before = {0};
	AUTO_PURCHASE struct shop_purchase after = {0};

	if (!shop_txn_begin(&txn, store, err) || !shop_purchase_load(store, id, &before, err) ||
	    !may_cancel(&before, err) || !give_up_rest(store, id, err) ||
	    !purchase_set_status(store, &before, "canceled", err) ||
	    !shop_purchase_load(store, id, &after, err) ||
	    !tell(store, "purchase_order.canceled", &after, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "canceling a purchase");
	shop_record_take(&shop_purchase_record, ret_purchase, &after);
	return true;
}

bool purchase_why_submit(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_PURCHASE struct shop_purchase p = {0};

	return shop_purchase_load(store, id, &p, err) && may_submit(&p, err);
}

bool purchase_why_acknowledge(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_PURCHASE struct shop_purchase p = {0};

	return shop_purchase_load(store, id, &p, err) && may_acknowledge(&p, SHOP_NULL, 0, err);
}

bool purchase_why_close(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_PURCHASE struct shop_purchase p = {0};

	return shop_purchase_load(store, id, &p, err) && closed_status(&p, false, err) != NULL;
}

bool purchase_why_cancel(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_PURCHASE struct shop_purchase p = {0};

	return shop_purchase_load(store, id, &p, err) && may_cancel(&p, err);
}

/*
 * Counting what waits, over the partial indexes of open work.
 */
#include "shop/status.h"

#include "report/next_sources.h"
#include "store/db.h"

#include <glib.h>

static const struct shop_field fields[] = {
	SHOP_FIELD_INT(struct shop_status, orders_pending, "orders_pending",
		       "placed, not paid or confirmed yet"),
	SHOP_FIELD_INT(struct shop_status, orders_on_hold, "orders_on_hold", "wait for a release"),
	SHOP_FIELD_INT(struct shop_status, orders_late, "orders_late",
		       "confirmed and not shipped in time"),
	SHOP_FIELD_INT(struct shop_status, shipments_open, "shipments_open",
		       "to pick, pack or dispatch"),
	SHOP_FIELD_INT(struct shop_status, payments_unknown, "payments_unknown",
		       "wait for payment resolve"),
	SHOP_FIELD_INT(struct shop_status, backorders_open, "backorders_open",
		       "customers wait for goods"),
	SHOP_FIELD_INT(struct shop_status, backorders_unsourced, "backorders_unsourced",
		       "on no purchase order"),
	SHOP_FIELD_INT(struct shop_status, purchases_draft, "purchases_draft",
		       "wait for purchase submit"),
	SHOP_FIELD_INT(struct shop_status, purchases_overdue, "purchases_overdue",
		       "promised and not received"),
	SHOP_FIELD_INT(struct shop_status, products_low, "products_low",
		       "at or below their reorder point: stock list --low"),
	SHOP_FIELD_INT(struct shop_status, jobs_due, "jobs_due", "outside calls to make"),
	SHOP_FIELD_INT(struct shop_status, jobs_dead, "jobs_dead",
		       "given up: job list --state dead"),
	SHOP_FIELD_INT(struct shop_status, events_waiting, "events_waiting",
		       "not seen by every consumer yet"),
	SHOP_FIELD_INT(struct shop_status, attention, "attention",
		       "kinds of work that need a person"),
	SHOP_FIELD_LIST(struct shop_status, sales, "sales", &shop_sales_record,
			"what was sold on the last days, today last"),
};

const struct shop_record shop_status_record = SHOP_RECORD("status", struct shop_status, fields);

static const char orders_pending[] = "SELECT count(*) FROM orders WHERE status = 'pending'";
static const char shipments_open[] =
	"SELECT count(*) FROM shipment WHERE status IN ('open', 'picking', 'packed')";
static const char backorders_open[] =
	"SELECT count(*) FROM backorder WHERE status IN ('open', 'sourced', 'partially_allocated')";
static const char backorders_unsourced[] =
	"SELECT count(*) FROM backorder WHERE status IN ('open', 'sourced', 'partially_allocated')"
	" AND status = 'open' AND purchase_id IS NULL";
static const char jobs_due[] = "SELECT count(*) FROM job WHERE state IN ('ready', 'retry', "
			       "'leased') AND not_before_us <= $1";
static const char events_waiting[] =
	"SELECT (SELECT COALESCE(max(seq), 0) FROM journal) - COALESCE(min(cursor), 0)"
	" FROM consumer WHERE name NOT LIKE 'tail:%'";

/* What `next` does not list, or lists in another way: one row for all backorders of a product, say.
 */
static bool count_rest(struct shop_store *store, int64_t now_us, struct shop_status *s,
		       struct shop_error *err)
{
	return db_get(store, &s->orders_pending, orders_pending, NULL, err) &&
	       db_get(store, &s->shipments_open, shipments_open, NULL, err) &&
	       db_get(store, &s->backorders_open, backorders_open, NULL, err) &&
	       db_get(store, &s->backorders_unsourced, backorders_unsourced, NULL, err) &&
	       db_get(store, &s->jobs_due, jobs_due, "i", err, now_us) &&
	       db_get(store, &s->events_waiting, events_waiting, NULL, err);
}

static int64_t attention(const struct shop_status *s)
{
	const int64_t needs[] = {s->orders_on_hold,	  s->orders_late,     s->payments_unknown,
				 s->backorders_unsourced, s->purchases_draft, s->purchases_overdue,
				 s->products_low,	  s->jobs_dead};
	int64_t kinds = 0;

	for (size_t i = 0; i < G_N_ELEMENTS(needs); i++)
		kinds += needs[i] > 0;
	return kinds;
}

bool shop_status_read(struct shop_store *store, int64_t now_us, struct shop_status *ret_status,
		      struct shop_error *err)
{
	struct shop_status s = {0};

	if (!next_count(store, now_us, &s, err) || !count_rest(store, now_us, &s, err))
		return shop_fail_while(err, "counting what waits");
	s.attention = attention(&s);
	*ret_status = s;
	return true;
}

/*
 * The parcel leaves: the one place where a shipment takes units off the shelf.
 */
#include "domain/shipment/shipment_row.h"

#include "domain/domain.h"
#include "shop/text.h"
#include "store/db.h"

#include <string.h>

/* How it leaves, checked. Strings are owned. */
struct leaving {
	const struct shop_carrier *carrier;
	char *service;
	char *tracking;
};

#define AUTO_LEAVING SHOP_CLEANUP(leaving_done)

static void leaving_done(struct leaving *l)
{
	g_free(l->service);
	g_free(l->tracking);
	*l = (struct leaving){0};
}

const struct shop_carrier *shop_carriers(void)
{
	static const struct shop_carrier carriers[] = {
		{.name = "manual", .announces = false},
		{.name = "sandbox", .announces = true},
		{.name = NULL},
	};

	return carriers;
}

const struct shop_carrier *shop_carrier_find(const char *name, struct shop_error *err)
{
	const struct shop_carrier *carrier;

	for (carrier = shop_carriers(); carrier->name != NULL; carrier++)
		if (strcmp(carrier->name, name) == 0)
			return carrier;
	shop_fail(err, E_CARRIER, "no carrier \"%s\"; there are manual and sandbox", name);
	shop_fail_field(err, "carrier");
	return NULL;
}

static bool clean_word(const char *text, const char *field, size_t max, char **ret_text,
		       struct shop_error *err)
{
	const struct shop_text_rule rule = {.max_chars = max, .required = true};

	return text == NULL || shop_text_clean(text, field, &rule, ret_text, err);
}

static bool check(const struct shop_dispatch *in, struct leaving *l, struct shop_error *err)
{
	l->carrier = shop_carrier_find(in->carrier == NULL ? "manual" : in->carrier, err);
	return l->carrier != NULL &&
	       clean_word(in->service, "service", SHOP_SERVICE_MAX, &l->service, err) &&
	       clean_word(in->tracking, "tracking", SHOP_TRACKING_MAX, &l->tracking, err);
}

static bool write_leaving(struct shop_store *store, int64_t id, const struct leaving *l,
			  struct shop_error *err)
{
	static const char sql[] =
		"UPDATE shipment SET carrier = $2, service = $3, tracking = $4, shipped_us = $5,"
		" label = CASE label WHEN 'none' THEN 'no_label' ELSE label END WHERE id = $1";

	return db_run(store, sql, "dttti", err, id, l->carrier->name, l->service, l->tracking,
		      shop_store_context(store)->now_us);
}

static bool line_ships(struct shop_store *store, const struct shop_shipment *s,
		       const struct shop_shipment_line *line, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE order_line SET allocated = allocated - $3, shipped = shipped + $3"
		" WHERE order_id = $1 AND n = $2 AND allocated >= $3";
	const struct stock_need need = {
		.product_id = line->product_id,
		.sku = line->sku,
		.order_id = s->order_id,
		.line = line->line,
		.qty = line->qty,
	};
	bool changed;

	if ((line->tracked && !stock_ship(store, &need, s->location_id, s->id, err)) ||
	    !db_change(store, &changed, sql, "dii", err, s->order_id, line->line, line->qty))
		return false;
	if (!changed)
		return shop_fail(err, E_INTERNAL,
				 "line %" G_GINT64_FORMAT
				 " has fewer allocated units than its parcel",
				 line->line);
	return backorder_close_shipped(store, s->order_id, line->line, err);
}

static bool lines_ship(struct shop_store *store, const struct shop_shipment *s,
		       struct shop_error *err)
{
	const struct shop_shipment_line *lines = s->lines.items;

	for (size_t i = 0; i < s->lines.count; i++)
		if (!line_ships(store, s, &lines[i], err))
			return false;
	return true;
}

static bool tell_shipped(struct shop_store *store, const struct shop_shipment *s,
			 struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shipment_event_begin(&e, "shipment.shipped", s);
	shop_json_id(&e.json, "location", SHOP_ID_LOCATION, s->location_id);
	shop_json_text(&e.json, "carrier", s->carrier);
	shop_json_text(&e.json, "service", s->service);
	shop_json_text(&e.json, "tracking", s->tracking);
	shop_json_text(&e.json, "label", s->label);
	shipment_event_lines(&e.json, s);
	return shop_event_append(store, &e, err);
}

/* The carrier is told by a job, after this is committed. */
static bool announce_later(struct shop_store *store, const struct shop_shipment *s,
			   const struct leaving *l, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];
	const struct job_new job = {
		.queue = "carriers",
		.kind = "carrier.announce",
		.subject = shop_id_format(SHOP_ID_SHIPMENT, s->id, id),
		.target_id = s->id,
	};

	return !l->carrier->announces || l->tracking != NULL || job_add(store, &job, err);
}

bool shop_shipment_dispatch(struct shop_store *store, int64_t id, const struct shop_dispatch *in,
			    struct shop_shipment *ret_shipment, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_LEAVING struct leaving l = {0};
	AUTO_SHIPMENT struct shop_shipment before = {0};
	AUTO_SHIPMENT struct shop_shipment s = {0};
	struct shipment_order order;

	if (!check(in, &l, err) || !shop_txn_begin(&txn, store, err) ||
	    !shop_shipment_load(store, id, &before, err) ||
	    !shipment_may(SHIPMENT_DISPATCH, &before, err) ||
	    !shipment_order_load(store, before.order_id, &order, err) ||
	    !shipment_may_leave(&order, err) || !shipment_advance(store, &before, "packed", err) ||
	    !shipment_move(store, &before, "shipped", err) || !write_leaving(store, id, &l, err) ||
	    !shop_shipment_load(store, id, &s, err) || !lines_ship(store, &s, err) ||
	    !tell_shipped(store, &s, err) || !announce_later(store, &s, &l, err) ||
	    !order_refresh(store, s.order_id, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "dispatching a shipment");
	shop_record_take(&shop_shipment_record, ret_shipment, &s);
	return true;
}

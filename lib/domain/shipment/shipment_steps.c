/*
 * The steps of a shipment that stays in the house (pick, pack, cancel), and its arrival.
 */
#include "domain/shipment/shipment_row.h"

#include "domain/domain.h"
#include "store/db.h"

#include <string.h>

static bool tell_step(struct shop_store *store, const struct shop_shipment *s, const char *type,
		      struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shipment_event_begin(&e, type, s);
	shop_json_text(&e.json, "status", s->status);
	return shop_event_append(store, &e, err);
}

bool shipment_advance(struct shop_store *store, struct shop_shipment *s, const char *to,
		      struct shop_error *err)
{
	static const struct {
		const char *from, *to, *event;
	} steps[] = {
		{"open", "picking", "shipment.picked"},
		{"picking", "packed", "shipment.packed"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(steps) && strcmp(s->status, to) != 0; i++)
		if (strcmp(s->status, steps[i].from) == 0 &&
		    (!shipment_move(store, s, steps[i].to, err) ||
		     !tell_step(store, s, steps[i].event, err)))
			return false;
	return true;
}

static bool go_on(struct shop_store *store, int64_t id, enum shipment_act act, const char *to,
		  struct shop_shipment *ret_shipment, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_SHIPMENT struct shop_shipment s = {0};
	struct shipment_order order;

	if (!shop_txn_begin(&txn, store, err) || !shop_shipment_load(store, id, &s, err) ||
	    !shipment_may(act, &s, err) || !shipment_order_load(store, s.order_id, &order, err) ||
	    !shipment_may_work(&order, err) || !shipment_advance(store, &s, to, err) ||
	    !shop_txn_commit(&txn, err))
		return false;
	shop_record_take(&shop_shipment_record, ret_shipment, &s);
	return true;
}

bool shop_shipment_pick(struct shop_store *store, int64_t id, struct shop_shipment *ret_shipment,
			struct shop_error *err)
{
	return go_on(store, id, SHIPMENT_PICK, "picking", ret_shipment, err) ||
	       shop_fail_while(err, "picking a shipment");
}

bool shop_shipment_pack(struct shop_store *store, int64_t id, struct shop_shipment *ret_shipment,
			struct shop_error *err)
{
	return go_on(store, id, SHIPMENT_PACK, "packed", ret_shipment, err) ||
	       shop_fail_while(err, "packing a shipment");
}

bool shop_shipment_unpick(struct shop_store *store, int64_t id, struct shop_shipment *ret_shipment,
			  struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_SHIPMENT struct shop_shipment s = {0};

	if (!shop_txn_begin(&txn, store, err) || !shop_shipment_load(store, id, &s, err) ||
	    !shipment_may(SHIPMENT_UNPICK, &s, err) || !shipment_move(store, &s, "open", err) ||
	    !tell_step(store, &s, "shipment.unpicked", err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "putting a shipment back from picking");
	shop_record_take(&shop_shipment_record, ret_shipment, &s);
	return true;
}

static bool deliver_line(struct shop_store *store, int64_t order_id,
			 const struct shop_shipment_line *line, struct shop_error *err)
{
	static const char sql[] = "UPDATE order_line SET delivered = delivered + $3"
				  " WHERE order_id = $1 AND n = $2 AND delivered + $3 <= shipped";
	bool changed;

	return db_change(store, &changed, sql, "dii", err, order_id, line->line, line->qty) &&
	       (changed ||
		shop_fail(err, E_INTERNAL,
			  "line %" G_GINT64_FORMAT " has fewer shipped units than its parcel",
			  line->line));
}

static bool tell_delivered(struct shop_store *store, const struct shop_shipment *s,
			   struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shipment_event_begin(&e, "shipment.delivered", s);
	shop_json_text(&e.json, "carrier", s->carrier);
	shop_json_text(&e.json, "tracking", s->tracking);
	shop_json_time(&e.json, "delivered_at", s->delivered_at);
	shipment_event_lines(&e.json, s);
	return shop_event_append(store, &e, err);
}

bool shipment_deliver(struct shop_store *store, struct shop_shipment *s, struct shop_error *err)
{
	static const char sql[] = "UPDATE shipment SET delivered_us = $2 WHERE id = $1";
	const struct shop_shipment_line *lines = s->lines.items;

	s->delivered_at = shop_store_context(store)->now_us;
	if (!shipment_move(store, s, "delivered", err) ||
	    !db_run(store, sql, "di", err, s->id, s->delivered_at))
		return false;
	for (size_t i = 0; i < s->lines.count; i++)
		if (!deliver_line(store, s->order_id, &lines[i], err))
			return false;
	return tell_delivered(store, s, err) && order_refresh(store, s->order_id, err);
}

bool shop_shipment_deliver(struct shop_store *store, int64_t id, struct shop_shipment *ret_shipment,
			   struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_SHIPMENT struct shop_shipment s = {0};

	if (!shop_txn_begin(&txn, store, err) || !shop_shipment_load(store, id, &s, err) ||
	    !shipment_may(SHIPMENT_DELIVER, &s, err) || !shipment_deliver(store, &s, err) ||
	    !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "delivering a shipment");
	shop_record_take(&shop_shipment_record, ret_shipment, &s);
	return true;
}

static bool take_out(struct shop_store *store, const struct shop_shipment *s,
		     const struct shop_shipment_line *line, struct shop_error *err)
{
	static const char sql[] = "UPDATE allocation SET in_shipment = in_shipment - $4"
				  " WHERE order_id = $1 AND line = $2 AND location_id = $3"
				  " AND in_shipment >= $4";
	bool changed;

	if (!line->tracked)
		return true;
	return db_change(store, &changed, sql, "didi", err, s->order_id, line->line, s->location_id,
			 line->qty) &&
	       (changed ||
		shop_fail(err, E_INTERNAL, "line %" G_GINT64_FORMAT " has fewer units in shipments",
			  line->line));
}

/* The lines stay, as the parcel that never left; they count for nothing. */
bool shipment_cancel(struct shop_store *store, struct shop_shipment *s, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};
	const struct shop_shipment_line *lines = s->lines.items;

	for (size_t i = 0; i < s->lines.count; i++)
		if (!take_out(store, s, &lines[i], err))
			return false;
	shipment_event_begin(&e, "shipment.canceled", s);
	shop_json_id(&e.json, "location", SHOP_ID_LOCATION, s->location_id);
	shop_json_text(&e.json, "status_before", s->status);
	shipment_event_lines(&e.json, s);
	return shipment_move(store, s, "canceled", err) && shop_event_append(store, &e, err);
}

bool shop_shipment_cancel(struct shop_store *store, int64_t id, struct shop_shipment *ret_shipment,
			  struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_SHIPMENT struct shop_shipment s = {0};

	if (!shop_txn_begin(&txn, store, err) || !shop_shipment_load(store, id, &s, err) ||
	    !shipment_may(SHIPMENT_CANCEL, &s, err) || !shipment_cancel(store, &s, err) ||
	    !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "canceling a shipment");
	shop_record_take(&shop_shipment_record, ret_shipment, &s);
	return true;
}

bool shipment_cancel_open(struct shop_store *store, int64_t order_id, struct shop_error *err)
{
	static const char sql[] = "SELECT min(id) FROM shipment WHERE order_id = $1 AND id > $2"
				  " AND status IN ('open', 'picking', 'packed')";
	int64_t id = 0;

	for (;;) {
		AUTO_SHIPMENT struct shop_shipment s = {0};

		if (!db_get(store, &id, sql, "di", err, order_id, id))
			return false;
		if (id == SHOP_NULL)
			return true;
		if (!shop_shipment_load(store, id, &s, err) || !shipment_cancel(store, &s, err))
			return false;
	}
}

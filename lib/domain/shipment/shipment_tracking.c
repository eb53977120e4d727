/*
 * What a carrier said, recorded: the tracking number it gave, and where the parcel is. Nobody is
 * called here. Only `delivered` moves the shipment's own status.
 */
#include "domain/shipment/shipment_row.h"

#include "domain/domain.h"
#include "store/db.h"

#include <string.h>

static bool write_tracking(struct shop_store *store, const struct shop_shipment *s,
			   const char *tracking, const char *status, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE shipment SET tracking = $2, tracking_status = $3, version = version + 1,"
		" updated_us = $4 WHERE id = $1";

	return db_run(store, sql, "dtti", err, s->id, tracking, status,
		      shop_store_context(store)->now_us);
}

static bool tell_tracking(struct shop_store *store, const struct shop_shipment *before,
			  const char *tracking, const char *status, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shipment_event_begin(&e, "shipment.tracking_updated", before);
	shop_json_text(&e.json, "carrier", before->carrier);
	shop_json_text(&e.json, "tracking", tracking);
	shop_json_text(&e.json, "status_before", before->tracking_status);
	shop_json_text(&e.json, "status", status);
	return shop_event_append(store, &e, err);
}

bool shipment_tracking_set(struct shop_store *store, int64_t id, const char *tracking,
			   const char *status, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_SHIPMENT struct shop_shipment s = {0};

	if (!shop_txn_begin(&txn, store, err) || !shop_shipment_load(store, id, &s, err))
		return false;
	if ((g_strcmp0(s.tracking, tracking) != 0 || strcmp(s.tracking_status, status) != 0) &&
	    (!write_tracking(store, &s, tracking, status, err) ||
	     !tell_tracking(store, &s, tracking, status, err)))
		return false;
	if (strcmp(status, "delivered") == 0 && strcmp(s.status, "shipped") == 0 &&
	    !shipment_deliver(store, &s, err))
		return false;
	return shop_txn_commit(&txn, err);
}

bool shipment_may_track(const struct shop_shipment *s, struct shop_error *err)
{
	const struct shop_carrier *carrier;
	char id[SHOP_ID_TEXT];

	if (!shipment_may(SHIPMENT_TRACK, s, err))
		return false;
	carrier = shop_carrier_find(s->carrier, err);
	if (carrier == NULL || (carrier->announces && s->tracking != NULL))
		return carrier != NULL;
	shop_id_format(SHOP_ID_SHIPMENT, s->id, id);
	if (carrier->announces) {
		shop_fail(err, E_SHIPMENT_STATE, "shipment %s has no tracking number yet", id);
		shop_fail_because(err, "the worker has not announced it to its carrier");
		shop_fail_object(err, id);
		return shop_fail_fix(err, "worker", "--drain", NULL);
	}
	shop_fail(err, E_SHIPMENT_STATE, "shipment %s goes by %s, where nobody can be asked", id,
		  s->carrier);
	shop_fail_object(err, id);
	return shop_fail_fix(err, "shipment", "deliver", id, NULL);
}

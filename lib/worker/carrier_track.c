/*
 * Asking a carrier where a parcel is: read, call outside any transaction, record.
 */
#include "shop/shipment_track.h"

#include "domain/domain.h"
#include "gateways/carrier.h"

struct news {
	int64_t shipment_id;
	const struct carrier_answer *said;
	struct shop_shipment *ret;
};

static bool record(struct shop_store *store, void *arg, struct shop_error *err)
{
	struct news *news = arg;

	shop_shipment_done(news->ret);
	return shipment_tracking_set(store, news->shipment_id, news->said->tracking,
				     news->said->status, err) &&
	       shop_shipment_load(store, news->shipment_id, news->ret, err);
}

static bool refuse(const struct shop_shipment *s, const struct carrier_answer *said,
		   struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	shop_id_format(SHOP_ID_SHIPMENT, s->id, id);
	if (said->result == CARRIER_RETRY) {
		shop_fail(err, E_CARRIER_DOWN, "carrier %s does not answer: %s", s->carrier,
			  said->message);
		shop_fail_object(err, id);
		return shop_fail_fix(err, "shipment", "track", id, NULL);
	}
	shop_fail(err, E_CARRIER_REFUSED, "carrier %s says nothing of %s: %s", s->carrier,
		  s->tracking, said->message);
	shop_fail_object(err, id);
	return shop_fail_fix(err, "shipment", "deliver", id, NULL);
}

bool shop_shipment_track(struct shop_store *store, const struct shop_context *ctx, int64_t id,
			 bool trial, struct shop_shipment *ret_shipment, struct shop_error *err)
{
	AUTO_SHIPMENT struct shop_shipment s = {0};
	AUTO_SHIPMENT struct shop_shipment after = {0};
	const struct carrier *carrier;
	struct carrier_answer said;
	struct news news = {id, &said, &after};

	if (!shop_shipment_load(store, id, &s, err) || !shipment_may_track(&s, err))
		return shop_fail_while(err, "tracking a shipment");
	carrier = carrier_find(s.carrier);
	if (carrier == NULL)
		return shop_fail(err, E_CARRIER, "no carrier \"%s\"", s.carrier);
	carrier->track(s.tracking, &said);
	if (said.result != CARRIER_OK)
		return refuse(&s, &said, err);
	if (!(trial ? shop_store_try : shop_store_write)(store, ctx, record, &news, err))
		return shop_fail_while(err, "tracking a shipment");
	shop_record_take(&shop_shipment_record, ret_shipment, &after);
	return true;
}

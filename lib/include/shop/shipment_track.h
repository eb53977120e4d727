/*
 * Asking a carrier where a parcel is: an outside call, so it makes its own transaction and runs in
 * none.
 */
#ifndef SHOP_SHIPMENT_TRACK_H
#define SHOP_SHIPMENT_TRACK_H

#include "shop/shipment.h"

/**
 * Ask the carrier, then record what it said (shipment.tracking_updated when it is news; `delivered`
 * delivers the shipment).
 *
 * ctx            who asks and when
 * trial          ask, but take back what was recorded: ret_shipment is what it would be
 * Fails with     E_NOT_FOUND, E_SHIPMENT_STATE (nothing to ask about), E_CARRIER_REFUSED (it does
 * not know the number), E_CARRIER_DOWN
 */
bool shop_shipment_track(struct shop_store *store, const struct shop_context *ctx, int64_t id,
			 bool trial, struct shop_shipment *ret_shipment,
			 struct shop_error *err) SHOP_CHECKED;

#endif

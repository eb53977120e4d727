/*
 * What stands in the way of a shipment's commands.
 */
#include "domain/shipment/shipment_row.h"

#include "domain/domain.h"
#include "domain/why.h"

/* Its status allows the act; with `works` its order is not on hold either. */
static bool may(struct shop_store *store, int64_t id, enum shipment_act act, bool works,
		struct shop_error *err)
{
	AUTO_SHIPMENT struct shop_shipment s = {0};
	struct shipment_order order;

	return shop_shipment_load(store, id, &s, err) && shipment_may(act, &s, err) &&
	       (!works || (shipment_order_load(store, s.order_id, &order, err) &&
			   shipment_may_work(&order, err)));
}

bool shipment_why_pick(struct shop_store *store, int64_t id, struct shop_error *err)
{
	return may(store, id, SHIPMENT_PICK, true, err);
}

bool shipment_why_unpick(struct shop_store *store, int64_t id, struct shop_error *err)
{
	return may(store, id, SHIPMENT_UNPICK, false, err);
}

bool shipment_why_pack(struct shop_store *store, int64_t id, struct shop_error *err)
{
	return may(store, id, SHIPMENT_PACK, true, err);
}

bool shipment_why_deliver(struct shop_store *store, int64_t id, struct shop_error *err)
{
	return may(store, id, SHIPMENT_DELIVER, false, err);
}

bool shipment_why_cancel(struct shop_store *store, int64_t id, struct shop_error *err)
{
	return may(store, id, SHIPMENT_CANCEL, false, err);
}

bool shipment_why_dispatch(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_SHIPMENT struct shop_shipment s = {0};
	struct shipment_order order;

	return shop_shipment_load(store, id, &s, err) && shipment_may(SHIPMENT_DISPATCH, &s, err) &&
	       shipment_order_load(store, s.order_id, &order, err) &&
	       shipment_may_leave(&order, err);
}

bool shipment_why_track(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_SHIPMENT struct shop_shipment s = {0};

	return shop_shipment_load(store, id, &s, err) && shipment_may_track(&s, err);
}

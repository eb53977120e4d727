/*
 * Everything of an order that can leave, leaves: what is ready gets its parcels, and all its
 * parcels are dispatched, in one transaction.
 */
#include "domain/shipment/shipment_row.h"

#include <glib.h>
#include <string.h>

static bool is_here(const char *status)
{
	return strcmp(status, "shipped") != 0 && strcmp(status, "delivered") != 0 &&
	       strcmp(status, "canceled") != 0;
}

static bool note(const void *record, void *ctx, struct shop_error *err)
{
	const struct shop_shipment *shipment = record;

	(void)err;
	if (is_here(shipment->status))
		g_array_append_val(ctx, shipment->id);
	return true;
}

static bool find(struct shop_store *store, int64_t order_id, GArray *ids, struct shop_error *err)
{
	const struct shop_shipment_filter filter = {.order_id = order_id, .limit = SHOP_NULL};

	g_array_set_size(ids, 0);
	return shop_shipment_list(store, &filter, note, ids, err);
}

static bool pass(const void *record, void *ctx, struct shop_error *err)
{
	(void)record;
	(void)ctx;
	(void)err;
	return true;
}

/* That nothing else is ready is no obstacle for parcels that stand there; any other refusal is. */
static bool gather(struct shop_store *store, int64_t order_id, GArray *ids, struct shop_error *err)
{
	if (!find(store, order_id, ids, err))
		return false;
	if (shop_shipment_create(store, order_id, NULL, 0, pass, NULL, err))
		return find(store, order_id, ids, err);
	if (err->id != E_SHIPMENT_LINES || ids->len == 0)
		return false;
	shop_error_done(err);
	return true;
}

static bool dispatch_all(struct shop_store *store, const struct shop_dispatch *in,
			 const GArray *ids, shop_record_fn fn, void *ctx, struct shop_error *err)
{
	for (guint i = 0; i < ids->len; i++) {
		AUTO_SHIPMENT struct shop_shipment shipment = {0};

		if (!shop_shipment_dispatch(store, g_array_index(ids, int64_t, i), in, &shipment,
					    err) ||
		    !fn(&shipment, ctx, err))
			return false;
	}
	return true;
}

bool shop_shipment_ship_order(struct shop_store *store, int64_t order_id,
			      const struct shop_dispatch *in, shop_record_fn fn, void *ctx,
			      struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	GArray *ids = g_array_new(FALSE, FALSE, sizeof(int64_t));
	bool ok = shop_txn_begin(&txn, store, err) && gather(store, order_id, ids, err);

	if (ok && ids->len > 1 && in->tracking != NULL) {
		shop_fail(err, E_VALUE, "tracking: %u parcels cannot have one number", ids->len);
		ok = shop_fail_field(err, "tracking");
	}
	ok = ok && dispatch_all(store, in, ids, fn, ctx, err) && shop_txn_commit(&txn, err);
	g_array_unref(ids);
	return ok;
}

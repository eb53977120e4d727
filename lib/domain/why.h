/*
 * Whether a command would be refused, by the guards that refuse it: each reads what the command
 * reads and asks the same functions in the same order, and writes nothing. Fails as the command
 * would.
 */
#ifndef SHOP_DOMAIN_WHY_H
#define SHOP_DOMAIN_WHY_H

#include "shop/store.h"

bool order_why_confirm(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;
bool order_why_cancel(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;
bool order_why_hold(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;
bool order_why_release(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;
/** Its open shipments may leave; without one, a shipment could be made of what is ready. */
bool order_why_ship(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;
bool order_why_authorize(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;
/** One of its payments may be captured. */
bool order_why_capture(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;
bool order_why_refund(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;

bool payment_why_authorize(struct shop_store *store, int64_t id,
			   struct shop_error *err) SHOP_CHECKED;
bool payment_why_capture(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;
bool payment_why_void(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;
bool payment_why_refund(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;

bool shipment_why_pick(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;
bool shipment_why_unpick(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;
bool shipment_why_pack(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;
bool shipment_why_dispatch(struct shop_store *store, int64_t id,
			   struct shop_error *err) SHOP_CHECKED;
bool shipment_why_deliver(struct shop_store *store, int64_t id,
			  struct shop_error *err) SHOP_CHECKED;
bool shipment_why_cancel(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;
bool shipment_why_track(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;

/** Units of it still wait, so it may be promised, sourced, allocated and canceled. */
bool backorder_why_change(struct shop_store *store, int64_t id,
			  struct shop_error *err) SHOP_CHECKED;

bool purchase_why_submit(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;
bool purchase_why_acknowledge(struct shop_store *store, int64_t id,
			      struct shop_error *err) SHOP_CHECKED;
bool purchase_why_receive(struct shop_store *store, int64_t id,
			  struct shop_error *err) SHOP_CHECKED;
bool purchase_why_close(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;
bool purchase_why_cancel(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;

bool cart_why_change(struct shop_store *store, int64_t id, int64_t now_us,
		     struct shop_error *err) SHOP_CHECKED;
bool cart_why_checkout(struct shop_store *store, int64_t id, int64_t now_us,
		       struct shop_error *err) SHOP_CHECKED;

bool job_why_retry(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;
bool job_why_cancel(struct shop_store *store, int64_t id, struct shop_error *err) SHOP_CHECKED;

bool product_why_publish(struct shop_store *store, const char *sku, int64_t now_us,
			 struct shop_error *err) SHOP_CHECKED;
/** One more whole unit of it may be sold now, from stock or as a backorder. */
bool product_why_sell(struct shop_store *store, const char *sku, int64_t now_us,
		      struct shop_error *err) SHOP_CHECKED;

bool supplier_why_archive(struct shop_store *store, int64_t id,
			  struct shop_error *err) SHOP_CHECKED;
bool location_why_archive(struct shop_store *store, int64_t id,
			  struct shop_error *err) SHOP_CHECKED;

#endif

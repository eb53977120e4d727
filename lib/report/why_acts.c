/*
 * What can be done with each type, and whose guards are asked.
 */
#include "report/why_parts.h"

#include "domain/why.h"

#include <string.h>

/* The guards of an act: of an object with an id, of one whose stock or prices change with time, of
 * a SKU. */
struct guard {
	bool (*by_id)(struct shop_store *store, int64_t id, struct shop_error *err);
	bool (*at)(struct shop_store *store, int64_t id, int64_t now_us, struct shop_error *err);
	bool (*by_sku)(struct shop_store *store, const char *sku, int64_t now_us,
		       struct shop_error *err);
};

/* One line per act: its type, name and command in the one table, its guard in the other. */
#define ACTS(ACT)                                                                                  \
	ACT(ORDER, "ship", "shipment create", .by_id = order_why_ship)                             \
	ACT(ORDER, "confirm", "order confirm", .by_id = order_why_confirm)                         \
	ACT(ORDER, "cancel", "order cancel", .by_id = order_why_cancel)                            \
	ACT(ORDER, "hold", "order hold", .by_id = order_why_hold)                                  \
	ACT(ORDER, "release", "order release", .by_id = order_why_release)                         \
	ACT(ORDER, "authorize", "payment authorize", .by_id = order_why_authorize)                 \
	ACT(ORDER, "capture", "payment capture", .by_id = order_why_capture)                       \
	ACT(ORDER, "refund", "payment refund", .by_id = order_why_refund)                          \
	ACT(PAYMENT, "authorize", "payment authorize", .by_id = payment_why_authorize)             \
	ACT(PAYMENT, "capture", "payment capture", .by_id = payment_why_capture)                   \
	ACT(PAYMENT, "void", "payment void", .by_id = payment_why_void)                            \
	ACT(PAYMENT, "refund", "payment refund", .by_id = payment_why_refund)                      \
	ACT(SHIPMENT, "ship", "shipment dispatch", .by_id = shipment_why_dispatch)                 \
	ACT(SHIPMENT, "dispatch", "shipment dispatch", .by_id = shipment_why_dispatch)             \
	ACT(SHIPMENT, "pick", "shipment pick", .by_id = shipment_why_pick)                         \
	ACT(SHIPMENT, "unpick", "shipment unpick", .by_id = shipment_why_unpick)                   \
	ACT(SHIPMENT, "pack", "shipment pack", .by_id = shipment_why_pack)                         \
	ACT(SHIPMENT, "deliver", "shipment deliver", .by_id = shipment_why_deliver)                \
	ACT(SHIPMENT, "cancel", "shipment cancel", .by_id = shipment_why_cancel)                   \
	ACT(SHIPMENT, "track", "shipment track", .by_id = shipment_why_track)                      \
	ACT(BACKORDER, "allocate", "backorder allocate", .by_id = backorder_why_change)            \
	ACT(BACKORDER, "promise", "backorder promise", .by_id = backorder_why_change)              \
	ACT(BACKORDER, "source", "backorder source", .by_id = backorder_why_change)                \
	ACT(BACKORDER, "cancel", "backorder cancel", .by_id = backorder_why_change)                \
	ACT(PURCHASE, "submit", "purchase submit", .by_id = purchase_why_submit)                   \
	ACT(PURCHASE, "acknowledge", "purchase acknowledge", .by_id = purchase_why_acknowledge)    \
	ACT(PURCHASE, "receive", "purchase receive", .by_id = purchase_why_receive)                \
	ACT(PURCHASE, "close", "purchase close", .by_id = purchase_why_close)                      \
	ACT(PURCHASE, "cancel", "purchase cancel", .by_id = purchase_why_cancel)                   \
	ACT(CART, "add", "cart add", .at = cart_why_change)                                        \
	ACT(CART, "checkout", "cart checkout", .at = cart_why_checkout)                            \
	ACT(JOB, "retry", "job retry", .by_id = job_why_retry)                                     \
	ACT(JOB, "cancel", "job cancel", .by_id = job_why_cancel)                                  \
	ACT(PRODUCT, "sell", "order create", .by_sku = product_why_sell)                           \
	ACT(PRODUCT, "publish", "product publish", .by_sku = product_why_publish)                  \
	ACT(SUPPLIER, "delete", "supplier delete", .by_id = supplier_why_archive)                  \
	ACT(LOCATION, "delete", "location delete", .by_id = location_why_archive)

static const struct shop_act acts[] = {
#define ACT(id_type, verb, words, ...) {SHOP_ID_##id_type, verb, words},
	ACTS(ACT)
#undef ACT
		{SHOP_ID_NONE, NULL, NULL},
};

static const struct guard guards[] = {
#define ACT(id_type, verb, words, ...) {__VA_ARGS__},
	ACTS(ACT)
#undef ACT
};

const struct shop_act *shop_why_acts(void)
{
	return acts;
}

bool why_ask(struct shop_store *store, const struct shop_object *o, const char *act, int64_t now_us,
	     bool *ret_known, struct shop_error *err)
{
	size_t i = 0;

	while (acts[i].name != NULL && (acts[i].type != o->type || strcmp(acts[i].name, act) != 0))
		i++;
	*ret_known = acts[i].name != NULL;
	if (!*ret_known)
		return true;
	if (guards[i].by_sku != NULL)
		return guards[i].by_sku(store, o->name, now_us, err);
	if (guards[i].at != NULL)
		return guards[i].at(store, o->id, now_us, err);
	return guards[i].by_id(store, o->id, err);
}

const char *why_next_act(const struct shop_object *object, const char *status)
{
	static const struct {
		enum shop_id_type type;
		const char *status; /* NULL = any other */
		const char *act;    /* NULL = none */
	} steps[] = {
		{SHOP_ID_ORDER, "pending", "confirm"},
		{SHOP_ID_ORDER, "completed", NULL},
		{SHOP_ID_ORDER, "canceled", NULL},
		{SHOP_ID_ORDER, "expired", NULL},
		{SHOP_ID_ORDER, NULL, "ship"},
		{SHOP_ID_PAYMENT, "succeeded", NULL},
		{SHOP_ID_PAYMENT, "canceled", NULL},
		{SHOP_ID_PAYMENT, "failed", NULL},
		{SHOP_ID_PAYMENT, NULL, "capture"},
		{SHOP_ID_SHIPMENT, "shipped", "deliver"},
		{SHOP_ID_SHIPMENT, "delivered", NULL},
		{SHOP_ID_SHIPMENT, "canceled", NULL},
		{SHOP_ID_SHIPMENT, NULL, "dispatch"},
		{SHOP_ID_BACKORDER, "allocated", NULL},
		{SHOP_ID_BACKORDER, "closed", NULL},
		{SHOP_ID_BACKORDER, "canceled", NULL},
		{SHOP_ID_BACKORDER, NULL, "allocate"},
		{SHOP_ID_PURCHASE, "draft", "submit"},
		{SHOP_ID_PURCHASE, "received", "close"},
		{SHOP_ID_PURCHASE, "short_closed", "close"},
		{SHOP_ID_PURCHASE, "closed", NULL},
		{SHOP_ID_PURCHASE, "canceled", NULL},
		{SHOP_ID_PURCHASE, NULL, "receive"},
		{SHOP_ID_CART, "completed", NULL},
		{SHOP_ID_CART, NULL, "checkout"},
		{SHOP_ID_JOB, "done", NULL},
		{SHOP_ID_JOB, "ready", NULL},
		{SHOP_ID_JOB, "leased", NULL},
		{SHOP_ID_JOB, NULL, "retry"},
		{SHOP_ID_PRODUCT, NULL, "sell"},
	};

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (steps[i].type == object->type &&
		    (steps[i].status == NULL || strcmp(steps[i].status, status) == 0))
			return steps[i].act;
	return NULL;
}

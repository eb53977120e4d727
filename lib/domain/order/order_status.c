/*
 * Confirming an order.
 */
#include "domain/order/order_row.h"

#include "domain/domain.h"
#include "domain/why.h"
#include "shop/journal.h"
#include "store/db.h"

bool order_confirm(struct shop_store *store, int64_t order_id, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE orders SET status = 'confirmed', confirmed_us = $2, version = version + 1,"
		" updated_us = $2 WHERE id = $1 AND status = 'pending'";
	AUTO_EVENT struct shop_event_draft e = {0};
	bool changed;

	if (!db_change(store, &changed, sql, "di", err, order_id,
		       shop_store_context(store)->now_us))
		return false;
	if (!changed)
		return true;
	shop_event_begin(&e, "order.confirmed", SHOP_ID_ORDER, order_id);
	return shop_event_append(store, &e, err);
}

bool shop_order_confirm(struct shop_store *store, int64_t id, struct shop_order *ret_order,
			struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_ORDER struct shop_order order = {0};

	if (!shop_txn_begin(&txn, store, err) || !order_load_head(store, id, &order, err) ||
	    !order_may_confirm(&order, err) || !order_confirm(store, id, err) ||
	    !order_return(store, &txn, id, ret_order, err))
		return shop_fail_while(err, "confirming an order");
	return true;
}

bool order_why_confirm(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_ORDER struct shop_order order = {0};

	return order_load_head(store, id, &order, err) && order_may_confirm(&order, err);
}

/*
 * The order's status: confirming, and the command for it.
 */
#include "domain/order/order_row.h"

#include "domain/domain.h"
#include "shop/journal.h"
#include "store/db.h"

#include <string.h>

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
	shop_json_array(&e.json, "blockers");
	shop_json_end(&e.json);
	return shop_event_append(store, &e, err);
}

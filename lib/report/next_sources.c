/*
 * The kinds of work in the order in which they are done. Each list is an indexed query that ends at
 * its limit.
 */
#include "report/next_sources.h"

#include "domain/backorder/backorder_row.h"
#include "domain/stock/stock_row.h"

#include <stddef.h>

/* The conditions of the partial indexes stand in the queries word by word, so that they are used.
 */
#define OPS_UNKNOWN                                                                                \
	"FROM payment_op WHERE status IN ('sent', 'pending', 'unknown') AND status = 'unknown'"
#define JOBS_DEAD "FROM job WHERE state IN ('ready', 'retry', 'leased', 'dead') AND state = 'dead'"

/* Of an order the last word on its capture is that it failed. */
#define CAPTURES_FAILED                                                                            \
	"FROM payment_op f JOIN payment p ON p.id = f.payment_id"                                  \
	" WHERE f.kind = 'capture' AND f.status = 'failed' AND p.status = 'requires_capture'"      \
	" AND NOT EXISTS (SELECT 1 FROM payment_op x WHERE x.payment_id = f.payment_id"            \
	" AND x.n > f.n AND x.kind = 'capture')"

/* The + keeps the orders the ones that are walked: in their order, so that the first found is the first. */
#define ORDERS_DECLINED                                                                            \
	"FROM orders o JOIN payment p ON p.order_id = o.id"                                        \
	" WHERE o.status = 'pending' AND +p.status = 'requires_payment_method'"                    \
	" AND EXISTS (SELECT 1 FROM payment_op f WHERE f.payment_id = p.id"                        \
	" AND f.kind = 'authorize' AND f.status = 'failed')"

#define ORDERS_LATE                                                                                \
	"FROM orders o WHERE o.status = 'confirmed' AND o.placed_us < $1"                          \
	" AND o.fulfillment_status IN ('unfulfilled', 'partially_fulfilled')"

/* Parcels in a state whose order goes on and is not late: that one is in the queue itself. */
#define SHIPMENTS(status)                                                                          \
	"SELECT s.id, NULL, NULL, s.created_us, s.order_id FROM shipment s"                        \
	" JOIN orders o ON o.id = s.order_id WHERE s.status = '" status                            \
	"' AND o.status = 'confirmed' AND o.placed_us >= $1 ORDER BY s.id LIMIT $2"

/* Products that something waits for, with how long the first has waited. */
#define WAITING(more)                                                                              \
	"(SELECT b.product_id AS product_id, min(b.placed_us) AS since, min(b.id) AS first"        \
	" FROM backorder b WHERE b." BACKORDER_WAITS more " GROUP BY b.product_id) w"              \
	" JOIN product p ON p.id = w.product_id"

#define FREE_STOCK                                                                                 \
	"EXISTS (SELECT 1 FROM stock s WHERE s.product_id = p.id AND " STOCK_FREE("s", "0",        \
										  "$1") " > 0)"

#define UNSOURCED " AND b.status = 'open' AND b.purchase_id IS NULL"

/* Who is asked for more of product p: its supplier, or the only one there is. */
#define SUPPLIER                                                                                   \
	"COALESCE((SELECT s.id FROM supplier s WHERE s.id = p.supplier_id AND s.status = "         \
	"'active'),"                                                                               \
	" (SELECT CASE count(*) WHEN 1 THEN min(s.id) END FROM supplier s"                         \
	" WHERE s.status = 'active' AND p.supplier_id IS NULL))"

/* The cross join finds the few open ones of each supplier by their index. */
#define PURCHASES(condition)                                                                       \
	"FROM supplier x CROSS JOIN purchase u WHERE u.supplier_id = x.id AND " condition

#define OVERDUE "u.status IN ('submitted', 'acknowledged', 'partially_received') AND u.eta_us < $1"

#define PRODUCTS_LOW                                                                               \
	"FROM product p WHERE p.status = 'active' AND p.track_stock = 1 AND " STOCK_LOW("$1", "$"  \
											      "2")

/* More of the product is ordered or drafted already. */
#define ON_ITS_WAY                                                                                 \
	"EXISTS (SELECT 1 FROM purchase_line l JOIN purchase u ON u.id = l.purchase_id"            \
	" WHERE l.product_id = p.id AND l.ordered > l.received + l.closed AND u.status IN"         \
	" ('draft', 'submitted', 'acknowledged', 'partially_received'))"

#define COUNT "SELECT count(*) "
#define AT(member) .counted = offsetof(struct shop_status, member)

static const struct next_source sources[] = {
	{.kind = "payment_unknown",
	 .list = "SELECT payment_id, NULL, kind, sent_us, 0 " OPS_UNKNOWN
		 " ORDER BY payment_id, n LIMIT $1",
	 .id_type = SHOP_ID_PAYMENT,
	 .what = "the answer to its {word} was lost",
	 .command = "payment resolve {id}",
	 .count = COUNT OPS_UNKNOWN,
	 AT(payments_unknown)},
	{.kind = "payment_declined",
	 .list = "SELECT o.id, NULL, p.driver, p.updated_us, p.id " ORDERS_DECLINED
		 " ORDER BY o.id LIMIT $1",
	 .id_type = SHOP_ID_ORDER,
	 .other_type = SHOP_ID_PAYMENT,
	 .what = "{other} was declined by {word}; try again, or another --method",
	 .command = "payment authorize {id}"},
	{.kind = "capture_failed",
	 .list = "SELECT p.id, NULL, f.message, f.settled_us, p.order_id " CAPTURES_FAILED
		 " ORDER BY f.payment_id LIMIT $1",
	 .id_type = SHOP_ID_PAYMENT,
	 .other_type = SHOP_ID_ORDER,
	 .what = "taking the money for {other} failed: {word}",
	 .command = "payment capture {id}"},
	{.kind = "order_late",
	 .asks = NEXT_ASKS_LATE,
	 .list = "SELECT o.id, NULL, o.fulfillment_status, o.placed_us,"
		 " COALESCE((SELECT min(s.id) FROM shipment s WHERE s.order_id = o.id"
		 " AND s.status IN ('open', 'picking', 'packed')), 0) " ORDERS_LATE
		 " ORDER BY o.id LIMIT $2",
	 .id_type = SHOP_ID_ORDER,
	 .other_type = SHOP_ID_SHIPMENT,
	 .what = "late: {word}",
	 .command = "shipment dispatch {other}",
	 .otherwise = "why {id} --for ship",
	 .count = COUNT ORDERS_LATE,
	 AT(orders_late)},
	{.kind = "shipment_open",
	 .asks = NEXT_ASKS_LATE,
	 .list = SHIPMENTS("open"),
	 .id_type = SHOP_ID_SHIPMENT,
	 .other_type = SHOP_ID_ORDER,
	 .what = "to be picked for {other}",
	 .command = "shipment pick {id}"},
	{.kind = "shipment_picking",
	 .asks = NEXT_ASKS_LATE,
	 .list = SHIPMENTS("picking"),
	 .id_type = SHOP_ID_SHIPMENT,
	 .other_type = SHOP_ID_ORDER,
	 .what = "to be packed for {other}",
	 .command = "shipment pack {id}"},
	{.kind = "shipment_packed",
	 .asks = NEXT_ASKS_LATE,
	 .list = SHIPMENTS("packed"),
	 .id_type = SHOP_ID_SHIPMENT,
	 .other_type = SHOP_ID_ORDER,
	 .what = "packed and not dispatched, for {other}",
	 .command = "shipment dispatch {id}"},
	{.kind = "backorder_fillable",
	 .asks = NEXT_ASKS_NOW,
	 .list = "SELECT w.first, p.sku, NULL, w.since, w.first FROM " WAITING(
		 "") " WHERE " FREE_STOCK " ORDER BY w.since, w.first LIMIT $2",
	 .other_type = SHOP_ID_BACKORDER,
	 .what = "there is stock for {other}",
	 .command = "backorder allocate {sku}"},
	{.kind = "supply_blocked",
	 .list = "SELECT w.first, p.sku, NULL, w.since, w.first FROM " WAITING(
		 UNSOURCED) " WHERE " SUPPLIER " IS NULL ORDER BY w.since, w.first LIMIT $1",
	 .other_type = SHOP_ID_BACKORDER,
	 .what = "{other} waits, and no supplier is known: product update {sku} --supplier",
	 .command = "purchase blocked"},
	{.kind = "backorder_unsourced",
	 .list = "SELECT w.first, p.sku, NULL, w.since, w.first FROM " WAITING(
		 UNSOURCED) " WHERE " SUPPLIER " IS NOT NULL ORDER BY w.since, w.first LIMIT $1",
	 .other_type = SHOP_ID_BACKORDER,
	 .what = "{other} waits, and nothing is ordered",
	 .command = "stock reorder"},
	{.kind = "purchase_draft",
	 .list = "SELECT u.id, NULL, x.name, u.created_us, u.supplier_id " PURCHASES(
		 "u.status = 'draft'") " ORDER BY u.id LIMIT $1",
	 .id_type = SHOP_ID_PURCHASE,
	 .other_type = SHOP_ID_SUPPLIER,
	 .what = "drafted, not sent to {word}",
	 .command = "purchase submit {id}",
	 .count = COUNT PURCHASES("u.status = 'draft'"),
	 AT(purchases_draft)},
	{.kind = "purchase_overdue",
	 .asks = NEXT_ASKS_NOW,
	 .list = "SELECT u.id, NULL, x.name, u.eta_us, u.supplier_id " PURCHASES(
		 OVERDUE) " ORDER BY u.eta_us, u.id LIMIT $2",
	 .id_type = SHOP_ID_PURCHASE,
	 .other_type = SHOP_ID_SUPPLIER,
	 .what = "{word} is overdue: receive it, or acknowledge another --eta",
	 .command = "purchase receive {id}",
	 .count = COUNT PURCHASES(OVERDUE),
	 AT(purchases_overdue)},
	{.kind = "stock_low",
	 .asks = NEXT_ASKS_LOW,
	 .list = "SELECT p.id, p.sku, NULL, (SELECT max(j.at_us) FROM journal j WHERE j.subject = "
		 "p.sku"
		 " AND (j.type = 'inventory.low_stock' OR j.type = 'inventory.out_of_stock'"
		 " OR j.type = 'inventory.back_in_stock')), CASE WHEN p.reorder_point IS NULL THEN 0"
		 " ELSE COALESCE(" SUPPLIER ", 0) END " PRODUCTS_LOW " AND NOT " ON_ITS_WAY
		 " ORDER BY p.sku LIMIT $3",
	 .other_type = SHOP_ID_SUPPLIER,
	 .what = "runs out, and nothing is ordered",
	 .command = "stock reorder",
	 .otherwise = "stock show {sku}",
	 .count = COUNT PRODUCTS_LOW,
	 AT(products_low)},
	{.kind = "job_dead",
	 .list = "SELECT id, NULL, COALESCE(last_error, kind), created_us, 0 FROM job WHERE id IN "
		 "(SELECT id " JOBS_DEAD ")"
		 " ORDER BY id LIMIT $1",
	 .id_type = SHOP_ID_JOB,
	 .what = "given up: {word}",
	 .command = "job retry {id}",
	 .count = COUNT JOBS_DEAD,
	 AT(jobs_dead)},
	{.kind = "order_on_hold",
	 .list = "SELECT o.id, NULL, (SELECT h.reason FROM order_hold h WHERE h.order_id = o.id"
		 " AND h.released_us IS NULL ORDER BY h.n LIMIT 1), (SELECT min(h.placed_us)"
		 " FROM order_hold h WHERE h.order_id = o.id AND h.released_us IS NULL), 0"
		 " FROM orders o WHERE o.status = 'on_hold' ORDER BY o.id LIMIT $1",
	 .id_type = SHOP_ID_ORDER,
	 .what = "on hold: {word}",
	 .command = "order release {id}",
	 .count = COUNT "FROM orders o WHERE o.status = 'on_hold'",
	 AT(orders_on_hold)},
	{.kind = NULL},
};

const struct next_source *next_sources(void)
{
	return sources;
}

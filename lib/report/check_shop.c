/*
 * Invariants of stock, orders, goods and supply, each a query for what violates it.
 */
#include "report/check_private.h"

#include "domain/domain.h"
#include "shop/text.h"
#include "store/db.h"

#define PLACE "p.sku || ' at loc-' || s.location_id"
#define ORDER_LINE "'ord-' || l.order_id || ' line ' || l.n"

static const char on_hand_moved[] =
	"SELECT " PLACE ", 'on hand ' || s.on_hand || ', movements say ' || COALESCE(m.total, 0)"
	" FROM stock s JOIN product p ON p.id = s.product_id LEFT JOIN (SELECT product_id, "
	"location_id,"
	" sum(CASE kind WHEN 'received' THEN qty WHEN 'adjusted' THEN qty WHEN 'moved_in' THEN "
	"abs(qty)"
	" WHEN 'shipped' THEN -abs(qty) WHEN 'moved_out' THEN -abs(qty) ELSE 0 END) AS total"
	" FROM movement GROUP BY product_id, location_id) m"
	" ON m.product_id = s.product_id AND m.location_id = s.location_id WHERE s.on_hand <> "
	"COALESCE(m.total, 0)";

static const char allocated_rows[] =
	"SELECT " PLACE
	", 'allocated ' || s.allocated || ', open allocations are ' || COALESCE(a.total, 0) ||"
	" ', movements say ' || COALESCE(m.total, 0) FROM stock s JOIN product p ON p.id = "
	"s.product_id"
	" LEFT JOIN (SELECT l.product_id, a.location_id, sum(a.qty) AS total FROM allocation a "
	"JOIN order_line l"
	" ON l.order_id = a.order_id AND l.n = a.line GROUP BY l.product_id, a.location_id) a"
	" ON a.product_id = s.product_id AND a.location_id = s.location_id"
	" LEFT JOIN (SELECT product_id, location_id, sum(CASE kind WHEN 'allocated' THEN abs(qty)"
	" WHEN 'released' THEN -abs(qty) WHEN 'shipped' THEN -abs(qty) ELSE 0 END) AS total"
	" FROM movement GROUP BY product_id, location_id) m"
	" ON m.product_id = s.product_id AND m.location_id = s.location_id"
	" WHERE s.allocated <> COALESCE(a.total, 0) OR s.allocated <> COALESCE(m.total, 0)";

static const char negative[] =
	"SELECT " PLACE ", 'on hand ' || s.on_hand || ', allocated ' || s.allocated FROM stock s"
	" JOIN product p ON p.id = s.product_id WHERE s.on_hand < 0 OR s.allocated < 0 OR "
	"s.backordered < 0"
	" UNION ALL SELECT 'cart-' || cart_id, 'a hold of ' || qty FROM hold WHERE qty <= 0";

static const char holds_live[] =
	"SELECT 'cart-' || h.cart_id, 'holds stock but is ' || c.status FROM hold h JOIN cart c ON "
	"c.id = h.cart_id"
	" WHERE c.status <> 'active'"
	" UNION ALL SELECT 'cart-' || h.cart_id, 'holds a product that is not in it' FROM hold h"
	" LEFT JOIN cart_line l ON l.cart_id = h.cart_id AND l.product_id = h.product_id WHERE "
	"l.cart_id IS NULL";

static const char oversold[] =
	"SELECT " PLACE ", 'on hand ' || s.on_hand || ', allocated ' || s.allocated || ', held ' "
	"|| COALESCE(h.total, 0)"
	" FROM stock s JOIN product p ON p.id = s.product_id LEFT JOIN (SELECT product_id, "
	"location_id, sum(qty) AS total"
	" FROM hold WHERE expires_us > $1 GROUP BY product_id, location_id) h"
	" ON h.product_id = s.product_id AND h.location_id = s.location_id"
	" WHERE s.allocated + COALESCE(h.total, 0) > s.on_hand";

/* A limit bounds what is promised from then on: who waited already when it was lowered keeps
 * waiting. */
static const char backorder_limits[] =
	"SELECT p.sku, 'open backorders ' || sum(b.qty - b.allocated - b.canceled) || ', limit ' "
	"|| p.backorder_limit"
	" FROM backorder b JOIN product p ON p.id = b.product_id WHERE p.backorder = 'limit'"
	" AND b.status IN ('open', 'sourced', 'partially_allocated') GROUP BY p.sku, "
	"p.backorder_limit, p.qty_scale"
	" HAVING sum(b.qty - b.allocated - b.canceled) > p.backorder_limit * CASE p.qty_scale WHEN "
	"0 THEN 1 WHEN 1 THEN 10"
	" WHEN 2 THEN 100 WHEN 3 THEN 1000 WHEN 4 THEN 10000 WHEN 5 THEN 100000 ELSE 1000000 END"
	" AND max((SELECT j.seq FROM journal j WHERE j.subject = 'bko-' || b.id"
	" AND j.type = 'backorder.created')) > COALESCE((SELECT max(j.seq) FROM journal j"
	" WHERE j.subject = p.sku AND j.type = 'product.updated'"
	" AND CAST(j.payload AS text) LIKE '%\"backorder\":%'), 0)";

static const char order_sums[] =
	"SELECT 'ord-' || o.id, 'total ' || o.total_minor || ', its parts make ' ||"
	" (l.total + o.shipping_minor) FROM orders o JOIN (SELECT order_id, sum(subtotal_minor) AS "
	"subtotal,"
	" sum(discount_minor) AS discount, sum(tax_minor) AS tax, sum(total_minor) AS total FROM "
	"order_line"
	" GROUP BY order_id) l ON l.order_id = o.id WHERE o.total_minor <> l.total + "
	"o.shipping_minor"
	" OR o.subtotal_minor <> l.subtotal OR o.discount_minor <> l.discount OR o.tax_minor <> "
	"l.tax"
	" UNION ALL SELECT 'ord-' || o.id, 'has no lines' FROM orders o"
	" WHERE NOT EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id)";

static const char line_quantities[] =
	"SELECT " ORDER_LINE ", 'ordered ' || l.qty || ', accounted for ' ||"
	" (l.allocated + l.backordered + l.shipped + l.canceled + l.short) FROM order_line l"
	" WHERE l.qty <> l.allocated + l.backordered + l.shipped + l.canceled + l.short"
	" UNION ALL SELECT " ORDER_LINE
	", 'allocated ' || l.allocated || ', its allocations are ' || COALESCE(a.total, 0)"
	" FROM order_line l LEFT JOIN (SELECT order_id, line, sum(qty) AS total FROM allocation "
	"GROUP BY order_id, line) a"
	" ON a.order_id = l.order_id AND a.line = l.n WHERE l.tracked = 1 AND l.allocated <> "
	"COALESCE(a.total, 0)";

static const char terminal_orders[] =
	"SELECT 'ord-' || o.id, o.status || ' but has units allocated' FROM orders o"
	" WHERE o.status IN ('completed', 'canceled', 'expired')"
	" AND EXISTS (SELECT 1 FROM allocation a WHERE a.order_id = o.id)"
	" UNION ALL SELECT 'ord-' || o.id, o.status || ' but shp-' || s.id || ' is ' || s.status "
	"FROM orders o"
	" JOIN shipment s ON s.order_id = o.id WHERE o.status IN ('completed', 'canceled', "
	"'expired')"
	" AND s.status IN ('open', 'picking', 'packed')"
	" UNION ALL SELECT 'ord-' || o.id, o.status || ' but bko-' || b.id || ' is ' || b.status "
	"FROM orders o"
	" JOIN backorder b ON b.order_id = o.id WHERE o.status IN ('completed', 'canceled', "
	"'expired')"
	" AND b.status IN ('open', 'sourced', 'partially_allocated')";

static const char order_exits[] =
	"SELECT 'ord-' || o.id, o.status || ' has no way out' FROM orders o"
	" WHERE o.status NOT IN ('completed', 'canceled', 'expired') AND NOT EXISTS (SELECT 1 FROM "
	"transition t"
	" WHERE t.machine = 'order' AND t.from_status = o.status)"
	" UNION ALL SELECT 'ord-' || o.id, 'on_hold without a hold' FROM orders o WHERE o.status = "
	"'on_hold'"
	" AND NOT EXISTS (SELECT 1 FROM order_hold h WHERE h.order_id = o.id AND h.released_us IS "
	"NULL)";

static const char one_order_per_cart[] =
	"SELECT 'cart-' || c.id, 'completed without an order' FROM cart c WHERE c.status = "
	"'completed'"
	" AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.cart_id = c.id)"
	" UNION ALL SELECT 'cart-' || c.id, c.status || ' but there is ord-' || o.id FROM cart c"
	" JOIN orders o ON o.cart_id = c.id WHERE c.status <> 'completed'"
	" UNION ALL SELECT 'ord-' || o.id, 'beyond its counter' FROM orders o"
	" WHERE o.id >= (SELECT next FROM counter WHERE type = 'ord')";

static const char shipped_within[] =
	"SELECT " ORDER_LINE
	", 'shipped ' || l.shipped || ' of ' || (l.qty - l.canceled) || ', parcels hold ' ||"
	" COALESCE(s.total, 0) FROM order_line l LEFT JOIN (SELECT sl.order_id, sl.line, "
	"sum(sl.qty) AS total"
	" FROM shipment_line sl JOIN shipment s ON s.id = sl.shipment_id WHERE s.status IN "
	"('shipped', 'delivered')"
	" GROUP BY sl.order_id, sl.line) s ON s.order_id = l.order_id AND s.line = l.n"
	" WHERE l.shipped > l.qty - l.canceled OR l.shipped <> COALESCE(s.total, 0)"
	" UNION ALL SELECT 'shp-' || id, status || ' without a label or no_label' FROM shipment"
	" WHERE status IN ('shipped', 'delivered') AND label NOT IN ('purchased', 'no_label', "
	"'void_refused')";

static const char in_parcels[] =
	"SELECT " ORDER_LINE
	", 'in parcels ' || COALESCE(s.total, 0) || ', allocations say ' || COALESCE(a.total, 0)"
	" FROM order_line l LEFT JOIN (SELECT sl.order_id, sl.line, sum(sl.qty) AS total FROM "
	"shipment_line sl"
	" JOIN shipment s ON s.id = sl.shipment_id WHERE s.status IN ('open', 'picking', 'packed')"
	" GROUP BY sl.order_id, sl.line) s ON s.order_id = l.order_id AND s.line = l.n"
	" LEFT JOIN (SELECT order_id, line, sum(in_shipment) AS total FROM allocation GROUP BY "
	"order_id, line) a"
	" ON a.order_id = l.order_id AND a.line = l.n"
	" WHERE l.tracked = 1 AND COALESCE(s.total, 0) <> COALESCE(a.total, 0)";

static const char delivered_shipped[] = "SELECT 'shp-' || id, 'delivered but never shipped' FROM "
					"shipment WHERE status = 'delivered' AND shipped_us IS NULL"
					" UNION ALL SELECT 'shp-' || id, 'the carrier delivered it "
					"more than a day ago' FROM shipment"
					" WHERE status = 'shipped' AND tracking_status = "
					"'delivered' AND updated_us < $1 - 86400000000";

static const char backorders_lines[] =
	"SELECT " ORDER_LINE
	", 'backordered ' || l.backordered || ', open backorders are ' || COALESCE(b.total, 0)"
	" FROM order_line l LEFT JOIN (SELECT order_id, line, sum(qty - allocated - canceled) AS "
	"total FROM backorder"
	" WHERE status IN ('open', 'sourced', 'partially_allocated') GROUP BY order_id, line) b"
	" ON b.order_id = l.order_id AND b.line = l.n WHERE l.backordered <> COALESCE(b.total, 0)"
	" UNION ALL SELECT p.sku, 'backordered ' || s.total || ', open backorders are ' || "
	"COALESCE(b.total, 0)"
	" FROM (SELECT product_id, sum(backordered) AS total FROM stock GROUP BY product_id) s"
	" JOIN product p ON p.id = s.product_id LEFT JOIN (SELECT product_id, sum(qty - allocated "
	"- canceled) AS total"
	" FROM backorder WHERE status IN ('open', 'sourced', 'partially_allocated') GROUP BY "
	"product_id) b"
	" ON b.product_id = s.product_id WHERE s.total <> COALESCE(b.total, 0)";

/* An allowance bounds what is received from then on. */
static const char purchases[] =
	"SELECT 'pur-' || p.id || ' line ' || l.n, 'received ' || l.received || ' of ' || l.ordered"
	" FROM purchase_line l JOIN purchase p ON p.id = l.purchase_id JOIN supplier s ON s.id = "
	"p.supplier_id"
	" WHERE s.over_percent IS NOT NULL AND l.received > l.ordered + l.ordered * s.over_percent "
	"/ 100"
	" AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.subject = 'sup-' || s.id"
	" AND j.type = 'supplier.updated' AND CAST(j.payload AS text) LIKE '%\"over_percent\":%'"
	" AND j.seq > (SELECT max(r.seq) FROM journal r WHERE r.subject = 'pur-' || p.id"
	" AND r.type = 'purchase_order.received'))"
	" UNION ALL SELECT 'pur-' || p.id, p.status || ' but ' || t.outstanding || ' units are "
	"outstanding'"
	" FROM purchase p JOIN (SELECT purchase_id, sum(CASE WHEN ordered > received + closed"
	" THEN ordered - received - closed ELSE 0 END) AS outstanding FROM purchase_line GROUP BY "
	"purchase_id) t"
	" ON t.purchase_id = p.id WHERE p.status IN ('received', 'closed', 'short_closed') AND "
	"t.outstanding > 0"
	" UNION ALL SELECT 'pur-' || p.id, p.status || ' but nothing is outstanding' FROM purchase "
	"p"
	" WHERE p.status IN ('submitted', 'acknowledged', 'partially_received') AND NOT EXISTS "
	"(SELECT 1 FROM purchase_line l"
	" WHERE l.purchase_id = p.id AND l.ordered > l.received + l.closed)";

static const char catalogue[] =
	"SELECT p.sku, 'active without a price' FROM product p WHERE p.status = 'active'"
	" AND NOT EXISTS (SELECT 1 FROM price WHERE price.product_id = p.id)"
	" UNION ALL SELECT p.sku, 'active without a tax class' FROM product p WHERE p.status = "
	"'active' AND p.tax_class = ''";

/* Finished orders change seldom: only the deep check asks them too. */
static bool find_wrong_axes(struct checking *c, struct shop_error *err)
{
	static const char sql[] = "SELECT id FROM orders WHERE $1 = 1 OR status IN ('pending', "
				  "'confirmed', 'on_hold')"
				  " ORDER BY id";
	AUTO_QUERY struct db_query q = {0};
	char id[SHOP_ID_TEXT];

	if (!db_query(&q, c->store, sql, "i", err, (int64_t)c->options->deep))
		return false;
	while (db_next(&q)) {
		AUTO_TEXT char *wrong = NULL;

		if (!order_axes_check(c->store, db_int(&q, 0), &wrong, err) ||
		    (wrong != NULL &&
		     !check_tell(c, shop_id_format(SHOP_ID_ORDER, db_int(&q, 0), id), err, "%s",
				 wrong)))
			return false;
	}
	return db_done(&q, err);
}

const struct invariant *check_shop_invariants(void)
{
	static const struct invariant invariants[] = {
		{"STK01", "on hand is the sum of its movements", on_hand_moved, NULL},
		{"STK02", "allocated is the sum of the open allocations, and of its movements",
		 allocated_rows, NULL},
		{"STK03", "no stock counter is negative, every hold is positive", negative, NULL},
		{"STK04", "every hold belongs to a line of an active cart", holds_live, NULL},
		{"STK05", "allocated and live holds are within on hand", oversold, NULL},
		{"STK05",
		 "open backorders are within the product's limit, but for those older than it",
		 backorder_limits, NULL},
		{"ORD01", "line totals and shipping make the order's total", order_sums, NULL},
		{"ORD02",
		 "every ordered unit is allocated, backordered, shipped, canceled or short",
		 line_quantities, NULL},
		{"ORD03", "payment, fulfillment and what is due are what the rows say", NULL,
		 find_wrong_axes},
		{"ORD04", "a finished order holds no stock, open shipment or backorder",
		 terminal_orders, NULL},
		{"ORD05", "every order has a way out or is finished", order_exits, NULL},
		{"ORD06", "a completed cart has one order, others none", one_order_per_cart, NULL},
		{"FUL01",
		 "no more is shipped than ordered, and each parcel has a label or no_label",
		 shipped_within, NULL},
		{"FUL01", "what lies in open shipments is allocated to them", in_parcels, NULL},
		{"FUL02", "what is delivered was shipped, and the carrier's news is acted on",
		 delivered_shipped, NULL},
		{"BKO01", "open backorders are what lines and stock say is backordered",
		 backorders_lines, NULL},
		{"PO01",
		 "receipts are within the order and its allowance, and the status follows the "
		 "lines",
		 purchases, NULL},
		{"CAT01", "every active product has a price and a tax class", catalogue, NULL},
		{0},
	};

	return invariants;
}

/*
 * What the shop publishes to SQL. A column has the name of the JSON field; money is x_minor beside currency, an id
 * is its text, with the number of the object itself as `number`; quantities are numbers in the product's unit, times
 * UTC text that sorts, some also as microseconds (x_us) where an index goes by them. Tokens, keys and hashes are
 * not published.
 */
#include "shop/query.h"

#include "domain/product/product_row.h"
#include "domain/stock/stock_row.h"

#include <string.h>

#define ID(prefix, column, name) "'" prefix "-' || " column " AS " name
#define AT(column, name) "strftime('%Y-%m-%dT%H:%M:%fZ', " column " / 1000000.0, 'unixepoch') AS " name
#define QTY_EXPR(value, scale)                                                                     \
	"CASE WHEN " scale " > 0 THEN " value " / CASE " scale " WHEN 1 THEN 10.0 WHEN 2 THEN 100.0" \
	" WHEN 3 THEN 1000.0 WHEN 4 THEN 10000.0 WHEN 5 THEN 100000.0 ELSE 1000000.0 END ELSE "      \
	value " END"
#define QTY(value, scale, name) QTY_EXPR(value, scale) " AS " name
#define P_QTY(value, name) QTY(value, "p.qty_scale", name)
#define L_QTY(value, name) QTY(value, "l.qty_scale", name)
#define CHANGED(alias)                                                                             \
	AT(alias ".created_us", "created_at") ", " AT(alias ".updated_us", "updated_at") ", " alias  \
					      ".version"
#define TOTAL(column) "COALESCE((SELECT sum(s." column ") FROM stock s WHERE s.product_id = p.id), 0)"
#define HELD                                                                                       \
	"COALESCE((SELECT sum(h.qty) FROM hold h WHERE h.product_id = p.id AND h.expires_us > "      \
	"{now}), 0)"
#define PRICE(column)                                                                              \
	"(SELECT r." column " FROM price r WHERE r.product_id = p.id AND r.n = " PRICE_IN_FORCE(   \
		"p.id", "{now}") ")"

/* clang-format off */
const struct shop_view shop_published_views[] = {
	{"v_product", "SELECT " ID("prd", "p.id", "id") ", p.id AS number, p.sku, p.title, p.status, "
	 PRICE("amount_minor") " AS price_minor, " PRICE("currency") " AS currency, p.category, p.barcode, p.tax_class,"
	 " p.weight_g, p.unit, p.qty_scale, p.track_stock, p.backorder, " ID("sup", "p.supplier_id", "supplier") ", "
	 P_QTY("p.reorder_point", "reorder_point") ", " P_QTY("p.reorder_qty", "reorder_qty") ", " CHANGED("p")
	 " FROM product p", "the catalogue, with the price in force"},
	{"v_price", "SELECT p.sku, r.amount_minor AS price_minor, r.currency, " AT("r.from_us", "\"from\"") ", "
	 "CASE WHEN r.until_us < 9223372036854775807 THEN "
	 "strftime('%Y-%m-%dT%H:%M:%fZ', r.until_us / 1000000.0, 'unixepoch') END AS until, " AT("r.set_us", "set_at")
	 ", r.actor FROM price r JOIN product p ON p.id = r.product_id", "all prices, past and to come"},
	{"v_stock_place", "SELECT p.sku, " ID("loc", "s.location_id", "location") ", l.name, "
	 P_QTY("s.on_hand", "on_hand") ", " P_QTY("s.allocated", "allocated") ", "
	 P_QTY("s.backordered", "backordered") ", " P_QTY("s.safety_stock", "safety_stock")
	 " FROM stock s JOIN product p ON p.id = s.product_id JOIN location l ON l.id = s.location_id",
	 "the numbers of each place"},
	{"v_stock", "SELECT p.sku, p.id AS number, p.title, " P_QTY(TOTAL("on_hand"), "on_hand") ", "
	 P_QTY(TOTAL("allocated"), "allocated") ", " P_QTY(HELD, "held") ", CASE p.track_stock WHEN 1 THEN "
	 QTY_EXPR("max(0, p.free)", "p.qty_scale") " END AS available, "
	 P_QTY(TOTAL("backordered"), "backordered") ", " P_QTY(TOTAL("safety_stock"), "safety_stock")
	 ", p.unit, p.qty_scale, p.track_stock FROM (SELECT y.*, " STOCK_AVAILABLE("y.id", "0", "{now}")
	 " AS free FROM product y) p WHERE p.status <> 'archived' AND p.track_stock = 1",
	 "what there is of each product over all locations"},
	{"v_movement", "SELECT m.id AS n, m.id AS number, p.sku, " AT("m.at_us", "at") ", m.kind, "
	 P_QTY("m.qty", "qty") ", " ID("loc", "m.location_id", "location") ", " P_QTY("m.on_hand_after", "on_hand") ", "
	 P_QTY("m.allocated_after", "allocated") ", m.unit_cost_minor AS cost_minor, m.cost_currency AS currency,"
	 " m.reason, m.ref, " ID("ord", "m.order_id", "\"order\"") ", m.line, " ID("shp", "m.shipment_id", "shipment")
	 ", " ID("pur", "m.purchase_id", "purchase") ", m.actor FROM movement m JOIN product p ON p.id = m.product_id",
	 "the ledger of stock"},
	{"v_location", "SELECT " ID("loc", "l.id", "id") ", l.id AS number, l.name, l.country, l.is_default AS"
	 " \"default\", l.status, " CHANGED("l") " FROM location l", "places that hold stock"},
	{"v_supplier", "SELECT " ID("sup", "u.id", "id") ", u.id AS number, u.name, u.email, u.phone, u.country,"
	 " u.currency, u.lead_days, u.status, " CHANGED("u") " FROM supplier u", "where goods are bought"},
	{"v_customer", "SELECT " ID("cus", "c.id", "id") ", c.id AS number, c.name, c.email, c.phone, c.company,"
	 " c.country, c.status, " CHANGED("c") " FROM customer c", "who buys"},
	{"v_cart_line", "SELECT " ID("cart", "x.cart_id", "cart") ", x.cart_id AS cart_number, x.n, p.sku, p.title, "
	 P_QTY("x.qty", "qty") ", x.price_minor FROM cart_line x JOIN product p ON p.id = x.product_id",
	 "what carts hold"},
	{"v_cart", "SELECT " ID("cart", "k.id", "id") ", k.id AS number, " ID("cus", "k.customer_id", "customer")
	 ", k.status, k.currency, (SELECT count(*) FROM cart_line x WHERE x.cart_id = k.id) AS line_count, "
	 CHANGED("k") " FROM cart k", "carts"},
	{"v_order_line", "SELECT " ID("ord", "l.order_id", "\"order\"") ", l.order_id AS order_number, l.n, l.sku,"
	 " l.title, " L_QTY("l.qty", "qty") ", " L_QTY("l.allocated", "allocated") ", "
	 L_QTY("l.backordered", "backordered") ", " L_QTY("l.shipped", "shipped") ", "
	 L_QTY("l.delivered", "delivered") ", " L_QTY("l.canceled", "canceled") ", " L_QTY("l.short", "short")
	 ", l.unit_minor AS unit_price_minor, l.subtotal_minor, l.discount_minor, l.tax_minor, l.total_minor, o.currency"
	 " FROM order_line l JOIN orders o ON o.id = l.order_id", "what was ordered"},
	{"v_order", "SELECT " ID("ord", "o.id", "id") ", o.id AS number, o.status, o.payment_status AS payment,"
	 " o.fulfillment_status AS fulfillment, o.return_status AS returns, o.backordered, o.held, "
	 ID("cus", "o.customer_id", "customer") ", o.customer_id AS customer_number,"
	 " (SELECT c.name FROM customer c WHERE c.id = o.customer_id) AS customer_name, "
	 ID("cart", "o.cart_id", "cart") ", o.reference, o.currency, o.subtotal_minor, o.discount_minor,"
	 " o.shipping_minor, o.tax_minor, o.total_minor, o.due_minor, (SELECT COALESCE(sum(q.captured_minor -"
	 " q.refunded_minor), 0) FROM payment q WHERE q.order_id = o.id) AS paid_minor, o.pay_later, "
	 AT("o.pay_by_us", "pay_by") ", o.ship_to, o.cancel_reason, " AT("o.placed_us", "placed_at") ", o.placed_us, "
	 AT("o.confirmed_us", "confirmed_at") ", " AT("o.closed_us", "closed_at") ", "
	 AT("o.updated_us", "updated_at") ", o.version FROM orders o", "orders"},
	{"v_payment", "SELECT " ID("pay", "q.id", "id") ", q.id AS number, " ID("ord", "q.order_id", "\"order\"")
	 ", q.order_id AS order_number, q.status, q.driver, q.currency, q.amount_minor, q.authorized_minor,"
	 " q.captured_minor, q.refunded_minor, q.voided_minor, " AT("q.authorized_until_us", "authorized_until") ", "
	 CHANGED("q") " FROM payment q", "payments"},
	{"v_shipment_line", "SELECT " ID("shp", "x.shipment_id", "shipment") ", x.shipment_id AS shipment_number, "
	 ID("ord", "x.order_id", "\"order\"") ", x.line, l.sku, l.title, " L_QTY("x.qty", "qty")
	 " FROM shipment_line x JOIN order_line l ON l.order_id = x.order_id AND l.n = x.line", "what is in a parcel"},
	{"v_shipment", "SELECT " ID("shp", "s.id", "id") ", s.id AS number, " ID("ord", "s.order_id", "\"order\"")
	 ", s.order_id AS order_number, " ID("loc", "s.location_id", "location") ", s.status, s.carrier, s.service,"
	 " s.tracking, s.tracking_status, s.label, " AT("s.shipped_us", "shipped_at") ", "
	 AT("s.delivered_us", "delivered_at") ", " CHANGED("s") " FROM shipment s", "parcels"},
	{"v_backorder", "SELECT " ID("bko", "b.id", "id") ", b.id AS number, " ID("ord", "b.order_id", "\"order\"")
	 ", b.order_id AS order_number, b.line, p.sku, " P_QTY("b.qty", "qty") ", " P_QTY("b.allocated", "allocated")
	 ", " P_QTY("b.canceled", "canceled") ", " P_QTY("(b.qty - b.allocated - b.canceled)", "open") ", b.status, "
	 AT("b.promised_us", "promised_at") ", " ID("pur", "b.purchase_id", "purchase") ", "
	 ID("loc", "b.location_id", "location") ", " AT("b.placed_us", "placed_at") ", "
	 AT("b.updated_us", "updated_at") ", b.version FROM backorder b JOIN product p ON p.id = b.product_id",
	 "units that wait for stock"},
	{"v_purchase_line", "SELECT " ID("pur", "x.purchase_id", "purchase") ", x.purchase_id AS purchase_number, x.n,"
	 " p.sku, " P_QTY("x.ordered", "ordered") ", " P_QTY("x.received", "received") ", " P_QTY("x.closed", "closed")
	 ", x.cost_minor, u.currency FROM purchase_line x JOIN product p ON p.id = x.product_id"
	 " JOIN purchase u ON u.id = x.purchase_id", "what was bought"},
	{"v_purchase", "SELECT " ID("pur", "u.id", "id") ", u.id AS number, " ID("sup", "u.supplier_id", "supplier")
	 ", " ID("loc", "u.location_id", "location") ", u.status, u.currency, " AT("u.eta_us", "eta") ", "
	 AT("u.submitted_us", "submitted_at") ", " AT("u.closed_us", "closed_at") ", " CHANGED("u")
	 " FROM purchase u", "purchase orders"},
	{"v_event", "SELECT " ID("evt", "j.seq", "id") ", j.seq AS number, j.type, j.subject, j.number AS subject_number, "
	 AT("j.at_us", "at") ", j.actor, j.actor_kind, " ID("txn", "j.txn", "txn") ", "
	 ID("txn", "j.correlation", "correlation") ", " ID("evt", "j.causation", "causation")
	 ", j.reason, j.payload AS data FROM journal j", "the journal"},
	{"v_job", "SELECT " ID("job", "w.id", "id") ", w.id AS number, w.queue, w.kind, w.subject, w.state, w.attempt, "
	 AT("w.not_before_us", "due_at") ", w.last_error AS error, " AT("w.created_us", "created_at") ", "
	 AT("w.done_us", "done_at") " FROM job w", "work of the workers"},
	{0},
};
/* clang-format on */

const char *shop_published_view(const struct shop_record *type)
{
	const struct shop_view *view;

	for (view = shop_published_views; view->name != NULL; view++)
		if (strcmp(view->name + strlen("v_"), type->name) == 0)
			return view->name;
	return NULL;
}

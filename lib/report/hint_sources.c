/* The statements of hints. A status that nearly all have is not worth a word. */
#include "report/hint_sources.h"

#include <stddef.h>

#define RANGE(id) " WHERE " id " BETWEEN $1 AND $2 ORDER BY " id " DESC LIMIT $3"
#define STATUS(status, id)                                                                         \
	" WHERE " status " = $4 AND " id " BETWEEN $1 AND $2 ORDER BY " id " DESC LIMIT $3"

#define ORDER                                                                                      \
	"SELECT o.id, o.status, c.name, NULL, o.total_minor, o.currency FROM orders o"             \
	" LEFT JOIN customer c ON c.id = o.customer_id"
#define SHIPMENT "SELECT s.id, s.status, NULL, s.order_id, NULL, NULL FROM shipment s"
#define PRODUCT                                                                                    \
	"SELECT p.id, NULLIF(p.status, 'active'), p.title, NULL, NULL, NULL, p.sku FROM product p"
#define PARTY(table)                                                                               \
	"SELECT t.id, NULLIF(t.status, 'active'), t.name, NULL, NULL, NULL FROM " table            \
	" t" RANGE("t.id")

static const struct hint_source sources[] = {
	{SHOP_ID_ORDER, "order", ORDER RANGE("o.id"), ORDER STATUS("o.status", "o.id"), NULL},
	{SHOP_ID_SHIPMENT, "shipment", SHIPMENT RANGE("s.id"), SHIPMENT STATUS("s.status", "s.id"),
	 NULL},
	{SHOP_ID_PRODUCT, NULL, PRODUCT RANGE("p.id"), NULL,
	 PRODUCT " WHERE p.sku >= $1 AND p.sku < $2 ORDER BY p.sku LIMIT $3"},
	{SHOP_ID_CUSTOMER, NULL, PARTY("customer"), NULL, NULL},
	{SHOP_ID_SUPPLIER, NULL, PARTY("supplier"), NULL, NULL},
	{SHOP_ID_LOCATION, NULL, PARTY("location"), NULL, NULL},
	{SHOP_ID_CART, "cart",
	 "SELECT k.id, k.status, c.name, NULL, NULL, NULL FROM cart k"
	 " LEFT JOIN customer c ON c.id = k.customer_id" RANGE("k.id"),
	 NULL, NULL},
	{SHOP_ID_PAYMENT, "payment",
	 "SELECT p.id, p.status, NULL, p.order_id, p.amount_minor, p.currency FROM payment p" RANGE(
		 "p.id"),
	 NULL, NULL},
	{SHOP_ID_BACKORDER, "backorder",
	 "SELECT b.id, b.status, p.sku, b.order_id, NULL, NULL FROM backorder b"
	 " JOIN product p ON p.id = b.product_id" RANGE("b.id"),
	 NULL, NULL},
	{SHOP_ID_PURCHASE, "purchase",
	 "SELECT p.id, p.status, s.name, NULL, NULL, NULL FROM purchase p"
	 " JOIN supplier s ON s.id = p.supplier_id" RANGE("p.id"),
	 NULL, NULL},
	{SHOP_ID_JOB, NULL,
	 "SELECT j.id, j.state, j.kind || ' ' || j.subject, NULL, NULL, NULL FROM job j" RANGE(
		 "j.id"),
	 NULL, NULL},
	{SHOP_ID_EVENT, NULL,
	 "SELECT e.seq, NULL, e.type || ' ' || e.subject, NULL, NULL, NULL FROM journal e" RANGE(
		 "e.seq"),
	 NULL, NULL},
};

const struct hint_source *hint_source_find(enum shop_id_type type)
{
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		if (sources[i].type == type)
			return &sources[i];
	return NULL;
}

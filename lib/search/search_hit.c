/* What people see of what was found. */
#include "search/search_private.h"

#include "domain/product/product_row.h"

#include <string.h>

static const struct shop_field fields[] = {
	SHOP_FIELD_TEXT(struct shop_search_hit, id, "id", "what other commands take",
			.example = "ord-1042"),
	SHOP_FIELD_WORD(struct shop_search_hit, kind, "kind",
			"product, customer, supplier, order, shipment or purchase"),
	SHOP_FIELD_TEXT(struct shop_search_hit, title, "title",
			"its title or name; of an order or shipment, whom it goes to"),
	SHOP_FIELD_WORD(struct shop_search_hit, status, "status", "where it stands"),
	SHOP_FIELD_MONEY(struct shop_search_hit, total, "total",
			 "an order's total, a product's price"),
	SHOP_FIELD_TEXT(struct shop_search_hit, currency, "currency", "the total's currency",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TEXT(
		struct shop_search_hit, matched, "matched",
		"the text in which the first word stands: its own, or of what it belongs to"),
	SHOP_FIELD_TIME(struct shop_search_hit, at, "at", "when it was made or placed",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_search_hit, rank, "rank",
		       "how well it fits; the best come first", .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_search_hit, number, "number", "its number within its kind",
		       .flags = SHOP_FIELD_WIDE),
};

const struct shop_record shop_search_hit_record =
	SHOP_RECORD("hit", struct shop_search_hit, fields);

/* sku, title, status, total, currency, time */
#define PRICE(column)                                                                              \
	"(SELECT r." column                                                                        \
	" FROM price r WHERE r.product_id = p.id AND r.n = " PRICE_IN_FORCE("p.id", "$2") ")"
#define WHOM "COALESCE(o.ship_to ->> 'name', c.name)"

static const char product_sql[] = "SELECT p.sku, p.title, p.status, " PRICE(
	"amount_minor") ", " PRICE("currency") ", p.created_us FROM product p WHERE p.id = $1";
static const char customer_sql[] =
	"SELECT NULL, c.name, c.status, NULL, NULL, c.created_us FROM customer c"
	" WHERE c.id = $1 AND $2 > 0";
static const char supplier_sql[] =
	"SELECT NULL, u.name, u.status, NULL, NULL, u.created_us FROM supplier u"
	" WHERE u.id = $1 AND $2 > 0";
static const char order_sql[] =
	"SELECT NULL, " WHOM ", o.status, o.total_minor, o.currency, o.placed_us FROM orders o"
	" LEFT JOIN customer c ON c.id = o.customer_id WHERE o.id = $1 AND $2 > 0";
static const char shipment_sql[] =
	"SELECT NULL, " WHOM ", s.status, NULL, NULL, s.created_us FROM shipment s"
	" JOIN orders o ON o.id = s.order_id LEFT JOIN customer c ON c.id = o.customer_id WHERE "
	"s.id = $1 AND $2 > 0";
static const char purchase_sql[] =
	"SELECT NULL, u.name, h.status, NULL, NULL, h.created_us FROM purchase h"
	" JOIN supplier u ON u.id = h.supplier_id WHERE h.id = $1 AND $2 > 0";

static const char *sql_of(const struct search_kind *kind)
{
	switch (kind->type) {
	case SHOP_ID_PRODUCT:
		return product_sql;
	case SHOP_ID_CUSTOMER:
		return customer_sql;
	case SHOP_ID_SUPPLIER:
		return supplier_sql;
	case SHOP_ID_ORDER:
		return order_sql;
	case SHOP_ID_SHIPMENT:
		return shipment_sql;
	default:
		return purchase_sql;
	}
}

bool search_hit_load(struct shop_store *store, const struct search_kind *kind, int64_t number,
		     int64_t now_us, struct shop_search_hit *ret_hit, bool *ret_found,
		     struct shop_error *err)
{
	AUTO_QUERY struct db_query q = {0};
	struct shop_search_hit hit = {.total = SHOP_NULL, .number = number};

	*ret_found = false;
	if (!db_query(&q, store, sql_of(kind), "ii", err, number, now_us))
		return false;
	if (db_next(&q)) {
		char id[SHOP_ID_TEXT];

		*ret_found = true;
		hit.id = kind->type == SHOP_ID_PRODUCT
				 ? db_text_dup(&q, 0)
				 : g_strdup(shop_id_format(kind->type, number, id));
		hit.kind = g_strdup(kind->name);
		hit.title = db_text_dup(&q, 1);
		hit.status = db_text_dup(&q, 2);
		hit.total = db_int(&q, 3);
		hit.currency = db_text_dup(&q, 4);
		hit.at = db_int(&q, 5);
	}
	*ret_hit = hit;
	if (db_done(&q, err))
		return true;
	shop_record_done(&shop_search_hit_record, ret_hit);
	return false;
}

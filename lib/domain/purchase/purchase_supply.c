/*
 * Drafts the shop makes by itself: for backorders that nothing brings, and for products at their
 * reorder point.
 */
#include "domain/purchase/purchase_row.h"

#include "domain/backorder/backorder_row.h"
#include "domain/domain.h"
#include "domain/purchase/purchase_supply.h"
#include "shop/text.h"
#include "store/db.h"

#include <string.h>

#define NO_SUPPLIER "no_supplier"

bool supply_load(struct shop_store *store, int64_t product_id, struct supply *ret_supply,
		 struct shop_error *err)
{
	static const char sql[] =
		"SELECT p.sku, p.qty_scale, p.reorder_point, p.reorder_qty,"
		" p.track_stock = 1 AND p.status <> 'archived',"
		" (SELECT s.id FROM supplier s WHERE s.id = p.supplier_id AND s.status = 'active'),"
		" COALESCE((SELECT sum(s.on_hand) FROM stock s WHERE s.product_id = p.id), 0),"
		" COALESCE((SELECT sum(s.allocated) FROM stock s WHERE s.product_id = p.id), 0),"
		" COALESCE((SELECT sum(s.backordered) FROM stock s WHERE s.product_id = p.id), 0),"
		" COALESCE((SELECT sum(l.ordered - l.received - l.closed) FROM purchase_line l"
		" JOIN purchase o ON o.id = l.purchase_id WHERE l.product_id = p.id"
		" AND l.ordered > l.received + l.closed AND o." PURCHASE_OPEN "), 0)"
		" FROM product p WHERE p.id = $1";
	AUTO_QUERY struct db_query q = {0};
	struct supply *s = ret_supply;

	if (!db_query(&q, store, sql, "d", err, product_id))
		return false;
	if (!db_next(&q))
		return db_done(&q, err) && shop_fail(err, E_NOT_FOUND, "no such product");
	*s = (struct supply){.product_id = product_id};
	g_strlcpy(s->sku, db_text(&q, 0), sizeof(s->sku));
	s->qty_scale = db_int(&q, 1);
	s->reorder_point = db_int(&q, 2);
	s->reorder_qty = db_int(&q, 3);
	s->bought = db_int(&q, 4) != 0;
	s->supplier_id = db_int(&q, 5) == SHOP_NULL ? 0 : db_int(&q, 5);
	s->on_hand = db_int(&q, 6);
	s->allocated = db_int(&q, 7);
	s->backordered = db_int(&q, 8);
	s->on_order = db_int(&q, 9);
	return db_done(&q, err);
}

int64_t supply_projected(const struct supply *s)
{
	return s->on_hand + s->on_order - s->allocated - s->backordered;
}

int64_t supply_short_of_backorders(const struct supply *s)
{
	return s->bought ? MAX(0, s->backordered - s->on_order) : 0;
}

int64_t supply_to_reorder(const struct supply *s)
{
	int64_t unit = 1, projected = supply_projected(s), missing;

	if (!s->bought || s->reorder_point == SHOP_NULL || projected > s->reorder_point)
		return 0;
	for (int64_t scale = s->qty_scale; scale > 0; scale--)
		unit *= 10;
	missing = s->reorder_point - projected + unit;
	return s->reorder_qty == SHOP_NULL ? missing : MAX(s->reorder_qty, missing);
}

/* The product's supplier, or the only active one; 0 = nobody knows where to buy it. */
static bool choose_supplier(struct shop_store *store, const struct supply *s, int64_t *ret_id,
			    struct shop_error *err)
{
	static const char sql[] = "SELECT CASE count(*) WHEN 1 THEN min(id) END FROM supplier"
				  " WHERE status = 'active'";

	*ret_id = s->supplier_id;
	if (*ret_id != 0)
		return true;
	if (!db_get(store, ret_id, sql, NULL, err))
		return false;
	if (*ret_id == SHOP_NULL)
		*ret_id = 0;
	return true;
}

/* The supplier's draft for the default location, made when there is none. */
static bool find_draft(struct shop_store *store, int64_t supplier_id, int64_t *ret_id,
		       bool *ret_made, struct shop_error *err)
{
	static const char sql[] = "SELECT min(id) FROM purchase WHERE supplier_id = $1"
				  " AND status = 'draft' AND location_id = $2";
	static const char currency_sql[] = "SELECT currency FROM supplier WHERE id = $1";
	AUTO_TEXT char *currency = NULL;
	int64_t location_id;

	if (!location_default(store, &location_id, err) ||
	    !db_get(store, ret_id, sql, "dd", err, supplier_id, location_id))
		return false;
	*ret_made = *ret_id == SHOP_NULL;
	return !*ret_made ||
	       (db_get_text(store, &currency, currency_sql, "d", err, supplier_id) &&
		purchase_insert(store, supplier_id, location_id, currency, ret_id, err));
}

/* More of a product on a draft: on its line, or a new one at the last known cost. */
static bool extend(struct shop_store *store, int64_t purchase_id, int64_t product_id, int64_t qty,
		   struct shop_error *err)
{
	static const char sql[] =
		"UPDATE purchase_line SET ordered = ordered + $3 WHERE purchase_id = $1 AND n ="
		" (SELECT min(n) FROM purchase_line WHERE purchase_id = $1 AND product_id = $2)";
	static const char currency_sql[] = "SELECT currency FROM purchase WHERE id = $1";
	AUTO_TEXT char *currency = NULL;
	bool changed;
	int64_t cost;

	return db_change(store, &changed, sql, "ddi", err, purchase_id, product_id, qty) &&
	       (changed || (db_get_text(store, &currency, currency_sql, "d", err, purchase_id) &&
			    purchase_last_cost(store, product_id, currency, &cost, err) &&
			    purchase_line_insert(store, purchase_id, product_id, qty, cost, err)));
}

static bool tell_drafted(struct shop_store *store, const struct supply *s, int64_t purchase_id,
			 int64_t qty, bool made, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};
	AUTO_PURCHASE struct shop_purchase p = {0};

	if (!shop_purchase_load(store, purchase_id, &p, err))
		return false;
	purchase_event_begin(&e, made ? "purchase_order.created" : "purchase_order.updated", &p);
	shop_json_text(&e.json, "sku", s->sku);
	shop_json_quantity(&e.json, "qty", qty, (int)s->qty_scale);
	purchase_event_lines(&e, &p);
	return shop_event_append(store, &e, err);
}

/*
 * What blocks a product's purchase is told once while it lasts. The last word on it is the last
 * event about the product's id, a subject that has no others.
 */
static bool told_blocked(struct shop_store *store, int64_t product_id, bool *ret_blocked,
			 struct shop_error *err)
{
	static const char sql[] =
		"SELECT type FROM journal WHERE subject = $1 ORDER BY number DESC LIMIT 1";
	AUTO_TEXT char *type = NULL;
	char subject[SHOP_ID_TEXT];

	shop_id_format(SHOP_ID_PRODUCT, product_id, subject);
	if (!db_get_text(store, &type, sql, "t", err, subject))
		return false;
	*ret_blocked = g_strcmp0(type, "purchase_order.blocked") == 0;
	return true;
}

static bool tell_blocked(struct shop_store *store, const struct supply *s, bool blocked,
			 struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};
	bool told;

	if (!told_blocked(store, s->product_id, &told, err))
		return false;
	if (told == blocked)
		return true;
	shop_event_begin(&e, blocked ? "purchase_order.blocked" : "purchase_order.unblocked",
			 SHOP_ID_PRODUCT, s->product_id);
	shop_json_text(&e.json, "sku", s->sku);
	shop_json_text(&e.json, "reason", NO_SUPPLIER);
	shop_json_quantity(&e.json, "backordered", s->backordered, (int)s->qty_scale);
	return shop_event_append(store, &e, err);
}

bool supply_draft(struct shop_store *store, const struct supply *s, int64_t qty,
		  int64_t *ret_purchase_id, struct shop_error *err)
{
	int64_t supplier_id;
	bool made;

	*ret_purchase_id = 0;
	if (!choose_supplier(store, s, &supplier_id, err))
		return false;
	if (supplier_id == 0)
		return tell_blocked(store, s, true, err);
	return tell_blocked(store, s, false, err) &&
	       find_draft(store, supplier_id, ret_purchase_id, &made, err) &&
	       extend(store, *ret_purchase_id, s->product_id, qty, err) &&
	       (made || purchase_touch(store, *ret_purchase_id, err)) &&
	       tell_drafted(store, s, *ret_purchase_id, qty, made, err);
}

/*
 * The purchase that brings a waiting backorder: the first to arrive with room for all of it beside
 * those it brings already, else the last one made with room for some. SHOP_NULL = none.
 */
static bool find_bringer(struct shop_store *store, const struct shop_backorder *b, int64_t *ret_id,
			 struct shop_error *err)
{
	static const char sql[] =
		"SELECT o.id FROM (SELECT p.id, p.eta_us, sum(l.ordered - l.received - l.closed) -"
		" (SELECT COALESCE(sum(b.qty - b.allocated - b.canceled), 0) FROM backorder b"
		" WHERE b.product_id = $1 AND b." BACKORDER_WAITS " AND b.purchase_id = p.id) room"
		" FROM purchase_line l JOIN purchase p ON p.id = l.purchase_id WHERE l.product_id "
		"= $1"
		" AND l.ordered > l.received + l.closed AND p." PURCHASE_OPEN
		" GROUP BY p.id, p.eta_us) o WHERE o.room > 0"
		" ORDER BY o.room < $2, CASE WHEN o.room < $2 THEN -o.id ELSE 0 END,"
		" o.eta_us IS NULL, o.eta_us, o.id LIMIT 1";

	return db_get(store, ret_id, sql, "di", err, b->product_id, b->open);
}

static bool link_one(struct shop_store *store, struct shop_backorder *b, struct shop_error *err)
{
	static const char sql[] = "SELECT eta_us FROM purchase WHERE id = $1";
	int64_t purchase_id, eta;

	if (!find_bringer(store, b, &purchase_id, err))
		return false;
	return purchase_id == SHOP_NULL || (db_get(store, &eta, sql, "d", err, purchase_id) &&
					    backorder_link(store, b, purchase_id, eta, err));
}

bool supply_link(struct shop_store *store, int64_t product_id, struct shop_error *err)
{
	static const char sql[] = SELECT_BACKORDER
		" WHERE b.product_id = $1 AND b." BACKORDER_WAITS
		" AND NOT EXISTS (SELECT 1 FROM purchase o"
		" WHERE o.id = b.purchase_id AND o." PURCHASE_OPEN ") ORDER BY b.placed_us, b.id";
	struct shop_list list = {0};
	bool ok = db_load_list(store, &shop_backorder_record, &list, sql, "d", err, product_id);

	for (size_t i = 0; ok && i < list.count; i++)
		ok = link_one(store, (struct shop_backorder *)list.items + i, err);
	shop_list_done(&shop_backorder_record, &list);
	return ok;
}

bool purchase_draft_for(struct shop_store *store, int64_t product_id, struct shop_error *err)
{
	struct supply s;
	int64_t wanted, purchase_id;

	if (!supply_load(store, product_id, &s, err))
		return false;
	wanted = supply_short_of_backorders(&s);
	return (wanted == 0 || supply_draft(store, &s, wanted, &purchase_id, err)) &&
	       supply_link(store, product_id, err);
}

bool purchase_draft_low(struct shop_store *store, int64_t product_id, struct shop_error *err)
{
	struct supply s;
	int64_t wanted, purchase_id;

	if (!supply_load(store, product_id, &s, err))
		return false;
	wanted = MAX(supply_to_reorder(&s), supply_short_of_backorders(&s));
	return (wanted == 0 || supply_draft(store, &s, wanted, &purchase_id, err)) &&
	       supply_link(store, product_id, err);
}

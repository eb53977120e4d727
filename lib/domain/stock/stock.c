/*
 * Reading stock: a product's totals and places, lists, and the ledger.
 */
#include "shop/stock.h"

#include "domain/stock/stock_row.h"
#include "shop/text.h"

static const struct shop_field place_fields[] = {
	SHOP_FIELD_ID(struct shop_stock_place, location_id, "location", SHOP_ID_LOCATION,
		      "the place"),
	SHOP_FIELD_TEXT(struct shop_stock_place, name, "name", "what people call it"),
	SHOP_FIELD_QTY(struct shop_stock_place, on_hand, "on_hand", "in the building"),
	SHOP_FIELD_QTY(struct shop_stock_place, allocated, "allocated",
		       "of these, promised to orders"),
	SHOP_FIELD_QTY(struct shop_stock_place, held, "held",
		       "of these, kept by carts for a while"),
	SHOP_FIELD_QTY(struct shop_stock_place, available, "available",
		       "free here; backorders count against the product"),
	SHOP_FIELD_QTY(struct shop_stock_place, incoming, "incoming", "outstanding on purchases"),
	SHOP_FIELD_QTY(struct shop_stock_place, backordered, "backordered",
		       "orders wait for so many"),
	SHOP_FIELD_QTY(struct shop_stock_place, safety_stock, "safety_stock", "kept from sale"),
	SHOP_FIELD_INT(struct shop_stock_place, qty_scale, "qty_scale",
		       "decimals of its quantities", .flags = SHOP_FIELD_HIDDEN),
};

const struct shop_record shop_stock_place_record =
	SHOP_RECORD("stock_place", struct shop_stock_place, place_fields);

static const struct shop_field fields[] = {
	SHOP_FIELD_TEXT(struct shop_stock, sku, "sku", "the product", .example = "MUG-01"),
	SHOP_FIELD_INT(struct shop_stock, product_id, "product_id", "the product's number",
		       .flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_TEXT(struct shop_stock, title, "title", "what customers read"),
	SHOP_FIELD_QTY(struct shop_stock, on_hand, "on_hand", "in the building"),
	SHOP_FIELD_QTY(struct shop_stock, allocated, "allocated", "of these, promised to orders"),
	SHOP_FIELD_QTY(struct shop_stock, held, "held", "of these, kept by carts for a while"),
	SHOP_FIELD_QTY(struct shop_stock, available, "available",
		       "what can be promised now; null when it is not counted"),
	SHOP_FIELD_QTY(struct shop_stock, incoming, "incoming", "outstanding on purchases"),
	SHOP_FIELD_QTY(struct shop_stock, backordered, "backordered", "orders wait for so many"),
	SHOP_FIELD_QTY(struct shop_stock, safety_stock, "safety_stock", "kept from sale"),
	SHOP_FIELD_TEXT(struct shop_stock, unit, "unit", "what quantities count, empty for pieces",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_stock, qty_scale, "qty_scale", "decimals of its quantities",
		       .flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_BOOL(struct shop_stock, track_stock, "track_stock",
			"whether its stock is counted", .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_LIST(struct shop_stock, locations, "locations", &shop_stock_place_record,
			"the numbers of each place"),
};

const struct shop_record shop_stock_record = SHOP_RECORD("stock", struct shop_stock, fields);

static const struct shop_field movement_fields[] = {
	SHOP_FIELD_INT(struct shop_movement, n, "n", "counts all movements"),
	SHOP_FIELD_TIME(struct shop_movement, at, "at", "when"),
	SHOP_FIELD_WORD(struct shop_movement, kind, "kind",
			"received, adjusted, allocated, released, shipped, moved_in, moved_out"),
	SHOP_FIELD_QTY(struct shop_movement, qty, "qty",
		       "change of allocated for allocated and released, else of on hand"),
	SHOP_FIELD_ID(struct shop_movement, location_id, "location", SHOP_ID_LOCATION, "where"),
	SHOP_FIELD_QTY(struct shop_movement, on_hand, "on_hand", "on hand there after it"),
	SHOP_FIELD_QTY(struct shop_movement, allocated, "allocated", "allocated there after it"),
	SHOP_FIELD_MONEY(struct shop_movement, cost, "cost", "what one cost",
			 .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TEXT(struct shop_movement, currency, "currency", "the cost's currency",
			.flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_TEXT(struct shop_movement, reason, "reason", "why"),
	SHOP_FIELD_TEXT(struct shop_movement, ref, "ref", "the operator's reference",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_ID(struct shop_movement, order_id, "order", SHOP_ID_ORDER, "for which order"),
	SHOP_FIELD_INT(struct shop_movement, line, "line", "for which of its lines",
		       .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_ID(struct shop_movement, shipment_id, "shipment", SHOP_ID_SHIPMENT,
		      "in which parcel", .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_ID(struct shop_movement, purchase_id, "purchase", SHOP_ID_PURCHASE,
		      "from which purchase", .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TEXT(struct shop_movement, actor, "actor", "who"),
	SHOP_FIELD_INT(struct shop_movement, qty_scale, "qty_scale", "decimals of its quantities",
		       .flags = SHOP_FIELD_HIDDEN),
};

const struct shop_record shop_movement_record =
	SHOP_RECORD("movement", struct shop_movement, movement_fields);

/* Outstanding on purchases that were sent, line by line: what came too much of one offsets no
 * other. */
#define INCOMING(place)                                                                            \
	"COALESCE((SELECT sum(CASE WHEN i.ordered > i.received + i.closed"                         \
	" THEN i.ordered - i.received - i.closed ELSE 0 END) FROM purchase_line i"                 \
	" JOIN purchase u ON u.id = i.purchase_id WHERE i.product_id = p.id"                       \
	" AND u.status IN ('submitted', 'acknowledged', 'partially_received')" place "), 0)"

#define TOTAL(column)                                                                              \
	"COALESCE((SELECT sum(s." column ") FROM stock s WHERE s.product_id = p.id), 0)"

#define HELD_TOTAL                                                                                 \
	"COALESCE((SELECT sum(h.qty) FROM hold h WHERE h.product_id = p.id AND h.expires_us > "    \
	"$1), 0)"

/* Of product p, or of its stock row s, over all carts; $1 is the time. */
#define AVAILABLE STOCK_AVAILABLE("p.id", "0", "$1")
#define HELD_HERE STOCK_HELD("s", "0", "$1")
#define FREE_HERE STOCK_FREE("s", "0", "$1")
#define INCOMING_HERE INCOMING(" AND u.location_id = s.location_id")

/* The numbers of a stock row, in the order of both records. */
#define PLACE                                                                                      \
	"s.on_hand, s.allocated, " HELD_HERE ", CASE WHEN " FREE_HERE " > 0 THEN " FREE_HERE       \
	" ELSE 0 END, " INCOMING_HERE ", s.backordered, s.safety_stock"

/* clang-format off */
#define SELECT_TOTAL                                                                               \
	"SELECT p.sku, p.id, p.title, " TOTAL("on_hand") ", " TOTAL("allocated") ", " HELD_TOTAL   \
	", CASE p.track_stock WHEN 1 THEN " AVAILABLE " END, " INCOMING("")                        \
	", " TOTAL("backordered") ", " TOTAL("safety_stock")                                       \
	", p.unit, p.qty_scale, p.track_stock FROM product p"
/* clang-format on */

/* The cross join keeps SKU order, each product's place found by its key, instead of sorting all
 * places. */
#define SELECT_AT                                                                                  \
	"SELECT p.sku, p.id, p.title, " PLACE ", p.unit, p.qty_scale, p.track_stock"               \
	" FROM product p CROSS JOIN stock s"

void shop_stock_done(struct shop_stock *stock)
{
	shop_record_done(&shop_stock_record, stock);
}

/* location_id 0: all of them. */
static bool load_places(struct shop_store *store, int64_t now_us, int64_t location_id,
			struct shop_stock *stock, struct shop_error *err)
{
	static const char sql[] = "SELECT s.location_id, l.name, " PLACE
				  ", p.qty_scale FROM stock s JOIN product p ON p.id = s.product_id"
				  " JOIN location l ON l.id = s.location_id WHERE s.product_id = $2"
				  " AND ($3 = 0 OR s.location_id = $3) ORDER BY s.location_id";

	return db_load_list(store, &shop_stock_place_record, &stock->locations, sql, "idi", err,
			    now_us, stock->product_id, location_id);
}

bool shop_stock_load(struct shop_store *store, const char *sku, int64_t now_us,
		     struct shop_stock *ret_stock, struct shop_error *err)
{
	static const char sql[] = SELECT_TOTAL " WHERE p.sku = $2";
	AUTO_STOCK struct shop_stock stock = {0};
	AUTO_TEXT char *what = g_strconcat("product ", sku, NULL);

	if (!db_load(store, &shop_stock_record, &stock, what, sql, "it", err, now_us, sku))
		return err->id == E_NOT_FOUND && shop_fail_fix(err, "product", "list", NULL);
	if (!load_places(store, now_us, 0, &stock, err))
		return false;
	shop_record_take(&shop_stock_record, ret_stock, &stock);
	return true;
}

/* Each row gets its places on its way to whoever lists. */
struct with_places {
	struct shop_store *store;
	const struct shop_stock_filter *filter;
	shop_record_fn fn;
	void *ctx;
};

static bool give_with_places(const void *record, void *ctx, struct shop_error *err)
{
	const struct with_places *with = ctx;
	struct shop_stock stock = *(const struct shop_stock *)record;
	bool ok = load_places(with->store, with->filter->now_us, with->filter->location_id, &stock,
			      err) &&
		  with->fn(&stock, with->ctx, err);

	shop_list_done(&shop_stock_place_record, &stock.locations);
	return ok;
}

bool shop_stock_list(struct shop_store *store, const struct shop_stock_filter *filter,
		     shop_record_fn fn, void *ctx, struct shop_error *err)
{
	struct with_places with = {.store = store, .filter = filter, .fn = fn, .ctx = ctx};
	AUTO_SELECT struct db_select s = {0};

	db_select_init(&s, filter->location_id == 0 ? SELECT_TOTAL : SELECT_AT);
	db_select_bind(&s, filter->now_us);
	db_select_id(&s, "s.product_id = p.id AND s.location_id = ?", filter->location_id);
	db_select_if(&s, "p.status <> 'archived' AND p.track_stock = 1", true);
	db_select_text(&s, "p.sku > ?", filter->after);
	db_select_int(&s, STOCK_LOW("$1", "?"),
		      filter->low ? shop_store_policy(store)->low_stock : SHOP_NULL);
	return db_select_each(&s, store, "p.sku", filter->limit, &shop_stock_record,
			      filter->with_places ? give_with_places : fn,
			      filter->with_places ? &with : ctx, err);
}

bool shop_stock_history(struct shop_store *store, const struct shop_movement_filter *filter,
			shop_record_fn fn, void *ctx, struct shop_error *err)
{
	static const char find[] = "SELECT id FROM product WHERE sku = $1";
	AUTO_SELECT struct db_select s = {0};
	int64_t product_id;

	if (!db_get(store, &product_id, find, "t", err, filter->sku))
		return false;
	if (product_id == SHOP_NULL) {
		shop_fail(err, E_NOT_FOUND, "no product %s", filter->sku);
		return shop_fail_fix(err, "product", "list", NULL);
	}
	db_select_init(&s,
		       "SELECT m.id, m.at_us, m.kind, m.qty, m.location_id, m.on_hand_after,"
		       " m.allocated_after, m.unit_cost_minor, m.cost_currency, m.reason, m.ref,"
		       " m.order_id, m.line, m.shipment_id, m.purchase_id, m.actor, p.qty_scale"
		       " FROM movement m JOIN product p ON p.id = m.product_id");
	db_select_id(&s, "m.product_id = ?", product_id);
	db_select_id(&s, "m.location_id = ?", filter->location_id);
	return db_select_each(&s, store, "m.id DESC", filter->limit, &shop_movement_record, fn, ctx,
			      err);
}

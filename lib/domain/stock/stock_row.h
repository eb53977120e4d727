/*
 * What the files of the stock noun share: the expressions of free and available units, the row a
 * guarded change gives back, and the ledger.
 *
 * A movement's qty is signed as its counter moves: on hand by received, adjusted, moved_in,
 * moved_out and shipped, allocated by allocated, released and shipped. So each counter is the sum
 * of its movements.
 */
#ifndef SHOP_DOMAIN_STOCK_ROW_H
#define SHOP_DOMAIN_STOCK_ROW_H

#include "domain/domain.h"
#include "shop/journal.h"
#include "store/db.h"

/* Live holds on a stock row of carts other than `cart` (0: of all). Expiry is judged when read. */
#define STOCK_HELD(row, cart, now)                                                                 \
	"COALESCE((SELECT sum(h.qty) FROM hold h WHERE h.product_id = " row ".product_id"          \
	" AND h.location_id = " row ".location_id AND h.cart_id <> " cart                          \
	" AND h.expires_us > " now "), 0)"

/* What a stock row has to give; below 0 when its safety stock is touched. */
#define STOCK_FREE(row, cart, now)                                                                 \
	"(" row ".on_hand - " row ".allocated - " row                                              \
	".safety_stock - " STOCK_HELD(row, cart, now) ")"

/* Units of a product that wait on open backorders: kept from sale. */
#define STOCK_WAITING(product)                                                                     \
	"COALESCE((SELECT sum(w.backordered) FROM stock w WHERE w.product_id = " product "), 0)"

/*
 * What can be promised of a product over all locations: the one definition of it. Who waits comes before who asks,
 * but not before a cart that holds units already: backorders keep from sale only what nobody holds.
 */
/* clang-format off */
#define STOCK_AVAILABLE(product, cart, now)                                                        \
	"(SELECT y.free - CASE WHEN y.waiting < y.unheld THEN y.waiting ELSE y.unheld END FROM"    \
	" (SELECT COALESCE(sum(CASE WHEN x.free > 0 THEN x.free ELSE 0 END), 0) AS free,"          \
	" COALESCE(sum(CASE WHEN x.unheld > 0 THEN x.unheld ELSE 0 END), 0) AS unheld,"            \
	" COALESCE(sum(x.backordered), 0) AS waiting FROM"                                         \
	" (SELECT " STOCK_FREE("s", cart, now) " AS free, " STOCK_FREE("s", "0", now)              \
	" AS unheld, s.backordered FROM stock s WHERE s.product_id = " product ") x) y)"
/* clang-format on */

/* The smallest units of one whole unit of product p. */
#define STOCK_UNIT                                                                                 \
	"CASE p.qty_scale WHEN 0 THEN 1 WHEN 1 THEN 10 WHEN 2 THEN 100 WHEN 3 THEN 1000"           \
	" WHEN 4 THEN 10000 WHEN 5 THEN 100000 ELSE 1000000 END"

/* Never more than STOCK_AVAILABLE, and counted in a third of the time: its fullest place for all that wait or hold. */
#define STOCK_AT_LEAST                                                                             \
	"(COALESCE((SELECT max(a.on_hand - a.allocated - a.safety_stock) - sum(a.backordered)"     \
	" FROM stock a WHERE a.product_id = p.id), 0)"                                             \
	" - COALESCE((SELECT sum(h.qty) FROM hold h WHERE h.product_id = p.id), 0))"

#define STOCK_LEVEL(whole) "COALESCE(p.reorder_point, " whole " * " STOCK_UNIT ")"

/* Whether product p has run low: at its reorder point, or at `whole` units when it has none. */
#define STOCK_LOW(now, whole)                                                                      \
	STOCK_AT_LEAST " <= " STOCK_LEVEL(whole) " AND "                                           \
	STOCK_AVAILABLE("p.id", "0", now) " <= " STOCK_LEVEL(whole)

/* Behind RETURNING of every change of a stock row: a struct stock_row. */
#define STOCK_ROW                                                                                  \
	" RETURNING location_id, on_hand, allocated,"                                              \
	" (SELECT qty_scale FROM product WHERE id = stock.product_id)"

/* A stock row after its change. */
struct stock_row {
	int64_t location_id;
	int64_t on_hand;
	int64_t allocated;
	int64_t qty_scale;
};

/* One line of the ledger. */
struct stock_movement {
	const char *kind;
	int64_t product_id;
	int64_t qty;		 /* signed as the counter moves */
	int64_t unit_cost_minor; /* SHOP_NULL = not known */
	const char *cost_currency;
	const char *ref;
	int64_t order_id; /* ids: 0 = none */
	int64_t line;
	int64_t shipment_id;
	int64_t purchase_id;
};

/** Run a started `UPDATE … STOCK_ROW` to its end. *ret_changed: whether its guard let a row
 * through. */
bool stock_row_change(struct db_query *q, struct stock_row *ret_row, bool *ret_changed,
		      struct shop_error *err) SHOP_CHECKED;

/** Append to the ledger what moved at row; time, actor and reason are the transaction's. */
bool stock_movement_add(struct shop_store *store, const struct stock_movement *m,
			const struct stock_row *row, struct shop_error *err) SHOP_CHECKED;

/** Begin an inventory event: sku, loc, qty. */
void stock_event_begin(struct shop_event_draft *e, const char *type, const char *sku,
		       const struct stock_row *row, int64_t qty);

/**
 * Carts give up what a place no longer has: at most `room` units stay held there, the latest hold
 * yields first. inventory.reservation_released for what each gives up.
 */
bool stock_holds_trim(struct shop_store *store, int64_t product_id, int64_t location_id,
		      int64_t room, struct shop_error *err) SHOP_CHECKED;

/* A number of units at a place. */
struct stock_part {
	int64_t location_id;
	int64_t qty;
};

/**
 * Where `limit` free units of a product would be taken from: one location that covers it first,
 * then the default, then by id. Holds of cart_id are not counted. The array is the caller's
 * (g_array_unref), its parts add up to at most limit.
 */
bool stock_spread(struct shop_store *store, int64_t product_id, int64_t cart_id, int64_t limit,
		  GArray **ret_parts, struct shop_error *err) SHOP_CHECKED;

#endif

/*
 * Canceling units of a product in an order: those that wait for stock first, then those promised
 * from it.
 */
#include "domain/order/order_axes.h"
#include "domain/order/order_row.h"

#include "domain/domain.h"
#include "shop/journal.h"
#include "store/db.h"

/* A line of the product, and what is taken from it. */
struct part {
	int64_t n;
	int64_t product_id;
	int64_t tracked;
	int64_t qty;
	int64_t gone;
	int64_t backordered;
	int64_t free;	   /* allocated and in no shipment */
	int64_t in_parcel; /* in a shipment that has not left */
	int64_t shipped;
	int64_t total_minor;
	int64_t take_waiting;
	int64_t take_free;
};

struct line_cancel {
	struct shop_order *order;
	const char *sku;
	int64_t qty;
	int64_t qty_scale;
	char *unit;
	GArray *parts; /* struct part, the last line first */
	int64_t due;
};

static struct part *part_at(const struct line_cancel *c, guint i)
{
	return &g_array_index(c->parts, struct part, i);
}

static bool load_parts(struct shop_store *store, struct line_cancel *c, struct shop_error *err)
{
	static const char sql[] =
		"SELECT l.n, l.product_id, l.tracked, l.qty, l.canceled + l.short, l.backordered,"
		" l.allocated, COALESCE((SELECT sum(x.qty) FROM shipment s JOIN shipment_line x"
		" ON x.shipment_id = s.id WHERE s.order_id = l.order_id AND x.line = l.n"
		" AND s.status IN ('open', 'picking', 'packed')), 0), l.shipped, l.total_minor,"
		" l.qty_scale, p.unit FROM order_line l JOIN product p ON p.id = l.product_id"
		" WHERE l.order_id = $1 AND l.sku = $2 ORDER BY l.n DESC";
	AUTO_QUERY struct db_query q = {0};
	char id[SHOP_ID_TEXT];

	if (!db_query(&q, store, sql, "dt", err, c->order->id, c->sku))
		return false;
	while (db_next(&q)) {
		const struct part part = {
			.n = db_int(&q, 0),
			.product_id = db_int(&q, 1),
			.tracked = db_int(&q, 2),
			.qty = db_int(&q, 3),
			.gone = db_int(&q, 4),
			.backordered = db_int(&q, 5),
			.free = db_int(&q, 6) - db_int(&q, 7),
			.in_parcel = db_int(&q, 7),
			.shipped = db_int(&q, 8),
			.total_minor = db_int(&q, 9),
		};

		g_array_append_val(c->parts, part);
		c->qty_scale = db_int(&q, 10);
		g_free(c->unit);
		c->unit = db_text_dup(&q, 11);
	}
	if (!db_done(&q, err) || c->parts->len > 0)
		return c->parts->len > 0;
	shop_id_format(SHOP_ID_ORDER, c->order->id, id);
	shop_fail(err, E_NOT_FOUND, "order %s has no line of %s", id, c->sku);
	shop_fail_object(err, id);
	return shop_fail_fix(err, "order", "show", id, NULL);
}

static bool refuse_parcel(struct shop_store *store, const struct line_cancel *c,
			  struct shop_error *err)
{
	static const char sql[] =
		"SELECT max(s.id) FROM shipment s JOIN shipment_line x ON x.shipment_id = s.id"
		" JOIN order_line l ON l.order_id = x.order_id AND l.n = x.line"
		" WHERE s.order_id = $1 AND l.sku = $2"
		" AND s.status IN ('open', 'picking', 'packed')";
	char id[SHOP_ID_TEXT], shipment[SHOP_ID_TEXT];
	int64_t shipment_id;

	if (!db_get(store, &shipment_id, sql, "dt", err, c->order->id, c->sku))
		return false;
	shop_id_format(SHOP_ID_SHIPMENT, shipment_id, shipment);
	shop_fail(err, E_ORDER_STATE, "%s of order %s is in shipment %s", c->sku,
		  shop_id_format(SHOP_ID_ORDER, c->order->id, id), shipment);
	shop_fail_object(err, id);
	return shop_fail_fix(err, "shipment", "cancel", shipment, NULL);
}

/* Too many units were named: say where the others are. */
static bool refuse_too_many(struct shop_store *store, const struct line_cancel *c, int64_t left,
			    struct shop_error *err)
{
	char id[SHOP_ID_TEXT], wanted[SHOP_QUANTITY_TEXT], text[SHOP_QUANTITY_TEXT];
	int64_t in_parcel = 0, shipped = 0;

	for (guint i = 0; i < c->parts->len; i++) {
		in_parcel += part_at(c, i)->in_parcel;
		shipped += part_at(c, i)->shipped;
	}
	if (in_parcel > 0 && c->qty <= left + in_parcel)
		return refuse_parcel(store, c, err);
	if (shipped > 0 && left + in_parcel == 0)
		return order_refuse_shipped(c->order, err);
	shop_quantity_format(c->qty, (int)c->qty_scale, wanted);
	shop_quantity_format(left + in_parcel, (int)c->qty_scale, text);
	shop_fail(err, E_ORDER_STATE, "order %s has %s of %s left to cancel, not %s",
		  shop_id_format(SHOP_ID_ORDER, c->order->id, id), text, c->sku, wanted);
	shop_fail_object(err, id);
	return shop_fail_fix(err, "order", "show", id, NULL);
}

static int64_t take_up_to(int64_t *rest, int64_t there)
{
	int64_t taken = MIN(*rest, there);

	*rest -= taken;
	return taken;
}

static bool choose(struct shop_store *store, struct line_cancel *c, struct shop_error *err)
{
	int64_t rest = c->qty;

	for (guint i = 0; i < c->parts->len; i++)
		part_at(c, i)->take_waiting = take_up_to(&rest, part_at(c, i)->backordered);
	for (guint i = 0; i < c->parts->len; i++)
		part_at(c, i)->take_free = take_up_to(&rest, part_at(c, i)->free);
	return rest == 0 || refuse_too_many(store, c, c->qty - rest, err);
}

static bool tell(struct shop_store *store, struct line_cancel *c, const struct part *part,
		 struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};
	int64_t qty = part->take_waiting + part->take_free;
	int64_t delta = order_line_due(part->total_minor, part->gone + qty, part->qty) -
			order_line_due(part->total_minor, part->gone, part->qty);

	c->due += delta;
	shop_event_begin(&e, "order.line_canceled", SHOP_ID_ORDER, c->order->id);
	shop_json_int(&e.json, "line", part->n);
	shop_json_text(&e.json, "sku", c->sku);
	shop_json_quantity(&e.json, "qty", qty, (int)c->qty_scale);
	shop_json_quantity(&e.json, "canceled_after", part->gone + qty, (int)c->qty_scale);
	shop_json_int(&e.json, "delta_minor", delta);
	shop_json_money(&e.json, "due", shop_money_of(c->due, c->order->currency));
	return shop_event_append(store, &e, err);
}

static bool write_line(struct shop_store *store, const struct line_cancel *c,
		       const struct part *part, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE order_line SET backordered = backordered - $3, allocated = allocated - $4,"
		" canceled = canceled + $3 + $4 WHERE order_id = $1 AND n = $2"
		" AND backordered >= $3 AND allocated >= $4";
	bool changed;

	return db_change(store, &changed, sql, "diii", err, c->order->id, part->n,
			 part->take_waiting, part->take_free) &&
	       (changed || shop_fail(err, E_INTERNAL, "the line's units moved meanwhile"));
}

static bool cancel_part(struct shop_store *store, struct line_cancel *c, const struct part *part,
			struct shop_error *err)
{
	const int64_t order_id = c->order->id;
	const struct stock_need need = {
		.product_id = part->product_id,
		.sku = c->sku,
		.order_id = order_id,
		.line = part->n,
		.qty = part->take_free,
	};
	int64_t canceled;

	if (part->take_waiting + part->take_free == 0)
		return true;
	return tell(store, c, part, err) && write_line(store, c, part, err) &&
	       (part->take_waiting == 0 ||
		backorder_cancel_line(store, order_id, part->n, part->take_waiting, &canceled,
				      err)) &&
	       (part->take_free == 0 || part->tracked == 0 || stock_release(store, &need, err)) &&
	       backorder_close_shipped(store, order_id, part->n, err);
}

/* The last wanted unit of an order that has shipped nothing takes the order with it. */
static bool settle(struct shop_store *store, const struct line_cancel *c, struct shop_error *err)
{
	static const char sql[] =
		"SELECT sum(qty - canceled - short) FROM order_line WHERE order_id = $1";
	const struct shop_order_cancel in = {
		.id = c->order->id, .reason = "other", .restock = true, .refund = true};
	int64_t wanted;

	if (!db_get(store, &wanted, sql, "d", err, c->order->id))
		return false;
	if (wanted == 0)
		return order_withdraw(store, c->order, &in, err);
	return order_refresh_due(store, c->order->id, err) &&
	       payment_settle_down(store, c->order->id, err) &&
	       order_refresh(store, c->order->id, err);
}

static bool run(struct shop_store *store, struct line_cancel *c, const struct shop_decimal *qty,
		struct shop_error *err)
{
	if (!load_parts(store, c, err) ||
	    !shop_quantity_of(qty, (int)c->qty_scale, c->unit, &c->qty, err))
		return false;
	if (c->qty <= 0)
		return shop_fail(err, E_INVALID, "qty: above 0");
	if (!choose(store, c, err))
		return false;
	for (guint i = 0; i < c->parts->len; i++)
		if (!cancel_part(store, c, part_at(c, i), err))
			return false;
	return settle(store, c, err);
}

static struct part *part_of_line(const struct line_cancel *c, int64_t line)
{
	for (guint i = 0; i < c->parts->len; i++)
		if (part_at(c, i)->n == line)
			return part_at(c, i);
	return NULL;
}

static bool give_up(struct shop_store *store, struct line_cancel *c, int64_t line, int64_t qty,
		    struct shop_error *err)
{
	struct part *part;

	if (!load_parts(store, c, err))
		return false;
	part = part_of_line(c, line);
	if (part == NULL)
		return shop_fail(err, E_INTERNAL, "the backorder's line is of another product");
	part->take_waiting = qty;
	return tell(store, c, part, err) && write_line(store, c, part, err) &&
	       settle(store, c, err);
}

bool order_line_given_up(struct shop_store *store, int64_t order_id, int64_t line, const char *sku,
			 int64_t qty, struct shop_error *err)
{
	AUTO_ORDER struct shop_order order = {0};
	struct line_cancel c = {.order = &order, .sku = sku};
	bool ok;

	if (!order_load_head(store, order_id, &order, err))
		return false;
	c.parts = g_array_new(FALSE, FALSE, sizeof(struct part));
	c.due = order.due;
	ok = give_up(store, &c, line, qty, err);
	g_array_unref(c.parts);
	g_free(c.unit);
	return ok;
}

bool shop_order_line_cancel(struct shop_store *store, int64_t id, const char *sku,
			    const struct shop_decimal *qty, struct shop_order *ret_order,
			    struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_ORDER struct shop_order order = {0};
	struct line_cancel c = {.order = &order, .sku = sku};
	bool ok;

	if (!shop_txn_begin(&txn, store, err) || !order_load_head(store, id, &order, err) ||
	    !order_may_change(&order, "changed", err))
		return shop_fail_while(err, "canceling a line");
	c.parts = g_array_new(FALSE, FALSE, sizeof(struct part));
	c.due = order.due;
	ok = run(store, &c, qty, err);
	g_array_unref(c.parts);
	g_free(c.unit);
	if (!ok || !order_return(store, &txn, id, ret_order, err))
		return shop_fail_while(err, "canceling a line");
	return true;
}

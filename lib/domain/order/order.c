/*
 * Orders: their records, loading one with its lists, and lists of orders.
 */
#include "domain/order/order_row.h"

#include "store/db.h"

static const struct shop_field line_fields[] = {
	SHOP_FIELD_INT(struct shop_order_line, n, "n", "the line's number"),
	SHOP_FIELD_TEXT(struct shop_order_line, sku, "sku", "the product", .example = "MUG-01"),
	SHOP_FIELD_TEXT(struct shop_order_line, title, "title", "its title when it was ordered"),
	SHOP_FIELD_QTY(struct shop_order_line, qty, "qty", "how many were ordered"),
	SHOP_FIELD_QTY(struct shop_order_line, allocated, "allocated", "promised from stock"),
	SHOP_FIELD_QTY(struct shop_order_line, backordered, "backordered", "wait for stock"),
	SHOP_FIELD_QTY(struct shop_order_line, shipped, "shipped", "have left"),
	SHOP_FIELD_QTY(struct shop_order_line, delivered, "delivered", "have arrived",
		       .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_QTY(struct shop_order_line, canceled, "canceled", "were canceled"),
	SHOP_FIELD_QTY(struct shop_order_line, short_qty, "short", "could not be sent",
		       .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_order_line, qty_scale, "qty_scale", "decimals of its quantities",
		       .flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_MONEY(struct shop_order_line, unit_price, "unit_price", "price of one"),
	SHOP_FIELD_MONEY(struct shop_order_line, subtotal, "subtotal", "price of all",
			 .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_MONEY(struct shop_order_line, discount, "discount", "taken off",
			 .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_MONEY(struct shop_order_line, tax, "tax", "tax on top",
			 .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_MONEY(struct shop_order_line, total, "total", "subtotal - discount + tax"),
	SHOP_FIELD_TEXT(struct shop_order_line, currency, "currency", "the order's currency",
			.flags = SHOP_FIELD_HIDDEN),
};

const struct shop_record order_line_record =
	SHOP_RECORD("line", struct shop_order_line, line_fields);

static const struct shop_field payment_fields[] = {
	SHOP_FIELD_ID(struct shop_order_payment, id, "id", SHOP_ID_PAYMENT, "the payment's id"),
	SHOP_FIELD_WORD(struct shop_order_payment, status, "status", "how far it has come"),
	SHOP_FIELD_WORD(struct shop_order_payment, driver, "driver", "by which way"),
	SHOP_FIELD_MONEY(struct shop_order_payment, amount, "amount", "what it is for"),
	SHOP_FIELD_MONEY(struct shop_order_payment, authorized, "authorized", "was authorized"),
	SHOP_FIELD_MONEY(struct shop_order_payment, captured, "captured", "was taken"),
	SHOP_FIELD_MONEY(struct shop_order_payment, refunded, "refunded", "was given back"),
	SHOP_FIELD_TEXT(struct shop_order_payment, currency, "currency", "the order's currency",
			.flags = SHOP_FIELD_HIDDEN),
};

static const struct shop_record payment_record =
	SHOP_RECORD("payment", struct shop_order_payment, payment_fields);

static const struct shop_field parcel_line_fields[] = {
	SHOP_FIELD_INT(struct shop_order_parcel_line, line, "line", "the order's line"),
	SHOP_FIELD_TEXT(struct shop_order_parcel_line, sku, "sku", "the product"),
	SHOP_FIELD_QTY(struct shop_order_parcel_line, qty, "qty", "how many"),
	SHOP_FIELD_INT(struct shop_order_parcel_line, qty_scale, "qty_scale",
		       "decimals of its quantity", .flags = SHOP_FIELD_HIDDEN),
};

static const struct shop_record parcel_line_record =
	SHOP_RECORD("line", struct shop_order_parcel_line, parcel_line_fields);

static const struct shop_field parcel_fields[] = {
	SHOP_FIELD_ID(struct shop_order_parcel, id, "id", SHOP_ID_SHIPMENT, "the shipment's id"),
	SHOP_FIELD_WORD(struct shop_order_parcel, status, "status",
			"open, picking, packed, shipped, delivered or canceled"),
	SHOP_FIELD_ID(struct shop_order_parcel, location_id, "location", SHOP_ID_LOCATION,
		      "where it leaves from"),
	SHOP_FIELD_TEXT(struct shop_order_parcel, carrier, "carrier", "who brings it"),
	SHOP_FIELD_TEXT(struct shop_order_parcel, tracking, "tracking", "the carrier's number"),
	SHOP_FIELD_TIME(struct shop_order_parcel, shipped_at, "shipped_at", "when it left"),
	SHOP_FIELD_TIME(struct shop_order_parcel, delivered_at, "delivered_at", "when it arrived"),
	SHOP_FIELD_LIST(struct shop_order_parcel, lines, "lines", &parcel_line_record,
			"what is in it"),
};

static const struct shop_record parcel_record =
	SHOP_RECORD("shipment", struct shop_order_parcel, parcel_fields);

static const struct shop_field waiting_fields[] = {
	SHOP_FIELD_ID(struct shop_order_waiting, id, "id", SHOP_ID_BACKORDER, "the backorder's id"),
	SHOP_FIELD_TEXT(struct shop_order_waiting, sku, "sku", "the product"),
	SHOP_FIELD_QTY(struct shop_order_waiting, qty, "qty", "how many were short"),
	SHOP_FIELD_QTY(struct shop_order_waiting, open, "open", "how many still wait"),
	SHOP_FIELD_INT(struct shop_order_waiting, qty_scale, "qty_scale",
		       "decimals of its quantities", .flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_WORD(struct shop_order_waiting, status, "status", "how far it has come"),
	SHOP_FIELD_TIME(struct shop_order_waiting, promised, "promised_at",
			"when it was promised for"),
};

static const struct shop_record waiting_record =
	SHOP_RECORD("backorder", struct shop_order_waiting, waiting_fields);

static const struct shop_field hold_fields[] = {
	SHOP_FIELD_WORD(struct shop_order_hold, reason, "reason",
			"fraud, address, payment, stock or manual"),
	SHOP_FIELD_TEXT(struct shop_order_hold, note, "note", "what was said"),
	SHOP_FIELD_TIME(struct shop_order_hold, placed_at, "placed_at", "since when"),
	SHOP_FIELD_TEXT(struct shop_order_hold, actor, "actor", "by whom"),
	SHOP_FIELD_TIME(struct shop_order_hold, released_at, "released_at", "until when"),
};

static const struct shop_record hold_record =
	SHOP_RECORD("hold", struct shop_order_hold, hold_fields);

static const struct shop_field fields[] = {
	SHOP_FIELD_ID(struct shop_order, id, "id", SHOP_ID_ORDER, "the order's id",
		      .example = "ord-1000"),
	SHOP_FIELD_WORD(struct shop_order, status, "status",
			"pending, confirmed, on_hold, completed, canceled or expired"),
	SHOP_FIELD_WORD(struct shop_order, payment, "payment", "how far the money has come",
			.example = "authorized"),
	SHOP_FIELD_WORD(struct shop_order, fulfillment, "fulfillment",
			"how far the goods have come", .example = "unfulfilled"),
	SHOP_FIELD_WORD(struct shop_order, returns, "returns", "whether goods came back",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_BOOL(struct shop_order, backordered, "backordered",
			"whether units wait for stock", .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_order, held, "held", "how many holds stop it",
		       .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_ID(struct shop_order, customer_id, "customer", SHOP_ID_CUSTOMER, "who ordered"),
	SHOP_FIELD_TEXT(struct shop_order, customer_name,
			"customer"
			".name",
			"what they are called", .flags = SHOP_FIELD_ASKED),
	SHOP_FIELD_ID(struct shop_order, cart_id, "cart", SHOP_ID_CART, "the cart it came from",
		      .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TEXT(struct shop_order, reference, "reference", "the caller's own number",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TEXT(struct shop_order, currency, "currency", "the order's currency",
			.flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_MONEY(struct shop_order, subtotal, "subtotal", "the lines' prices",
			 .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_MONEY(struct shop_order, discount, "discount", "taken off",
			 .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_MONEY(struct shop_order, shipping, "shipping", "for sending it",
			 .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_MONEY(struct shop_order, tax, "tax", "tax on top", .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_MONEY(struct shop_order, total, "total", "as ordered"),
	SHOP_FIELD_MONEY(struct shop_order, due, "due", "what is not canceled of the total",
			 .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_MONEY(struct shop_order, paid, "paid", "taken less given back",
			 .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_BOOL(struct shop_order, pay_later, "pay_later",
			"whether it is sent before it is paid", .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_order, pay_by, "pay_by", "when it has to be paid",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_JSON(struct shop_order, ship_to, "ship_to", "where it is sent",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_WORD(struct shop_order, cancel_reason, "cancel_reason", "why it was canceled",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_order, placed_at, "placed_at", "when it was placed"),
	SHOP_FIELD_TIME(struct shop_order, confirmed_at, "confirmed_at", "when it was confirmed",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_order, closed_at, "closed_at",
			"when it was completed, canceled or expired", .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_order, updated_at, "updated_at", "when it last changed",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_order, version, "version", "counts its changes",
		       .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_LIST(struct shop_order, lines, "lines", &order_line_record, "what was ordered"),
	SHOP_FIELD_LIST(struct shop_order, payments, "payments", &payment_record, "its money"),
	SHOP_FIELD_LIST(struct shop_order, shipments, "shipments", &parcel_record, "its parcels"),
	SHOP_FIELD_LIST(struct shop_order, backorders, "backorders", &waiting_record,
			"what waits for stock, or waited"),
	SHOP_FIELD_LIST(struct shop_order, holds, "holds", &hold_record, "why it rests, or rested"),
};

const struct shop_record shop_order_record = SHOP_RECORD("order", struct shop_order, fields);

#define SELECT_ORDER                                                                               \
	"SELECT o.id, o.status, o.payment_status, o.fulfillment_status, o.return_status, "         \
	"o.backordered, o.held, o.customer_id, "                                                   \
	"(SELECT c.name FROM customer c WHERE c.id = o.customer_id), o.cart_id, o.reference, "     \
	"o.currency, "                                                                             \
	"o.subtotal_minor, o.discount_minor, o.shipping_minor, o.tax_minor, o.total_minor, "       \
	"o.due_minor, (SELECT COALESCE(sum(p.captured_minor - p.refunded_minor), 0) FROM payment " \
	"p WHERE p.order_id = o.id), o.pay_later, o.pay_by_us, o.ship_to, o.cancel_reason, "       \
	"o.placed_us, o.confirmed_us, o.closed_us, o.updated_us, o.version FROM orders o"

void shop_order_done(struct shop_order *order)
{
	shop_record_done(&shop_order_record, order);
}

bool order_load_head(struct shop_store *store, int64_t id, struct shop_order *ret_order,
		     struct shop_error *err)
{
	static const char sql[] = SELECT_ORDER " WHERE o.id = $1";

	return db_load_id(store, &shop_order_record, ret_order, SHOP_ID_ORDER, id, sql, err);
}

bool order_load_lines(struct shop_store *store, struct shop_order *order, struct shop_error *err)
{
	static const char sql[] =
		"SELECT l.n, l.sku, l.title, l.qty, l.allocated, l.backordered, l.shipped, "
		"l.delivered, l.canceled, l.short, l.qty_scale, l.unit_minor, l.subtotal_minor, "
		"l.discount_minor, l.tax_minor, l.total_minor, o.currency FROM order_line l "
		"JOIN orders o ON o.id = l.order_id WHERE l.order_id = $1 ORDER BY l.n";

	return db_load_list(store, &order_line_record, &order->lines, sql, "d", err, order->id);
}

static bool load_payments(struct shop_store *store, struct shop_order *order,
			  struct shop_error *err)
{
	static const char sql[] =
		"SELECT id, status, driver, amount_minor, authorized_minor, captured_minor, "
		"refunded_minor, currency FROM payment WHERE order_id = $1 ORDER BY id";

	return db_load_list(store, &payment_record, &order->payments, sql, "d", err, order->id);
}

/* The order's parcels come in id order, and so do their lines: one walk gives each its own. */
static bool load_parcel_lines(struct shop_store *store, struct shop_order *order,
			      struct shop_error *err)
{
	static const char sql[] =
		"SELECT x.line, l.sku, x.qty, l.qty_scale, x.shipment_id FROM shipment s"
		" JOIN shipment_line x ON x.shipment_id = s.id"
		" JOIN order_line l ON l.order_id = x.order_id AND l.n = x.line"
		" WHERE s.order_id = $1 ORDER BY x.shipment_id, x.line";
	AUTO_QUERY struct db_query q = {0};
	struct shop_order_parcel *parcels = order->shipments.items;
	size_t at = 0;

	if (!db_query(&q, store, sql, "d", err, order->id))
		return false;
	while (db_next(&q)) {
		int64_t shipment_id = db_int(&q, 4);

		while (at < order->shipments.count && parcels[at].id < shipment_id)
			at++;
		if (at < order->shipments.count && parcels[at].id == shipment_id)
			db_row(&q, 0, &parcel_line_record,
			       shop_list_add(&parcel_line_record, &parcels[at].lines));
	}
	return db_done(&q, err);
}

static bool load_parcels(struct shop_store *store, struct shop_order *order, struct shop_error *err)
{
	static const char sql[] = "SELECT id, status, location_id, carrier, tracking, shipped_us, "
				  "delivered_us FROM shipment WHERE order_id = $1 ORDER BY id";

	return db_load_list(store, &parcel_record, &order->shipments, sql, "d", err, order->id) &&
	       (order->shipments.count == 0 || load_parcel_lines(store, order, err));
}

static bool load_waiting(struct shop_store *store, struct shop_order *order, struct shop_error *err)
{
	static const char sql[] =
		"SELECT b.id, l.sku, b.qty, b.qty - b.allocated - b.canceled, l.qty_scale,"
		" b.status, b.promised_us FROM backorder b"
		" JOIN order_line l ON l.order_id = b.order_id AND l.n = b.line"
		" WHERE b.order_id = $1 ORDER BY b.id";

	return db_load_list(store, &waiting_record, &order->backorders, sql, "d", err, order->id);
}

static bool load_holds(struct shop_store *store, struct shop_order *order, struct shop_error *err)
{
	static const char sql[] = "SELECT reason, note, placed_us, actor, released_us FROM "
				  "order_hold WHERE order_id = $1 ORDER BY n";

	return db_load_list(store, &hold_record, &order->holds, sql, "d", err, order->id);
}

static bool load_lists(struct shop_store *store, struct shop_order *order, struct shop_error *err)
{
	return order_load_lines(store, order, err) && load_payments(store, order, err) &&
	       load_parcels(store, order, err) && load_waiting(store, order, err) &&
	       load_holds(store, order, err);
}

bool shop_order_load(struct shop_store *store, int64_t id, struct shop_order *ret_order,
		     struct shop_error *err)
{
	AUTO_ORDER struct shop_order order = {0};

	if (!order_load_head(store, id, &order, err) || !load_lists(store, &order, err))
		return false;
	shop_record_take(&shop_order_record, ret_order, &order);
	return true;
}

bool order_return(struct shop_store *store, struct shop_txn *txn, int64_t id,
		  struct shop_order *ret_order, struct shop_error *err)
{
	AUTO_ORDER struct shop_order order = {0};

	if (!shop_order_load(store, id, &order, err) || !shop_txn_commit(txn, err))
		return false;
	shop_record_take(&shop_order_record, ret_order, &order);
	return true;
}

/* Each row gets its lists on its way to whoever lists. */
struct with_lists {
	struct shop_store *store;
	shop_record_fn fn;
	void *ctx;
};

static bool give_with_lists(const void *record, void *ctx, struct shop_error *err)
{
	const struct with_lists *with = ctx;
	struct shop_order order = *(const struct shop_order *)record;
	bool ok = load_lists(with->store, &order, err) && with->fn(&order, with->ctx, err);

	shop_list_done(&order_line_record, &order.lines);
	shop_list_done(&payment_record, &order.payments);
	shop_list_done(&parcel_record, &order.shipments);
	shop_list_done(&waiting_record, &order.backorders);
	shop_list_done(&hold_record, &order.holds);
	return ok;
}

/* Few orders wait, nearly all have ended: where both are asked for, the index of what waits is the one to walk. */
static bool is_open(const char *status)
{
	static const char *const ended[] = {"completed", "canceled", "expired",	 "paid",
					    "refunded",	 "voided",   "fulfilled", "delivered", NULL};

	return status != NULL && !g_strv_contains(ended, status);
}

/* The + keeps a condition from being the one that chooses the index. */
static void select_states(struct db_select *s, const struct shop_order_filter *filter)
{
	const struct {
		const char *wanted, *walked, *checked;
	} states[] = {
		{filter->status, "o.status = ?", "+o.status = ?"},
		{filter->fulfillment, "o.fulfillment_status = ?", "+o.fulfillment_status = ?"},
		{filter->payment, "o.payment_status = ?", "+o.payment_status = ?"},
	};
	const char *walked = NULL;

	for (size_t i = 0; i < G_N_ELEMENTS(states); i++)
		if (walked == NULL || (!is_open(walked) && is_open(states[i].wanted)))
			walked = states[i].wanted;
	for (size_t i = 0; i < G_N_ELEMENTS(states); i++)
		db_select_text(s, states[i].wanted == walked ? states[i].walked : states[i].checked,
			       states[i].wanted);
}

bool shop_order_list(struct shop_store *store, const struct shop_order_filter *filter,
		     shop_record_fn fn, void *ctx, struct shop_error *err)
{
	struct with_lists with = {.store = store, .fn = fn, .ctx = ctx};
	AUTO_SELECT struct db_select s = {0};

	db_select_init(&s, SELECT_ORDER);
	select_states(&s, filter);
	db_select_id(&s, "o.customer_id = ?", filter->customer_id);
	db_select_text(&s,
		       "o.id IN (SELECT l.order_id FROM order_line l JOIN product p"
		       " ON p.id = l.product_id WHERE p.sku = ?)",
		       filter->sku);
	/* Orders get their ids as they are placed, but for those that came from elsewhere: the list, in its own
	 * order, ends at the lowest id since. Where that is far it does without: finding it takes time too. */
	db_select_int(&s,
		      "+o.placed_us >= ? AND o.id >= (SELECT CASE count(*) WHEN 100000 THEN 0 ELSE min(w.id) END"
		      " FROM (SELECT x.id FROM orders x WHERE x.placed_us >= ? LIMIT 100000) w)",
		      filter->since_us);
	db_select_if(&s, "o.fulfillment_status IN ('unfulfilled', 'partially_fulfilled')",
		     filter->late_before_us != SHOP_NULL);
	db_select_int(&s, "o.status = 'confirmed' AND o.placed_us < ?", filter->late_before_us);
	db_select_id(&s, "o.id < ?", filter->before_id);
	return db_select_each(&s, store, "o.id DESC", filter->limit, &shop_order_record,
			      filter->with_lists ? give_with_lists : fn,
			      filter->with_lists ? &with : ctx, err);
}

/*
 * Carts: reading, listing and making them.
 */
#include "domain/cart/cart_row.h"

#include "domain/product/product_row.h"
#include "store/db.h"

#include <string.h>

static const struct shop_field line_fields[] = {
	SHOP_FIELD_INT(struct shop_cart_line, n, "line", "its number in the cart"),
	SHOP_FIELD_INT(struct shop_cart_line, product_id, "product", "the product's key",
		       .flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_TEXT(struct shop_cart_line, sku, "sku", "the product", .example = "MUG-01"),
	SHOP_FIELD_TEXT(struct shop_cart_line, title, "title", "what customers read"),
	SHOP_FIELD_QTY(struct shop_cart_line, qty, "qty", "how many are wanted"),
	SHOP_FIELD_INT(struct shop_cart_line, qty_scale, "qty_scale", "decimals of the quantities",
		       .flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_MONEY(struct shop_cart_line, unit_price, "unit_price",
			 "price of one: agreed, or the one in force"),
	SHOP_FIELD_TEXT(struct shop_cart_line, currency, "currency", "the price's currency",
			.flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_BOOL(struct shop_cart_line, agreed, "agreed", "whether the price was typed",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_MONEY(struct shop_cart_line, total, "total", "price of all",
			 .flags = SHOP_FIELD_EXTRA),
	SHOP_FIELD_QTY(struct shop_cart_line, held, "held", "how many are kept for this cart now"),
	SHOP_FIELD_TIME(struct shop_cart_line, held_until, "held_until", "until when",
			.flags = SHOP_FIELD_WIDE),
};

static const struct shop_record line_record =
	SHOP_RECORD("cart line", struct shop_cart_line, line_fields);

static const struct shop_field fields[] = {
	SHOP_FIELD_ID(struct shop_cart, id, "id", SHOP_ID_CART, "the cart's id",
		      .example = "cart-1000"),
	SHOP_FIELD_ID(struct shop_cart, customer_id, "customer", SHOP_ID_CUSTOMER,
		      "whose it is; null = a guest's"),
	SHOP_FIELD_WORD(struct shop_cart, status, "status",
			"active, abandoned, completed or expired"),
	SHOP_FIELD_WORD(struct shop_cart, currency, "currency", "what its lines are priced in",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_MONEY(struct shop_cart, total, "total", "price of all lines",
			 .flags = SHOP_FIELD_EXTRA),
	SHOP_FIELD_TIME(struct shop_cart, held_until, "held_until",
			"when the first of its holds ends", .flags = SHOP_FIELD_EXTRA),
	SHOP_FIELD_ID(struct shop_cart, order_id, "order", SHOP_ID_ORDER, "what it became"),
	SHOP_FIELD_JSON(struct shop_cart, ship_to, "ship_to", "where it goes",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_cart, created_at, "created_at", "when it was made",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_cart, updated_at, "updated_at", "when it was last touched"),
	SHOP_FIELD_INT(struct shop_cart, version, "version", "counts its changes",
		       .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_LIST(struct shop_cart, lines, "lines", &line_record, "what is in it"),
};

const struct shop_record shop_cart_record = SHOP_RECORD("cart", struct shop_cart, fields);

#define SELECT_CART                                                                                \
	"SELECT c.id, c.customer_id, c.status, c.currency, (SELECT o.id FROM orders o WHERE"       \
	" o.cart_id = c.id), c.ship_to, c.created_us, c.updated_us, c.version FROM cart c"

void shop_cart_done(struct shop_cart *cart)
{
	shop_record_done(&shop_cart_record, cart);
}

bool cart_load_head(struct shop_store *store, int64_t id, struct shop_cart *ret_cart,
		    struct shop_error *err)
{
	static const char sql[] = SELECT_CART " WHERE c.id = $1";

	return db_load_id(store, &shop_cart_record, ret_cart, SHOP_ID_CART, id, sql, err);
}

/* Sums and the first end of a hold. Lines that are priced in another currency, or not at all, add
 * nothing. */
static bool sum_up(struct shop_cart *cart, struct shop_error *err)
{
	struct shop_cart_line *lines = cart->lines.items;
	struct shop_money total = shop_money_of(0, cart->currency);

	cart->held_until = SHOP_NULL;
	for (size_t i = 0; i < cart->lines.count; i++) {
		struct shop_cart_line *line = &lines[i];
		struct shop_money sum = shop_money_of(0, line->currency);

		line->total = SHOP_NULL;
		if (line->held_until != SHOP_NULL &&
		    (cart->held_until == SHOP_NULL || line->held_until < cart->held_until))
			cart->held_until = line->held_until;
		if (line->unit_price == SHOP_NULL)
			continue;
		if (!shop_money_times(shop_money_of(line->unit_price, line->currency), line->qty,
				      (int)line->qty_scale, &sum, err))
			return false;
		line->total = sum.minor;
		if (strcmp(line->currency, cart->currency) == 0 &&
		    !shop_money_add(total, sum, &total, err))
			return false;
	}
	cart->total = total.minor;
	return true;
}

static bool load_lines(struct shop_store *store, int64_t now_us, struct shop_cart *cart,
		       struct shop_error *err)
{
	static const char sql[] =
		"SELECT l.n, l.product_id, p.sku, p.title, l.qty, p.qty_scale,"
		" COALESCE(l.price_minor, x.amount_minor), COALESCE(x.currency, $3), l.price_minor "
		"IS NOT NULL,"
		" COALESCE(h.qty, 0), h.until_us FROM cart_line l JOIN product p ON p.id = "
		"l.product_id"
		" LEFT JOIN price x ON x.product_id = p.id AND x.n = " PRICE_IN_FORCE(
			"p.id", "$2") " LEFT JOIN (SELECT product_id, sum(qty) AS qty, "
				      "min(expires_us) AS until_us FROM hold"
				      " WHERE cart_id = $1 AND expires_us > $2 GROUP BY "
				      "product_id) h ON h.product_id = l.product_id"
				      " WHERE l.cart_id = $1 ORDER BY l.n";

	return db_load_list(store, &line_record, &cart->lines, sql, "dit", err, cart->id, now_us,
			    shop_store_currency(store)) &&
	       sum_up(cart, err);
}

bool shop_cart_load(struct shop_store *store, int64_t id, int64_t now_us,
		    struct shop_cart *ret_cart, struct shop_error *err)
{
	AUTO_CART struct shop_cart cart = {0};

	if (!cart_load_head(store, id, &cart, err) || !load_lines(store, now_us, &cart, err))
		return false;
	shop_record_take(&shop_cart_record, ret_cart, &cart);
	return true;
}

/* A list's own callback, given each cart whole. */
struct listing {
	struct shop_store *store;
	int64_t now_us;
	shop_record_fn fn;
	void *ctx;
};

static bool give(const void *record, void *ctx, struct shop_error *err)
{
	const struct listing *listing = ctx;
	struct shop_cart cart = *(const struct shop_cart *)record;
	bool ok = load_lines(listing->store, listing->now_us, &cart, err) &&
		  listing->fn(&cart, listing->ctx, err);

	/* All but the lines is the list's own. */
	shop_list_done(&line_record, &cart.lines);
	return ok;
}

bool shop_cart_list(struct shop_store *store, const struct shop_cart_filter *filter,
		    shop_record_fn fn, void *ctx, struct shop_error *err)
{
	AUTO_SELECT struct db_select s = {0};
	struct listing listing = {.store = store, .now_us = filter->now_us, .fn = fn, .ctx = ctx};

	db_select_init(&s, SELECT_CART);
	db_select_text(&s, "c.status = ?", filter->status);
	db_select_id(&s, "c.customer_id = ?", filter->customer_id);
	db_select_id(&s, "c.id < ?", filter->before_id);
	return db_select_each(&s, store, "c.id DESC", filter->limit, &shop_cart_record, give,
			      &listing, err);
}

void cart_event_begin(struct shop_event_draft *e, const char *type, const struct shop_cart *cart)
{
	shop_event_begin(e, type, SHOP_ID_CART, cart->id);
	shop_json_id(&e->json, "cart_id", SHOP_ID_CART, cart->id);
	shop_json_id(&e->json, "customer_id", SHOP_ID_CUSTOMER, cart->customer_id);
	shop_json_text(&e->json, "currency", cart->currency);
}

static bool check_customer(struct shop_store *store, int64_t customer_id, struct shop_error *err)
{
	AUTO_CUSTOMER struct shop_customer customer = {0};
	char id[SHOP_ID_TEXT];

	if (customer_id == 0)
		return true;
	if (!shop_customer_load(store, customer_id, &customer, err))
		return false;
	if (strcmp(customer.status, "active") == 0)
		return true;
	shop_fail(err, E_STATE, "%s is archived",
		  shop_id_format(SHOP_ID_CUSTOMER, customer_id, id));
	shop_fail_object(err, id);
	return shop_fail_fix(err, "customer", "update", id, "--status", "active", NULL);
}

static bool insert(struct shop_store *store, int64_t id, int64_t customer_id,
		   struct shop_error *err)
{
	static const char sql[] = "INSERT INTO cart (id, customer_id, currency, created_us, "
				  "updated_us) VALUES ($1, $2, $3, $4, $4)";

	return db_run(store, sql, "ddti", err, id, customer_id, shop_store_currency(store),
		      shop_store_context(store)->now_us);
}

static bool tell_created(struct shop_store *store, const struct shop_cart *cart,
			 struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	cart_event_begin(&e, "cart.created", cart);
	shop_json_int(&e.json, "total_minor", 0);
	shop_json_array(&e.json, "lines");
	shop_json_end(&e.json);
	return shop_event_append(store, &e, err);
}

bool shop_cart_create(struct shop_store *store, int64_t customer_id, struct shop_cart *ret_cart,
		      struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_CART struct shop_cart cart = {0};
	int64_t id;

	if (!shop_txn_begin(&txn, store, err) || !check_customer(store, customer_id, err) ||
	    !shop_store_next_id(store, SHOP_ID_CART, &id, err) ||
	    !insert(store, id, customer_id, err) ||
	    !shop_cart_load(store, id, shop_store_context(store)->now_us, &cart, err) ||
	    !tell_created(store, &cart, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "creating a cart");
	shop_record_take(&shop_cart_record, ret_cart, &cart);
	return true;
}

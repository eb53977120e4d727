/*
 * Rebuilding from the journal what the tables say: statuses, stock and money are folded from the
 * events alone and compared. Events carry deltas and after-values, so nothing but the journal is
 * read for it.
 */
#include "report/check_private.h"

#include "shop/journal.h"
#include "shop/quantity.h"
#include "store/db.h"

#include <string.h>

#define SCALE SHOP_QUANTITY_SCALE_MAX /* all quantities are summed in 10^-6 units */

/* What the journal says so far: "ord-1000" → its status, "MUG-01 loc-1000 on_hand" → a sum. */
struct facts {
	GHashTable *statuses;
	GHashTable *sums;
};

/* The status an object has after an event of this type; NULL = the payload's own `status`. */
struct status_rule {
	const char *type;
	const char *status;
};

static const struct status_rule status_rules[] = {
	{"cart.created", "active"},	   {"cart.updated", "active"},
	{"cart.abandoned", "abandoned"},   {"cart.expired", "expired"},
	{"cart.completed", "completed"},   {"order.placed", "pending"},
	{"order.confirmed", "confirmed"},  {"order.held", "on_hold"},
	{"order.released", NULL},	   {"order.canceled", "canceled"},
	{"order.expired", "expired"},	   {"order.completed", "completed"},
	{"shipment.created", "open"},	   {"shipment.picked", "picking"},
	{"shipment.unpicked", "open"},	   {"shipment.packed", "packed"},
	{"shipment.shipped", "shipped"},   {"shipment.delivered", "delivered"},
	{"shipment.canceled", "canceled"},
};

/* What an event adds to on hand and allocated, `qty` at `loc` of its payload. */
struct stock_rule {
	const char *type;
	int on_hand, allocated;
	const char *qty, *loc;
};

static const struct stock_rule stock_rules[] = {
	{"inventory.received", 1, 0, "qty", "loc"},  {"inventory.adjusted", 1, 0, "delta", "loc"},
	{"inventory.allocated", 0, 1, "qty", "loc"}, {"inventory.released", 0, -1, "qty", "loc"},
	{"inventory.shipped", -1, -1, "qty", "loc"}, {"inventory.moved", -1, 0, "qty", "from"},
	{"inventory.moved", 1, 0, "qty", "to"},
};

static const char *const balances[] = {"authorized", "captured", "refunded", "voided"};

/* The text of a member of a compact payload, without quotes; NULL when it is not there. (g_free) */
static char *member(const char *payload, const char *key)
{
	char *wanted = g_strdup_printf("\"%s\":", key);
	const char *at = strstr(payload, wanted);
	char *text = NULL;

	if (at != NULL) {
		at += strlen(wanted);
		at += *at == '"';
		text = g_strndup(at, strcspn(at, "\",}]"));
	}
	g_free(wanted);
	return text;
}

/*
 * Quantities are decimals of the product's scale: read exactly, never as floating point, and
 * without the bound of what can be typed, since a correction undoes many receipts.
 */
static int64_t units_of(const char *text)
{
	const char *c = text == NULL ? "" : text;
	const bool minus = *c == '-';
	int64_t units = 0;
	int decimals;

	for (c += minus; g_ascii_isdigit(*c); c++)
		units = units * 10 + g_ascii_digit_value(*c);
	c += *c == '.';
	for (decimals = 0; decimals < SCALE; decimals++)
		units = units * 10 + (g_ascii_isdigit(*c) ? g_ascii_digit_value(*c++) : 0);
	return minus ? -units : units;
}

static void add(struct facts *facts, char *key, int64_t delta)
{
	int64_t *sum = g_hash_table_lookup(facts->sums, key);

	if (sum != NULL) {
		*sum += delta;
		g_free(key);
		return;
	}
	sum = g_new(int64_t, 1);
	*sum = delta;
	g_hash_table_insert(facts->sums, key, sum);
}

static void fold_stock(struct facts *facts, const struct shop_event *event,
		       const struct stock_rule *rule)
{
	char *loc = member(event->payload, rule->loc);
	char *text = member(event->payload, rule->qty);
	int64_t qty = units_of(text);

	if (rule->on_hand != 0)
		add(facts, g_strdup_printf("%s %s on_hand", event->subject, loc),
		    rule->on_hand * qty);
	if (rule->allocated != 0)
		add(facts, g_strdup_printf("%s %s allocated", event->subject, loc),
		    rule->allocated * qty);
	g_free(loc);
	g_free(text);
}

static void set_status(struct facts *facts, const struct shop_event *event, const char *status)
{
	char *own = status == NULL ? member(event->payload, "status") : g_strdup(status);

	if (own != NULL)
		g_hash_table_replace(facts->statuses, g_strdup(event->subject), own);
}

/* Money events tell the balances after them; the last one holds. */
static void fold_payment(struct facts *facts, const struct shop_event *event)
{
	size_t i;

	set_status(facts, event, NULL);
	for (i = 0; i < G_N_ELEMENTS(balances); i++) {
		char *key = g_strdup_printf("%s_minor", balances[i]);
		char *text = member(event->payload, key);
		int64_t *sum = g_new(int64_t, 1);

		*sum = text == NULL ? 0 : g_ascii_strtoll(text, NULL, 10);
		if (text == NULL)
			g_free(sum);
		else
			g_hash_table_replace(facts->sums,
					     g_strdup_printf("%s %s", event->subject, balances[i]),
					     sum);
		g_free(key);
		g_free(text);
	}
}

static bool fold(const void *record, void *ctx, struct shop_error *err)
{
	const struct shop_event *event = record;
	struct facts *facts = ctx;
	size_t i;

	(void)err;
	for (i = 0; i < G_N_ELEMENTS(status_rules); i++)
		if (strcmp(event->type, status_rules[i].type) == 0)
			set_status(facts, event, status_rules[i].status);
	for (i = 0; i < G_N_ELEMENTS(stock_rules); i++)
		if (strcmp(event->type, stock_rules[i].type) == 0)
			fold_stock(facts, event, &stock_rules[i]);
	if (g_str_has_prefix(event->type, "payment."))
		fold_payment(facts, event);
	if (g_str_has_prefix(event->type, "purchase_order."))
		set_status(facts, event, NULL);
	return true;
}

static const char statuses_sql[] =
	"SELECT 'ord-' || id, status FROM orders UNION ALL SELECT 'cart-' || id, status FROM cart"
	" UNION ALL SELECT 'shp-' || id, status FROM shipment UNION ALL SELECT 'pur-' || id, "
	"status FROM purchase"
	" UNION ALL SELECT 'pay-' || id, status FROM payment";

static bool compare_statuses(struct checking *c, struct facts *facts, struct shop_error *err)
{
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, c->store, statuses_sql, NULL, err))
		return false;
	while (db_next(&q)) {
		const char *told = g_hash_table_lookup(facts->statuses, db_text(&q, 0));

		/* An intent comes with order.placed, without an event of its own. */
		if (told == NULL && g_str_has_prefix(db_text(&q, 0), "pay-"))
			told = "requires_payment_method";
		if (g_strcmp0(told, db_text(&q, 1)) != 0 &&
		    !check_tell(c, db_text(&q, 0), err, "is %s, the journal says %s",
				db_text(&q, 1), told == NULL ? "nothing" : told))
			return false;
		g_hash_table_remove(facts->statuses, db_text(&q, 0));
	}
	return db_done(&q, err);
}

/* Key, value, and the decimals the value has. */
static const char sums_sql[] =
	"SELECT p.sku || ' loc-' || s.location_id || ' on_hand', s.on_hand, p.qty_scale FROM stock "
	"s"
	" JOIN product p ON p.id = s.product_id"
	" UNION ALL SELECT p.sku || ' loc-' || s.location_id || ' allocated', s.allocated, "
	"p.qty_scale FROM stock s"
	" JOIN product p ON p.id = s.product_id"
	" UNION ALL SELECT 'pay-' || id || ' authorized', authorized_minor, 6 FROM payment"
	" UNION ALL SELECT 'pay-' || id || ' captured', captured_minor, 6 FROM payment"
	" UNION ALL SELECT 'pay-' || id || ' refunded', refunded_minor, 6 FROM payment"
	" UNION ALL SELECT 'pay-' || id || ' voided', voided_minor, 6 FROM payment";

static bool compare_sums(struct checking *c, struct facts *facts, struct shop_error *err)
{
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, c->store, sums_sql, NULL, err))
		return false;
	while (db_next(&q)) {
		const int64_t *sum = g_hash_table_lookup(facts->sums, db_text(&q, 0));
		int64_t told = sum == NULL ? 0 : *sum;
		int64_t value = db_int(&q, 1);
		int64_t scale;

		for (scale = db_int(&q, 2); scale < SCALE; scale++)
			value *= 10;
		if (told != value &&
		    !check_tell(c, db_text(&q, 0), err,
				"is %" G_GINT64_FORMAT ", the journal says %" G_GINT64_FORMAT,
				value, told))
			return false;
		g_hash_table_remove(facts->sums, db_text(&q, 0));
	}
	return db_done(&q, err);
}

/* What the journal tells of and no table has. */
static bool tell_missing(struct checking *c, const struct facts *facts, struct shop_error *err)
{
	GHashTableIter iter;
	gpointer key, value;

	g_hash_table_iter_init(&iter, facts->statuses);
	while (g_hash_table_iter_next(&iter, &key, &value))
		if (!check_tell(c, key, err, "is missing, the journal says it is %s",
				(const char *)value))
			return false;
	g_hash_table_iter_init(&iter, facts->sums);
	while (g_hash_table_iter_next(&iter, &key, &value))
		if (*(const int64_t *)value != 0 &&
		    !check_tell(c, key, err, "is missing, the journal tells of it"))
			return false;
	return true;
}

bool check_rebuild(struct checking *c, struct shop_error *err)
{
	const struct shop_event_filter all = {0};
	struct facts facts = {
		.statuses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
		.sums = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
	};
	bool ok =
		!c->options->deep || (shop_event_list(c->store, &all, fold, &facts, err) &&
				      compare_statuses(c, &facts, err) &&
				      compare_sums(c, &facts, err) && tell_missing(c, &facts, err));

	g_hash_table_unref(facts.statuses);
	g_hash_table_unref(facts.sums);
	return ok;
}

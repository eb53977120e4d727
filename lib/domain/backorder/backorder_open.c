/*
 * Opening backorders: what an order asks for when stock is short. On the way of every such order,
 * so few statements.
 */
#include "domain/backorder/backorder_row.h"

#include "domain/domain.h"
#include "shop/quantity.h"
#include "store/db.h"

#include <string.h>

/* What the product says of backorders, and how many of its units wait already. */
struct rule {
	char policy[8]; /* deny, allow, limit */
	int64_t limit;	/* whole units, with policy limit */
	int64_t qty_scale;
	int64_t waiting;
};

static bool load_rule(struct shop_store *store, int64_t product_id, struct rule *ret_rule,
		      struct shop_error *err)
{
	static const char sql[] =
		"SELECT backorder, backorder_limit, qty_scale, (SELECT "
		"COALESCE(sum(s.backordered), 0)"
		" FROM stock s WHERE s.product_id = product.id) FROM product WHERE id = $1";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, "d", err, product_id))
		return false;
	if (!db_next(&q))
		return db_done(&q, err) && shop_fail(err, E_NOT_FOUND, "no such product");
	g_strlcpy(ret_rule->policy, db_text(&q, 0), sizeof(ret_rule->policy));
	ret_rule->limit = db_int(&q, 1);
	ret_rule->qty_scale = db_int(&q, 2);
	ret_rule->waiting = db_int(&q, 3);
	return db_done(&q, err);
}

static bool refuse_deny(const char *sku, struct shop_error *err)
{
	shop_fail(err, E_STOCK_SHORT, "stock of %s is short and it takes no backorders", sku);
	shop_fail_object(err, sku);
	return shop_fail_fix(err, "product", "update", sku, "--backorder", "allow", NULL);
}

static bool refuse_limit(const char *sku, int64_t qty, const struct rule *rule, int64_t limit,
			 struct shop_error *err)
{
	char more[SHOP_QUANTITY_TEXT], waiting[SHOP_QUANTITY_TEXT];
	int scale = (int)rule->qty_scale;
	struct shop_json j = {.to = g_string_new(NULL)};

	shop_fail(err, E_BACKORDER_LIMIT,
		  "%s more of %s would exceed its backorder limit of %" G_GINT64_FORMAT,
		  shop_quantity_format(qty, scale, more), sku, rule->limit);
	shop_fail_object(err, sku);
	shop_fail_because(err, "%s wait already",
			  shop_quantity_format(rule->waiting, scale, waiting));
	shop_json_object(&j, NULL);
	shop_json_quantity(&j, "limit", limit, scale);
	shop_json_quantity(&j, "waiting", rule->waiting, scale);
	shop_json_quantity(&j, "asked", qty, scale);
	shop_json_end(&j);
	shop_fail_details(err, g_string_free(j.to, FALSE));
	return shop_fail_fix(err, "product", "update", sku, "--backorder", "allow", NULL);
}

/* The limit counts whole units over all open backorders of the product. */
static int64_t limit_units(const struct rule *rule)
{
	int64_t limit = rule->limit;

	for (int64_t scale = rule->qty_scale; scale > 0; scale--)
		limit *= 10;
	return limit;
}

static bool may_open(const char *sku, int64_t qty, const struct rule *rule, struct shop_error *err)
{
	int64_t limit;

	if (strcmp(rule->policy, "allow") == 0)
		return true;
	if (strcmp(rule->policy, "limit") != 0)
		return refuse_deny(sku, err);
	limit = limit_units(rule);
	if (rule->waiting + qty <= limit)
		return true;
	return refuse_limit(sku, qty, rule, limit, err);
}

bool backorder_may_open(struct shop_store *store, int64_t product_id, const char *sku, int64_t qty,
			struct shop_error *err)
{
	struct rule rule;

	return load_rule(store, product_id, &rule, err) && may_open(sku, qty, &rule, err);
}

bool backorder_room(struct shop_store *store, int64_t product_id, int64_t *ret_qty,
		    struct shop_error *err)
{
	struct rule rule;

	if (!load_rule(store, product_id, &rule, err))
		return false;
	if (strcmp(rule.policy, "allow") == 0)
		*ret_qty = INT64_MAX;
	else if (strcmp(rule.policy, "limit") == 0)
		*ret_qty = MAX(0, limit_units(&rule) - rule.waiting);
	else
		*ret_qty = 0;
	return true;
}

/* When purchases on their way will have brought all that waits and this too; SHOP_NULL = not known.
 */
static bool arrival(struct shop_store *store, int64_t product_id, int64_t wanted, int64_t *ret_us,
		    struct shop_error *err)
{
	static const char sql[] =
		"SELECT p.eta_us, sum(l.ordered - l.received - l.closed) FROM purchase_line l"
		" JOIN purchase p ON p.id = l.purchase_id WHERE l.product_id = $1"
		" AND l.ordered > l.received + l.closed AND p.eta_us IS NOT NULL"
		" AND p.status IN ('submitted', 'acknowledged', 'partially_received')"
		" GROUP BY p.id, p.eta_us ORDER BY p.eta_us, p.id";
	AUTO_QUERY struct db_query q = {0};

	*ret_us = SHOP_NULL;
	if (!db_query(&q, store, sql, "d", err, product_id))
		return false;
	while (*ret_us == SHOP_NULL && db_next(&q)) {
		wanted -= db_int(&q, 1);
		if (wanted <= 0)
			*ret_us = MAX(db_int(&q, 0), shop_store_context(store)->now_us);
	}
	return db_done(&q, err);
}

static bool insert(struct shop_store *store, const struct shop_backorder *b, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO backorder (id, order_id, line, product_id, location_id, status, qty,"
		" promised_us, placed_us, created_us, updated_us)"
		" VALUES ($1, $2, $3, $4, $5, 'open', $6, $7,"
		" COALESCE((SELECT placed_us FROM orders WHERE id = $2), $8), $8, $8)";

	return db_run(store, sql, "ddiddiii", err, b->id, b->order_id, b->line, b->product_id,
		      b->location_id, b->qty, b->promised_at, shop_store_context(store)->now_us);
}

static bool tell_created(struct shop_store *store, const struct shop_backorder *b,
			 struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	backorder_event_begin(&e, "backorder.created", b);
	shop_json_quantity(&e.json, "qty", b->qty, (int)b->qty_scale);
	if (b->promised_at == SHOP_NULL)
		shop_json_null(&e.json, "promised_at");
	else
		shop_json_time(&e.json, "promised_at", b->promised_at);
	return shop_event_append(store, &e, err);
}

bool backorder_open(struct shop_store *store, const struct stock_need *need, int64_t location_id,
		    struct shop_error *err)
{
	struct rule rule;
	/* The strings are borrowed: nothing here frees them. */
	struct shop_backorder b = {
		.order_id = need->order_id,
		.line = need->line,
		.sku = (char *)need->sku,
		.qty = need->qty,
		.product_id = need->product_id,
		.location_id = location_id,
	};

	if (!load_rule(store, need->product_id, &rule, err) ||
	    !may_open(need->sku, need->qty, &rule, err) ||
	    !arrival(store, need->product_id, rule.waiting + need->qty, &b.promised_at, err) ||
	    !shop_store_next_id(store, SHOP_ID_BACKORDER, &b.id, err))
		return false;
	b.qty_scale = rule.qty_scale;
	return insert(store, &b, err) &&
	       stock_backordered_add(store, b.product_id, b.location_id, b.qty, err) &&
	       tell_created(store, &b, err);
}

/*
 * Receiving purchases: which lines what came belongs to, and how much too much is too much.
 */
#include "domain/purchase/purchase_row.h"

#include "domain/domain.h"
#include "domain/why.h"
#include "shop/supplier.h"
#include "shop/text.h"
#include "store/db.h"

#include <string.h>

/* A receipt in the making: the purchase, and per line what this receipt brings at which cost. */
struct receipt {
	struct shop_store *store;
	struct shop_purchase purchase;
	int64_t over_percent;
	int64_t *qty;
	int64_t *cost;
};

#define AUTO_RECEIPT SHOP_CLEANUP(receipt_done)

static void receipt_done(struct receipt *r)
{
	shop_purchase_done(&r->purchase);
	g_free(r->qty);
	g_free(r->cost);
}

static struct shop_purchase_line *line_at(const struct receipt *r, size_t i)
{
	return (struct shop_purchase_line *)r->purchase.lines.items + i;
}

static bool may_receive(const struct shop_purchase *p, struct shop_error *err)
{
	static const char *const from[] = {"submitted", "acknowledged", "partially_received", NULL};

	if (purchase_is(p, from))
		return true;
	if (strcmp(p->status, "draft") == 0)
		return purchase_refuse(p, "; it was not sent yet", "submit", err);
	return purchase_refuse(p, "; nothing more is received on it", NULL, err);
}

static bool receipt_load(struct receipt *r, int64_t purchase_id, struct shop_error *err)
{
	AUTO_SUPPLIER struct shop_supplier supplier = {0};

	if (!shop_purchase_load(r->store, purchase_id, &r->purchase, err) ||
	    !may_receive(&r->purchase, err) ||
	    !shop_supplier_load(r->store, r->purchase.supplier_id, &supplier, err))
		return false;
	r->over_percent = supplier.over_percent == SHOP_NULL
				  ? shop_store_policy(r->store)->over_receipt_percent
				  : supplier.over_percent;
	r->qty = g_new0(int64_t, r->purchase.lines.count + 1);
	r->cost = g_new0(int64_t, r->purchase.lines.count + 1);
	return true;
}

static bool check_cost(const struct receipt *r, struct shop_money cost, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	if (cost.minor == SHOP_NULL ||
	    (cost.minor >= 0 && strcmp(cost.currency, r->purchase.currency) == 0))
		return true;
	if (cost.minor < 0)
		shop_fail(err, E_INVALID, "cost: not below 0");
	else
		shop_fail(err, E_CURRENCY,
			  "the purchase is in %s, the cost in %s: write it as 5.10%s",
			  r->purchase.currency, cost.currency, r->purchase.currency);
	shop_fail_fix(err, "purchase", "show",
		      shop_id_format(SHOP_ID_PURCHASE, r->purchase.id, id), NULL);
	return shop_fail_field(err, "cost");
}

/* Units of one purchase line arrive: the line, and the stock with its movement and event. */
static bool receive_part(struct receipt *r, size_t i, int64_t qty, int64_t cost,
			 struct shop_error *err)
{
	static const char sql[] = "UPDATE purchase_line SET received = received + $3, cost_minor = "
				  "COALESCE(cost_minor, $4)"
				  " WHERE purchase_id = $1 AND n = $2";
	struct shop_purchase_line *l = line_at(r, i);
	const struct stock_receipt in = {
		.product_id = l->product_id,
		.sku = l->sku,
		.location_id = r->purchase.location_id,
		.qty = qty,
		.cost_minor = cost == SHOP_NULL ? l->cost : cost,
		.cost_currency = r->purchase.currency,
		.purchase_id = r->purchase.id,
	};

	l->received += qty;
	r->qty[i] += qty;
	r->cost[i] = in.cost_minor;
	return db_run(r->store, sql, "diii", err, r->purchase.id, l->n, qty, cost) &&
	       stock_receive(r->store, &in, err);
}

static bool refuse_over(const struct receipt *r, const char *sku, int64_t product_id, int64_t scale,
			int64_t asked, int64_t over, struct shop_error *err)
{
	char id[SHOP_ID_TEXT], most[SHOP_QUANTITY_TEXT];
	struct shop_json j = {.to = g_string_new(NULL)};
	AUTO_TEXT char *line = NULL;
	int64_t ordered = 0;

	for (size_t i = 0; i < r->purchase.lines.count; i++)
		if (line_at(r, i)->product_id == product_id)
			ordered += line_at(r, i)->ordered;
	shop_id_format(SHOP_ID_PURCHASE, r->purchase.id, id);
	shop_quantity_format(asked - over, (int)scale, most);
	shop_fail(err, E_PURCHASE_OVER, "at most %s more of %s can be received on purchase %s",
		  most, sku, id);
	shop_fail_object(err, id);
	shop_fail_because(err, "the allowance is %" G_GINT64_FORMAT " %% over what was ordered",
			  r->over_percent);
	shop_json_object(&j, NULL);
	shop_json_quantity(&j, "ordered", ordered, (int)scale);
	shop_json_quantity(&j, "asked", asked, (int)scale);
	shop_json_quantity(&j, "allowed", asked - over, (int)scale);
	shop_json_int(&j, "over_percent", r->over_percent);
	shop_json_end(&j);
	shop_fail_details(err, g_string_free(j.to, FALSE));
	if (asked == over)
		return shop_fail_fix(err, "purchase", "show", id, NULL);
	line = g_strconcat(sku, ":", most, NULL);
	return shop_fail_fix(err, "purchase", "receive", id, line, NULL);
}

static bool check_on_purchase(const struct receipt *r, const char *sku, int64_t product_id,
			      struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	for (size_t i = 0; i < r->purchase.lines.count; i++)
		if (line_at(r, i)->product_id == product_id)
			return true;
	shop_fail(err, E_PURCHASE_LINES, "purchase %s has no line of %s",
		  shop_id_format(SHOP_ID_PURCHASE, r->purchase.id, id), sku);
	shop_fail_object(err, id);
	return shop_fail_fix(err, "purchase", "show", id, NULL);
}

/* One typed line, spread over the purchase's lines of its product. */
static bool receive_line(struct receipt *r, const struct shop_purchase_new_line *line,
			 struct shop_money cost, struct shop_error *err)
{
	const size_t count = r->purchase.lines.count;
	struct purchase_product product;
	g_autofree int64_t *parts = g_new0(int64_t, count + 1);
	int64_t qty, over;

	if (line->cost.minor != SHOP_NULL)
		cost = line->cost;
	if (!check_cost(r, cost, err) ||
	    !purchase_product_find(r->store, line->sku, &product, err) ||
	    !check_on_purchase(r, line->sku, product.id, err) ||
	    !shop_quantity_of(&line->qty, (int)product.qty_scale, product.unit, &qty, err))
		return false;
	if (qty <= 0) {
		shop_fail(err, E_INVALID, "qty: more than 0 of %s", line->sku);
		return shop_fail_field(err, "qty");
	}
	over = purchase_spread(r->purchase.lines.items, count, product.id, qty, r->over_percent,
			       parts);
	if (over > 0)
		return refuse_over(r, line->sku, product.id, product.qty_scale, qty, over, err);
	for (size_t i = 0; i < count; i++)
		if (parts[i] > 0 && !receive_part(r, i, parts[i], cost.minor, err))
			return false;
	return true;
}

static bool receive_rest(struct receipt *r, struct shop_money cost, struct shop_error *err)
{
	if (!check_cost(r, cost, err))
		return false;
	for (size_t i = 0; i < r->purchase.lines.count; i++) {
		int64_t rest = line_at(r, i)->outstanding;

		if (rest > 0 && !receive_part(r, i, rest, cost.minor, err))
			return false;
	}
	return true;
}

static bool receive_lines(struct receipt *r, const struct shop_purchase_receipt *in,
			  struct shop_error *err)
{
	if (in->count == 0)
		return receive_rest(r, in->cost, err);
	for (size_t i = 0; i < in->count; i++)
		if (!receive_line(r, &in->lines[i], in->cost, err))
			return false;
	return true;
}

static bool settle_status(struct receipt *r, struct shop_error *err)
{
	const struct shop_purchase *p = &r->purchase;
	const char *status = purchase_status(p->lines.items, p->lines.count, p->status);

	if (strcmp(status, p->status) == 0)
		return purchase_touch(r->store, p->id, err);
	return purchase_set_status(r->store, p, status, err);
}

static bool tell_received(const struct receipt *r, const struct shop_purchase *after,
			  struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	purchase_event_begin(&e, "purchase_order.received", after);
	shop_json_array(&e.json, "lines");
	for (size_t i = 0; i < r->purchase.lines.count; i++) {
		const struct shop_purchase_line *l = line_at(r, i);

		if (r->qty[i] == 0)
			continue;
		shop_json_object(&e.json, NULL);
		shop_json_int(&e.json, "n", l->n);
		shop_json_text(&e.json, "sku", l->sku);
		shop_json_id(&e.json, "product_id", SHOP_ID_PRODUCT, l->product_id);
		shop_json_quantity(&e.json, "qty", r->qty[i], (int)l->qty_scale);
		shop_json_quantity(&e.json, "ordered", l->ordered, (int)l->qty_scale);
		shop_json_quantity(&e.json, "received", l->received, (int)l->qty_scale);
		if (r->cost[i] != SHOP_NULL)
			shop_json_money(&e.json, "unit_cost",
					shop_money_of(r->cost[i], after->currency));
		shop_json_end(&e.json);
	}
	shop_json_end(&e.json);
	return shop_event_append(r->store, &e, err);
}

bool shop_purchase_receive(struct shop_store *store, const struct shop_purchase_receipt *in,
			   struct shop_purchase *ret_purchase, struct shop_error *err)
{
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_RECEIPT struct receipt r = {.store = store};
	AUTO_PURCHASE struct shop_purchase after = {0};

	if (!shop_txn_begin(&txn, store, err) || !receipt_load(&r, in->purchase_id, err) ||
	    !receive_lines(&r, in, err) || !settle_status(&r, err) ||
	    !shop_purchase_load(store, in->purchase_id, &after, err) ||
	    !tell_received(&r, &after, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "receiving a purchase");
	shop_record_take(&shop_purchase_record, ret_purchase, &after);
	return true;
}

bool purchase_why_receive(struct shop_store *store, int64_t id, struct shop_error *err)
{
	AUTO_PURCHASE struct shop_purchase p = {0};

	return shop_purchase_load(store, id, &p, err) && may_receive(&p, err);
}

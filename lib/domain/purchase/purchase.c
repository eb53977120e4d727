/*
 * Purchases: reading them, and the rules that need no store.
 */
#include "domain/purchase/purchase_row.h"

#include "domain/domain.h"
#include "store/db.h"

#include <string.h>

static const struct shop_field line_fields[] = {
	SHOP_FIELD_INT(struct shop_purchase_line, n, "n", "the line's number"),
	SHOP_FIELD_TEXT(struct shop_purchase_line, sku, "sku", "the product", .example = "MUG-01"),
	SHOP_FIELD_QTY(struct shop_purchase_line, ordered, "ordered", "how many were ordered"),
	SHOP_FIELD_QTY(struct shop_purchase_line, received, "received", "how many have come"),
	SHOP_FIELD_QTY(struct shop_purchase_line, closed, "closed", "how many were given up"),
	SHOP_FIELD_QTY(struct shop_purchase_line, outstanding, "outstanding",
		       "how many are still to come"),
	SHOP_FIELD_MONEY(struct shop_purchase_line, cost, "cost", "cost of one"),
	SHOP_FIELD_TEXT(struct shop_purchase_line, currency, "currency", "the cost's currency",
			.flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_INT(struct shop_purchase_line, qty_scale, "qty_scale", "decimals of quantities",
		       .flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_ID(struct shop_purchase_line, product_id, "product", SHOP_ID_PRODUCT,
		      "the product's id", .flags = SHOP_FIELD_HIDDEN),
};

const struct shop_record shop_purchase_line_record =
	SHOP_RECORD("purchase_line", struct shop_purchase_line, line_fields);

static const struct shop_field fields[] = {
	SHOP_FIELD_ID(struct shop_purchase, id, "id", SHOP_ID_PURCHASE, "the purchase's id",
		      .example = "pur-1000"),
	SHOP_FIELD_ID(struct shop_purchase, supplier_id, "supplier", SHOP_ID_SUPPLIER,
		      "who delivers"),
	SHOP_FIELD_ID(struct shop_purchase, location_id, "location", SHOP_ID_LOCATION,
		      "where it is received", .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_WORD(struct shop_purchase, status, "status",
			"draft, submitted, acknowledged, partially_received, received, closed,"
			" short_closed or canceled"),
	SHOP_FIELD_TEXT(struct shop_purchase, currency, "currency", "what it is paid in"),
	SHOP_FIELD_TIME(struct shop_purchase, eta, "eta", "when it is expected"),
	SHOP_FIELD_LIST(struct shop_purchase, lines, "lines", &shop_purchase_line_record,
			"what is bought"),
	SHOP_FIELD_TIME(struct shop_purchase, submitted_at, "submitted_at", "when it was sent"),
	SHOP_FIELD_TIME(struct shop_purchase, closed_at, "closed_at", "when it ended",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_purchase, created_at, "created_at", "when it was made",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_purchase, updated_at, "updated_at", "when it last changed",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_purchase, version, "version", "counts its changes",
		       .flags = SHOP_FIELD_WIDE),
};

const struct shop_record shop_purchase_record =
	SHOP_RECORD("purchase", struct shop_purchase, fields);

#define SELECT_PURCHASE                                                                            \
	"SELECT id, supplier_id, location_id, status, currency, eta_us, submitted_us, closed_us,"  \
	" created_us, updated_us, version FROM purchase"

void shop_purchase_done(struct shop_purchase *purchase)
{
	shop_record_done(&shop_purchase_record, purchase);
}

static bool load_lines(struct shop_store *store, struct shop_purchase *p, struct shop_error *err)
{
	/* More received than ordered leaves nothing outstanding on that line, and takes nothing
	 * from another. */
	static const char sql[] =
		"SELECT l.n, x.sku, l.ordered, l.received, l.closed,"
		" CASE WHEN l.ordered > l.received + l.closed THEN l.ordered - l.received - "
		"l.closed"
		" ELSE 0 END, l.cost_minor, p.currency, x.qty_scale, l.product_id FROM "
		"purchase_line l"
		" JOIN purchase p ON p.id = l.purchase_id JOIN product x ON x.id = l.product_id"
		" WHERE l.purchase_id = $1 ORDER BY l.n";

	return db_load_list(store, &shop_purchase_line_record, &p->lines, sql, "d", err, p->id);
}

bool shop_purchase_load(struct shop_store *store, int64_t id, struct shop_purchase *ret_purchase,
			struct shop_error *err)
{
	static const char sql[] = SELECT_PURCHASE " WHERE id = $1";
	AUTO_PURCHASE struct shop_purchase p = {0};

	if (!db_load_id(store, &shop_purchase_record, &p, SHOP_ID_PURCHASE, id, sql, err) ||
	    !load_lines(store, &p, err))
		return false;
	shop_record_take(&shop_purchase_record, ret_purchase, &p);
	return true;
}

/* A list of purchases shows each with its lines. */
struct with_lines {
	struct shop_store *store;
	shop_record_fn fn;
	void *ctx;
};

static bool give_with_lines(const void *record, void *ctx, struct shop_error *err)
{
	const struct with_lines *w = ctx;
	struct shop_purchase p = *(const struct shop_purchase *)record;
	bool ok = load_lines(w->store, &p, err) && w->fn(&p, w->ctx, err);

	shop_list_done(&shop_purchase_line_record, &p.lines);
	return ok;
}

bool shop_purchase_list(struct shop_store *store, const struct shop_purchase_filter *filter,
			shop_record_fn fn, void *ctx, struct shop_error *err)
{
	AUTO_SELECT struct db_select s = {0};
	struct with_lines w = {store, fn, ctx};

	db_select_init(&s, SELECT_PURCHASE);
	db_select_id(&s, "supplier_id = ?", filter->supplier_id);
	db_select_text(&s, "status = ?", filter->status);
	return db_select_each(&s, store, "id", filter->limit, &shop_purchase_record,
			      give_with_lines, &w, err);
}

const char *purchase_status(const struct shop_purchase_line *lines, size_t count, const char *now)
{
	bool any = false, all = true;

	for (size_t i = 0; i < count; i++) {
		any = any || lines[i].received > 0;
		all = all && lines[i].received + lines[i].closed >= lines[i].ordered;
	}
	if (!any)
		return now;
	return all ? "received" : "partially_received";
}

int64_t purchase_line_limit(const struct shop_purchase_line *line, int64_t over_percent)
{
	return line->ordered + line->ordered * over_percent / 100;
}

int64_t purchase_spread(const struct shop_purchase_line *lines, size_t count, int64_t product_id,
			int64_t qty, int64_t over_percent, int64_t *parts)
{
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < count; i++) {
			const struct shop_purchase_line *l = &lines[i];
			int64_t limit = round == 0 ? l->ordered - l->closed
						   : purchase_line_limit(l, over_percent);
			int64_t part = MIN(qty, limit - l->received - parts[i]);

			if (l->product_id != product_id || part <= 0)
				continue;
			parts[i] += part;
			qty -= part;
		}
	}
	return qty;
}

bool purchase_is(const struct shop_purchase *p, const char *const *statuses)
{
	for (; *statuses != NULL; statuses++)
		if (strcmp(p->status, *statuses) == 0)
			return true;
	return false;
}

bool purchase_refuse(const struct shop_purchase *p, const char *what, const char *verb,
		     struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	shop_fail(err, E_PURCHASE_STATE, "purchase %s is %s%s",
		  shop_id_format(SHOP_ID_PURCHASE, p->id, id), p->status, what);
	shop_fail_object(err, id);
	return shop_fail_fix(err, "purchase", verb == NULL ? "show" : verb, id, NULL);
}

void purchase_event_begin(struct shop_event_draft *e, const char *type,
			  const struct shop_purchase *p)
{
	shop_event_begin(e, type, SHOP_ID_PURCHASE, p->id);
	shop_json_id(&e->json, "supplier_id", SHOP_ID_SUPPLIER, p->supplier_id);
	shop_json_id(&e->json, "location_id", SHOP_ID_LOCATION, p->location_id);
	shop_json_text(&e->json, "status", p->status);
}

void purchase_event_lines(struct shop_event_draft *e, const struct shop_purchase *p)
{
	const struct shop_purchase_line *l = p->lines.items;

	shop_json_array(&e->json, "lines");
	for (size_t i = 0; i < p->lines.count; i++, l++) {
		shop_json_object(&e->json, NULL);
		shop_json_int(&e->json, "n", l->n);
		shop_json_text(&e->json, "sku", l->sku);
		shop_json_id(&e->json, "product_id", SHOP_ID_PRODUCT, l->product_id);
		shop_json_quantity(&e->json, "ordered", l->ordered, (int)l->qty_scale);
		shop_json_quantity(&e->json, "received", l->received, (int)l->qty_scale);
		shop_json_quantity(&e->json, "closed", l->closed, (int)l->qty_scale);
		if (l->cost != SHOP_NULL)
			shop_json_money(&e->json, "unit_cost", shop_money_of(l->cost, l->currency));
		shop_json_end(&e->json);
	}
	shop_json_end(&e->json);
}

/*
 * Shipments: reading them, moving their status, and telling of it.
 */
#include "domain/shipment/shipment_row.h"

#include "domain/domain.h"
#include "store/db.h"

#include <string.h>

static const struct shop_field line_fields[] = {
	SHOP_FIELD_INT(struct shop_shipment_line, line, "line", "the order's line"),
	SHOP_FIELD_TEXT(struct shop_shipment_line, sku, "sku", "the product", .example = "MUG-01"),
	SHOP_FIELD_TEXT(struct shop_shipment_line, title, "title", "as it was sold"),
	SHOP_FIELD_QTY(struct shop_shipment_line, qty, "qty", "how many are in the parcel"),
	SHOP_FIELD_INT(struct shop_shipment_line, qty_scale, "qty_scale",
		       "decimals of its quantity", .flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_ID(struct shop_shipment_line, product_id, "product", SHOP_ID_PRODUCT,
		      "the product's id", .flags = SHOP_FIELD_HIDDEN),
	SHOP_FIELD_BOOL(struct shop_shipment_line, tracked, "tracked",
			"whether its stock is counted", .flags = SHOP_FIELD_HIDDEN),
};

const struct shop_record shop_shipment_line_record =
	SHOP_RECORD("shipment_line", struct shop_shipment_line, line_fields);

static const struct shop_field fields[] = {
	SHOP_FIELD_ID(struct shop_shipment, id, "id", SHOP_ID_SHIPMENT, "the shipment's id",
		      .example = "shp-1000"),
	SHOP_FIELD_ID(struct shop_shipment, order_id, "order", SHOP_ID_ORDER,
		      "whose goods it holds", .example = "ord-1000"),
	SHOP_FIELD_ID(struct shop_shipment, location_id, "location", SHOP_ID_LOCATION,
		      "where it is packed", .example = "loc-1000"),
	SHOP_FIELD_WORD(struct shop_shipment, status, "status",
			"open, picking, packed, shipped, delivered or canceled"),
	SHOP_FIELD_WORD(struct shop_shipment, carrier, "carrier", "manual or sandbox",
			.example = "sandbox"),
	SHOP_FIELD_TEXT(struct shop_shipment, service, "service", "the carrier's service",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TEXT(struct shop_shipment, tracking, "tracking", "the carrier's number"),
	SHOP_FIELD_WORD(struct shop_shipment, tracking_status, "tracking_status",
			"what the carrier says: pre_transit, in_transit, out_for_delivery, "
			"available_for_pickup, delivered, failure, return_to_sender, expired or "
			"unknown"),
	SHOP_FIELD_WORD(struct shop_shipment, label, "label",
			"none before the dispatch, no_label when it left without a bought one",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_LIST(struct shop_shipment, lines, "lines", &shop_shipment_line_record,
			"what is in it"),
	SHOP_FIELD_TIME(struct shop_shipment, shipped_at, "shipped_at", "when it left"),
	SHOP_FIELD_TIME(struct shop_shipment, delivered_at, "delivered_at", "when it arrived",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_shipment, created_at, "created_at", "when it was opened",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_shipment, updated_at, "updated_at", "when it last changed",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_shipment, version, "version", "counts its changes",
		       .flags = SHOP_FIELD_WIDE),
};

const struct shop_record shop_shipment_record =
	SHOP_RECORD("shipment", struct shop_shipment, fields);

#define SELECT_SHIPMENT                                                                            \
	"SELECT s.id, s.order_id, s.location_id, s.status, s.carrier, s.service, s.tracking,"      \
	" s.tracking_status, s.label, s.shipped_us, s.delivered_us, s.created_us, s.updated_us,"   \
	" s.version FROM shipment s"

void shop_shipment_done(struct shop_shipment *shipment)
{
	shop_record_done(&shop_shipment_record, shipment);
}

static bool load_lines(struct shop_store *store, int64_t id, struct shop_list *ret_lines,
		       struct shop_error *err)
{
	static const char sql[] =
		"SELECT sl.line, l.sku, l.title, sl.qty, l.qty_scale, l.product_id, l.tracked"
		" FROM shipment_line sl JOIN order_line l ON l.order_id = sl.order_id AND l.n = "
		"sl.line"
		" WHERE sl.shipment_id = $1 ORDER BY sl.line";

	return db_load_list(store, &shop_shipment_line_record, ret_lines, sql, "d", err, id);
}

bool shop_shipment_load(struct shop_store *store, int64_t id, struct shop_shipment *ret_shipment,
			struct shop_error *err)
{
	static const char sql[] = SELECT_SHIPMENT " WHERE s.id = $1";
	AUTO_SHIPMENT struct shop_shipment s = {0};

	if (!db_load_id(store, &shop_shipment_record, &s, SHOP_ID_SHIPMENT, id, sql, err) ||
	    !load_lines(store, id, &s.lines, err))
		return false;
	shop_record_take(&shop_shipment_record, ret_shipment, &s);
	return true;
}

struct listing {
	struct shop_store *store;
	shop_record_fn fn;
	void *ctx;
};

/* The row is the caller's; only the lines are loaded and freed here. */
static bool with_lines(const void *record, void *ctx, struct shop_error *err)
{
	const struct listing *listing = ctx;
	struct shop_shipment s = *(const struct shop_shipment *)record;
	bool ok = load_lines(listing->store, s.id, &s.lines, err) &&
		  listing->fn(&s, listing->ctx, err);

	shop_list_done(&shop_shipment_line_record, &s.lines);
	return ok;
}

bool shop_shipment_list(struct shop_store *store, const struct shop_shipment_filter *filter,
			shop_record_fn fn, void *ctx, struct shop_error *err)
{
	AUTO_SELECT struct db_select s = {0};
	struct listing listing = {store, fn, ctx};

	db_select_init(&s, SELECT_SHIPMENT);
	db_select_id(&s, "s.order_id = ?", filter->order_id);
	db_select_id(&s, "s.location_id = ?", filter->location_id);
	db_select_text(&s, "s.status = ?", filter->status);
	db_select_id(&s, "s.id > ?", filter->after);
	return db_select_each(&s, store, "s.id", filter->limit, &shop_shipment_record, with_lines,
			      &listing, err);
}

void shipment_event_begin(struct shop_event_draft *e, const char *type,
			  const struct shop_shipment *s)
{
	shop_event_begin(e, type, SHOP_ID_SHIPMENT, s->id);
	shop_json_id(&e->json, "order_id", SHOP_ID_ORDER, s->order_id);
}

void shipment_event_lines(struct shop_json *j, const struct shop_shipment *s)
{
	const struct shop_shipment_line *lines = s->lines.items;

	shop_json_array(j, "lines");
	for (size_t i = 0; i < s->lines.count; i++) {
		shop_json_object(j, NULL);
		shop_json_int(j, "line", lines[i].line);
		shop_json_text(j, "sku", lines[i].sku);
		shop_json_quantity(j, "qty", lines[i].qty, (int)lines[i].qty_scale);
		shop_json_end(j);
	}
	shop_json_end(j);
}

bool shipment_move(struct shop_store *store, struct shop_shipment *s, const char *to,
		   struct shop_error *err)
{
	static const char sql[] = "UPDATE shipment SET status = $3, version = version + 1, "
				  "updated_us = $4 WHERE id = $1 AND status = $2";
	char id[SHOP_ID_TEXT];
	bool changed;

	if (!db_change(store, &changed, sql, "dtti", err, s->id, s->status, to,
		       shop_store_context(store)->now_us))
		return false;
	if (!changed) {
		shop_fail(err, E_SHIPMENT_STATE, "shipment %s is not %s any more",
			  shop_id_format(SHOP_ID_SHIPMENT, s->id, id), s->status);
		shop_fail_object(err, id);
		return shop_fail_fix(err, "shipment", "show", id, NULL);
	}
	g_free(s->status);
	s->status = g_strdup(to);
	s->updated_at = shop_store_context(store)->now_us;
	s->version++;
	return true;
}

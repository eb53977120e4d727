/*
 * What an object waits for without being refused anything: answers, parcels, stock, purchases.
 */
#include "report/why_parts.h"

#include "domain/backorder/backorder_row.h"
#include "store/db.h"

static const struct shop_field fields[] = {
	SHOP_FIELD_TEXT(struct shop_wait, object, "object", "what is waited for"),
	SHOP_FIELD_TEXT(struct shop_wait, what, "what", "how it stands"),
	SHOP_FIELD_TIME(struct shop_wait, since, "since", "since when"),
	SHOP_FIELD_TEXT(struct shop_wait, command, "command", "what moves it on",
			.flags = SHOP_FIELD_VERBATIM),
};

const struct shop_record why_wait_record = SHOP_RECORD("wait_for", struct shop_wait, fields);

/* Rows: number of the object, how it stands, since when. `command` gets the object behind it, or is
 * whole. */
struct source {
	enum shop_id_type of; /* what waits: $1 */
	enum shop_id_type type;
	const char *sql;
	const char *command;
	bool whole;
};

#define OPERATIONS(condition, states)                                                              \
	"SELECT p.id, o.kind || ' is ' || o.status, COALESCE(o.sent_us, o.created_us)"             \
	" FROM payment p JOIN payment_op o ON o.payment_id = p.id WHERE " condition                \
	" AND o.status IN (" states ") ORDER BY p.id, o.n"

#define BROUGHT_BY(status_is)                                                                      \
	"SELECT u.id, 'is ' || u.status, COALESCE(u.submitted_us, u.created_us) FROM backorder b"  \
	" JOIN purchase u ON u.id = b.purchase_id WHERE b.id = $1 AND b." BACKORDER_WAITS          \
	" AND u.status " status_is

static const struct source sources[] = {
	{SHOP_ID_ORDER, SHOP_ID_PAYMENT, OPERATIONS("p.order_id = $1", "'created', 'sent'"),
	 "worker --drain", true},
	{SHOP_ID_ORDER, SHOP_ID_PAYMENT, OPERATIONS("p.order_id = $1", "'pending', 'unknown'"),
	 "payment resolve", false},
	{SHOP_ID_ORDER, SHOP_ID_SHIPMENT,
	 "SELECT id, 'is ' || status || ', not dispatched', created_us FROM shipment"
	 " WHERE order_id = $1 AND status IN ('open', 'picking', 'packed') ORDER BY id",
	 "shipment dispatch", false},
	{SHOP_ID_ORDER, SHOP_ID_BACKORDER,
	 "SELECT id, 'waits for stock, ' || status, placed_us FROM backorder"
	 " WHERE order_id = $1 AND " BACKORDER_WAITS " ORDER BY id",
	 "why", false},
	{SHOP_ID_PAYMENT, SHOP_ID_PAYMENT, OPERATIONS("p.id = $1", "'created', 'sent'"),
	 "worker --drain", true},
	{SHOP_ID_PAYMENT, SHOP_ID_PAYMENT, OPERATIONS("p.id = $1", "'pending', 'unknown'"),
	 "payment resolve", false},
	{SHOP_ID_BACKORDER, SHOP_ID_PURCHASE, BROUGHT_BY("= 'draft'"), "purchase submit", false},
	{SHOP_ID_BACKORDER, SHOP_ID_PURCHASE,
	 BROUGHT_BY("IN ('submitted', 'acknowledged', 'partially_received')"), "purchase receive",
	 false},
	{SHOP_ID_BACKORDER, SHOP_ID_BACKORDER,
	 "SELECT id, 'is on no purchase', placed_us FROM backorder WHERE id = $1"
	 " AND purchase_id IS NULL AND " BACKORDER_WAITS,
	 "stock reorder", true},
	{SHOP_ID_PURCHASE, SHOP_ID_SUPPLIER,
	 "SELECT supplier_id, 'has to deliver', submitted_us FROM purchase WHERE id = $1"
	 " AND status IN ('submitted', 'acknowledged', 'partially_received')",
	 "supplier show", false},
};

static bool add_rows(struct shop_store *store, const struct source *source, int64_t id,
		     struct shop_list *waits, struct shop_error *err)
{
	AUTO_QUERY struct db_query q = {0};
	char name[SHOP_ID_TEXT];

	if (!db_query(&q, store, source->sql, "d", err, id))
		return false;
	while (db_next(&q)) {
		struct shop_wait *wait = shop_list_add(&why_wait_record, waits);

		shop_id_format(source->type, db_int(&q, 0), name);
		wait->object = g_strdup(name);
		wait->what = db_text_dup(&q, 1);
		wait->since = db_int(&q, 2);
		wait->command = source->whole
					? g_strconcat("shopctl ", source->command, NULL)
					: g_strconcat("shopctl ", source->command, " ", name, NULL);
	}
	return db_done(&q, err);
}

bool why_find_waits(struct shop_store *store, const struct shop_object *object,
		    struct shop_list *waits, struct shop_error *err)
{
	for (size_t i = 0; i < G_N_ELEMENTS(sources); i++)
		if (sources[i].of == object->type &&
		    !add_rows(store, &sources[i], object->id, waits, err))
			return false;
	return true;
}

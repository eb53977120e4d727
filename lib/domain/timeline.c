/*
 * An object's story: its subject and those that belong to it, their events put in order.
 */
#include "shop/timeline.h"

#include "shop/journal.h"
#include "shop/text.h"
#include "shop/version.h"
#include "store/db.h"

#include <string.h>

static const struct shop_field fields[] = {
	SHOP_FIELD_ID(struct shop_story_line, seq, "id", SHOP_ID_EVENT, "the event",
		      .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_story_line, at_us, "at", "when"),
	SHOP_FIELD_WORD(struct shop_story_line, event, "event", "what happened: noun.verb"),
	SHOP_FIELD_TEXT(struct shop_story_line, subject, "subject", "the object it is about"),
	SHOP_FIELD_TEXT(struct shop_story_line, actor, "actor", "who"),
	SHOP_FIELD_TEXT(struct shop_story_line, what, "what", "its data as people read it"),
	SHOP_FIELD_TEXT(struct shop_story_line, reason, "reason", "why, as the actor said"),
	SHOP_FIELD_JSON(struct shop_story_line, data, "data", "deltas and after-values",
			.flags = SHOP_FIELD_WIDE),
};

const struct shop_record shop_story_record = SHOP_RECORD("event", struct shop_story_line, fields);

/* What belongs to an order, each with the id type of its subjects. */
struct relation {
	enum shop_id_type type;
	const char *sql;
};

static const struct relation order_relations[] = {
	{SHOP_ID_CART, "SELECT cart_id FROM orders WHERE id = $1 AND cart_id IS NOT NULL"},
	{SHOP_ID_PAYMENT, "SELECT id FROM payment WHERE order_id = $1"},
	{SHOP_ID_SHIPMENT, "SELECT id FROM shipment WHERE order_id = $1"},
	{SHOP_ID_BACKORDER, "SELECT id FROM backorder WHERE order_id = $1"},
	{SHOP_ID_PURCHASE, "SELECT DISTINCT purchase_id FROM backorder WHERE order_id = $1"
			   " AND purchase_id IS NOT NULL"},
	{SHOP_ID_NONE, NULL},
};

static bool add_subject(struct shop_store *store, const char *subject, GArray *seqs,
			struct shop_error *err)
{
	static const char sql[] = "SELECT seq FROM journal WHERE subject = $1";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, "t", err, subject))
		return false;
	while (db_next(&q)) {
		const int64_t seq = db_int(&q, 0);

		g_array_append_val(seqs, seq);
	}
	return db_done(&q, err);
}

static bool add_related(struct shop_store *store, const struct relation *relation, int64_t id,
			GArray *seqs, struct shop_error *err)
{
	AUTO_QUERY struct db_query q = {0};
	char subject[SHOP_ID_TEXT];

	if (!db_query(&q, store, relation->sql, "d", err, id))
		return false;
	while (db_next(&q)) {
		shop_id_format(relation->type, db_int(&q, 0), subject);
		if (!add_subject(store, subject, seqs, err))
			return false;
	}
	return db_done(&q, err);
}

static int by_seq(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a;
	const int64_t y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* The event's texts go over into the line. */
static void make_line(struct shop_event *event, struct shop_story_line *line)
{
	char *what = shop_event_summary(event); /* before its texts are taken */

	*line = (struct shop_story_line){
		.seq = event->seq,
		.at_us = event->at_us,
		.event = g_steal_pointer(&event->type),
		.subject = g_steal_pointer(&event->subject),
		.actor = g_steal_pointer(&event->actor),
		.reason = g_steal_pointer(&event->reason),
		.what = what,
		.data = g_steal_pointer(&event->payload),
	};
}

static bool tell(struct shop_store *store, int64_t seq, shop_record_fn fn, void *ctx,
		 struct shop_error *err)
{
	AUTO_EVENT_ROW struct shop_event event = {0};
	struct shop_story_line line;
	bool ok;

	if (!shop_event_load(store, seq, &event, err))
		return false;
	make_line(&event, &line);
	ok = fn(&line, ctx, err);
	shop_record_done(&shop_story_record, &line);
	return ok;
}

static bool check_exists(struct shop_store *store, enum shop_id_type type, int64_t id,
			 const char *sku, struct shop_error *err)
{
	int64_t version;

	return sku != NULL ? shop_version_of_sku(store, sku, &version, err)
			   : shop_version_of(store, type, id, &version, err);
}

static const char *subject_of(enum shop_id_type type, int64_t id, const char *sku,
			      char text[SHOP_ID_TEXT])
{
	return sku != NULL ? sku : shop_id_format(type, id, text);
}

static bool collect(struct shop_store *store, enum shop_id_type type, int64_t id, const char *sku,
		    GArray *seqs, struct shop_error *err)
{
	char text[SHOP_ID_TEXT];

	if (!check_exists(store, type, id, sku, err) ||
	    !add_subject(store, subject_of(type, id, sku, text), seqs, err))
		return false;
	for (const struct relation *r = order_relations; type == SHOP_ID_ORDER && r->sql != NULL;
	     r++)
		if (!add_related(store, r, id, seqs, err))
			return false;
	if (seqs->len > 0)
		qsort(seqs->data, seqs->len, sizeof(int64_t), by_seq);
	return true;
}

bool shop_timeline_last(struct shop_store *store, enum shop_id_type type, int64_t id, const char *sku, int64_t limit,
			shop_record_fn fn, void *ctx, int64_t *ret_count, struct shop_error *err)
{
	GArray *seqs = g_array_new(FALSE, FALSE, sizeof(int64_t));
	bool ok = collect(store, type, id, sku, seqs, err);
	guint i = limit < seqs->len ? seqs->len - (guint)limit : 0;

	if (ok)
		*ret_count = seqs->len;
	for (; ok && i < seqs->len; i++)
		ok = tell(store, g_array_index(seqs, int64_t, i), fn, ctx, err);
	g_array_unref(seqs);
	return ok;
}

bool shop_timeline(struct shop_store *store, enum shop_id_type type, int64_t id, const char *sku,
		   shop_record_fn fn, void *ctx, struct shop_error *err)
{
	int64_t count;

	return shop_timeline_last(store, type, id, sku, INT64_MAX, fn, ctx, &count, err);
}

static const char *noted_type(enum shop_id_type type)
{
	static const char *const names[SHOP_ID_TYPES] = {
		[SHOP_ID_PRODUCT] = "product.noted",	 [SHOP_ID_CUSTOMER] = "customer.noted",
		[SHOP_ID_CART] = "cart.noted",		 [SHOP_ID_ORDER] = "order.noted",
		[SHOP_ID_PAYMENT] = "payment.noted",	 [SHOP_ID_SHIPMENT] = "shipment.noted",
		[SHOP_ID_BACKORDER] = "backorder.noted", [SHOP_ID_SUPPLIER] = "supplier.noted",
		[SHOP_ID_PURCHASE] = "purchase.noted",	 [SHOP_ID_LOCATION] = "location.noted",
	};

	return names[type];
}

static bool append_note(struct shop_store *store, const char *type, const char *subject,
			const char *text, struct shop_error *err)
{
	AUTO_EVENT struct shop_event_draft e = {0};

	shop_event_begin_text(&e, type, subject);
	shop_json_text(&e.json, "text", text);
	return shop_event_append(store, &e, err);
}

static bool load_last(struct shop_store *store, struct shop_story_line *ret_line,
		      struct shop_error *err)
{
	AUTO_EVENT_ROW struct shop_event event = {0};
	int64_t head;

	if (!shop_journal_head(store, &head, err) || !shop_event_load(store, head, &event, err))
		return false;
	make_line(&event, ret_line);
	return true;
}

bool shop_note_add(struct shop_store *store, enum shop_id_type type, int64_t id, const char *sku,
		   const char *text, struct shop_story_line *ret_line, struct shop_error *err)
{
	const struct shop_text_rule rule = {
		.max_chars = SHOP_NOTE_MAX, .multiline = true, .required = true};
	AUTO_TXN struct shop_txn txn = {0};
	AUTO_TEXT char *clean = NULL;
	char subject[SHOP_ID_TEXT];

	if (!shop_txn_begin(&txn, store, err) || !check_exists(store, type, id, sku, err) ||
	    !shop_text_clean(text, "text", &rule, &clean, err) ||
	    !append_note(store, noted_type(type), subject_of(type, id, sku, subject), clean, err) ||
	    !load_last(store, ret_line, err) || !shop_txn_commit(&txn, err))
		return shop_fail_while(err, "keeping a note");
	return true;
}

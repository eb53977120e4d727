/*
 * Invariants of the journal, of the work that follows it, and of the file itself.
 */
#include "report/check_private.h"

#include "shop/journal.h"
#include "shop/search.h"
#include "shop/text.h"
#include "store/db.h"

#include <string.h>

static const char cursors[] =
	"SELECT name, 'cursor ' || cursor || ' is past the journal''s head' FROM consumer"
	" WHERE cursor > (SELECT COALESCE(max(seq), 0) FROM journal)"
	" UNION ALL SELECT 'job-' || id, 'dead: ' || COALESCE(last_error, 'no answer') FROM job "
	"WHERE state = 'dead'";

/*
 * The types are those of the notifications rows in the worker's table. From the first message on:
 * the consumer may have come later than the store. What is parked is still to be told.
 */
static const char untold[] =
	"SELECT 'evt-' || j.seq, j.type || ' of ' || j.subject || ' told nobody' FROM journal j "
	"JOIN consumer c"
	" ON c.name = 'notifications' AND j.seq <= c.cursor WHERE j.seq > (SELECT min(event_seq) "
	"FROM notification)"
	" AND j.type IN ('order.placed', 'shipment.shipped', 'order.canceled', "
	"'backorder.delayed', 'payment.refunded')"
	" AND NOT EXISTS (SELECT 1 FROM notification n WHERE n.event_seq = j.seq)"
	" AND NOT EXISTS (SELECT 1 FROM job WHERE job.event_seq = j.seq AND job.queue = "
	"'notifications')";

static const char orphan_rows[] =
	"SELECT \"table\" || ' ' || COALESCE(rowid, ''), 'refers to a missing ' || parent"
	" FROM pragma_foreign_key_check";

static const char rows_told[] =
	"SELECT 'ord-' || o.id, 'has no order.placed' FROM orders o WHERE NOT EXISTS (SELECT 1 "
	"FROM journal j"
	" WHERE j.subject = 'ord-' || o.id AND j.type = 'order.placed')"
	" UNION ALL SELECT 'shp-' || s.id, 'has no shipment.created' FROM shipment s WHERE NOT "
	"EXISTS (SELECT 1 FROM journal j"
	" WHERE j.subject = 'shp-' || s.id AND j.type = 'shipment.created')"
	" UNION ALL SELECT 'bko-' || b.id, 'has no backorder.created' FROM backorder b WHERE NOT "
	"EXISTS (SELECT 1 FROM journal j"
	" WHERE j.subject = 'bko-' || b.id AND j.type = 'backorder.created')";

/* Quick: density only; deep: the whole chain. */
static bool find_broken_chain(struct checking *c, struct shop_error *err)
{
	static const char counts[] = "SELECT max(seq) - count(*) FROM journal";
	struct shop_journal_verdict verdict = {0};
	AUTO_TEXT char *object = NULL;
	int64_t missing;
	bool ok;

	if (!c->options->deep)
		return db_get(c->store, &missing, counts, NULL, err) &&
		       (missing == SHOP_NULL || missing == 0 ||
			check_tell(c, "journal", err, "%" G_GINT64_FORMAT " numbers are missing",
				   missing));
	if (!shop_journal_verify(c->store, 0, &verdict, err))
		return false;
	object = g_strdup_printf("evt-%" G_GINT64_FORMAT, verdict.broken_seq);
	ok = verdict.broken_seq == 0 || check_tell(c, object, err, "%s", verdict.problem);
	g_free(verdict.problem);
	return ok;
}

static bool find_damage(struct checking *c, struct shop_error *err)
{
	static const char quick[] = "PRAGMA quick_check(20)";
	static const char deep[] = "PRAGMA integrity_check(20)";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, c->store, c->options->deep ? deep : quick, NULL, err))
		return false;
	while (db_next(&q))
		if (strcmp(db_text(&q, 0), "ok") != 0 &&
		    !check_tell(c, "store", err, "%s", db_text(&q, 0)))
			return false;
	return db_done(&q, err);
}

static bool find_unknown_currencies(struct checking *c, struct shop_error *err)
{
	static const char sql[] =
		"SELECT DISTINCT currency FROM price UNION SELECT DISTINCT currency FROM orders";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, c->store, sql, NULL, err))
		return false;
	while (db_next(&q))
		if (shop_currency_find(db_text(&q, 0)) == NULL &&
		    !check_tell(c, db_text(&q, 0), err, "is no ISO 4217 currency"))
			return false;
	return db_done(&q, err);
}

static bool find_large_wal(struct checking *c, struct shop_error *err)
{
	struct shop_store_info info;

	return shop_store_info(c->store, &info, err) &&
	       (info.wal_bytes <= INT64_C(64) << 20 ||
		check_tell(c, "store", err, "the write-ahead log has %" G_GINT64_FORMAT " bytes",
			   info.wal_bytes));
}

static bool tell_fault(const char *object, const char *message, void *ctx, struct shop_error *err)
{
	return check_tell(ctx, object, err, "%s: delete the file, the next search makes it anew",
			  message);
}

static bool find_wrong_index(struct checking *c, struct shop_error *err)
{
	return !c->options->deep || shop_search_check(c->store, tell_fault, c, err);
}

const struct invariant *check_store_invariants(void)
{
	static const struct invariant invariants[] = {
		{"CAT01", "every currency is known", NULL, find_unknown_currencies},
		{"CAT01", "no row refers to a missing one", orphan_rows, NULL},
		{"EVT01", "the journal is dense, and with --deep its chain is whole", NULL,
		 find_broken_chain},
		{"EVT01", "every order, shipment and backorder has the event that made it",
		 rows_told, NULL},
		{"EVT02", "no consumer is past the head, no job is dead", cursors, NULL},
		{"EVT03", "with --deep: statuses, stock and money are what the journal alone says",
		 NULL, check_rebuild},
		{"NTF01", "every event customers hear of has its message, sent or suppressed",
		 untold, NULL},
		{"STO01", "the file's pages are sound", NULL, find_damage},
		{"STO02", "the write-ahead log is short", NULL, find_large_wal},
		{"STO03", "with --deep: the search index has the texts the store has", NULL,
		 find_wrong_index},
		{0},
	};

	return invariants;
}

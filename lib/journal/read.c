/* Reading the journal: one event, lists of them, and its head. */
#include "shop/journal.h"

#include "store/db.h"

#include <string.h>

static const struct shop_field fields[] = {
	SHOP_FIELD_ID(struct shop_event, seq, "id", SHOP_ID_EVENT, "its place in the journal"),
	SHOP_FIELD_WORD(struct shop_event, type, "type", "what happened: noun.verb"),
	SHOP_FIELD_TEXT(struct shop_event, subject, "subject", "the object it is about"),
	SHOP_FIELD_INT(struct shop_event, number, "number", "counts the subject's events",
		       .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TIME(struct shop_event, at_us, "at", "when"),
	SHOP_FIELD_TEXT(struct shop_event, actor, "actor", "who"),
	SHOP_FIELD_WORD(struct shop_event, actor_kind, "actor_kind", "user, worker or gateway",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_ID(struct shop_event, txn, "txn", SHOP_ID_TXN, "its transaction",
		      .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TEXT(struct shop_event, command, "command", "idempotency key",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_ID(struct shop_event, correlation, "correlation", SHOP_ID_TXN,
		      "the transaction that began the chain", .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_ID(struct shop_event, causation, "causation", SHOP_ID_EVENT,
		      "the event reacted to", .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_INT(struct shop_event, schema, "schema", "version of the payload's shape",
		       .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_TEXT(struct shop_event, reason, "reason", "why, as the actor said"),
	SHOP_FIELD_JSON(struct shop_event, payload, "data", "deltas and after-values"),
	SHOP_FIELD_TEXT(struct shop_event, hash, "hash", "chains it to the event before",
			.flags = SHOP_FIELD_WIDE),
};

const struct shop_record shop_event_record = SHOP_RECORD("event", struct shop_event, fields);

#define COLUMNS                                                                                    \
	"SELECT seq, type, subject, number, at_us, actor, actor_kind, txn, command, correlation, " \
	"causation, schema,"                                                                       \
	" reason, payload, lower({lite|hex(hash)}{pg|encode(hash, 'hex')}) FROM journal"

void shop_event_done(struct shop_event *event)
{
	shop_record_done(&shop_event_record, event);
}

bool shop_event_load(struct shop_store *store, int64_t seq, struct shop_event *ret_event,
		     struct shop_error *err)
{
	static const char sql[] = COLUMNS " WHERE seq = $1";
	struct shop_event event = {0};
	char what[SHOP_ID_TEXT + 8] = "event ";
	char id[SHOP_ID_TEXT];

	g_strlcat(what, shop_id_format(SHOP_ID_EVENT, seq, id), sizeof(what));
	if (!db_load(store, &shop_event_record, &event, what, sql, "i", err, seq))
		return err->id == E_NOT_FOUND && shop_fail_fix(err, "event", "list", NULL);
	*ret_event = event;
	return true;
}

/* `order.*` is a span of the text order: from "order." to just before "order/". */
static void select_type(struct db_select *s, const char *type)
{
	size_t length = type == NULL ? 0 : strlen(type);
	char *from;
	char *until;

	if (length < 2 || type[length - 1] != '*') {
		db_select_text(s, "type = ?", type);
		return;
	}
	from = g_strndup(type, length - 1);
	until = g_strdup(from);
	until[length - 2]++;
	db_select_text(s, "type >= ?", from);
	db_select_text(s, "type < ?", until);
	g_free(from);
	g_free(until);
}

bool shop_event_list(struct shop_store *store, const struct shop_event_filter *filter,
		     shop_record_fn fn, void *ctx, struct shop_error *err)
{
	AUTO_SELECT struct db_select s = {0};
	/* A subject's events have numbers in the order of seq, and an index by them. */
	const char *order = filter->subject != NULL
				    ? (filter->newest_first ? "number DESC" : "number")
				    : (filter->newest_first ? "seq DESC" : "seq");

	db_select_init(&s, COLUMNS);
	db_select_text(&s, "subject = ?", filter->subject);
	select_type(&s, filter->type);
	db_select_int(&s, "seq > ?", filter->after_seq == 0 ? SHOP_NULL : filter->after_seq);
	db_select_int(&s, "at_us >= ?", filter->since_us == 0 ? SHOP_NULL : filter->since_us);
	db_select_id(&s, "txn = ?", filter->txn);
	db_select_id(&s, "correlation = ?", filter->correlation);
	return db_select_each(&s, store, order, filter->limit == 0 ? SHOP_NULL : filter->limit,
			      &shop_event_record, fn, ctx, err);
}

bool shop_journal_head(struct shop_store *store, int64_t *ret_seq, struct shop_error *err)
{
	static const char sql[] = "SELECT max(seq) FROM journal";

	if (!db_get(store, ret_seq, sql, "", err))
		return false;
	if (*ret_seq == SHOP_NULL)
		*ret_seq = 0;
	return true;
}

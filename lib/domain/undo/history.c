/*
 * The journal by transactions. Writers take turns, so the events of one lie together, and
 * transactions are numbered in the order of their events.
 */
#include "domain/undo/undo_rules.h"

#include "store/db.h"

#include <string.h>

#define NAMED 3 /* events told by name */

static const struct shop_field fields[] = {
	SHOP_FIELD_ID(struct shop_history, txn, "txn", SHOP_ID_TXN, "the transaction"),
	SHOP_FIELD_TIME(struct shop_history, at, "at", "when"),
	SHOP_FIELD_TEXT(struct shop_history, actor, "actor", "who"),
	SHOP_FIELD_TEXT(struct shop_history, what, "what", "its first events"),
	SHOP_FIELD_INT(struct shop_history, count, "events", "how many there are",
		       .flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_BOOL(struct shop_history, reversible, "reversible",
			"whether undo can take it back"),
	SHOP_FIELD_TEXT(struct shop_history, reason, "reason", "why, as the actor said"),
	SHOP_FIELD_TEXT(struct shop_history, command, "command", "its idempotency key",
			.flags = SHOP_FIELD_WIDE),
	SHOP_FIELD_ID(struct shop_history, causation, "causation", SHOP_ID_EVENT,
		      "the event it reacts to", .flags = SHOP_FIELD_WIDE),
};

const struct shop_record shop_history_record =
	SHOP_RECORD("transaction", struct shop_history, fields);

void shop_history_done(struct shop_history *entry)
{
	shop_record_done(&shop_history_record, entry);
}

/* A transaction being put together from its events, the last one first. */
struct gather {
	struct shop_history entry;
	GPtrArray *first; /* "type subject", in the order read */
	bool any;	  /* something of it can be taken back */
};

static void begin(struct gather *g, const struct db_query *q)
{
	g->entry = (struct shop_history){
		.txn = db_int(q, 0),
		.at = db_int(q, 3),
		.actor = db_text_dup(q, 4),
		.reversible = 1,
		.reason = db_text_dup(q, 5),
		.command = db_text_dup(q, 6),
		.causation = db_int(q, 7) == SHOP_NULL ? 0 : db_int(q, 7),
	};
	g->any = false;
	g_ptr_array_set_size(g->first, 0);
}

/* Only the first events are named, and the first is read last. */
static void add(struct gather *g, const struct db_query *q)
{
	const struct undo_rule *rule = undo_rule_of(db_text(q, 1));

	g->entry.count++;
	g->any = g->any || rule->undo != NULL;
	if (rule->undo == NULL && !rule->follows)
		g->entry.reversible = 0;
	g_ptr_array_add(g->first, g_strconcat(db_text(q, 1), " ", db_text(q, 2), NULL));
	if (g->first->len > NAMED)
		g_ptr_array_remove_index(g->first, 0);
}

static void finish(struct gather *g)
{
	GString *what = g_string_new(NULL);
	guint i;

	for (i = g->first->len; i > 0; i--)
		g_string_append_printf(what, "%s%s", what->len > 0 ? ", " : "",
				       (const char *)g_ptr_array_index(g->first, i - 1));
	if (g->entry.count > NAMED)
		g_string_append_printf(what, " and %" G_GINT64_FORMAT " more",
				       g->entry.count - NAMED);
	g->entry.what = g_string_free(what, FALSE);
	g->entry.reversible = g->entry.reversible && g->any;
}

/* Where the list goes. */
struct listing {
	const char *actor;
	int64_t left; /* SHOP_NULL = no limit */
	shop_record_fn fn;
	void *ctx;
};

static bool give(struct gather *g, struct listing *l, struct shop_error *err)
{
	bool ok = true;

	if (g->entry.txn != 0 && (l->actor == NULL || strcmp(l->actor, g->entry.actor) == 0)) {
		finish(g);
		if (l->left != SHOP_NULL)
			l->left--;
		ok = l->fn(&g->entry, l->ctx, err);
	}
	shop_history_done(&g->entry);
	return ok;
}

static bool walk(struct db_query *q, struct listing *l, struct gather *g, struct shop_error *err)
{
	while (l->left != 0 && db_next(q)) {
		if (db_int(q, 0) != g->entry.txn) {
			if (!give(g, l, err))
				return false;
			if (l->left == 0)
				return true;
			begin(g, q);
		}
		add(g, q);
	}
	return db_done(q, err) && (l->left == 0 || give(g, l, err));
}

bool shop_history_list(struct shop_store *store, const char *actor, int64_t limit,
		       shop_record_fn fn, void *ctx, struct shop_error *err)
{
	static const char sql[] =
		"SELECT txn, type, subject, at_us, actor, reason, command, causation"
		" FROM journal ORDER BY seq DESC";
	AUTO_QUERY struct db_query q = {0};
	struct listing listing = {.actor = actor, .left = limit, .fn = fn, .ctx = ctx};
	struct gather gather = {.first = g_ptr_array_new_with_free_func(g_free)};
	bool ok = db_query(&q, store, sql, "", err) && walk(&q, &listing, &gather, err);

	g_ptr_array_unref(gather.first);
	shop_history_done(&gather.entry);
	return ok;
}

bool shop_history_last(struct shop_store *store, const char *actor, int64_t *ret_txn,
		       struct shop_error *err)
{
	static const char sql[] = "SELECT txn FROM journal WHERE actor = $1 AND actor_kind = 'user'"
				  " AND type <> 'work.claimed' ORDER BY seq DESC LIMIT 1";

	if (!db_get(store, ret_txn, sql, "t", err, actor))
		return false;
	if (*ret_txn != SHOP_NULL)
		return true;
	shop_fail(err, E_NOT_FOUND, "%s has changed nothing", actor);
	return shop_fail_fix(err, "history", NULL);
}

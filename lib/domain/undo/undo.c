/*
 * Taking a transaction back: all of it or nothing, and only when nothing later touched what it
 * changed.
 */
#include "domain/undo/undo_rules.h"

#include "store/db.h"

#include <string.h>

/* The events of the transaction, each with its payload read. */
struct undo {
	struct shop_store *store;
	int64_t txn;
	GArray *events;	 /* struct shop_event */
	GPtrArray *data; /* json_t */
};

static void clear_event(gpointer event)
{
	shop_event_done(event);
}

static void clear_data(gpointer data)
{
	json_decref(data);
}

static bool txn_at(struct shop_store *store, int64_t seq, int64_t *ret_txn, struct shop_error *err)
{
	static const char sql[] = "SELECT txn FROM journal WHERE seq = $1";

	return db_get(store, ret_txn, sql, "i", err, seq);
}

/* The first event that is not of an earlier transaction, by halving: seq is dense and txn rises
 * with it. */
static bool find_first(struct undo *u, int64_t *ret_seq, struct shop_error *err)
{
	int64_t from = 1, until, middle, txn;

	if (!shop_journal_head(u->store, &until, err))
		return false;
	for (until++; from < until;) {
		middle = from + (until - from) / 2;
		if (!txn_at(u->store, middle, &txn, err))
			return false;
		if (txn < u->txn)
			from = middle + 1;
		else
			until = middle;
	}
	*ret_seq = from;
	return true;
}

static bool load_events(struct undo *u, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];
	int64_t seq, txn = u->txn;

	if (!find_first(u, &seq, err))
		return false;
	for (;; seq++) {
		struct shop_event event = {0};

		if (!txn_at(u->store, seq, &txn, err))
			return false;
		if (txn != u->txn)
			break;
		if (!shop_event_load(u->store, seq, &event, err))
			return false;
		g_array_append_val(u->events, event);
		g_ptr_array_add(u->data, json_loads(event.payload, 0, NULL));
	}
	if (u->events->len > 0)
		return true;
	shop_fail(err, E_NOT_FOUND, "no transaction %s", shop_id_format(SHOP_ID_TXN, u->txn, id));
	return shop_fail_fix(err, "history", NULL);
}

static struct shop_event *event_at(const struct undo *u, guint i)
{
	return &g_array_index(u->events, struct shop_event, i);
}

/* The words of the command that makes an event good; NULL when there is none. */
static char **instead_of(const struct undo *u, guint i)
{
	const struct undo_rule *rule = undo_rule_of(event_at(u, i)->type);
	const json_t *data = g_ptr_array_index(u->data, i);
	char **words = rule->instead == NULL ? NULL : g_strsplit(rule->instead, " ", -1);

	for (char **word = words; word != NULL && *word != NULL; word++) {
		char *made = NULL;

		if (strcmp(*word, "SUBJECT") == 0)
			made = g_strdup(event_at(u, i)->subject);
		else if (strcmp(*word, "ORDER") == 0)
			made = g_strdup(json_string_value(json_object_get(data, "order_id")));
		else if (strcmp(*word, "-QTY") == 0)
			made = g_strdup_printf("-%.15g",
					       json_number_value(json_object_get(data, "qty")));
		if (made != NULL) {
			g_free(*word);
			*word = made;
		}
	}
	return words;
}

static void fail_final(const struct undo *u, guint i, struct shop_error *err)
{
	const struct shop_event *event = event_at(u, i);
	char id[SHOP_ID_TEXT];

	shop_fail(err, E_UNDO_FINAL, "%s cannot be taken back: %s of %s stays",
		  shop_id_format(SHOP_ID_TXN, u->txn, id), event->type, event->subject);
	shop_fail_object(err, event->subject);
}

/* Money that was paid back, a parcel that was delivered, a note that was read. */
static void say_nothing_helps(const struct undo *u, const char *type, struct shop_error *err)
{
	shop_fail_because(
		err, "no command makes it good: what it tells of has left the shop or was read");
	shop_fail_fix(err, "explain", type != NULL ? type : event_at(u, 0)->type, NULL);
}

/* All commands that make it good stand behind "because"; the first is the one to try. */
static bool refuse_final(const struct undo *u, struct shop_error *err)
{
	GString *all = g_string_new(NULL);
	const char *type = NULL;

	for (guint i = 0; i < u->events->len; i++) {
		const struct undo_rule *rule = undo_rule_of(event_at(u, i)->type);
		char **words = instead_of(u, i);
		char *line = words == NULL ? NULL : g_strjoinv(" ", words);

		if (type == NULL && rule->undo == NULL && !rule->follows) {
			type = event_at(u, i)->type;
			fail_final(u, i, err);
		}
		if (line != NULL && strstr(all->str, line) == NULL)
			g_string_append_printf(all, "%sshopctl %s", all->len > 0 ? "; " : "", line);
		if (words != NULL && err->fix == NULL && type != NULL)
			err->fix = g_steal_pointer(&words);
		g_free(line);
		g_strfreev(words);
	}
	/* Nothing but what follows by itself. */
	if (type == NULL)
		fail_final(u, 0, err);
	if (all->len > 0)
		shop_fail_because(err, "what makes it good: %s", all->str);
	else
		say_nothing_helps(u, type, err);
	g_string_free(all, TRUE);
	return false;
}

static bool check_reversible(const struct undo *u, struct shop_error *err)
{
	bool any = false;

	for (guint i = 0; i < u->events->len; i++) {
		const struct undo_rule *rule = undo_rule_of(event_at(u, i)->type);

		if (rule->undo == NULL && !rule->follows)
			return refuse_final(u, err);
		any = any || rule->undo != NULL;
	}
	return any || refuse_final(u, err);
}

static bool touches(const char *beginnings, const char *type)
{
	char **list = g_strsplit(beginnings == NULL ? "" : beginnings, " ", -1);
	bool found = false;

	for (char **one = list; *one != NULL && !found; one++)
		found = **one != '\0' && g_str_has_prefix(type, *one) &&
			!g_str_has_suffix(type, ".noted") &&
			strcmp(type, "order.status_changed") != 0;
	g_strfreev(list);
	return found;
}

/* What later transactions did to an event's subject: "MUG-01 price.changed by txn-503". */
static bool list_later(const struct undo *u, guint i, GString *list, struct shop_error *err)
{
	static const char sql[] =
		"SELECT type, txn FROM journal WHERE subject = $1 AND number > $2 ORDER BY number";
	const struct shop_event *event = event_at(u, i);
	const struct undo_rule *rule = undo_rule_of(event->type);
	AUTO_QUERY struct db_query q = {0};
	char id[SHOP_ID_TEXT];

	if (!db_query(&q, u->store, sql, "ti", err, event->subject, event->number))
		return false;
	while (db_next(&q)) {
		char *line;

		if (db_int(&q, 1) == u->txn || !touches(rule->touch, db_text(&q, 0)))
			continue;
		line = g_strdup_printf("%s %s by %s", event->subject, db_text(&q, 0),
				       shop_id_format(SHOP_ID_TXN, db_int(&q, 1), id));
		if (strstr(list->str, line) == NULL)
			g_string_append_printf(list, "%s%s", list->len > 0 ? ", " : "", line);
		g_free(line);
	}
	return db_done(&q, err);
}

static bool check_untouched(const struct undo *u, struct shop_error *err)
{
	GString *list = g_string_new(NULL);
	char id[SHOP_ID_TEXT];
	bool ok = true;

	for (guint i = 0; ok && i < u->events->len; i++)
		ok = list_later(u, i, list, err);
	if (ok && list->len > 0) {
		shop_fail(err, E_UNDO_TOUCHED,
			  "%s cannot be taken back: its objects were touched since",
			  shop_id_format(SHOP_ID_TXN, u->txn, id));
		shop_fail_object(err, event_at(u, 0)->subject);
		shop_fail_because(err, "%s", list->str);
		ok = shop_fail_fix(err, "event", "list", "--subject", event_at(u, 0)->subject,
				   NULL);
	}
	g_string_free(list, TRUE);
	return ok;
}

static bool compensate(const struct undo *u, struct shop_error *err)
{
	for (guint i = u->events->len; i > 0; i--) {
		const struct undo_rule *rule = undo_rule_of(event_at(u, i - 1)->type);

		if (rule->undo != NULL && !rule->undo(u->store, event_at(u, i - 1),
						      g_ptr_array_index(u->data, i - 1), err))
			return false;
	}
	return true;
}

/* The journal says whose chain it belongs to, which event it answers, and what is undone. */
static bool compensate_as(const struct undo *u, struct shop_error *err)
{
	const struct shop_context *ctx = shop_store_context(u->store);
	const struct shop_event *last = event_at(u, u->events->len - 1);
	const char *given = ctx->reason;
	char id[SHOP_ID_TEXT];
	char *reason = g_strdup_printf("undo of %s", shop_id_format(SHOP_ID_TXN, u->txn, id));
	bool ok;

	shop_store_cause(u->store, ctx->actor, last->correlation, last->seq);
	if (given == NULL)
		shop_store_reason(u->store, reason);
	ok = compensate(u, err);
	shop_store_reason(u->store, given);
	g_free(reason);
	return ok;
}

static void tell(const struct undo *u, struct shop_history *ret_undone)
{
	const struct shop_event *first = event_at(u, 0);

	*ret_undone = (struct shop_history){
		.txn = u->txn,
		.at = first->at_us,
		.actor = g_strdup(first->actor),
		.what = g_strdup_printf("%s %s%s", first->type, first->subject,
					u->events->len > 1 ? " …" : ""),
		.count = u->events->len,
		.reversible = 1,
		.reason = g_strdup(first->reason),
		.command = g_strdup(first->command),
		.causation = first->causation == SHOP_NULL ? 0 : first->causation,
	};
}

bool shop_undo(struct shop_store *store, int64_t txn, struct shop_history *ret_undone,
	       struct shop_error *err)
{
	AUTO_TXN struct shop_txn step = {0};
	struct undo u = {
		.store = store,
		.txn = txn,
		.events = g_array_new(FALSE, TRUE, sizeof(struct shop_event)),
		.data = g_ptr_array_new_with_free_func(clear_data),
	};
	bool ok;

	g_array_set_clear_func(u.events, clear_event);
	ok = shop_txn_begin(&step, store, err) && load_events(&u, err) &&
	     check_reversible(&u, err) && check_untouched(&u, err) && compensate_as(&u, err) &&
	     shop_txn_commit(&step, err);
	if (ok)
		tell(&u, ret_undone);
	g_array_unref(u.events);
	g_ptr_array_unref(u.data);
	return ok || shop_fail_while(err, "undoing");
}

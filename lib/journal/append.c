/* Writing events: one row each, in the transaction of the change they tell of. */
#include "journal/chain.h"
#include "store/store_internal.h"

#include <assert.h>
#include <string.h>

#define PAYLOAD_SCHEMA 1

void shop_event_begin_text(struct shop_event_draft *e, const char *type, const char *subject)
{
	*e = (struct shop_event_draft){ .type = type, .json = { .to = g_string_sized_new(256) } };
	g_strlcpy(e->subject, subject, sizeof(e->subject));
	shop_json_object(&e->json, NULL);
}

void shop_event_begin(struct shop_event_draft *e, const char *type, enum shop_id_type subject_type, int64_t id)
{
	char subject[SHOP_ID_TEXT];

	shop_event_begin_text(e, type, shop_id_format(subject_type, id, subject));
}

void shop_event_discard(struct shop_event_draft *e)
{
	if (e->json.to != NULL)
		g_string_free(e->json.to, TRUE);
	*e = (struct shop_event_draft){ 0 };
}

/* Where the chain stands: seq 0 and zeros before the first event. */
static bool load_head(struct shop_store *store, int64_t *ret_seq, uint8_t ret_hash[CHAIN_HASH],
		      struct shop_error *err)
{
	static const char sql[] = "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1";
	AUTO_QUERY struct db_query q = { 0 };

	if (store->head.known) {
		*ret_seq = store->head.seq;
		memcpy(ret_hash, store->head.hash, CHAIN_HASH);
		return true;
	}
	*ret_seq = 0;
	memset(ret_hash, 0, CHAIN_HASH);
	if (!db_query(&q, store, sql, "", err))
		return false;
	if (db_next(&q)) {
		size_t size;
		const void *hash = db_blob(&q, 1, &size);

		*ret_seq = db_int(&q, 0);
		if (size == CHAIN_HASH)
			memcpy(ret_hash, hash, CHAIN_HASH);
	}
	return db_done(&q, err);
}

static void remember_head(struct shop_store *store, int64_t seq, const uint8_t hash[CHAIN_HASH])
{
	G_STATIC_ASSERT(CHAIN_HASH == STORE_HASH);
	store->head.known = true;
	store->head.seq = seq;
	memcpy(store->head.hash, hash, CHAIN_HASH);
}

static bool next_number(struct shop_store *store, const char *subject, int64_t *ret_number, struct shop_error *err)
{
	static const char sql[] = "SELECT max(number) FROM journal WHERE subject = $1";
	int64_t last;

	if (!db_get(store, &last, sql, "t", err, subject))
		return false;
	*ret_number = last == SHOP_NULL ? 1 : last + 1;
	return true;
}

static bool insert(struct shop_store *store, const struct shop_event *e, const uint8_t hash[CHAIN_HASH],
		   struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO journal (seq, type, subject, number, at_us, actor, actor_kind, txn, command, correlation,"
		" causation, schema, reason, payload, hash)"
		" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";

	return db_run(store, sql, "ittiittitidittb", err, e->seq, e->type, e->subject, e->number, e->at_us, e->actor,
		      e->actor_kind, e->txn, e->command, e->correlation, e->causation, e->schema, e->reason,
		      e->payload, hash, (size_t)CHAIN_HASH);
}

/* The row's columns are borrowed from the draft and the transaction's context, so nothing is freed. */
static struct shop_event row_of(const struct shop_event_draft *e, const struct shop_context *ctx, int64_t txn)
{
	union {
		const char *from;
		char *to;
	} type = { e->type }, subject = { e->subject }, actor = { ctx->actor }, command = { ctx->command },
	  reason = { ctx->reason }, kind = { ctx->actor_kind == NULL ? "user" : ctx->actor_kind };

	return (struct shop_event){
		.type = type.to, .subject = subject.to, .at_us = ctx->now_us, .actor = actor.to,
		.actor_kind = kind.to, .txn = txn, .command = command.to, .correlation = ctx->correlation,
		.causation = ctx->causation, .schema = PAYLOAD_SCHEMA, .reason = reason.to, .payload = e->json.to->str,
	};
}

bool shop_event_append(struct shop_store *store, struct shop_event_draft *e, struct shop_error *err)
{
	int64_t txn = store_txn_id(store, err); /* first: it settles the context's correlation */
	uint8_t before[CHAIN_HASH];
	uint8_t hash[CHAIN_HASH];
	struct shop_event row;

	if (txn == 0)
		return false;
	shop_json_end(&e->json);
	assert(e->json.depth == 0);
	row = row_of(e, shop_store_context(store), txn);
	if (!load_head(store, &row.seq, before, err) || !next_number(store, row.subject, &row.number, err))
		return false;
	row.seq++;
	chain_hash(before, &row, hash);
	if (!insert(store, &row, hash, err))
		return false;
	remember_head(store, row.seq, hash);
	shop_event_discard(e);
	return true;
}

/*
 * The index's file: its tables, how far it is, whose it is, and what stands in for it where it
 * cannot be used. Who may not write it asks it for what has not changed since and reads the rest
 * from the store; where there is none at all, everything is read from the store.
 */
#include "search/search_private.h"

#include "shop/text.h"

#include <string.h>

#define NO_LIMIT INT64_MAX

/*
 * A token list without positions, kept by the numbers of rows alone: whoever is found is asked by
 * its texts, which stand in `doc`, where also the tokens are taken from that a change has to
 * remove. The tokens come as the program made them (search_words.c): the tokenizer has only to part
 * them at blanks.
 */
static const char *const schema[] = {
	"CREATE TABLE state (uuid TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, "
	"hash TEXT NOT NULL,"
	" kind INTEGER NOT NULL, after INTEGER NOT NULL) STRICT",
	"CREATE TABLE doc (number INTEGER PRIMARY KEY, title TEXT, text TEXT, codes TEXT) STRICT",
	"CREATE VIRTUAL TABLE word USING fts5 (tokens, content = '', columnsize = 0, detail = none,"
	" tokenize = \"ascii tokenchars '_^'\")",
	"INSERT INTO word (word, rank) VALUES ('hashsize', 8388608)",
	NULL,
};

const struct db_side_format search_format = {.suffix = "-search", .version = 1, .schema = schema};

void search_state_done(struct search_state *state)
{
	g_free(state->hash);
	memset(state, 0, sizeof(*state));
}

bool search_state_load(struct shop_store *side, struct search_state *ret_state,
		       struct shop_error *err)
{
	static const char sql[] = "SELECT uuid, epoch, seq, hash, kind, after FROM state";
	AUTO_QUERY struct db_query q = {0};
	struct search_state state = {0};

	if (!db_query(&q, side, sql, NULL, err))
		return false;
	if (db_next(&q)) {
		g_strlcpy(state.uuid, db_text(&q, 0), sizeof(state.uuid));
		state.epoch = db_int(&q, 1);
		state.seq = db_int(&q, 2);
		state.hash = db_text_dup(&q, 3);
		state.kind = db_int(&q, 4);
		state.after = db_int(&q, 5);
	}
	*ret_state = state;
	if (db_done(&q, err))
		return true;
	search_state_done(ret_state);
	return false;
}

/* The hash of one event in hex; "" when there is no such event. */
static bool event_hash(struct shop_store *store, int64_t seq, char **ret_hash,
		       struct shop_error *err)
{
	static const char sql[] = "SELECT {lite|hex(hash)}{pg|upper(encode(hash, 'hex'))} FROM "
				  "journal WHERE seq = $1";
	char *hash = NULL;

	if (!db_get_text(store, &hash, sql, "i", err, seq))
		return false;
	*ret_hash = hash == NULL ? g_strdup("") : hash;
	return true;
}

bool search_state_of_store(struct shop_store *store, struct search_state *ret_state,
			   struct shop_error *err)
{
	static const char sql_uuid[] = "SELECT value FROM meta WHERE key = 'uuid'";
	static const char sql_epoch[] = "SELECT CAST(value AS {i64}) FROM meta WHERE key = 'epoch'";
	static const char sql_head[] = "SELECT COALESCE(max(seq), 0) FROM journal";
	struct search_state state = {0};
	char *uuid = NULL;

	if (!db_get_text(store, &uuid, sql_uuid, NULL, err) ||
	    !db_get(store, &state.epoch, sql_epoch, NULL, err) ||
	    !db_get(store, &state.seq, sql_head, NULL, err) ||
	    !event_hash(store, state.seq, &state.hash, err)) {
		g_free(uuid);
		return false;
	}
	g_strlcpy(state.uuid, uuid == NULL ? "" : uuid, sizeof(state.uuid));
	g_free(uuid);
	*ret_state = state;
	return true;
}

/* A copy put in the store's place has other events behind the same number, or has not come as far.
 */
bool search_state_fits(struct shop_store *store, const struct search_state *state,
		       const struct search_state *now, bool *ret_fits, struct shop_error *err)
{
	AUTO_TEXT char *hash = NULL;

	*ret_fits = false;
	if (strcmp(state->uuid, now->uuid) != 0 || state->epoch != now->epoch ||
	    state->seq > now->seq)
		return true;
	if (!event_hash(store, state->seq, &hash, err))
		return false;
	*ret_fits = g_strcmp0(hash, state->hash) == 0;
	return true;
}

bool search_says_damaged(const struct shop_error *err)
{
	return err->id == E_STORE_DAMAGED || err->id == E_STORE_NOT_SHOP || err->id == E_INTERNAL;
}

/* Whether there is nothing new, found without a lock. */
static bool is_current(struct shop_store *store, struct shop_store *side, int64_t *ret_known,
		       bool *ret_current, struct shop_error *err)
{
	AUTO_STATE struct search_state state = {0};
	AUTO_STATE struct search_state now = {0};

	/* First the file, then the store: so the file is not ahead of what is seen of the store. */
	if (!search_state_load(side, &state, err) || !search_state_of_store(store, &now, err))
		return false;
	*ret_known = state.seq;
	*ret_current = state.kind == SEARCH_KINDS && strcmp(state.uuid, now.uuid) == 0 &&
		       state.epoch == now.epoch && state.seq == now.seq &&
		       g_strcmp0(state.hash, now.hash) == 0;
	return true;
}

static bool bring_up(struct shop_store *store, struct shop_store *side, int64_t budget_us,
		     const struct shop_search_progress *progress, bool *ret_whole,
		     struct shop_error *err)
{
	int64_t known = 0;

	if (!is_current(store, side, &known, ret_whole, err))
		return false;
	return *ret_whole || search_fill(store, side, known, budget_us, progress, ret_whole, err);
}

/* What is damaged is emptied and made anew, once. */
static bool bring_up_or_renew(struct shop_store *store, struct shop_store *side, int64_t budget_us,
			      const struct shop_search_progress *progress, bool *ret_whole,
			      struct shop_error *err)
{
	if (bring_up(store, side, budget_us, progress, ret_whole, err))
		return true;
	if (!search_says_damaged(err))
		return false;
	shop_error_done(err);
	return db_side_reset(side, &search_format, err) &&
	       bring_up(store, side, budget_us, progress, ret_whole, err);
}

/* Changed rows are asked of the store, whatever the file says of them. */
static bool open_as_it_is(struct search_index *index, struct shop_error *err)
{
	AUTO_STATE struct search_state state = {0};
	AUTO_STATE struct search_state now = {0};
	bool fits = false;

	if (!db_side_open(index->store, &search_format, DB_SIDE_READ, &index->side, err) ||
	    !search_state_load(index->side, &state, err) ||
	    !search_state_of_store(index->store, &now, err) ||
	    !search_state_fits(index->store, &state, &now, &fits, err))
		return false;
	if (fits && state.kind == SEARCH_KINDS)
		return search_changed_rows(index->store, state.seq, &index->stale, err);
	shop_store_close(&index->side);
	return true;
}

/* Nothing but a failure of the store itself, which comes again, keeps a search from its result. */
void search_index_read(struct shop_store *store, struct search_index *ret_index)
{
	AUTO_ERROR struct shop_error failed = {0};

	*ret_index = (struct search_index){.store = store};
	if (!open_as_it_is(ret_index, &failed))
		shop_store_close(&ret_index->side);
}

void search_index_open(struct shop_store *store, const struct shop_search_progress *progress,
		       struct search_index *ret_index)
{
	struct search_index index = {.store = store};
	AUTO_ERROR struct shop_error failed = {0};
	bool whole = false;

	if (db_is_writing(store)) {
		search_index_read(store, &index);
	} else if (!db_side_open(store, &search_format, DB_SIDE_WRITE, &index.side, &failed) ||
		   !bring_up_or_renew(store, index.side, NO_LIMIT, progress, &whole, &failed)) {
		shop_store_close(&index.side);
		search_index_read(store, &index);
		index.notice = g_strdup(failed.message);
	}
	*ret_index = index;
}

void search_index_close(struct search_index *index)
{
	shop_store_close(&index->side);
	if (index->stale != NULL)
		g_hash_table_unref(index->stale);
	g_free(index->notice);
	memset(index, 0, sizeof(*index));
}

void search_tell_notice(struct search_index *index, const struct shop_search *in)
{
	if (index->notice == NULL || in->ret_notice == NULL || *in->ret_notice != NULL)
		return;
	*in->ret_notice =
		g_strdup_printf("the search index cannot be %s (%s)%s",
				index->side == NULL ? "used" : "brought up to date", index->notice,
				index->side == NULL ? ": every object was read instead" : "");
}

bool search_renew(struct shop_store *store, struct shop_error *err)
{
	AUTO_STORE struct shop_store *side = NULL;
	AUTO_ERROR struct shop_error failed = {0};

	if (!search_says_damaged(err) || db_is_writing(store) ||
	    !db_side_open(store, &search_format, DB_SIDE_WRITE, &side, &failed) ||
	    !db_side_reset(side, &search_format, &failed))
		return false;
	shop_error_done(err);
	return true;
}

static bool refresh(struct shop_store *store, void *arg, struct shop_error *err)
{
	const int64_t *budget_us = arg;
	AUTO_STORE struct shop_store *side = NULL;
	bool whole;

	return db_side_open(store, &search_format, DB_SIDE_WRITE, &side, err) &&
	       bring_up_or_renew(store, side, *budget_us, NULL, &whole, err);
}

bool shop_search_refresh(struct shop_store *store, int64_t budget_us, struct shop_error *err)
{
	AUTO_STORE struct shop_store *side = NULL;
	AUTO_ERROR struct shop_error missing = {0};

	/* Where nobody has searched yet there is nothing to keep. */
	if (!db_side_open(store, &search_format, DB_SIDE_PEEK, &side, &missing) &&
	    missing.id == E_STORE_MISSING)
		return true;
	shop_store_close(&side);
	return shop_store_read(store, refresh, &budget_us, err);
}

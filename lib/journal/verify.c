/* Proving the journal: dense, chained, and without a gap in any subject's numbers. */
#include "journal/chain.h"
#include "shop/text.h"
#include "store/db.h"

#include <sodium.h>
#include <string.h>

struct walk {
	int64_t seq; /* the last one seen */
	uint8_t hash[CHAIN_HASH];
	struct shop_journal_verdict *verdict;
};

static bool bytes_of(const char *hex, uint8_t ret_hash[CHAIN_HASH])
{
	size_t size = 0;

	return hex != NULL &&
	       sodium_hex2bin(ret_hash, CHAIN_HASH, hex, strlen(hex), NULL, &size, NULL) == 0 && size == CHAIN_HASH;
}

/* Note the first fault and stop the walk. */
static bool found(struct walk *walk, int64_t seq, const char *problem)
{
	walk->verdict->broken_seq = seq;
	walk->verdict->problem = g_strdup(problem);
	return false;
}

/* false without an error ends the list early. */
static bool step(const void *record, void *ctx, struct shop_error *err)
{
	const struct shop_event *event = record;
	struct walk *walk = ctx;
	struct shop_event row = *event;
	uint8_t expected[CHAIN_HASH];
	uint8_t stored[CHAIN_HASH];

	(void)err;
	if (event->seq != walk->seq + 1)
		return found(walk, event->seq, "the events before it are missing");
	if (!bytes_of(event->hash, stored))
		return found(walk, event->seq, "it has no hash");
	chain_hash(walk->hash, &row, expected);
	if (memcmp(expected, stored, CHAIN_HASH) != 0)
		return found(walk, event->seq, "its hash does not follow from its content and the event before");
	walk->seq = event->seq;
	memcpy(walk->hash, stored, CHAIN_HASH);
	walk->verdict->events++;
	return true;
}

static bool begin_at(struct shop_store *store, int64_t since_seq, struct walk *walk, struct shop_error *err)
{
	AUTO_EVENT_ROW struct shop_event before = { 0 };

	if (since_seq <= 1)
		return true;
	if (!shop_event_load(store, since_seq - 1, &before, err))
		return false;
	walk->seq = before.seq;
	if (!bytes_of(before.hash, walk->hash))
		memset(walk->hash, 0, CHAIN_HASH);
	return true;
}

static bool check_numbers(struct shop_store *store, struct shop_journal_verdict *verdict, struct shop_error *err)
{
	static const char sql[] = "SELECT subject, max(number) FROM journal GROUP BY subject"
				  " HAVING min(number) <> 1 OR max(number) <> count(*) LIMIT 1";
	static const char last[] = "SELECT max(seq) FROM journal WHERE subject = $1";
	AUTO_TEXT char *subject = NULL;

	if (!db_get_text(store, &subject, sql, "", err))
		return false;
	if (subject == NULL)
		return true;
	verdict->problem = g_strdup_printf("the events of %s are not numbered without a gap", subject);
	return db_get(store, &verdict->broken_seq, last, "t", err, subject);
}

bool shop_journal_verify(struct shop_store *store, int64_t since_seq, struct shop_journal_verdict *ret_verdict,
			 struct shop_error *err)
{
	struct shop_journal_verdict verdict = { 0 };
	struct walk walk = { .verdict = &verdict };
	struct shop_event_filter filter = { 0 };

	if (!begin_at(store, since_seq, &walk, err))
		return false;
	filter.after_seq = walk.seq;
	if (!shop_event_list(store, &filter, step, &walk, err) && verdict.broken_seq == 0)
		return false;
	if (verdict.broken_seq == 0 && !check_numbers(store, &verdict, err))
		return false;
	*ret_verdict = verdict;
	return true;
}

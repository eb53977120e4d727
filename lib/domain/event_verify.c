/*
 * What `event verify` proves.
 */
#include "shop/timeline.h"

#include "shop/journal.h"
#include "shop/text.h"

static const struct shop_field fields[] = {
	SHOP_FIELD_INT(struct shop_event_verdict, events, "events", "events checked"),
	SHOP_FIELD_ID(struct shop_event_verdict, since, "since", SHOP_ID_EVENT,
		      "the first of them"),
	SHOP_FIELD_ID(struct shop_event_verdict, head, "head", SHOP_ID_EVENT, "the journal's last"),
};

const struct shop_record shop_event_verdict_record =
	SHOP_RECORD("verdict", struct shop_event_verdict, fields);

static bool broken(const struct shop_journal_verdict *verdict, struct shop_error *err)
{
	char id[SHOP_ID_TEXT];

	shop_id_format(SHOP_ID_EVENT, verdict->broken_seq, id);
	shop_fail(err, E_JOURNAL_BROKEN, "the journal is broken at %s", id);
	shop_fail_because(err, "%s", verdict->problem);
	shop_fail_object(err, id);
	return shop_fail_fix(err, "event", "show", id, NULL);
}

static bool check_chain(struct shop_store *store, struct shop_event_verdict *verdict,
			struct shop_error *err)
{
	struct shop_journal_verdict chain = {0};
	AUTO_TEXT char *problem = NULL;

	if (!shop_journal_verify(store, verdict->since, &chain, err))
		return false;
	problem = chain.problem;
	verdict->events = chain.events;
	return chain.broken_seq == 0 || broken(&chain, err);
}

bool shop_event_verify(struct shop_store *store, int64_t since_seq,
		       struct shop_event_verdict *ret_verdict, struct shop_error *err)
{
	struct shop_event_verdict verdict = {.since = since_seq < 1 ? 1 : since_seq};

	if (!shop_journal_head(store, &verdict.head, err) || !check_chain(store, &verdict, err))
		return false;
	*ret_verdict = verdict;
	return true;
}

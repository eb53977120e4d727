/*
 * The journal: what happened, in order, for ever. Every change appends its events in its own transaction
 * (ARCHITECTURE.md §5); the rows are hash-chained and numbered per subject. It is the audit trail, the
 * timeline of each object, and the feed of every consumer.
 *
 *	AUTO_EVENT struct shop_event_draft e;
 *	shop_event_begin(&e, "order.canceled", SHOP_ID_ORDER, order->id);
 *	shop_json_text(&e.json, "reason", in->reason);
 *	shop_event_append(store, &e, err);
 *
 * Actor, time, reason, transaction, correlation and causation come from the transaction's context.
 */
#ifndef SHOP_JOURNAL_H
#define SHOP_JOURNAL_H

#include "shop/json.h"
#include "shop/record.h"
#include "shop/store.h"

#define SHOP_HASH_TEXT 65

/* An event being written: fill `json` with the payload's members, then append. */
struct shop_event_draft {
	const char *type;
	char subject[SHOP_SKU_MAX + 1]; /* "ord-1042"; a SKU for inventory and product events */
	struct shop_json json;
};

#define AUTO_EVENT SHOP_CLEANUP(shop_event_discard)

/* One event as read. */
struct shop_event {
	int64_t seq; /* dense over the store; its id is evt-SEQ */
	char *type;
	char *subject;
	int64_t number; /* dense per subject, from 1 */
	int64_t at_us;
	char *actor;
	char *actor_kind;
	int64_t txn;
	char *command;
	int64_t correlation;
	int64_t causation; /* seq, 0 = none */
	int64_t schema;
	char *reason;
	char *payload; /* JSON object */
	char *hash;    /* of this row and the one before, hex */
};

extern const struct shop_record shop_event_record;

#define AUTO_EVENT_ROW SHOP_CLEANUP(shop_event_done)

/** Free what an event owns and zero it. */
void shop_event_done(struct shop_event *event);

/** Begin an event about `prefix-id`. Its payload object is open. */
void shop_event_begin(struct shop_event_draft *e, const char *type, enum shop_id_type subject_type, int64_t id);

/** Begin an event whose subject is a text: a SKU. */
void shop_event_begin_text(struct shop_event_draft *e, const char *type, const char *subject);

/** Append it in the running transaction; closes the payload and empties the draft. */
bool shop_event_append(struct shop_store *store, struct shop_event_draft *e, struct shop_error *err) SHOP_CHECKED;

/** Free a draft that was not appended. No-op on an appended one. */
void shop_event_discard(struct shop_event_draft *e);

/* Which events to list; zeroed = all. */
struct shop_event_filter {
	const char *subject;  /* NULL = any */
	const char *type;     /* exact, or with a trailing * ("order.*"); NULL = any */
	int64_t after_seq;    /* only later ones */
	int64_t since_us;     /* SHOP_NULL or 0 = any time */
	int64_t txn;          /* 0 = any */
	int64_t correlation;  /* 0 = any */
	int64_t limit;        /* 0 = no limit */
	bool newest_first;
};

/** List events in order, each given to fn as a struct shop_event. */
bool shop_event_list(struct shop_store *store, const struct shop_event_filter *filter, shop_record_fn fn, void *ctx,
                     struct shop_error *err) SHOP_CHECKED;

/** One event by its seq. Fails with E_NOT_FOUND. */
bool shop_event_load(struct shop_store *store, int64_t seq, struct shop_event *ret_event, struct shop_error *err) SHOP_CHECKED;

/** The seq of the last event, 0 when there is none. */
bool shop_journal_head(struct shop_store *store, int64_t *ret_seq, struct shop_error *err) SHOP_CHECKED;

/** The payload as people read it: `qty 3, unit_cost 5.10 EUR, lines 2`. A new string. */
char *shop_event_summary(const struct shop_event *event);

/* A type of event; the catalogue lists every type that is ever appended. */
struct shop_event_type {
	const char *type;    /* noun.verb, past tense */
	const char *subject; /* what it is about: order, SKU, … */
	const char *data;    /* the payload's members */
	const char *meaning;
};

/** The catalogue in the order of the types, ended by a NULL type. */
const struct shop_event_type *shop_event_types(void);

/* What verify found. */
struct shop_journal_verdict {
	int64_t events;      /* rows checked */
	int64_t broken_seq;  /* first bad row, 0 = none */
	char *problem;       /* what is wrong there, or NULL (g_free) */
};

/** Check that seq is dense, subject numbers have no gap, and each hash follows from the one before. */
bool shop_journal_verify(struct shop_store *store, int64_t since_seq, struct shop_journal_verdict *ret_verdict,
                         struct shop_error *err) SHOP_CHECKED;

#endif

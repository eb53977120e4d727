/*
 * The story of one object: its own events and those of what belongs to it. An order's has its
 *payments, shipments, backorders, the cart it came from and the purchases its backorders wait for.
 *
 *	shop_timeline(store, SHOP_ID_ORDER, 1000, NULL, print, out, err);
 */
#ifndef SHOP_TIMELINE_H
#define SHOP_TIMELINE_H

#include "shop/record.h"
#include "shop/store.h"

/* One line of a story. */
struct shop_story_line {
	int64_t seq;
	int64_t at_us;
	char *event; /* its type */
	char *subject;
	char *actor;
	char *what; /* the data as people read it */
	char *reason;
	char *data; /* JSON object */
};

extern const struct shop_record shop_story_record;

/**
 * The story of an object in the order it happened.
 *
 * sku            the object when type is SHOP_ID_PRODUCT, else NULL
 * fn             gets each line as a struct shop_story_line
 * Fails with     E_NOT_FOUND
 */
bool shop_timeline(struct shop_store *store, enum shop_id_type type, int64_t id, const char *sku,
		   shop_record_fn fn, void *ctx, struct shop_error *err) SHOP_CHECKED;

/** Only the last `limit` events of its story; *ret_count says how many there are in all. */
bool shop_timeline_last(struct shop_store *store, enum shop_id_type type, int64_t id, const char *sku, int64_t limit,
			shop_record_fn fn, void *ctx, int64_t *ret_count,
			struct shop_error *err) SHOP_CHECKED;

/**
 * Keep a note with an object: <noun>.noted. The object itself does not change.
 *
 * text           1 to SHOP_NOTE_MAX code points, several lines allowed
 * ret_line       the note's event as a line of the story (shop_record_done)
 * Fails with     E_NOT_FOUND, E_TEXT, E_CARD_NUMBER
 */
bool shop_note_add(struct shop_store *store, enum shop_id_type type, int64_t id, const char *sku,
		   const char *text, struct shop_story_line *ret_line,
		   struct shop_error *err) SHOP_CHECKED;

/* What event verify found. */
struct shop_event_verdict {
	int64_t events; /* checked */
	int64_t since;	/* the first of them */
	int64_t head;	/* the journal's last */
};

extern const struct shop_record shop_event_verdict_record;

/**
 * Prove the journal: no gap, chained, and what it tells is what the store holds.
 *
 * since_seq      check the chain from here on; 0 = all
 * Fails with     E_JOURNAL_BROKEN naming the first event that is wrong
 */
bool shop_event_verify(struct shop_store *store, int64_t since_seq,
		       struct shop_event_verdict *ret_verdict, struct shop_error *err) SHOP_CHECKED;

#endif

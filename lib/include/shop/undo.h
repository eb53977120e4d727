/*
 * What was done, transaction by transaction, and taking one back: the command that compensates each of its events,
 * latest first, as a transaction of its own that names what it undoes.
 *
 *	AUTO_HISTORY struct shop_history undone = { 0 };
 *	shop_undo(store, 501, &undone, err);
 */
#ifndef SHOP_UNDO_H
#define SHOP_UNDO_H

#include "shop/record.h"
#include "shop/store.h"

/* One transaction as the journal tells of it. */
struct shop_history {
	int64_t txn;
	int64_t at;
	char *actor;
	char *what;   /* "price.changed MUG-01, product.updated MUG-01 and 3 more" */
	int64_t count; /* events */
	int64_t reversible;
	char *reason;
	char *command; /* idempotency key */
	int64_t causation; /* seq of the event it reacts to, 0 = none */
};

extern const struct shop_record shop_history_record;

#define AUTO_HISTORY SHOP_CLEANUP(shop_history_done)

/** Free what an entry owns and zero it. */
void shop_history_done(struct shop_history *entry);

/** List transactions, the latest first, each given to fn as a struct shop_history. actor NULL = anybody's. */
bool shop_history_list(struct shop_store *store, const char *actor, int64_t limit, shop_record_fn fn, void *ctx,
		       struct shop_error *err) SHOP_CHECKED;

/** The number of an actor's last transaction; claims of work, which run out, are passed over. Fails with E_NOT_FOUND. */
bool shop_history_last(struct shop_store *store, const char *actor, int64_t *ret_txn,
		       struct shop_error *err) SHOP_CHECKED;

/**
 * Take a transaction back. Runs inside a shop_store_write; without a reason of its own the journal says which
 * transaction is undone, and its events name it as their cause.
 *
 * ret_undone     what was undone, the caller's
 * Fails with     E_UNDO_FINAL (an event of it cannot be taken back: names the commands that make it good),
 *                E_UNDO_TOUCHED (something later touched its objects: lists them), E_NOT_FOUND, and what the
 *                compensating commands fail with
 */
bool shop_undo(struct shop_store *store, int64_t txn, struct shop_history *ret_undone,
	       struct shop_error *err) SHOP_CHECKED;

#endif

/*
 * A reader's place in the journal, kept in the store under a name: a consumer of one's own.
 *
 *	AUTO_TAIL struct shop_tail tail = { .lock_fd = -1 };
 *	shop_tail_open(store, directory, "crm", &tail, err);
 *	… hand on the events after tail.cursor, one by one …
 *	shop_tail_move(&tail, &ctx, event.seq, err);
 *
 * The place is moved after an event was handed on, so a reader killed in between gets that event
 * again, and never misses one. One reader at a time has a name.
 */
#ifndef SHOP_TAIL_H
#define SHOP_TAIL_H

#include "shop/store.h"

struct shop_tail {
	struct shop_store *store;
	char *name;	/* "tail:crm", as `worker --status` lists it */
	int64_t cursor; /* seq of the last event handed on; 0 = none */
	int lock_fd;	/* -1 = not open */
};

#define AUTO_TAIL SHOP_CLEANUP(shop_tail_close)

/**
 * Take a name and read its place; a new name stands before the first event.
 *
 * directory      where lock files tell who lives; it is made when missing
 * Fails with     E_TAIL_RUNNING (another reader has the name), E_VALUE (a name no file can have),
 * E_IO
 */
bool shop_tail_open(struct shop_store *store, const char *directory, const char *name,
		    struct shop_tail *ret_tail, struct shop_error *err) SHOP_CHECKED;

/** Move the place to this event, durably, in a transaction of its own. */
bool shop_tail_move(struct shop_tail *tail, const struct shop_context *ctx, int64_t seq,
		    struct shop_error *err) SHOP_CHECKED;

/** Give the name back. No-op on one that is not open. */
void shop_tail_close(struct shop_tail *tail);

#endif

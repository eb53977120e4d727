/*
 * The work queue: everything that waits for a person, the most pressing first, each with the
 *command that does it.
 *
 *	shop_next_list(store, now_us, 20, NULL, print_row, out, err);
 *
 * Money comes first (answers that are missing, orders to pay, captures that failed), then goods
 *(late orders, then parcels by their age), supply, jobs that were given up, and orders on hold.
 *`status` counts from the same table. A piece of work can be claimed for a while, so that several
 * people share one queue.
 */
#ifndef SHOP_NEXT_H
#define SHOP_NEXT_H

#include "shop/record.h"
#include "shop/store.h"

/* One piece of work. */
struct shop_work {
	int64_t rank;  /* its place in the queue, from 1 */
	char *kind;    /* payment_unknown, order_late, … */
	char *object;  /* an id or a SKU */
	char *what;    /* what is the matter */
	int64_t since; /* microseconds, SHOP_NULL = not known */
	char *command; /* "shopctl …", as it can be typed */
	char *claimed_by;      /* the actor who holds it, NULL = it is free */
	int64_t claimed_until; /* microseconds, SHOP_NULL = it is free */
};

extern const struct shop_record shop_work_record;

/**
 * Give the first `limit` pieces of work to fn as a struct shop_work.
 *
 * limit          SHOP_NULL = all
 * holder         only what this actor holds; NULL = everything
 * fn             ends the list with false
 */
bool shop_next_list(struct shop_store *store, int64_t now_us, int64_t limit, const char *holder,
		    shop_record_fn fn, void *ctx, struct shop_error *err) SHOP_CHECKED;

/**
 * In a write transaction: make `limit` pieces of work the actor's for the policy's claim_for_us, and
 * give them to fn. What the actor holds and is still to be done comes first and is counted, so that
 * the same call again gives the same work. One event work.claimed for each new claim.
 */
bool shop_next_claim(struct shop_store *store, int64_t limit, shop_record_fn fn, void *ctx,
		     struct shop_error *err) SHOP_CHECKED;

/** The first piece of work: *ret_found says whether there is one (shop_record_done). */
bool shop_next_first(struct shop_store *store, int64_t now_us, struct shop_work *ret_work,
		     bool *ret_found, struct shop_error *err) SHOP_CHECKED;

#endif

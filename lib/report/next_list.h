/*
 * One walk through the queue, as `next` shows it and as claims are taken from it.
 */
#ifndef SHOP_REPORT_NEXT_LIST_H
#define SHOP_REPORT_NEXT_LIST_H

#include "report/claim.h"

enum next_pick { NEXT_PICK_ALL, NEXT_PICK_FREE, NEXT_PICK_HELD };

/* Whom the rows go to, which ones, and how many are still wanted. */
struct next_listing {
	shop_record_fn fn;
	void *ctx;
	const struct claims *claims; /* NULL: not asked */
	const char *holder;	     /* of NEXT_PICK_HELD */
	enum next_pick pick;
	int64_t rank;
	int64_t left;
};

/** Walk the whole queue until nothing is left to pick. */
bool next_list_all(struct shop_store *store, int64_t now_us, struct next_listing *to,
		   struct shop_error *err) SHOP_CHECKED;

/**
 * Only what the holder has claimed. Whoever holds nothing costs no walk, and who does, none beyond
 * the last of it.
 */
bool next_list_held(struct shop_store *store, int64_t now_us, struct next_listing *to,
		    struct shop_error *err) SHOP_CHECKED;

/** A copy with texts of its own (shop_record_done). */
struct shop_work next_copy(const struct shop_work *work);

#endif

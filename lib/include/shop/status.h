/*
 * The shop at a glance: how much work waits, and what needs a person.
 */
#ifndef SHOP_STATUS_H
#define SHOP_STATUS_H

#include "shop/record.h"
#include "shop/store.h"

/* Counts; what is in "attention" makes `status --exit-code` 10. */
struct shop_status {
	int64_t orders_pending;
	int64_t orders_on_hold;   /* attention */
	int64_t orders_late;      /* attention: confirmed, not all shipped, placed before the policy's late_after */
	int64_t shipments_open;   /* open, picking or packed */
	int64_t payments_unknown; /* attention: an outside answer is missing */
	int64_t backorders_open;
	int64_t backorders_unsourced; /* attention: no purchase order will fill them */
	int64_t purchases_draft;  /* attention: waiting to be submitted */
	int64_t purchases_overdue; /* attention: eta has passed */
	int64_t products_low;     /* attention: at or below the reorder point or the policy's low_stock */
	int64_t jobs_due;
	int64_t jobs_dead;        /* attention */
	int64_t events_waiting;   /* behind the slowest consumer's cursor */
	int64_t attention;        /* how many kinds of work need a person */
};

extern const struct shop_record shop_status_record;

/** Count. Reads the indexes of open work, never all orders; must run inside a read transaction for one moment's truth. */
bool shop_status_read(struct shop_store *store, int64_t now_us, struct shop_status *ret_status,
		      struct shop_error *err) SHOP_CHECKED;

#endif

/*
 * The shop at a glance: how much work waits, and what needs a person.
 */
#ifndef SHOP_STATUS_H
#define SHOP_STATUS_H

#include "shop/record.h"
#include "shop/store.h"
#include "shop/times.h"

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
	struct shop_list sales;   /* struct shop_sales_day; shop_status_read leaves it empty */
};

/* The orders of one day that are neither canceled nor expired. */
struct shop_sales_day {
	int64_t day; /* when it began, in the clock's zone */
	int64_t orders;
	int64_t total; /* minor units: what is due of them */
	char *currency;
};

extern const struct shop_record shop_status_record;
extern const struct shop_record shop_sales_record;

/** Count. Reads the indexes of open work, never all orders; must run inside a read transaction for one moment's truth. */
bool shop_status_read(struct shop_store *store, int64_t now_us, struct shop_status *ret_status,
		      struct shop_error *err) SHOP_CHECKED;

/**
 * What was sold on each of the last `count` days (at least 1), today last. Reads the newest orders by an index and at
 * most 10,000 of them: of a shop that has more in these days the oldest days are left out, never a part of one.
 *
 * clock          now, and the zone days begin in
 * ret_days       list of struct shop_sales_day, the caller's (shop_list_done); may be empty
 */
bool shop_sales_days(struct shop_store *store, const struct shop_clock *clock, size_t count, struct shop_list *ret_days,
		     struct shop_error *err) SHOP_CHECKED;

#endif

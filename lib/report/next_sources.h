/*
 * The one table of what waits for a person: `next` lists from it, `status` counts from it.
 */
#ifndef SHOP_REPORT_NEXT_SOURCES_H
#define SHOP_REPORT_NEXT_SOURCES_H

#include "shop/record.h"
#include "shop/status.h"

/* Which parameters a source's queries take, from $1 on; the list has its limit behind them. */
enum next_asks {
	NEXT_ASKS_NOTHING,
	NEXT_ASKS_NOW,	/* the time */
	NEXT_ASKS_LATE, /* the time before which an order is late */
	NEXT_ASKS_LOW,	/* the time, and the policy's low stock */
};

/*
 * One kind of work. A row of its list is: number of the object, SKU or NULL, a word or NULL, since
 * when, number of another object or 0. In the texts {id}, {sku}, {word} and {other} stand for
 * these.
 */
struct next_source {
	const char *kind;
	enum next_asks asks;
	const char *list;
	enum shop_id_type id_type;    /* of the object; NONE: it is the SKU */
	enum shop_id_type other_type; /* of the other one */
	const char *what;
	const char *command;
	const char *otherwise; /* the command when there is no other object; NULL = the same */
	const char *count;     /* for status; NULL = it counts something else */
	size_t counted;	       /* where in struct shop_status */
};

/** All kinds in the order of the queue, ended by one without a kind. */
const struct next_source *next_sources(void);

/** Fill in those counts of a status that the queue's kinds are counted by. */
bool next_count(struct shop_store *store, int64_t now_us, struct shop_status *status,
		struct shop_error *err) SHOP_CHECKED;

#endif

/* Where hints come from, a line for each type of object. */
#ifndef SHOP_REPORT_HINT_SOURCES_H
#define SHOP_REPORT_HINT_SOURCES_H

#include "shop/hint.h"

#include <glib.h>

/*
 * Statements give: id, status, what it is called, its order, an amount in minor units, its
 * currency; each may be NULL but the id. $1 and $2 are the first and last id that are wanted, $3
 * how many at most; the latest come first.
 */
struct hint_source {
	enum shop_id_type type;
	const char *machine; /* of its status, NULL = none */
	const char *by_id;
	const char *by_status; /* the same with status $4, by an index; NULL = there is none */
	const char *by_sku;    /* with SKUs from $1 up to $2 in their order; NULL = it has none */
};

/** The source of a type, or NULL. */
const struct hint_source *hint_source_find(enum shop_id_type type);

/** The digits of what may be the beginning of an id of this type ("or", "ord-10", "#10", "10"), or
 * NULL. */
const char *hint_digits(enum shop_id_type type, const char *typed);

/* --- hint_states.c */

/**
 * The states of a machine from which the command leads on; one with a guard may also be run again
 * in a state it leads to (a second hold), unless that is an end. A new array of borrowed strings;
 * NULL when the command changes no state.
 */
GPtrArray *hint_states(const char *machine, const char *command, bool guarded);

/* --- hint_history.c */

/** The latest transactions. */
bool hint_history(struct shop_store *store, const struct shop_hint_how *how, shop_hint_fn fn,
		  void *ctx, struct shop_error *err) SHOP_CHECKED;

#endif

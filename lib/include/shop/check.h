/*
 * The checker: every invariant of the shop by its id, asked of the store as it stands. It changes nothing.
 *
 *	const struct shop_check_options options = { .now_us = now };
 *	shop_check(store, &options, tell, ctx, &verdict, err);       tell gets each struct shop_finding
 */
#ifndef SHOP_CHECK_H
#define SHOP_CHECK_H

#include "shop/record.h"
#include "shop/store.h"

/* One violation. */
struct shop_finding {
	char *check;   /* STK01 … */
	char *object;  /* ord-1042, MUG-01 at loc-1000 … */
	char *message; /* what holds and what should */
};

extern const struct shop_record shop_finding_record;

/* One invariant as `check --list` names it. */
struct shop_invariant {
	char *check;
	char *statement;
};

extern const struct shop_record shop_invariant_record;

struct shop_check_options {
	const char *const *only; /* ids to ask, NULL-ended; NULL = all */
	bool deep;		 /* the whole file and the whole chain, not the quick look */
	int64_t now_us;
	/* Hears which invariant is asked now, the n-th of so many; may be NULL. */
	void (*asking)(const char *id, int64_t n, int64_t of, void *ctx);
	void *asking_ctx;
};

struct shop_check_verdict {
	int64_t asked;	  /* invariants */
	int64_t findings; /* violations */
};

/** All invariants, each given to fn as a struct shop_invariant. */
bool shop_check_list(shop_record_fn fn, void *ctx, struct shop_error *err) SHOP_CHECKED;

/**
 * Ask the invariants in their order; each violation is given to fn as a struct shop_finding.
 *
 * Fails with     E_VALUE (no such id), or what reading the store fails with; findings are no failure
 */
bool shop_check(struct shop_store *store, const struct shop_check_options *options, shop_record_fn fn, void *ctx,
		struct shop_check_verdict *ret_verdict, struct shop_error *err) SHOP_CHECKED;

#endif

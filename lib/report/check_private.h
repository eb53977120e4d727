/*
 * One invariant: a statement, and the query whose rows (object, message) violate it or the function
 * that finds them.
 */
#ifndef SHOP_REPORT_CHECK_PRIVATE_H
#define SHOP_REPORT_CHECK_PRIVATE_H

#include "shop/check.h"

/* A running check: where findings go. */
struct checking {
	struct shop_store *store;
	const struct shop_check_options *options;
	const char *id; /* of the invariant being asked */
	shop_record_fn fn;
	void *ctx;
	int64_t findings;
};

struct invariant {
	const char *id;
	const char *statement;
	const char *sql; /* $1 = now; NULL: `find` */
	bool (*find)(struct checking *c, struct shop_error *err);
};

/** The invariants of stock, orders, goods and supply as queries (check_shop.c), ended by {0}. */
const struct invariant *check_shop_invariants(void);

/** The invariants of money (check_money.c), ended by {0}. */
const struct invariant *check_money_invariants(void);

/** The invariants of journal, work and the file itself (check_store.c), ended by {0}. */
const struct invariant *check_store_invariants(void);

/** Compare statuses, stock and money with what the journal alone says they are (deep checks only). */
bool check_rebuild(struct checking *c, struct shop_error *err) SHOP_CHECKED;

/** Report one violation. */
bool check_tell(struct checking *c, const char *object, struct shop_error *err, const char *fmt,
		...) SHOP_PRINTF(4, 5) SHOP_CHECKED;

/** Report each row (object, message) of a query; $1 = now when the text has it. */
bool check_query(struct checking *c, const char *sql, struct shop_error *err) SHOP_CHECKED;

#endif

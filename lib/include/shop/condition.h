/*
 * Conditions on an object: `status=completed`, `payment=paid,overpaid`, `status!=open`, a word
 * for one: `shipped`, or an SQL expression over its published view: `total_minor > 5000`.
 *
 * A condition is met, may become so, or never will: a status only moves as its machine allows, and
 * money and goods of an order that is over do not come back.
 */
#ifndef SHOP_CONDITION_H
#define SHOP_CONDITION_H

#include "shop/object.h"
#include "shop/query.h"

struct shop_condition {
	const struct shop_record *type;
	char *field;   /* a path: customer, address.city */
	char **values; /* one of them, NULL-ended */
	bool unlike;   /* none of them */
	char *where;   /* an SQL expression instead of all these, or NULL */
};

enum shop_verdict { SHOP_MET, SHOP_OPEN, SHOP_NEVER };

/**
 * Read a condition on records of a type.
 *
 * Fails with     E_VALUE: no such field, no such state, or a word that means nothing for this type
 */
bool shop_condition_parse(const char *text, const struct shop_record *type,
			  struct shop_condition *ret_condition,
			  struct shop_error *err) SHOP_CHECKED;

/** The n-th word that stands for a condition on records of a type ("paid"); NULL after the last. */
const char *shop_condition_word(const struct shop_record *type, size_t n);

/** Free and zero. */
void shop_condition_done(struct shop_condition *condition);

/**
 * Whether the SQL expression of a condition (`where`) holds for an object that is there.
 *
 * Fails with     E_SQL, E_SQL_FORBIDDEN, E_TIMEOUT, E_STORE_…
 */
bool shop_condition_holds(const struct shop_condition *condition, struct shop_store *store,
			  const struct shop_query_how *how, const struct shop_object *object,
			  bool *ret_holds, struct shop_error *err) SHOP_CHECKED;

/** How it stands with a record, when it is no SQL expression; *ret_value (g_free, may be NULL) gets
 * the field's value. */
enum shop_verdict shop_condition_judge(const struct shop_condition *condition, const void *record,
				       char **ret_value);

#endif

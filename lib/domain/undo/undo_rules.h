/* What the files of undo share: one rule for each type of event. */
#ifndef UNDO_RULES_H
#define UNDO_RULES_H

#include "shop/journal.h"
#include "shop/quantity.h"
#include "shop/undo.h"

#include <jansson.h>

/* Run the command that compensates an event. */
typedef bool (*undo_fn)(struct shop_store *store, const struct shop_event *event,
			const json_t *data, struct shop_error *err);

struct undo_rule {
	const char *type;
	undo_fn undo;	     /* NULL: it cannot be taken back, or (follows) need not */
	bool follows;	     /* follows by itself from others: a fact told, a hold of a cart */
	const char *touch;   /* later events of its subject that forbid it: beginnings of types */
	const char *instead; /* the command that makes it good: SUBJECT, ORDER and -QTY are filled
				in; may be NULL */
};

/** The rule of a type; never NULL: what no rule is about cannot be taken back. */
const struct undo_rule *undo_rule_of(const char *type);

/* --- what compensates */
bool undo_product(struct shop_store *store, const struct shop_event *event, const json_t *data,
		  struct shop_error *err);
bool undo_price(struct shop_store *store, const struct shop_event *event, const json_t *data,
		struct shop_error *err);
bool undo_supplier(struct shop_store *store, const struct shop_event *event, const json_t *data,
		   struct shop_error *err);
bool undo_location(struct shop_store *store, const struct shop_event *event, const json_t *data,
		   struct shop_error *err);
bool undo_hold(struct shop_store *store, const struct shop_event *event, const json_t *data,
	       struct shop_error *err);
bool undo_release(struct shop_store *store, const struct shop_event *event, const json_t *data,
		  struct shop_error *err);
bool undo_cart(struct shop_store *store, const struct shop_event *event, const json_t *data,
	       struct shop_error *err);
bool undo_adjusted(struct shop_store *store, const struct shop_event *event, const json_t *data,
		   struct shop_error *err);
bool undo_moved(struct shop_store *store, const struct shop_event *event, const json_t *data,
		struct shop_error *err);
bool undo_safety(struct shop_store *store, const struct shop_event *event, const json_t *data,
		 struct shop_error *err);
bool undo_promise(struct shop_store *store, const struct shop_event *event, const json_t *data,
		  struct shop_error *err);

/* --- values of events */

/** Raise E_UNDO_FINAL about an event: what cannot be brought back. Returns false. */
bool undo_final(const struct shop_event *event, const char *what, struct shop_error *err);

/** The id of a member, 0 when it is null. */
bool undo_id(const json_t *value, enum shop_id_type type, int64_t *ret_id,
	     struct shop_error *err) SHOP_CHECKED;

/** The id that is the event's subject. */
bool undo_subject(const struct shop_event *event, enum shop_id_type type, int64_t *ret_id,
		  struct shop_error *err) SHOP_CHECKED;

/** A quantity as a typed decimal, its sign turned when `negative`. */
bool undo_quantity(const json_t *value, bool negative, struct shop_decimal *ret_qty,
		   struct shop_error *err) SHOP_CHECKED;

/** A time; SHOP_NULL when it is null. */
bool undo_time(struct shop_store *store, const json_t *value, int64_t *ret_us,
	       struct shop_error *err) SHOP_CHECKED;

#endif

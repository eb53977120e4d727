/*
 * The parts of an answer to why: the guards by act, the event behind a refusal, what is waited for.
 */
#ifndef SHOP_REPORT_WHY_PARTS_H
#define SHOP_REPORT_WHY_PARTS_H

#include "shop/why.h"

/** Ask the guards of an act that the type has. *ret_known: whether it has it. Fails as the command
 * would. */
bool why_ask(struct shop_store *store, const struct shop_object *object, const char *act,
	     int64_t now_us, bool *ret_known, struct shop_error *err) SHOP_CHECKED;

/** The act that takes an object on from its status; NULL = it has come to its end. */
const char *why_next_act(const struct shop_object *object, const char *status);

/** Fill in the event behind a refusal of an object, when one is found. */
bool why_find_cause(struct shop_store *store, const struct shop_object *object,
		    const struct shop_error *refusal, struct shop_blocker *blocker,
		    struct shop_error *err) SHOP_CHECKED;

/** Add what an object waits for. */
bool why_find_waits(struct shop_store *store, const struct shop_object *object,
		    struct shop_list *waits, struct shop_error *err) SHOP_CHECKED;

extern const struct shop_record why_wait_record;

#endif

/*
 * Why something cannot be done: the refusal a command would meet, the event behind it, and the
 *command that clears it. It is asked of the very guards that refuse the command, so the answers
 *cannot differ.
 *
 *	AUTO_WHY struct shop_why why = { 0 };
 *	shop_why(store, &object, "ship", now_us, &why, err);	why.blockers.count == 0: nothing
 *blocks
 *
 * What an object waits for is no refusal: a shipment to pack, a purchase to come, an answer from
 *outside.
 */
#ifndef SHOP_WHY_H
#define SHOP_WHY_H

#include "shop/object.h"

/* One refusal. */
struct shop_blocker {
	char *act;  /* what is refused: ship */
	char *code; /* E_ORDER_UNPAID */
	char *message;
	char *because; /* NULL = nothing more to say */
	int64_t event; /* seq of the event behind it; 0 = none is known */
	char *event_type;
	int64_t at_us;
	char *actor;
	char *command; /* what to run; NULL = no command clears it */
};

/* Something that is waited for. */
struct shop_wait {
	char *object;
	char *what;
	int64_t since;
	char *command;
};

struct shop_why {
	char *object;
	char *status;
	char *act;    /* what was asked about; NULL = there is nothing left to do with it */
	char *answer; /* one sentence */
	int64_t blocked;
	struct shop_list blockers; /* struct shop_blocker */
	struct shop_list waits;	   /* struct shop_wait */
};

extern const struct shop_record shop_blocker_record;
extern const struct shop_record shop_why_record;

#define AUTO_WHY SHOP_CLEANUP(shop_why_done)

/** Free what it owns and zero it. */
void shop_why_done(struct shop_why *why);

/**
 * Ask what stands in the way of an act on an object.
 *
 * act            a command's verb (ship, cancel, capture, …); NULL = what comes next for it by its
 * state Fails with     E_NOT_FOUND, E_VALUE (the object knows no such act; the message lists those
 * it knows)
 */
bool shop_why(struct shop_store *store, const struct shop_object *object, const char *act,
	      int64_t now_us, struct shop_why *ret_why, struct shop_error *err) SHOP_CHECKED;

/* Something that can be done with objects of a type. */
struct shop_act {
	enum shop_id_type type;
	const char *name;
	const char *command; /* "shipment dispatch" */
};

/** All acts by type, the last without a name. */
const struct shop_act *shop_why_acts(void);

/* Which events lie behind a refusal. */
struct shop_cause {
	enum shop_error_id id;
	const char *types; /* types of events, separated by blanks: the latest of them */
	const char
		*no_way; /* why no command clears some refusals of this id; NULL = each names one */
};

/** Every refusal (exit 6) that the library knows, ended by E_NONE. */
const struct shop_cause *shop_why_causes(void);

#endif

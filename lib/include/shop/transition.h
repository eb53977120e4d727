/*
 * The state machines: which changes of a status are allowed, and which commands make them. The
 *store's guards are made from the same list, so what stands here is what the database enforces.
 *
 *	for (const struct shop_transition *t = shop_transitions(); t->machine != NULL; t++) …
 *	shop_state_reachable("order", "pending", "completed")		true
 */
#ifndef SHOP_TRANSITION_H
#define SHOP_TRANSITION_H

#include <stdbool.h>

struct shop_transition {
	const char *machine; /* cart, order, payment, operation, shipment, backorder, purchase */
	const char *from;
	const char *to;
	const char
		*by; /* the commands that make it: "order hold", "worker"; "" = nothing does yet */
};

/** All transitions by machine, ended by one without a machine. */
const struct shop_transition *shop_transitions(void);

/** Whether the machine has such a state. */
bool shop_state_known(const char *machine, const char *state);

/** Whether a state can become another by changes that some command makes; every state reaches
 * itself. */
bool shop_state_reachable(const char *machine, const char *from, const char *to);

/* How a state is to be read at a glance, whichever object it is of. */
enum shop_tone {
	SHOP_TONE_NONE, /* no state that is known here */
	SHOP_TONE_GOOD, /* as it should end: paid, delivered */
	SHOP_TONE_PART, /* on its way: authorized, partially_fulfilled */
	SHOP_TONE_OPEN, /* not begun: not_paid, draft */
	SHOP_TONE_BAD,	/* ended otherwise: canceled, dead */
};

struct shop_state {
	const char *word;
	enum shop_tone tone;
};

/** All states of all objects, also those that are derived and have no machine; ended by one without a word. */
const struct shop_state *shop_states(void);

/** How a word is to be read. */
enum shop_tone shop_state_tone(const char *state);

#endif

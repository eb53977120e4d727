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

#endif

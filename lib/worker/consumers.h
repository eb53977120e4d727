/*
 * The two tables of the worker: which consumer reacts to which event, and who does which kind of
 * job.
 */
#ifndef SHOP_WORKER_CONSUMERS_H
#define SHOP_WORKER_CONSUMERS_H

#include "shop/journal.h"
#include "worker/jobs.h"

/**
 * React to one event, in the transaction that moves the consumer's cursor. Context: actor
 * "worker:CONSUMER", the event's correlation, its seq as causation. It touches the store only.
 */
typedef bool (*reaction_fn)(struct shop_store *store, const struct shop_event *event,
			    struct shop_error *err);

/* One row of the table; lines of a consumer stand together. Ended by a NULL consumer. */
struct reaction {
	const char *consumer;
	const char *type; /* of the event, exact */
	reaction_fn react;
};

/* Who does jobs of a kind. Ended by a NULL kind. */
struct job_kind {
	const char *kind;  /* "payment.operation" */
	const char *queue; /* where they wait */
	job_fn run;
};

/** The shop's reactions. */
extern const struct reaction worker_reactions[];

/** The shop's kinds of jobs; parked events are the runner's own. */
extern const struct job_kind worker_job_kinds[];

/** The notifications consumer's reactions (notify.c). */
bool notify_order_placed(struct shop_store *store, const struct shop_event *event,
			 struct shop_error *err) SHOP_CHECKED;
bool notify_shipment_shipped(struct shop_store *store, const struct shop_event *event,
			     struct shop_error *err) SHOP_CHECKED;
bool notify_order_canceled(struct shop_store *store, const struct shop_event *event,
			   struct shop_error *err) SHOP_CHECKED;
bool notify_backorder_delayed(struct shop_store *store, const struct shop_event *event,
			      struct shop_error *err) SHOP_CHECKED;
bool notify_payment_failed(struct shop_store *store, const struct shop_event *event,
			   struct shop_error *err) SHOP_CHECKED;
bool notify_payment_refunded(struct shop_store *store, const struct shop_event *event,
			     struct shop_error *err) SHOP_CHECKED;

#endif

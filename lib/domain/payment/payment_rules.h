/*
 * The rules of payments over plain values: what the operations add up to, which status follows, and
 * what may be done. No database here.
 */
#ifndef SHOP_DOMAIN_PAYMENT_RULES_H
#define SHOP_DOMAIN_PAYMENT_RULES_H

#include "shop/payment.h"

/* What a payment's operations add up to. */
struct payment_fold {
	int64_t authorized, captured, voided, refunded;	    /* succeeded */
	int64_t authorizing, capturing, voiding, refunding; /* created, sent, pending, unknown */
	bool called; /* an open operation has left for the provider */
};

/** Count `amount` of operations of one kind and status. */
void payment_fold_add(struct payment_fold *fold, const char *kind, const char *status,
		      int64_t amount);

/** What can still be captured or released: authorized, not taken, not given back, not about to be.
 */
int64_t payment_rest(const struct payment_fold *fold);

/** What can still be refunded. */
int64_t payment_refundable(const struct payment_fold *fold);

/** The status a payment of `amount` has by its operations; a constant. */
const char *payment_status_of(const struct payment_fold *fold, int64_t amount, bool pay_later);

/* What an order's lines say about its money. */
struct payment_due {
	int64_t lines;	 /* Σ totals of all lines */
	int64_t shipped; /* what the shipped units are worth */
	bool any;	 /* something shipped */
	bool waiting;	 /* something has not shipped and is not canceled */
};

/** Count a line: of its qty units `shipped` left and `gone` were canceled or are short. */
void payment_due_add(struct payment_due *due, int64_t total_minor, int64_t qty, int64_t shipped,
		     int64_t gone);

/**
 * What should have been captured by now of an order of `total` that costs `owed` after
 * cancellations.
 *
 * Each line is shared out cumulatively, shipping and what else is no line's comes with the first
 * parcel, and the last parcel takes what remains, so that the captures sum to `owed` exactly.
 */
int64_t payment_due_now(const struct payment_due *due, int64_t total, int64_t owed);

/**
 * Guards. `outstanding` is what the order is short of a promise for, `owing` what it costs and was
 * not taken. Fail with E_PAYMENT_STATE, E_PAYMENT_AMOUNT.
 */
bool payment_may_authorize(const struct shop_payment *p, const struct payment_fold *fold,
			   int64_t amount, int64_t outstanding,
			   struct shop_error *err) SHOP_CHECKED;
bool payment_may_capture(const struct shop_payment *p, const struct payment_fold *fold,
			 int64_t amount, int64_t owing, struct shop_error *err) SHOP_CHECKED;
bool payment_may_void(const struct shop_payment *p, const struct payment_fold *fold,
		      struct shop_error *err) SHOP_CHECKED;
bool payment_may_refund(const struct shop_payment *p, const struct payment_fold *fold,
			int64_t amount, struct shop_error *err) SHOP_CHECKED;

/** Whether the driver's orders are confirmed without an authorization. */
bool payment_driver_pays_later(const char *driver);

#endif

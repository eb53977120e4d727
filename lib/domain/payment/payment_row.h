/*
 * What the files of the payment noun share.
 */
#ifndef SHOP_DOMAIN_PAYMENT_ROW_H
#define SHOP_DOMAIN_PAYMENT_ROW_H

#include "domain/domain.h"
#include "domain/payment/payment_rules.h"
#include "shop/journal.h"

/* A payment in a transaction: its row and what its operations add up to. */
struct payment {
	struct shop_payment row; /* without the list of operations */
	struct payment_fold fold;
	bool pay_later;
};

#define AUTO_PAYMENT_STATE SHOP_CLEANUP(payment_done)

/** Free and zero. */
void payment_done(struct payment *p);

/** Load row and fold. Fails with E_NOT_FOUND. */
bool payment_load(struct shop_store *store, int64_t id, struct payment *ret_payment,
		  struct shop_error *err) SHOP_CHECKED;

/** Ids of an order's payments, oldest first, into a new GArray of int64_t. */
bool payment_ids(struct shop_store *store, int64_t order_id, GArray **ret_ids,
		 struct shop_error *err) SHOP_CHECKED;

/** Read the fold again and write the row's amounts, status, version and time from it. */
bool payment_refold(struct shop_store *store, struct payment *p,
		    struct shop_error *err) SHOP_CHECKED;

/** Begin payment.updated with `changed: {field: [`; write the values before and after, then append.
 */
void payment_changed_begin(struct shop_event_draft *e, const struct payment *p, const char *field);
bool payment_changed_append(struct shop_store *store, struct shop_event_draft *e,
			    struct shop_error *err) SHOP_CHECKED;

/* An operation to add. */
struct payment_op_new {
	const char *kind;
	int64_t amount;
	const char *ref; /* NULL = none */
	bool now;	 /* the caller calls: the job waits a lease */
	bool settled;	 /* by the operator's word: succeeded at once, no call */
	bool awaited; /* the operator has to do it and say so (payment resolve): pending, no call */
};

/** Add an operation with a fresh key: row, job, payment row, ledger if settled, event. */
bool payment_op_add(struct shop_store *store, struct payment *p, const struct payment_op_new *in,
		    int64_t *ret_n, struct shop_error *err) SHOP_CHECKED;

/** Give up operations that have not left for the provider: failed, their jobs done; for a canceled
 * order. */
bool payment_ops_drop(struct shop_store *store, struct payment *p, const char *message,
		      struct shop_error *err) SHOP_CHECKED;

/** End an intent that took no money: canceled (payment.canceled) or failed (payment.failed, final).
 */
bool payment_end(struct shop_store *store, struct payment *p, const char *status,
		 struct shop_error *err) SHOP_CHECKED;

/** Lower or raise what the intent is for; payment.updated. No-op when it is the same. */
bool payment_set_amount(struct shop_store *store, struct payment *p, int64_t amount,
			struct shop_error *err) SHOP_CHECKED;

/** Write an operation's ledger entry. */
bool payment_ledger_add(struct shop_store *store, const struct payment *p, const char *kind,
			int64_t amount, struct shop_error *err) SHOP_CHECKED;

/* An operation as its events tell of it. */
struct payment_op_told {
	int64_t n;
	int64_t amount;
	const char *provider_ref; /* NULL = not known */
	const char *message;	  /* NULL = none */
};

/** Begin a payment event: intent, operation, order, amount, provider, balances after. */
void payment_event_begin(struct shop_event_draft *e, const char *type, const struct payment *p,
			 const struct payment_op_told *op);

/** Begin and append it. */
bool payment_tell(struct shop_store *store, const char *type, const struct payment *p,
		  const struct payment_op_told *op, struct shop_error *err) SHOP_CHECKED;

/** The event of a success: payment.authorized, captured, voided, refunded. */
const char *payment_event_of(const char *kind);

/** The amount is in the payment's currency. Fails with E_CURRENCY. */
bool payment_check_currency(const struct shop_payment *p, struct shop_money amount,
			    struct shop_error *err) SHOP_CHECKED;

/** The amount that was named, or the other one when none was. */
int64_t payment_amount_or(struct shop_money amount, int64_t otherwise);

/* What an order's payments have to cover. */
struct payment_order {
	int64_t id;
	int64_t total, owed; /* as placed; what it costs after cancellations */
	char currency[4];
	char status[16];
	bool over; /* canceled or expired */
};

/** Read it. Fails with E_NOT_FOUND. */
bool payment_order_load(struct shop_store *store, int64_t order_id, struct payment_order *ret_order,
			struct shop_error *err) SHOP_CHECKED;

/** Σ over the order's payments of what is authorized and not given back; with `open` also what is
 * about to be. */
bool payment_order_cover(struct shop_store *store, int64_t order_id, bool open, int64_t *ret_minor,
			 struct shop_error *err) SHOP_CHECKED;

/** Σ over the order's payments of what was, or is about to be, captured. */
bool payment_order_taken(struct shop_store *store, int64_t order_id, int64_t *ret_minor,
			 struct shop_error *err) SHOP_CHECKED;

/** The order's axes follow its money. `moved`: a promise or a capture has ended, so that what is
 * left over is settled and a pending order whose cost is covered is confirmed. Voids and refunds do
 * that settling: one that failed is an operator's to try again, or it would be asked for for ever. */
bool payment_order_follow(struct shop_store *store, const struct payment *p, bool moved,
			  struct shop_error *err) SHOP_CHECKED;

#endif

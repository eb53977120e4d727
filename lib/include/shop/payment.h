/*
 * Payments: an intent to take money for an order, and the append-only list of its operations. Each
 * operation has one key for ever, committed before the provider is called; a retry after an unknown
 * outcome uses the same key, a retry after a refusal is a new operation with a new one.
 *
 *	const struct shop_payment_capture in = { .payment_id = 1000, .amount = { .minor = SHOP_NULL
 *} }; shop_payment_capture(store, &in, &payment, &n, err);	inside shop_store_write: queued …the
 *worker, or the command itself with --now, outside any transaction… shop_payment_call(store, &ctx,
 *1000, n, &result, err);	shop/payment_call.h
 *
 * Operations go created → sent → succeeded | failed | pending | unknown. Unknown and pending ones
 *are settled by asking the provider, never by trying again under another key. What open operations
 *may still move is reserved: it cannot be captured, released or refunded a second time.
 *
 * The driver `manual` (cash, bank transfer) pays later: the operator says when money came (capture)
 * or went back (refund), and both are settled at once without a provider.
 *
 * Every success writes one entry of the ledger, double-entry and summing to zero:
 *
 *	authorize	authorized +a	authorization −a	the provider promises a
 *	capture		cash +a		receivable −a		the customer has paid a
 *			authorization +a	authorized −a	… out of the promise
 *	void		authorization +a	authorized −a	the promise is given back
 *	refund		refunds +a	cash −a			the customer has a back
 *
 * So `authorized` is what can still be captured, −receivable what was paid, refunds what was paid
 * back, cash the difference.
 */
#ifndef SHOP_PAYMENT_H
#define SHOP_PAYMENT_H

#include "shop/money.h"
#include "shop/record.h"
#include "shop/store.h"

/* One operation of a payment. */
struct shop_payment_op {
	int64_t n;    /* its number within the payment, from 1 */
	char *kind;   /* authorize, capture, void, refund */
	char *status; /* created, sent, succeeded, failed, pending, unknown */
	int64_t amount;
	char *currency;
	char *provider_ref; /* the provider's name for it, once known */
	char *message;	    /* what the provider said to a refusal */
	char *ref;	    /* the operator's own reference: a bank statement's line */
	char *key;	    /* what the provider knows it by */
	int64_t calls;	    /* how often the provider was called or asked */
	int64_t created_at;
	int64_t sent_at;
	int64_t settled_at;
};

extern const struct shop_record shop_payment_op_record;

/* A payment as people see it. Its amounts are the fold of its succeeded operations. */
struct shop_payment {
	int64_t id;
	int64_t order_id;
	char *status; /* requires_payment_method, processing, requires_capture, succeeded, canceled,
			 failed */
	char *driver;
	int64_t amount; /* what the intent is for */
	int64_t authorized;
	int64_t captured;
	int64_t refunded;
	int64_t voided;
	char *currency;
	int64_t authorized_until; /* SHOP_NULL = no end known */
	struct shop_list operations;
	int64_t created_at;
	int64_t updated_at;
	int64_t version;
};

extern const struct shop_record shop_payment_record;

#define AUTO_PAYMENT SHOP_CLEANUP(shop_payment_done)

/** Free what a payment owns and zero it. */
void shop_payment_done(struct shop_payment *payment);

/** Load with its operations. Fails with E_NOT_FOUND. */
bool shop_payment_load(struct shop_store *store, int64_t id, struct shop_payment *ret_payment,
		       struct shop_error *err) SHOP_CHECKED;

/* Which payments to list; zeroed but for limit = all. */
struct shop_payment_filter {
	int64_t order_id;   /* 0 = any */
	const char *status; /* NULL = any */
	int64_t limit;	    /* SHOP_NULL = no limit */
};

/** List payments by id, each with its operations. */
bool shop_payment_list(struct shop_store *store, const struct shop_payment_filter *filter,
		       shop_record_fn fn, void *ctx, struct shop_error *err) SHOP_CHECKED;

/* Ask for an authorization. */
struct shop_payment_authorize {
	int64_t order_id;
	struct shop_money amount; /* minor SHOP_NULL = what the order is short of */
	const char *method;	  /* DRIVER[:TOKEN]; NULL = the one attached */
	bool now; /* the caller makes the call itself; the job waits a lease in case it dies */
};

/**
 * Queue an authorization for an order: of its intent that still needs one, else of a new intent for
 * the rest.
 *
 * With the method `manual` there is nothing to authorize: it is attached and a pending order is
 * confirmed. ret_n          the operation to call, 0 = none Fails with     E_ORDER_STATE,
 * E_PAYMENT_STATE (one is under way), E_PAYMENT_AMOUNT, E_PAYMENT_METHOD, E_CURRENCY
 */
bool shop_payment_authorize(struct shop_store *store, const struct shop_payment_authorize *in,
			    struct shop_payment *ret_payment, int64_t *ret_n,
			    struct shop_error *err) SHOP_CHECKED;

/* Take money. */
struct shop_payment_capture {
	int64_t payment_id;
	struct shop_money amount; /* minor SHOP_NULL = the rest */
	const char *ref;	  /* the operator's own reference, or NULL */
	bool now;
};

/**
 * Queue a capture of what is authorized; manual: record at once that money came (authorize and
 * capture).
 *
 * ret_n          the operation to call, 0 = none (manual)
 * Fails with     E_PAYMENT_STATE, E_PAYMENT_AMOUNT, E_CURRENCY, E_TEXT, E_NOT_FOUND
 */
bool shop_payment_capture(struct shop_store *store, const struct shop_payment_capture *in,
			  struct shop_payment *ret_payment, int64_t *ret_n,
			  struct shop_error *err) SHOP_CHECKED;

/**
 * Queue the release of what is authorized and not captured; an intent without money is canceled at
 * once.
 *
 * ret_n          the operation to call, 0 = none
 * Fails with     E_PAYMENT_STATE, E_NOT_FOUND
 */
bool shop_payment_void(struct shop_store *store, int64_t payment_id, bool now,
		       struct shop_payment *ret_payment, int64_t *ret_n,
		       struct shop_error *err) SHOP_CHECKED;

/* Give money back. */
struct shop_payment_refund {
	const char *target;	  /* pay-1000, or ord-1000 for the order's only payment that fits */
	struct shop_money amount; /* minor SHOP_NULL = all that is left */
	const char *ref;
	bool now;
};

/**
 * Queue a refund and reserve its amount; manual: record at once that money went back.
 *
 * ret_n          the operation to call, 0 = none (manual)
 * Fails with     E_PAYMENT_AMOUNT (more than was captured and not refunded), E_CURRENCY, E_TEXT,
 * E_VALUE, E_NOT_FOUND
 */
bool shop_payment_refund(struct shop_store *store, const struct shop_payment_refund *in,
			 struct shop_payment *ret_payment, int64_t *ret_n,
			 struct shop_error *err) SHOP_CHECKED;

/**
 * The ids of payments with an operation that is unknown or pending at a provider, each given once;
 * fn ends it with false. An operation that was sent counts when that was before `sent_before_us`:
 * whoever called it has died.
 */
bool shop_payment_unsettled(struct shop_store *store, int64_t sent_before_us,
			    bool (*fn)(int64_t payment_id, void *ctx), void *ctx,
			    struct shop_error *err) SHOP_CHECKED;

/* What a gateway is asked to do, and how the operation stood before. */
struct shop_payment_request {
	bool settled; /* it has its answer already: nothing to call */
	bool ask;     /* its outcome is open: ask what became of the key, do not call first */
	char *status; /* of the operation now */
	char *driver;
	char *token;
	char *kind;
	char *key;
	char *currency;
	char *provider_ref; /* of the authorization (capture, void) or the capture (refund) */
	int64_t amount_minor;
	int64_t calls; /* including the one about to be made */
};

#define AUTO_PAYMENT_REQUEST SHOP_CLEANUP(shop_payment_request_done)

/** Free what it owns and zero it. */
void shop_payment_request_done(struct shop_payment_request *request);

/**
 * T1: note that the provider is about to be called or asked. Commit before the call.
 *
 * An operation found `sent` was begun by somebody who died or still calls: it is called again with
 * the same key.
 */
bool shop_payment_begin_call(struct shop_store *store, int64_t payment_id, int64_t n,
			     struct shop_payment_request *ret_request,
			     struct shop_error *err) SHOP_CHECKED;

enum shop_payment_result {
	SHOP_PAYMENT_SUCCEEDED,
	SHOP_PAYMENT_FAILED,
	SHOP_PAYMENT_PENDING,
	SHOP_PAYMENT_UNKNOWN
};

/* What the provider answered. */
struct shop_payment_answer {
	enum shop_payment_result result;
	const char *provider_ref; /* NULL = none */
	const char *message;	  /* why refused, or what is awaited; NULL = none */
	int64_t call;		  /* shop_payment_request.calls of the call this answers */
};

/**
 * T2: settle the operation, the payment, the ledger, the events, the order and the job, together.
 *
 * An operation that has its answer keeps it: a second answer changes nothing. An open outcome
 * (pending, unknown) counts only for the latest call. ret_result     how the operation stands now
 */
bool shop_payment_settle(struct shop_store *store, int64_t payment_id, int64_t n,
			 const struct shop_payment_answer *answer,
			 enum shop_payment_result *ret_result, struct shop_error *err) SHOP_CHECKED;

/** The n-th method of payment as it is written ("sandbox:approve"), a new string; NULL after the last. */
char *shop_payment_method(size_t n);

#endif

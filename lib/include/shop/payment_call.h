/*
 * Calling a payment provider for one operation: between two transactions, never inside one. Used by
 * the worker's jobs and by commands with --now.
 */
#ifndef SHOP_PAYMENT_CALL_H
#define SHOP_PAYMENT_CALL_H

#include "shop/payment.h"

/**
 * Bring one operation forward: T1 (committed), the call or the question, T2.
 *
 * An operation that was created is called; one found `sent` is called again with its key, since
 * whoever began died; one that is unknown or pending is asked for, and called with the same key
 * only when the provider never heard of it. A settled one is left as it is. ctx            of both
 * transactions ret_result     how the operation stands now Fails with     E_NOT_FOUND,
 * E_PAYMENT_METHOD (no such driver any more), what the store fails with
 */
bool shop_payment_call(struct shop_store *store, const struct shop_context *ctx, int64_t payment_id,
		       int64_t n, enum shop_payment_result *ret_result,
		       struct shop_error *err) SHOP_CHECKED;

/**
 * Ask for every operation of a payment that is unknown or pending (and those sent so long ago that
 * whoever called has died), and settle them.
 *
 * ret_result     SUCCEEDED when nothing is left open, else PENDING or UNKNOWN
 */
bool shop_payment_resolve(struct shop_store *store, const struct shop_context *ctx,
			  int64_t payment_id, enum shop_payment_result *ret_result,
			  struct shop_error *err) SHOP_CHECKED;

#endif

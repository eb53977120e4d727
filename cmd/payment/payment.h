/* The verbs of shopctl payment, and what they share. */
#ifndef SHOPCTL_PAYMENT_PAYMENT_H
#define SHOPCTL_PAYMENT_PAYMENT_H

#include "frame/frame.h"
#include "shop/payment.h"
#include "shop/payment_call.h"

extern const struct command cmd_payment_list;
extern const struct command cmd_payment_show;
extern const struct command cmd_payment_authorize;
extern const struct command cmd_payment_capture;
extern const struct command cmd_payment_void;
extern const struct command cmd_payment_refund;
extern const struct command cmd_payment_resolve;

/** Print a payment after its operation n was added (0 = none: settled at once); with `now` announce
 * the call. */
bool payment_asked(struct session *s, const struct shop_payment *payment, int64_t n, bool now,
		   struct out *out, struct shop_error *err) SHOP_CHECKED;

/** `after` of the verbs with --now: make the call, print the payment, fail with 7, 8 or 13 unless
 * it succeeded. */
bool payment_call_now(struct session *s, const struct session_call *call, struct out *out,
		      struct shop_error *err) SHOP_CHECKED;

/** The context of transactions around a call. */
struct shop_context payment_context(const struct session *s);

#endif

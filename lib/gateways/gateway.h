/*
 * Payment gateways: the only code that moves money outside. A gateway is a value with two
 *functions: `call` does one operation under a key, `ask` says what became of a key. It knows no
 *store and keeps nothing: everything it may use is in the call.
 *
 *	const struct payment_gateway *gateway = payment_gateway_find("sandbox");
 *	gateway->call(&call, &answer);
 *
 * A gateway never guesses: what is neither a clear yes nor a documented final no is GATEWAY_UNKNOWN
 * (a time-out, a reset, a reply that does not fit), and the key is asked for later (SAFETY.md §6).
 */
#ifndef SHOP_GATEWAYS_GATEWAY_H
#define SHOP_GATEWAYS_GATEWAY_H

#include <stdint.h>

enum gateway_verdict {
	GATEWAY_DONE,	 /* it is done, once, whoever asked how often */
	GATEWAY_REFUSED, /* finally: the key will never do it */
	GATEWAY_PENDING, /* accepted; the outcome comes later */
	GATEWAY_UNKNOWN, /* nobody can say: ask, never take a new key */
	GATEWAY_ABSENT,	 /* ask only: the key never arrived, so calling with it is the first call */
};

/* One call. Strings are the caller's; NULL where there is none. */
struct gateway_call {
	const char *key;  /* the idempotency key: the same for every try */
	const char *kind; /* authorize, capture, void, refund */
	int64_t amount_minor;
	const char *currency;
	const char *token;	  /* the customer's means, as the provider names it */
	const char *provider_ref; /* the authorization or capture this builds on */
	const char *log;	  /* the sandbox notes its calls there */
};

struct gateway_answer {
	enum gateway_verdict verdict;
	char provider_ref[64]; /* "" = none */
	char message[200];     /* why refused, what is awaited; "" = none */
	int copies;	       /* how often the provider delivers this answer: 1, or 2 */
};

struct payment_gateway {
	const char *driver;
	void (*call)(const struct gateway_call *call, struct gateway_answer *ret_answer);
	void (*ask)(const struct gateway_call *call, struct gateway_answer *ret_answer);
};

extern const struct payment_gateway payment_manual;
extern const struct payment_gateway payment_sandbox;

/** The gateway of a driver's name, or NULL. */
const struct payment_gateway *payment_gateway_find(const char *driver);

#endif

/*
 * The manual gateway: cash and bank transfers. Nobody is called. The operator's word is the answer,
 * so what waits for him (a refund to pay out) is done when he says so, which is when it is asked
 * for.
 */
#include "gateways/gateway.h"

#include <string.h>

static void call(const struct gateway_call *call, struct gateway_answer *ret_answer)
{
	static const char message[] = "waits for somebody to do it and say so";

	(void)call;
	*ret_answer = (struct gateway_answer){.verdict = GATEWAY_PENDING, .copies = 1};
	memcpy(ret_answer->message, message, sizeof(message));
}

static void ask(const struct gateway_call *call, struct gateway_answer *ret_answer)
{
	(void)call;
	*ret_answer = (struct gateway_answer){.verdict = GATEWAY_DONE, .copies = 1};
}

const struct payment_gateway payment_manual = {.driver = "manual", .call = call, .ask = ask};

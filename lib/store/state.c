/*
 * How each state of an object is to be read. A test walks every status the library can give and
 * finds it here.
 */
#include "shop/transition.h"

#include <stddef.h>
#include <string.h>

static const struct shop_state states[] = {
	{"acknowledged", SHOP_TONE_PART},
	{"active", SHOP_TONE_GOOD},
	{"allocated", SHOP_TONE_GOOD},
	{"authorized", SHOP_TONE_PART},
	{"available_for_pickup", SHOP_TONE_PART},
	{"closed", SHOP_TONE_GOOD},
	{"completed", SHOP_TONE_GOOD},
	{"confirmed", SHOP_TONE_PART},
	{"created", SHOP_TONE_OPEN},
	{"delivered", SHOP_TONE_GOOD},
	{"done", SHOP_TONE_GOOD},
	{"draft", SHOP_TONE_OPEN},
	{"fulfilled", SHOP_TONE_GOOD},
	{"in_transit", SHOP_TONE_PART},
	{"leased", SHOP_TONE_PART},
	{"not_paid", SHOP_TONE_OPEN},
	{"on_hold", SHOP_TONE_PART},
	{"open", SHOP_TONE_OPEN},
	{"out_for_delivery", SHOP_TONE_PART},
	{"overpaid", SHOP_TONE_PART},
	{"packed", SHOP_TONE_PART},
	{"paid", SHOP_TONE_GOOD},
	{"partially_allocated", SHOP_TONE_PART},
	{"partially_authorized", SHOP_TONE_PART},
	{"partially_delivered", SHOP_TONE_PART},
	{"partially_fulfilled", SHOP_TONE_PART},
	{"partially_paid", SHOP_TONE_PART},
	{"partially_received", SHOP_TONE_PART},
	{"partially_refunded", SHOP_TONE_PART},
	{"pending", SHOP_TONE_OPEN},
	{"picking", SHOP_TONE_PART},
	{"pre_transit", SHOP_TONE_OPEN},
	{"processing", SHOP_TONE_PART},
	{"queued", SHOP_TONE_OPEN},
	{"ready", SHOP_TONE_OPEN},
	{"received", SHOP_TONE_GOOD},
	{"refunded", SHOP_TONE_GOOD},
	{"requires_capture", SHOP_TONE_PART},
	{"requires_payment_method", SHOP_TONE_OPEN},
	{"retry", SHOP_TONE_PART},
	{"sent", SHOP_TONE_PART},
	{"shipped", SHOP_TONE_GOOD},
	{"short_closed", SHOP_TONE_PART},
	{"sourced", SHOP_TONE_PART},
	{"submitted", SHOP_TONE_PART},
	{"succeeded", SHOP_TONE_GOOD},
	{"unfulfilled", SHOP_TONE_OPEN},
	{"unknown", SHOP_TONE_PART},
	{"abandoned", SHOP_TONE_BAD},
	{"archived", SHOP_TONE_BAD},
	{"canceled", SHOP_TONE_BAD},
	{"dead", SHOP_TONE_BAD},
	{"expired", SHOP_TONE_BAD},
	{"failed", SHOP_TONE_BAD},
	{"failure", SHOP_TONE_BAD},
	{"return_to_sender", SHOP_TONE_BAD},
	{"suppressed", SHOP_TONE_BAD},
	{"voided", SHOP_TONE_BAD},
	{NULL, SHOP_TONE_NONE},
};

const struct shop_state *shop_states(void)
{
	return states;
}

enum shop_tone shop_state_tone(const char *state)
{
	const struct shop_state *s = states;

	while (s->word != NULL && (s->word[0] != state[0] || strcmp(s->word, state) != 0))
		s++;
	return s->tone;
}

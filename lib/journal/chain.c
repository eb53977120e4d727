/* Hashing a journal row: a canonical form of its columns, chained to the row before. */
#include "journal/chain.h"

#include <sodium.h>
#include <string.h>

static void add_int(crypto_generichash_state *state, int64_t value)
{
	uint64_t bits = (uint64_t)value;
	uint8_t bytes[8];

	for (unsigned i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(bits >> (8 * i));
	crypto_generichash_update(state, bytes, sizeof(bytes));
}

/* NULL has length -1, so that it differs from "". */
static void add_text(crypto_generichash_state *state, const char *text)
{
	size_t size = text == NULL ? 0 : strlen(text);

	add_int(state, text == NULL ? -1 : (int64_t)size);
	if (size > 0)
		crypto_generichash_update(state, (const uint8_t *)text, size);
}

void chain_hash(const uint8_t before[CHAIN_HASH], const struct shop_event *event, uint8_t ret_hash[CHAIN_HASH])
{
	const int64_t numbers[] = { event->seq, event->number,	    event->at_us,     event->txn,
				    event->correlation, event->causation, event->schema };
	const char *const texts[] = { event->type,	event->subject, event->actor, event->actor_kind,
				      event->command, event->reason,	event->payload };
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, CHAIN_HASH);
	crypto_generichash_update(&state, before, CHAIN_HASH);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		add_int(&state, numbers[i]);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		add_text(&state, texts[i]);
	crypto_generichash_final(&state, ret_hash, CHAIN_HASH);
}

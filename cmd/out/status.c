/*
 * Status words: a glyph beside the word, so that colour is never the only sign.
 */
#include "out/out_private.h"

#include <string.h>

enum tone { TONE_GOOD, TONE_PART, TONE_OPEN, TONE_BAD };

static const struct {
	const char *word;
	enum tone tone;
} words[] = {
	{ "active", TONE_GOOD },
	{ "paid", TONE_GOOD },
	{ "captured", TONE_GOOD },
	{ "completed", TONE_GOOD },
	{ "fulfilled", TONE_GOOD },
	{ "delivered", TONE_GOOD },
	{ "shipped", TONE_GOOD },
	{ "received", TONE_GOOD },
	{ "refunded", TONE_GOOD },
	{ "done", TONE_GOOD },
	{ "allocated", TONE_GOOD },
	{ "succeeded", TONE_GOOD },
	{ "closed", TONE_GOOD },
	{ "overpaid", TONE_PART },
	{ "partially_delivered", TONE_PART },
	{ "processing", TONE_PART },
	{ "requires_capture", TONE_PART },
	{ "picking", TONE_PART },
	{ "sourced", TONE_PART },
	{ "in_transit", TONE_PART },
	{ "out_for_delivery", TONE_PART },
	{ "unknown", TONE_PART },
	{ "authorized", TONE_PART },
	{ "partially_fulfilled", TONE_PART },
	{ "partially_paid", TONE_PART },
	{ "partially_refunded", TONE_PART },
	{ "partially_captured", TONE_PART },
	{ "partially_received", TONE_PART },
	{ "partially_shipped", TONE_PART },
	{ "partially_authorized", TONE_PART },
	{ "confirmed", TONE_PART },
	{ "packed", TONE_PART },
	{ "picked", TONE_PART },
	{ "leased", TONE_PART },
	{ "retry", TONE_PART },
	{ "on_hold", TONE_PART },
	{ "submitted", TONE_PART },
	{ "acknowledged", TONE_PART },
	{ "pending", TONE_OPEN },
	{ "not_paid", TONE_OPEN },
	{ "unfulfilled", TONE_OPEN },
	{ "not_fulfilled", TONE_OPEN },
	{ "draft", TONE_OPEN },
	{ "new", TONE_OPEN },
	{ "created", TONE_OPEN },
	{ "ready", TONE_OPEN },
	{ "open", TONE_OPEN },
	{ "waiting", TONE_OPEN },
	{ "requires_payment_method", TONE_OPEN },
	{ "pre_transit", TONE_OPEN },
	{ "canceled", TONE_BAD },
	{ "failed", TONE_BAD },
	{ "declined", TONE_BAD },
	{ "dead", TONE_BAD },
	{ "expired", TONE_BAD },
	{ "voided", TONE_BAD },
	{ "archived", TONE_BAD },
	{ "abandoned", TONE_BAD },
};

static int tone_of(const char *word)
{
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].word, word) == 0)
			return (int)words[i].tone;
	return -1;
}

const char *status_glyph(const char *word, bool ascii)
{
	static const char *const glyphs[2][4] = { { "●", "◐", "○", "✗" },
						  { "[x]", "[~]", "[ ]", "[!]" } };
	int tone = tone_of(word);

	return tone < 0 ? NULL : glyphs[ascii][tone];
}

const char *status_color(const char *word)
{
	static const char *const colors[] = { "\033[32m", "\033[33m", "\033[36m", "\033[31m" };
	int tone = tone_of(word);

	return tone < 0 ? NULL : colors[tone];
}

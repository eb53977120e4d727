/*
 * Status words: a glyph beside the word, so that colour is never the only sign.
 */
#include "out/out_private.h"

#include "shop/transition.h"

const char *status_glyph(const char *word, bool ascii)
{
	static const char *const glyphs[][2] = {
		[SHOP_TONE_NONE] = {NULL, NULL}, [SHOP_TONE_GOOD] = {"●", "[x]"},
		[SHOP_TONE_PART] = {"◐", "[~]"}, [SHOP_TONE_OPEN] = {"○", "[ ]"},
		[SHOP_TONE_BAD] = {"✗", "[!]"},
	};

	return glyphs[shop_state_tone(word)][ascii ? 1 : 0];
}

const char *status_color(const char *word)
{
	static const char *const colors[] = {
		[SHOP_TONE_NONE] = NULL,       [SHOP_TONE_GOOD] = "\033[32m",
		[SHOP_TONE_PART] = "\033[33m", [SHOP_TONE_OPEN] = "\033[36m",
		[SHOP_TONE_BAD] = "\033[31m",
	};

	return colors[shop_state_tone(word)];
}

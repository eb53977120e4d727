/*
 * Private to lib/base: which characters steer a terminal. Refused on the way in, escaped on the way
 * out.
 */
#ifndef BASE_TEXT_CLASS_H
#define BASE_TEXT_CLASS_H

#include <glib.h>
#include <stdbool.h>

/* C0, DEL and C1. */
static inline bool text_is_control(gunichar c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f);
}

/* The marks, embeddings, overrides and isolates that reorder what is shown. */
static inline bool text_is_direction(gunichar c)
{
	return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

#endif

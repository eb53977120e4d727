/*
 * How many columns of a terminal a text takes, counted by what a reader sees as one character: a
 * letter with its marks, a flag of two letters, a family joined from four faces.
 */
#include "shop/text.h"

#include <string.h>

#define JOINER 0x200d
#define EMOJI_STYLE 0xfe0f   /* the character before it is drawn as a picture */
#define SYMBOLS_BEGIN 0x2190 /* arrows: the first of what can be a picture and is no letter */

static bool is_flag_letter(gunichar c)
{
	return c >= 0x1f1e6 && c <= 0x1f1ff;
}

static bool is_skin_tone(gunichar c)
{
	return c >= 0x1f3fb && c <= 0x1f3ff;
}

static size_t char_width(gunichar c)
{
	return g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
}

/* What follows a picture and belongs to it; *width becomes that of both. Returns its end, p when
 * nothing does. */
static const char *join(gunichar base, const char *p, size_t *width)
{
	const gunichar c = g_utf8_get_char(p);
	const char *next = g_utf8_next_char(p);

	if (c == EMOJI_STYLE) {
		*width = MAX(*width, 2);
		return next;
	}
	if (c == JOINER && base >= SYMBOLS_BEGIN && g_utf8_get_char(next) >= SYMBOLS_BEGIN) {
		*width = 2;
		return g_utf8_next_char(next);
	}
	if (is_skin_tone(c) && base >= SYMBOLS_BEGIN)
		return next;
	return g_unichar_iszerowidth(c) ? next : p;
}

/* The end of the character that begins at p, which is not the text's end. */
static const char *cluster(const char *p, size_t *ret_width)
{
	const gunichar base = g_utf8_get_char(p);
	const char *end = g_utf8_next_char(p), *more;

	*ret_width = char_width(base);
	if (is_flag_letter(base) && is_flag_letter(g_utf8_get_char(end))) {
		*ret_width = 2;
		end = g_utf8_next_char(end);
	}
	/* Most text is ASCII, which joins nothing. */
	while ((unsigned char)*end >= 0x80 && (more = join(base, end, ret_width)) != end)
		end = more;
	return end;
}

size_t shop_text_width(const char *text)
{
	size_t width = 0, one;

	if (g_str_is_ascii(text))
		return strlen(text);
	for (; *text != '\0'; width += one)
		text = cluster(text, &one);
	return width;
}

size_t shop_text_fitting(const char *text, size_t columns, size_t *ret_width)
{
	const char *end = text;
	size_t one;

	*ret_width = 0;
	while (*end != '\0') {
		const char *next = cluster(end, &one);

		if (*ret_width + one > columns)
			break;
		*ret_width += one;
		end = next;
	}
	return (size_t)(end - text);
}

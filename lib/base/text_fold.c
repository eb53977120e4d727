/* What two texts are compared by when case and accents do not matter. */
#include "shop/text.h"

#include <string.h>

/* Letters with a stroke or of two letters, which Unicode does not take apart. */
static const char *plain_letter(gunichar c)
{
	switch (c) {
	case 0x00f8: /* ø */
		return "o";
	case 0x0142: /* ł */
		return "l";
	case 0x0111: /* đ */
	case 0x00f0: /* ð */
		return "d";
	case 0x00e6: /* æ */
		return "ae";
	case 0x0153: /* œ */
		return "oe";
	case 0x00fe: /* þ */
		return "th";
	case 0x0131: /* ı */
		return "i";
	default:
		return NULL;
	}
}

static bool is_ascii(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

char *shop_text_fold(const char *text)
{
	AUTO_TEXT char *apart = NULL;
	AUTO_TEXT char *small = NULL;
	GString *to;

	if (is_ascii(text))
		return g_ascii_strdown(text, -1);
	apart = g_utf8_normalize(text, -1, G_NORMALIZE_NFKD);
	small = g_utf8_casefold(apart == NULL ? "" : apart, -1);
	to = g_string_sized_new(strlen(small));
	for (const char *p = small; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		const char *plain = plain_letter(c);

		if (plain != NULL)
			g_string_append(to, plain);
		else if (g_unichar_type(c) != G_UNICODE_NON_SPACING_MARK)
			g_string_append_unichar(to, c);
	}
	return g_string_free(to, FALSE);
}

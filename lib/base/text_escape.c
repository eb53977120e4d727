/* Text on its way to people: what a terminal would obey is shown instead. */
#include "shop/text.h"

#include "text_class.h"

/* One character that is not printable ASCII; returns where the next one begins. */
static const char *append_char(GString *to, const char *p)
{
	unsigned char byte = (unsigned char)*p;
	gunichar c = g_utf8_get_char_validated(p, -1);

	if (c == (gunichar)-1 || c == (gunichar)-2 || byte < 0x80) {
		g_string_append_printf(to, "\\x%02x", byte);
		return p + 1;
	}
	if (text_is_control(c) || text_is_direction(c))
		g_string_append_printf(to, "\\u%04x", c);
	else
		g_string_append_len(to, p, g_utf8_next_char(p) - p);
	return g_utf8_next_char(p);
}

void shop_text_escape(GString *to, const char *text)
{
	while (*text != '\0') {
		const char *p = text;

		while (*p >= 0x20 && *p < 0x7f)
			p++;
		g_string_append_len(to, text, p - text);
		text = *p == '\0' ? p : append_char(to, p);
	}
}

/*
 * Text on its way into a cell of CSV.
 */
#include "shop/text.h"

#include <string.h>

bool shop_text_is_formula(const char *text)
{
	static const char *const wide[] = {"＝", "＋", "－", "＠"};

	if (text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL)
		return true;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (g_str_has_prefix(text, wide[i]))
			return true;
	return false;
}

void shop_text_csv(GString *to, const char *text)
{
	if (strpbrk(text, ",\"\n\r") == NULL) {
		g_string_append(to, text);
		return;
	}
	g_string_append_c(to, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			g_string_append_c(to, '"');
		g_string_append_c(to, *text);
	}
	g_string_append_c(to, '"');
}

/*
 * Text from outside on its way in: valid UTF-8, NFC, nothing that steers a terminal, no card
 * numbers.
 */
#include "shop/text.h"

#include "text_class.h"

#include <string.h>

/* Real scripts stack up to about five; more is text made to run over its neighbours. */
#define MARKS_MAX 8

void shop_text_free(char **text)
{
	g_free(*text);
	*text = NULL;
}

void shop_string_free(GString **string)
{
	if (*string != NULL)
		g_string_free(*string, TRUE);
	*string = NULL;
}

SHOP_PRINTF(4, 5)
static bool refuse(struct shop_error *err, enum shop_error_id id, const char *field,
                   const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	shop_fail_va(err, id, fmt, ap);
	va_end(ap);
	return shop_fail_while(err, field) || shop_fail_field(err, field);
}

static bool is_mark(gunichar c)
{
	return g_unichar_type(c) == G_UNICODE_NON_SPACING_MARK ||
	       g_unichar_type(c) == G_UNICODE_ENCLOSING_MARK;
}

/* Every character is allowed, and there are not too many of them. */
static bool check_chars(const char *text, const char *field, const struct shop_text_rule *rule,
                        struct shop_error *err)
{
	size_t count = 0, marks = 0;

	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p), count++) {
		gunichar c = g_utf8_get_char(p);

		if (rule->multiline && (c == '\n' || c == '\t'))
			continue;
		if (text_is_control(c) || text_is_direction(c))
			return refuse(err, E_TEXT, field,
			              "character %zu is a %s character (U+%04X)", count + 1,
			              text_is_control(c) ? "control" : "direction", c);
		marks = c >= 0x300 && is_mark(c) ? marks + 1 : 0;
		if (marks > MARKS_MAX)
			return refuse(err, E_TEXT, field, "over %d combining marks in a row",
			              MARKS_MAX);
	}
	if (count > rule->max_chars)
		return refuse(err, E_TEXT, field, "too long: %zu characters, at most %zu", count,
		              rule->max_chars);
	return true;
}

bool shop_text_clean(const char *text, const char *field, const struct shop_text_rule *rule,
                     char **ret_text, struct shop_error *err)
{
	char *clean;

	if (rule->required && *text == '\0')
		return refuse(err, E_TEXT, field, "must not be empty");
	if (!g_utf8_validate(text, -1, NULL))
		return refuse(err, E_TEXT, field, "not valid UTF-8");
	clean = g_str_is_ascii(text) ? g_strdup(text) : g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
	if (!check_chars(clean, field, rule, err)) {
		g_free(clean);
		return false;
	}
	if (shop_text_has_card_number(clean)) {
		g_free(clean);
		return refuse(err, E_CARD_NUMBER, field,
		              "this looks like a card number, which is never stored");
	}
	*ret_text = clean;
	return true;
}

bool shop_email_clean(const char *text, char **ret_email, struct shop_error *err)
{
	static const struct shop_text_rule rule = { .max_chars = SHOP_EMAIL_MAX, .required = true };
	const char *at = strchr(text, '@');
	char *email;

	if (strlen(text) > SHOP_EMAIL_MAX)
		return refuse(err, E_TEXT, "email", "too long: at most %d bytes", SHOP_EMAIL_MAX);
	if (!shop_text_clean(text, "email", &rule, &email, err))
		return false;
	if (at == NULL || at == text || at[1] == '\0' || strchr(at + 1, '@') != NULL ||
	    strpbrk(text, " <>,;\"") != NULL) {
		refuse(err, E_INVALID, "email",
		       "\"%s\" is not an address, expected a form like ana@example.org", email);
		g_free(email);
		return false;
	}
	if (strlen(email) > SHOP_EMAIL_MAX) { /* a few characters grow in NFC */
		g_free(email);
		return refuse(err, E_TEXT, "email", "too long: at most %d bytes", SHOP_EMAIL_MAX);
	}
	*ret_email = email;
	return true;
}

bool shop_country_clean(const char *text, char ret_country[3], struct shop_error *err)
{
	if (strlen(text) != 2 || !g_ascii_isalpha(text[0]) || !g_ascii_isalpha(text[1]))
		return refuse(err, E_INVALID, "country",
		              "\"%.60s\" is not a country, expected a two-letter code like DE",
		              text);
	ret_country[0] = g_ascii_toupper(text[0]);
	ret_country[1] = g_ascii_toupper(text[1]);
	ret_country[2] = '\0';
	return true;
}

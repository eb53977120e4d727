/*
 * The fields that customers, suppliers and addresses share.
 */
#include "domain/party.h"

#include "shop/text.h"

static void put(char **to, char *text)
{
	g_free(*to);
	*to = text;
}

bool party_text(const char *text, const char *field, size_t max, char **to, struct shop_error *err)
{
	const struct shop_text_rule rule = {.max_chars = max};
	char *clean = NULL;

	if (text == NULL)
		return true;
	if (*text != '\0' && !shop_text_clean(text, field, &rule, &clean, err))
		return false;
	put(to, clean);
	return true;
}

bool party_required(const char *text, const char *field, char **to, struct shop_error *err)
{
	const struct shop_text_rule rule = {.max_chars = SHOP_NAME_MAX, .required = true};
	char *clean = NULL;

	if (text == NULL && *to != NULL)
		return true;
	if (!shop_text_clean(text == NULL ? "" : text, field, &rule, &clean, err))
		return false;
	put(to, clean);
	return true;
}

bool party_email(const char *text, char **to, struct shop_error *err)
{
	char *clean = NULL;

	if (text == NULL)
		return true;
	if (*text != '\0' && !shop_email_clean(text, &clean, err))
		return false;
	put(to, clean);
	return true;
}

bool party_country(const char *text, char **to, struct shop_error *err)
{
	char clean[3];

	if (text == NULL)
		return true;
	if (*text != '\0' && !shop_country_clean(text, clean, err))
		return false;
	put(to, *text == '\0' ? NULL : g_strdup(clean));
	return true;
}

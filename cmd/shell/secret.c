/*
 * Lines that are not kept: neither in the history nor in a transcript.
 */
#include "shell/shell.h"

#include "shop/text.h"

#include <string.h>

/* --password X, api_key=X, SECRET=X */
static bool names_secret(const char *word)
{
	static const char *const names[] = {"password", "passwd", "secret", "api-key",
					    "api_key",	"apikey", "token",  "credential"};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		if (strcasestr(word, names[i]) != NULL &&
		    (word[0] == '-' || strchr(word, '=') != NULL))
			return true;
	return false;
}

/* What follows the driver in --pay and --method is a card's or an account's token; only the
 * sandbox's are known to all. */
static bool is_payment_token(const char *word)
{
	const char *colon = strchr(word, ':');

	return colon != NULL && colon[1] != '\0' && !g_str_has_prefix(word, "sandbox:");
}

static bool is_method_option(const char *word)
{
	return strcmp(word, "--pay") == 0 || strcmp(word, "--method") == 0;
}

bool line_is_secret(const char *text)
{
	char **words;
	bool secret = shop_text_has_card_number(text);
	size_t i;

	if (secret)
		return true;
	words = g_strsplit_set(text, " \t", -1);
	for (i = 0; !secret && words[i] != NULL; i++) {
		const char *value = strchr(words[i], '=');

		secret = names_secret(words[i]) ||
			 (is_method_option(words[i]) && words[i + 1] != NULL &&
			  is_payment_token(words[i + 1])) ||
			 (value != NULL &&
			  (g_str_has_prefix(words[i], "--pay=") ||
			   g_str_has_prefix(words[i], "--method=")) &&
			  is_payment_token(value + 1));
	}
	g_strfreev(words);
	return secret;
}

/*
 * How an order is to be paid, and the intent that placing it leaves.
 */
#include "domain/payment/payment_row.h"

#include "store/db.h"

#include <string.h>

static const char *const sandbox_words[] = {"approve", "decline", "late",  "slow",
						    "timeout", "silent",  "twice"};
static const char *const sandbox_kinds[] = {"authorize", "capture", "void", "refund"};

static bool among(const char *word, size_t length, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(words[i]) == length && strncmp(words[i], word, length) == 0)
			return true;
	return false;
}

/* A word, or word.kind: the word for that kind of operation and approve for the others. */
static bool sandbox_knows(const char *token)
{
	const size_t length = strcspn(token, ".");

	if (!among(token, length, sandbox_words, G_N_ELEMENTS(sandbox_words)))
		return false;
	return token[length] == '\0' || among(token + length + 1, strlen(token + length + 1),
					      sandbox_kinds, G_N_ELEMENTS(sandbox_kinds));
}

char *shop_payment_method(size_t n)
{
	if (n == 0)
		return g_strdup("manual");
	return n > G_N_ELEMENTS(sandbox_words) ? NULL
					       : g_strconcat("sandbox:", sandbox_words[n - 1], NULL);
}

static bool unknown_method(const char *text, struct shop_error *err)
{
	shop_fail(err, E_PAYMENT_METHOD,
		  "no payment method \"%.100s\": manual, or sandbox: with approve, decline, late, "
		  "slow, timeout, silent or twice",
		  text);
	return shop_fail_field(err, "method");
}

bool payment_method_parse(const char *text, struct payment_method *ret_method,
			  struct shop_error *err)
{
	const char *typed = text == NULL ? "manual" : text;
	const char *colon = strchr(typed, ':');
	const size_t length = colon == NULL ? strlen(typed) : (size_t)(colon - typed);
	const char *token = colon == NULL ? "" : colon + 1;
	struct payment_method method = {0};

	if (length >= sizeof(method.driver) || strlen(token) >= sizeof(method.token))
		return unknown_method(typed, err);
	memcpy(method.driver, typed, length);
	g_strlcpy(method.token, token, sizeof(method.token));
	method.pay_later = payment_driver_pays_later(method.driver);
	if (method.pay_later ? colon != NULL
			     : strcmp(method.driver, "sandbox") != 0 || !sandbox_knows(token))
		return unknown_method(typed, err);
	*ret_method = method;
	return true;
}

bool payment_open(struct shop_store *store, int64_t order_id, const struct payment_method *method,
		  struct shop_money amount, int64_t *ret_payment_id, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO payment (id, order_id, status, driver, token, currency, amount_minor,"
		" created_us, updated_us)"
		" VALUES ($1, $2, 'requires_payment_method', $3, $4, $5, $6, $7, $7)";

	return shop_store_next_id(store, SHOP_ID_PAYMENT, ret_payment_id, err) &&
	       db_run(store, sql, "ddtttii", err, *ret_payment_id, order_id, method->driver,
		      *method->token == '\0' ? NULL : method->token, amount.currency, amount.minor,
		      shop_store_context(store)->now_us);
}

/*
 * A payload on one line, for timelines: what a person wants to see at a glance, not all of it.
 */
#include "shop/journal.h"

#include "shop/money.h"

#include <jansson.h>
#include <string.h>

/* A member is its name and its value; what cannot be said shortly is counted. */
static void append_value(GString *to, const json_t *value)
{
	const json_t *amount = json_object_get(value, "amount");
	const json_t *currency = json_object_get(value, "currency");

	if (json_is_string(amount) && json_is_string(currency))
		g_string_append_printf(to, "%s %s", json_string_value(amount),
				       json_string_value(currency));
	else if (json_is_string(value))
		g_string_append(to, json_string_value(value));
	else if (json_is_integer(value))
		g_string_append_printf(to, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	else if (json_is_real(value))
		g_string_append_printf(to, "%.9g", json_real_value(value));
	else if (json_is_boolean(value))
		g_string_append(to, json_is_true(value) ? "yes" : "no");
	else if (json_is_array(value))
		g_string_append_printf(to, "%zu", json_array_size(value));
	else if (json_is_object(value))
		g_string_append_printf(to, "%zu", json_object_size(value));
	else
		g_string_append(to, "none");
}

/* {"title": ["Mug", "Blue mug"]} is "title Mug → Blue mug"; names alone when values are not told.
 */
static void append_changes(GString *to, json_t *changed)
{
	const char *key;
	json_t *pair;
	size_t i;

	json_object_foreach(changed, key, pair)
	{
		g_string_append_printf(to, "%s%s ", to->len > 0 ? ", " : "", key);
		append_value(to, json_array_get(pair, 0));
		g_string_append(to, " → ");
		append_value(to, json_array_get(pair, 1));
	}
	json_array_foreach(changed, i, pair)
	{
		g_string_append_printf(to, "%s%s",
				       i > 0	     ? " and "
				       : to->len > 0 ? ", changed "
						     : "changed ",
				       json_string_value(pair));
	}
}

/* Whether people learn nothing from a member: it repeats the subject or the reason,
 * or is for programs. */
static bool is_dull(const struct shop_event *event, const char *key, const json_t *value,
		    bool has_money)
{
	static const char *const for_programs[] = {"product_id", "provider_ref", "currency", NULL};
	const char *text = json_string_value(value);

	if (json_is_null(value) || json_is_false(value) || g_strv_contains(for_programs, key) ||
	    (has_money && g_str_has_suffix(key, "_minor")))
		return true;
	if (text != NULL)
		return g_str_has_prefix(text, event->subject) ||
		       g_strcmp0(text, event->reason) == 0;
	return json_is_object(value) && json_object_get(value, "amount") == NULL &&
	       strcmp(key, "changed") != 0;
}

static bool has_money(json_t *payload)
{
	const char *key;
	json_t *value;

	json_object_foreach(payload, key, value)
	{
		if (json_object_get(value, "amount") != NULL)
			return true;
	}
	return false;
}

/* {"currency": "EUR", "total_minor": 6250} is "total 62.50 EUR"; 0 before there is a currency is no
 * news. */
static void append_minor(GString *to, const char *key, int64_t minor, const json_t *currency)
{
	char text[SHOP_MONEY_TEXT];

	if (json_is_string(currency))
		g_string_append_printf(
			to, "%s%.*s %s", to->len > 0 ? ", " : "",
			(int)(strlen(key) - strlen("_minor")), key,
			shop_money_format_full(shop_money_of(minor, json_string_value(currency)),
					       text));
}

static void append_member(GString *to, const char *key, json_t *value)
{
	if (strcmp(key, "changed") == 0) {
		append_changes(to, value);
		return;
	}
	if (to->len > 0)
		g_string_append(to, ", ");
	if (json_is_true(value)) {
		g_string_append(to, key);
		return;
	}
	/* "order ord-1000" reads better than "order_id ord-1000". */
	g_string_append_len(to, key, (gssize)strlen(key) - (g_str_has_suffix(key, "_id") ? 3 : 0));
	g_string_append_c(to, ' ');
	append_value(to, value);
}

char *shop_event_summary(const struct shop_event *event)
{
	GString *to = g_string_new(NULL);
	json_t *payload = json_loads(event->payload, 0, NULL);
	const char *key;
	json_t *value;

	json_object_foreach(payload, key, value)
	{
		if (is_dull(event, key, value, has_money(payload)))
			continue;
		if (json_is_integer(value) && g_str_has_suffix(key, "_minor"))
			append_minor(to, key, json_integer_value(value),
				     json_object_get(payload, "currency"));
		else
			append_member(to, key, value);
	}
	json_decref(payload);
	return g_string_free(to, FALSE);
}

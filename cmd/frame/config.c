/*
 * Values by key, and asking for them by type. Where they come from is config_load.c's.
 */
#include "frame/config_private.h"

#include "shop/quantity.h"
#include "shop/times.h"

#include <string.h>

const char *config_text(const struct config *config, const char *key)
{
	const struct config_value *value = g_hash_table_lookup(config->values, key);
	const struct config_key *entry;

	if (value != NULL)
		return value->text;
	entry = config_key_find(key);
	return entry == NULL ? NULL : entry->fallback;
}

char *config_origin(const struct config *config, const char *key)
{
	const struct config_value *value = g_hash_table_lookup(config->values, key);

	if (value == NULL)
		return g_strdup("default");
	if (value->line == 0)
		return g_strdup(value->origin);
	return g_strdup_printf("%s:%d", value->origin, value->line);
}

int64_t config_duration(const struct config *config, const char *key)
{
	AUTO_ERROR struct shop_error err = { 0 };
	const char *text = config_text(config, key);
	int64_t us = 0;

	if (text == NULL || !shop_duration_parse(text, &us, &err))
		return 0;
	return us;
}

int64_t config_int(const struct config *config, const char *key)
{
	const char *text = config_text(config, key);

	return text == NULL ? 0 : g_ascii_strtoll(text, NULL, 10);
}

bool config_bool(const struct config *config, const char *key)
{
	const char *text = config_text(config, key);

	return text != NULL && strcmp(text, "true") == 0;
}

bool config_has(const struct config *config, const char *key, const char *word)
{
	const char *text = config_text(config, key);
	char **words = g_strsplit(text == NULL ? "" : text, ",", -1);
	bool found = g_strv_contains((const char *const *)words, word);

	g_strfreev(words);
	return found;
}

void config_policy(const struct config *config, struct shop_policy *ret_policy)
{
	shop_policy_defaults(ret_policy);
	ret_policy->reserve_for_us = config_duration(config, "stock.reserve_for");
	ret_policy->low_stock = config_int(config, "stock.low");
	ret_policy->backorder = config_text(config, "stock.backorder");
	ret_policy->pay_within_us = config_duration(config, "orders.pay_within.default");
	ret_policy->pay_within_manual_us = config_duration(config, "orders.pay_within.manual");
	ret_policy->late_after_us = config_duration(config, "orders.late_after");
	ret_policy->claim_for_us = config_duration(config, "work.claim_for");
	ret_policy->job_lease_us = config_duration(config, "worker.lease");
	ret_policy->job_max_attempts = config_int(config, "worker.max_attempts");
	ret_policy->over_receipt_percent = config_int(config, "purchase.over_receipt");
	ret_policy->sandbox_log = config_text(config, "payments.gateways.sandbox.log");
}

static gint by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *config_keys(const struct config *config)
{
	GPtrArray *names = g_ptr_array_new();
	GHashTableIter iter;
	gpointer name;
	size_t i, count;
	const struct config_key *keys = config_schema(&count);

	for (i = 0; i < count; i++)
		if (!g_hash_table_contains(config->values, keys[i].name) &&
		    keys[i].fallback != NULL)
			g_ptr_array_add(names, (gpointer)(uintptr_t)keys[i].name);
	g_hash_table_iter_init(&iter, config->values);
	while (g_hash_table_iter_next(&iter, &name, NULL))
		g_ptr_array_add(names, name);
	g_ptr_array_sort(names, by_name);
	return names;
}

const GPtrArray *config_files(const struct config *config)
{
	return config->files;
}

const GPtrArray *config_warnings(const struct config *config)
{
	return config->warnings;
}

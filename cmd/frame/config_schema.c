/*
 * The keys of the configuration: their types, defaults and meaning. Nothing about a key stands
 * twice.
 */
#include "frame/config.h"

#include "shop/quantity.h"
#include "shop/times.h"

#include <string.h>

static const struct config_key keys[] = {
	{ "version", CONFIG_INT, "1", NULL, "the form of this file" },
	{ "store.path", CONFIG_TEXT, NULL, NULL, "the store's file" },
	{ "store.busy_timeout", CONFIG_DURATION, "5s", NULL,
	  "how long to wait for another writer" },
	{ "store.synchronous", CONFIG_WORD, "late", "full,late,off",
	  "when a commit reaches the disk" },
	{ "store.test", CONFIG_BOOL, "false", NULL, "mark new stores as test stores" },
	{ "shop.name", CONFIG_TEXT, NULL, NULL, "the shop's name" },
	{ "shop.currency", CONFIG_TEXT, "EUR", NULL, "the currency of new stores" },
	{ "shop.timezone", CONFIG_TEXT, NULL, NULL, "the zone of local times" },
	{ "shop.country", CONFIG_TEXT, NULL, NULL, "where the shop is" },
	{ "shop.weight_unit", CONFIG_WORD, "g", "g,kg", "unit of weights in tables" },
	{ "defaults.output", CONFIG_TEXT, "table", NULL, "the output format" },
	{ "defaults.color", CONFIG_WORD, "auto", "auto,always,never", "colour in tables" },
	{ "defaults.pager", CONFIG_BOOL, "true", NULL, "page long tables" },
	{ "defaults.tz", CONFIG_TEXT, NULL, NULL, "the zone tables show" },
	{ "completion.limit", CONFIG_DURATION, "50ms", NULL, "Tab gives nothing rather than later" },
	{ "stock.low", CONFIG_INT, "5", NULL, "at or below this a product is low" },
	{ "stock.backorder", CONFIG_TEXT, "deny", NULL, "deny, allow or limit:N for new products" },
	{ "stock.reserve_for", CONFIG_DURATION, "30min", NULL, "how long a cart holds stock" },
	{ "stock.policy", CONFIG_WORD, "fifo", "fifo,priority,date", "which backorder goes first" },
	{ "orders.late_after", CONFIG_DURATION, "48h", NULL,
	  "an unshipped order is late after this" },
	{ "orders.pay_within.default", CONFIG_DURATION, "24h", NULL,
	  "unpaid orders expire after this" },
	{ "orders.pay_within.manual", CONFIG_DURATION, "7d", NULL, "the same for manual payments" },
	{ "safety.max_objects", CONFIG_INT, "50", NULL, "more objects than this need --confirm" },
	{ "safety.max_price_change", CONFIG_PERCENT, NULL, NULL,
	  "a price that changes by more percent needs --confirm" },
	{ "safety.require_reason", CONFIG_LIST, NULL, NULL, "commands that need --reason" },
	{ "work.claim_for", CONFIG_DURATION, "30min", NULL, "how long next --claim holds work" },
	{ "worker.lease", CONFIG_DURATION, "60s", NULL, "how long a job stays with a worker" },
	{ "worker.max_attempts", CONFIG_INT, "8", NULL, "tries before a job is dead" },
	{ "worker.grace", CONFIG_DURATION, "25s", NULL, "time to finish on SIGTERM" },
	{ "purchase.over_receipt", CONFIG_PERCENT, "0", NULL,
	  "percent more than ordered that may be received" },
	{ "payments.gateways.sandbox.log", CONFIG_TEXT, NULL, NULL,
	  "where the sandbox notes its calls" },
	{ "templates.dir", CONFIG_TEXT, "/etc/shopctl/templates", NULL,
	  "where -o template=NAME looks" },
	{ "prompt", CONFIG_TEXT, "shop:{store}{focus}> ", NULL,
	  "the shell's: {store} {focus} {actor} {file}" },
	{ "aliases.*", CONFIG_TEXT, NULL, NULL, "a command of your own: its name and what it stands for" },
	{ "fields.*", CONFIG_LIST, NULL, NULL, "columns of a noun's tables" },
};

const struct config_key *config_schema(size_t *ret_count)
{
	*ret_count = sizeof(keys) / sizeof(keys[0]);
	return keys;
}

const struct config_key *config_key_find(const char *name)
{
	size_t i, length;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strcmp(keys[i].name, name) == 0)
			return &keys[i];
		length = strlen(keys[i].name);
		if (keys[i].name[length - 1] == '*' && strncmp(keys[i].name, name, length - 1) == 0)
			return &keys[i];
	}
	return NULL;
}

static bool check_word(const struct config_key *key, const char *text, struct shop_error *err)
{
	char **words = g_strsplit(key->words, ",", -1);
	bool found = g_strv_contains((const char *const *)words, text);

	g_strfreev(words);
	return found ||
	       shop_fail(err, E_CONFIG, "%s is one of %s, not \"%s\"", key->name, key->words, text);
}

static bool check_number(const struct config_key *key, const char *text, struct shop_error *err)
{
	char *digits = g_strdup(text);
	int64_t value;
	size_t length = strlen(digits);
	bool ok;

	if (key->type == CONFIG_PERCENT && length > 0 && digits[length - 1] == '%')
		digits[length - 1] = '\0';
	ok = shop_int_parse(digits, 0, 1000000000, &value, err);
	g_free(digits);
	return ok || shop_fail(err, E_CONFIG, "%s is a whole number, not \"%s\"", key->name, text);
}

bool config_value_check(const struct config_key *key, const char *text, struct shop_error *err)
{
	int64_t value;

	switch (key->type) {
	case CONFIG_WORD:
		return check_word(key, text, err);
	case CONFIG_BOOL:
		return strcmp(text, "true") == 0 || strcmp(text, "false") == 0 ||
		       shop_fail(err, E_CONFIG, "%s is true or false, not \"%s\"", key->name, text);
	case CONFIG_INT:
	case CONFIG_PERCENT:
		return check_number(key, text, err);
	case CONFIG_DURATION:
		return shop_duration_parse(text, &value, err) ||
		       shop_fail(err, E_CONFIG, "%s is a duration like 30min, not \"%s\"",
				 key->name, text);
	default:
		return true;
	}
}

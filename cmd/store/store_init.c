/* shopctl store init: make an empty shop. */
#include "store/store.h"

#include "frame/config.h"
#include "shop/init.h"
#include "shop/text.h"

#include <glib.h>
#include <string.h>

struct init_args {
	const char *currency;
	bool test;
};

static const struct option_spec options[] = {
	OPTION(struct init_args, currency, const char *, ARG_TEXT, 0, "currency", "CODE",
	       "ISO 4217 code of prices without one (shop.currency)", .hint = HINT_CURRENCY),
	OPTION_FLAG(struct init_args, test, 0, "test",
		    "a test store: fixed clocks and fault points work"),
	{0},
};

/* The default place may lack its directory; a named one is the operator's. */
static void make_directory(const char *path)
{
	char *directory = g_path_get_dirname(path);

	(void)g_mkdir_with_parents(directory, 0700);
	g_free(directory);
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct init_args *a = args;
	const char *code =
		a->currency == NULL ? config_text(s->config, "shop.currency") : a->currency;
	const struct shop_currency *currency = shop_currency_find(code);
	struct shop_store_new in = {
		.path = s->store_path,
		.test = a->test || config_bool(s->config, "store.test"),
		.actor = s->actor,
		.now_us = s->clock.now_us,
	};
	AUTO_STORE struct shop_store *store = NULL;
	AUTO_TEXT char *sentence = NULL;
	AUTO_TEXT char *origin = NULL;

	if (currency == NULL)
		return shop_fail(err, E_VALUE, "currency: an ISO 4217 code like EUR, not \"%s\"",
				 code);
	in.currency = currency->code;
	origin = config_origin(s->config, "store.path");
	if (strcmp(origin, "default") == 0)
		make_directory(s->store_path);
	sentence = g_strdup_printf("%s made: an empty shop in %s", s->store_path, currency->code);
	if (!shop_init(&in, &store, err) || !store_print(s, store, sentence, out, err))
		return false;
	out_next(out, "shopctl product create SKU --title TEXT --price MONEY");
	return true;
}

const struct command cmd_store_init = {
	.name = "init",
	.summary = "Make an empty shop with its default location",
	.options = options,
	.args_size = sizeof(struct init_args),
	.needs = NEEDS_STORE_PATH,
	.record = &store_record,
	.run = run,
	.examples = "shopctl -S ./new.db store init --currency EUR\nshopctl -S ./other.db store init "
		    "--currency USD",
	.exits = "4 there is a store already",
	.see_also = "store info, import product",
};

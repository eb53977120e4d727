/* shopctl store migrate: bring an older store's tables up to this program's. */
#include "store/store.h"

#include "shop/text.h"

#include <glib.h>

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct shop_store_options options = {.path = s->store_path, .mode = SHOP_STORE_READ};
	AUTO_STORE struct shop_store *store = NULL;
	AUTO_TEXT char *sentence = NULL;
	int64_t from = 0;

	(void)args;
	if (!shop_store_migrate(s->store_path, &from, err) ||
	    !shop_store_open(&options, &store, err))
		return false;
	sentence = from == SHOP_SCHEMA_VERSION
			   ? g_strdup_printf("%s is at schema %d already", s->store_path,
					     SHOP_SCHEMA_VERSION)
			   : g_strdup_printf("%s migrated from schema %" G_GINT64_FORMAT " to %d",
					     s->store_path, from, SHOP_SCHEMA_VERSION);
	return store_print(s, store, sentence, out, err);
}

const struct command cmd_store_migrate = {
	.name = "migrate",
	.summary = "Bring an older store's tables up to this program's",
	.needs = NEEDS_STORE_PATH,
	.record = &store_record,
	.run = run,
	.examples = "shopctl store migrate",
	.exits = "78 the store is newer than this program",
	.see_also = "store info, store backup",
};

/* shopctl store info: what the store is and how large. */
#include "store/store.h"

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	(void)args;
	return store_print(s, s->store, NULL, out, err);
}

const struct command cmd_store_info = {
	.name = "info",
	.summary = "Show where the store is, its schema and its size",
	.needs = NEEDS_STORE_READ,
	.record = &store_record,
	.run = run,
	.examples = "shopctl store info\nshopctl store info -o json --fields uuid,schema",
	.see_also = "check, store backup",
};

/* shopctl alias list: every alias with what it stands for. */
#include "alias/alias.h"

#include "frame/config.h"

#include <string.h>

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	GPtrArray *keys = config_keys(s->config);
	bool ok = true;
	guint i;

	(void)args;
	for (i = 0; ok && i < keys->len; i++) {
		const char *key = g_ptr_array_index(keys, i);
		struct alias_row row;

		if (!g_str_has_prefix(key, ALIAS_PREFIX))
			continue;
		row = (struct alias_row){
			.name = g_strdup(key + strlen(ALIAS_PREFIX)),
			.expansion = g_strdup(config_text(s->config, key)),
			.origin = config_origin(s->config, key),
		};
		ok = out_record(out, &alias_record, &row, err);
		shop_record_done(&alias_record, &row);
	}
	g_ptr_array_unref(keys);
	return ok;
}

const struct command cmd_alias_list = {
	.name = "list",
	.summary = "List your aliases",
	.needs = NEEDS_NOTHING,
	.many = true,
	.record = &alias_record,
	.run = run,
	.examples = "shopctl alias list",
	.see_also = "alias set, config show",
};

/* shopctl config show: every setting with its value and where it comes from. */
#include "config/config.h"

#include "frame/config.h"

struct show_args {
	bool origin;
};

static const struct option_spec options[] = {
	OPTION_FLAG(struct show_args, origin, 0, "origin",
		    "where each value comes from (always shown)"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	GPtrArray *keys = config_keys(s->config);
	bool ok = true;
	guint i;

	(void)args;
	for (i = 0; ok && i < keys->len; i++)
		ok = config_print(s, g_ptr_array_index(keys, i), out, err);
	g_ptr_array_unref(keys);
	return ok;
}

const struct command cmd_config_show = {
	.name = "show",
	.summary = "List the settings in force",
	.options = options,
	.args_size = sizeof(struct show_args),
	.needs = NEEDS_NOTHING,
	.many = true,
	.record = &config_record,
	.run = run,
	.examples = "shopctl config show --origin\nshopctl config show -o json",
	.see_also = "config get, config check",
};

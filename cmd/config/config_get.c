/* shopctl config get: the value of one setting. */
#include "config/config.h"

#include "frame/config.h"
#include "frame/frame.h"

struct get_args {
	const char *key;
};

static const struct operand_spec operands[] = {
	OPERAND(struct get_args, key, const char *, ARG_TEXT, "KEY", "the setting",
		.flags = OPERAND_EACH, .hint = HINT_SETTING),
	{0},
};

bool config_key_known(const char *name, struct shop_error *err)
{
	size_t i, count;
	const struct config_key *keys = config_schema(&count);
	const char **names;

	if (config_key_find(name) != NULL)
		return true;
	names = g_new(const char *, count);
	for (i = 0; i < count; i++)
		names[i] = keys[i].name;
	shop_fail(err, E_USAGE, "there is no configuration key %s", name);
	(void)usage_suggest(err, name, names, count);
	g_free(names);
	return false;
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct get_args *a = args;

	return config_key_known(a->key, err) && config_print(s, a->key, out, err);
}

const struct command cmd_config_get = {
	.name = "get",
	.summary = "Show one setting",
	.operands = operands,
	.args_size = sizeof(struct get_args),
	.needs = NEEDS_NOTHING,
	.record = &config_record,
	.run = run,
	.examples = "shopctl config get stock.low\nshopctl config get stock.low --fields value -o "
		    "tsv --no-headers",
	.see_also = "config show",
};

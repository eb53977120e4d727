/* shopctl config check: unknown keys are errors here, warnings elsewhere. */
#include "config/config.h"

#include "frame/config.h"

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const GPtrArray *warnings = config_warnings(s->config);

	(void)args;
	(void)out;
	if (warnings->len == 0)
		return true;
	return shop_fail(err, E_CONFIG, "%s", (const char *)g_ptr_array_index(warnings, 0));
}

const struct command cmd_config_check = {
	.name = "check",
	.summary = "Check the configuration; unknown keys are errors",
	.needs = NEEDS_NOTHING,
	.run = run,
	.examples = "shopctl config check",
	.exits = "78 a key is unknown or a value has the wrong type",
};

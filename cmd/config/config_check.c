/* shopctl config check: unknown keys are errors here, warnings elsewhere. */
#include "config/config.h"

#include "alias/alias.h"
#include "frame/config.h"

/* An alias that could never be reached, or would never end, is no better than an unknown key. */
static bool check_aliases(const struct session *s, struct shop_error *err)
{
	GPtrArray *keys = config_keys(s->config);
	bool ok = true;
	guint i;

	for (i = 0; ok && i < keys->len; i++) {
		const char *key = g_ptr_array_index(keys, i);
		AUTO_ERROR struct shop_error wrong = {0};
		char *origin;

		if (!g_str_has_prefix(key, ALIAS_PREFIX) ||
		    alias_check(s->config, key + strlen(ALIAS_PREFIX), config_text(s->config, key),
				&wrong))
			continue;
		origin = config_origin(s->config, key);
		ok = shop_fail(err, E_CONFIG, "%s: %s", origin, wrong.message);
		g_free(origin);
	}
	g_ptr_array_unref(keys);
	return ok;
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const GPtrArray *warnings = config_warnings(s->config);

	(void)args;
	(void)out;
	if (warnings->len > 0)
		return shop_fail(err, E_CONFIG, "%s", (const char *)g_ptr_array_index(warnings, 0));
	return check_aliases(s, err);
}

const struct command cmd_config_check = {
	.name = "check",
	.summary = "Check the configuration; unknown keys are errors",
	.needs = NEEDS_NOTHING,
	.run = run,
	.examples = "shopctl config check",
	.exits = "78 a key is unknown, a value has the wrong type, or an alias cannot be used",
	.see_also = "config show, config path",
};

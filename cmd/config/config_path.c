/* shopctl config path: the configuration files that were read, weakest first. */
#include "config/config.h"

#include "frame/config.h"

struct path_row {
	char *path;
};

static const struct shop_field fields[] = {
	SHOP_FIELD_TEXT(struct path_row, path, "path", "a file that was read"),
};

static const struct shop_record path_record = SHOP_RECORD("config_path", struct path_row, fields);

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const GPtrArray *files = config_files(s->config);
	guint i;

	(void)args;
	for (i = 0; i < files->len; i++) {
		const struct path_row row = {.path = g_ptr_array_index(files, i)};

		if (!out_changed(out, &path_record, &row, err, "%s", row.path))
			return false;
	}
	return true;
}

const struct command cmd_config_path = {
	.name = "path",
	.summary = "List the configuration files in use",
	.needs = NEEDS_NOTHING,
	.many = true,
	.record = &path_record,
	.run = run,
	.examples = "shopctl config path",
};

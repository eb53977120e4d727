/* shopctl config edit: your configuration file in your editor, taken only when it can be read. */
#include "config/config.h"

#include "config/user_file.h"

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	char *path = NULL;
	bool changed = false;
	bool ok;

	(void)args;
	ok = user_file_edit(s, &path, &changed, err);
	if (ok)
		out_note(out, true, "%s %s", path, changed ? "is changed" : "stays as it is");
	g_free(path);
	return ok;
}

const struct command cmd_config_edit = {
	.name = "edit",
	.summary = "Edit your configuration file",
	.description = "Opens $VISUAL, else $EDITOR, else vi on a copy, and puts it in the file's "
		       "place when "
		       "it can be read; else the copy stays and the message names it.",
	.needs = NEEDS_NOTHING,
	.run = run,
	.examples = "shopctl config edit",
	.exits = "78 what was written cannot be read",
	.see_also = "config set, config check, config path",
};

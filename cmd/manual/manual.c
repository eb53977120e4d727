/* shopctl __manual: the manual's pages as mdoc(7); `make manual` writes them with it. */
#include "manual/manual.h"

#include "frame/frame.h"

#include <errno.h>
#include <string.h>

struct manual_args {
	const char *page;
	const char *folder;
};

static const struct operand_spec operands[] = {
	OPERAND(struct manual_args, page, const char *, ARG_TEXT, "PAGE", "shopctl-order, say",
		.flags = OPERAND_OPTIONAL),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct manual_args, folder, const char *, ARG_FILE, 0, "all", "DIR",
	       "write every page into this folder"),
	{0},
};

static bool write_page(const char *folder, const struct manual_page *page, struct shop_error *err)
{
	char *path = g_strdup_printf("%s/%s.%d", folder, page->name, page->section);
	char *source = manual_source(page);
	GError *error = NULL;

	if (!g_file_set_contents(path, source, -1, &error)) {
		shop_fail(err, E_IO, "%s", error->message);
		g_error_free(error);
	}
	g_free(source);
	g_free(path);
	return err->code == SHOP_OK;
}

static bool print_page(struct out *out, const struct manual_page *page, struct shop_error *err)
{
	char *source = manual_source(page);
	bool ok = out_text(out, source, err);

	g_free(source);
	return ok;
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct manual_args *a = args;
	GArray *pages = manual_pages();
	bool ok = true, found = false;

	(void)s;
	for (guint i = 0; ok && i < pages->len; i++) {
		const struct manual_page *page = &g_array_index(pages, struct manual_page, i);

		if (a->folder != NULL)
			ok = write_page(a->folder, page, err);
		else if (a->page == NULL || strcmp(a->page, page->name) == 0)
			ok = print_page(out, page, err);
		found = found || a->page == NULL || strcmp(a->page, page->name) == 0;
	}
	g_array_unref(pages);
	return ok && (found || shop_fail(err, E_NOT_FOUND, "there is no page %s", a->page));
}

const struct command cmd_manual = {
	.name = "__manual",
	.summary = "The manual's pages in mdoc",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct manual_args),
	.needs = NEEDS_NOTHING,
	.run = run,
};

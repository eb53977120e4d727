/*
 * The frame from argv to exit status: parse, configure, run, report.
 */
#include "frame/frame.h"

#include "complete/complete.h"
#include "frame/config.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool load_config(struct invocation *inv, struct shop_error *err)
{
	const GPtrArray *warnings;
	guint i;

	if (!config_load(inv, &inv->config, err))
		return false;
	warnings = config_warnings(inv->config);
	for (i = 0; i < warnings->len; i++)
		exit_warn(inv, "%s", (const char *)g_ptr_array_index(warnings, i));
	return true;
}

static bool run(struct invocation *inv, int *ret_status, struct shop_error *err)
{
	if (!parse_invocation(inv, err))
		return false;
	if (help_wanted(inv, ret_status, err))
		return err->id == E_NONE;
	return load_config(inv, err) && run_command(inv, ret_status, err);
}

int frame_main(int argc, const char **argv)
{
	struct invocation inv = { .argc = argc, .argv = argv };
	AUTO_ERROR struct shop_error err = { 0 };
	int status = 0;

	/* Asked by a shell at each Tab: nothing in it may end with an error. */
	if (argc > 1 && strcmp(argv[1], "__complete") == 0)
		return complete_main(argc - 2, argv + 2);
	if (!run(&inv, &status, &err)) {
		exit_report(&inv, &err);
		status = (int)err.code;
	}
	config_free(inv.config);
	invocation_done(&inv);
	return status;
}

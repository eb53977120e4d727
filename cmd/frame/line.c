/*
 * Further command lines in a process that has the store open.
 */
#include "frame/line.h"

#include <string.h>

struct line *line_new(const struct host *host, char **words)
{
	struct line *line = g_new0(struct line, 1);

	line->words = words;
	line->inv.host = host;
	line->inv.argc = (int)g_strv_length(words);
	line->inv.argv = (const char **)words;
	return line;
}

void line_free(struct line *line)
{
	if (line == NULL)
		return;
	invocation_done(&line->inv);
	g_strfreev(line->words);
	g_free(line);
}

/* What is settled for the process cannot be another for a line of it. */
static bool check_globals(struct invocation *inv, struct shop_error *err)
{
	static const char *const fixed[] = {"store",   "profile",      "config",       "set-config",
					    "timeout", "busy-timeout", "error-format", NULL};
	guint i;

	for (i = 0; i < inv->given->len; i++) {
		const struct given *given = &g_array_index(inv->given, struct given, i);

		if (given->global && g_strv_contains(fixed, given->spec->name) &&
		    !(inv->host->times && strcmp(given->spec->name, "timeout") == 0))
			return usage_fail(inv, 0, err,
					  "--%s is for the whole process, not for one line of it",
					  given->spec->name);
	}
	if (inv->command != NULL && inv->command->lines &&
	    (!inv->host->nests || inv->command == inv->host->session->inv->command))
		return usage_fail(inv, 0, err, "%s cannot be a line of itself", inv->command->name);
	return true;
}

bool line_parse(struct line *line, struct shop_error *err)
{
	struct invocation *inv = &line->inv;
	const struct host *host = inv->host;

	if (!parse_invocation(inv, err) || !check_globals(inv, err))
		return false;
	/* The configuration is the session's, and only looked at. */
	inv->config = (struct config *)(uintptr_t)host->session->config;
	if (inv->g.output == NULL && host->sink != NULL)
		inv->g.output = "json";
	if (inv->g.output == NULL && inv->g.out_file == NULL && !inv->select.count)
		inv->g.output = host->output;
	if (inv->g.zone == NULL)
		inv->g.zone = host->zone;
	inv->g.yes = inv->g.yes || host->g->yes;
	line->parsed = true;
	return true;
}

bool line_is_plain(const struct line *line)
{
	const struct invocation *inv = &line->inv;
	enum command_needs needs;

	if (inv->command == NULL || inv->command->needs == NEEDS_NOTHING)
		return true;
	needs = invocation_needs(inv);
	/* What prepares waits for files and people, what follows a commit calls outside, and no
	 * transaction waits with it. */
	return (needs == NEEDS_STORE_READ || needs == NEEDS_STORE_WRITE) &&
	       inv->command->prepare == NULL && inv->g.out_file == NULL &&
	       !(inv->command->after != NULL && invocation_has(inv, "now"));
}

bool line_is_mutation(const struct line *line)
{
	return line->inv.command != NULL && invocation_needs(&line->inv) == NEEDS_STORE_WRITE;
}

bool line_run(struct line *line, int *ret_status, struct shop_error *err)
{
	struct invocation *inv = &line->inv;

	inv->replayed = false;
	inv->json = false;
	if (help_wanted(inv, ret_status, err))
		return err->id == E_NONE;
	return run_command(inv, ret_status, err);
}

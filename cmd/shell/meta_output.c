/*
 * \commands about results: where they go and how they look.
 */
#include "shell/meta.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Terminals take no more at once; xterm's own limit is near this. */
#define COPY_MAX ((size_t)74000)

static void replace(char **at, const char *text)
{
	char *copy = g_strdup(text);

	g_free(*at);
	*at = copy;
}

bool meta_o(struct meta_call *call, struct shop_error *err)
{
	return results_redirect(&call->sh->results, *call->rest == '\0' ? NULL : call->rest, err);
}

bool meta_once(struct meta_call *call, struct shop_error *err)
{
	if (call->args[0] == NULL)
		return shop_fail(err, E_USAGE, "\\once takes FILE");
	return results_once(&call->sh->results, call->args[0], err);
}

bool meta_tee(struct meta_call *call, struct shop_error *err)
{
	return results_tee(&call->sh->results, call->args[0], err);
}

bool meta_mode(struct meta_call *call, struct shop_error *err)
{
	const char *format = call->args[0];
	struct shell *sh = call->sh;
	char *all;

	if (format != NULL && out_format_find(format) < 0) {
		all = g_strjoinv(", ", (char **)(uintptr_t)out_formats());
		shop_fail(err, E_VALUE, "there is no output format %s; there are %s", format, all);
		g_free(all);
		return false;
	}
	replace(&sh->output, format);
	sh->host.output = sh->output;
	sh->wide_as_lines = false;
	return true;
}

/* \x behind a line is for that line. */
bool meta_x(struct meta_call *call, struct shop_error *err)
{
	const struct line_how how = {.where = call->where, .output = "line"};
	struct shell *sh = call->sh;
	const char *word = call->args[0];
	bool on = sh->output == NULL || strcmp(sh->output, "line") != 0;

	if (call->line != NULL) {
		call->status = line_command(sh, call->line, &how);
		return true;
	}
	sh->wide_as_lines = word != NULL && strcmp(word, "auto") == 0;
	if (!sh->wide_as_lines && word != NULL && !meta_on_off(word, &on, err))
		return false;
	replace(&sh->output, on && !sh->wide_as_lines ? "line" : NULL);
	sh->host.output = sh->output;
	return true;
}

/* Alone it is --fields help of the noun's list. */
bool meta_fields(struct meta_call *call, struct shop_error *err)
{
	const struct line_how how = {.where = call->where};
	struct shell *sh = call->sh;
	char *line;

	if (sh->last_noun == NULL)
		return shop_fail(err, E_USAGE,
				 "\\fields is about the noun of the last command: run one first");
	if (call->args[0] == NULL) {
		line = g_strconcat(sh->last_noun, " list --fields help", NULL);
		call->status = line_command(sh, line, &how);
		g_free(line);
	} else if (strcmp(call->args[0], "none") == 0) {
		g_hash_table_remove(sh->fields, sh->last_noun);
	} else {
		g_hash_table_insert(sh->fields, g_strdup(sh->last_noun), g_strdup(call->args[0]));
	}
	return true;
}

bool meta_pager(struct meta_call *call, struct shop_error *err)
{
	bool on = !call->sh->results.pager;

	if (call->args[0] != NULL && !meta_on_off(call->args[0], &on, err))
		return false;
	call->sh->results.pager = on && isatty(STDOUT_FILENO);
	return true;
}

bool meta_timing(struct meta_call *call, struct shop_error *err)
{
	bool on = !call->sh->timing;

	if (call->args[0] != NULL && !meta_on_off(call->args[0], &on, err))
		return false;
	call->sh->timing = on;
	return true;
}

bool meta_tz(struct meta_call *call, struct shop_error *err)
{
	struct shell *sh = call->sh;
	const struct shop_clock clock = {.now_us = sh->s->clock.now_us, .zone = call->args[0]};
	int64_t midnight;

	/* Reading a local time needs the zone: an unknown one is refused here. */
	if (call->args[0] != NULL && !shop_time_parse("today", &clock, &midnight, err))
		return false;
	replace(&sh->zone, call->args[0]);
	sh->host.zone = sh->zone;
	return true;
}

static bool copy_text(const char *text, size_t size, struct shop_error *err)
{
	char *coded;

	if (!isatty(STDOUT_FILENO))
		return shop_fail(err, E_USAGE, "\\copy needs a terminal");
	if (size > COPY_MAX)
		return shop_fail(err, E_USAGE,
				 "%zu bytes are more than a terminal's clipboard takes; \\o FILE",
				 size);
	coded = g_base64_encode((const guchar *)text, size);
	(void)printf("\033]52;c;%s\a", coded);
	(void)fflush(stdout);
	g_free(coded);
	return true;
}

bool meta_copy(struct meta_call *call, struct shop_error *err)
{
	const struct line_how how = {.where = call->where};
	struct shell *sh = call->sh;
	const char *id;

	if (call->line != NULL) {
		call->status = line_command(sh, call->line, &how);
		if (line_failed(call->status))
			return true;
	}
	if (call->args[0] == NULL)
		return copy_text(sh->results.last->str, sh->results.last->len + sh->results.beyond,
				 err);
	if (strcmp(call->args[0], "id") != 0)
		return shop_fail(err, E_USAGE, "\\copy takes nothing, or id");
	id = g_hash_table_lookup(sh->variables, "_");
	return id == NULL ? shop_fail(err, E_USAGE, "nothing was shown yet")
			  : copy_text(id, strlen(id), err);
}

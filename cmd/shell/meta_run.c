/*
 * \commands that run lines: again and again, from an editor, from a file, by sh.
 */
#include "shell/meta.h"

#include "shop/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A wait without a commit ends after this, in case its notice was lost. */
#define WAIT_US (60 * SHOP_SECOND)
#define CLEAR_SCREEN "\033[H\033[2J"
#define EDIT_MAX ((gsize)1 << 20)

/* Until the time is over, somebody committed, or the person has enough (true). */
static bool wait_again(struct shell *sh, int64_t every_us)
{
	AUTO_ERROR struct shop_error err = {0};
	struct pollfd fd = {.fd = sh->cancel.fd, .events = POLLIN};
	int64_t before = 0, head = 0;
	bool enough = false;

	cancel_begin(sh, SHOP_NULL);
	if (every_us != SHOP_NULL) {
		enough = poll(&fd, 1, (int)(every_us / 1000)) != 0;
	} else if (shop_journal_head(sh->lines.store, &before, &err)) {
		do {
			shop_store_wait(sh->lines.store, WAIT_US, -1);
			enough = poll(&fd, 1, 0) != 0;
		} while (!enough && shop_journal_head(sh->lines.store, &head, &err) &&
			 head == before);
	}
	cancel_end(sh, &err);
	return enough || err.id != E_NONE || sh->ended_by != 0;
}

static bool read_numbers(const struct meta_call *call, int64_t *ret_every_us, int64_t *ret_times,
			 struct shop_error *err)
{
	char *end = NULL;
	double seconds;

	*ret_every_us = SHOP_NULL;
	*ret_times = INT64_MAX;
	if (call->args[0] == NULL)
		return true;
	seconds = g_ascii_strtod(call->args[0], &end);
	if (*end != '\0' || !(seconds >= 0.1 && seconds <= 86400))
		return shop_fail(err, E_VALUE, "\\watch: %s is no number of seconds from 0.1",
				 call->args[0]);
	*ret_every_us = (int64_t)(seconds * 1e6);
	return call->args[1] == NULL ||
	       shop_int_parse(call->args[1], 1, 1000000000, ret_times, err);
}

bool meta_watch(struct meta_call *call, struct shop_error *err)
{
	const struct line_how how = {.where = call->where, .again = true};
	struct shell *sh = call->sh;
	char *line = g_strdup(call->line != NULL ? call->line : sh->last_line);
	int64_t every_us, times, n;
	bool ok = read_numbers(call, &every_us, &times, err);

	if (ok && line == NULL)
		ok = shop_fail(err, E_USAGE, "\\watch: run a command first");
	for (n = 1; ok; n++) {
		if (sh->terminal != NULL)
			(void)printf("%s%s\n", CLEAR_SCREEN, line);
		(void)fflush(stdout);
		call->status = line_command(sh, line, &how);
		(void)fflush(stdout);
		if (line_failed(call->status) || n >= times || wait_again(sh, every_us))
			break;
	}
	g_free(line);
	return ok;
}

static const char *editor(void)
{
	static const char *const names[] = {"VISUAL", "EDITOR"};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *value = getenv(names[i]);

		if (value != NULL && *value != '\0')
			return value;
	}
	return "vi";
}

static bool edit_text(const char *path, struct shop_error *err)
{
	char *quoted = g_shell_quote(path);
	char *command = g_strconcat(editor(), " ", quoted, NULL);
	int status = 0;
	bool ok = child_run(command, &status, err);

	if (ok && status != 0)
		ok = shop_fail(err, E_IO, "%s ended with %d; nothing was run", editor(), status);
	g_free(command);
	g_free(quoted);
	return ok;
}

static bool read_back(const char *path, char **ret_text, struct shop_error *err)
{
	GError *why = NULL;
	gsize size = 0;

	if (!g_file_get_contents(path, ret_text, &size, &why)) {
		shop_fail(err, E_IO, "%s", why->message);
		g_error_free(why);
		return false;
	}
	return (size <= EDIT_MAX && strlen(*ret_text) == size) ||
	       shop_fail(err, E_IO, "what was edited is too long, or no text");
}

/* What the editor left is typed, so to say: line by line, shown and kept. */
static void run_text(struct meta_call *call, const char *text)
{
	char **lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line != NULL && !line_failed(call->status); line++) {
		if (**line == '\0')
			continue;
		shell_typed(call->sh, *line);
		call->status = line_do(call->sh, *line, call->where);
	}
	g_strfreev(lines);
}

bool meta_edit(struct meta_call *call, struct shop_error *err)
{
	const char *text = call->sh->last_line == NULL ? "" : call->sh->last_line;
	char *path = NULL, *edited = NULL;
	int fd = g_file_open_tmp("shopctl-XXXXXX.txt", &path, NULL);
	bool ok;

	if (fd < 0)
		return shop_fail(err, E_IO, "cannot make a file to edit: %s", g_strerror(errno));
	ok = dprintf(fd, "%s\n", text) > 0 && close(fd) == 0;
	if (!ok)
		shop_fail(err, E_IO, "cannot write %s: %s", path, g_strerror(errno));
	ok = ok && edit_text(path, err) && read_back(path, &edited, err);
	(void)unlink(path);
	if (ok)
		run_text(call, edited);
	g_free(edited);
	g_free(path);
	return ok;
}

bool meta_read(struct meta_call *call, struct shop_error *err)
{
	if (call->args[0] == NULL)
		return shop_fail(err, E_USAGE, "\\r takes FILE");
	return script_run_file(call->sh, call->args[0], &call->status, err);
}

bool meta_sh(struct meta_call *call, struct shop_error *err)
{
	bool ok = child_run(call->rest, &call->status, err);

	cancel_end(call->sh, err);
	return ok;
}

bool meta_undo(struct meta_call *call, struct shop_error *err)
{
	const struct line_how how = {.where = call->where};

	(void)err;
	call->status = line_command(call->sh, "undo --last", &how);
	return true;
}

bool meta_h(struct meta_call *call, struct shop_error *err)
{
	const struct line_how how = {.where = call->where};
	char *line = g_strconcat(call->rest, " --help", NULL);

	(void)err;
	call->status = line_command(call->sh, line, &how);
	g_free(line);
	return true;
}

/* Behind a line: runs it and looks only at what it would print. */
bool meta_gset(struct meta_call *call, struct shop_error *err)
{
	const struct line_how how = {.where = call->where, .silent = true};

	if (call->line != NULL) {
		call->status = line_command(call->sh, call->line, &how);
		if (line_failed(call->status))
			return true;
	}
	return variables_take(call->sh, call->args[0] == NULL ? "" : call->args[0], err);
}

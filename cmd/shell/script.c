/*
 * Lines from a file or a pipe: run as they come, until one fails.
 */
#include "shell/shell.h"

#include <errno.h>
#include <string.h>

#define DEPTH_MAX 16

/* The next line without its end; false at the end of the file. */
static bool read_line(FILE *file, GString *line, struct shop_error *err)
{
	int c;

	g_string_truncate(line, 0);
	while ((c = getc_unlocked(file)) != EOF && c != '\n') {
		if (line->len >= SHELL_LINE_MAX)
			return shop_fail(err, E_BATCH_LINE, "the line is longer than 1 MiB");
		if (c == '\0')
			return shop_fail(err, E_BATCH_LINE, "the line holds a NUL");
		g_string_append_c(line, (char)c);
	}
	if (ferror(file))
		return shop_fail(err, E_IO, "cannot read: %s", g_strerror(errno));
	return c != EOF || line->len > 0;
}

struct script {
	struct shell *sh;
	const char *name;
	int failures, first;
};

/* Whether to go on. */
static bool count(struct script *script, int status)
{
	if (!line_failed(status))
		return true;
	if (script->failures++ == 0)
		script->first = status;
	return script->sh->s->inv->g.keep_going;
}

int script_run(struct shell *sh, FILE *file, const char *name)
{
	AUTO_ERROR struct shop_error err = {0};
	struct script script = {.sh = sh, .name = name};
	GString *line = g_string_new(NULL);
	int64_t number = 0;
	bool more = true;

	while (more && !sh->quit && sh->ended_by == 0 && read_line(file, line, &err)) {
		char *where = g_strdup_printf("%s:%" G_GINT64_FORMAT, name, ++number);

		more = count(&script, line_do(sh, line->str, where));
		(void)fflush(stdout);
		g_free(where);
	}
	g_string_free(line, TRUE);
	if (err.id != E_NONE) {
		char *where = g_strdup_printf("%s:%" G_GINT64_FORMAT, name, number + 1);

		(void)count(&script, shell_tell(sh, where, &err));
		g_free(where);
	}
	if (script.failures == 0)
		return 0;
	return sh->s->inv->g.keep_going ? SHOP_PARTIAL : script.first;
}

bool script_run_file(struct shell *sh, const char *path, int *ret_status, struct shop_error *err)
{
	FILE *file;

	if (sh->depth >= DEPTH_MAX)
		return shop_fail(err, E_USAGE, "%s: files that run files, more than %d deep", path,
				 DEPTH_MAX);
	if (strcmp(path, "-") == 0) {
		*ret_status = script_run(sh, stdin, "stdin");
		return true;
	}
	file = fopen(path, "re");
	if (file == NULL)
		return shop_fail(err, E_IO, "cannot open %s: %s", path, g_strerror(errno));
	sh->depth++;
	*ret_status = script_run(sh, file, path);
	sh->depth--;
	(void)fclose(file);
	return true;
}

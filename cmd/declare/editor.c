/*
 * A text in the operator's editor: a file of its own, the editor started through sh as git does it,
 * so that EDITOR='code --wait' works.
 */
#include "declare/editor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TEXT_MAX (1 << 20)
#define NAME "shopctl-XXXXXX.yaml"
#define SUFFIX 5 /* .yaml, by which editors know the language */

static bool fail_io(const char *doing, const char *path, struct shop_error *err)
{
	return shop_fail(err, E_IO, "cannot %s %s: %s", doing, path, g_strerror(errno));
}

bool editor_write(const char *path, const char *text, struct shop_error *err)
{
	GError *why = NULL;

	/* In place: an editor that is still open has this very file. */
	if (g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, &why))
		return true;
	shop_fail(err, E_IO, "cannot write %s: %s", path, why->message);
	g_error_free(why);
	return false;
}

bool editor_begin(const char *text, char **ret_path, struct shop_error *err)
{
	char *path = g_build_filename(g_get_tmp_dir(), NAME, NULL);
	int fd = mkostemps(path, SUFFIX, O_CLOEXEC);
	bool ok = fd >= 0 || fail_io("make", path, err);

	if (fd >= 0)
		(void)close(fd);
	ok = ok && editor_write(path, text, err);
	if (ok)
		*ret_path = path;
	else
		g_free(path);
	return ok;
}

static const char *find_editor(bool terminal)
{
	const char *visual = getenv("VISUAL");
	const char *editor = getenv("EDITOR");

	if (visual != NULL && *visual != '\0')
		return visual;
	if (editor != NULL && *editor != '\0')
		return editor;
	return terminal ? "vi" : NULL;
}

static bool wait_for(pid_t pid, const char *editor, struct shop_error *err)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return fail_io("wait for", editor, err);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	return shop_fail(err, E_IO, "the editor \"%s\" ended with a failure; nothing was done",
			 editor);
}

/* Ctrl-C and Ctrl-\ are for the editor while it is open. */
static bool run_through_shell(char **argv, const char *editor, struct shop_error *err)
{
	void (*interrupt)(int) = signal(SIGINT, SIG_IGN);
	void (*quit)(int) = signal(SIGQUIT, SIG_IGN);
	posix_spawnattr_t attributes;
	sigset_t defaults;
	pid_t pid;
	bool ok;

	(void)sigemptyset(&defaults);
	(void)sigaddset(&defaults, SIGINT);
	(void)sigaddset(&defaults, SIGQUIT);
	(void)sigaddset(&defaults, SIGPIPE);
	(void)posix_spawnattr_init(&attributes);
	(void)posix_spawnattr_setsigdefault(&attributes, &defaults);
	(void)posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	errno = posix_spawn(&pid, "/bin/sh", NULL, &attributes, argv, environ);
	ok = errno == 0 ? wait_for(pid, editor, err) : fail_io("start", editor, err);
	(void)posix_spawnattr_destroy(&attributes);
	(void)signal(SIGINT, interrupt);
	(void)signal(SIGQUIT, quit);
	return ok;
}

bool editor_run(const char *path, bool terminal, struct shop_error *err)
{
	const char *editor = find_editor(terminal);
	char shell[] = "sh", option[] = "-c";
	char *line, *file;
	bool ok;

	if (editor == NULL)
		return shop_fail(err, E_USAGE, "no editor is known: set VISUAL or EDITOR");
	line = g_strconcat(editor, " \"$@\"", NULL);
	file = g_strdup(path);
	ok = run_through_shell((char *[]){shell, option, line, shell, file, NULL}, editor, err);
	g_free(line);
	g_free(file);
	return ok;
}

bool editor_read(const char *path, char **ret_text, struct shop_error *err)
{
	GError *why = NULL;
	gsize size;

	if (!g_file_get_contents(path, ret_text, &size, &why)) {
		shop_fail(err, E_IO, "cannot read %s: %s", path, why->message);
		g_error_free(why);
		return false;
	}
	if (size <= TEXT_MAX)
		return true;
	g_clear_pointer(ret_text, g_free);
	return shop_fail(err, E_IO, "%s is larger than 1 MiB", path);
}

/*
 * Programs that run beside us. The store stays open meanwhile: they are spawned, not forked, and
 * every descriptor of ours but the first three closes in them.
 */
#include "shell/shell.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What we block or ignore is ours alone. */
static void plain_signals(posix_spawnattr_t *attr)
{
	sigset_t none, plain;

	sigemptyset(&none);
	sigemptyset(&plain);
	sigaddset(&plain, SIGPIPE);
	sigaddset(&plain, SIGXFSZ);
	sigaddset(&plain, SIGINT);
	sigaddset(&plain, SIGQUIT);
	(void)posix_spawnattr_setsigmask(attr, &none);
	(void)posix_spawnattr_setsigdefault(attr, &plain);
	(void)posix_spawnattr_setflags(attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

static int spawn(const char *command, int in, pid_t *ret_pid)
{
	const char *const words[] = {"sh", "-c", command, NULL};
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	int failed;

	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attr);
	plain_signals(&attr);
	if (in >= 0)
		posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
	else if (!isatty(STDIN_FILENO)) /* the rest of stdin is ours */
		posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	failed = posix_spawn(ret_pid, "/bin/sh", &files, &attr, (char *const *)(uintptr_t)words,
			     environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	return failed;
}

bool child_start(const char *command, bool piped, struct child *ret, struct shop_error *err)
{
	int ends[2] = {-1, -1};
	pid_t pid;
	int failed;

	(void)fflush(stdout);
	if (piped && pipe2(ends, O_CLOEXEC) != 0)
		return shop_fail(err, E_IO, "cannot make a pipe: %s", g_strerror(errno));
	failed = spawn(command, ends[0], &pid);
	if (ends[0] >= 0)
		(void)close(ends[0]);
	if (failed != 0) {
		if (ends[1] >= 0)
			(void)close(ends[1]);
		return shop_fail(err, E_IO, "cannot run sh: %s", g_strerror(failed));
	}
	*ret = (struct child){.pid = pid, .in = ends[1]};
	return true;
}

int child_end(struct child *child)
{
	int status = 0;

	if (child->pid == 0)
		return 0;
	if (child->in >= 0)
		(void)close(child->in);
	while (waitpid(child->pid, &status, 0) < 0)
		if (errno != EINTR)
			break;
	*child = (struct child){.in = -1};
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

bool child_run(const char *command, int *ret_status, struct shop_error *err)
{
	struct child child = {.in = -1};

	if (!child_start(command, false, &child, err))
		return false;
	*ret_status = child_end(&child);
	return true;
}

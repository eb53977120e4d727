/*
 * A result that does not fit the screen goes through a pager. What the pager does not take at once
 * waits in a file without a name, so that nobody's reading keeps a transaction of the store open.
 */
#include "out/out_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LESS "less", "-FRSX"

static bool runs_under_sudo(void)
{
	return getenv("SUDO_UID") != NULL || getuid() != geteuid();
}

/* The pager that is asked for: NULL = less, "" = none. */
static const char *named_pager(void)
{
	const char *named = getenv("SHOPCTL_PAGER");

	if (runs_under_sudo())
		return NULL;
	if (named == NULL)
		named = getenv("PAGER");
	return named != NULL && strcmp(named, "cat") == 0 ? "" : named;
}

void pager_init(struct pager *pager, bool may)
{
	const char *named = may ? named_pager() : "";

	*pager = (struct pager){.may = named == NULL || *named != '\0', .pipe = -1, .spool = -1};
}

/* Whether the text is longer than the screen; a line that is wider than it counts for each time it
 * is wrapped. */
static bool overflows(const struct out *out)
{
	const int rows = terminal_lines(out->fd), columns = MAX(terminal_columns(out->fd), 20);
	gsize lines = 1, at = 0, begin = 0;

	for (; rows > 0 && at < out->text->len && lines < (gsize)rows; at++) {
		if (out->text->str[at] != '\n')
			continue;
		lines += 1 +
			 (at - begin) / ((gsize)columns * 2); /* bytes: signs have more than one */
		begin = at + 1;
	}
	return rows > 0 && lines >= (gsize)rows;
}

bool pager_waits(const struct out *out)
{
	return out->pager.may && out->pager.pid == 0 && !overflows(out);
}

/* Its signals are as a program expects them, and what we hold open closes in it. */
static int spawn(const char *named, int in, pid_t *ret_pid)
{
	const char *const less[] = {LESS, NULL}, *const shell[] = {"sh", "-c", named, NULL};
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t plain, none;
	int failed;

	sigemptyset(&none);
	sigemptyset(&plain);
	sigaddset(&plain, SIGPIPE);
	sigaddset(&plain, SIGXFSZ);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
	posix_spawnattr_init(&attr);
	(void)posix_spawnattr_setsigdefault(&attr, &plain);
	(void)posix_spawnattr_setsigmask(&attr, &none);
	(void)posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
	failed = posix_spawnp(ret_pid, named == NULL ? less[0] : shell[0], &files, &attr,
			      (char *const *)(uintptr_t)(named == NULL ? less : shell), environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	return failed;
}

/* Keys are the pager's while it runs: Ctrl-C in it does not end us and leave it alone with the
 * terminal. */
static void hold_signals(struct pager *pager)
{
	pager->on_interrupt = signal(SIGINT, SIG_IGN);
	pager->on_quit = signal(SIGQUIT, SIG_IGN);
}

void pager_start(struct pager *pager)
{
	int ends[2];

	if (!pager->may || pager->pid != 0)
		return;
	pager->may = false;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return;
	if (runs_under_sudo())
		(void)setenv("LESSSECURE", "1", 1);
	if (spawn(named_pager(), ends[0], &pager->pid) != 0) {
		pager->pid = 0; /* there is no less here: the terminal gets it */
		(void)close(ends[1]);
	} else {
		pager->pipe = ends[1];
		(void)fcntl(pager->pipe, F_SETFL, O_NONBLOCK);
		hold_signals(pager);
	}
	(void)close(ends[0]);
}

/* As much as the pager takes now; returns how much. */
static size_t offer(struct pager *pager, const char *bytes, size_t size)
{
	size_t taken = 0;

	while (taken < size) {
		const ssize_t wrote = write(pager->pipe, bytes + taken, size - taken);

		if (wrote < 0 && errno == EINTR)
			continue;
		pager->left |= wrote < 0 && errno != EAGAIN;
		if (wrote < 0)
			break;
		taken += (size_t)wrote;
	}
	return taken;
}

/* Its user has quit: poll says so of a pipe that is full, too. */
static bool has_left(struct pager *pager, int timeout_ms)
{
	struct pollfd wait = {.fd = pager->pipe, .events = POLLOUT};

	(void)poll(&wait, 1, timeout_ms);
	pager->left |= (wait.revents & (POLLERR | POLLHUP)) != 0;
	return pager->left;
}

static bool keep(struct pager *pager, const char *bytes, size_t size)
{
	if (pager->spool < 0)
		pager->spool = open(g_get_tmp_dir(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	while (pager->spool >= 0 && size > 0) {
		const ssize_t wrote = write(pager->spool, bytes, size);

		if (wrote <= 0)
			return false;
		bytes += wrote;
		size -= (size_t)wrote;
	}
	return pager->spool >= 0;
}

/* Wait until all of it is taken, or nobody reads any more. */
static void press(struct pager *pager, const char *bytes, size_t size)
{
	while (size > 0 && !has_left(pager, -1)) {
		const size_t taken = offer(pager, bytes, size);

		bytes += taken;
		size -= taken;
	}
}

void pager_write(struct pager *pager, const char *bytes, size_t size)
{
	size_t taken = 0;

	if (has_left(pager, 0))
		return;
	if (pager->spool < 0)
		taken = offer(pager, bytes, size);
	if (taken < size && !pager->left && !keep(pager, bytes + taken, size - taken))
		press(pager, bytes + taken, size - taken);
}

static void pass_on(struct pager *pager)
{
	char bytes[16384];
	off_t at = 0;
	ssize_t got;

	while (!pager->left && (got = pread(pager->spool, bytes, sizeof(bytes), at)) > 0) {
		press(pager, bytes, (size_t)got);
		at += got;
	}
	(void)close(pager->spool);
	pager->spool = -1;
}

void pager_end(struct pager *pager)
{
	if (pager->pid == 0)
		return;
	(void)alarm(0); /* --timeout is about the command, not about who reads its result */
	if (pager->spool >= 0)
		pass_on(pager);
	(void)close(pager->pipe);
	while (waitpid(pager->pid, NULL, 0) < 0 && errno == EINTR)
		;
	(void)signal(SIGINT, pager->on_interrupt);
	(void)signal(SIGQUIT, pager->on_quit);
	pager->pid = 0;
}

/* Running the command of event tail --exec. */
#include "event/tail_exec.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* Before the first retry, and doubled before each further one up to the most. */
#define FIRST_US INT64_C(100000)
#define MOST_US (60 * SHOP_SECOND)

static char **with_id(char **env, const char *name, enum shop_id_type type, int64_t id)
{
	char text[SHOP_ID_TEXT];

	return g_environ_setenv(env, name, shop_id_format(type, id, text), TRUE);
}

static char **environment(const struct session *s, const struct shop_event *event)
{
	char self[4096] = "";
	char at[SHOP_TIME_TEXT];
	char **env = g_get_environ();

	if (readlink("/proc/self/exe", self, sizeof(self) - 1) > 0)
		env = g_environ_setenv(env, "SHOPCTL", self, TRUE);
	env = g_environ_setenv(env, "SHOPCTL_STORE", s->store_path, TRUE);
	env = with_id(env, "SHOPCTL_EVENT_ID", SHOP_ID_EVENT, event->seq);
	env = with_id(env, "SHOPCTL_EVENT_TXN", SHOP_ID_TXN, event->txn);
	env = g_environ_setenv(env, "SHOPCTL_EVENT_TYPE", event->type, TRUE);
	env = g_environ_setenv(env, "SHOPCTL_EVENT_SUBJECT", event->subject, TRUE);
	env = g_environ_setenv(env, "SHOPCTL_EVENT_ACTOR", event->actor, TRUE);
	env = g_environ_setenv(env, "SHOPCTL_EVENT_AT", shop_time_format_utc(event->at_us, at),
			       TRUE);
	/* The service manager listens to us, not to it. */
	return g_environ_unsetenv(env, "NOTIFY_SOCKET");
}

/* A file without a name: the command may read all of it, some, or nothing. */
static int input_of(const GString *line)
{
	int fd = memfd_create("event", MFD_CLOEXEC);

	if (fd >= 0 && (write(fd, line->str, line->len) != (ssize_t)line->len ||
			lseek(fd, 0, SEEK_SET) != 0)) {
		(void)close(fd);
		return -1;
	}
	return fd;
}

/*
 * Between transactions and by posix_spawn, which goes straight to the command: nothing of the open
 * store is touched or inherited.
 */
static int spawn(pid_t *ret_pid, char **argv, char **env, int input)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t signals;
	int failed;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
	posix_spawnattr_init(&attributes);
	sigemptyset(&signals);
	posix_spawnattr_setsigmask(&attributes, &signals);
	sigaddset(&signals, SIGPIPE);
	sigaddset(&signals, SIGXFSZ);
	posix_spawnattr_setsigdefault(&attributes, &signals);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
	failed = posix_spawn(ret_pid, "/bin/sh", &actions, &attributes, argv, env);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return failed;
}

/* *ret_status: the exit code, 128 + n after signal n. */
static bool run_once(char **argv, char **env, const GString *line, int *ret_status,
		     struct shop_error *err)
{
	int input = input_of(line);
	int failed, status;
	pid_t pid;

	if (input < 0)
		return shop_fail(err, E_IO, "cannot keep an event for the command: %s",
				 g_strerror(errno));
	failed = spawn(&pid, argv, env, input);
	(void)close(input);
	if (failed != 0)
		return shop_fail(err, E_IO, "cannot run /bin/sh: %s", g_strerror(failed));
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return shop_fail(err, E_IO, "cannot wait for the command: %s",
					 g_strerror(errno));
	*ret_status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
	return true;
}

static bool run_again(char **argv, char **env, const GString *line, int64_t retries,
		      int *ret_status, struct shop_error *err)
{
	int64_t pause_us = FIRST_US;
	bool ok = run_once(argv, env, line, ret_status, err);

	for (; ok && *ret_status != 0 && retries > 0; retries--) {
		g_usleep((gulong)pause_us);
		pause_us = MIN(2 * pause_us, MOST_US);
		ok = run_once(argv, env, line, ret_status, err);
	}
	return ok;
}

bool tail_exec(const struct session *s, const char *command, int64_t retries,
	       const struct shop_event *event, const GString *line, struct shop_error *err)
{
	char sh[] = "sh", c[] = "-c";
	char *argv[] = {sh, c, (char *)(uintptr_t)command, NULL};
	char **env = environment(s, event);
	char id[SHOP_ID_TEXT];
	int status = 0;
	bool ok = run_again(argv, env, line, retries, &status, err);

	g_strfreev(env);
	if (!ok || status == 0)
		return ok;
	shop_id_format(SHOP_ID_EVENT, event->seq, id);
	shop_fail(err, E_TAIL_COMMAND, "the command ended with %d for %s, %s of %s", status, id,
		  event->type, event->subject);
	err->code = (enum shop_code)status;
	return shop_fail_fix(err, "event", "show", id, NULL);
}

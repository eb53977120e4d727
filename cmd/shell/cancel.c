/*
 * Ending a command early. Signals are read, not handled: nothing happens at any moment but where
 * the store looks at the descriptor.
 */
#include "shell/shell.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

static bool add(struct cancel *cancel, int fd)
{
	struct epoll_event event = {.events = EPOLLIN, .data = {.fd = fd}};

	return fd >= 0 && epoll_ctl(cancel->fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

bool cancel_open(struct cancel *cancel, const sigset_t *signals, struct shop_error *err)
{
	cancel->signal_fd = -1;
	cancel->timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	cancel->fd = epoll_create1(EPOLL_CLOEXEC);
	if (cancel->fd < 0 || !add(cancel, cancel->timer_fd))
		return shop_fail(err, E_IO, "cannot watch the time: %s", g_strerror(errno));
	if (signals == NULL)
		return true;
	cancel->signal_fd = signalfd(-1, signals, SFD_CLOEXEC | SFD_NONBLOCK);
	return (sigprocmask(SIG_BLOCK, signals, NULL) == 0 && add(cancel, cancel->signal_fd)) ||
	       shop_fail(err, E_IO, "cannot watch for signals: %s", g_strerror(errno));
}

void cancel_close(struct cancel *cancel)
{
	if (cancel->signal_fd >= 0)
		(void)close(cancel->signal_fd);
	if (cancel->timer_fd >= 0)
		(void)close(cancel->timer_fd);
	if (cancel->fd >= 0)
		(void)close(cancel->fd);
}

static void set_timer(struct cancel *cancel, int64_t us)
{
	const struct itimerspec when = {
		.it_value = {.tv_sec = us / SHOP_SECOND, .tv_nsec = us % SHOP_SECOND * 1000}};

	(void)timerfd_settime(cancel->timer_fd, 0, &when, NULL);
}

void cancel_begin(struct shell *sh, int64_t timeout_us)
{
	set_timer(&sh->cancel, timeout_us == SHOP_NULL || timeout_us <= 0 ? 0 : timeout_us);
	shop_store_cancel_by(sh->lines.store, sh->cancel.fd);
}

/* SIGINT was for the command; others are for the shell. */
static void read_signals(struct shell *sh)
{
	struct signalfd_siginfo info;
	bool interrupted = false;

	while (sh->cancel.signal_fd >= 0 &&
	       read(sh->cancel.signal_fd, &info, sizeof(info)) == sizeof(info))
		if (info.ssi_signo == SIGINT)
			interrupted = true;
		else
			sh->ended_by = (int)info.ssi_signo;
	/* The terminal has shown ^C where the cursor was. */
	if (interrupted)
		(void)fputs("\n", stderr);
}

void cancel_end(struct shell *sh, struct shop_error *err)
{
	uint64_t fired = 0;

	shop_store_cancel_by(sh->lines.store, -1);
	if (read(sh->cancel.timer_fd, &fired, sizeof(fired)) == sizeof(fired) &&
	    err->id == E_INTERRUPTED)
		shop_fail(err, E_TIMEOUT, "the command's --timeout ended");
	set_timer(&sh->cancel, 0);
	read_signals(sh);
}

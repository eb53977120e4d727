/* The thread that waits for a worker's signals. */
#include "worker/signals.h"

#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

/* Over the grace time, so that it is we who end and not the manager that ends us. */
#define MARGIN_US INT64_C(5000000)

static void request_stop(struct worker_signals *s)
{
	const uint64_t one = 1;

	atomic_store(&s->stop, true);
	(void)!write(s->wake_fd, &one, sizeof(one));
}

/* As the signal would have ended us; safe at any instant (leases, fences). */
static void die_by(int sig)
{
	sigset_t one;

	sigemptyset(&one);
	sigaddset(&one, sig);
	(void)signal(sig, SIG_DFL);
	(void)kill(getpid(), sig);
	(void)pthread_sigmask(SIG_UNBLOCK, &one, NULL);
	for (;;)
		(void)pause();
}

/* Time to finish what is at work; a second signal, or the end of the time, ends it. */
static void wait_grace(const struct worker_signals *s, int sig)
{
	const struct timespec grace = {.tv_sec = s->grace_us / 1000000,
				       .tv_nsec = s->grace_us % 1000000 * 1000};
	sigset_t ends;
	int again;

	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	again = sigtimedwait(&ends, NULL, &grace);
	die_by(again > 0 ? again : sig);
}

static void *wait_for_signals(void *arg)
{
	struct worker_signals *s = arg;
	int sig;

	while (sigwait(&s->waited, &sig) == 0) {
		if (sig == SIGUSR1) {
			pulse_dump(s->pulse);
		} else if (sig == SIGHUP) {
			service_tell(s->service, "RELOADING=1\nMONOTONIC_USEC=%" G_GINT64_FORMAT,
				     service_clock_us());
			atomic_store(&s->reload, true);
			request_stop(s);
		} else {
			service_tell(s->service,
				     "STOPPING=1\nSTATUS=finishing what is at work\n"
				     "EXTEND_TIMEOUT_USEC=%" G_GINT64_FORMAT,
				     s->grace_us + MARGIN_US);
			request_stop(s);
			wait_grace(s, sig);
		}
	}
	return NULL;
}

bool worker_signals_begin(struct worker_signals *s, const struct worker_signals_how *how)
{
	s->grace_us = how->grace_us;
	s->service = how->service;
	s->pulse = how->pulse;
	s->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	atomic_init(&s->stop, false);
	atomic_init(&s->reload, false);
	sigemptyset(&s->waited);
	sigaddset(&s->waited, SIGTERM);
	sigaddset(&s->waited, SIGINT);
	sigaddset(&s->waited, SIGUSR1);
	if (how->reload)
		sigaddset(&s->waited, SIGHUP);
	if (s->wake_fd < 0 || pthread_sigmask(SIG_BLOCK, &s->waited, &s->before) != 0)
		return false;
	s->running = pthread_create(&s->thread, NULL, wait_for_signals, s) == 0;
	if (!s->running)
		(void)pthread_sigmask(SIG_SETMASK, &s->before, NULL);
	return s->running;
}

void worker_signals_end(struct worker_signals *s)
{
	if (s->running) {
		(void)pthread_cancel(s->thread);
		(void)pthread_join(s->thread, NULL);
		(void)pthread_sigmask(SIG_SETMASK, &s->before, NULL);
	}
	s->running = false;
	if (s->wake_fd >= 0)
		(void)close(s->wake_fd);
	s->wake_fd = -1;
}

bool worker_signals_stopping(void *ctx)
{
	struct worker_signals *s = ctx;

	return atomic_load(&s->stop);
}

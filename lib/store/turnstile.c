/*
 * The turnstile's two locks. Waiting sleeps in the kernel, which wakes waiters in order; a timer of
 * this thread interrupts the sleep so that the deadline holds although a stopped process has the
 * lock.
 */
#include "store/turnstile.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

enum { GATE = 0, ROOM = 1 };

/* SIGURG is ignored unless handled, so a late one harms nobody. */
#define WAKE_SIGNAL SIGURG
/* The wake-up repeats, for the first may come just before the sleep. */
#define WAKE_AGAIN_NS (20 * 1000000L)

int64_t turnstile_clock_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

bool turnstile_open(struct turnstile *t, const char *store_path, struct shop_error *err)
{
	char *path = g_strconcat(store_path, "-turn", NULL);

	t->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (t->fd < 0)
		shop_fail(err, errno == EACCES || errno == EROFS ? E_STORE_READONLY : E_STORE_IO,
			  "cannot open %s: %s", path, g_strerror(errno));
	g_free(path);
	return t->fd >= 0;
}

void turnstile_close(struct turnstile *t)
{
	if (t->fd >= 0)
		close(t->fd);
	t->fd = -1;
}

static int lock_byte(int fd, int command, short type, off_t byte)
{
	struct flock lock = {.l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};

	return fcntl(fd, command, &lock);
}

static void on_wake(int sig)
{
	(void)sig;
}

/* Whether this program can be woken by WAKE_SIGNAL: installs a handler where nobody else has one.
 */
static bool wake_prepare(void)
{
	struct sigaction now, ours = {.sa_handler = on_wake};

	if (sigaction(WAKE_SIGNAL, NULL, &now))
		return false;
	if (now.sa_handler == on_wake)
		return true;
	if ((now.sa_flags & SA_SIGINFO) || (now.sa_handler != SIG_DFL && now.sa_handler != SIG_IGN))
		return false;
	return sigaction(WAKE_SIGNAL, &ours, NULL) == 0;
}

static bool wake_at(int64_t until_us, timer_t *ret_timer)
{
	struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = WAKE_SIGNAL};
	struct itimerspec when = {
		.it_value = {.tv_sec = until_us / 1000000, .tv_nsec = until_us % 1000000 * 1000},
		.it_interval = {.tv_nsec = WAKE_AGAIN_NS},
	};

	event.sigev_notify_thread_id = gettid();
	if (!wake_prepare() || timer_create(CLOCK_MONOTONIC, &event, ret_timer))
		return false;
	if (timer_settime(*ret_timer, TIMER_ABSTIME, &when, NULL) == 0)
		return true;
	timer_delete(*ret_timer);
	return false;
}

/* Where no timer can be had: ask again and again, at the price of fairness. */
static int lock_poll(int fd, off_t byte, int64_t until_us)
{
	while (lock_byte(fd, F_OFD_SETLK, F_WRLCK, byte)) {
		if (errno != EAGAIN && errno != EACCES)
			return errno;
		if (turnstile_clock_us() >= until_us)
			return ETIMEDOUT;
		g_usleep(200);
	}
	return 0;
}

/* Take one lock. Returns 0, ETIMEDOUT or another errno. */
static int lock_until(int fd, off_t byte, int64_t until_us)
{
	timer_t timer;
	int failed = 0;

	if (lock_byte(fd, F_OFD_SETLK, F_WRLCK, byte) == 0)
		return 0;
	if (errno != EAGAIN && errno != EACCES)
		return errno;
	if (!wake_at(until_us, &timer))
		return lock_poll(fd, byte, until_us);
	while (lock_byte(fd, F_OFD_SETLKW, F_WRLCK, byte)) {
		failed = errno;
		if (failed == EINTR && turnstile_clock_us() >= until_us)
			failed = ETIMEDOUT;
		if (failed != EINTR)
			break;
		failed = 0;
	}
	timer_delete(timer);
	return failed;
}

bool turnstile_enter(struct turnstile *t, int64_t until_us, struct shop_error *err)
{
	int failed;

	if (t->fd < 0)
		return true;
	failed = lock_until(t->fd, GATE, until_us);
	if (failed == 0) {
		failed = lock_until(t->fd, ROOM, until_us);
		lock_byte(t->fd, F_OFD_SETLK, F_UNLCK, GATE);
	}
	if (failed == ETIMEDOUT)
		return shop_fail(err, E_STORE_BUSY, "another process is writing to the store");
	if (failed)
		return shop_fail(err, E_STORE_IO, "cannot lock the store's turnstile: %s",
				 g_strerror(failed));
	return true;
}

void turnstile_leave(struct turnstile *t)
{
	if (t->fd >= 0)
		lock_byte(t->fd, F_OFD_SETLK, F_UNLCK, ROOM);
}

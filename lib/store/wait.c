/* Waiting for others' commits: the WAL file's inotify wakes, PRAGMA data_version tells the truth.
 */
#include "store/store_internal.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

/* Without inotify, or should an event be lost. */
#define POLL_US INT64_C(1000000)
/* The write is seen before the commit is: look again for this long. */
#define SETTLE_US INT64_C(5000)

static bool version_changed(struct shop_store *store)
{
	AUTO_ERROR struct shop_error err = {0};
	int64_t version = 0;

	if (!db_get(store, &version, "PRAGMA data_version", NULL, &err))
		return true; /* the caller's next step will say what is wrong */
	if (version == store->seen_version)
		return false;
	store->seen_version = version;
	return true;
}

static void watch_wal(struct shop_store *store)
{
	char *wal;

	if (store->watch >= 0)
		return;
	store->watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	wal = g_strconcat(store->path, "-wal", NULL);
	if (store->watch >= 0 && inotify_add_watch(store->watch, wal, IN_MODIFY) < 0) {
		close(store->watch);
		store->watch = -1;
	}
	g_free(wal);
}

static void drain(int fd)
{
	char events[4096];

	while (fd >= 0 && read(fd, events, sizeof events) > 0)
		;
}

static bool settled_changed(struct shop_store *store)
{
	int64_t until = turnstile_clock_us() + SETTLE_US;

	while (!version_changed(store)) {
		if (turnstile_clock_us() >= until)
			return false;
		g_usleep(100);
	}
	return true;
}

void shop_store_wait(struct shop_store *store, int64_t timeout_us, int wake_fd)
{
	int64_t until = turnstile_clock_us() + timeout_us;

	g_assert(store->depth == 0 && !store->reading);
	watch_wal(store);
	drain(store->watch);
	while (!version_changed(store)) {
		struct pollfd fds[] = {{.fd = store->watch, .events = POLLIN},
				       {.fd = wake_fd, .events = POLLIN},
				       {.fd = store->cancel_fd, .events = POLLIN}};
		int64_t left = until - turnstile_clock_us();
		int woken;

		if (left <= 0)
			return;
		woken = poll(fds, 3, (int)((left < POLL_US ? left : POLL_US) / 1000 + 1));
		if (woken < 0 || fds[1].revents || fds[2].revents)
			return; /* a signal, or called: the caller looks why */
		drain(store->watch);
		if (woken > 0 && settled_changed(store))
			return;
	}
}

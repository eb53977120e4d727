/*
 * Who works: an owner's name that is never used twice, and a lock file the kernel frees when its
 * process dies, so that a killed worker's jobs are taken over at once and a stopped one's after the
 * lease.
 */
#include "worker/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define SUFFIX ".lock"
#define NAME_MAX_BYTES 64

int64_t worker_boot_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Another boot's leases are over whatever their time says. */
static char *boot_id(void)
{
	char *text = NULL;

	if (!g_file_get_contents("/proc/sys/kernel/random/boot_id", &text, NULL, NULL))
		return g_strdup("unknown");
	return g_strstrip(text);
}

bool lease_name_check(const char *name, const char *field, struct shop_error *err)
{
	const size_t length = strlen(name);

	if (length > 0 && length <= NAME_MAX_BYTES && name[0] != '.' &&
	    strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") ==
		    length)
		return true;
	return shop_fail(err, E_VALUE, "%s: 1 to %d letters, digits, dots, dashes or underscores",
			 field, NAME_MAX_BYTES);
}

static char *lock_path(const char *directory, const char *prefix, const char *name)
{
	return g_strconcat(directory, "/", prefix, name, SUFFIX, NULL);
}

/* Taken or not; the lock belongs to the open file, so it ends with the process however that ends.
 */
static bool try_lock(int fd)
{
	struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	return fcntl(fd, F_OFD_SETLK, &lock) == 0;
}

static bool open_lock(const char *path, int flags, int *ret_fd, struct shop_error *err)
{
	*ret_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | flags, 0600);
	return *ret_fd >= 0 || shop_fail(err, E_IO, "cannot open %s: %s", path, g_strerror(errno));
}

static bool take_owner(struct worker *w, struct shop_error *err)
{
	const char *name = w->options->name == NULL ? "worker" : w->options->name;
	char *path;
	bool ok;

	if (!lease_name_check(name, "name", err))
		return false;
	w->boot_id = boot_id();
	w->owner = g_strdup_printf("%s-%d-%08x", name, (int)getpid(), g_random_int());
	if (w->options->run_directory == NULL)
		return true;
	path = lock_path(w->options->run_directory, "", w->owner);
	ok = open_lock(path, O_EXCL, &w->lock_fd, err) &&
	     (try_lock(w->lock_fd) || shop_fail(err, E_IO, "cannot lock %s", path));
	g_free(path);
	return ok;
}

bool lease_take(const char *path, int *ret_fd, bool *ret_taken, struct shop_error *err)
{
	int fd;

	if (!open_lock(path, 0, &fd, err))
		return false;
	*ret_taken = try_lock(fd);
	*ret_fd = *ret_taken ? fd : -1;
	if (!*ret_taken)
		(void)close(fd);
	return true;
}

bool lease_directory(const char *directory, struct shop_error *err)
{
	return g_mkdir_with_parents(directory, 0700) == 0 ||
	       shop_fail(err, E_IO, "cannot make %s: %s", directory, g_strerror(errno));
}

static bool take_exclusive(struct worker *w, struct shop_error *err)
{
	const char *name = w->options->exclusive;
	bool taken = true;
	char *path;
	bool ok;

	if (name == NULL)
		return true;
	if (!lease_name_check(name, "exclusive", err))
		return false;
	if (w->options->run_directory == NULL)
		return shop_fail(err, E_IO,
				 "an exclusive name needs a directory for its lock file");
	path = lock_path(w->options->run_directory, "exclusive-", name);
	ok = lease_take(path, &w->exclusive_fd, &taken, err);
	if (ok && !taken)
		ok = shop_fail(err, E_WORKER_EXCLUSIVE, "a worker runs under the name %s already",
			       name);
	g_free(path);
	return ok;
}

bool lease_open(struct worker *w, struct shop_error *err)
{
	const char *directory = w->options->run_directory;

	if (directory != NULL && !lease_directory(directory, err))
		return false;
	return take_exclusive(w, err) && take_owner(w, err);
}

void lease_look(struct worker *w)
{
	w->boot_id = boot_id();
	w->owner = g_strdup("");
}

void lease_close(struct worker *w)
{
	if (w->lock_fd >= 0) {
		char *path = lock_path(w->options->run_directory, "", w->owner);

		(void)unlink(path);
		(void)close(w->lock_fd);
		g_free(path);
	}
	/* The exclusive file stays: unlinking it would let two in, one by each file. */
	if (w->exclusive_fd >= 0)
		(void)close(w->exclusive_fd);
	w->lock_fd = w->exclusive_fd = -1;
	g_clear_pointer(&w->owner, g_free);
	g_clear_pointer(&w->boot_id, g_free);
}

/* Whether somebody holds the lock; a file left by the dead is removed, for its name is never used
 * again. */
static bool is_alive(const char *path)
{
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	bool alive;

	if (fd < 0)
		return false;
	alive = !try_lock(fd);
	if (!alive)
		(void)unlink(path);
	(void)close(fd);
	return alive;
}

bool lease_holds(const struct worker *w, const char *owner, const char *boot, int64_t until_us)
{
	char *path;
	bool alive;

	if (owner == NULL || g_strcmp0(boot, w->boot_id) != 0 || until_us <= worker_boot_us() ||
	    strcmp(owner, w->owner) == 0)
		return false;
	if (w->options->run_directory == NULL)
		return true;
	path = lock_path(w->options->run_directory, "", owner);
	alive = is_alive(path);
	g_free(path);
	return alive;
}

int64_t lease_count_alive(const char *run_directory)
{
	GDir *directory = run_directory == NULL ? NULL : g_dir_open(run_directory, 0, NULL);
	const char *name;
	int64_t alive = 0;

	while (directory != NULL && (name = g_dir_read_name(directory)) != NULL) {
		char *path = g_build_filename(run_directory, name, NULL);

		if (g_str_has_suffix(name, SUFFIX) && !g_str_has_prefix(name, "exclusive-") &&
		    is_alive(path))
			alive++;
		g_free(path);
	}
	if (directory != NULL)
		g_dir_close(directory);
	return alive;
}

/*
 * Preloaded before the program under test: its N-th call to the system is where it dies, or what fails.
 *
 * FAULT_AT=N    which of the counted calls, from 1; 0 counts only
 * FAULT=KILL    dies on entering it; FAULT=EIO, ENOSPC … it fails so; FAULT=SHORT writes half, then there is no room
 * FAULT_CALLS   which calls count, as words; not set: all of the list below
 * FAULT_LOG     a file that gets the names of the counted calls, one a line, when the program ends
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { CALLS_MAX = 100000 };

static const struct {
	const char *name;
	int number;
} errors[] = {
	{ "EIO", EIO }, { "ENOSPC", ENOSPC }, { "EACCES", EACCES }, { "ENOMEM", ENOMEM }, { "EMFILE", EMFILE },
};

static long at;
static const char *what, *calls, *path;
static int failure;
static bool no_room;
static long seen;
static const char *names[CALLS_MAX];

__attribute__((constructor)) static void begin(void)
{
	const char *text = getenv("FAULT_AT");

	at = text == NULL ? 0 : atol(text);
	what = getenv("FAULT");
	calls = getenv("FAULT_CALLS");
	path = getenv("FAULT_LOG");
	for (size_t i = 0; what != NULL && i < sizeof errors / sizeof *errors; i++)
		if (strcmp(errors[i].name, what) == 0)
			failure = errors[i].number;
}

__attribute__((destructor)) static void end(void)
{
	int fd = path == NULL ? -1 : (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	for (long i = 0; fd >= 0 && i < seen && i < CALLS_MAX; i++)
		if (syscall(SYS_write, fd, names[i], strlen(names[i])) < 0 || syscall(SYS_write, fd, "\n", 1) < 0)
			return;
}

/* Whether a word of the list is the name. */
static bool listed(const char *name)
{
	size_t length = strlen(name);

	if (calls == NULL)
		return true;
	for (const char *p = calls; *p != '\0'; p += strcspn(p, " "), p += strspn(p, " "))
		if (strcspn(p, " ") == length && strncmp(p, name, length) == 0)
			return true;
	return false;
}

/* Count a call; true when it is the one that fails, with errno set. */
static bool fails(const char *name)
{
	long now;

	if (!listed(name))
		return false;
	now = __atomic_add_fetch(&seen, 1, __ATOMIC_SEQ_CST);
	if (now <= CALLS_MAX)
		names[now - 1] = name;
	if (now != at)
		return false;
	if (what != NULL && strcmp(what, "KILL") == 0)
		(void)kill(getpid(), SIGKILL);
	no_room = what != NULL && strcmp(what, "SHORT") == 0;
	errno = failure;
	return failure != 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* Half of a write that meets a full disk goes through; the rest of it and all later ones do not. */
static ssize_t short_write(bool first, ssize_t half)
{
	errno = ENOSPC;
	return first && half > 0 ? half : -1;
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset)
{
	bool full = no_room;

	if (fails("pwrite"))
		return -1;
	if (no_room)
		return short_write(!full, full ? 0 : syscall(SYS_pwrite64, fd, data, size / 2, offset));
	return syscall(SYS_pwrite64, fd, data, size, offset);
}

ssize_t write(int fd, const void *data, size_t size)
{
	return fails("write") ? -1 : syscall(SYS_write, fd, data, size);
}

ssize_t pread64(int fd, void *data, size_t size, off64_t offset)
{
	return fails("pread") ? -1 : syscall(SYS_pread64, fd, data, size, offset);
}

ssize_t read(int fd, void *data, size_t size)
{
	return fails("read") ? -1 : syscall(SYS_read, fd, data, size);
}

int fdatasync(int fd)
{
	return fails("fdatasync") ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int fsync(int fd)
{
	return fails("fsync") ? -1 : (int)syscall(SYS_fsync, fd);
}

int ftruncate64(int fd, off64_t size)
{
	return fails("ftruncate") ? -1 : (int)syscall(SYS_ftruncate, fd, size);
}

int unlink(const char *name)
{
	return fails("unlink") ? -1 : (int)syscall(SYS_unlink, name);
}

int rename(const char *from, const char *to)
{
	return fails("rename") ? -1 : (int)syscall(SYS_rename, from, to);
}

int renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags)
{
	return fails("rename") ? -1 : (int)syscall(SYS_renameat2, from_fd, from, to_fd, to, flags);
}

int mkdir(const char *name, mode_t mode)
{
	return fails("mkdir") ? -1 : (int)syscall(SYS_mkdir, name, mode);
}

int statfs(const char *name, struct statfs *to)
{
	return fails("statfs") ? -1 : (int)syscall(SYS_statfs, name, to);
}

void *mmap64(void *address, size_t size, int protection, int flags, int fd, off64_t offset)
{
	if (fd >= 0 && fails("mmap"))
		return MAP_FAILED;
	return REAL(mmap64)(address, size, protection, flags, fd, offset);
}

static int open_file(const char *name, int flags, mode_t mode)
{
	return fails("open") ? -1 : (int)syscall(SYS_openat, AT_FDCWD, name, flags, mode);
}

int open(const char *name, int flags, ...)
{
	mode_t mode = 0;
	va_list args;

	va_start(args, flags);
	if (flags & O_CREAT)
		mode = (mode_t)va_arg(args, int);
	va_end(args);
	return open_file(name, flags, mode);
}

int open64(const char *name, int flags, ...)
{
	mode_t mode = 0;
	va_list args;

	va_start(args, flags);
	if (flags & O_CREAT)
		mode = (mode_t)va_arg(args, int);
	va_end(args);
	return open_file(name, flags, mode);
}

/* Every command of ours and of SQLite's takes a number or a pointer. */
static int lock_file(int fd, int command, void *value)
{
	bool locks = command == F_SETLK || command == F_SETLKW || command == F_GETLK || command == F_OFD_SETLK ||
		     command == F_OFD_SETLKW;

	return locks && fails("lock") ? -1 : (int)syscall(SYS_fcntl, fd, command, value);
}

int fcntl(int fd, int command, ...)
{
	void *value;
	va_list args;

	va_start(args, command);
	value = va_arg(args, void *);
	va_end(args);
	return lock_file(fd, command, value);
}

int fcntl64(int fd, int command, ...)
{
	void *value;
	va_list args;

	va_start(args, command);
	value = va_arg(args, void *);
	va_end(args);
	return lock_file(fd, command, value);
}

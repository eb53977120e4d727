/* The store's file before and beside SQLite: may it be trusted, where is it really, is its name
 * durable. */
#include "store/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

/* Their locks or their fsync do not do what SQLite needs. */
static const struct {
	uint32_t magic;
	const char *name;
} distrusted[] = {
	{NFS_SUPER_MAGIC, "NFS"}, {SMB_SUPER_MAGIC, "SMB"}, {0xff534d42, "CIFS"},
	{0xfe534d42, "SMB2"},	  {0x65735546, "FUSE"},	    {0x5346414f, "AFS"},
	{V9FS_MAGIC, "9p"},	  {0x0bd00bd0, "Lustre"},
};

bool sqlite_real_path(const char *path, char **ret_path, struct shop_error *err)
{
	char *directory = g_path_get_dirname(path);
	char *base = g_path_get_basename(path);
	char *real = realpath(directory, NULL);

	if (real)
		*ret_path = g_build_filename(real, base, NULL);
	else
		shop_fail(err, errno == EACCES ? E_STORE_PERMISSION : E_STORE_MISSING,
			  "cannot find the directory %s: %s", directory, g_strerror(errno));
	g_free(directory);
	g_free(base);
	free(real);
	return real != NULL;
}

static bool check_disk(const char *path, struct shop_error *err)
{
	struct statfs fs;

	if (statfs(path, &fs))
		return shop_fail(err, E_STORE_IO, "cannot ask what disk %s is on: %s", path,
				 g_strerror(errno));
	for (size_t i = 0; i < G_N_ELEMENTS(distrusted); i++)
		if ((uint32_t)fs.f_type == distrusted[i].magic)
			return shop_fail(err, E_STORE_PERMISSION,
					 "%s lies on %s, where locks cannot be relied on", path,
					 distrusted[i].name);
	return true;
}

static bool check_kind(const char *path, const struct stat *st, struct shop_error *err)
{
	if (S_ISLNK(st->st_mode))
		return shop_fail(err, E_STORE_PERMISSION, "%s is a symbolic link", path);
	if (!S_ISREG(st->st_mode))
		return shop_fail(err, E_STORE_NOT_SHOP, "%s is not a file", path);
	if (st->st_nlink > 1)
		return shop_fail(err, E_STORE_PERMISSION, "%s has %lu names (hard links)", path,
				 (unsigned long)st->st_nlink);
	return true;
}

static bool check_access(const char *path, enum shop_store_mode mode, struct shop_error *err)
{
	if (access(path, R_OK))
		return shop_fail(err, E_STORE_PERMISSION, "cannot read %s: %s", path,
				 g_strerror(errno));
	if (mode == SHOP_STORE_WRITE && access(path, W_OK))
		return shop_fail(err, E_STORE_READONLY, "cannot write to %s: %s", path,
				 g_strerror(errno));
	return true;
}

bool sqlite_check_file(const char *path, enum shop_store_mode mode, char **ret_path,
		       struct shop_error *err)
{
	char *real = NULL;
	struct stat st;
	bool ok;

	if (!sqlite_real_path(path, &real, err))
		return false;
	if (lstat(real, &st) == 0) {
		ok = check_kind(path, &st, err) && check_access(path, mode, err) &&
		     check_disk(real, err);
	} else {
		int why = errno;

		shop_fail(err, why == ENOENT ? E_STORE_MISSING : E_STORE_PERMISSION,
			  "no store at %s: %s", path, g_strerror(why));
		if (why == ENOENT)
			shop_fail_fix(err, "--store", path, "store", "init", NULL);
		ok = false;
	}
	if (ok)
		*ret_path = real;
	else
		g_free(real);
	return ok;
}

bool sqlite_sync_directory(const char *path)
{
	char *directory = g_path_get_dirname(path);
	int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	g_free(directory);
	return ok;
}

static bool sync_file(const char *path, struct shop_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (!ok)
		shop_fail(err, E_STORE_IO, "cannot sync %s: %s", path, g_strerror(errno));
	if (fd >= 0)
		close(fd);
	return ok;
}

/* Where RENAME_NOREPLACE is not known, a second name and the end of the first do the same. */
static int rename_new(const char *from, const char *to)
{
	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	return link(from, to) == 0 ? unlink(from) : -1;
}

bool sqlite_publish(const char *temp, const char *path, bool durable, struct shop_error *err)
{
	if (durable && !sync_file(temp, err))
		return false;
	if (rename_new(temp, path))
		return shop_fail(err, errno == EEXIST ? E_STORE_EXISTS : E_STORE_IO,
				 "cannot make %s: %s", path, g_strerror(errno));
	if (durable && !sqlite_sync_directory(path)) {
		shop_fail(err, E_STORE_IO, "cannot sync the directory of %s: %s", path,
			  g_strerror(errno));
		return shop_fail_because(err, "the file is there and whole");
	}
	return true;
}

/* The VFS of loss_vfs.h: passes everything to the real one and keeps a log. One scenario at a time.
 */
#include "loss_vfs.h"

#include <glib.h>
#include <sqlite3.h>
#include <string.h>

enum op_kind { OP_WRITE, OP_TRUNCATE, OP_SYNC, OP_ACKNOWLEDGE };
enum { MAIN_FILE, WAL_FILE, FILES };

struct op {
	enum op_kind kind;
	int file;
	int64_t offset;
	GBytes *data;
};

struct loss_log {
	sqlite3_vfs vfs;
	sqlite3_vfs *real;
	GByteArray *start[FILES];
	GArray *ops;
};

/* The real file lies behind it. */
struct loss_file {
	sqlite3_file base;
	struct loss_log *log;
	int which; /* FILES = not noted */
};

static struct loss_file *loss_file_of(sqlite3_file *f)
{
	return (struct loss_file *)(void *)f;
}

static sqlite3_file *real_of(sqlite3_file *f)
{
	return (sqlite3_file *)(void *)((char *)f + sizeof(struct loss_file));
}

static void note(sqlite3_file *f, enum op_kind kind, int64_t offset, const void *data, int size)
{
	struct loss_file *file = loss_file_of(f);
	struct op op = {.kind = kind, .file = file->which, .offset = offset};

	if (file->which == FILES)
		return;
	if (data)
		op.data = g_bytes_new(data, (gsize)size);
	g_array_append_val(file->log->ops, op);
}

static int file_close(sqlite3_file *f)
{
	return real_of(f)->pMethods->xClose(real_of(f));
}

static int file_read(sqlite3_file *f, void *to, int size, sqlite3_int64 offset)
{
	return real_of(f)->pMethods->xRead(real_of(f), to, size, offset);
}

static int file_write(sqlite3_file *f, const void *from, int size, sqlite3_int64 offset)
{
	note(f, OP_WRITE, offset, from, size);
	return real_of(f)->pMethods->xWrite(real_of(f), from, size, offset);
}

static int file_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	note(f, OP_TRUNCATE, size, NULL, 0);
	return real_of(f)->pMethods->xTruncate(real_of(f), size);
}

/* The real sync is left out: the log is the disk. */
static int file_sync(sqlite3_file *f, int flags)
{
	(void)flags;
	note(f, OP_SYNC, 0, NULL, 0);
	return SQLITE_OK;
}

static int file_size(sqlite3_file *f, sqlite3_int64 *size)
{
	return real_of(f)->pMethods->xFileSize(real_of(f), size);
}

static int file_lock(sqlite3_file *f, int lock)
{
	return real_of(f)->pMethods->xLock(real_of(f), lock);
}

static int file_unlock(sqlite3_file *f, int lock)
{
	return real_of(f)->pMethods->xUnlock(real_of(f), lock);
}

static int file_reserved(sqlite3_file *f, int *ret)
{
	return real_of(f)->pMethods->xCheckReservedLock(real_of(f), ret);
}

static int file_control(sqlite3_file *f, int op, void *arg)
{
	return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
}

static int file_sector(sqlite3_file *f)
{
	return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int file_device(sqlite3_file *f)
{
	return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static int file_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **ret)
{
	return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, ret);
}

static int file_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
	return real_of(f)->pMethods->xShmLock(real_of(f), offset, n, flags);
}

static void file_shm_barrier(sqlite3_file *f)
{
	real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int file_shm_unmap(sqlite3_file *f, int delete)
{
	return real_of(f)->pMethods->xShmUnmap(real_of(f), delete);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2, /* without mmap */
	.xClose = file_close,
	.xRead = file_read,
	.xWrite = file_write,
	.xTruncate = file_truncate,
	.xSync = file_sync,
	.xFileSize = file_size,
	.xLock = file_lock,
	.xUnlock = file_unlock,
	.xCheckReservedLock = file_reserved,
	.xFileControl = file_control,
	.xSectorSize = file_sector,
	.xDeviceCharacteristics = file_device,
	.xShmMap = file_shm_map,
	.xShmLock = file_shm_lock,
	.xShmBarrier = file_shm_barrier,
	.xShmUnmap = file_shm_unmap,
};

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *ret_flags)
{
	struct loss_file *file = loss_file_of(f);
	int rc;

	file->log = vfs->pAppData;
	file->which = flags & SQLITE_OPEN_MAIN_DB ? MAIN_FILE
		      : flags & SQLITE_OPEN_WAL	  ? WAL_FILE
						  : FILES;
	rc = file->log->real->xOpen(file->log->real, name, real_of(f), flags, ret_flags);
	file->base.pMethods = real_of(f)->pMethods ? &methods : NULL;
	return rc;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
	sqlite3_vfs *real = ((struct loss_log *)vfs->pAppData)->real;

	return real->xDelete(real, name, sync);
}

static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *ret)
{
	sqlite3_vfs *real = ((struct loss_log *)vfs->pAppData)->real;

	return real->xAccess(real, name, flags, ret);
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *name, int size, char *to)
{
	sqlite3_vfs *real = ((struct loss_log *)vfs->pAppData)->real;

	return real->xFullPathname(real, name, size, to);
}

static char *wal_of(const char *path)
{
	return g_strconcat(path, "-wal", NULL);
}

static GByteArray *contents(const char *path)
{
	gchar *data = NULL;
	gsize size = 0;

	if (!g_file_get_contents(path, &data, &size, NULL))
		return g_byte_array_new();
	return g_byte_array_new_take((guint8 *)data, size);
}

struct loss_log *loss_begin(const char *path)
{
	struct loss_log *log = g_new0(struct loss_log, 1);
	char *wal = wal_of(path);

	log->real = sqlite3_vfs_find("unix");
	log->vfs = *log->real;
	log->vfs.iVersion = 2;
	log->vfs.zName = "loss";
	log->vfs.pNext = NULL;
	log->vfs.pAppData = log;
	log->vfs.szOsFile += (int)sizeof(struct loss_file);
	log->vfs.xOpen = vfs_open;
	log->vfs.xDelete = vfs_delete;
	log->vfs.xAccess = vfs_access;
	log->vfs.xFullPathname = vfs_full_path;
	log->start[MAIN_FILE] = contents(path);
	log->start[WAL_FILE] = contents(wal);
	log->ops = g_array_new(FALSE, FALSE, sizeof(struct op));
	sqlite3_vfs_register(&log->vfs, 1);
	g_free(wal);
	return log;
}

void loss_acknowledge(struct loss_log *log)
{
	const struct op op = {.kind = OP_ACKNOWLEDGE, .file = FILES};

	g_array_append_val(log->ops, op);
}

void loss_end(struct loss_log *log)
{
	sqlite3_vfs_unregister(&log->vfs);
	sqlite3_vfs_register(log->real, 1);
}

static const struct op *op_at(const struct loss_log *log, size_t i)
{
	return &g_array_index(log->ops, struct op, i);
}

static bool is_moment(const struct op *op)
{
	return op->kind == OP_SYNC || op->kind == OP_ACKNOWLEDGE;
}

size_t loss_moments(const struct loss_log *log)
{
	size_t n = 0;

	for (size_t i = 0; i < log->ops->len; i++)
		n += is_moment(op_at(log, i));
	return n;
}

/* The number of ops up to and with a moment. */
static size_t ops_until(const struct loss_log *log, size_t moment)
{
	size_t i = 0;

	for (size_t seen = 0; i < log->ops->len; i++)
		if (is_moment(op_at(log, i)) && seen++ == moment)
			break;
	return i + 1;
}

static void apply(GByteArray *image, const struct op *op)
{
	gsize size = 0;
	gconstpointer data = op->data ? g_bytes_get_data(op->data, &size) : NULL;
	gsize end = (gsize)op->offset + size, before = image->len;

	if (op->kind == OP_TRUNCATE || end > before) {
		g_byte_array_set_size(image, (guint)end);
		if (end > before)
			memset(image->data + before, 0, end - before);
	}
	if (size)
		memcpy(image->data + op->offset, data, size);
}

static void write_file(const struct loss_log *log, int which, size_t count, enum loss loss,
		       const char *path)
{
	GByteArray *image = g_byte_array_new();
	size_t synced = 0;

	g_byte_array_append(image, log->start[which]->data, log->start[which]->len);
	for (size_t i = 0; i < count; i++)
		if (op_at(log, i)->file == which && op_at(log, i)->kind == OP_SYNC)
			synced = i;
	for (size_t i = 0; i < count; i++) {
		const struct op *op = op_at(log, i);
		bool kept = i < synced || loss == LOSS_NONE ||
			    (loss == LOSS_SOME && g_random_boolean());

		if (op->file == which && kept && (op->kind == OP_WRITE || op->kind == OP_TRUNCATE))
			apply(image, op);
	}
	g_file_set_contents_full(path, (const gchar *)image->data, image->len,
				 G_FILE_SET_CONTENTS_NONE, 0600, NULL);
	g_byte_array_unref(image);
}

int64_t loss_image(const struct loss_log *log, size_t moment, enum loss loss, const char *path)
{
	size_t count = ops_until(log, moment);
	char *wal = wal_of(path);
	int64_t acknowledged = 0;

	for (size_t i = 0; i < count; i++)
		acknowledged += op_at(log, i)->kind == OP_ACKNOWLEDGE;
	write_file(log, MAIN_FILE, count, loss, path);
	write_file(log, WAL_FILE, count, loss, wal);
	g_free(wal);
	return acknowledged;
}

void loss_free(struct loss_log *log)
{
	for (size_t i = 0; i < log->ops->len; i++)
		if (op_at(log, i)->data)
			g_bytes_unref(op_at(log, i)->data);
	g_array_free(log->ops, TRUE);
	g_byte_array_unref(log->start[MAIN_FILE]);
	g_byte_array_unref(log->start[WAL_FILE]);
	g_free(log);
}

/* Backup and restore: copied by SQLite to a temporary file, verified there, made durable, then
 * named. */
#include "store/sqlite.h"
#include "store/store_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define STEPS_BETWEEN_BEATS (1 << 20) /* of a statement: some tens of milliseconds */
#define PIECE_PAGES 2048	      /* 8 MB of the usual pages */

static int on_steps(void *arg)
{
	const struct shop_store *store = arg;

	store->beat(store->beat_ctx, 0, 0);
	return 0;
}

/* Let a connection tell the store's listener of its long statements: ours, and that of a copy. */
static void beat_on(struct shop_store *store, sqlite3 *db)
{
	sqlite3_progress_handler(db, STEPS_BETWEEN_BEATS, store->beat == NULL ? NULL : on_steps,
				 store);
}

void shop_store_beat(struct shop_store *store, shop_beat_fn fn, void *ctx)
{
	store->beat = fn;
	store->beat_ctx = ctx;
	beat_on(store, store->conn->db);
}

/* A copy under way. Zeroed = none. */
struct copy {
	char *temp; /* unlinked at the end */
	sqlite3 *db;
};

#define AUTO_COPY SHOP_CLEANUP(copy_done)

static void copy_done(struct copy *copy)
{
	sqlite3_close(copy->db);
	if (copy->temp)
		unlink(copy->temp); /* gone when it was published */
	g_free(copy->temp);
}

static bool exists(const char *path, const char *suffix)
{
	char *name = g_strconcat(path, suffix, NULL);
	struct stat st;
	bool found = lstat(name, &st) == 0;

	g_free(name);
	return found;
}

/* Nothing may be at the path, nor a WAL or journal that would be taken for the new file's. */
static bool check_free(const char *path, struct shop_error *err)
{
	static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};

	for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++)
		if (exists(path, suffixes[i]))
			return shop_fail(err, E_STORE_EXISTS, "there is a file at %s%s already",
					 path, suffixes[i]);
	return true;
}

static bool open_temp(struct copy *copy, const char *path, struct shop_error *err)
{
	char *temp = g_strdup_printf("%s.part-%08x", path, g_random_int());
	int fd = open(temp, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	int rc;

	if (fd < 0) {
		shop_fail(err, errno == EACCES || errno == EROFS ? E_STORE_PERMISSION : E_STORE_IO,
			  "cannot make %s: %s", temp, g_strerror(errno));
		g_free(temp);
		return false;
	}
	close(fd);
	copy->temp = temp;
	rc = sqlite3_open_v2(temp, &copy->db,
			     SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE,
			     NULL);
	return rc == SQLITE_OK || sqlite_raise(copy->db, rc, temp, err);
}

/* Some of the pages at a time, so that the listener hears of it; why one failed stays in errno. */
static int copy_in_pieces(sqlite3_backup *backup, const struct shop_store *store)
{
	int rc, os;

	do {
		rc = sqlite3_backup_step(backup, PIECE_PAGES);
		os = errno;
		store->beat(store->beat_ctx,
			    sqlite3_backup_pagecount(backup) - sqlite3_backup_remaining(backup),
			    sqlite3_backup_pagecount(backup));
		errno = os;
	} while (rc == SQLITE_OK);
	return rc;
}

/*
 * All pages, as they were at one moment: pieces are read in a transaction of ours, because what
 * others commit between them would begin the copy anew. store NULL = nobody listens.
 */
static int copy_all(sqlite3_backup *backup, struct shop_store *store)
{
	int rc;

	if (store == NULL || store->beat == NULL || !store_control(store, "BEGIN"))
		return sqlite3_backup_step(backup, -1);
	rc = sqlite3_exec(store->conn->db, "SELECT 1 FROM meta LIMIT 1", NULL, NULL, NULL);
	if (rc == SQLITE_OK)
		rc = copy_in_pieces(backup, store);
	(void)store_control(store, "ROLLBACK");
	return rc;
}

static bool copy_pages(struct copy *copy, sqlite3 *from, struct shop_store *listening,
		       struct shop_error *err)
{
	sqlite3_backup *backup = sqlite3_backup_init(copy->db, "main", from, "main");
	int rc, copied;

	if (!backup)
		return sqlite_raise(copy->db, sqlite3_extended_errcode(copy->db), copy->temp, err);
	copied = copy_all(backup, listening);
	rc = sqlite3_backup_finish(backup);
	if (rc == SQLITE_OK && copied != SQLITE_DONE)
		rc = copied; /* busy: no failure to SQLite, and no copy either */
	if (rc != SQLITE_OK)
		return sqlite_raise(copy->db, rc, copy->temp, err);
	/* One file without companions; a store that is opened for writing becomes WAL again. */
	rc = sqlite3_exec(copy->db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
	return rc == SQLITE_OK || sqlite_raise(copy->db, rc, copy->temp, err);
}

/* Whether a pragma that lists violations lists none ("ok" counts as none). */
static bool finds_nothing(sqlite3 *db, const char *pragma, const char *path, struct shop_error *err)
{
	sqlite3_stmt *stmt = NULL;
	int rc = sqlite3_prepare_v2(db, pragma, -1, &stmt, NULL);
	bool clean = true;

	if (rc == SQLITE_OK)
		rc = sqlite3_step(stmt);
	if (rc == SQLITE_ROW)
		clean = g_strcmp0((const char *)sqlite3_column_text(stmt, 0), "ok") == 0;
	if (rc == SQLITE_ROW && !clean)
		shop_fail(err, E_STORE_DAMAGED, "%s is damaged: %s", path,
			  sqlite3_column_text(stmt, 0));
	if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
		clean = false;
		sqlite_raise(db, rc, path, err);
	}
	sqlite3_finalize(stmt);
	return clean;
}

static bool verify(sqlite3 *db, const char *path, struct shop_error *err)
{
	return sqlite_check_marks(db, path, true, err) &&
	       finds_nothing(db, "PRAGMA integrity_check", path, err) &&
	       finds_nothing(db, "PRAGMA foreign_key_check", path, err);
}

/* Close the copy, make it durable, and only then give it its name. */
static bool publish(struct copy *copy, const char *path, struct shop_error *err)
{
	sqlite3_close(copy->db);
	copy->db = NULL;
	return sqlite_publish(copy->temp, path, true, err);
}

static bool listen(struct shop_store *store, sqlite3 *copy)
{
	beat_on(store, copy);
	return true;
}

bool shop_store_backup(struct shop_store *store, const char *path, struct shop_error *err)
{
	AUTO_COPY struct copy copy = {0};
	char *real = NULL;
	bool ok;

	g_assert(store->depth == 0);
	if (store_refuses(store, err) || !sqlite_real_path(path, &real, err))
		return false;
	ok = check_free(real, err) && open_temp(&copy, real, err) &&
	     copy_pages(&copy, store->conn->db, store, err) && listen(store, copy.db) &&
	     verify(copy.db, copy.temp, err) && publish(&copy, real, err);
	g_free(real);
	return ok;
}

/* Leases, fences and outgoing deliveries of the old life are void in the new one (SAFETY.md
 * §12.48). */
static bool raise_epoch(struct copy *copy, struct shop_error *err)
{
	int rc = sqlite3_exec(copy->db,
			      "UPDATE meta SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) "
			      "WHERE key = 'epoch'",
			      NULL, NULL, NULL);

	return rc == SQLITE_OK || sqlite_raise(copy->db, rc, copy->temp, err);
}

static bool copy_backup(struct copy *copy, const char *backup, struct shop_error *err)
{
	sqlite3 *from = NULL;
	int rc = sqlite3_open_v2(
		backup, &from, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE,
		NULL);
	bool ok;

	if (rc == SQLITE_OK)
		ok = sqlite_check_marks(from, backup, true, err) &&
		     copy_pages(copy, from, NULL, err);
	else
		ok = sqlite_raise(from, rc, backup, err);
	sqlite3_close(from);
	return ok;
}

bool shop_store_restore(const char *backup, const char *path, struct shop_error *err)
{
	AUTO_COPY struct copy copy = {0};
	char *from = NULL, *to = NULL;
	bool ok;

	ok = sqlite_check_file(backup, SHOP_STORE_READ, &from, err) &&
	     sqlite_real_path(path, &to, err) && check_free(to, err) && open_temp(&copy, to, err) &&
	     copy_backup(&copy, from, err) && verify(copy.db, backup, err) &&
	     raise_epoch(&copy, err) && publish(&copy, to, err);
	g_free(from);
	g_free(to);
	return ok;
}

/* What SQLite reports, as our errors: the one mapping. */
#include "store/sqlite.h"

#include <errno.h>
#include <glib.h>
#include <string.h>
#include <unistd.h>

/* "UNIQUE constraint failed: product.sku" names a column, "… index 'uq_x'" an index: the last word
 * of it. */
static char *constraint_name(const char *message)
{
	const char *name = strrchr(message, ':');
	const char *dot;

	name = name ? name + 1 : message;
	while (*name == ' ')
		name++;
	if (g_str_has_prefix(name, "index '"))
		return g_strndup(name + 7, strcspn(name + 7, "'"));
	dot = strrchr(name, '.');
	return g_strdup(dot ? dot + 1 : name);
}

/* "product.sku" of the message, or the index name. */
static void raise_unique(const char *message, struct shop_error *err)
{
	const char *what = strrchr(message, ':');
	char *name = constraint_name(message);

	shop_fail(err, E_DUPLICATE, "%s is taken already", what ? what + 2 : name);
	shop_fail_field(err, name);
	shop_fail_because(err, "%s", message);
	g_free(name);
}

static void raise_other_constraint(int rc, const char *message, struct shop_error *err)
{
	char *name = constraint_name(message);
	bool trigger =
		rc == SQLITE_CONSTRAINT_TRIGGER && !g_str_has_suffix(message, "_append_only");

	if (trigger)
		shop_fail(err, E_STATE, "the state may not change this way");
	else
		shop_fail(err, E_INTERNAL, "a rule of the store was violated: %s", message);
	shop_fail_field(err, name);
	shop_fail_because(err, "%s", message);
	g_free(name);
}

static bool no_room(sqlite3 *db, int rc)
{
	int now = errno;
	int os = db ? sqlite3_system_errno(db) : 0;

	/* A write that failed inside COMMIT is not noted by SQLite 3.40, but is the last call that
	 * failed. */
	if (os == 0)
		os = now;
	return rc == SQLITE_FULL ||
	       (rc == SQLITE_IOERR_WRITE && (os == EFBIG || os == ENOSPC || os == EDQUOT));
}

static bool is_forbidden(int os)
{
	return os == EACCES || os == EPERM || os == EROFS || os == ELOOP;
}

/* Whether the store, or one of its companions, is there and may not be written by this user. */
static bool may_not_write(sqlite3 *db)
{
	static const char *const suffixes[] = {"", "-wal", "-shm"};
	const char *path = db ? sqlite3_db_filename(db, "main") : NULL;
	bool found = false;

	for (size_t i = 0; path && !found && i < G_N_ELEMENTS(suffixes); i++) {
		char *name = g_strconcat(path, suffixes[i], NULL);

		found = access(name, W_OK) != 0 && is_forbidden(errno);
		g_free(name);
	}
	return found;
}

/*
 * SQLite opens for reading what fails to open for writing, and forgets why: "read-only" may be a
 * failing disk.
 */
static enum shop_error_id error_of_open(sqlite3 *db, int rc)
{
	int os = db ? sqlite3_system_errno(db) : 0;

	if ((rc & 0xff) == SQLITE_READONLY)
		return may_not_write(db) ? E_STORE_READONLY : E_STORE_IO;
	return os == 0 || is_forbidden(os) ? E_STORE_PERMISSION : E_STORE_IO;
}

static enum shop_error_id error_of(sqlite3 *db, int rc)
{
	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return E_STORE_BUSY;
	case SQLITE_PERM:
		return E_STORE_PERMISSION;
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
		return error_of_open(db, rc);
	case SQLITE_NOTADB:
		return E_STORE_NOT_SHOP;
	case SQLITE_CORRUPT:
		return E_STORE_DAMAGED;
	case SQLITE_IOERR:
	case SQLITE_PROTOCOL:
	case SQLITE_NOLFS:
		return E_STORE_IO;
	default:
		return E_INTERNAL;
	}
}

bool sqlite_raise(sqlite3 *db, int rc, const char *what, struct shop_error *err)
{
	char *message = g_strdup(db ? sqlite3_errmsg(db) : sqlite3_errstr(rc));

	if (rc == SQLITE_CONSTRAINT_UNIQUE || rc == SQLITE_CONSTRAINT_PRIMARYKEY ||
	    rc == SQLITE_CONSTRAINT_ROWID)
		raise_unique(message, err);
	else if ((rc & 0xff) == SQLITE_CONSTRAINT)
		raise_other_constraint(rc, message, err);
	else if (no_room(db, rc))
		shop_fail(err, E_STORE_FULL, "%s: no room on the disk", what);
	else if ((rc & 0xff) == SQLITE_INTERRUPT)
		shop_fail(err, E_INTERRUPTED, "stopped; what was not committed was not done");
	else if ((rc & 0xff) == SQLITE_NOMEM)
		g_error("out of memory");
	else
		shop_fail(err, error_of(db, rc), "%s: %s", what, message);
	g_free(message);
	return false;
}

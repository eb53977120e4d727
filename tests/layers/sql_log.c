/*
 * Preloaded before the program linked with a shared SQLite: every statement it prepares on the store goes to the file
 * SQL_LOG, ended by NUL. The search index, a file of its own, has no rows that grow and are walked through.
 */
#include <dlfcn.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int is_index(sqlite3 *db)
{
	const char *path = sqlite3_db_filename(db, "main");
	size_t length = path == NULL ? 0 : strlen(path);

	return length > 7 && strcmp(path + length - 7, "-search") == 0;
}

int sqlite3_prepare_v3(sqlite3 *db, const char *sql, int length, unsigned flags, sqlite3_stmt **ret_stmt,
		       const char **ret_tail)
{
	__typeof__(&sqlite3_prepare_v3) real = (__typeof__(real))dlsym(RTLD_NEXT, "sqlite3_prepare_v3");
	const char *path = getenv("SQL_LOG");
	FILE *log = path == NULL || is_index(db) ? NULL : fopen(path, "a");

	if (log != NULL) {
		(void)fwrite(sql, 1, strlen(sql) + 1, log);
		(void)fclose(log);
	}
	return real(db, sql, length, flags, ret_stmt, ret_tail);
}

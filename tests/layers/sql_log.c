/* Preloaded before the program linked with a shared SQLite: every statement it prepares goes to the file SQL_LOG, ended by NUL. */
#include <dlfcn.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int sqlite3_prepare_v3(sqlite3 *db, const char *sql, int length, unsigned flags, sqlite3_stmt **ret_stmt,
		       const char **ret_tail)
{
	__typeof__(&sqlite3_prepare_v3) real = (__typeof__(real))dlsym(RTLD_NEXT, "sqlite3_prepare_v3");
	const char *path = getenv("SQL_LOG");
	FILE *log = path == NULL ? NULL : fopen(path, "a");

	if (log != NULL) {
		(void)fwrite(sql, 1, strlen(sql) + 1, log);
		(void)fclose(log);
	}
	return real(db, sql, length, flags, ret_stmt, ret_tail);
}

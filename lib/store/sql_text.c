/* Expands the common SQL subset for SQLite. Pure text work; knows no database. */
#include "store/sql_text.h"

#include <assert.h>
#include <glib.h>
#include <stddef.h>
#include <string.h>

static const struct {
	const char *token;
	const char *sqlite;
} tokens[] = {
	{ "{i64}", "INTEGER" },
	{ "{text}", "TEXT" },
	{ "{json}", "TEXT" },
	{ "{blob}", "BLOB" },
	{ "{strict}", " STRICT" },
	{ "{strictrow}", " STRICT, WITHOUT ROWID" },
};

/* Copy a quoted string with both its quotes; a doubled quote begins another one. Returns what follows. */
static const char *copy_quoted(GString *to, const char *at)
{
	const char *end = strchr(at + 1, *at);

	assert(end != NULL);
	g_string_append_len(to, at, end + 1 - at);
	return end + 1;
}

static const char *expand_token(GString *to, const char *at)
{
	for (size_t i = 0; i < G_N_ELEMENTS(tokens); i++) {
		if (!g_str_has_prefix(at, tokens[i].token))
			continue;
		g_string_append(to, tokens[i].sqlite);
		return at + strlen(tokens[i].token);
	}
	g_assert_not_reached(); /* an unknown token is a mistake in our own SQL */
	return at + 1;
}

char *sql_text_for_sqlite(const char *sql)
{
	GString *to = g_string_sized_new(strlen(sql) + 32);

	while (*sql != '\0') {
		if (*sql == '\'' || *sql == '"') {
			sql = copy_quoted(to, sql);
		} else if (*sql == '{') {
			sql = expand_token(to, sql);
		} else {
			g_string_append_c(to, *sql == '$' ? '?' : *sql);
			sql++;
		}
	}
	return g_string_free(to, FALSE);
}

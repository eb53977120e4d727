/* From the common SQL text to one driver's: tokens, blocks and parameters. Knows no database. */
#include "store/sql_text.h"

#include <glib.h>
#include <string.h>

static const struct sql_token sqlite_tokens[] = {
	{"{i64}", "INTEGER"}, {"{text}", "TEXT"},      {"{json}", "TEXT"},
	{"{blob}", "BLOB"},   {"{strict}", " STRICT"}, {"{strictrow}", " STRICT, WITHOUT ROWID"},
	{"{forupdate}", ""},  {"{skiplocked}", ""},    {0},
};

static const struct sql_dialect sqlite_dialect = {"lite", '?', sqlite_tokens};

/* Behind the closing quote of the string that begins at p; a doubled quote begins another one. */
static const char *quoted_end(const char *p)
{
	const char *end = strchr(p + 1, *p);

	g_assert(end != NULL);
	return end + 1;
}

/* The brace that closes the one at p. */
static const char *closing_brace(const char *p)
{
	int depth = 0;

	while (*p != '\0') {
		if (*p == '\'' || *p == '"') {
			p = quoted_end(p);
			continue;
		}
		if (*p == '{')
			depth++;
		if (*p == '}' && --depth == 0)
			break;
		p++;
	}
	g_assert(*p == '}');
	return p;
}

static const char *token_text(const struct sql_dialect *dialect, const char *p, size_t size)
{
	for (const struct sql_token *t = dialect->tokens; t->name; t++)
		if (strlen(t->name) == size && memcmp(t->name, p, size) == 0)
			return t->text;
	return NULL;
}

static void expand_range(GString *to, const char *p, const char *end,
			 const struct sql_dialect *dialect);

/* Expand the token or block between the brace at p and the one that closes it. */
static void expand_brace(GString *to, const char *p, const char *close,
			 const struct sql_dialect *dialect)
{
	const char *text = token_text(dialect, p, (size_t)(close - p) + 1);
	const char *bar = memchr(p, '|', (size_t)(close - p));
	size_t name;

	if (text) {
		g_string_append(to, text);
		return;
	}
	g_assert(bar != NULL); /* an unknown token is a mistake in our own SQL */
	name = (size_t)(bar - p) - 1;
	if (strlen(dialect->block) == name && memcmp(p + 1, dialect->block, name) == 0)
		expand_range(to, bar + 1, close, dialect);
}

static void expand_range(GString *to, const char *p, const char *end,
			 const struct sql_dialect *dialect)
{
	while (p < end) {
		const char *next = p + 1;

		if (*p == '\'' || *p == '"') {
			next = quoted_end(p);
			g_string_append_len(to, p, next - p);
		} else if (*p == '{') {
			next = closing_brace(p) + 1;
			expand_brace(to, p, next - 1, dialect);
		} else if (*p == '$' && g_ascii_isdigit(p[1])) {
			g_string_append_c(to, dialect->placeholder);
		} else {
			g_string_append_c(to, *p);
		}
		p = next;
	}
}

char *sql_text_expand(const char *sql, const struct sql_dialect *dialect)
{
	GString *to = g_string_sized_new(strlen(sql) + 32);

	expand_range(to, sql, sql + strlen(sql), dialect);
	return g_string_free(to, FALSE);
}

char *sql_text_for_sqlite(const char *sql)
{
	return sql_text_expand(sql, &sqlite_dialect);
}

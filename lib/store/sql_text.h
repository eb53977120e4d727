/* One SQL text for every driver: the tokens of STORE.md §2, expanded once when a statement is
 * prepared. */
#ifndef SHOP_STORE_SQL_TEXT_H
#define SHOP_STORE_SQL_TEXT_H

/* One token of the common text and what a driver makes of it. */
struct sql_token {
	const char *name; /* "{i64}" */
	const char *text;
};

/* How a driver writes SQL. */
struct sql_dialect {
	const char *block;		/* the {block|…} it keeps; others are dropped */
	char placeholder;		/* what stands before a parameter's number */
	const struct sql_token *tokens; /* ended by {0} */
};

/**
 * The text in a driver's dialect; quoted strings stay untouched.
 *
 * Returns a new string, the caller's (g_free). An unknown token ends the process.
 */
char *sql_text_expand(const char *sql, const struct sql_dialect *dialect);

/**
 * The text SQLite understands: {i64} {text} {blob} {json} {strict} {strictrow} become types and
 * table options, $N becomes ?N (SQLite would number $N by first appearance), {lite|…} is kept,
 * {pg|…} dropped.
 */
char *sql_text_for_sqlite(const char *sql);

#endif

/* One SQL text for every driver: the tokens of STORE.md §2, expanded once when a statement is prepared. */
#ifndef SHOP_STORE_SQL_TEXT_H
#define SHOP_STORE_SQL_TEXT_H

/**
 * The text SQLite understands: {i64} {text} {blob} {json} {strict} {strictrow} become types and table
 * options, $N becomes ?N (SQLite would number $N by first appearance). Quoted strings stay untouched.
 *
 * Returns a new string, the caller's (g_free). An unknown token ends the process.
 */
char *sql_text_for_sqlite(const char *sql);

#endif

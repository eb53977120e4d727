/* What the files of a selection share. */
#ifndef SHOPCTL_SELECT_PRIVATE_H
#define SHOPCTL_SELECT_PRIVATE_H

#include "select/select.h"

/* Rows that --sort holds without a --limit, and groups that --by makes: some 120 MB at most. */
#define SELECT_HELD_MAX 200000

/* --- filter.c: one FIELD OP VALUE. */
enum filter_op {
	FILTER_EQUAL,
	FILTER_UNEQUAL,
	FILTER_BELOW,
	FILTER_AT_MOST,
	FILTER_ABOVE,
	FILTER_AT_LEAST,
	FILTER_CONTAINS,
	FILTER_BEGINS,
	FILTER_IN,
	FILTER_SET,
	FILTER_UNSET,
};

struct filter {
	char *text; /* as typed */
	struct shop_path path;
	enum filter_op op;
	GArray *wanted; /* struct wanted: one value, or those of a list */
};

/** Read one filter. */
bool filter_parse(const char *text, const struct select_how *how, struct filter *ret_filter,
		  struct shop_error *err) SHOP_CHECKED;

/** Whether the record passes. Fails with E_VALUE when currencies differ. */
bool filter_passes(const struct filter *filter, const void *record, bool *ret_passes,
		   struct shop_error *err) SHOP_CHECKED;

/** Free what it holds. */
void filter_done(struct filter *filter);

/* --- order.c: sort keys. */
struct order_key {
	struct shop_path path;
	bool down;
};

struct order {
	GArray *keys;	  /* struct order_key, the record's own key last */
	char *words;	  /* "-total,id" as cursors remember it */
	char currency[4]; /* of the money compared so far */
};

/** Read sort keys and add the record's own key. */
bool order_parse(const char *words, const struct shop_record *type, const char *option,
		 struct order *ret_order, struct shop_error *err) SHOP_CHECKED;

/** Order two records. */
int order_compare(const struct order *order, const void *a, const void *b);

/** Money is ordered within one currency only. Fails with E_VALUE. */
bool order_check(struct order *order, const void *record, struct shop_error *err) SHOP_CHECKED;

/** Free what it holds. */
void order_done(struct order *order);

/* --- cursor.c: a place in an order. */
struct cursor {
	GArray *values; /* struct shop_value by key; texts in `texts` */
	GPtrArray *texts;
};

/** The cursor that stands on a record; a new string. */
char *cursor_write(const struct order *order, const void *record);

/** Read a cursor of this order, or the id of a record where that is the order. Fails with E_VALUE.
 */
bool cursor_parse(const char *text, const struct order *order, struct cursor *ret_cursor,
		  struct shop_error *err) SHOP_CHECKED;

/** Whether the record comes after the cursor. */
bool cursor_is_before(const struct cursor *cursor, const struct order *order, const void *record);

/** Free what it holds. */
void cursor_done(struct cursor *cursor);

/* --- keys.c: rows that a question named. Zeroed = none was asked. */
struct keys {
	const struct shop_field *field; /* of the list's record that they are looked up by */
	bool own;			/* it is the record's own key */
	GHashTable *texts;		/* the keys, one of these two */
	GArray *numbers;		/* int64_t, sorted by keys_settle */
	guint left;			/* of them have not come yet */
};

void keys_init(struct keys *keys, const struct shop_field *field, bool own);

/** Add one: its number, or its text where the field is one. */
void keys_add(struct keys *keys, int64_t number, const char *text);

/** All have been added. */
void keys_settle(struct keys *keys);

/** Whether the record is one of them. */
bool keys_hold(struct keys *keys, const void *record);

/** Whether all rows that were named have come. */
bool keys_are_over(const struct keys *keys);

/** The keys as a JSON array for the store, a new string; NULL when they are many or not the rows'
 * own. */
char *keys_said(const struct keys *keys);

/** Free what it holds. Accepts a zeroed one. */
void keys_done(struct keys *keys);

/* --- where.c: the rows an SQL expression names. */

/** Ask the expression. Fails with E_SQL, E_SQL_FORBIDDEN, E_TIMEOUT. */
bool where_open(const char *expression, const struct select_how *how, struct keys *ret_keys,
		struct shop_error *err) SHOP_CHECKED;

/* --- search.c: the rows that hold words. */

/** Ask for the words. Fails with E_VALUE, E_USAGE (a list that is not searched). */
bool search_open(const char *text, const struct select_how *how, struct out *out,
		 struct keys *ret_keys, struct shop_error *err) SHOP_CHECKED;

/* --- summary.c: --count, --by, --sum. */
struct summary;

bool summary_open(const struct select_args *args, const struct select_how *how,
		  struct summary **ret_summary, struct shop_error *err) SHOP_CHECKED;
bool summary_add(struct summary *summary, const void *record, struct shop_error *err) SHOP_CHECKED;

/** The record type its rows have. */
const struct shop_record *summary_type(const struct summary *summary);

/** Its rows (void *), by their groups' values. */
GPtrArray *summary_rows(struct summary *summary);
void summary_free(struct summary *summary);

#endif

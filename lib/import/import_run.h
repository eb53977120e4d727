/*
 * What the files of import share: source (bytes and lines) → reader (rows of cells) → item (typed
 * values of one object, from one or several rows) → kind (checks and writes it through the domain).
 */
#ifndef SHOP_IMPORT_RUN_H
#define SHOP_IMPORT_RUN_H

#include "shop/import.h"

#include "shop/money.h"
#include "shop/quantity.h"
#include "shop/text.h"

#include <csv.h>
#include <jansson.h>
#include <sodium.h>
#include <sys/stat.h>

#define IMPORT_FIELDS_MAX 32
#define IMPORT_IGNORED (-1)
#define IMPORT_RECORD_MAX                                                                          \
	((size_t)SHOP_IMPORT_COLUMNS_MAX * SHOP_IMPORT_FIELD_MAX) /* bytes of a CSV record */

/* ---- the table of columns */

enum import_type {
	IMPORT_TEXT, /* one line */
	IMPORT_CODE, /* digits that the domain checks: a barcode may look like a card number */
	IMPORT_SKU,  /* upper-cased */
	IMPORT_EMAIL,
	IMPORT_COUNTRY,
	IMPORT_CURRENCY,
	IMPORT_MONEY, /* .currency names the column with its currency */
	IMPORT_QUANTITY,
	IMPORT_INT,
	IMPORT_WEIGHT,
	IMPORT_BOOL,
	IMPORT_TIME,
	IMPORT_OBJECT, /* a JSON object, kept as text */
	IMPORT_ANY,    /* accepted and ignored: what our own exports have besides */
};

struct import_field {
	const char *name;
	enum import_type type;
	bool required;
	bool clears;	  /* the word none empties it */
	bool unique;	  /* no two rows may have the same */
	bool in_lines;	  /* JSON has it in the objects of `lines`, CSV on each row */
	int currency;	  /* of MONEY: index of its currency's column, 0 = none */
	size_t max_chars; /* of TEXT */
	const char *doc;
};

/* A cell as its type. */
struct import_value {
	bool given;   /* there was something in it */
	bool cleared; /* the word none */
	const char *text;
	int64_t number;
	struct shop_money money;
	struct shop_decimal decimal;
};

/* One object to write: the values of its rows, `count` of them a row. */
struct import_item {
	int64_t line;
	const char *key; /* its first cell as it stands in the file; NULL = none */
	guint rows;
	size_t count;
	GArray *lines;	/* int64_t, of each row */
	GArray *values; /* struct import_value */
	GStringChunk *texts;
	bool bad;
};

/** The values of an item's row. */
const struct import_value *import_values(const struct import_item *item, guint row);

enum import_outcome { IMPORT_CREATED, IMPORT_UPDATED, IMPORT_UNCHANGED };

struct import_kind {
	const char *name;
	const char *many; /* what its items are called: "products" */
	const char *doc;
	const struct import_field *fields;
	size_t count;
	bool grouped;	 /* rows of one key, one after another, are one object */
	bool named;	 /* headers are the fields' names: there is no --map */
	bool repeatable; /* importing the same file again changes nothing */
	/** Check one row of an item without writing; the error's field says which column. */
	bool (*check)(struct shop_store *store, const struct import_item *item, guint row,
		      struct shop_error *err);
	/** Write an item in the running transaction. */
	bool (*write)(struct shop_store *store, const struct import_item *item,
		      enum import_outcome *ret_outcome, struct shop_error *err);
};

extern const struct import_kind import_product, import_supplier, import_location, import_customer,
	import_stock, import_order;

/** The kind of a name. Fails with E_VALUE. */
const struct import_kind *import_kind_find(const char *name, struct shop_error *err) SHOP_CHECKED;

/* ---- bytes and lines */

struct import_source {
	const char *name; /* as problems name it */
	int fd;
	struct stat opened; /* to see that it did not change between the passes */
	char *buffer;
	size_t size, start, end; /* of the buffer; what is between start and end is not read yet */
	int64_t offset;		 /* of the buffer's first byte in the file */
	int64_t line;		 /* number of the last line given */
	int64_t line_offset;
	bool eof;
};

/** Open a regular file, or spool in->fd when the path is "-". Fails with E_IO, E_VALUE, E_IMPORT
 * (too big). */
bool source_open(struct import_source *s, const struct shop_import *in,
		 struct shop_error *err) SHOP_CHECKED;
void source_close(struct import_source *s);

/** The next line with its newline, valid until the next call. *ret_line = NULL at the end and, with
 * *ret_length = max, when it is longer than max bytes. */
bool source_line(struct import_source *s, size_t max, const char **ret_line, size_t *ret_length,
		 struct shop_error *err) SHOP_CHECKED;

/** Continue at a line's offset; `line` is the number of the line before it. */
void source_seek(struct import_source *s, int64_t offset, int64_t line);

/** The digest of the whole file, as 64 hex digits (g_free). */
bool source_digest(struct import_source *s, char **ret_hex, struct shop_error *err) SHOP_CHECKED;

/** Fails with E_IO when the file is another than when it was opened. */
bool source_unchanged(const struct import_source *s, struct shop_error *err) SHOP_CHECKED;

/* ---- one import under way */

struct import_mark {
	int64_t offset;
	int64_t line;
	int64_t rows;
	int64_t items;
};

struct import_row {
	int64_t line;
	int64_t offset;
	bool begins; /* JSON: the first row of its object */
	bool bad;    /* a problem was reported */
	const char *cells[IMPORT_FIELDS_MAX];
};

/* CSV: libcsv calls back a cell and a row's end at a time. */
struct import_csv {
	struct csv_parser parser;
	bool open;
	GArray *columns;  /* int: the field of each column */
	GString *text;	  /* the row's cells, each ended by NUL */
	GArray *starts;	  /* size_t: where each begins in text */
	int oversize;	  /* number of a cell that is too long, 0 = none */
	bool ended;	  /* the row is complete */
	bool lone_return; /* a second row began on the same line: a CR without LF */
	bool within;	  /* a quoted newline: the next line belongs to the row begun at: */
	int64_t line, offset;
};

/* JSON Lines: one object a line; each of its `lines` is a row. */
struct import_jsonl {
	json_t *object;
	size_t next_line;
	int64_t line, offset;
	GStringChunk *numbers; /* texts of numbers in it */
};

struct import_run {
	const struct shop_import *in;
	const struct import_kind *kind;
	struct shop_store *store;
	enum shop_import_format format;
	struct import_source source;
	char *hex;	 /* the file's digest */
	GHashTable *map; /* header → column's name, of --map */
	struct import_csv csv;
	struct import_jsonl jsonl;
	int64_t rows;	/* lines of CSV or JSON read */
	int64_t places; /* the same with each line of a JSON order counted */

	struct import_item item;
	int64_t items;
	struct import_row ahead; /* read, and the next item's first */
	bool has_ahead;
	GHashTable *seen; /* what must be unique, with its field's number before it → line */
	GStringChunk *seen_texts;

	int64_t problems;
	char *first_problem;
	bool quiet;	 /* second pass: what is wrong with a row was told in the first */
	bool unreadable; /* what follows cannot be read */
	bool checked;	 /* the first pass is through */
	GArray *bad;	 /* int64_t: numbers of the items with problems, in order */
	guint bad_at;	 /* the next of them */

	struct import_mark first; /* where the first item begins */
	int64_t all_items;
	int64_t run_number, group_number; /* of the keys under which progress is kept */
	struct shop_import_result counts;
	int64_t told_us;
};

/** Report what is wrong with a row; shows the first 100. */
void import_problem(struct import_run *run, int64_t line, const char *field, const char *fmt, ...)
	SHOP_PRINTF(4, 5);

/** Whether bytes are valid UTF-8 without NUL; reports it when not. */
bool import_is_text(struct import_run *run, const char *bytes, size_t length);

/** Report an error as a problem and clear it. */
void import_problem_error(struct import_run *run, int64_t line, const char *field,
			  struct shop_error *err);

/** Read the header (CSV) and settle which column is which field. Problems are reported; false only
 * on failure. */
bool reader_open(struct import_run *run, struct shop_error *err) SHOP_CHECKED;

/** The next row; *ret_found false at the end. A bad row is given with its problem reported. */
bool reader_next(struct import_run *run, struct import_row *row, bool *ret_found,
		 struct shop_error *err) SHOP_CHECKED;

/** Continue at a mark. */
void reader_seek(struct import_run *run, const struct import_mark *mark);
void reader_close(struct import_run *run);

bool csv_open(struct import_run *run, struct shop_error *err) SHOP_CHECKED;
bool csv_next(struct import_run *run, struct import_row *row, bool *ret_found,
	      struct shop_error *err) SHOP_CHECKED;
void csv_restart(struct import_run *run);
bool jsonl_next(struct import_run *run, struct import_row *row, bool *ret_found,
		struct shop_error *err) SHOP_CHECKED;

/** Read --map into run->map. Fails with E_VALUE. */
bool columns_map(struct import_run *run, struct shop_error *err) SHOP_CHECKED;

/** The field a header names: its index or IMPORT_IGNORED. False when there is none: reported. */
bool columns_find(struct import_run *run, int64_t line, const char *header, int *ret_field);

/** Turn a row's cells into values; reports what is wrong and returns whether all is well. */
bool values_read(struct import_run *run, const struct import_row *row, struct import_item *item);

/** The next item in run->item; *ret_found false at the end. */
bool item_next(struct import_run *run, bool *ret_found, struct shop_error *err) SHOP_CHECKED;

/** Where the next item begins. */
struct import_mark item_mark(const struct import_run *run);
void item_seek(struct import_run *run, const struct import_mark *mark);

/** First pass: check all rows. Fails with E_IMPORT. */
bool import_check(struct import_run *run, struct shop_error *err) SHOP_CHECKED;

/** Second pass: write them. */
bool import_write(struct import_run *run, struct shop_error *err) SHOP_CHECKED;

/** Where an earlier import of this file stopped: counters, items done, run and group number;
 * *ret_done when nothing is left. */
bool resume_find(struct import_run *run, int64_t *ret_items, bool *ret_done,
		 struct shop_error *err) SHOP_CHECKED;

/** Keep the progress under the group's key in the running transaction. */
bool resume_save(struct import_run *run, const char *key, bool done,
		 struct shop_error *err) SHOP_CHECKED;

/** The key of the run's present group (g_free). */
char *resume_key(const struct import_run *run);

/** Whether an error is about what a row says, not about the store or the file. */
bool import_is_about_row(const struct shop_error *err);

/** The object a cell names: its id, or the name that `find` knows. Fails with E_NOT_FOUND, for the
 * field. */
typedef bool (*import_find_fn)(struct shop_store *store, const char *name, int64_t *ret_id,
			       struct shop_error *err);
bool import_reference(struct shop_store *store, const char *text, enum shop_id_type type,
		      import_find_fn find, const char *field, int64_t *ret_id,
		      struct shop_error *err) SHOP_CHECKED;

/** Tell how far it is, now and then. */
void import_tell(struct import_run *run, bool writing);

#endif

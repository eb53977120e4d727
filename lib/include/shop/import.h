/*
 * Bringing files in: CSV and JSON Lines become the domain's own inputs, so an imported row passes
 * the same guards as a typed command.
 *
 * The whole file is read twice. The first pass checks every row, against the store too, and writes
 * nothing; with a bad row the import ends there, unless bad rows are to be skipped. The second pass
 * writes: in one transaction, or in groups whose progress is kept in the transaction of each (the
 * table of idempotency keys, under the file's digest), so that a half-done import can be resumed
 * and nothing is done twice.
 *
 *	const struct shop_import in = { .kind = "product", .path = "products.csv", … };
 *	AUTO_IMPORT_RESULT struct shop_import_result result = { 0 };
 *	shop_import(store, &in, &result, err);
 */
#ifndef SHOP_IMPORT_H
#define SHOP_IMPORT_H

#include "shop/record.h"
#include "shop/store.h"

#include <glib.h>

#define SHOP_IMPORT_ROWS_MAX 1000000
#define SHOP_IMPORT_BYTES_MAX (INT64_C(256) << 20)
#define SHOP_IMPORT_COLUMNS_MAX 64
#define SHOP_IMPORT_FIELD_MAX 32768  /* bytes of one CSV field */
#define SHOP_IMPORT_LINE_MAX 1048576 /* bytes of one line of JSON */
#define SHOP_IMPORT_SHOWN 100	     /* problems told one by one */
#define SHOP_IMPORT_GROUP 1000	     /* rows of one transaction, where there are several */
#define SHOP_IMPORT_ONCE 10000	     /* up to so many rows one transaction is the default */

enum shop_import_format {
	SHOP_IMPORT_GUESS, /* by the name's extension, else by the first byte */
	SHOP_IMPORT_CSV,
	SHOP_IMPORT_JSONL,
};

enum shop_import_atomic { SHOP_IMPORT_AUTO, SHOP_IMPORT_ONE_TXN, SHOP_IMPORT_GROUPS };

/* One thing wrong with a row. `field` is NULL when it is about the row as a whole. */
struct shop_import_problem {
	const char *file;
	int64_t line;
	const char *field;
	const char *message;
};

/* How far it is. */
struct shop_import_progress {
	bool writing; /* the second pass */
	int64_t rows;
	int64_t bytes;
	int64_t bytes_all;
};

struct shop_import {
	const char *kind; /* shop_import_kinds */
	const char *path; /* a regular file; "-" = `fd`, spooled first */
	int fd;
	enum shop_import_format format;
	const char *map; /* "sku=Artikelnummer,title=Name"; NULL = headers are column names; none=X
			    ignores X */
	enum shop_import_atomic atomic;
	int64_t group; /* rows of a transaction; SHOP_NULL = SHOP_IMPORT_GROUP, and one transaction
			  for short files */
	bool resume;   /* go on where an earlier import of this file stopped */
	bool again;    /* import receipts again though this file's were imported already */
	bool skip_bad; /* leave bad rows out instead of refusing the file */
	bool dry_run;  /* write, and roll back */
	const char *zone; /* of times without one; NULL = the process's */
	struct shop_context context;
	void (*problem)(const struct shop_import_problem *problem,
			void *arg); /* the first SHOP_IMPORT_SHOWN */
	void (*progress)(const struct shop_import_progress *progress, void *arg);
	void *arg;
};

struct shop_import_result {
	char *kind;
	int64_t rows; /* read: lines of CSV below the header, or of JSON */
	int64_t created;
	int64_t updated;
	int64_t unchanged; /* there already, and the same */
	int64_t skipped;   /* bad ones */
	int64_t groups;	   /* transactions */
	char *digest;	   /* of the file */
};

extern const struct shop_record shop_import_record;

#define AUTO_IMPORT_RESULT SHOP_CLEANUP(shop_import_result_done)

/** Free what a result owns and zero it. */
void shop_import_result_done(struct shop_import_result *result);

/**
 * Import one file. Runs its own transactions: not to be called inside one.
 *
 * ret_result     what was done, the caller's
 * Fails with     E_IMPORT (bad rows; nothing was written), E_DUPLICATE (receipts of this file were
 * imported already), E_VALUE (kind, map), E_IO, what the domain refuses (the message names file and
 * line)
 */
bool shop_import(struct shop_store *store, const struct shop_import *in,
		 struct shop_import_result *ret_result, struct shop_error *err) SHOP_CHECKED;

/* The kinds' names, NULL-ended. */
extern const char *const shop_import_kinds[];

/** Append "product: sku*, title*, …": each kind's columns, the needed ones starred. */
void shop_import_describe(GString *to);

/** Append a kind's columns with what each takes. Fails with E_VALUE (no such kind). */
bool shop_import_columns(const char *kind, GString *to, struct shop_error *err) SHOP_CHECKED;

#endif

/*
 * Declarative files: the shop's objects as a file says they should be, compared with the store and
 *brought into it.
 *
 *	struct shop_declare *set = NULL;
 *	const struct shop_declare_file file = { .path = "shop.yaml", .currency = "EUR", .problem =
 *tell, .arg = out }; shop_declare_read(&file, &set, err);                       the file alone: no
 *store, no transaction shop_declare_diff(store, set, &how, print, out, err);      in a read
 *transaction shop_declare_apply(store, set, &how, print, out, err);     in a write transaction
 *	shop_declare_free(set);
 *
 * An object is of a kind (product, price, …; one table, lib/declare/kinds.c) and named by its key.
 *Only the fields that stand in the file are compared. What was last applied to each object is kept,
 *so that three sides meet:
 *
 *	in the file, differs from the store              set to the file's value
 *	… and the store was changed since by others      a conflict: apply refuses, unless it is
 *forced not in the file, but when last applied           set back to its default … and the store
 *was changed since by others      left: the field is theirs now neither in the file nor when last
 *applied        left
 */
#ifndef SHOP_DECLARE_H
#define SHOP_DECLARE_H

#include "shop/record.h"
#include "shop/store.h"

#include <glib.h>

#define SHOP_DECLARE_BYTES_MAX ((size_t)64 << 20) /* of a file */
#define SHOP_DECLARE_OBJECTS_MAX 1000000
#define SHOP_DECLARE_SHOWN 100 /* problems told one by one */

struct shop_declare;

enum shop_declare_format {
	SHOP_DECLARE_GUESS, /* by the name's ending, else by what the file begins with */
	SHOP_DECLARE_YAML,
	SHOP_DECLARE_JSON, /* one value, or JSON Lines */
	SHOP_DECLARE_CSV,
};

/* One thing wrong with a file, or with what it asks for. */
struct shop_declare_problem {
	const char *file;
	int64_t line;	   /* 0 = it is about what is not in the file */
	int64_t column;	   /* 0 = not known: a cell of CSV is named by its column's header */
	const char *field; /* NULL = about the object as a whole */
	const char *message;
};

struct shop_declare_file {
	const char *path; /* "-" = fd */
	int fd;
	enum shop_declare_format format;
	const char *kind;     /* of a CSV file without a column `kind`; NULL = its name says it */
	const char *currency; /* of amounts without one */
	void (*problem)(const struct shop_declare_problem *problem, void *arg);
	void *arg;
};

/**
 * Read a file whole. Every problem is told; with one, nothing is returned.
 *
 * ret_set        the caller's (shop_declare_free)
 * Fails with     E_DECLARE, E_IO, E_VALUE (no such kind)
 */
bool shop_declare_read(const struct shop_declare_file *file, struct shop_declare **ret_set,
		       struct shop_error *err) SHOP_CHECKED;

/** Free; accepts NULL. */
void shop_declare_free(struct shop_declare *set);

/** The digest of the file's bytes as hex. */
const char *shop_declare_digest(const struct shop_declare *set);

/* One field of a change. */
struct shop_declare_field {
	char *field;
	char *from; /* NULL = unset */
	char *to;
	char *note; /* conflict, reset; NULL */
};

/* What a file changes of one object. */
struct shop_declare_change {
	char *op; /* create, update, archive */
	char *kind;
	char *object;		 /* as people call it: a SKU, a name */
	int64_t line;		 /* in the file; SHOP_NULL = it is not in the file */
	struct shop_list fields; /* struct shop_declare_field */
};

extern const struct shop_record shop_declare_field_record;
extern const struct shop_record shop_declare_change_record;

struct shop_declare_how {
	int64_t now_us;
	bool prune; /* archive what the file's kinds have in the store and the file has not */
	bool force; /* apply: take the file's value where others changed it since */
	/*
	 * The set is the object of this id or SKU, edited by hand: a field that left it is reset,
	 * nothing is kept of it, and other objects are refused. NULL = a file.
	 */
	const char *edited;
};

/* What a comparison found, or an apply did. */
struct shop_declare_counts {
	int64_t created, updated, archived, unchanged, conflicts;
	int64_t prices;	      /* objects whose price changes */
	int64_t price_change; /* the largest of these changes, in hundredths of a percent of the old
				 price */
	int64_t levels;	      /* stock levels that change */
};

/** Give each change to fn as a struct shop_declare_change, in the order in which apply makes them.
 */
bool shop_declare_diff(struct shop_store *store, struct shop_declare *set,
		       const struct shop_declare_how *how, shop_record_fn fn, void *ctx,
		       struct shop_declare_counts *ret_counts, struct shop_error *err) SHOP_CHECKED;

/**
 * Make the store as the file says, through the domain's own calls, and keep what was applied. Runs
 * in the caller's transaction, which is to be rolled back when it fails. Each change is given to
 * fn.
 *
 * Fails with     E_DECLARE (several objects are refused, each told as a problem), E_APPLY_CONFLICT,
 * or what the domain refuses; the message begins with file and line
 */
bool shop_declare_apply(struct shop_store *store, struct shop_declare *set,
			const struct shop_declare_how *how, shop_record_fn fn, void *ctx,
			struct shop_declare_counts *ret_counts,
			struct shop_error *err) SHOP_CHECKED;

/* The kinds' names in the order in which they are applied, NULL-ended. */
extern const char *const shop_declare_kinds[];

/** Append each kind with its fields: the key, then the others. */
void shop_declare_describe(GString *to);

/* One object on its way out: a JSON object that begins with its kind, or a row of CSV with its
 * header before the first. */
typedef bool (*shop_declare_text_fn)(const char *text, void *ctx, struct shop_error *err);

/** Give all objects of a kind, one by one. Archived ones are left out. Fails with E_VALUE (no such
 * kind). */
bool shop_declare_export(struct shop_store *store, const char *kind, int64_t now_us, bool csv,
			 shop_declare_text_fn fn, void *ctx, struct shop_error *err) SHOP_CHECKED;

/* One object to edit: `name` is its id, or a product's SKU. */
struct shop_declare_object {
	const char *kind;
	const char *name;
};

/**
 * An object as the JSON its file would have, a list; the fields that are unset too, and its version.
 * A product has its price beside it.
 *
 * ret_json       the caller's (g_free)
 */
bool shop_declare_show(struct shop_store *store, const struct shop_declare_object *object,
		       int64_t now_us, char **ret_json, int64_t *ret_version,
		       struct shop_error *err) SHOP_CHECKED;

#endif

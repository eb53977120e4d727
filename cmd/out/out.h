/*
 * The one printer: commands hand it records, it decides table, JSON, CSV … (CLI.md §5).
 *
 *	out_record(out, &shop_order_record, &order, err)           show, and each row of a list
 *	out_changed(out, &shop_order_record, &order, err, "ord-1042 canceled")      a mutation's result
 *	out_next(out, "shopctl shipment track shp-77")             what to run next, on a terminal
 *
 * Within a write transaction everything is kept until the commit succeeded (out_commit) or dropped.
 */
#ifndef SHOPCTL_OUT_H
#define SHOPCTL_OUT_H

#include "shop/error.h"
#include "shop/record.h"

#include <stdbool.h>
#include <stdint.h>

struct out;

/**
 * Print one record: a row of a list, or the object a show command was asked for.
 *
 * In `table` format a list gives a table, a single object gives `field: value` lines and its lists as tables.
 */
bool out_record(struct out *out, const struct shop_record *type, const void *record,
                struct shop_error *err) SHOP_CHECKED;

/** So many records more, counted and not given: for -o count. */
void out_counted(struct out *out, int64_t count);

/** out_record with the signature of shop_record_fn: pass it and `&(struct out_rows){ out, &type }` to a list function. */
struct out_rows {
	struct out *out;
	const struct shop_record *type;
};
bool out_row(const void *record, void *rows, struct shop_error *err) SHOP_CHECKED;

/**
 * Print what a mutation changed: the record in machine formats; in `table` format the one sentence.
 *
 * fmt            the sentence, without a full stop; text from outside in it is escaped by the printer
 */
bool out_changed(struct out *out, const struct shop_record *type, const void *record, struct shop_error *err,
                 const char *fmt, ...) SHOP_PRINTF(5, 6) SHOP_CHECKED;

/* A part of an object's page. Fields are named as --fields names them. */
struct out_block {
	const char *title;  /* NULL: the page's head */
	const char *head;   /* fields whose values make its first line */
	const char *fields; /* shown with their names, those behind a ; beside the others */
	const char *spark;  /* a number of the list's records: drawn as a line of bars, one for each */
	bool apart;	    /* of a list: each record's fields with their names, not as a row */
	const char *list;   /* instead: a list of the record as a table; `fields` are its columns, NULL = the usual */
};

/**
 * Print one object: in `table` format a page of these blocks, ended by an empty one; in others as out_record does.
 * Lists in which nothing stands, and fields that are not set, are left out.
 */
bool out_page(struct out *out, const struct shop_record *type, const void *record, const struct out_block *blocks,
	      struct shop_error *err) SHOP_CHECKED;

/** Whether out_page makes pages: what only a page tells is loaded only then. */
bool out_is_page(const struct out *out);

/** Add a block about another record to the page; nothing where there are no pages. */
bool out_block(struct out *out, const struct out_block *block, const struct shop_record *type, const void *record,
	       struct shop_error *err) SHOP_CHECKED;

/** The same for a list of its own (block->list is not looked at); the remark stands beside the title, or is NULL. */
bool out_block_list(struct out *out, const struct out_block *block, const struct shop_record *type,
		    const struct shop_list *list, const char *remark, struct shop_error *err) SHOP_CHECKED;

/** What is printed from now on is a list, whatever the operands were; before the first record. */
void out_many(struct out *out);

/** Name the command to run next; printed as `next: …` on a terminal in `table` format only. */
void out_next(struct out *out, const char *fmt, ...) SHOP_PRINTF(2, 3);

/**
 * Whether what is printed shows a record's list of this name ("lines"): a list command loads it only then.
 * A list that is shown and was not loaded would read as empty.
 */
bool out_wants(const struct out *out, const char *list);

/** Print plain text as it is (help, event tail's lines), in every format. */
bool out_text(struct out *out, const char *text, struct shop_error *err) SHOP_CHECKED;

/** Write what was printed so far: for what is followed as it happens. Never inside a write transaction. */
bool out_flush(struct out *out, struct shop_error *err) SHOP_CHECKED;

/**
 * Tell how far long work has come: "checking 1200 of 5000"; total 0 = not known. Call it as often as you like: it is
 * shown after half a second, on a terminal only, and with -v as a note each half minute elsewhere. It goes away with
 * what is printed next, or with `what` NULL: before something else goes to stderr.
 */
void out_progress(struct out *out, const char *what, int64_t done, int64_t total);

/** A line of progress or a note on stderr; shown with -v, or when `always`. Not part of the result. */
void out_note(struct out *out, bool always, const char *fmt, ...) SHOP_PRINTF(3, 4);

#endif

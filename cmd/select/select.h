/*
 * Selecting rows: what every list command can do beside its own options, driven by its record's
 *field table (CLI.md §6). A selection stands between the command, which gives all its records, and
 *the printer.
 *
 *	select_open(&args, &how, &sel, err)            reads filters, sort keys and cursor
 *	out_tap(out, select_row, sel)                  every record of the command comes here
 *	select_finish(sel, out, err)                   prints what was held back, the footer and the
 *next cursor
 *
 * Without --sort, --by and --sum records go through as they come, in constant memory.
 */
#ifndef SHOPCTL_SELECT_H
#define SHOPCTL_SELECT_H

#include "out/out_frame.h"
#include "shop/record_path.h"
#include "shop/store.h"
#include "shop/times.h"
#include "shopctl.h"

#include <glib.h>

/* The args struct of select_options. */
struct select_args {
	struct word_args filters;
	const char *where, *search, *sort, *after, *by, *sum;
	int64_t limit; /* SHOP_NULL = not given */
	bool all, count, page_info, fail_empty;
};

/* What a selection is made for; everything outlives it. */
struct select_how {
	const struct shop_record *type;
	const char *order; /* the command's own order as sort keys, NULL = none that cursors know */
	struct shop_clock clock;
	const char *currency;
	int64_t timeout_us; /* --timeout, SHOP_NULL = the default of --where */
	struct shop_store *store;
	bool quiet; /* nobody wants to hear of progress */
};

struct selection;

/** Whether rows are counted and summed instead of printed. */
bool select_is_summary(const struct select_args *args);

/** Read the options. Fails with E_VALUE or E_USAGE naming the option. */
bool select_open(const struct select_args *args, const struct select_how *how, struct out *out,
		 struct selection **ret_sel, struct shop_error *err) SHOP_CHECKED;

/** One record of the command: an out_tap_fn. False without an error says that no more are needed.
 */
bool select_row(const struct shop_record *type, const void *record, void *selection,
		struct shop_error *err) SHOP_CHECKED;

/** Whether select_row said that it needs no more. */
bool select_is_full(const struct selection *sel);

/** Print what waits for the end of the list. */
bool select_finish(struct selection *sel, struct shop_error *err) SHOP_CHECKED;

/** How many records passed the filters and were counted. */
int64_t select_matched(const struct selection *sel);

/** Free; accepts NULL. */
void select_free(struct selection *sel);

#endif

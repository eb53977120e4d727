/*
 * A batch: command lines from a file, run in one process on one open store, many to a commit.
 *
 *	lines   the file: digest, a first reading that checks every line, then line by line
 *	item    one line: its words, its idempotency key, what came of it
 *	group   the items of one transaction
 *	state   how far the file is, for --resume
 *	report  what is printed of each line, and the summary
 */
#ifndef SHOPCTL_BATCH_H
#define SHOPCTL_BATCH_H

#include "frame/line.h"

#include <stdio.h>

#define BATCH_LINE_MAX ((size_t)1 << 20)    /* bytes of one line */
#define BATCH_GROUP 512			    /* lines of one transaction */
#define BATCH_GROUP_BYTES ((size_t)4 << 20) /* of text read ahead for one */
#define BATCH_GROUP_US                                                                             \
	(50 * 1000) /* others wait for the store no longer than this by our doing                  \
		     */

struct batch_args {
	const char *file, *resume, *rate;
	int64_t max_failures;
};

/* The file. */
struct lines {
	const char *name; /* as typed, "stdin" for - */
	int fd;
	int64_t bytes;	 /* of it that were checked: what is appended later is not run */
	char digest[65]; /* of its bytes, hex */
	GString *buffer;
	size_t at;	/* in the buffer */
	int64_t taken;	/* bytes read so far */
	int64_t number; /* of the line last given */
	GString *text;	/* that line, without its end */
};

/* One line. */
struct item {
	int64_t number;
	size_t size; /* of its text */
	struct line *line;
	char *key;    /* its own, or made from file, number and text */
	char *expect; /* or NULL */
	/* What came of it; written again when its transaction runs again. */
	int status;
	GString *result;
	struct shop_error err;
};

/* Where --resume keeps how far the file is. */
struct state {
	int fd;	      /* -1 = nowhere */
	int64_t line; /* all up to this one are done */
};

struct counts {
	int64_t done, failed, replayed, skipped, transactions;
};

struct batch {
	struct session *s;
	struct out *out;
	const struct batch_args *args;
	struct host host;
	struct lines source;
	struct state state;
	GQueue waiting; /* struct item, read and not run yet */
	guint tried;	/* of them, by the transaction under way */
	struct counts counts;
	int failed_code; /* of the first line that failed */
	bool stopped;	 /* by a failure */
	FILE *held;	 /* results of one transaction over the whole file, until it is committed */
	bool ended;	 /* the file is read */
	int64_t begun_us;
	int64_t rate; /* lines a minute, 0 = as fast as it goes */
};

/* --- lines.c */

/** Open the file (- = stdin, kept in a temporary file) and read it once: its digest, and every line
 * checked. */
bool lines_open(struct lines *source, const char *path, struct shop_error *err) SHOP_CHECKED;

/** Begin again at the first line. */
bool lines_rewind(struct lines *source, struct shop_error *err) SHOP_CHECKED;

/** The next line that holds a command, as source->text and ->number. *ret_more false at the end. */
bool lines_next(struct lines *source, bool *ret_more, struct shop_error *err) SHOP_CHECKED;

/** Free. */
void lines_close(struct lines *source);

/* --- item.c */

/** The words, key and expected plan of a line's text; *ret_words NULL when it holds none. Fails
 * with E_USAGE, E_VALUE. */
bool item_read(const char *text, char ***ret_words, char **ret_key, char **ret_expect,
	       struct shop_error *err) SHOP_CHECKED;

/** Make the item of the source's line; what is wrong with its words is found when it runs. */
struct item *item_new(struct batch *batch);

void item_free(struct item *item);

/** Run it; what came of it is kept in the item. */
void item_run(struct item *item);

/** Whether it failed. */
bool item_failed(const struct item *item);

/** Whether the failure is the store's, which no other line would survive. */
bool item_is_fatal(const struct item *item);

/* --- group.c */

/** Run the file, many lines to a commit. */
bool group_run_all(struct batch *batch, struct shop_error *err) SHOP_CHECKED;

/* --- whole.c */

/** Run the file in one transaction, or its plan only. */
bool whole_run(struct batch *batch, struct shop_error *err) SHOP_CHECKED;

/* --- state.c */

/** Open the state; *ret->line says how far the file is. Fails with E_BATCH_STATE, E_BATCH_RUNNING,
 * E_IO. */
bool state_open(struct state *state, const char *path, const struct lines *source,
		struct shop_error *err) SHOP_CHECKED;

/** Note, durably, that all lines up to this one are done. */
bool state_save(struct state *state, const struct lines *source, int64_t line,
		struct shop_error *err) SHOP_CHECKED;

void state_close(struct state *state);

/* --- report.c */

/** Count one item, print its result, and its failure on stderr. */
bool report_item(struct batch *batch, struct item *item, struct shop_error *err) SHOP_CHECKED;

/** Keep results aside until report_release; report_forget drops what is kept. Fails with E_IO. */
bool report_hold(struct batch *batch, struct shop_error *err) SHOP_CHECKED;
bool report_forget(struct batch *batch, struct shop_error *err) SHOP_CHECKED;
bool report_release(struct batch *batch, struct shop_error *err) SHOP_CHECKED;

/** The summary on stderr. */
void report_summary(const struct batch *batch);

extern const struct command cmd_batch;

#endif

/*
 * The printer's side that only the frame sees: opening, transactions, finishing.
 *
 * Output is kept in a buffer. Reads flush it as it grows; in a mutation it stays until out_commit,
 * and out_rollback drops what was printed since the last commit.
 */
#ifndef SHOPCTL_OUT_FRAME_H
#define SHOPCTL_OUT_FRAME_H

#include "out/out.h"

#include <glib.h>

enum out_format {
	OUT_TABLE,
	OUT_WIDE,
	OUT_JSON,
	OUT_JSONL,
	OUT_CSV,
	OUT_TSV,
	OUT_YAML,
	OUT_LINE,
	OUT_ID,
	OUT_COUNT,
	OUT_NONE,
	OUT_MD,
	OUT_HTML,
	OUT_TEMPLATE,
};

/* Where results go instead of stdout, and who looks at them: the shell. */
struct out_target {
	int fd;	       /* -1 = they are looked at only */
	bool terminal; /* it is one */
	void *ctx;
	void (*look)(void *ctx, const char *bytes, size_t size); /* at what is written */
	/* A record was printed, as a row or in a sentence; it is valid during the call only. */
	void (*saw)(void *ctx, const struct shop_record *type, const void *record);
	/* What was seen since the last call is kept, or was taken back. */
	void (*settled)(void *ctx, bool kept);
};

/** Write text that is no command's result there. Fails with E_OUTPUT. */
bool out_target_write(const struct out_target *target, const char *text,
		      struct shop_error *err) SHOP_CHECKED;

/* How a run wants its output; strings outlive the printer. */
struct out_options {
	const char *format;		  /* as typed; NULL = by the ending of `path`, else table */
	const char *fields;		  /* --fields, or NULL */
	const char *path;		  /* --out, or NULL = stdout */
	const char *color;		  /* auto, always, never */
	const char *zone;		  /* for local times on a terminal */
	const struct shop_record *record; /* what the command prints, or NULL */
	int width;			  /* 0 = the terminal's */
	const char *templates;		  /* where named templates are, or NULL */
	bool no_headers;
	bool bom; /* csv and tsv begin with a byte order mark */
	bool nul;
	bool quiet;
	bool single;	 /* one object is expected */
	bool held;	 /* a mutation: nothing is written before out_commit */
	bool ascii;	 /* no UTF-8 signs */
	bool json_notes; /* notes and warnings as JSON */
	bool pager;	 /* a long table for people may go through a pager */
	bool list;	 /* rows: when nobody reads on, none need be made */
	bool page_info;	 /* json: the array within {"items":…,"next":…} */
	int verbose;
	GString *sink;			 /* takes the result in place of stdout; NULL = none */
	const struct out_target *target; /* the same; NULL = none */
};

/** The formats there are, NULL-ended; the place is the enum's value. */
const char *const *out_formats(void);

/** The format of a name, or -1. */
int out_format_find(const char *name);

/** Make a printer. Fails with E_VALUE: an unknown format (lists them) or field (names near ones).
 */
bool out_open(const struct out_options *options, struct out **ret_out,
	      struct shop_error *err) SHOP_CHECKED;

/** What time it is for people: `wide` shows how long ago a time was. */
void out_set_now(struct out *out, int64_t now_us);

/** The format in use. */
enum out_format out_format_of(const struct out *out);

/* Stands between the command and the printer: gets each record that out_record is given. */
typedef bool (*out_tap_fn)(const struct shop_record *type, const void *record, void *ctx,
			   struct shop_error *err);

/** Lead out_record to fn; out_print still prints. */
void out_tap(struct out *out, out_tap_fn fn, void *ctx);

/** The tap looks into this list of the records: out_wants says so. */
void out_also_wants(struct out *out, const char *list);

/** Print a record past the tap. */
bool out_print(struct out *out, const struct shop_record *type, const void *record,
	       struct shop_error *err) SHOP_CHECKED;

/** Whether the terminal shows ASCII only, by TERM and the locale. */
bool terminal_is_ascii(void);

/** Say of which type the records will be, for formats that have a header without any. */
bool out_expect(struct out *out, const struct shop_record *type,
		struct shop_error *err) SHOP_CHECKED;

/** Whether rows are drawn as a table on a terminal. */
bool out_is_terminal_table(const struct out *out);

/** Whether only ASCII signs are written. */
bool out_is_ascii(const struct out *out);

/** The cursor --page-info names; NULL = the list ends here. */
void out_set_next(struct out *out, const char *cursor);

/** Print one raw JSON value as a record (a plan, a replayed result); text formats print it as a
 * line. */
bool out_raw(struct out *out, const char *json, struct shop_error *err) SHOP_CHECKED;

/** Append a JSON value as YAML, every ambiguous text quoted; `item`: as an item of a list. */
bool out_yaml(GString *to, const char *json, bool item) SHOP_CHECKED;

/** What was printed since the last out_commit, without the array's punctuation; a new string. */
char *out_since_commit(const struct out *out);

/** Print again what out_since_commit gave in an earlier run. */
void out_replay(struct out *out, const char *text);

/** Drop what was printed since the last commit. */
void out_rollback(struct out *out);

/** Draw what is waiting for its table, so that a mutation's text is complete. */
void out_settle(struct out *out);

/** Let go what was printed so far. Fails with E_OUTPUT. */
bool out_commit(struct out *out, struct shop_error *err) SHOP_CHECKED;

/** Close arrays and tables, write everything, put --out in place. Fails with E_OUTPUT. */
bool out_finish(struct out *out, struct shop_error *err) SHOP_CHECKED;

/** Free; an unfinished --out file is removed. Accepts NULL. */
void out_free(struct out *out);

/** Whether all it printed is one JSON value. */
bool out_is_json(const struct out *out);

/** Whether whoever read in a pager has seen enough: no failure. */
bool out_was_enough(const struct out *out);

/** Whether a write met a closed pipe. */
bool out_pipe_closed(const struct out *out);

/** Print --fields help: name, type, example and meaning of each field. */
void out_fields_help(GString *to, const struct shop_record *type);

#endif

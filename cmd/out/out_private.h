/*
 * What the printer's files share. A column is a path into a record; a format turns columns into
 * bytes.
 */
#ifndef SHOPCTL_OUT_PRIVATE_H
#define SHOPCTL_OUT_PRIVATE_H

#include "out/out_frame.h"
#include "shop/record_path.h"

#include <sys/types.h>

#define COLUMN_DEPTH SHOP_PATH_DEPTH
#define OUT_FLUSH_AT 65536 /* bytes kept before a read's output is written on */

/* One selected field: the fields to walk from the record, and the name shown. */
struct column {
	char *name; /* "customer.name", "lines[].sku" */
	const struct shop_field *path[COLUMN_DEPTH];
	int depth;
	enum { PART_WHOLE, PART_AMOUNT, PART_CURRENCY } part; /* money in csv: two columns */
};

struct grid_column {
	size_t width;
	bool prose; /* may be cut */
	bool cut;   /* is cut to its width */
	bool right; /* stands on the right */
	bool empty; /* nothing stands in it, as far as it was measured */
	bool hidden;
};

/* Rows of cells that are drawn under each other. */
struct grid {
	GPtrArray *rows; /* char **: waiting to be drawn */
	struct grid_column *columns; /* NULL = nothing is drawn yet */
	size_t gap;    /* blanks between columns */
	size_t indent; /* blanks before each line */
	bool sparse;   /* columns of nothing but blanks and zeros are left out, whether there is room or not */
};

/* A program that shows a result screen by screen. */
struct pager {
	bool may;  /* it is started when the text does not fit the screen */
	bool left; /* its user has seen enough */
	pid_t pid; /* 0 = not running */
	int pipe, spool;
	void (*on_interrupt)(int), (*on_quit)(int);
};

/* The line that says how far long work has come. */
struct progress {
	bool asked, terminal, shown;
	int64_t begun_us, told_us;
};

struct template;

struct out {
	struct out_options options;
	enum out_format format;
	GArray *columns; /* struct column */
	bool selected;	 /* --fields was given */
	bool terminal;	 /* the result goes to a terminal */
	bool color;
	bool pretty;
	int64_t now_us; /* for the age of times; 0 = not known */
	int fd;
	struct template *template;
	struct pager pager;
	struct progress progress;
	GString *notes; /* for stderr, once the pager has gone */
	char *temporary;  /* --out's file while it is written */
	GString *text;	  /* waiting to be written */
	size_t committed; /* length of text at the last commit */
	int64_t rows;	  /* records printed */
	int64_t rows_committed;
	struct grid grid;		/* rows of the table */
	const struct shop_record *type; /* of those rows */
	bool header_done, header_committed;
	out_tap_fn tap; /* gets the records instead of the printer; NULL = none */
	void *tap_ctx;
	GPtrArray *also; /* const char *: lists the tap looks into */
	char *next; /* the cursor of --page-info, or NULL */
	bool plain; /* text was printed that is no record */
	bool pipe_closed;
	bool wrote; /* something has left for good */
};

/* How a value is written as text. */
enum cell_style {
	CELL_HUMAN,   /* escaped, glyphs, local times on a terminal */
	CELL_MACHINE, /* exact text, UTC times */
};

/** Make the columns from --fields or the record's defaults. Fails with E_VALUE. */
bool columns_make(struct out *out, const struct shop_record *type,
		  struct shop_error *err) SHOP_CHECKED;

/** Free the columns and make room for others. */
void columns_clear(struct out *out);

/** Resolve one path ("lines[].sku") from a record type; false when there is no such field. */
bool column_resolve(const struct shop_record *type, const char *path, struct column *ret_column);

/** Append the column's value of a record as text; several values are joined by ", ". */
void cell_append(const struct out *out, GString *to, const struct column *column,
		 const void *record, enum cell_style style);

/** Whether the value is null. */
bool cell_is_null(const struct column *column, const void *record);

/** Whether tables put the field right-aligned. */
bool cell_is_number(const struct column *column);

/** Append one field's value as text. */
void field_append(const struct out *out, GString *to, const struct shop_field *field,
		  const void *record, enum cell_style style);

/** Write one field's value as JSON under key. */
void field_json(struct shop_json *j, const char *key, const struct shop_field *field,
		const void *record);

/** The field's value is null. */
bool field_is_null(const struct shop_field *field, const void *record);

/** json and jsonl. */
bool json_record(struct out *out, const struct shop_record *type, const void *record,
		 struct shop_error *err);

/** Begin the array of a list. */
void json_open_list(struct out *out);

/** Append the record as compact (or pretty) JSON with the selected columns. */
void json_append(const struct out *out, GString *to, const struct shop_record *type,
		 const void *record, bool pretty);

/** csv and tsv. */
bool csv_record(struct out *out, const struct shop_record *type, const void *record,
		struct shop_error *err);

/** md. */
bool markdown_record(struct out *out, const void *record);

/** html. */
bool html_record(struct out *out, const void *record);

/** The table's begin, once, and its end. */
void html_begin(struct out *out);
void html_end(struct out *out);

/** Append text as HTML shows it. */
void html_append(GString *to, const char *text);

/** template: by out->template, compiled for the type when it was not. Fails with E_VALUE. */
bool template_record(struct out *out, const struct shop_record *type, const void *record,
		     struct shop_error *err);

/**
 * Read a template, and compile it for records of a type (NULL = not yet known).
 *
 * name           a file, or a name in the directory (which may be NULL)
 * ret_template   is to be freed whether it fails or not
 * Fails with     E_VALUE: no such file, or FILE:LINE of what is wrong in it
 */
bool template_open(const char *name, const char *directory, const struct shop_record *type,
		   struct template **ret_template, struct shop_error *err) SHOP_CHECKED;

/** Accepts NULL. */
void template_free(struct template *t);

/** yaml. */
bool yaml_record(struct out *out, const struct shop_record *type, const void *record,
		 struct shop_error *err);

/** table and wide: keeps a row for the table, or prints one object's lines. */
bool table_record(struct out *out, const struct shop_record *type, const void *record,
		  struct shop_error *err);

/** The record's cells, as people read them; NULL-ended, the caller's. */
char **table_cells(const struct out *out, const void *record);

/** One object as `field: value` lines with its lists as tables (also format line). */
bool table_object(struct out *out, const struct shop_record *type, const void *record,
		  struct shop_error *err);

/* --- grid.c */

/** Whether a value may be cut or wrapped: text of more than one word that nobody copies. */
bool field_is_prose(const struct shop_field *field, const char *value);

/** An empty grid; its columns are those of the printer it is drawn with. */
void grid_init(struct grid *grid);

/** Free what it holds. No-op on a zeroed one. */
void grid_done(struct grid *grid);

/** Take a row; drawn at once when the columns are known. */
void grid_add(const struct out *out, struct grid *grid, char **cells);

/** Draw what waits; what follows is another table. */
void grid_end(const struct out *out, struct grid *grid);

/** Forget what waits. */
void grid_drop(struct grid *grid);

/** Append so many blanks. */
void append_blanks(GString *to, size_t count);

/** Append text in a colour (NULL = none) where the printer uses colours. */
void append_colored(const struct out *out, GString *to, const char *color, const char *text, size_t length);

/* --- status.c */

/** The glyph of a status word, or NULL; ascii gives the form in brackets. */
const char *status_glyph(const char *word, bool ascii);

/** The colour sequence of a status word, or NULL. */
const char *status_color(const char *word);

/* --- terminal.c */

/** Whether the result is shown on a terminal (or SHOPCTL_FORCE_TTY says so). */
bool terminal_is(int fd);

/** Whether it takes colours: --color's word, then the environment. */
bool terminal_has_color(const char *when, bool terminal);

/** Its size, 0 = not known. */
int terminal_columns(int fd);
int terminal_lines(int fd);

/* --- progress.c */

/** Take the line away before something else is written. */
void progress_clear(struct out *out);

/* --- pager.c */

/** A pager that is not running; may = it can be wanted. */
void pager_init(struct pager *pager, bool may);

/** Whether the text should wait, because it may yet turn out to fit the screen. */
bool pager_waits(const struct out *out);

/** Start it, if it may be and is not running. Without a pager installed the terminal gets the text. */
void pager_start(struct pager *pager);

/** Give it text; never waits for its user, whose leaving is in pager->left. */
void pager_write(struct pager *pager, const char *bytes, size_t size);

/** Give it the rest, and wait until its user is done. */
void pager_end(struct pager *pager);

/** The columns tables may take: --width, else the terminal's; 0 = as many as they need. */
size_t out_width(const struct out *out);

/** Let whoever looks at what is printed see a record. */
void out_tell(const struct out *out, const struct shop_record *type, const void *record);

/** The end of a record's line: NUL with --null. */
void out_end_record(struct out *out);

#endif

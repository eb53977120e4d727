/*
 * What the printer's files share. A column is a path into a record; a format turns columns into
 * bytes.
 */
#ifndef SHOPCTL_OUT_PRIVATE_H
#define SHOPCTL_OUT_PRIVATE_H

#include "out/out_frame.h"
#include "shop/record_path.h"

#define COLUMN_DEPTH SHOP_PATH_DEPTH

/* One selected field: the fields to walk from the record, and the name shown. */
struct column {
	char *name; /* "customer.name", "lines[].sku" */
	const struct shop_field *path[COLUMN_DEPTH];
	int depth;
	enum { PART_WHOLE, PART_AMOUNT, PART_CURRENCY } part; /* money in csv: two columns */
};

struct out {
	struct out_options options;
	enum out_format format;
	GArray *columns; /* struct column */
	bool selected;	 /* --fields was given */
	bool terminal;	 /* the result goes to a terminal */
	bool color;
	bool pretty;
	int fd;
	char *temporary;  /* --out's file while it is written */
	GString *text;	  /* waiting to be written */
	size_t committed; /* length of text at the last commit */
	int64_t rows;	  /* records printed */
	int64_t rows_committed;
	GPtrArray *table;		/* rows of cells (char **) waiting to be drawn */
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

/** yaml. */
bool yaml_record(struct out *out, const struct shop_record *type, const void *record,
		 struct shop_error *err);

/** table and wide: keeps a row for the table, or prints one object's lines. */
bool table_record(struct out *out, const struct shop_record *type, const void *record,
		  struct shop_error *err);

/** Draw the rows kept so far. Fails with E_MODULE. */
bool table_draw(struct out *out, struct shop_error *err) SHOP_CHECKED;

/** One object as `field: value` lines with its lists as tables (also format line). */
bool table_object(struct out *out, const struct shop_record *type, const void *record,
		  struct shop_error *err);

/** The glyph of a status word, or NULL; ascii gives the form in brackets. */
const char *status_glyph(const char *word, bool ascii);

/** The colour sequence of a status word, or NULL. */
const char *status_color(const char *word);

/** The end of a record's line: NUL with --null. */
void out_end_record(struct out *out);

#endif

/*
 * What the files of declare share: bytes → reader (YAML, JSON, CSV) → tree (which mapping is an
 * object of which kind) → set (typed values with their places) → compare (three-way, against the
 * store) → the kind, whose domain calls make a difference good.
 *
 * A value is a text in one form per meaning ("12.50 EUR", "350", "true"), so that equal values are
 * equal texts; NULL = unset.
 */
#ifndef SHOP_DECLARE_RUN_H
#define SHOP_DECLARE_RUN_H

#include "shop/declare.h"

#include "shop/money.h"
#include "shop/quantity.h"
#include "shop/text.h"

#define DECLARE_FIELDS_MAX 20
#define DECLARE_IDENT 160 /* bytes of an object's name in the store */

/* ---- the table of kinds */

enum declare_type {
	DECLARE_ID,   /* sup-1000: names the object in place of its key */
	DECLARE_TEXT, /* one line */
	DECLARE_CODE, /* a word that the domain checks: a barcode may look like a card number */
	DECLARE_WORD, /* one of words */
	DECLARE_BACKORDER,
	DECLARE_SKU,
	DECLARE_EMAIL,
	DECLARE_COUNTRY,
	DECLARE_CURRENCY,
	DECLARE_MONEY,
	DECLARE_QUANTITY,
	DECLARE_INT,
	DECLARE_WEIGHT,
	DECLARE_BOOL,
};

enum declare_flag {
	DECLARE_KEY = 1,	/* part of what names the object */
	DECLARE_OPTIONAL = 2,	/* of a key that need not stand there */
	DECLARE_KEEP = 4,	/* has no default: stays as it is when it leaves the file */
	DECLARE_FIXED = 8,	/* said when the object is made, never changed */
	DECLARE_ONLY_TRUE = 16, /* false is as good as nothing */
};

struct declare_field {
	const char *name;
	enum declare_type type;
	unsigned flags;
	size_t max_chars;
	const char *const *words;
	const char *reset; /* its default; NULL = unset */
	const char *doc;
};

struct declare_run;
struct declare_last;

/* A value of the file. */
struct declare_value {
	const char *text; /* NULL = unset */
	int32_t line, column;
	bool given;
};

struct declare_object {
	const struct declare_kind *kind;
	int32_t line, column;
	const char *name;	      /* as people call it */
	struct declare_value *values; /* one per field of the kind */
};

/* An object of the store. Texts are owned. */
struct declare_live {
	bool found;
	bool archived;
	int64_t id;
	int64_t version;
	char ident[DECLARE_IDENT]; /* its name in the store: sup-1000, MUG-01, "MUG-01 loc-1000" */
	char *texts[DECLARE_FIELDS_MAX];
};

#define AUTO_LIVE SHOP_CLEANUP(declare_live_done)
void declare_live_done(struct declare_live *live);

/* What a kind is to make good: of each field whether it changes, and to what. */
struct declare_want {
	const struct declare_object *object; /* NULL: what is archived is in no file */
	bool given[DECLARE_FIELDS_MAX];
	const char *texts[DECLARE_FIELDS_MAX];
};

typedef bool (*declare_live_fn)(const struct declare_live *live, void *ctx, struct shop_error *err);

struct declare_kind {
	const char *name;
	const char *doc;
	const struct declare_field *fields;
	size_t count;
	const struct declare_kind *beside; /* whose object of the same name is edited with it */
	bool personal;			   /* of what was last applied only digests are kept */
	/**
	 * Find the object that its key means; live->found says whether there is one. An id must be
	 * there: E_NOT_FOUND. Values whose one form takes a look into the store get it here: a
	 * supplier's id becomes its name.
	 */
	bool (*load)(struct declare_run *run, struct declare_value *values,
		     struct declare_live *live, struct shop_error *err);
	/** Give every one that is not archived, in the order of its keys. */
	bool (*each)(struct declare_run *run, declare_live_fn fn, void *ctx,
		     struct shop_error *err);
	/** Make one; every field that the file gives is in `want`. NULL: it comes with another
	 * object, as a price does. */
	bool (*create)(struct declare_run *run, const struct declare_want *want,
		       struct shop_error *err);
	/** Change the fields that are given; a text of NULL takes the value away. */
	bool (*update)(struct declare_run *run, const struct declare_live *live,
		       const struct declare_want *want, struct shop_error *err);
	/** Archive one. NULL: it goes with another object. */
	bool (*archive)(struct declare_run *run, const struct declare_live *live,
			struct shop_error *err);
};

extern const struct declare_kind declare_location, declare_supplier, declare_customer,
	declare_product, declare_price, declare_stock;

/** The kinds in the order in which they are applied: what others name comes first. NULL-ended. */
const struct declare_kind *const *declare_kinds(void);

/** The kind of a name or its plural; NULL when there is none. */
const struct declare_kind *declare_kind_find(const char *name);

/** Its place in the table. */
size_t declare_kind_place(const struct declare_kind *kind);

/** The field of a name, or -1. */
int declare_field_find(const struct declare_kind *kind, const char *name);

/** Raise E_VALUE "there is no kind …, did you mean …". Returns false. */
bool declare_kind_unknown(const char *name, struct shop_error *err);

/* ---- a file being read, and what came of it */

struct shop_declare {
	char *name; /* of the file, as problems name it */
	char digest[65];
	const struct shop_declare_file *file; /* while it is read */
	void (*problem)(const struct shop_declare_problem *problem, void *arg);
	void *arg;
	GPtrArray *objects; /* struct declare_object *, sorted by kind when all are read */
	GHashTable *keys;   /* kind and key → object */
	GStringChunk *texts;
	int64_t problems;
	char *first_problem;
	bool stopped; /* what follows cannot be read */
};

/* Where something stands; from 1. column 0 = not known, line 0 = nowhere: it is not in the file. */
struct declare_place {
	int64_t line;
	int64_t column;
};

/** Report what is wrong; the first SHOP_DECLARE_SHOWN are shown. */
void declare_problem(struct shop_declare *set, struct declare_place at, const char *field,
		     const char *fmt, ...) SHOP_PRINTF(4, 5);

/** Report an error as a problem and clear it. */
void declare_problem_error(struct shop_declare *set, struct declare_place at, const char *field,
			   struct shop_error *err);

/** As declare_problem; what follows is not read. */
void declare_stop(struct shop_declare *set, struct declare_place at, const char *fmt, ...)
	SHOP_PRINTF(3, 4);

/** Fails with E_DECLARE when there were problems. */
bool declare_settled(const struct shop_declare *set, struct shop_error *err) SHOP_CHECKED;

/* One member of an object as it stands in the file. */
struct declare_pair {
	char *name;
	char *text; /* NULL = null */
	struct declare_place name_at, text_at;
};

/** Make an object of its members (kind NULL: a member `kind` says it). Problems are reported. */
void set_add(struct shop_declare *set, const struct declare_kind *kind, const GArray *pairs,
	     struct declare_place at);

/** A set without objects. `file` outlives the reading. */
struct shop_declare *set_new(const struct shop_declare_file *file);

/** Check what is about several objects, and sort by kind. */
void set_close(struct shop_declare *set);

/** The file's object of this kind and key fields, or NULL. */
const struct declare_object *set_find(const struct shop_declare *set,
				      const struct declare_kind *kind, const char *key);

/* ---- tree.c: what YAML and JSON say, value by value */

struct declare_tree;

struct declare_tree *tree_new(struct shop_declare *set);
void tree_free(struct declare_tree *tree);
void tree_map(struct declare_tree *tree, struct declare_place at);
void tree_list(struct declare_tree *tree, struct declare_place at);
void tree_end(struct declare_tree *tree);
/** A key of the mapping that is open. */
void tree_key(struct declare_tree *tree, const char *text, struct declare_place at);
/** A plain value; NULL = null. */
void tree_value(struct declare_tree *tree, const char *text, struct declare_place at);

/* ---- readers: bytes → tree or set */

void yaml_read(struct shop_declare *set, const char *bytes, size_t size);
void json_read(struct shop_declare *set, const char *bytes, size_t size);
bool csv_read_all(struct shop_declare *set, const GString *bytes,
		  struct shop_error *err) SHOP_CHECKED;

/* ---- values.c */

/** Check a text as the field's type and give it in its one form; in the set's texts. */
bool value_read(const struct declare_field *field, const char *text, const char *currency,
		GStringChunk *texts, const char **ret_text, struct shop_error *err) SHOP_CHECKED;

/** Fill the texts of a live object from its record's fields of the same names. */
void value_fill(const struct declare_kind *kind, const struct shop_record *type, const void *record,
		struct declare_live *live);

int64_t value_int(const char *text);		 /* SHOP_NULL for NULL */
struct shop_money value_money(const char *text); /* minor SHOP_NULL for NULL */
struct shop_decimal value_decimal(const char *text);

/** What a text field becomes: NULL = as it is, "" = unset. */
const char *want_text(const struct declare_want *want, size_t at);
/** What a number becomes: SHOP_NULL = as it is, SHOP_CLEAR = unset. */
int64_t want_number(const struct declare_want *want, size_t at);

/** A decimal without zeros at its end. */
char *value_quantity(int64_t qty, int64_t scale);

/* ---- csv.c, on the way out */

void csv_header(GString *to, const struct declare_kind *kind);
void csv_row(GString *to, const struct declare_kind *kind, const struct declare_live *live);

/* ---- merge.c */

enum declare_verdict {
	DECLARE_SAME,
	DECLARE_SET,
	DECLARE_CONFLICT, /* others changed it since it was last applied */
	DECLARE_RESET,	  /* it left the file */
};

/* Whether two texts are equal; either may be NULL. */
struct declare_sides {
	bool given, was_given;
	bool file_is_live; /* the file's value is the store's */
	bool live_is_last; /* the store's is what was last applied */
	bool live_is_reset;
};

/** The three-way rule for one field. Pure. */
enum declare_verdict declare_merge(const struct declare_sides *sides);

/* ---- one diff or apply under way */

struct declare_run {
	struct shop_store *store;
	struct shop_declare *set;
	const struct shop_declare_how *how;
	shop_record_fn fn;
	void *ctx;
	struct shop_declare_counts counts;
	bool writing;
	GHashTable *seen;	 /* kind and ident of the file's objects → line */
	struct shop_error first; /* of an apply: the first refusal */
	bool mixed;		 /* refusals of several codes */
	int64_t supplier_id;	 /* the last supplier looked up … */
	char *supplier_name;	 /* … and its name */
	char *backorder;	 /* default of new products */
};

/** What is to be changed of an object: `want` for its kind, `change` for people; *ret_conflicts of
 * its fields. */
bool compare_object(struct declare_run *run, const struct declare_object *object,
		    const struct declare_live *live, const struct declare_last *last,
		    struct declare_want *want, struct shop_declare_change *change,
		    int64_t *ret_conflicts) SHOP_CHECKED;

/** What people call an object of the store. A new string. */
char *compare_name(const struct declare_kind *kind, const struct declare_live *live);

#define AUTO_CHANGE SHOP_CLEANUP(declare_change_done)

/** Free what a change owns and zero it. */
void declare_change_done(struct shop_declare_change *change);

/** Archive what the file does not have; after all its objects were seen. */
bool run_prune(struct declare_run *run, struct shop_error *err) SHOP_CHECKED;

/** Count a change that is made. */
void run_count(struct declare_run *run, const struct declare_kind *kind,
	       const struct shop_declare_change *change);

/** Whether an error is about an object, not about the store or the disk. */
bool run_is_about_object(const struct shop_error *err);

/** Remember a refusal for the end: what all have in common is the command's error. */
void run_remember(struct declare_run *run, const struct shop_error *err);

/** Report an error about an object of the file, at the field it names, and remember it. Clears it.
 */
void run_problem(struct declare_run *run, const struct declare_object *object,
		 struct shop_error *err);

/** The name of a supplier; NULL for 0. Kept until the next. */
bool run_supplier_name(struct declare_run *run, int64_t id, const char **ret_name,
		       struct shop_error *err) SHOP_CHECKED;

/** What was last applied to an object: a field's name → text, or its digest. NULL in *ret_last:
 * never. */
struct declare_last {
	GHashTable *fields; /* NULL = never applied */
	const struct declare_kind *kind;
	char hash[65];
};

bool last_load(struct declare_run *run, const struct declare_kind *kind, const char *ident,
	       struct declare_last *ret_last, struct shop_error *err) SHOP_CHECKED;
void last_done(struct declare_last *last);
/** Whether the field was in it; *ret_equal: with this text. */
bool last_has(const struct declare_last *last, const struct declare_field *field, const char *text,
	      bool *ret_equal);
/** Keep what the file says of an object. */
bool last_save(struct declare_run *run, const struct declare_object *object, const char *ident,
	       const struct declare_last *last, struct shop_error *err) SHOP_CHECKED;

#endif

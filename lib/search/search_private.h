/*
 * What the search's files share. The texts decide what is found: search_score is the definition of
 * a match, the index only finds the objects that are worth asking.
 */
#ifndef SHOP_SEARCH_PRIVATE_H
#define SHOP_SEARCH_PRIVATE_H

#include "shop/search.h"
#include "store/side.h"

#include <glib.h>

#define SEARCH_TERMS_MAX 32 /* words of one text */
#define SEARCH_KINDS 6

/* What an object is found by. Each text is lines of their own. Zeroed = it has none. */
struct search_doc {
	char *title; /* what it is called */
	char *text;  /* addresses, category … */
	char *codes; /* SKU, barcode, e-mail, phone, tracking number, reference */
};

#define AUTO_DOC SHOP_CLEANUP(search_doc_done)

/** Free what a doc holds and zero it. */
void search_doc_done(struct search_doc *doc);

/** Whether nothing of it can be found. */
bool search_doc_is_empty(const struct search_doc *doc);

/** Whether two say the same. */
bool search_doc_is_same(const struct search_doc *a, const struct search_doc *b);

/* --- search_words.c: texts as words */

/* One word as typed: "MUG-01" is the words "mug" and "01", one after the other, or the code
 * "mug-01". */
struct search_term {
	char *words; /* " mug 01" */
	char *code;  /* "mug-01" */
};

/* A text to search for. */
struct search_terms {
	GArray *terms; /* struct search_term */
	char *whole;   /* all of it, folded */
};

#define AUTO_TERMS SHOP_CLEANUP(search_terms_done)

/** Read what was typed. Fails with E_VALUE: no letter or digit in it, too many words. */
bool search_terms_read(const char *text, struct search_terms *ret_terms,
		       struct shop_error *err) SHOP_CHECKED;

/** Free what it holds. Accepts a zeroed one. */
void search_terms_done(struct search_terms *terms);

/** The words of a text, each after a blank, lines apart by newlines: " blue mug\n 01". A new
 * string. */
char *search_words(const char *text);

/** The tokens an object has in the index, in one string, blanks between. */
char *search_tokens(const struct search_doc *doc);

/** The index's query for objects that may match: a superset. A new string. */
char *search_match(const struct search_terms *terms);

/* How well a text fits, best first; it is what hits are ordered by. */
enum search_score {
	SEARCH_NONE = 0,  /* it does not */
	SEARCH_WHOLE,	  /* all of the title, or all of a code */
	SEARCH_WORDS,	  /* whole words of the title */
	SEARCH_BEGUN,	  /* words of the title or a code begin so */
	SEARCH_ELSEWHERE, /* in other texts, within a code */
	SEARCH_RELATED,	  /* in the texts of the customer, supplier or order it belongs to */
	SEARCH_REST,	  /* somewhere, behind the first hits that were looked at closely */
};

/** Whether and how well an object matches. */
enum search_score search_score(const struct search_terms *terms, const struct search_doc *doc);

/** The line of its texts in which the first term stands; a new string, NULL when it stands nowhere.
 */
char *search_matched_line(const struct search_terms *terms, const struct search_doc *doc);

/* --- search_docs.c: the texts as the store has them */

/* A kind of object that is searched; its place in the table is its place among hits of one score.
 */
struct search_kind {
	enum shop_id_type type;
	const char *name; /* "product" */
	const char *one;  /* number, title, text, codes of number $1; NULL = it has no texts of its
			     own */
	const char *all;  /* of all behind number $1 that have any, in order */
};

/** The kinds in the order of hits, ended by a NULL name. */
const struct search_kind *search_kinds(void);

/** The kind of a type, or NULL. */
const struct search_kind *search_kind_of(enum shop_id_type type);

/* A row's number in the index: its kind and its number, so that the numbers of one kind stand
 * together. */
int64_t search_row(const struct search_kind *kind, int64_t number);
const struct search_kind *search_row_kind(int64_t row);
int64_t search_row_number(int64_t row);

/** The texts of one object; empty where it has none or is not there. */
bool search_doc_load(struct shop_store *store, const struct search_kind *kind, int64_t number,
		     struct search_doc *ret_doc, struct shop_error *err) SHOP_CHECKED;

/** Receives one object's texts; false without an error stops. */
typedef bool (*search_doc_fn)(int64_t number, const struct search_doc *doc, void *ctx,
			      struct shop_error *err);

/** All objects of a kind that have texts, behind a number, in order. */
bool search_doc_each(struct shop_store *store, const struct search_kind *kind, int64_t after,
		     search_doc_fn fn, void *ctx, struct shop_error *err) SHOP_CHECKED;

/** The row an event's subject has, 0 when it has none: no kind that is searched, or gone. */
bool search_row_of_event(struct shop_store *store, const char *type, const char *subject,
			 int64_t *ret_row, struct shop_error *err) SHOP_CHECKED;

/* --- search_index.c: the file */

/* How far the file is. */
struct search_state {
	char uuid[SHOP_UUID_TEXT]; /* of the store it is made from; "" = nothing is in it */
	int64_t epoch;
	int64_t seq;   /* what it says is true up to this event … */
	char *hash;    /* … which has this hash */
	int64_t kind;  /* how many kinds are in it; SEARCH_KINDS = it is whole */
	int64_t after; /* and of the next one all up to this number */
};

#define AUTO_STATE SHOP_CLEANUP(search_state_done)

/* An index to ask, or what stands in for one. */
struct search_index {
	struct shop_store *store;
	struct shop_store *side; /* NULL: the store itself is read through */
	GHashTable *stale;	 /* int64_t *, rows that are read from the store; NULL = none */
	char *notice;		 /* why it is not used or kept, or NULL */
};

#define AUTO_INDEX SHOP_CLEANUP(search_index_close)

extern const struct db_side_format search_format;

/** Free what a state holds and zero it. */
void search_state_done(struct search_state *state);

/** How far a file is; zeroed when nothing is in it. */
bool search_state_load(struct shop_store *side, struct search_state *ret_state,
		       struct shop_error *err) SHOP_CHECKED;

/** How far the store is: its facts and its last event. */
bool search_state_of_store(struct shop_store *store, struct search_state *ret_state,
			   struct shop_error *err) SHOP_CHECKED;

/** Whether a file with this state is of this store and of its present life. */
bool search_state_fits(struct shop_store *store, const struct search_state *state,
		       const struct search_state *now, bool *ret_fits,
		       struct shop_error *err) SHOP_CHECKED;

/** Open the index and bring it up to date, or else find what stands in for it. */
void search_index_open(struct shop_store *store, const struct shop_search_progress *progress,
		       struct search_index *ret_index);

/** Open the index as it is, without writing: what it has not seen is named stale; side is NULL
 * where none fits. */
void search_index_read(struct shop_store *store, struct search_index *ret_index);

/** Close it. Accepts a zeroed one. */
void search_index_close(struct search_index *index);

/** Whether an error says that the file is not what it should be. */
bool search_says_damaged(const struct shop_error *err);

/** Let whoever asked know why the index is not used or kept. */
void search_tell_notice(struct search_index *index, const struct shop_search *in);

/** Whether an error says that the index is damaged; then it is emptied, and the error forgotten. */
bool search_renew(struct shop_store *store, struct shop_error *err);

/* --- search_fill.c: putting objects into it */

/**
 * Take what the store has and the file has not, for so long at most. *ret_whole: there is no more.
 *
 * known          up to which event the file said it was, before the store was looked at
 */
bool search_fill(struct shop_store *store, struct shop_store *side, int64_t known,
		 int64_t budget_us, const struct shop_search_progress *progress, bool *ret_whole,
		 struct shop_error *err) SHOP_CHECKED;

/** What the file has of a row; empty when it has nothing. ret_doc is zeroed. */
bool search_kept_doc(struct shop_store *side, int64_t row, struct search_doc *ret_doc,
		     struct shop_error *err) SHOP_CHECKED;

/** The rows that events behind this one are about, as int64_t keys of a new set. */
bool search_changed_rows(struct shop_store *store, int64_t after_seq, GHashTable **ret_rows,
			 struct shop_error *err) SHOP_CHECKED;

/* --- search_find.c: asking it */

/** Receives what matches; false without an error stops. */
typedef bool (*search_found_fn)(int64_t number, enum search_score score,
				const struct search_doc *doc, void *ctx, struct shop_error *err);

/** Every object of a kind whose own texts match, newest first. */
bool search_find(struct search_index *index, const struct search_kind *kind,
		 const struct search_terms *terms, search_found_fn fn, void *ctx,
		 struct shop_error *err) SHOP_CHECKED;

/* --- search_set.c: all that match */

/** The object that the text is the number or the id of, 0 = none. Whether it is there is not said.
 */
int64_t search_number_meant(const struct search_kind *kind, const char *text);

/** What belongs to an object of another kind: the newest first, `limit` of them at most. Appends to
 * numbers. */
bool search_related(struct shop_store *store, const struct search_kind *kind, int64_t owner,
		    int64_t limit, GArray *numbers, struct shop_error *err) SHOP_CHECKED;

/** The kind whose texts a kind is found by, too; NULL = none. */
const struct search_kind *search_owner_kind(const struct search_kind *kind);

/** The numbers of all of a kind that match, rising and each once. Appends to numbers. */
bool search_all(struct search_index *index, const struct search_kind *kind,
		const struct search_terms *terms, const char *text, GArray *numbers,
		struct shop_error *err) SHOP_CHECKED;

/* --- search_hit.c: what a hit is */

/** What people want to see of an object; false in *ret_found when it is not there. */
bool search_hit_load(struct shop_store *store, const struct search_kind *kind, int64_t number,
		     int64_t now_us, struct shop_search_hit *ret_hit, bool *ret_found,
		     struct shop_error *err) SHOP_CHECKED;

#endif

/* What the files of completion share: the words as far as they are typed, and where candidates go.
 */
#ifndef SHOPCTL_CMD_COMPLETE_PRIVATE_H
#define SHOPCTL_CMD_COMPLETE_PRIVATE_H

#include "complete/complete.h"
#include "frame/config.h"
#include "shop/object.h"

#define COMPLETE_LIMIT_US (50 * SHOP_SECOND / 1000)

/* Where options given on the command line are looked up, in their order. */
struct option_source {
	const struct option_spec *specs; /* ended by {0}; NULL = none */
	bool global, select;
};

struct completion {
	struct invocation inv; /* what the words before say: command, given options, operands */
	const char *half;      /* the first word of a verb of two: "price" */
	const struct option_spec *waiting; /* the word is this option's value … */
	struct option_source source;	   /* … which is listed here */
	bool ended;			   /* -- was typed: no options follow */
	bool lost;			   /* a word before is none of ours */
	int aliases;			   /* how many were expanded */
	const char *word;		   /* what is being completed, … */
	const char *typed;		   /* … its part that is looked up: behind "--status=" */
	struct candidates *ret;

	bool alone;	  /* this process does nothing else */
	int64_t begun_us; /* on the monotonic clock, and so is: */
	int64_t until_us;
	struct config *config; /* loaded for it; NULL without */
	struct shop_store *store;
	bool tried, opened; /* whether that was tried */
};

/* --- complete.c */

/** Read the words before and find what may follow; `word` is set. */
void complete_run(struct completion *c, const char *const *words, size_t count);

/** A word of a command line that is the operands of this one. */
void complete_command(struct completion *c);

/** Add a candidate, behind what stands before `typed` in the word. False when no more are wanted.
 */
bool complete_add(struct completion *c, enum candidate_kind kind, const char *value,
		  const char *description);

/** Add it if it begins with what was typed, capitals or not. False when no more are wanted. */
bool complete_offer(struct completion *c, enum candidate_kind kind, const char *value,
		    const char *description);

/** As complete_offer, unless it was offered already. */
bool complete_offer_once(struct completion *c, enum candidate_kind kind, const char *value,
			 const char *description);

/** Until when candidates are gathered, so that there is time left to give them. */
int64_t complete_soft_limit(const struct completion *c);

/* --- read.c */

/** Read the words before the one being typed. */
void complete_read(struct completion *c, const char *const *words, size_t count);

/** The sources of options at this place, ended by one without specs. */
void complete_sources(const struct completion *c, struct option_source ret_sources[4]);

/** The option of a long name without its dashes ("no-restock" too) or of a letter; NULL when there
 * is none. */
const struct option_spec *complete_option(const struct completion *c, const char *name,
					  size_t length, char letter);

/** Whether the option takes no value. */
bool complete_is_flag(const struct option_spec *spec);

/* --- store.c */

/** The configuration; NULL when it cannot be read. */
const struct config *complete_config(struct completion *c);

/** The store, open for reading at least; NULL when there is none that can be read at once. */
struct shop_store *complete_store(struct completion *c);

/** The time to look at objects. */
int64_t complete_now(const struct completion *c);

/** Read the configuration anew when it is asked for: options of an alias may choose another. */
void complete_forget(struct completion *c);

/** Close what was opened. */
void complete_close(struct completion *c);

/* --- names.c, extensions.c */

/** Nouns and commands; the verbs of a noun; the second words of a verb. */
void complete_names(struct completion *c);

/** The programs that are commands. */
void complete_extensions(struct completion *c);

/* --- options.c */

/** A word that begins with a dash. */
void complete_options(struct completion *c);

/* --- values.c */

/** The value of an option. */
void complete_value(struct completion *c, const struct option_spec *spec);

/** An operand. */
void complete_operand(struct completion *c);

/* --- objects.c */

/** Ids of a type; as an operand only those that the command is for, and none twice. */
void complete_ids(struct completion *c, enum shop_id_type type, bool operand);

/** Whether an operand has this value already. */
bool complete_is_operand(const struct completion *c, const char *value);

/** Objects of any kind. */
void complete_objects(struct completion *c);

/** LINE operands: SKU: of any product. */
void complete_lines(struct completion *c);

/** The SKUs of the object that is the operand before, as a LINE or alone. */
void complete_its_lines(struct completion *c, bool line);

/** The object that is the first operand. False when there is none. */
bool complete_object_before(const struct completion *c, struct shop_object *ret_object);

/* --- conditions.c */

/** What can be done with the object that is the first operand. */
void complete_acts(struct completion *c);

/** What it can be waited for. */
void complete_condition(struct completion *c);

/** The states of a machine that can come after `from` (NULL = any). False when there is no such
 * machine. */
bool complete_states(struct completion *c, const char *machine, const char *from);

/* --- fields.c */

/** Go on behind the last of these marks. */
void complete_behind(struct completion *c, const char *marks);

/** A list of fields of the command's record. */
void complete_fields(struct completion *c, enum arg_hint hint);

/** FIELD OP VALUE. */
void complete_filter(struct completion *c);

/** Values of a field that are known words, or the store's; a status only if it can come after
 * `from`. */
void complete_enum(struct completion *c, const struct shop_record *type,
		   const struct shop_field *field, const char *from);

/* --- topics.c */

/** What the program itself knows. */
void complete_topics(struct completion *c, enum arg_hint hint);

/* --- settings.c */

/** Keys and values of the configuration, or aliases. */
void complete_settings(struct completion *c, enum arg_hint hint);

/** The names of aliases, with what they stand for. */
void complete_aliases(struct completion *c);

/** What an alias stands for, as words behind "shopctl" (g_strfreev); NULL when it is none, or the
 * shell's. */
char **complete_alias_words(struct completion *c, const char *name);

/* --- known.c */

/** What the library has a list of. */
void complete_known(struct completion *c, enum arg_hint hint);

#endif

/* What the files of completion share: the words as far as they are typed, and where candidates go.
 */
#ifndef SHOPCTL_CMD_COMPLETE_PRIVATE_H
#define SHOPCTL_CMD_COMPLETE_PRIVATE_H

#include "complete/complete.h"

#define COMPLETE_LIMIT_US (50 * SHOP_SECOND / 1000)

struct completion {
	struct invocation inv; /* what the words before say: command, given options, operands */
	const char *half;      /* the first word of a verb of two: "price" */
	const struct option_spec *waiting; /* the word is this option's value */
	bool ended;			   /* -- was typed: no options follow */
	bool lost;			   /* a word before is none of ours */
	const char *word;		   /* what is being completed … */
	const char
		*typed; /* … and its part that is looked up: behind "--status=", behind a comma */
	struct candidates *ret;
	int64_t until_us; /* on the monotonic clock */
};

/** Where options given on the command line are looked up, in their order. */
struct option_source {
	const struct option_spec *specs; /* ended by {0}; may be NULL */
	bool global, select;
};

/* --- complete.c */

/** Add a candidate, behind what stands before `typed` in the word. False when no more are wanted.
 */
bool complete_add(struct completion *c, enum candidate_kind kind, const char *value,
		  const char *description);

/** Add it if it begins with what was typed, capitals or not. False when no more are wanted. */
bool complete_offer(struct completion *c, enum candidate_kind kind, const char *value,
		    const char *description);

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

/* --- names.c */

/** Nouns and commands; the verbs of a noun; the second words of a verb. */
void complete_names(struct completion *c);

/* --- extensions.c */

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

#endif

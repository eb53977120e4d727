/*
 * Help that belongs to no single command: topics, the search over everything, the table as JSON.
 */
#ifndef SHOPCTL_HELP_TOPICS_H
#define SHOPCTL_HELP_TOPICS_H

#include "shopctl.h"

struct help_topic {
	const char *name; /* "exit-codes" */
	const char *summary;
	const char *text; /* prose as man/prose holds it: lines `@table` not filled in */
};

/** All topics, ended by a NULL name. */
const struct help_topic *help_topics(void);

/** The topic of a name, or NULL. */
const struct help_topic *help_topic(const char *name);

/** The topic's prose (prose.h) with its tables filled in: a new string. */
char *help_topic_prose(const struct help_topic *topic);

/** What man/prose says of a noun, a command or the program in its page of the manual, as prose
 * with its tables filled in: a new string; NULL = nothing. */
char *help_intro(const char *name);

/* --- tables.c */

/** Append, as prose, the table of this name ("config-keys"). Returns false when there is none. */
bool help_table(GString *to, const char *name, size_t length);

/* --- help_json.c */

/** Append the whole command table as JSON: nouns, commands, operands, options, fields. */
void help_table_json(GString *to);

/* --- search.c */

extern const struct shop_record help_match_record;

/** Print what the words are found in, the best first: commands, options, topics, errors, events. */
bool help_search(struct out *out, const char *words, struct shop_error *err) SHOP_CHECKED;

#endif

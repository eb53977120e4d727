/*
 * Completion: what may stand where the last of some words is being typed. One engine for the
 *shells' scripts
 * (`shopctl __complete -- WORDS`) and for whoever has a store open.
 *
 *	struct candidates found;
 *	complete_words(&host, (const char *const[]){"order", "show", "ord-10"}, 3, &found);
 *	for (size_t i = 0; i < found.count; i++) … found.items[i].value, found.items[i].description
 *	candidates_done(&found);
 *
 * It only reads, prints nothing, never waits for anybody, and gives nothing rather than come late:
 *what cannot be asked within the limit (COMPLETE_LIMIT_US, or completion.limit of the
 *configuration) is left out.
 */
#ifndef SHOPCTL_CMD_COMPLETE_H
#define SHOPCTL_CMD_COMPLETE_H

#include "frame/frame.h"

#define CANDIDATES_MAX 200

enum candidate_kind {
	CANDIDATE_WORD, /* a whole word: a space may follow it */
	CANDIDATE_OPEN, /* more of the same word follows: SKU:, total>=, the next field of a list */
};

/* One word that may stand there. It need not begin with what was typed: "lima" finds cus-1000. */
struct candidate {
	char *value;	   /* the whole word, what stands before it in the same word included
			      ("--status=paid") */
	char *description; /* NULL = none; not escaped */
	enum candidate_kind kind;
};

struct candidates {
	struct candidate *items; /* in the order to show them */
	size_t count;
	bool files;	/* a file's name is wanted: the caller completes it */
	size_t file_at; /* the name begins at this byte of the last word: behind "--out=" */
};

/**
 * What may stand in place of the last of `count` words (without "shopctl"; the last may be "").
 * Nothing can fail: what goes wrong leaves candidates out.
 *
 * host           whose store, configuration and clock are used; NULL: the configuration and the
 * store that the words, the environment and the files name, opened for reading if it is needed ret
 * always set; the caller's (candidates_done)
 */
void complete_words(const struct host *host, const char *const *words, size_t count,
		    struct candidates *ret);

/** Free what it holds. */
void candidates_done(struct candidates *candidates);

/** `shopctl __complete [--] WORDS`: prints candidates as completion(1) tells; always ends with 0.
 */
int complete_main(int argc, const char *const *argv);

extern const struct command cmd_completion;

#endif

/*
 * A command line inside a process that has the store open: one parse, one run, through the code
 *that runs a process's own command line.
 *
 *	struct line *line = line_new(&host, words);
 *	if (line_parse(line, &err)) line_run(line, &status, &err);
 *	line_free(line);
 */
#ifndef SHOPCTL_FRAME_LINE_H
#define SHOPCTL_FRAME_LINE_H

#include "frame/frame.h"

#define LINE_WORDS_MAX 8192

struct line {
	struct invocation inv;
	char **words; /* "shopctl" and what follows, NULL-ended */
	bool parsed;
};

/** A line of these words, which it takes: "shopctl" first. The host outlives it. */
struct line *line_new(const struct host *host, char **words);

/** Free. Accepts NULL. */
void line_free(struct line *line);

/**
 * Find the command, its options and operands.
 *
 * Fails with     E_USAGE (also an option that is about the process: --store, --config, --timeout
 * …), E_VALUE
 */
bool line_parse(struct line *line, struct shop_error *err) SHOP_CHECKED;

/** Whether a parsed line is nothing but reads and writes of the store, so that it can run within a
 * transaction. */
bool line_is_plain(const struct line *line);

/** Whether a parsed line is a mutation, which an idempotency key is about. */
bool line_is_mutation(const struct line *line);

/** Run a parsed line; may be run again. *ret_status: exit status that is no error (0, 9, 10). */
bool line_run(struct line *line, int *ret_status, struct shop_error *err) SHOP_CHECKED;

/* --- words.c */

/**
 * Split a line as a shell would: blanks, '…', "…" with \, a backslash outside them, and a comment
 * from a # that begins a word. Nothing is expanded. *ret_words begins with "shopctl" (which the
 * line may have too); NULL when the line holds no word. Fails with     E_USAGE: a quote that is not
 * ended, too many words
 */
bool words_split(const char *line, char ***ret_words, struct shop_error *err) SHOP_CHECKED;

/* What a line may hold besides plain words: $name, and behind the words |, > or a \command. */
struct words_how {
	/* At a $ outside '…' that a name or { follows: append what it stands for, and move on behind it. */
	bool (*expand)(const char **at, GString *to, void *ctx, struct shop_error *err);
	void *ctx;
	const char *rest; /* set: what follows the words, in the line; NULL = nothing */
};

/** words_split with more than words. Fails with E_USAGE and with what expand fails with. */
bool words_split_how(const char *line, struct words_how *how, char ***ret_words,
		     struct shop_error *err) SHOP_CHECKED;

#endif

/*
 * A person at a terminal: what the shell asks of it, and what its own files share.
 */
#ifndef SHOPCTL_SHELL_TERMINAL_H
#define SHOPCTL_SHELL_TERMINAL_H

#include "complete/complete.h"
#include "shell/shell.h"

struct readline;

/* New events of the journal, on their way to the screen. */
struct news {
	bool on;
	char **globs;	   /* types that are shown; NULL = all */
	int64_t seen;	   /* seq of the last event looked at */
	int64_t second_us; /* when the current second began */
	int shown;	   /* lines in it */
	int64_t held;	   /* events of it that found no room */
	bool ours;	   /* the next ones came with a command of our own */
};

struct terminal {
	char name[8]; /* first: rl_readline_name points here, and so at the rest */
	struct shell *sh;
	struct readline *rl;
	int resize_fd; /* SIGWINCH and, while a line is typed, SIGTSTP */
	int wait_fd;   /* readable when any of input, signals and resize is */
	char *line;    /* what was entered; NULL with `entered` = the end */
	bool entered;
	struct news news;
	char *history_path;
	char *status; /* the status line as last shown, or NULL */
	struct candidates found; /* the last completion's, for the list of them */
};

/** Run what a person types, until the end. Fails with E_MODULE. */
bool terminal_run(struct shell *sh, struct shop_error *err) SHOP_CHECKED;

/** \events: on, off, or the types to show. NULL: say which. */
bool terminal_events(struct terminal *t, const char *word, struct shop_error *err) SHOP_CHECKED;

/** Append the lines that match (NULL = all), each with its time. */
void terminal_history(struct terminal *t, const char *glob, GString *to);

/* --- history.c */

/** Read the file; keep what is typed from now on. */
void history_begin(struct terminal *t);

/** Keep a line, unless it begins with a space or holds a secret. */
void history_keep(struct terminal *t, const char *line);

/* --- news.c */

/** Begin with what comes from now on. */
void news_begin(struct terminal *t);

/** What is to be shown now, as lines, or NULL; *ret_wait_us: when to ask again though nothing came.
 */
char *news_take(struct terminal *t, int64_t *ret_wait_us);

/** Free what it holds. */
void news_done(struct news *news);

/* --- completion.c */

/** Tell readline who completes. */
void completion_begin(struct terminal *t);

#endif

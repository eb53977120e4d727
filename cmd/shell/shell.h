/*
 * The shell: command lines in one process on one open store, typed by a person or read from a file.
 *
 *	shell      the command, its store, its end
 *	script     lines from a file or a pipe
 *	terminal   lines from a person: editing, history, completion, signals, news of the shop
 *	line       one line: what it is, and running a command of the table
 *	focus      `use ord-1042`: whose verbs need no noun and no operand
 *	variables  $_ and $name
 *	results    where results go: screen, pager, \o, a pipe; what was seen in them
 *	meta       the \commands, a table; meta_*.c hold them
 */
#ifndef SHOPCTL_SHELL_H
#define SHOPCTL_SHELL_H

#include "frame/line.h"
#include "out/out_frame.h"
#include "shop/object.h"

#include <signal.h>
#include <stdio.h>
#include <sys/types.h>

#define SHELL_LINE_MAX ((size_t)1 << 20) /* bytes of one line */

struct shell_args {
	const char *script, *transcript;
	bool read_only, no_events;
};

/* A program that reads what we write to it. */
struct child {
	pid_t pid; /* 0 = none */
	int in;	   /* -1 = none */
};

/* What one command showed: told apart until its transaction is committed. */
struct seen {
	int64_t count;
	char id[SHOP_SKU_MAX + 1]; /* of the last one that has an id */
	char *first;		   /* the first as JSON, or NULL */
};

/* Where results go. */
struct results {
	struct out_target target;
	bool screen;	    /* stdout is a terminal */
	bool pager;	    /* long tables are paged */
	struct child sh;    /* the program this result goes to */
	struct child other; /* \o: a program */
	int other_fd;	    /* \o: a file; -1 = none */
	int once_fd;	    /* \once; -1 = none */
	int tee_fd;	    /* \tee; -1 = none */
	GString *last;	    /* the text of the last result, its beginning */
	size_t beyond;	    /* bytes of it that are not kept */
	struct seen waiting, kept;
};

/* What ends a running command: a signal for it, or its --timeout. */
struct cancel {
	int fd;			 /* readable when it is to end; -1 = not opened */
	int timer_fd, signal_fd; /* behind it; -1 = none */
};

struct terminal;

struct shell {
	const struct shell_args *args;
	struct session *s;    /* of the shell itself */
	struct session lines; /* what its lines run in */
	struct host host;
	char *store_path;
	bool read_only;
	struct shop_object focus; /* name "" = none */
	GHashTable *variables;	  /* char * → char *, owned */
	GHashTable *fields;	  /* noun → --fields of its lists, owned */
	char *last_seen;	  /* what the last command showed first, as JSON, or NULL */
	int64_t last_count;	  /* how many it showed */
	char *last_line;	  /* the last command line */
	char *last_noun;	  /* its noun, or NULL */
	char *last_error;	  /* the last failure in full */
	char *output, *zone;	  /* \mode, \tz */
	bool wide_as_lines;	  /* \x auto */
	bool timing;
	bool quit;
	int depth; /* of \r in \r */
	struct results results;
	FILE *transcript;
	struct cancel cancel;
	int ended_by;		   /* a signal that ends the shell; 0 = none */
	struct terminal *terminal; /* NULL = nobody types */
};

/* How a line is run, besides what it says. */
struct line_how {
	const char *where;  /* "stdin:7", or NULL */
	const char *output; /* the format if the line names none, or NULL */
	bool silent;	    /* the result is looked at only */
	bool again;	    /* it must change nothing: \watch */
};

/* --- shell.c */

/** Open another store in place of the one that is open. */
bool shell_open_store(struct shell *sh, const char *path, struct shop_error *err) SHOP_CHECKED;

/** Show a line that is run as if it had been typed, and keep it so. */
void shell_typed(struct shell *sh, const char *line);

/** A file name of ours under $XDG_STATE_HOME/shopctl, its folder made; a new string. */
char *shell_state_file(const char *name);

/* --- script.c */

/** Run the lines of a file until one fails (or, with --keep-going, all); returns the exit status.
 */
int script_run(struct shell *sh, FILE *file, const char *name);

/** The same for a file by its name; - is stdin. */
bool script_run_file(struct shell *sh, const char *path, int *ret_status,
		     struct shop_error *err) SHOP_CHECKED;

/* --- line.c */

/** Run whatever a line holds; what went wrong was told. Returns its exit status. */
int line_do(struct shell *sh, const char *text, const char *where);

/** Run a command of the table as typed. */
int line_command(struct shell *sh, const char *text, const struct line_how *how);

/** Whether an exit status is a failure. */
bool line_failed(int status);

/** Tell of a failure that is no command's. Returns its exit status. */
int shell_tell(struct shell *sh, const char *where, const struct shop_error *err);

/* --- focus.c */

/** `use`: look at an object, or with NULL say which; none = no more. */
bool focus_set(struct shell *sh, const char *text, struct shop_error *err) SHOP_CHECKED;

/** Put the noun that a verb of the focused object lacks before it. *words may become others. */
void focus_noun(const struct shell *sh, char ***words);

/** The same, and the object behind the verb: for completing what follows. */
void focus_words(const struct shell *sh, char ***words);

/** Put the focused object where a parsed line lacks its first operand; whether it did. */
bool focus_operand(const struct shell *sh, const struct line *line, char ***ret_words);

/* --- variables.c */

/** The expansion of words_how; ctx is the shell. */
bool variables_expand(const char **at, GString *to, void *ctx, struct shop_error *err);

/** Set, or with NULL forget. Fails with E_USAGE: no name. */
bool variables_set(struct shell *sh, const char *name, const char *value,
		   struct shop_error *err) SHOP_CHECKED;

/** Set a variable for each field of what the last command showed, which must be one object. */
bool variables_take(struct shell *sh, const char *prefix, struct shop_error *err) SHOP_CHECKED;

/* --- results.c */

void results_init(struct shell *sh);
void results_done(struct results *r);

/** Begin a result: it goes to the program (NULL = none), else to \once, \o or stdout. */
bool results_begin(struct results *r, const char *program, bool silent,
		   struct shop_error *err) SHOP_CHECKED;

/** End it; returns the exit status of the program it went to, or 0. */
int results_end(struct results *r);

/** A text of the shell's own as a whole result. */
bool results_print(struct results *r, const char *text, struct shop_error *err) SHOP_CHECKED;

/** Send what follows to a file ("FILE"), a program ("|COMMAND") or the screen again (NULL). */
bool results_redirect(struct results *r, const char *to, struct shop_error *err) SHOP_CHECKED;

/** Open a file for one result, or to copy all to; NULL: no more. */
bool results_once(struct results *r, const char *path, struct shop_error *err) SHOP_CHECKED;
bool results_tee(struct results *r, const char *path, struct shop_error *err) SHOP_CHECKED;

/* --- child.c */

/** Run a command by sh. piped: it reads what is written to child->in. */
bool child_start(const char *command, bool piped, struct child *ret,
		 struct shop_error *err) SHOP_CHECKED;

/** Close its input and wait; returns its exit status (128 + signal). No-op on a zeroed child. */
int child_end(struct child *child);

/** Start and wait. */
bool child_run(const char *command, int *ret_status, struct shop_error *err) SHOP_CHECKED;

/* --- cancel.c */

/** Open; signals: which of them end a command (they are blocked from now on), NULL = none. */
bool cancel_open(struct cancel *cancel, const sigset_t *signals,
		 struct shop_error *err) SHOP_CHECKED;
void cancel_close(struct cancel *cancel);

/** A command begins: it ends early by a signal or after the time (SHOP_NULL = never). */
void cancel_begin(struct shell *sh, int64_t timeout_us);

/** It ended; *err becomes E_TIMEOUT if that was why. A signal for the whole shell is noted. */
void cancel_end(struct shell *sh, struct shop_error *err);

/* --- meta.c */

/** Run a \command (without its \) as typed, behind a command line or (NULL) alone. Returns its exit
 * status. */
int meta_run(struct shell *sh, const char *text, const char *line, const char *where);

/* --- transcript.c */

bool transcript_open(struct shell *sh, const char *path, struct shop_error *err) SHOP_CHECKED;

/** Note a line: as a command when it did something a batch can do again, else as a comment. */
void transcript_command(struct shell *sh, const char *typed, const char *const *words, int status);
void transcript_comment(struct shell *sh, const char *typed);

/* --- prompt.c */

/** The prompt as configured; colour in the form readline wants. A new string. */
char *prompt_make(const struct shell *sh);

/** How much waits, as one line; NULL when nothing does. A new string. */
char *prompt_status(const struct shell *sh);

/* --- secret.c */

/** Whether a line holds what must not be kept: a card number, a password, a token. */
bool line_is_secret(const char *text);

extern const struct command cmd_shell;

#endif

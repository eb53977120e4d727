/*
 * The \commands: one table, one function each.
 */
#ifndef SHOPCTL_SHELL_META_H
#define SHOPCTL_SHELL_META_H

#include "shell/shell.h"

/* One \command as typed. */
struct meta_call {
	struct shell *sh;
	const char *rest;  /* what follows its name, as typed */
	char **args;	   /* that as words, expanded, NULL-ended */
	const char *line;  /* the command line it stands behind, or NULL */
	const char *where; /* "stdin:7", or NULL */
	int status;	   /* set by what it ran */
};

typedef bool (*meta_fn)(struct meta_call *call, struct shop_error *err);

struct meta {
	const char *names; /* "q quit exit": the first is shown */
	const char *args;  /* "[FILE]" */
	const char *help;
	int most;      /* words it takes; -1 = the rest of the line as it stands */
	bool trailing; /* may stand behind a command line */
	meta_fn run;
};

/** The table, ended by {0}. */
const struct meta *meta_table(void);

/* --- meta_output.c */
bool meta_o(struct meta_call *call, struct shop_error *err);
bool meta_once(struct meta_call *call, struct shop_error *err);
bool meta_tee(struct meta_call *call, struct shop_error *err);
bool meta_mode(struct meta_call *call, struct shop_error *err);
bool meta_x(struct meta_call *call, struct shop_error *err);
bool meta_fields(struct meta_call *call, struct shop_error *err);
bool meta_pager(struct meta_call *call, struct shop_error *err);
bool meta_copy(struct meta_call *call, struct shop_error *err);
bool meta_timing(struct meta_call *call, struct shop_error *err);
bool meta_tz(struct meta_call *call, struct shop_error *err);

/* --- meta_run.c */
bool meta_watch(struct meta_call *call, struct shop_error *err);
bool meta_edit(struct meta_call *call, struct shop_error *err);
bool meta_read(struct meta_call *call, struct shop_error *err);
bool meta_sh(struct meta_call *call, struct shop_error *err);
bool meta_undo(struct meta_call *call, struct shop_error *err);
bool meta_h(struct meta_call *call, struct shop_error *err);
bool meta_gset(struct meta_call *call, struct shop_error *err);

/* --- meta_state.c */
bool meta_set(struct meta_call *call, struct shop_error *err);
bool meta_unset(struct meta_call *call, struct shop_error *err);
bool meta_echo(struct meta_call *call, struct shop_error *err);
bool meta_why(struct meta_call *call, struct shop_error *err);
bool meta_store(struct meta_call *call, struct shop_error *err);
bool meta_events(struct meta_call *call, struct shop_error *err);
bool meta_history(struct meta_call *call, struct shop_error *err);
bool meta_q(struct meta_call *call, struct shop_error *err);
bool meta_on_off(const char *word, bool *ret_on, struct shop_error *err);

/* --- meta_fav.c */
bool meta_fav(struct meta_call *call, struct shop_error *err);

#endif

/*
 * libreadline by dlopen: only whoever types at a shell needs it.
 */
#ifndef SHOPCTL_SHELL_READLINE_H
#define SHOPCTL_SHELL_READLINE_H

#include "shop/error.h"

#include <stdio.h>

#include <readline/history.h>
#include <readline/readline.h>

/* The functions used, by their own names; the variables as pointers to them. */
struct readline {
	void (*rl_callback_handler_install)(const char *, rl_vcpfunc_t *);
	void (*rl_callback_read_char)(void);
	void (*rl_callback_handler_remove)(void);
	void (*rl_callback_sigcleanup)(void);
	void (*rl_free_line_state)(void);
	void (*rl_resize_terminal)(void);
	void (*rl_prep_terminal)(int);
	void (*rl_deprep_terminal)(void);
	int (*rl_clear_visible_line)(void);
	int (*rl_on_new_line)(void);
	void (*rl_redisplay)(void);
	int (*rl_forced_update_display)(void);
	int (*rl_crlf)(void);
	char **(*rl_completion_matches)(const char *, rl_compentry_func_t *);
	char *(*rl_filename_completion_function)(const char *, int);
	void (*add_history)(const char *);
	int (*read_history)(const char *);
	int (*append_history)(int, const char *);
	int (*history_truncate_file)(const char *, int);
	void (*stifle_history)(int);
	void (*using_history)(void);
	HIST_ENTRY **(*history_list)(void);

	const char **rl_readline_name;
	char **rl_line_buffer;
	int *rl_point, *rl_end;
	int *rl_catch_signals, *rl_catch_sigwinch, *rl_change_environment;
	rl_completion_func_t **rl_attempted_completion_function;
	int *rl_attempted_completion_over;
	rl_compdisp_func_t **rl_completion_display_matches_hook;
	int *rl_completion_suppress_append, *rl_sort_completion_matches;
	int *rl_ignore_completion_duplicates, *rl_filename_completion_desired;
	const char **rl_completer_word_break_characters;
	const char **rl_completer_quote_characters;
	char *history_comment_char;
	int *history_write_timestamps;
};

/** Open the library and find its functions. Fails with E_MODULE. */
bool readline_open(struct readline *ret, struct shop_error *err) SHOP_CHECKED;

/** What rl_readline_name points to: readline's callbacks get no argument, and this is one. */
const char *readline_name(void);

#endif

/*
 * Finding libreadline, its functions and its variables at run time.
 */
#include "shell/readline.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

#define LIBRARY "libreadline.so.8"
#define NAMED(name)                                                                                \
	{                                                                                          \
#name, offsetof(struct readline, name)                                             \
	}

static const struct {
	const char *name;
	size_t offset;
} names[] = {
	NAMED(rl_callback_handler_install),
	NAMED(rl_callback_read_char),
	NAMED(rl_callback_handler_remove),
	NAMED(rl_callback_sigcleanup),
	NAMED(rl_free_line_state),
	NAMED(rl_resize_terminal),
	NAMED(rl_prep_terminal),
	NAMED(rl_deprep_terminal),
	NAMED(rl_clear_visible_line),
	NAMED(rl_on_new_line),
	NAMED(rl_redisplay),
	NAMED(rl_forced_update_display),
	NAMED(rl_crlf),
	NAMED(rl_completion_matches),
	NAMED(rl_filename_completion_function),
	NAMED(add_history),
	NAMED(read_history),
	NAMED(append_history),
	NAMED(history_truncate_file),
	NAMED(stifle_history),
	NAMED(using_history),
	NAMED(history_list),
	NAMED(rl_readline_name),
	NAMED(rl_line_buffer),
	NAMED(rl_point),
	NAMED(rl_end),
	NAMED(rl_catch_signals),
	NAMED(rl_catch_sigwinch),
	NAMED(rl_change_environment),
	NAMED(rl_attempted_completion_function),
	NAMED(rl_attempted_completion_over),
	NAMED(rl_completion_display_matches_hook),
	NAMED(rl_completion_suppress_append),
	NAMED(rl_sort_completion_matches),
	NAMED(rl_ignore_completion_duplicates),
	NAMED(rl_filename_completion_desired),
	NAMED(rl_completer_word_break_characters),
	NAMED(rl_completer_quote_characters),
	NAMED(history_comment_char),
	NAMED(history_write_timestamps),
};

bool readline_open(struct readline *ret, struct shop_error *err)
{
	void *library = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL);

	if (library == NULL) {
		shop_fail(err, E_MODULE, "typing in the shell needs the package libreadline8");
		return shop_fail_because(err, "%s", dlerror());
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		void *address = dlsym(library, names[i].name);

		if (address == NULL)
			return shop_fail(err, E_MODULE,
					 "the package libreadline8 is too old: no %s",
					 names[i].name);
		/* POSIX has an object pointer hold a function's; ISO C wants the bytes copied. */
		memcpy((char *)ret + names[i].offset, &address, sizeof(address));
	}
	return true;
}

const char *readline_name(void)
{
	void *library = dlopen(LIBRARY, RTLD_LAZY | RTLD_NOLOAD);
	const char *const *name = library == NULL ? NULL : dlsym(library, "rl_readline_name");
	const char *found = name == NULL ? NULL : *name;

	if (library != NULL)
		(void)dlclose(library);
	return found;
}

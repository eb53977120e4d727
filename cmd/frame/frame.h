/*
 * What the frame's files share: one invocation from argv to exit status.
 *
 *	frame_main → parse_invocation → config_load → run_command → exit_report
 *
 * Everything lives in one struct invocation on the stack of frame_main; there is no writable
 *global.
 */
#ifndef SHOPCTL_FRAME_H
#define SHOPCTL_FRAME_H

#include "select/select.h"
#include "shop/json.h"
#include "shopctl.h"

#include <glib.h>

#define ARGUMENT_MAX 65536 /* bytes of one argv item, SAFETY.md §13.51 */
#define NEEDS_ATTENTION 10 /* exit status of --dry-run --exit-code when there are changes */

/* The global options' values: the args struct of globals_options. */
struct globals {
	const char *store, *profile, *config, *output, *fields, *out_file, *color, *zone, *template, *api_version;
	const char *confirm, *expect, *key, *reason, *actor, *error_format, *set;
	int64_t if_version, timeout_us, busy_timeout_us, width;
	enum tri utf8;
	bool json, no_headers, nul, bom, quiet, verbose, yes, no_input, dry_run, exit_code;
	bool atomic, keep_going, help, help_all, version, no_pager;
};

/* One option as given on the command line. */
struct given {
	const struct option_spec *spec;
	bool global;
	bool select; /* of select_options, for any list */
	bool negated;
	char *value; /* owned; NULL for flags */
};

struct out_target;

/* What further command lines run in, within this process: the lines of a batch, or of the shell. */
struct host {
	const struct session *session; /* open store, configuration, actor, zone */
	const struct globals *g;       /* its command's own: --yes and --reason hold for all lines */
	GString *sink;		       /* results go there; NULL = stdout */
	bool json_errors;
	GHashTable *tables; /* options_cache_new, where lines are many; or NULL */
	/* Of the shell. */
	const struct out_target *target; /* results go there instead; NULL = nowhere else */
	const char *output, *zone; /* for lines without -o or --tz; NULL = the configuration's */
	bool interactive;	   /* a person answers questions */
	bool times;		   /* a line may have a --timeout: the host keeps it */
	bool nests;		   /* a line may be a file of lines: batch */
	int cancel_fd;		   /* of interactive: readable when the person gives up */
};

struct invocation {
	const struct host *host; /* NULL: the process's own command line */
	const char *where;	 /* "orders.txt:7" before its errors, or NULL */
	int argc;
	const char **argv;
	const struct command_group *group; /* NULL for a cross-cutting command */
	const struct command *command;	   /* NULL: help for a group or the program */
	struct globals g;
	struct select_args select;
	int verbose;
	GArray *given;	     /* struct given */
	GPtrArray *operands; /* char *, owned */
	GPtrArray *strings;  /* whatever conversions allocated, owned */
	GPtrArray *aliases;  /* char *, owned: the aliases that were expanded; NULL = none */
	int caret;	     /* argv index of the offending word, 0 = none */
	bool replayed;	     /* its idempotency key had the answer already */
	bool json;	     /* what it printed is one JSON value */
	struct config *config;
};

/** The whole program: returns the exit status. */
int frame_main(int argc, const char **argv);

/* --- globals.c */

/** The global options, ended by {0}; offsets are into struct globals. */
const struct option_spec *globals_options(void);

/* --- ../select/options.c */

/** The options of every list, ended by {0}; offsets are into struct select_args. */
const struct option_spec *select_options(void);

/** Whether the command is a list that rows can be selected from. */
bool command_is_list(const struct command *command);

/* --- parse.c */

/** Find the command and collect options and operands; nothing is converted but the globals. */
bool parse_invocation(struct invocation *inv, struct shop_error *err) SHOP_CHECKED;

/** Free what an invocation owns. Accepts a zeroed one. */
void invocation_done(struct invocation *inv);

/** Whether an option of the command's own is given (and not as --no-X). */
bool invocation_has(const struct invocation *inv, const char *option);

/** What the command needs with the options it is given. */
enum command_needs invocation_needs(const struct invocation *inv);

/** "order cancel", "order", "version" or "" in a new string. */
char *invocation_words(const struct invocation *inv);

/* --- options.c */

/** Where a host keeps its commands' option tables (g_hash_table_unref). */
GHashTable *options_cache_new(void);

/** Run popt over argv[first…]; fills inv->given and operands. With `stop`, ends at the first
 * operand. */
bool options_scan(struct invocation *inv, int first, bool stop, int *ret_next,
		  struct shop_error *err) SHOP_CHECKED;

/* --- values.c */

/* What values are read against. */
struct value_context {
	struct invocation *inv;
	struct shop_clock clock;
	const char *currency; /* NULL = not known yet */
};

/** Set every number of a zeroed args struct to "not given". */
void values_default(const struct operand_spec *operands, const struct option_spec *options,
		    void *args);

/** Whether the type can be read only with the store's clock and currency at hand. */
bool value_is_late(enum arg_type type);

/** Whether an operand of this type takes all that follow. */
bool value_takes_rest(enum arg_type type);

/** Convert one option's text (NULL for flags) into its member. Errors name the option. */
bool value_set_option(const struct value_context *vc, const struct given *given, void *args,
		      struct shop_error *err) SHOP_CHECKED;

/** Convert one operand's text into its member. Errors name the operand. */
bool value_set_operand(const struct value_context *vc, const struct operand_spec *spec,
		       const char *text, void *args, struct shop_error *err) SHOP_CHECKED;

/* --- operands.c */

/* The operands dealt out over the command's table. */
struct deal {
	GPtrArray *items; /* const char *: one per EACH operand; NULL = the command has none or none
			     was given */
	bool literal;	  /* all items were typed, none came from - or @FILE */
};

/** Check the number of operands, read `-` and @FILE; strings stay with the invocation. */
bool operands_deal(struct invocation *inv, struct deal *ret_deal,
		   struct shop_error *err) SHOP_CHECKED;

/** Convert the operands that are the same for every item. With `late`, only the late types, else
 * the others. */
bool operands_fill(const struct value_context *vc, bool late, void *args,
		   struct shop_error *err) SHOP_CHECKED;

/** The EACH operand of a command, or NULL. */
const struct operand_spec *operands_each(const struct command *command);

/* --- usage.c */

/** Raise E_USAGE with the caret under argv[index]. Returns false. */
bool usage_fail(struct invocation *inv, int index, struct shop_error *err, const char *fmt, ...)
	SHOP_PRINTF(4, 5);

/** The argv index of a word as popt reports it (`--x`, `--x=3`, a value), or 0. */
int usage_find(const struct invocation *inv, const char *word);

/** Append "; did you mean X?" to a usage error when one of the names is near. Returns whether one is. */
bool usage_suggest(struct shop_error *err, const char *word, const char *const *names,
		   size_t count);

/** "shopctl order cancel ORDER… [OPTION]…" in a new string. */
char *usage_synopsis(const struct invocation *inv);

/* --- exit.c */

/** Append an error as the JSON object of CLI.md §7. */
void exit_append_json(struct shop_json *j, const char *key, const struct shop_error *err);

/** An error as --error-format wants it; a new string that ends its lines. */
char *exit_text(const struct invocation *inv, const struct shop_error *err);

/** Append a word as one could type it again. */
void exit_append_word(GString *to, const char *word);

/** Print an error as --error-format wants it. */
void exit_report(const struct invocation *inv, const struct shop_error *err);

/** Print a warning, unless --quiet. */
void exit_warn(const struct invocation *inv, const char *fmt, ...) SHOP_PRINTF(2, 3);

/** Whether errors and notes are written as JSON. */
bool exit_wants_json(const struct invocation *inv);

/* --- extension.c */

/**
 * Become the program shopctl-WORD, WORD = argv[at], which gets the words behind it; returns when there is none.
 * It is looked for in the libexec folder, then in PATH.
 */
bool extension_try(struct invocation *inv, int at, struct shop_error *err) SHOP_CHECKED;

/** Gives each command "foo" for which there is a program shopctl-foo to fn, with its path, until that returns false. */
typedef bool (*extension_fn)(const char *word, const char *path, void *ctx);
void extension_each(extension_fn fn, void *ctx);

/** Tell a program what the options before its name say, by the environment. */
void extension_tell(struct invocation *inv);

/* --- ../alias/alias_expand.c */

/**
 * Put what an alias stands for in place of argv[at] and what follows; *ret_done says whether it is one.
 *
 * An alias of the shell (!…) becomes that shell and does not return.
 * Fails with     E_USAGE: it leads back to itself, wants operands, or may not be used here
 */
bool alias_expand(struct invocation *inv, int at, bool *ret_done,
		  struct shop_error *err) SHOP_CHECKED;

/* --- session.c */

/** Where the store is: by option, environment or configuration, else the default place. */
const char *session_store_path(struct invocation *inv);

/** Open a store as the invocation's options and configuration say. Fails as shop_store_open. */
bool session_store_open(const struct invocation *inv, const char *path, enum shop_store_mode mode,
			bool long_lived, struct shop_store **ret_store,
			struct shop_error *err) SHOP_CHECKED;

/* --- run.c */

/** Run the parsed command; *ret_status gets an exit status that is not an error (0, 10). */
bool run_command(struct invocation *inv, int *ret_status, struct shop_error *err) SHOP_CHECKED;

/* --- help_text.c */

/* How help is shown: a set of these. */
enum help_how {
	HELP_ALL = 1,  /* with every global option */
	HELP_BOLD = 2, /* headings stand out: a terminal */
};

/** The overview, the group's or the command's help, as --help prints it. */
void help_append(GString *to, const struct command_group *group, const struct command *command,
		 unsigned how);

/** "\nOptions:\n" */
void help_heading(GString *to, const char *title, unsigned how);

/** One line: a name and, in the second column, what it is. */
void help_pair(GString *to, const char *name, const char *text);

/** The same with the second column where it is wanted. */
void help_pair_at(GString *to, int column, const char *name, const char *text);

/** Append words and a line's end, from column `indent` on; the first line stands at column `at` already. */
void help_words(GString *to, const char *text, int indent, int at);

/** Paragraphs, divided by an empty line, broken between words. */
void help_wrapped(GString *to, const char *text);

/** The global options: those that matter most to the command (NULL = none), or all. */
void help_globals(GString *to, const struct command *command, unsigned how);

/* --- help_overview.c */

/** Help on the program. */
void help_overview(GString *to, unsigned how);

/** Whether help goes to a terminal that can show bold. */
bool help_bold(const struct invocation *inv);

/** Print --help, --version or the overview if that is what is asked for. */
bool help_wanted(struct invocation *inv, int *ret_status, struct shop_error *err);

#endif

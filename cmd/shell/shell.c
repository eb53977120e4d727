/* shopctl shell: command lines in one process on one open store. */
#include "shell/shell.h"

#include "frame/config.h"
#include "shell/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct option_spec options[] = {
	OPTION(struct shell_args, script, const char *, ARG_FILE, 'f', "file", "SCRIPT",
	       "run the lines of this file, then end"),
	OPTION_FLAG(struct shell_args, read_only, 0, "read-only", "change nothing"),
	OPTION_FLAG(struct shell_args, no_events, 0, "no-events",
		    "no news of the shop above the prompt"),
	OPTION(struct shell_args, transcript, const char *, ARG_FILE, 0, "transcript", "FILE",
	       "append what is done there, as lines that batch can run again"),
	{0},
};

char *shell_state_file(const char *name)
{
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");
	char *folder, *path;

	if (state != NULL && *state != '\0')
		folder = g_build_filename(state, "shopctl", NULL);
	else
		folder = g_build_filename(home == NULL ? "/" : home, ".local/state/shopctl", NULL);
	(void)g_mkdir_with_parents(folder, 0700);
	path = g_build_filename(folder, name, NULL);
	g_free(folder);
	return path;
}

/* Who may not write gets a shell that reads. */
static bool open_as_may(struct shell *sh, const char *path, struct shop_store **ret,
			bool *ret_read_only, struct shop_error *err)
{
	const struct invocation *inv = sh->s->inv;

	*ret_read_only = sh->args->read_only;
	if (*ret_read_only)
		return session_store_open(inv, path, SHOP_STORE_READ, false, ret, err);
	if (session_store_open(inv, path, SHOP_STORE_WRITE, true, ret, err))
		return true;
	if (err->id != E_STORE_READONLY && err->id != E_STORE_PERMISSION)
		return false;
	shop_error_done(err);
	*ret_read_only = true;
	if (!session_store_open(inv, path, SHOP_STORE_READ, false, ret, err))
		return false;
	exit_warn(inv, "the store cannot be written: this shell only reads");
	return true;
}

bool shell_open_store(struct shell *sh, const char *path, struct shop_error *err)
{
	struct shop_store *store = NULL;
	bool read_only;

	if (!open_as_may(sh, path, &store, &read_only, err))
		return false;
	shop_store_close(&sh->lines.store);
	sh->lines.store = store;
	sh->lines.currency = shop_store_currency(store);
	sh->read_only = read_only;
	sh->focus = (struct shop_object){0};
	g_free(sh->store_path);
	sh->store_path = g_canonicalize_filename(path, NULL);
	sh->lines.store_path = sh->store_path;
	if (sh->terminal != NULL)
		news_begin(sh->terminal);
	return true;
}

void shell_typed(struct shell *sh, const char *line)
{
	if (sh->terminal == NULL)
		return;
	(void)printf("%s\n", line);
	(void)fflush(stdout);
	history_keep(sh->terminal, line);
}

static void init(struct shell *sh)
{
	const struct globals *g = &sh->s->inv->g;

	sh->lines = *sh->s;
	sh->lines.store = NULL;
	sh->variables = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	sh->fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	sh->cancel = (struct cancel){-1, -1, -1};
	sh->output = g_strdup(g->output);
	sh->zone = g_strdup(g->zone);
	results_init(sh);
	sh->host = (struct host){
		.session = &sh->lines,
		.g = g,
		.json_errors = exit_wants_json(sh->s->inv),
		.target = &sh->results.target,
		.output = sh->output,
		.zone = sh->zone,
		.times = true,
		.nests = true,
		.cancel_fd = -1,
	};
}

static void done(struct shell *sh)
{
	results_done(&sh->results);
	cancel_close(&sh->cancel);
	shop_store_close(&sh->lines.store);
	if (sh->transcript != NULL)
		(void)fclose(sh->transcript);
	g_hash_table_unref(sh->variables);
	g_hash_table_unref(sh->fields);
	g_free(sh->store_path);
	g_free(sh->last_seen);
	g_free(sh->last_line);
	g_free(sh->last_noun);
	g_free(sh->last_error);
	g_free(sh->output);
	g_free(sh->zone);
}

static bool run_typed(struct shell *sh, struct shop_error *err)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGHUP);
	if (!cancel_open(&sh->cancel, &signals, err))
		return false;
	sh->host.interactive = true;
	sh->host.cancel_fd = sh->cancel.fd;
	return terminal_run(sh, err);
}

static bool run_lines(struct shell *sh, int *ret_status, struct shop_error *err)
{
	const char *script = sh->args->script;

	if (script == NULL && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		return run_typed(sh, err);
	return cancel_open(&sh->cancel, NULL, err) &&
	       script_run_file(sh, script == NULL ? "-" : script, ret_status, err);
}

/* End as the signal would have ended us. */
static void end_by(int number)
{
	sigset_t one;

	sigemptyset(&one);
	sigaddset(&one, number);
	(void)signal(number, SIG_DFL);
	(void)raise(number);
	(void)sigprocmask(SIG_UNBLOCK, &one, NULL);
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	struct shell sh = {.args = args, .s = s};
	const struct shell_args *a = args;
	int ended_by;
	bool ok;

	(void)out;
	if (s->inv->host != NULL)
		return shop_fail(err, E_USAGE, "a shell is no line of another command");
	init(&sh);
	ok = shell_open_store(&sh, s->store_path, err) &&
	     (a->transcript == NULL || transcript_open(&sh, a->transcript, err)) &&
	     run_lines(&sh, &s->findings, err);
	ended_by = sh.ended_by;
	done(&sh);
	if (ended_by != 0)
		end_by(ended_by);
	return ok;
}

const struct command cmd_shell = {
	.name = "shell",
	.summary = "Run commands in one process: typed, or from a file or a pipe",
	.description =
		"A line is a command without `shopctl`, or JSON as batch takes it; \\? lists what "
		"else there is. `use ord-1042` focuses an object: its verbs, `why` and `log` then "
		"need no noun and no operand. $_ is the id last shown, $_.total one of its fields, "
		"$NAME what \\set and \\gset made. Behind ` | ` and ` > ` the rest of the line is "
		"sh's. Ctrl-C stops a command or clears the line, Ctrl-D ends; what others do is "
		"told above the prompt.\n\n"
		"Without a terminal the lines come from stdin, or -f's file. Each result is "
		"printed as its command prints it, each line is a transaction of its own, and the "
		"first failure ends the shell with its exit code (--keep-going: go on, then 9). "
		"Lines have no keys made for them, as batch's have: a file run twice does "
		"everything twice. A transcript is a batch file: commands as they were run, all "
		"else as comments; what was answered with y needs batch --yes.",
	.options = options,
	.args_size = sizeof(struct shell_args),
	.needs = NEEDS_STORE_PATH,
	.lines = true,
	.run = run,
	.examples = "shopctl shell\n"
		    "shopctl shell --read-only\n"
		    "shopctl shell --transcript today.txt\n"
		    "shopctl shell -f morning.txt\n"
		    "printf 'order list -o count\\n' | shopctl shell",
	.exits = "9 some lines failed (--keep-going)\n"
		 "69 typing needs the package libreadline8\n"
		 "other the first failure's own code",
	.see_also = "batch, watch, event tail, next",
};

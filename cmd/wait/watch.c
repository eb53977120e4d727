/* shopctl watch: run a command again whenever the shop has changed. */
#include "wait/wait.h"

#include "shop/journal.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define WAIT_US (60 * SHOP_SECOND)
#define CLEAR_SCREEN "\033[H\033[2J\033[3J"

struct watch_args {
	struct word_args command;
	int64_t every_us;
	int64_t times;
};

static const struct operand_spec operands[] = {
	OPERAND(struct watch_args, command, struct word_args, ARG_WORDS, "COMMAND",
		"the command and its words, behind --", .hint = HINT_COMMAND),
	{0},
};

static const struct option_spec options[] = {
	OPTION(struct watch_args, every_us, int64_t, ARG_DURATION, 0, "every", "DUR",
	       "run it so often, instead of when something changed"),
	OPTION(struct watch_args, times, int64_t, ARG_INT, 0, "times", "N",
	       "end after so many runs"),
	{0},
};

/* argv of the child: this program, the store that is watched, the command's words. A pager would wait for keys. */
static char **child_words(const struct session *s, const struct word_args *command)
{
	char **words = g_new0(char *, command->count + 5);
	size_t n = 0;

	words[n++] = g_strdup("shopctl");
	words[n++] = g_strdup("--store");
	words[n++] = g_strdup(s->store_path);
	words[n++] = g_strdup("--no-pager");
	for (size_t i = 0; i < command->count; i++)
		words[n++] = g_strdup(command->items[i]);
	return words;
}

/* A child that a signal ended ends the watch as that signal would: Ctrl-C reaches both. */
static bool run_child(char **words, struct shop_error *err)
{
	pid_t pid;
	int status, failed = posix_spawn(&pid, "/proc/self/exe", NULL, NULL, words, environ);

	if (failed != 0)
		return shop_fail(err, E_IO, "cannot run %s: %s", words[3], g_strerror(failed));
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return shop_fail(err, E_IO, "cannot wait for %s: %s", words[3],
					 g_strerror(errno));
	if (WIFSIGNALED(status)) {
		(void)signal(WTERMSIG(status), SIG_DFL);
		(void)raise(WTERMSIG(status));
	}
	return true;
}

/*
 * No process is spawned while a store is open, so it is opened to wait and closed to run. What was
 * committed between is seen by the journal's head.
 */
static bool wait_for_change(const struct session *s, int64_t *head, struct shop_error *err)
{
	const struct shop_store_options store_options = {.path = s->store_path,
							 .mode = SHOP_STORE_READ};
	AUTO_STORE struct shop_store *store = NULL;
	const int64_t before = *head;

	if (!shop_store_open(&store_options, &store, err))
		return false;
	for (;;) {
		if (!shop_journal_head(store, head, err))
			return false;
		if (*head != before)
			return true;
		shop_store_wait(store, WAIT_US, -1);
	}
}

static bool run_again(const struct watch_args *a, const struct session *s, int64_t *head,
		      struct shop_error *err)
{
	if (a->every_us == SHOP_NULL)
		return wait_for_change(s, head, err);
	g_usleep((gulong)a->every_us);
	return true;
}

static bool check(const struct watch_args *a, struct shop_error *err)
{
	if (a->every_us != SHOP_NULL && a->every_us < SHOP_SECOND / 10)
		return shop_fail(err, E_VALUE, "--every: at least 100ms");
	if (strcmp(a->command.items[0], "watch") == 0 || strcmp(a->command.items[0], "shell") == 0)
		return shop_fail(err, E_VALUE, "%s cannot be watched", a->command.items[0]);
	return a->times == SHOP_NULL || a->times > 0 ||
	       shop_fail(err, E_VALUE, "--times: at least 1");
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct watch_args *a = args;
	const bool screen = isatty(STDOUT_FILENO) == 1;
	char **words;
	int64_t head = -1;
	bool ok = true;

	if (!check(a, err) ||
	    /* The head before the first run: what comes during it runs it again. */
	    (a->every_us == SHOP_NULL && !wait_for_change(s, &head, err)))
		return false;
	words = child_words(s, &a->command);
	for (int64_t n = 1; ok; n++) {
		ok = (!screen || out_text(out, CLEAR_SCREEN, err)) && out_flush(out, err) &&
		     run_child(words, err);
		if (a->times != SHOP_NULL && n >= a->times)
			break;
		ok = ok && run_again(a, s, &head, err);
	}
	g_strfreev(words);
	return ok;
}

const struct command cmd_watch = {
	.name = "watch",
	.summary = "Run a command again whenever the shop changes",
	.description = "On a terminal the screen is cleared before each run. Ctrl-C ends it (130).",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct watch_args),
	.needs = NEEDS_STORE_PATH,
	.run = run,
	.examples = "shopctl watch -- next\nshopctl watch --every 2s -- status\n"
		    "shopctl watch -- order list --late",
	.see_also = "wait, event tail, status, next",
};

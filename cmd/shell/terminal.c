/*
 * A person at a terminal. While a line is typed the shell sleeps until a key, a signal or somebody
 * else's commit; readline edits, and gets the terminal back before a command runs.
 */
#include "shell/terminal.h"

#include "shell/readline.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#define WAIT_US (60 * SHOP_SECOND)
/* Keys taken in before the shop is looked at again: a paste must not wait for it. */
#define KEYS_AT_ONCE 65536

/* readline has no argument for its callbacks but its name, which is ours. */
static struct terminal *this_terminal(void)
{
	return (struct terminal *)(uintptr_t)readline_name();
}

static void on_line(char *line)
{
	struct terminal *t = this_terminal();

	t->rl->rl_callback_handler_remove();
	t->line = line;
	t->entered = true;
}

static void show_prompt(struct terminal *t)
{
	char *prompt = prompt_make(t->sh);

	t->rl->rl_callback_handler_install(prompt, on_line);
	g_free(prompt);
}

/* Ctrl-C: the line is given up, a new one begins. */
static void give_up_line(struct terminal *t)
{
	*t->rl->rl_point = *t->rl->rl_end;
	t->rl->rl_redisplay();
	(void)fputs("^C", stdout);
	t->rl->rl_callback_sigcleanup();
	t->rl->rl_free_line_state();
	t->rl->rl_callback_handler_remove();
	(void)fputs("\n", stdout);
	(void)fflush(stdout);
	show_prompt(t);
}

/* Stopped by Ctrl-Z: the terminal as others want it, and ours again afterwards. */
static void stop_here(struct terminal *t)
{
	sigset_t stop;

	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	t->rl->rl_deprep_terminal();
	(void)raise(SIGTSTP);
	(void)sigprocmask(SIG_UNBLOCK, &stop, NULL);
	(void)sigprocmask(SIG_BLOCK, &stop, NULL);
	t->rl->rl_prep_terminal(1);
	(void)t->rl->rl_forced_update_display();
}

static void read_signals(struct terminal *t)
{
	struct signalfd_siginfo info;

	while (read(t->sh->cancel.signal_fd, &info, sizeof(info)) == sizeof(info))
		if (info.ssi_signo == SIGINT)
			give_up_line(t);
		else
			t->sh->ended_by = (int)info.ssi_signo;
	while (read(t->resize_fd, &info, sizeof(info)) == sizeof(info))
		if (info.ssi_signo == SIGWINCH)
			t->rl->rl_resize_terminal();
		else
			stop_here(t);
}

static bool has_input(void)
{
	struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};

	return poll(&fd, 1, 0) > 0;
}

static void read_keys(struct terminal *t)
{
	for (int n = 0; n < KEYS_AT_ONCE && !t->entered && has_input(); n++)
		t->rl->rl_callback_read_char();
}

/* Lines above the one that is typed, which then stands below them as it was. */
static void print_above(struct terminal *t, const char *lines)
{
	(void)t->rl->rl_clear_visible_line();
	(void)fputs(lines, stdout);
	(void)fflush(stdout);
	(void)t->rl->rl_on_new_line();
	t->rl->rl_redisplay();
}

/* Returns after how long to look again. */
static int64_t show_news(struct terminal *t)
{
	int64_t wait_us = SHOP_NULL;
	char *lines = t->news.on ? news_take(t, &wait_us) : NULL;

	if (lines != NULL)
		print_above(t, lines);
	g_free(lines);
	return wait_us == SHOP_NULL ? WAIT_US : wait_us;
}

static void sleep_until_news(struct terminal *t, int64_t wait_us)
{
	struct pollfd fd = {.fd = t->wait_fd, .events = POLLIN};

	if (t->news.on)
		shop_store_wait(t->sh->lines.store, wait_us, t->wait_fd);
	else
		(void)poll(&fd, 1, -1);
}

static void block_stop(bool block)
{
	sigset_t stop;

	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	(void)sigprocmask(block ? SIG_BLOCK : SIG_UNBLOCK, &stop, NULL);
}

/* One line, or NULL at the end; free(). */
static char *read_line(struct terminal *t)
{
	t->entered = false;
	t->line = NULL;
	block_stop(true);
	show_prompt(t);
	while (!t->entered && t->sh->ended_by == 0) {
		sleep_until_news(t, show_news(t));
		read_signals(t);
		read_keys(t);
	}
	if (!t->entered)
		t->rl->rl_callback_handler_remove();
	block_stop(false);
	return t->line;
}

/* A paste may hold several lines. */
static void run_lines(struct terminal *t, const char *text)
{
	char **lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line != NULL && !t->sh->quit && t->sh->ended_by == 0; line++) {
		if (strlen(*line) > SHELL_LINE_MAX) {
			(void)fprintf(stderr,
				      "shopctl: the line is longer than 1 MiB; nothing was run\n");
			continue;
		}
		(void)line_do(t->sh, *line, NULL);
		t->news.ours = true;
	}
	g_strfreev(lines);
}

static bool add(int set, int fd)
{
	struct epoll_event event = {.events = EPOLLIN, .data = {.fd = fd}};

	return epoll_ctl(set, EPOLL_CTL_ADD, fd, &event) == 0;
}

static bool open_signals(struct terminal *t, struct shop_error *err)
{
	struct shell *sh = t->sh;
	sigset_t resize;

	sigemptyset(&resize);
	sigaddset(&resize, SIGWINCH);
	(void)sigprocmask(SIG_BLOCK, &resize, NULL);
	sigaddset(&resize, SIGTSTP);
	t->resize_fd = signalfd(-1, &resize, SFD_CLOEXEC | SFD_NONBLOCK);
	t->wait_fd = epoll_create1(EPOLL_CLOEXEC);
	return (t->resize_fd >= 0 && t->wait_fd >= 0 && add(t->wait_fd, STDIN_FILENO) &&
		add(t->wait_fd, sh->cancel.signal_fd) && add(t->wait_fd, t->resize_fd)) ||
	       shop_fail(err, E_IO, "cannot watch the terminal: %s", g_strerror(errno));
}

static void set_up(struct terminal *t)
{
	const struct readline *rl = t->rl;

	*rl->rl_readline_name = t->name;
	*rl->rl_catch_signals = 0;
	*rl->rl_catch_sigwinch = 0;
	/* What children learn of the screen they ask it for themselves. */
	*rl->rl_change_environment = 0;
	history_begin(t);
	completion_begin(t);
	t->news.on = !t->sh->args->no_events;
	if (t->news.on)
		news_begin(t);
}

/* The status line: above the prompt when it says something else than the last one. */
static void show_status(struct terminal *t)
{
	char *status = prompt_status(t->sh);

	if (g_strcmp0(status, t->status) != 0)
		(void)printf("%s\n", status == NULL ? "nothing waits" : status);
	(void)fflush(stdout);
	g_free(t->status);
	t->status = status;
}

static void loop(struct terminal *t)
{
	struct shell *sh = t->sh;

	while (!sh->quit && sh->ended_by == 0) {
		char *line;

		show_status(t);
		line = read_line(t);
		if (line == NULL) {
			(void)fputs("\n", stdout);
			break;
		}
		history_keep(t, line);
		run_lines(t, line);
		free(line);
		(void)fflush(stdout);
	}
}

bool terminal_run(struct shell *sh, struct shop_error *err)
{
	struct readline rl = {0};
	struct terminal t = {
		.name = "shopctl", .sh = sh, .rl = &rl, .resize_fd = -1, .wait_fd = -1};
	bool ok = readline_open(&rl, err) && open_signals(&t, err);

	if (ok) {
		sh->terminal = &t;
		set_up(&t);
		loop(&t);
		sh->terminal = NULL;
	}
	if (t.resize_fd >= 0)
		(void)close(t.resize_fd);
	if (t.wait_fd >= 0)
		(void)close(t.wait_fd);
	news_done(&t.news);
	candidates_done(&t.found);
	g_free(t.history_path);
	g_free(t.status);
	return ok;
}

/*
 * Asking before what cannot be taken back. By then the guards have passed: nothing that would be
 * refused is asked.
 */
#include "frame/config.h"
#include "frame/run.h"

#include "shop/text.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void session_confirm(struct session *s, const char *word)
{
	g_free(s->confirm_word);
	s->confirm_word = g_strdup(word);
}

static enum command_confirm kind_of(const struct run *run)
{
	return run->command->confirm_by != NULL ? run->command->confirm_by(run->args)
						: run->command->confirm;
}

/* The word to type: the count when there are many, else the operand; NULL when y/N will do. */
static char *typed_word(const struct run *run)
{
	guint count = run->deal.items->len;

	if ((int64_t)count > config_int(run->inv->config, "safety.max_objects"))
		return g_strdup_printf("%u", count);
	if (run->s.confirm_word != NULL && count <= 1)
		return g_strdup(run->s.confirm_word);
	if (kind_of(run) != CONFIRM_TYPED && run->s.confirm_word == NULL)
		return NULL;
	if (count > 1)
		return g_strdup_printf("%u", count);
	return g_strdup(run->inv->operands->len > 0 ? g_ptr_array_index(run->inv->operands, 0)
						    : "yes");
}

bool confirm_answered(const struct run *run)
{
	char *word = typed_word(run);
	bool answered;

	if (run->inv->g.expect != NULL)
		answered = true;
	else if (word != NULL)
		answered = run->inv->g.confirm != NULL &&
			   g_ascii_strcasecmp(run->inv->g.confirm, word) == 0;
	else
		answered = kind_of(run) == CONFIRM_NONE || run->inv->g.yes;
	g_free(word);
	return answered;
}

static bool fix_with(const struct run *run, const char *option, const char *value,
		     struct shop_error *err)
{
	int i, count = 0;
	char **fix = g_new0(char *, (gsize)run->inv->argc + 3);

	for (i = 1; i < run->inv->argc; i++)
		fix[count++] = g_strdup(run->inv->argv[i]);
	fix[count++] = g_strdup(option);
	if (value != NULL)
		fix[count++] = g_strdup(value);
	g_strfreev(err->fix);
	err->fix = fix;
	return false;
}

static bool not_confirmed(const struct run *run, const char *word, struct shop_error *err)
{
	if (word == NULL) {
		shop_fail(err, E_NOT_CONFIRMED, "needs a confirmation: --yes; nothing was done");
		return fix_with(run, "--yes", NULL, err);
	}
	shop_fail(err, E_NOT_CONFIRMED, "needs a confirmation: --confirm %s; nothing was done",
		  word);
	return fix_with(run, "--confirm", word, err);
}

/* In a process that goes on after a Ctrl-C, that is an answer too. */
static bool gives_up(const struct host *host)
{
	struct pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN},
			       {.fd = host == NULL ? -1 : host->cancel_fd, .events = POLLIN}};

	return host != NULL && poll(fds, 2, -1) > 0 && fds[1].revents != 0;
}

static bool read_answer(const struct host *host, const char *word)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t length = gives_up(host) ? -1 : getline(&line, &size, stdin);
	bool yes = false;

	if (length > 0) {
		g_strstrip(line);
		yes = word != NULL ? g_ascii_strcasecmp(line, word) == 0
				   : g_ascii_strcasecmp(line, "y") == 0 ||
					     g_ascii_strcasecmp(line, "yes") == 0;
	}
	free(line);
	return yes;
}

bool confirm_given(const struct run *run, struct shop_error *err)
{
	AUTO_TEXT char *word = NULL;

	if (confirm_answered(run))
		return true;
	word = typed_word(run);
	return not_confirmed(run, word, err);
}

bool confirm_ask(struct run *run, const struct plan *plan, struct shop_error *err)
{
	char *word = typed_word(run);
	bool ok = false;

	if (!run->s.interactive) {
		not_confirmed(run, word, err);
	} else {
		(void)fputs(plan->text->str, stderr);
		if (word != NULL)
			(void)fprintf(stderr, "Type %s to go on: ", word);
		else
			(void)fputs("Go on? [y/N] ", stderr);
		ok = read_answer(run->inv->host, word);
		if (!ok)
			shop_fail(err, E_NOT_CONFIRMED, "not confirmed; nothing was done");
	}
	/* The run that follows finds the answer where an option would have put it. */
	if (ok && word != NULL) {
		run->inv->g.confirm = word;
		g_ptr_array_add(run->inv->strings, g_steal_pointer(&word));
	}
	g_free(word);
	return ok;
}

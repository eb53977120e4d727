/*
 * One line: a command of the table, a \command, a !command of sh, or nothing.
 */
#include "shell/shell.h"

#include "batch/batch.h"

#include "frame/config.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A command on its way: the words of it, and what was typed behind them. */
struct command_line {
	struct shell *sh;
	const char *typed;
	const struct line_how *how;
	char **words;
	char *to;	    /* of |, > */
	char *key, *expect; /* of a line in JSON */
	struct line *line;
};

bool line_failed(int status)
{
	return status != 0 && status != SHOP_FINDINGS;
}

static void keep_error(struct shell *sh, const struct invocation *inv, const struct shop_error *err)
{
	g_free(sh->last_error);
	sh->last_error = exit_text(inv, err);
	(void)fputs(sh->last_error, stderr);
	if (!sh->host.json_errors) {
		char *whole = g_strconcat(sh->last_error, "\n", shop_error_info(err->id)->help,
					  "\n", NULL);

		g_free(sh->last_error);
		sh->last_error = whole;
	}
}

int shell_tell(struct shell *sh, const char *where, const struct shop_error *err)
{
	const char *words[] = {"shopctl", NULL};
	const struct invocation inv = {.host = &sh->host, .where = where, .argc = 1, .argv = words};

	keep_error(sh, &inv, err);
	return (int)err->code;
}

/* Many events or transactions tell of something else, which stays what one looks at. */
static bool is_trace(const struct seen *seen)
{
	enum shop_id_type type = shop_id_type_of(seen->id);

	return seen->count > 1 && (type == SHOP_ID_EVENT || type == SHOP_ID_TXN);
}

/* Ids become $_; what a trial would have done is not there. */
static void remember(struct command_line *c, bool ok)
{
	struct shell *sh = c->sh;
	struct results *r = &sh->results;
	const struct invocation *inv = &c->line->inv;

	g_free(sh->last_noun);
	sh->last_noun = g_strdup(inv->group == NULL ? NULL : inv->group->name);
	if (!ok || inv->g.dry_run || inv->command == NULL)
		return;
	if (*r->kept.id != '\0' && !is_trace(&r->kept))
		g_hash_table_insert(sh->variables, g_strdup("_"), g_strdup(r->kept.id));
	g_free(sh->last_seen);
	sh->last_seen = g_steal_pointer(&r->kept.first);
	sh->last_count = r->kept.count;
}

/* A store whose last commit has an unknown outcome is used no more: open it again. */
static void reopen(struct shell *sh)
{
	AUTO_ERROR struct shop_error err = {0};
	char *path = g_strdup(sh->store_path);

	if (!shell_open_store(sh, path, &err))
		(void)shell_tell(sh, NULL, &err);
	g_free(path);
}

static bool is_too_wide(const char *text, int columns)
{
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");

		if (g_utf8_strlen(text, (gssize)length) > columns)
			return true;
		text += length + (text[length] == '\n');
	}
	return false;
}

/* \x auto: look at the table first, which nobody cuts while nobody sees it. */
static void choose_lines(struct command_line *c)
{
	AUTO_ERROR struct shop_error err = {0};
	struct shell *sh = c->sh;
	struct invocation *inv = &c->line->inv;
	struct winsize size = {0};
	int status;

	if (!sh->wide_as_lines || c->to != NULL || inv->g.output != NULL || inv->g.help ||
	    inv->command == NULL || invocation_needs(inv) != NEEDS_STORE_READ ||
	    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ||
	    !results_begin(&sh->results, NULL, true, &err))
		return;
	cancel_begin(sh, inv->g.timeout_us);
	if (line_run(c->line, &status, &err) && is_too_wide(sh->results.last->str, size.ws_col))
		inv->g.output = "line";
	cancel_end(sh, &err);
	(void)results_end(&sh->results);
}

static int execute(struct command_line *c)
{
	AUTO_ERROR struct shop_error err = {0};
	struct shell *sh = c->sh;
	int status = 0, sh_status;
	int64_t begun_us = g_get_monotonic_time();
	bool ok;

	choose_lines(c);
	ok = results_begin(&sh->results, c->to, c->how->silent, &err);

	if (ok) {
		cancel_begin(sh, c->line->inv.g.timeout_us);
		ok = line_run(c->line, &status, &err);
		cancel_end(sh, &err);
	}
	sh_status = results_end(&sh->results);
	if (!ok) {
		keep_error(sh, &c->line->inv, &err);
		status = (int)err.code;
	} else if (sh_status != 0 && !line_failed(status)) {
		status = sh_status;
	}
	remember(c, ok);
	if (sh->timing)
		(void)fprintf(stderr, "time %.3f ms\n",
			      (double)(g_get_monotonic_time() - begun_us) / 1000);
	if (err.id == E_STORE_UNKNOWN)
		reopen(sh);
	transcript_command(sh, c->typed, c->line->inv.argv, status);
	return status;
}

/* Columns chosen by \fields hold for the noun's lists. */
static void choose_fields(struct command_line *c)
{
	struct invocation *inv = &c->line->inv;

	if (inv->g.fields == NULL && inv->group != NULL && inv->command != NULL &&
	    inv->command->many && !select_is_summary(&inv->select))
		inv->g.fields = g_hash_table_lookup(c->sh->fields, inv->group->name);
}

static bool check(struct command_line *c, struct shop_error *err)
{
	const struct invocation *inv = &c->line->inv;

	if (inv->command == NULL || inv->g.help)
		return true;
	if (c->sh->read_only && invocation_needs(inv) == NEEDS_STORE_WRITE)
		return shop_fail(err, E_STORE_READONLY, "this shell only reads");
	if (c->how->again && invocation_needs(inv) != NEEDS_STORE_READ)
		return shop_fail(err, E_USAGE, "\\watch runs commands that only read");
	if (inv->command == c->sh->s->inv->command)
		return shop_fail(err, E_USAGE, "there is a shell already");
	if (strcmp(inv->command->name, "watch") == 0 && inv->group == NULL)
		return shop_fail(err, E_USAGE, "in the shell: COMMAND \\watch [SECONDS]");
	return true;
}

static bool parse(struct command_line *c, struct shop_error *err)
{
	const char *kept = c->sh->host.output;
	bool ok;

	if (c->how->output != NULL)
		c->sh->host.output = c->how->output;
	c->line = line_new(&c->sh->host, c->words);
	c->words = NULL;
	c->line->inv.where = c->how->where;
	ok = line_parse(c->line, err);
	c->sh->host.output = kept;
	return ok;
}

/* Read the words; the focused object fills what is missing. */
static bool prepare(struct command_line *c, struct shop_error *err)
{
	char **words;

	focus_noun(c->sh, &c->words);
	if (!parse(c, err))
		return false;
	if (focus_operand(c->sh, c->line, &words)) {
		line_free(c->line);
		c->words = words;
		if (!parse(c, err))
			return false;
	}
	if (c->line->inv.g.key == NULL)
		c->line->inv.g.key = c->key;
	if (c->line->inv.g.expect == NULL)
		c->line->inv.g.expect = c->expect;
	choose_fields(c);
	c->line->inv.g.no_pager |= !c->sh->results.pager || c->how->again;
	return check(c, err);
}

static int run_words(struct command_line *c)
{
	AUTO_ERROR struct shop_error err = {0};
	char *before = c->sh->last_line;

	c->sh->last_line = g_strdup(c->typed);
	g_free(before);
	if (prepare(c, &err))
		return execute(c);
	keep_error(c->sh, &c->line->inv, &err);
	transcript_comment(c->sh, c->typed);
	return (int)err.code;
}

static int use(struct shell *sh, char *const *words, const char *typed, const char *where)
{
	AUTO_ERROR struct shop_error err = {0};
	bool ok = true;

	if (words[0] == NULL)
		(void)printf("%s\n", *sh->focus.name == '\0' ? "none" : sh->focus.name);
	else if (words[1] != NULL)
		ok = shop_fail(&err, E_USAGE, "use takes one object, or none");
	else
		ok = focus_set(sh, words[0], &err);
	if (ok && words[0] != NULL && *sh->focus.name != '\0')
		g_hash_table_insert(sh->variables, g_strdup("_"), g_strdup(sh->focus.name));
	transcript_comment(sh, typed);
	return ok ? 0 : shell_tell(sh, where, &err);
}

/* The shell's own words, which are no commands elsewhere. */
static bool run_own(struct command_line *c, int *ret_status)
{
	const char *word = c->words[1];

	if (strcmp(word, "use") == 0)
		*ret_status = use(c->sh, c->words + 2, c->typed, c->how->where);
	else if ((strcmp(word, "quit") == 0 || strcmp(word, "exit") == 0) && c->words[2] == NULL)
		c->sh->quit = true;
	else
		return false;
	return true;
}

/* Behind the words: |, > or a \command about them. */
static int run_rest(struct command_line *c, const char *rest)
{
	char *text;
	int status;

	if (*rest != '\\') {
		c->to = *rest == '|' ? g_strdup(rest + 1) : g_strconcat("cat ", rest, NULL);
		return run_words(c);
	}
	text = g_strchomp(g_strndup(c->typed, (gsize)(rest - c->typed)));
	status = meta_run(c->sh, rest + 1, text, c->how->where);
	g_free(text);
	return status;
}

/* Words as typed, or a line as batch takes it: JSON with a key and an expected plan. */
static bool read_words(struct command_line *c, struct words_how *how, struct shop_error *err)
{
	return *c->typed == '{' ? item_read(c->typed, &c->words, &c->key, &c->expect, err)
				: words_split_how(c->typed, how, &c->words, err);
}

int line_command(struct shell *sh, const char *text, const struct line_how *how)
{
	AUTO_ERROR struct shop_error err = {0};
	struct command_line c = {.sh = sh, .typed = text, .how = how};
	struct words_how words_how = {.expand = variables_expand, .ctx = sh};
	int status = 0;

	if (!read_words(&c, &words_how, &err)) {
		transcript_comment(sh, text);
		status = shell_tell(sh, how->where, &err);
	} else if (c.words == NULL) {
		if (words_how.rest != NULL) {
			shop_fail(&err, E_USAGE, "no command stands before %c", *words_how.rest);
			status = shell_tell(sh, how->where, &err);
		}
	} else if (!run_own(&c, &status)) {
		status = words_how.rest != NULL ? run_rest(&c, words_how.rest) : run_words(&c);
	}
	line_free(c.line);
	g_strfreev(c.words);
	g_free(c.to);
	g_free(c.key);
	g_free(c.expect);
	return status;
}

static int run_sh(struct shell *sh, const char *command, const char *where)
{
	AUTO_ERROR struct shop_error err = {0};
	int status = 0;

	if (!child_run(command, &status, &err))
		return shell_tell(sh, where, &err);
	cancel_end(sh, &err);
	return status;
}

int line_do(struct shell *sh, const char *text, const char *where)
{
	const struct line_how how = {.where = where};
	char *line;
	int status;

	text += strspn(text, " \t");
	if (*text == '\0' || *text == '#')
		return 0;
	line = g_strchomp(g_strdup(text));
	if (*line == '!' || *line == '\\' || (*line == '.' && g_ascii_isalpha(line[1]))) {
		transcript_comment(sh, line);
		status = *line == '!' ? run_sh(sh, line + 1, where)
				      : meta_run(sh, line + 1, NULL, where);
	} else {
		status = line_command(sh, line, &how);
	}
	g_free(line);
	return status;
}

/*
 * Tab: the engine's candidates in readline's form, with their descriptions beside them.
 */
#include "shell/meta.h"
#include "shell/readline.h"
#include "shell/terminal.h"

#include "shop/text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static struct terminal *this_terminal(void)
{
	return (struct terminal *)(uintptr_t)readline_name();
}

static void add(struct candidates *to, const char *value, const char *description)
{
	to->items = g_renew(struct candidate, to->items, to->count + 1);
	to->items[to->count++] =
		(struct candidate){.value = g_strdup(value), .description = g_strdup(description)};
}

/* Move the candidates of one list behind those of another. */
static void move_all(struct candidates *to, struct candidates *from)
{
	to->items = g_renew(struct candidate, to->items, to->count + from->count + 1);
	for (size_t i = 0; i < from->count && to->count < CANDIDATES_MAX; i++) {
		to->items[to->count++] = from->items[i];
		from->items[i] = (struct candidate){0};
	}
	candidates_done(from);
}

/* \mo → \mode; with a dot as well. */
static void complete_meta(struct candidates *to, const char *word)
{
	for (const struct meta *meta = meta_table(); meta->names != NULL; meta++) {
		char *first = g_strndup(meta->names, strcspn(meta->names, " "));
		char *name = g_strdup_printf("%c%s", *word, first);

		if (g_str_has_prefix(name, word) && g_ascii_isalpha(*first))
			add(to, name, meta->help);
		g_free(name);
		g_free(first);
	}
}

/* The first word: commands, and the verbs of the focused object. */
static void complete_first(struct terminal *t, const char *word)
{
	const struct shop_object *focus = &t->sh->focus;
	struct candidates verbs = {0};

	if (*focus->name != '\0') {
		const char *const words[] = {shop_id_noun(focus->type), word};

		complete_words(&t->sh->host, words, 2, &verbs);
		move_all(&t->found, &verbs);
	}
	complete_words(&t->sh->host, &word, 1, &verbs);
	move_all(&t->found, &verbs);
	if (g_str_has_prefix("use", word))
		add(&t->found, "use", "focus an object");
}

/* $o → $o, with what it stands for. */
static void complete_variable(struct terminal *t, const char *word)
{
	GHashTableIter iter;
	gpointer name, value;

	g_hash_table_iter_init(&iter, t->sh->variables);
	while (g_hash_table_iter_next(&iter, &name, &value)) {
		char *whole = g_strconcat("$", name, NULL);

		if (g_str_has_prefix(whole, word))
			add(&t->found, whole, value);
		g_free(whole);
	}
}

/* words: "shopctl" and those before the one that is completed. */
static void complete_later(struct terminal *t, char **words, const char *word)
{
	GPtrArray *all = g_ptr_array_new();
	struct candidates found = {0};

	/* What can be used can be asked about. */
	if (strcmp(words[1], "use") == 0) {
		g_free(words[1]);
		words[1] = g_strdup("why");
	}
	for (char **at = words + 1; *at != NULL; at++)
		g_ptr_array_add(all, *at);
	g_ptr_array_add(all, (gpointer)(uintptr_t)word);
	complete_words(&t->sh->host, (const char *const *)all->pdata, all->len, &found);
	t->found.files = found.files;
	t->found.file_at = found.file_at;
	move_all(&t->found, &found);
	g_ptr_array_unref(all);
}

/* What stands before the word: an open quote belongs to the word. */
static void complete(struct terminal *t, const char *before, const char *word)
{
	AUTO_ERROR struct shop_error err = {0};
	struct words_how how = {.expand = variables_expand, .ctx = t->sh};
	char **words = NULL;

	candidates_done(&t->found);
	t->found = (struct candidates){0};
	if (*word == '$') {
		complete_variable(t, word);
		return;
	}
	if (!words_split_how(before, &how, &words, &err) || how.rest != NULL) {
		g_strfreev(words);
		return;
	}
	if (words == NULL) {
		if (*word == '\\' || *word == '.')
			complete_meta(&t->found, word);
		else
			complete_first(t, word);
		return;
	}
	focus_words(t->sh, &words);
	complete_later(t, words, word);
	g_strfreev(words);
}

static char *quoted(const char *value, bool plain)
{
	GString *to = g_string_new(NULL);

	if (plain)
		g_string_append(to, value);
	else
		exit_append_word(to, value);
	return g_string_free(to, FALSE);
}

static size_t common_length(const struct candidates *found)
{
	size_t length = strlen(found->items[0].value);

	for (size_t i = 1; i < found->count; i++) {
		size_t n = 0;

		while (n < length && found->items[i].value[n] == found->items[0].value[n])
			n++;
		length = n;
	}
	while (length > 0 && (found->items[0].value[length] & 0xc0) == 0x80)
		length--;
	return length;
}

/* readline's form: what replaces the word, then the candidates; each from malloc. */
static char **matches_of(const struct candidates *found, const char *word, bool in_quotes)
{
	char **matches = calloc(found->count + 2, sizeof(char *));
	char *text;

	if (matches == NULL)
		return NULL;
	for (size_t i = 0; found->count > 1 && i < found->count; i++)
		matches[i + 1] = strdup(found->items[i].value);
	if (found->count == 1) {
		/* A variable or a word of another form is replaced whole. */
		text = quoted(found->items[0].value,
			      in_quotes || found->items[0].kind == CANDIDATE_OPEN ||
				      *word == '\\' || *word == '$');
	} else {
		text = g_strndup(found->items[0].value, common_length(found));
		/* "lima" stays while several customers have that name. */
		if (!g_str_has_prefix(text, word)) {
			g_free(text);
			text = g_strdup(word);
		}
	}
	matches[0] = strdup(text);
	g_free(text);
	return matches;
}

/* Names of files, what stands before them in the word kept: "--out=". */
static char **files_of(struct terminal *t, const char *word, size_t at)
{
	char **matches =
		t->rl->rl_completion_matches(word + at, t->rl->rl_filename_completion_function);

	*t->rl->rl_filename_completion_desired = 1;
	for (char **match = matches; at > 0 && match != NULL && *match != NULL; match++) {
		char *whole = malloc(at + strlen(*match) + 1);

		if (whole == NULL)
			continue;
		memcpy(whole, word, at);
		memcpy(whole + at, *match, strlen(*match) + 1);
		free(*match);
		*match = whole;
	}
	return matches;
}

static char **on_tab(const char *word, int start, int end)
{
	struct terminal *t = this_terminal();
	const char *line = *t->rl->rl_line_buffer;
	bool in_quotes = start > 0 && (line[start - 1] == '\'' || line[start - 1] == '"');
	char *before = g_strndup(line, (gsize)(start - in_quotes));

	(void)end;
	*t->rl->rl_attempted_completion_over = 1;
	complete(t, before, word);
	g_free(before);
	if (t->found.files)
		return files_of(t, word, MIN(t->found.file_at, strlen(word)));
	if (t->found.count == 0)
		return NULL;
	if (t->found.count == 1 && t->found.items[0].kind == CANDIDATE_OPEN)
		*t->rl->rl_completion_suppress_append = 1;
	return matches_of(&t->found, word, in_quotes);
}

static int columns(void)
{
	struct winsize size = {0};

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 80;
}

/* One candidate a line, cut at the edge: a line that wraps is none to choose from. */
static void append_candidate(GString *to, const struct candidate *candidate, int width)
{
	GString *line = g_string_new(NULL);

	shop_text_escape(line, candidate->value);
	if (candidate->description != NULL) {
		int length = (int)g_utf8_strlen(line->str, -1);

		g_string_append_printf(line, "%*s", MAX(2, width - length + 2), "");
		shop_text_escape(line, candidate->description);
	}
	if (g_utf8_strlen(line->str, -1) > columns() - 1)
		g_string_truncate(line, (gsize)(g_utf8_offset_to_pointer(line->str, columns() - 1) -
						line->str));
	g_string_append_printf(to, "%s\n", line->str);
	g_string_free(line, TRUE);
}

static void on_list(char **matches, int count, int width)
{
	struct terminal *t = this_terminal();
	GString *to = g_string_new(NULL);

	for (int i = 1; i <= count; i++) {
		if (!t->found.files && (size_t)i <= t->found.count)
			append_candidate(to, &t->found.items[i - 1], width);
		else
			append_candidate(to, &(struct candidate){.value = matches[i]}, width);
	}
	(void)t->rl->rl_crlf();
	(void)fputs(to->str, stdout);
	(void)fflush(stdout);
	(void)t->rl->rl_on_new_line();
	(void)t->rl->rl_forced_update_display();
	g_string_free(to, TRUE);
}

void completion_begin(struct terminal *t)
{
	const struct readline *rl = t->rl;

	*rl->rl_attempted_completion_function = on_tab;
	*rl->rl_completion_display_matches_hook = on_list;
	*rl->rl_completer_word_break_characters = " \t\n";
	*rl->rl_completer_quote_characters = "'\"";
	/* The engine's order says what is likely. */
	*rl->rl_sort_completion_matches = 0;
	*rl->rl_ignore_completion_duplicates = 0;
}

/*
 * A line of text into words, quoted as in a shell; what is expanded in it is the caller's.
 */
#include "frame/line.h"

#include <string.h>

struct splitter {
	const char *at;
	GString *word;
	struct words_how *how; /* NULL = plain words only */
};

/* At a $: append what it stands for, or itself. */
static bool take_dollar(struct splitter *s, struct shop_error *err)
{
	if (g_ascii_isalpha(s->at[1]) || s->at[1] == '_' || s->at[1] == '{')
		return s->how->expand(&s->at, s->word, s->how->ctx, err);
	g_string_append_c(s->word, *s->at++);
	return true;
}

/* Where the words end although the line does not: a pipe, a redirection, a command of the caller's.
 */
static bool ends_words(const struct splitter *s)
{
	if (s->how == NULL)
		return false;
	return *s->at == '|' || *s->at == '>' || (*s->at == '\\' && g_ascii_islower(s->at[1]));
}

static bool unended(char quote, struct shop_error *err)
{
	return shop_fail(err, E_USAGE, "a quote is not ended: %c", quote);
}

/* From behind the opening quote to behind the closing one. */
static bool take_quoted(struct splitter *s, char quote, struct shop_error *err)
{
	for (; *s->at != quote; s->at++) {
		bool escaped = *s->at == '\\' && quote == '"' && s->at[1] != '\0' &&
			       strchr("\"\\$`", s->at[1]) != NULL;

		s->at += escaped;
		if (*s->at == '\0')
			return unended(quote, err);
		if (*s->at != '$' || escaped || quote != '"' || s->how == NULL) {
			g_string_append_c(s->word, *s->at);
			continue;
		}
		if (!take_dollar(s, err))
			return false;
		s->at--;
	}
	s->at++;
	return true;
}

static bool take_word(struct splitter *s, struct shop_error *err)
{
	g_string_truncate(s->word, 0);
	while (*s->at != '\0' && !g_ascii_isspace(*s->at)) {
		char c = *s->at;

		if (c == '$' && s->how != NULL) {
			if (!take_dollar(s, err))
				return false;
			continue;
		}
		s->at++;
		if (c == '\'' || c == '"') {
			if (!take_quoted(s, c, err))
				return false;
			continue;
		}
		if (c == '\\') {
			if (*s->at == '\0')
				return shop_fail(err, E_USAGE, "the line ends in a backslash");
			c = *s->at++;
		}
		g_string_append_c(s->word, c);
	}
	return true;
}

static bool collect(struct splitter *s, GPtrArray *words, struct shop_error *err)
{
	for (;;) {
		while (g_ascii_isspace(*s->at))
			s->at++;
		if (*s->at == '\0' || *s->at == '#')
			return true;
		if (ends_words(s)) {
			s->how->rest = s->at;
			return true;
		}
		if (words->len >= LINE_WORDS_MAX)
			return shop_fail(err, E_USAGE, "more than %d words", LINE_WORDS_MAX);
		if (!take_word(s, err))
			return false;
		if (words->len > 1 || strcmp(s->word->str, "shopctl") != 0)
			g_ptr_array_add(words, g_strdup(s->word->str));
	}
}

bool words_split_how(const char *line, struct words_how *how, char ***ret_words,
		     struct shop_error *err)
{
	struct splitter s = {.at = line, .word = g_string_new(NULL), .how = how};
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	bool ok;

	g_ptr_array_add(words, g_strdup("shopctl"));
	ok = collect(&s, words, err);
	g_string_free(s.word, TRUE);
	if (!ok || words->len == 1) {
		g_ptr_array_unref(words);
		*ret_words = NULL;
		return ok;
	}
	g_ptr_array_add(words, NULL);
	*ret_words = (char **)g_ptr_array_free(words, FALSE);
	return true;
}

bool words_split(const char *line, char ***ret_words, struct shop_error *err)
{
	return words_split_how(line, NULL, ret_words, err);
}

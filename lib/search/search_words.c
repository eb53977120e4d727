/*
 * Texts as words. A word is a run of letters and digits without case and accents; where a script
 * writes no blanks (Chinese, Japanese, Korean, Thai …) each of its letters is a word, so that any
 * part of such a text is found.
 */
#include "search/search_private.h"

#include "shop/text.h"

#include <string.h>

#define PREFIX_MAX                                                                                 \
	4 /* beginnings of words up to here are tokens: the query of a short one walks one list */
#define TRIGRAMS_MAX 24 /* of one term: enough to leave few objects to ask */
#define CODE_MIN 3	/* characters of a term that is looked for within codes */

void search_doc_done(struct search_doc *doc)
{
	g_free(doc->title);
	g_free(doc->text);
	g_free(doc->codes);
	memset(doc, 0, sizeof(*doc));
}

static bool is_blank(const char *text)
{
	return text == NULL || *text == '\0';
}

bool search_doc_is_empty(const struct search_doc *doc)
{
	return is_blank(doc->title) && is_blank(doc->text) && is_blank(doc->codes);
}

bool search_doc_is_same(const struct search_doc *a, const struct search_doc *b)
{
	return g_strcmp0(a->title, b->title) == 0 && g_strcmp0(a->text, b->text) == 0 &&
	       g_strcmp0(a->codes, b->codes) == 0;
}

/* Whether words of this letter's script are written without blanks. */
static bool stands_alone(gunichar c)
{
	if (c < 0x0e00)
		return false;
	switch (g_unichar_get_script(c)) {
	case G_UNICODE_SCRIPT_HAN:
	case G_UNICODE_SCRIPT_HIRAGANA:
	case G_UNICODE_SCRIPT_KATAKANA:
	case G_UNICODE_SCRIPT_HANGUL:
	case G_UNICODE_SCRIPT_BOPOMOFO:
	case G_UNICODE_SCRIPT_THAI:
	case G_UNICODE_SCRIPT_LAO:
	case G_UNICODE_SCRIPT_KHMER:
	case G_UNICODE_SCRIPT_MYANMAR:
		return true;
	default:
		return false;
	}
}

static bool is_of_word(gunichar c)
{
	return c < 0x80 ? g_ascii_isalnum((gchar)c) : g_unichar_isalnum(c) || g_unichar_ismark(c);
}

static void append_words(GString *to, const char *folded)
{
	bool within = false;

	for (const char *p = folded; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);
		bool alone = stands_alone(c);

		if (c == '\n')
			g_string_append_c(to, '\n');
		if (!is_of_word(c)) {
			within = false;
			continue;
		}
		if (!within || alone)
			g_string_append_c(to, ' ');
		g_string_append_unichar(to, c);
		within = !alone;
	}
}

char *search_words(const char *text)
{
	AUTO_TEXT char *folded = shop_text_fold(text);
	GString *words = g_string_sized_new(strlen(folded) + 8);

	append_words(words, folded);
	return g_string_free(words, FALSE);
}

static void clear_term(gpointer data)
{
	struct search_term *term = data;

	g_free(term->words);
	g_free(term->code);
}

void search_terms_done(struct search_terms *terms)
{
	if (terms->terms != NULL)
		g_array_unref(terms->terms);
	g_free(terms->whole);
	memset(terms, 0, sizeof(*terms));
}

/* Signs before and behind it say nothing of a code. */
static char *without_ends(const char *text)
{
	const char *end = text + strlen(text);

	while (*text != '\0' && !is_of_word(g_utf8_get_char(text)))
		text = g_utf8_next_char(text);
	while (end > text && !is_of_word(g_utf8_get_char(g_utf8_prev_char(end))))
		end = g_utf8_prev_char(end);
	return g_strndup(text, (gsize)(end - text));
}

/* A dash by itself, say, is no word and no part of a code worth looking for. */
static void add_term(struct search_terms *terms, const char *folded)
{
	GString *words = g_string_new(NULL);
	struct search_term term;

	append_words(words, folded);
	if (words->len == 0) {
		g_string_free(words, TRUE);
		return;
	}
	term.words = g_string_free(words, FALSE);
	term.code = without_ends(folded);
	g_array_append_val(terms->terms, term);
}

static bool fail_text(struct shop_error *err, const char *fmt, const char *text)
{
	AUTO_TEXT char *begin = g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), 40));

	return shop_fail(err, E_VALUE, fmt, begin);
}

bool search_terms_read(const char *text, struct search_terms *ret_terms, struct shop_error *err)
{
	AUTO_TERMS struct search_terms terms = {
		.terms = g_array_new(FALSE, FALSE, sizeof(struct search_term))};
	AUTO_TEXT char *folded = shop_text_fold(text);
	char **words;
	guint i;

	g_array_set_clear_func(terms.terms, clear_term);
	terms.whole = g_strstrip(g_strdup(folded));
	words = g_strsplit_set(folded, " \t\r\n\"", -1);
	for (i = 0; words[i] != NULL && terms.terms->len <= SEARCH_TERMS_MAX; i++)
		add_term(&terms, words[i]);
	g_strfreev(words);
	if (terms.terms->len == 0)
		return fail_text(err, "\"%s\" has no letter or digit to search for", text);
	if (terms.terms->len > SEARCH_TERMS_MAX)
		return fail_text(err, "\"%s…\" has more words than a search takes (32)", text);
	*ret_terms = terms;
	memset(&terms, 0, sizeof(terms));
	return true;
}

static void add_token(GString *to, char mark, const char *begin, const char *end)
{
	if (mark != '\0')
		g_string_append_c(to, mark);
	g_string_append_len(to, begin, end - begin);
	g_string_append_c(to, ' ');
}

static const char *skip_chars(const char *p, const char *end, int count)
{
	while (count-- > 0 && p < end)
		p = g_utf8_next_char(p);
	return p;
}

/* How a word begins, as "^b", "^bl" …; where a letter is a word that is the word itself. */
static void add_beginnings(GString *to, const char *word, const char *end, int most)
{
	const char *until = word;

	for (int i = 0; i < most && until < end; i++) {
		until = skip_chars(until, end, 1);
		add_token(to, '^', word, until);
	}
}

static bool holds_letters_alone(const char *words)
{
	for (const char *p = words; *p != '\0'; p = g_utf8_next_char(p))
		if (stands_alone(g_utf8_get_char(p)))
			return true;
	return false;
}

/* Of a code's words only what is too short to be looked for as a part of the code. */
static void add_words(GString *to, const char *text, bool of_code)
{
	AUTO_TEXT char *words = search_words(text);
	const char *p = words;

	of_code = of_code && !holds_letters_alone(words);
	while (*(p += strspn(p, " \n")) != '\0') {
		const char *end = p + strcspn(p, " \n");
		bool alone = stands_alone(g_utf8_get_char(p));

		if (alone || !of_code)
			add_token(to, '\0', p, end);
		if (!alone)
			add_beginnings(to, p, end, of_code ? CODE_MIN - 1 : PREFIX_MAX);
		p = end;
	}
}

/* What is no letter or digit counts as one sign, however much of it there is: "mug_01". */
static char *plain_code(const char *code)
{
	GString *plain = g_string_new(NULL);
	bool within = false;

	for (const char *p = code; *p != '\0'; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (is_of_word(c))
			g_string_append_unichar(plain, c);
		else if (within)
			g_string_append_c(plain, '_');
		within = is_of_word(c);
	}
	return g_string_free(plain, FALSE);
}

/* Each three characters in a row: "_mug", "_ug_", "_g_0" … */
static void add_trigrams(GString *to, const char *code, int most)
{
	AUTO_TEXT char *plain = plain_code(code);
	const char *end = plain + strlen(plain);

	for (const char *p = plain; p < end && most > 0; p = g_utf8_next_char(p), most--) {
		const char *until = skip_chars(p, end, CODE_MIN);

		if (g_utf8_strlen(p, until - p) < CODE_MIN)
			break;
		add_token(to, '_', p, until);
	}
}

static void add_codes(GString *to, const char *codes)
{
	AUTO_TEXT char *folded = shop_text_fold(codes);
	char **lines = g_strsplit(folded, "\n", -1);

	for (guint i = 0; lines[i] != NULL; i++)
		add_trigrams(to, lines[i], G_MAXINT);
	g_strfreev(lines);
	add_words(to, codes, true);
}

char *search_tokens(const struct search_doc *doc)
{
	GString *tokens = g_string_sized_new(512);

	if (doc->title != NULL)
		add_words(tokens, doc->title, false);
	if (doc->text != NULL)
		add_words(tokens, doc->text, false);
	if (doc->codes != NULL)
		add_codes(tokens, doc->codes);
	return g_string_free(tokens, FALSE);
}

/* "a b " as the query ("a" AND "b"): a token holds no quotation mark. */
static void append_all(GString *to, const char *tokens)
{
	const char *p = tokens;

	g_string_append_c(to, '(');
	while (*p != '\0') {
		size_t length = strcspn(p, " ");

		g_string_append_printf(to, "%s\"%.*s\"", p == tokens ? "" : " AND ", (int)length,
				       p);
		p += length + strspn(p + length, " ");
	}
	g_string_append_c(to, ')');
}

/* Its last word may be the beginning of one. */
static void append_words_of(GString *to, const struct search_term *term)
{
	const char *last = strrchr(term->words, ' ') + 1;
	AUTO_TEXT char *before = g_strndup(term->words, (gsize)(last - term->words));
	const char *first = before + strspn(before, " ");

	g_string_append_c(to, '(');
	if (*first != '\0') {
		append_all(to, first);
		g_string_append(to, " AND ");
	}
	if (stands_alone(g_utf8_get_char(last)))
		g_string_append_printf(to, "\"%s\")", last);
	else if (g_utf8_strlen(last, -1) <= PREFIX_MAX)
		g_string_append_printf(to, "\"^%s\")", last);
	else
		g_string_append_printf(to, "\"%s\"*)", last);
}

static bool is_part_of_codes(const struct search_term *term)
{
	return g_utf8_strlen(term->code, -1) >= CODE_MIN;
}

char *search_match(const struct search_terms *terms)
{
	GString *match = g_string_new(NULL);

	for (guint i = 0; i < terms->terms->len; i++) {
		const struct search_term *term =
			&g_array_index(terms->terms, struct search_term, i);

		g_string_append(match, i == 0 ? "(" : " AND (");
		append_words_of(match, term);
		if (is_part_of_codes(term)) {
			AUTO_STRING GString *trigrams = g_string_new(NULL);

			add_trigrams(trigrams, term->code, TRIGRAMS_MAX);
			g_string_append(match, " OR ");
			append_all(match, trigrams->str);
		}
		g_string_append_c(match, ')');
	}
	return g_string_free(match, FALSE);
}

/* --- matching */

/* An object's texts as they are compared. */
struct compared {
	char *title_words, *title;
	char *text_words;
	char *code_words, *codes;
};

static enum search_score best(enum search_score a, enum search_score b)
{
	return a == SEARCH_NONE || (b != SEARCH_NONE && b < a) ? b : a;
}

/* Where the words stand in the text: as whole words, or as its words begin. */
static enum search_score find_words(const char *text, const char *words, enum search_score whole,
				    enum search_score begun)
{
	enum search_score score = SEARCH_NONE;
	size_t length = strlen(words);

	if (text == NULL)
		return SEARCH_NONE;
	for (const char *p = strstr(text, words); p != NULL; p = strstr(p + 1, words)) {
		if (p[length] == '\0' || p[length] == ' ' || p[length] == '\n')
			return whole;
		score = begun;
	}
	return score;
}

/* Where the code stands within the object's own. */
static enum search_score find_code(const char *codes, const char *code)
{
	enum search_score score = SEARCH_NONE;
	size_t length = strlen(code);

	for (const char *p = strstr(codes, code); p != NULL; p = strstr(p + 1, code)) {
		bool begins = p == codes || p[-1] == '\n';

		if (begins && (p[length] == '\0' || p[length] == '\n'))
			return SEARCH_WHOLE;
		score = best(score, begins ? SEARCH_BEGUN : SEARCH_ELSEWHERE);
	}
	return score;
}

static enum search_score score_term(const struct search_term *term, const struct compared *c)
{
	enum search_score score = SEARCH_NONE;

	if (c->codes != NULL && is_part_of_codes(term))
		score = find_code(c->codes, term->code);
	score = best(score, find_words(c->title_words, term->words, SEARCH_WORDS, SEARCH_BEGUN));
	score = best(score,
		     find_words(c->text_words, term->words, SEARCH_ELSEWHERE, SEARCH_ELSEWHERE));
	return best(score, find_words(c->code_words, term->words, SEARCH_BEGUN, SEARCH_BEGUN));
}

static char *words_or_null(const char *text)
{
	return text == NULL ? NULL : search_words(text);
}

static char *fold_or_null(const char *text)
{
	return text == NULL ? NULL : shop_text_fold(text);
}

static void compare_by(const struct search_doc *doc, struct compared *c)
{
	c->title = fold_or_null(doc->title);
	c->title_words = words_or_null(doc->title);
	c->text_words = words_or_null(doc->text);
	c->codes = fold_or_null(doc->codes);
	c->code_words = words_or_null(doc->codes);
}

static void compared_done(struct compared *c)
{
	g_free(c->title);
	g_free(c->title_words);
	g_free(c->text_words);
	g_free(c->codes);
	g_free(c->code_words);
}

/* The worst of its terms; a code that one term gives whole is only part of what several ask for. */
enum search_score search_score(const struct search_terms *terms, const struct search_doc *doc)
{
	enum search_score score = SEARCH_WHOLE;
	struct compared c = {0};

	compare_by(doc, &c);
	for (guint i = 0; score != SEARCH_NONE && i < terms->terms->len; i++) {
		enum search_score one =
			score_term(&g_array_index(terms->terms, struct search_term, i), &c);

		score = one == SEARCH_NONE ? SEARCH_NONE : MAX(score, one);
	}
	if (score != SEARCH_NONE && g_strcmp0(c.title, terms->whole) == 0)
		score = SEARCH_WHOLE;
	compared_done(&c);
	return score;
}

/* The first of the lines whose own texts the term is found in. */
static char *line_of(const struct search_term *term, const char *text, bool codes)
{
	char **lines = g_strsplit(text == NULL ? "" : text, "\n", -1);
	char *found = NULL;

	for (guint i = 0; found == NULL && lines[i] != NULL; i++) {
		AUTO_TEXT char *words = search_words(lines[i]);
		AUTO_TEXT char *folded = shop_text_fold(lines[i]);

		if (strstr(words, term->words) != NULL ||
		    (codes && is_part_of_codes(term) && strstr(folded, term->code) != NULL))
			found = g_strdup(lines[i]);
	}
	g_strfreev(lines);
	return found;
}

char *search_matched_line(const struct search_terms *terms, const struct search_doc *doc)
{
	const struct search_term *first = &g_array_index(terms->terms, struct search_term, 0);
	char *line = line_of(first, doc->title, false);

	if (line == NULL)
		line = line_of(first, doc->codes, true);
	return line != NULL ? line : line_of(first, doc->text, false);
}

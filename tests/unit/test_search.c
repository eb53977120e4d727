/* What matches what, and that the index's query asks for every object that matches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "search/search_private.h"
#include "shop/text.h"

#include <string.h>

static const struct case_of_text {
	const char *text, *folded, *words;
} texts[] = {
	{"Blue MUG, 350 ml", "blue mug, 350 ml", " blue mug 350 ml"},
	{"Łódź, Ørsted Straße", "lodz, orsted strasse", " lodz orsted strasse"},
	{"Cafe\xcc\x81 Émaillée", "cafe emaillee", " cafe emaillee"},
	{"蓝色马克杯350ml", "蓝色马克杯350ml", " 蓝 色 马 克 杯 350ml"},
	{"a\nb-1", "a\nb-1", " a\n b 1"},
	{"ﬃ Ⅳ", "ffi iv", " ffi iv"},
	{"", "", ""},
	{"\xff\xfe", "", ""},
};

static void texts_are_words_without_case_and_accents(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		AUTO_TEXT char *folded = shop_text_fold(texts[i].text);
		AUTO_TEXT char *words = search_words(texts[i].text);

		assert_string_equal(folded, texts[i].folded);
		assert_string_equal(words, texts[i].words);
	}
}

static const struct case_of_match {
	const char *text;
	enum search_score score;
} matches[] = {
	{"stoneware mug, white", SEARCH_WHOLE},
	{"MUG-011", SEARCH_WHOLE},
	{"white mug", SEARCH_WORDS},
	{"mug stone", SEARCH_BEGUN},
	{"mug-0", SEARCH_BEGUN},
	{"011", SEARCH_BEGUN},
	{"g-01", SEARCH_ELSEWHERE},
	{"cups", SEARCH_ELSEWHERE},
	{"white cups", SEARCH_ELSEWHERE},
	{"mug-011 white", SEARCH_WORDS},
	{"638133", SEARCH_ELSEWHERE},
	{"stoneware-mug", SEARCH_WORDS},
	{"mug-stoneware", SEARCH_NONE},
	{"toneware", SEARCH_NONE},
	{"white cup blue", SEARCH_NONE},
	{"ite", SEARCH_NONE},
	{"11", SEARCH_NONE},
	{"-1-", SEARCH_NONE},
};

static void an_object_matches_when_each_term_stands_somewhere_in_it(void **state)
{
	struct search_doc doc = {(char *)(uintptr_t) "Stoneware mug, white",
				 (char *)(uintptr_t) "Cups",
				 (char *)(uintptr_t) "MUG-011\n4006381333931"};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(matches); i++) {
		AUTO_ERROR struct shop_error err = {0};
		AUTO_TERMS struct search_terms terms = {0};

		assert_true(search_terms_read(matches[i].text, &terms, &err));
		if (search_score(&terms, &doc) != matches[i].score)
			fail_msg("%s: %d, not %d", matches[i].text, search_score(&terms, &doc),
				 matches[i].score);
	}
}

static void a_text_without_a_word_is_refused_and_a_query_holds_no_syntax_of_it(void **state)
{
	static const char *const wrong[] = {"", "*", "\" \"", "--", "\xff"};
	static const char *const odd[] = {"mug\"", "a AND b", "NEAR(a b, 2)",
					  "^mug*", "word:x",  "a\tb\rc"};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
		AUTO_ERROR struct shop_error err = {0};
		AUTO_TERMS struct search_terms terms = {0};

		assert_false(search_terms_read(wrong[i], &terms, &err));
		assert_int_equal(err.id, E_VALUE);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(odd); i++) {
		AUTO_ERROR struct shop_error err = {0};
		AUTO_TERMS struct search_terms terms = {0};
		AUTO_TEXT char *match = NULL;
		char **outside;

		assert_true(search_terms_read(odd[i], &terms, &err));
		match = search_match(&terms);
		outside = g_strsplit(match, "\"", -1);
		/* What is not quoted is ours: brackets, AND, OR, and * behind a beginning. */
		for (guint n = 0; n < g_strv_length(outside); n += 2)
			assert_int_equal(strspn(outside[n], "() ANDOR*"), strlen(outside[n]));
		g_strfreev(outside);
	}
}

/* The tokens of the query's brackets, without FTS5: an OR of two ANDs for each term. */
static bool has_all(const char *tokens, const char *all)
{
	char **parts = g_strsplit(all, "\"", -1);
	bool found = true;

	for (guint n = 1; found && n < g_strv_length(parts); n += 2) {
		bool begins = parts[n + 1] != NULL && parts[n + 1][0] == '*';
		AUTO_TEXT char *token = g_strdup_printf(" %s%s", parts[n], begins ? "" : " ");

		found = strstr(tokens, token) != NULL;
	}
	g_strfreev(parts);
	return found;
}

static bool query_finds(const char *match, const char *tokens)
{
	char **terms = g_strsplit(match, ") AND ((", -1);
	bool found = true;

	for (guint i = 0; found && terms[i] != NULL; i++) {
		char **either = g_strsplit(terms[i], " OR ", -1);

		found = has_all(tokens, either[0]) ||
			(either[1] != NULL && has_all(tokens, either[1]));
		g_strfreev(either);
	}
	g_strfreev(terms);
	return found;
}

static void whatever_matches_is_in_what_the_index_is_asked_for(void **state)
{
	static const char *const docs[][3] = {
		{"Stoneware mug, white", "Cups", "MUG-011\n4006381333931"},
		{"Ana Łapińska", "Straße 7\nŁódź", "ana.l@shop.example\n+49 30 5550 100"},
		{"蓝色马克杯", "", "JP-1"},
	};
	static const char *const asked[] = {"mug",	 "mug-0",  "stonew white", "4006381",
					    "lapin",	 "l@shop", "strasse lodz", "5550 100",
					    "马克",	 "jp",	   "色马",	   "+49",
					    "g-011 cups"};

	(void)state;
	for (size_t d = 0; d < G_N_ELEMENTS(docs); d++) {
		struct search_doc doc = {(char *)(uintptr_t)docs[d][0],
					 (char *)(uintptr_t)docs[d][1],
					 (char *)(uintptr_t)docs[d][2]};
		AUTO_TEXT char *tokens = search_tokens(&doc);
		AUTO_TEXT char *padded = g_strconcat(" ", tokens, NULL);

		for (size_t i = 0; i < G_N_ELEMENTS(asked); i++) {
			AUTO_ERROR struct shop_error err = {0};
			AUTO_TERMS struct search_terms terms = {0};
			AUTO_TEXT char *match = NULL;

			assert_true(search_terms_read(asked[i], &terms, &err));
			match = search_match(&terms);
			if (search_score(&terms, &doc) != SEARCH_NONE &&
			    !query_finds(match, padded))
				fail_msg("%s: %s does not ask for %s", asked[i], match, padded);
		}
	}
}

static char *random_text(GRand *chance, guint longest)
{
	static const char *const signs[] = {"a", "b", "1", "0", "-", "_", ". ", " ", "é", "单", "订", "\n", "Z"};
	GString *text = g_string_new(NULL);

	for (guint n = g_rand_int(chance) % longest; n > 0; n--)
		g_string_append(text, signs[g_rand_int(chance) % G_N_ELEMENTS(signs)]);
	return g_string_free(text, FALSE);
}

static void check_one(GRand *chance)
{
	AUTO_ERROR struct shop_error err = {0};
	AUTO_TERMS struct search_terms terms = {0};
	AUTO_DOC struct search_doc doc = {
		.title = random_text(chance, 12),
		.text = random_text(chance, 12),
		.codes = random_text(chance, 16),
	};
	AUTO_TEXT char *asked = random_text(chance, 7);
	AUTO_TEXT char *tokens = search_tokens(&doc);
	AUTO_TEXT char *padded = g_strconcat(" ", tokens, NULL);
	AUTO_TEXT char *match = NULL;

	if (!search_terms_read(asked, &terms, &err))
		return;
	match = search_match(&terms);
	if (search_score(&terms, &doc) != SEARCH_NONE && !query_finds(match, padded))
		fail_msg("\"%s\" in \"%s|%s|%s\": %s does not ask for %s", asked, doc.title, doc.text,
			 doc.codes, match, padded);
}

static void so_it_is_with_any_texts(void **state)
{
	GRand *chance = g_rand_new_with_seed(7);

	(void)state;
	for (int n = 0; n < 50000; n++)
		check_one(chance);
	g_rand_free(chance);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_words_without_case_and_accents),
		cmocka_unit_test(an_object_matches_when_each_term_stands_somewhere_in_it),
		cmocka_unit_test(
			a_text_without_a_word_is_refused_and_a_query_holds_no_syntax_of_it),
		cmocka_unit_test(whatever_matches_is_in_what_the_index_is_asked_for),
		cmocka_unit_test(so_it_is_with_any_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

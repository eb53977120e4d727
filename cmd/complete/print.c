/* shopctl __complete: the candidates of some words, for the shells' scripts. */
#include "complete/complete_private.h"

#include "shop/text.h"

#include <stdio.h>
#include <string.h>

/* The last line: a colon and the sum of these; where the file's name begins within the word. */
enum directive {
	DIRECTIVE_OPEN = 1,  /* no space after the word */
	DIRECTIVE_FILES = 2, /* the shell completes the name of a file */
};

static void append_escaped(GString *to, const char *text)
{
	shop_text_escape(to, text);
}

static void append_candidate(GString *to, const struct candidate *candidate)
{
	append_escaped(to, candidate->value);
	if (candidate->description != NULL) {
		g_string_append_c(to, '\t');
		append_escaped(to, candidate->description);
	}
	g_string_append_c(to, '\n');
}

int complete_main(int argc, const char *const *argv)
{
	struct candidates found;
	GString *text = g_string_new(NULL);
	int directive;

	if (argc > 0 && strcmp(argv[0], "--") == 0) {
		argc--;
		argv++;
	}
	complete_words(NULL, argv, (size_t)argc, &found);
	directive = found.files ? DIRECTIVE_FILES : 0;
	for (size_t i = 0; i < found.count; i++) {
		append_candidate(text, &found.items[i]);
		if (found.items[i].kind == CANDIDATE_OPEN)
			directive |= DIRECTIVE_OPEN;
	}
	g_string_append_printf(text, ":%d", directive);
	if (found.file_at > 0)
		g_string_append_printf(text, " %zu", found.file_at);
	g_string_append_c(text, '\n');
	(void)!fwrite(text->str, 1, text->len, stdout);
	(void)fflush(stdout);
	g_string_free(text, TRUE);
	candidates_done(&found);
	return 0;
}

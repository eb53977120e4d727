/*
 * Errors of the command line itself: where the caret goes, what was probably meant, the synopsis.
 */
#include "frame/frame.h"

#include "shop/text.h"

#include <string.h>

bool usage_fail(struct invocation *inv, int index, struct shop_error *err, const char *fmt, ...)
{
	va_list ap;

	inv->caret = index;
	va_start(ap, fmt);
	shop_fail_va(err, E_USAGE, fmt, ap);
	va_end(ap);
	return false;
}

/* "--tag" begins "--tag=3"; a value may stand behind "--x=" or "-x". */
static bool holds(const char *argument, const char *word)
{
	size_t length = strlen(word);
	size_t whole = strlen(argument);

	if (length == 0 || length > whole)
		return false;
	if (strncmp(argument, word, length) == 0 &&
	    (argument[length] == '\0' || argument[length] == '='))
		return true;
	return argument[0] == '-' && strcmp(argument + whole - length, word) == 0;
}

int usage_find(const struct invocation *inv, const char *word)
{
	int i;

	for (i = inv->argc - 1; i > 0; i--)
		if (word != NULL && holds(inv->argv[i], word))
			return i;
	/* An unknown letter within a bundle: -zf is reported as -zf or -z. */
	for (i = inv->argc - 1; i > 0; i--)
		if (word != NULL && word[0] == '-' && strncmp(inv->argv[i], word, 2) == 0)
			return i;
	return 0;
}

bool usage_suggest(struct shop_error *err, const char *word, const char *const *names, size_t count)
{
	const char *near = shop_text_nearest(word, names, count);
	char *message;

	if (near == NULL)
		return false;
	message = g_strdup_printf("%s; did you mean %s%s?", err->message,
				  strstr(err->message, "option --") != NULL ? "--" : "", near);
	shop_fail(err, E_USAGE, "%s", message);
	g_free(message);
	return true;
}

static void append_operand(GString *to, const struct operand_spec *spec)
{
	bool optional = (spec->flags & OPERAND_OPTIONAL) != 0;
	bool repeats = (spec->flags & OPERAND_EACH) != 0 || value_takes_rest(spec->type);

	g_string_append_printf(to, " %s%s%s%s", optional ? "[" : "", spec->name, repeats ? "…" : "",
			       optional ? "]" : "");
}

char *usage_synopsis(const struct invocation *inv)
{
	GString *to = g_string_new("shopctl");
	char *words = invocation_words(inv);
	const struct operand_spec *spec;
	const struct option_spec *option;

	g_string_append_printf(to, "%s%s", *words == '\0' ? "" : " ", words);
	g_free(words);
	if (inv->command == NULL) {
		g_string_append(to, inv->group == NULL ? " COMMAND …" : " VERB …");
		return g_string_free(to, FALSE);
	}
	for (spec = inv->command->operands; spec != NULL && spec->name != NULL; spec++)
		append_operand(to, spec);
	for (option = inv->command->options; option != NULL && option->name != NULL; option++)
		if (option->required)
			g_string_append_printf(to, " --%s %s", option->name, option->value);
	g_string_append(to, " [OPTION]…");
	return g_string_free(to, FALSE);
}

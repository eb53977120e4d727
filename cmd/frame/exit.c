/*
 * Errors as people and programs read them (CLI.md §7). The one place that prints one.
 */
#include "frame/frame.h"

#include "frame/config.h"
#include "shop/json.h"
#include "shop/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool exit_wants_json(const struct invocation *inv)
{
	const char *format = inv->g.error_format;
	const char *output = inv->g.output;

	if (inv->host != NULL)
		return inv->host->json_errors;
	if (format != NULL && strcmp(format, "auto") != 0)
		return strcmp(format, "json") == 0;
	if (output == NULL && inv->config != NULL)
		output = config_text(inv->config, "defaults.output");
	if (output == NULL)
		output = getenv("SHOPCTL_OUTPUT");
	return output != NULL && (strcmp(output, "json") == 0 || strcmp(output, "jsonl") == 0);
}

static void append_fix(struct shop_json *j, char *const *fix)
{
	if (fix == NULL) {
		shop_json_null(j, "fix");
		return;
	}
	shop_json_array(j, "fix");
	shop_json_text(j, NULL, "shopctl");
	for (; *fix != NULL; fix++)
		shop_json_text(j, NULL, *fix);
	shop_json_end(j);
}

/* Messages may quote what was typed, and that need not be UTF-8. */
static void append_message(struct shop_json *j, const char *key, const char *text)
{
	char *valid = text == NULL ? NULL : g_utf8_make_valid(text, -1);

	shop_json_text(j, key, valid);
	g_free(valid);
}

void exit_append_json(struct shop_json *j, const char *key, const struct shop_error *err)
{
	shop_json_object(j, key);
	shop_json_text(j, "code", shop_error_info(err->id)->name);
	shop_json_int(j, "exit", err->code);
	append_message(j, "message", err->message);
	append_message(j, "because", err->because);
	append_message(j, "object", err->object);
	append_message(j, "field", err->field);
	shop_json_bool(j, "retryable", err->code == SHOP_RETRY);
	shop_json_raw(j, "details", err->details);
	append_fix(j, err->fix);
	shop_json_null(j, "txn");
	shop_json_null(j, "request");
	shop_json_end(j);
}

static void append_json_report(GString *to, const struct invocation *inv,
			       const struct shop_error *err)
{
	struct shop_json j = {.to = to};

	shop_json_object(&j, NULL);
	exit_append_json(&j, "error", err);
	if (inv->where != NULL)
		append_message(&j, "where", inv->where);
	shop_json_end(&j);
	g_string_append_c(to, '\n');
}

void exit_append_word(GString *to, const char *word)
{
	const char *c;

	for (c = word; *c != '\0' && (g_ascii_isalnum(*c) || strchr("_-./:@=,+%#", *c) != NULL);
	     c++)
		;
	if (*word != '\0' && *c == '\0') {
		g_string_append(to, word);
		return;
	}
	g_string_append_c(to, '\'');
	for (c = word; *c != '\0'; c++)
		if (*c == '\'')
			g_string_append(to, "'\\''");
		else
			g_string_append_c(to, *c);
	g_string_append_c(to, '\'');
}

static void append_caret(GString *to, const struct invocation *inv)
{
	GString *line = g_string_new("shopctl");
	glong at = 0, width = 1;
	int i;

	for (i = 1; i < inv->argc; i++) {
		GString *word = g_string_new(NULL);
		GString *safe = g_string_new(NULL);

		exit_append_word(word, inv->argv[i]);
		shop_text_escape(safe, word->str);
		g_string_append_c(line, ' ');
		if (i == inv->caret) {
			at = g_utf8_strlen(line->str, -1);
			width = g_utf8_strlen(safe->str, -1);
		}
		g_string_append(line, safe->str);
		g_string_free(word, TRUE);
		g_string_free(safe, TRUE);
	}
	g_string_append_printf(to, "  %s\n", line->str);
	if (inv->caret > 0)
		g_string_append_printf(to, "  %*s^%s\n", (int)at, "", width > 1 ? "~" : "");
	g_string_free(line, TRUE);
}

static void append_usage(GString *to, const struct invocation *inv, const struct shop_error *err)
{
	char *synopsis;

	/* A line of the shell need not be a command of the table: there is no word to point at. */
	if (err->code != SHOP_USAGE || err->fix != NULL || (inv->host != NULL && inv->argc == 1))
		return;
	append_caret(to, inv);
	synopsis = usage_synopsis(inv);
	g_string_append_printf(to, "  usage    %s\n", synopsis);
	g_free(synopsis);
}

static void append_try(GString *to, char *const *fix)
{
	if (fix == NULL)
		return;
	g_string_append(to, "  try      shopctl");
	for (; *fix != NULL; fix++) {
		GString *word = g_string_new(NULL);

		exit_append_word(word, *fix);
		g_string_append_c(to, ' ');
		shop_text_escape(to, word->str);
		g_string_free(word, TRUE);
	}
	g_string_append_c(to, '\n');
}

static void append_text_report(GString *to, const struct invocation *inv,
			       const struct shop_error *err)
{
	char *words = invocation_words(inv);

	g_string_append(to, "shopctl: ");
	if (inv->where != NULL) {
		shop_text_escape(to, inv->where);
		g_string_append(to, ": ");
	}

	g_string_append(to, words);
	if (err->object != NULL && inv->command != NULL) {
		g_string_append_c(to, ' ');
		shop_text_escape(to, err->object);
	}
	if (*words != '\0')
		g_string_append(to, ": ");
	shop_text_escape(to, err->message == NULL ? "failed" : err->message);
	g_string_append_printf(to, " [%s]\n", shop_error_info(err->id)->name);
	if (err->because != NULL) {
		g_string_append(to, "  because  ");
		shop_text_escape(to, err->because);
		g_string_append_c(to, '\n');
	}
	append_try(to, err->fix);
	append_usage(to, inv, err);
	/* A usage error has its synopsis. */
	if (err->code != SHOP_USAGE)
		g_string_append_printf(to, "  more     shopctl explain %s\n",
				       shop_error_info(err->id)->name);
	g_free(words);
}

char *exit_text(const struct invocation *inv, const struct shop_error *err)
{
	GString *to = g_string_new(NULL);

	if (exit_wants_json(inv))
		append_json_report(to, inv, err);
	else
		append_text_report(to, inv, err);
	return g_string_free(to, FALSE);
}

void exit_report(const struct invocation *inv, const struct shop_error *err)
{
	char *text = exit_text(inv, err);

	(void)fputs(text, stderr);
	g_free(text);
}

void exit_warn(const struct invocation *inv, const char *fmt, ...)
{
	struct shop_json j = {.to = g_string_new(NULL)};
	va_list ap;
	char *text;

	if (inv->g.quiet) {
		g_string_free(j.to, TRUE);
		return;
	}
	va_start(ap, fmt);
	text = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	if (exit_wants_json(inv)) {
		shop_json_object(&j, NULL);
		shop_json_object(&j, "warning");
		append_message(&j, "message", text);
		shop_json_end(&j);
		shop_json_end(&j);
		(void)fprintf(stderr, "%s\n", j.to->str);
	} else {
		shop_text_escape(j.to, text);
		(void)fprintf(stderr, "shopctl: warning: %s\n", j.to->str);
	}
	g_free(text);
	g_string_free(j.to, TRUE);
}

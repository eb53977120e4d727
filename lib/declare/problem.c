/*
 * What is wrong with a file, or with what it asks for: told at once with its place, counted to the
 * end.
 */
#include "declare/declare_run.h"

#include <string.h>

static void tell_problem(struct shop_declare *set, struct declare_place at, const char *field,
			 const char *message)
{
	const struct shop_declare_problem problem = {
		.file = set->name,
		.line = at.line,
		.column = at.column,
		.field = field,
		.message = message,
	};

	if (set->problems++ == 0) {
		GString *text = g_string_new(set->name);

		if (at.line > 0)
			g_string_append_printf(text, ":%" G_GINT64_FORMAT, at.line);
		if (at.column > 0)
			g_string_append_printf(text, ":%" G_GINT64_FORMAT, at.column);
		if (field != NULL)
			g_string_append_printf(text, ": %s", field);
		g_string_append_printf(text, ": %s", message);
		set->first_problem = g_string_free(text, FALSE);
	}
	if (set->problems <= SHOP_DECLARE_SHOWN && set->problem != NULL)
		set->problem(&problem, set->arg);
}

void declare_problem(struct shop_declare *set, struct declare_place at, const char *field,
		     const char *fmt, ...)
{
	va_list ap;
	char *message;

	va_start(ap, fmt);
	message = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	tell_problem(set, at, field, message);
	g_free(message);
}

void declare_problem_error(struct shop_declare *set, struct declare_place at, const char *field,
			   struct shop_error *err)
{
	const char *name = field != NULL ? field : err->field;
	AUTO_TEXT char *said = g_strconcat(name == NULL ? "" : name, ": ", NULL);
	const char *found = name == NULL ? NULL : strstr(err->message, said);

	/* The message names its field already, perhaps behind what was being done. */
	if (found != NULL && (found == err->message || found[-1] == ' '))
		tell_problem(set, at, name, found + strlen(said));
	else
		tell_problem(set, at, name, err->message);
	shop_error_done(err);
}

void declare_stop(struct shop_declare *set, struct declare_place at, const char *fmt, ...)
{
	va_list ap;
	char *message;

	if (set->stopped)
		return;
	va_start(ap, fmt);
	message = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	tell_problem(set, at, NULL, message);
	g_free(message);
	set->stopped = true;
}

bool declare_settled(const struct shop_declare *set, struct shop_error *err)
{
	if (set->problems == 0)
		return true;
	if (set->problems == 1)
		return shop_fail(err, E_DECLARE, "%s", set->first_problem);
	shop_fail(err, E_DECLARE, "%s: %" G_GINT64_FORMAT " problems; nothing was changed",
		  set->name, set->problems);
	return shop_fail_because(err, "the first is %s", set->first_problem);
}

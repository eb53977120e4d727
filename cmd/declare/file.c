/*
 * What export, diff, apply and edit share: reading a file before anything is locked, and a change
 * as a line.
 */
#include "declare/declare.h"

#include "frame/frame.h"

#include <string.h>
#include <unistd.h>

void file_problem(const struct shop_declare_problem *p, void *out)
{
	AUTO_STRING GString *place = g_string_new(p->file);

	if (p->line > 0)
		g_string_append_printf(place, ":%lld", (long long)p->line);
	if (p->column > 0)
		g_string_append_printf(place, ":%lld", (long long)p->column);
	if (p->field != NULL)
		g_string_append_printf(place, ": %s", p->field);
	out_note(out, true, "%s: %s", place->str, p->message);
}

bool file_prepare(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct file_args *a = args;
	const struct shop_declare_file file = {
		.path = a->file,
		.fd = STDIN_FILENO,
		.kind = a->kind,
		.currency = s->currency,
		.problem = file_problem,
		.arg = out,
	};
	struct shop_declare *set = NULL;

	if (!shop_declare_read(&file, &set, err))
		return false;
	s->prepared = set;
	s->digest = shop_declare_digest(set);
	return true;
}

void file_forget(void *prepared)
{
	shop_declare_free(prepared);
}

static void append_value(GString *to, const char *text)
{
	g_string_append(to, text == NULL ? "unset" : text);
}

/* A price has but one field, whose name would say the kind again. */
static void append_field(GString *to, const struct shop_declare_change *change,
			 const struct shop_declare_field *f, bool ascii)
{
	if (strcmp(f->field, change->kind) != 0)
		g_string_append_printf(to, "%s%s ", f->field, *change->op == 'c' ? ":" : "");
	if (*change->op != 'c') {
		append_value(to, f->from);
		g_string_append(to, ascii ? " -> " : " → ");
	}
	append_value(to, f->to);
	if (g_strcmp0(f->note, "conflict") == 0)
		g_string_append(to, " (conflict: changed in the store since the file was applied)");
	else if (f->note != NULL)
		g_string_append_printf(to, " (%s: not in the file any more)", f->note);
}

char *change_line(const struct shop_declare_change *change, bool ascii)
{
	const struct shop_declare_field *fields = change->fields.items;
	char sign = *change->op == 'c' ? '+' : *change->op == 'a' ? '-' : '~';
	GString *line = g_string_new(NULL);

	g_string_append_printf(line, "%c %s %s", sign, change->kind, change->object);
	if (sign == '-')
		g_string_append(line, " archived");
	for (size_t i = 0; i < change->fields.count; i++) {
		g_string_append(line, i == 0 ? " " : ", ");
		append_field(line, change, &fields[i], ascii);
	}
	return g_string_free(line, FALSE);
}

void file_describe(GString *to)
{
	shop_declare_describe(to);
	g_string_append(to, "A file is a list of objects that each say their kind, as export "
			    "writes it; or documents of "
			    "one object\neach, divided by ---; or kinds, each with the list of its "
			    "objects. JSON takes the "
			    "same forms, JSON\nLines too; CSV has one kind, its fields the "
			    "columns. help declare tells "
			    "more.\n");
}

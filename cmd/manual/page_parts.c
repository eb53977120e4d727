/*
 * What pages are put together from.
 */
#include "manual/manual.h"

#include "explain/explain.h"
#include "frame/frame.h"
#include "frame/registry.h"
#include "help/topics.h"
#include "manual/roff.h"

#include <string.h>

int manual_section(const char *command)
{
	return strcmp(command, "worker") == 0 || strcmp(command, "serve") == 0 ? 8 : 1;
}

static void append_operand(GString *to, const struct operand_spec *spec)
{
	bool repeats = (spec->flags & OPERAND_EACH) != 0 || value_takes_rest(spec->type);

	g_string_append(to, spec->flags & OPERAND_OPTIONAL ? ".Op Ar" : ".Ar");
	roff_argument(to, spec->name);
	g_string_append(to, repeats ? " Ns ...\n" : "\n");
}

void manual_synopsis(GString *to, const struct command_group *group, const struct command *command)
{
	const struct operand_spec *operand = command->operands;
	const struct option_spec *option;

	g_string_append(to, ".Nm shopctl\n.Cm");
	if (group != NULL)
		roff_argument(to, group->name);
	roff_argument(to, command->name);
	g_string_append_c(to, '\n');
	for (; operand != NULL && operand->name != NULL; operand++)
		append_operand(to, operand);
	for (option = command->options; option != NULL && option->name != NULL; option++)
		if (option->required) {
			g_string_append_printf(to, ".Fl -%s Ar", option->name);
			roff_argument(to, option->value);
			g_string_append_c(to, '\n');
		}
	g_string_append(to, ".Op Ar OPTION Ns ...\n");
}

/* A help text is half a sentence: it gets its full stop. */
void manual_sentence(GString *to, const char *help)
{
	size_t length = strlen(help);
	char *whole = length > 0 && strchr(".!?", help[length - 1]) != NULL
			      ? g_strdup(help)
			      : g_strconcat(help, ".", NULL);

	*whole = g_ascii_toupper(*whole);
	roff_text(to, whole);
	g_free(whole);
}

static void append_option(GString *to, const struct option_spec *spec)
{
	g_string_append(to, ".It");
	if (spec->letter != 0)
		g_string_append_printf(to, " Fl %c ,", spec->letter);
	g_string_append_printf(to, " Fl -%s", spec->name);
	if (spec->type == ARG_TRI)
		g_string_append_printf(to, " , Fl -no-%s", spec->name);
	if (spec->value != NULL) {
		g_string_append(to, " Ar");
		roff_argument(to, spec->value);
	}
	g_string_append_c(to, '\n');
	manual_sentence(to, spec->help);
}

void manual_options(GString *to, const struct option_spec *options)
{
	if (options == NULL || options->name == NULL)
		return;
	g_string_append(to, ".Bl -tag -width Ds\n");
	for (; options->name != NULL; options++)
		append_option(to, options);
	g_string_append(to, ".El\n");
}

void manual_operands(GString *to, const struct operand_spec *operands)
{
	if (operands == NULL || operands->name == NULL)
		return;
	g_string_append(to, ".Bl -tag -width Ds\n");
	for (; operands->name != NULL; operands++) {
		g_string_append(to, ".It Ar");
		roff_argument(to, operands->name);
		g_string_append_c(to, '\n');
		manual_sentence(to, operands->help);
	}
	g_string_append(to, ".El\n");
}

void manual_exits(GString *to, const char *exits)
{
	char **lines = g_strsplit(exits, "\n", -1);

	g_string_append(to, ".Bl -tag -width Ds\n");
	for (char **line = lines; *line != NULL; line++) {
		size_t code = strcspn(*line, " ");

		if (**line == '\0')
			continue;
		g_string_append_printf(to, ".It %.*s\n", (int)code, *line);
		manual_sentence(to, *line + code + strspn(*line + code, " "));
	}
	g_string_append(to, ".El\n");
	g_strfreev(lines);
}

void manual_examples(GString *to, const char *examples)
{
	g_string_append(to, ".Bd -literal -offset indent\n");
	roff_literal(to, examples);
	g_string_append(to, ".Ed\n");
}

/* What a table says in lines, without the empty ones. */
static void append_described(GString *to, const struct command *command)
{
	GString *text = g_string_new(NULL);
	char *plain;

	command->describe(text);
	plain = g_strstrip(g_string_free(text, FALSE));
	g_string_append(to, ".Bd -literal\n");
	roff_literal(to, plain);
	g_string_append(to, ".Ed\n");
	g_free(plain);
}

void manual_description(GString *to, const struct command *command)
{
	char **paragraphs;

	manual_sentence(to, command->summary);
	paragraphs =
		g_strsplit(command->description == NULL ? "" : command->description, "\n\n", -1);
	for (char **paragraph = paragraphs; *paragraph != NULL; paragraph++) {
		g_string_append(to, ".Pp\n");
		roff_text(to, *paragraph);
	}
	g_strfreev(paragraphs);
	if (command->describe != NULL)
		append_described(to, command);
}

void manual_intro(GString *to, const char *name)
{
	char *prose = help_intro(name);

	if (prose == NULL)
		return;
	if (*prose != '#')
		g_string_append(to, ".Pp\n");
	roff_prose(to, prose, ".Ss");
	g_free(prose);
}

void manual_fields(GString *to, const struct shop_record *record)
{
	g_string_append(to, ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < record->count; i++) {
		const struct shop_field *field = &record->fields[i];

		if (field->flags & SHOP_FIELD_HIDDEN)
			continue;
		g_string_append(to, ".It Va");
		roff_argument(to, field->name);
		g_string_append_printf(to, " Pq %s\n", explain_type_name(field));
		manual_sentence(to, field->doc);
	}
	g_string_append(to, ".El\n");
}

static gint by_section_and_name(gconstpointer a, gconstpointer b)
{
	const char *left = *(char *const *)a, *right = *(char *const *)b;
	int order = strrchr(left, ' ')[1] - strrchr(right, ' ')[1];

	return order != 0 ? order : strcmp(left, right);
}

static void add_page(GPtrArray *pages, char *page)
{
	if (g_ptr_array_find_with_equal_func(pages, page, g_str_equal, NULL))
		g_free(page);
	else
		g_ptr_array_add(pages, page);
}

static void add_commands(GPtrArray *pages, const char *commands, const char *self)
{
	char **list = g_strsplit(commands == NULL ? "" : commands, ",", -1);

	for (char **item = list; *item != NULL; item++) {
		char *word = g_strstrip(*item);

		word[strcspn(word, " ")] = '\0';
		if (*word != '\0' && strcmp(word, self) != 0)
			add_page(pages,
				 g_strdup_printf("shopctl-%s %d", word, manual_section(word)));
	}
	g_strfreev(list);
}

void manual_see_also(GString *to, const char *commands, const char *self, const char *const *also)
{
	GPtrArray *pages = g_ptr_array_new_with_free_func(g_free);

	add_commands(pages, commands, self);
	for (; *also != NULL; also++)
		add_page(pages, g_strdup(*also));
	g_ptr_array_sort(pages, by_section_and_name);
	g_string_append(to, ".Sh SEE ALSO\n");
	for (guint i = 0; i < pages->len; i++)
		g_string_append_printf(to, ".Xr %s%s\n", (char *)g_ptr_array_index(pages, i),
				       i + 1 < pages->len ? " ," : "");
	g_ptr_array_unref(pages);
}

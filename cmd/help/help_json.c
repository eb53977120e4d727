/*
 * The whole command table as JSON, for completions, documentation and tests; with the types of
 * records and the topics.
 */
#include "help/topics.h"

#include "explain/explain.h"
#include "frame/frame.h"
#include "out/out_frame.h"
#include "shop/json.h"

static const char *type_name(enum arg_type type)
{
	static const char *const names[] = {
		[ARG_FLAG] = "flag",	     [ARG_TRI] = "flag",    [ARG_TEXT] = "text",
		[ARG_LONGTEXT] = "text",     [ARG_LIST] = "list",   [ARG_FILE] = "file",
		[ARG_WORD] = "word",	     [ARG_SKU] = "sku",	    [ARG_ID] = "id",
		[ARG_INT] = "integer",	     [ARG_MONEY] = "money", [ARG_DECIMAL] = "quantity",
		[ARG_WEIGHT] = "weight",     [ARG_TIME] = "time",   [ARG_AGO] = "time",
		[ARG_DURATION] = "duration", [ARG_LINES] = "line",  [ARG_WORDS] = "text",
	};

	return names[type];
}

static void append_words(struct shop_json *j, const char *const *words)
{
	if (words == NULL)
		return;
	shop_json_array(j, "words");
	for (; *words != NULL; words++)
		shop_json_text(j, NULL, *words);
	shop_json_end(j);
}

static void append_options(struct shop_json *j, const char *key, const struct option_spec *spec)
{
	shop_json_array(j, key);
	for (; spec != NULL && spec->name != NULL; spec++) {
		char letter[2] = {spec->letter, '\0'};

		shop_json_object(j, NULL);
		shop_json_text(j, "name", spec->name);
		shop_json_text(j, "letter", spec->letter == 0 ? NULL : letter);
		shop_json_text(j, "type", type_name(spec->type));
		shop_json_text(j, "value", spec->value);
		shop_json_text(j, "help", spec->help);
		shop_json_text(j, "id_prefix",
			       spec->id_type == SHOP_ID_NONE ? NULL
							     : shop_id_prefix(spec->id_type));
		shop_json_bool(j, "required", spec->required);
		append_words(j, spec->words);
		shop_json_end(j);
	}
	shop_json_end(j);
}

static void append_operands(struct shop_json *j, const struct operand_spec *spec)
{
	shop_json_array(j, "operands");
	for (; spec != NULL && spec->name != NULL; spec++) {
		shop_json_object(j, NULL);
		shop_json_text(j, "name", spec->name);
		shop_json_text(j, "type", type_name(spec->type));
		shop_json_text(j, "help", spec->help);
		shop_json_text(j, "id_prefix",
			       spec->id_type == SHOP_ID_NONE ? NULL
							     : shop_id_prefix(spec->id_type));
		shop_json_bool(j, "optional", (spec->flags & OPERAND_OPTIONAL) != 0);
		shop_json_bool(j, "repeats",
			       (spec->flags & OPERAND_EACH) != 0 || value_takes_rest(spec->type));
		append_words(j, spec->words);
		shop_json_end(j);
	}
	shop_json_end(j);
}

static void append_record(struct shop_json *j, const struct shop_record *record)
{
	size_t i;

	if (record == NULL) {
		shop_json_null(j, "prints");
		return;
	}
	shop_json_object(j, "prints");
	shop_json_text(j, "name", record->name);
	shop_json_array(j, "fields");
	for (i = 0; i < record->count; i++)
		if (!(record->fields[i].flags & SHOP_FIELD_HIDDEN))
			shop_json_text(j, NULL, record->fields[i].name);
	shop_json_end(j);
	shop_json_end(j);
}

/* One member for each line. */
static void append_lines(struct shop_json *j, const char *key, const char *text)
{
	char **lines = g_strsplit(text == NULL ? "" : text, "\n", -1);

	shop_json_array(j, key);
	for (char **line = lines; *line != NULL; line++)
		if (**line != '\0')
			shop_json_text(j, NULL, *line);
	shop_json_end(j);
	g_strfreev(lines);
}

/* "6 stock is short" a line; a status that is another command's own has no number. */
static void append_exits(struct shop_json *j, const char *exits)
{
	char **lines = g_strsplit(exits == NULL ? "" : exits, "\n", -1);

	shop_json_array(j, "exits");
	for (char **line = lines; *line != NULL; line++) {
		const char *meaning = strchr(*line, ' ');

		if (meaning == NULL)
			continue;
		shop_json_object(j, NULL);
		if (g_ascii_isdigit(**line))
			shop_json_int(j, "status", g_ascii_strtoll(*line, NULL, 10));
		else
			shop_json_null(j, "status");
		shop_json_text(j, "meaning", meaning + 1);
		shop_json_end(j);
	}
	shop_json_end(j);
	g_strfreev(lines);
}

static void append_command(struct shop_json *j, const struct command *command)
{
	static const char *const needs[] = {"nothing", "store_path", "read",
					    "write",   "follow",     "open"};
	static const char *const confirm[] = {"none", "yes", "typed"};

	shop_json_object(j, NULL);
	shop_json_text(j, "name", command->name);
	shop_json_text(j, "summary", command->summary);
	shop_json_text(j, "description", command->description);
	shop_json_text(j, "needs",
		       command->writes_with != NULL ? "by_arguments" : needs[command->needs]);
	shop_json_text(j, "confirm",
		       command->confirm_by != NULL ? "by_arguments" : confirm[command->confirm]);
	shop_json_bool(j, "list", command->many);
	shop_json_bool(j, "selects", command_is_list(command));
	append_operands(j, command->operands);
	append_options(j, "options", command->options);
	append_record(j, command->record);
	append_lines(j, "examples", command->examples);
	append_exits(j, command->exits);
	shop_json_text(j, "see_also", command->see_also);
	shop_json_end(j);
}

static void append_commands(struct shop_json *j, const char *key,
			    const struct command *const *command)
{
	shop_json_array(j, key);
	for (; *command != NULL; command++)
		append_command(j, *command);
	shop_json_end(j);
}

static void append_fields(struct shop_json *j, const struct shop_record *type)
{
	shop_json_array(j, "fields");
	for (size_t i = 0; i < type->count; i++) {
		const struct shop_field *field = &type->fields[i];

		if (field->flags & SHOP_FIELD_HIDDEN)
			continue;
		shop_json_object(j, NULL);
		shop_json_text(j, "name", field->name);
		shop_json_text(j, "type", explain_type_name(field));
		shop_json_text(j, "meaning", field->doc);
		shop_json_bool(j, "asked", (field->flags & SHOP_FIELD_ASKED) != 0);
		shop_json_text(j, "of", field->child == NULL ? NULL : field->child->name);
		shop_json_end(j);
	}
	shop_json_end(j);
}

/* Every type of record that a command prints, with its fields. */
static void append_records(struct shop_json *j)
{
	GPtrArray *names = explain_names();

	shop_json_array(j, "records");
	for (guint i = 0; i < names->len; i++) {
		const char *name = g_ptr_array_index(names, i);

		shop_json_object(j, NULL);
		shop_json_text(j, "name", name);
		append_fields(j, explain_find(name));
		shop_json_end(j);
	}
	shop_json_end(j);
	g_ptr_array_unref(names);
}

static void append_topics(struct shop_json *j)
{
	shop_json_array(j, "topics");
	for (const struct help_topic *topic = help_topics(); topic->name != NULL; topic++) {
		shop_json_object(j, NULL);
		shop_json_text(j, "name", topic->name);
		shop_json_text(j, "summary", topic->summary);
		shop_json_end(j);
	}
	shop_json_end(j);
}

void help_table_json(GString *to)
{
	struct shop_json j = {.to = to};
	const struct command_group *const *group;
	const char *const *format;

	shop_json_object(&j, NULL);
	append_options(&j, "global_options", globals_options());
	append_options(&j, "select_options", select_options());
	shop_json_array(&j, "formats");
	for (format = out_formats(); *format != NULL; format++)
		shop_json_text(&j, NULL, *format);
	shop_json_end(&j);
	append_commands(&j, "commands", registry_commands());
	shop_json_array(&j, "nouns");
	for (group = registry_groups(); *group != NULL; group++) {
		shop_json_object(&j, NULL);
		shop_json_text(&j, "name", (*group)->name);
		shop_json_text(&j, "summary", (*group)->summary);
		append_commands(&j, "commands", (*group)->commands);
		shop_json_end(&j);
	}
	shop_json_end(&j);
	append_records(&j);
	append_topics(&j);
	shop_json_end(&j);
	g_string_append_c(to, '\n');
}

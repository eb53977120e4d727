/*
 * Record types and their fields, found through the commands that print them.
 */
#include "explain/explain.h"

#include "frame/registry.h"

#include <string.h>

struct field_row {
	char *name, *type, *meaning, *example;
};

static const struct shop_field field_fields[] = {
	SHOP_FIELD_TEXT(struct field_row, name, "name", "as in JSON and --fields"),
	SHOP_FIELD_WORD(struct field_row, type, "type", "how its value is written"),
	SHOP_FIELD_TEXT(struct field_row, meaning, "meaning", "what it says"),
	SHOP_FIELD_TEXT(struct field_row, example, "example", "a value"),
};

static const struct shop_record field_record = SHOP_RECORD("field", struct field_row, field_fields);

struct type_row {
	char *name, *printed_by;
	struct shop_list fields;
};

static const struct shop_field type_fields[] = {
	SHOP_FIELD_TEXT(struct type_row, name, "name", "the type"),
	SHOP_FIELD_TEXT(struct type_row, printed_by, "printed_by", "the commands that print it"),
	SHOP_FIELD_LIST(struct type_row, fields, "fields", &field_record, "its fields"),
};

static const struct shop_record type_record = SHOP_RECORD("type", struct type_row, type_fields);

struct full_field {
	char *name, *type, *meaning, *example, *ends;
	struct shop_list fields, transitions;
};

static const struct shop_field full_fields[] = {
	SHOP_FIELD_TEXT(struct full_field, name, "name", "TYPE.FIELD"),
	SHOP_FIELD_WORD(struct full_field, type, "type", "how its value is written"),
	SHOP_FIELD_TEXT(struct full_field, meaning, "meaning", "what it says"),
	SHOP_FIELD_TEXT(struct full_field, example, "example", "a value"),
	SHOP_FIELD_TEXT(struct full_field, ends, "ends", "the states nothing follows"),
	SHOP_FIELD_LIST(struct full_field, fields, "fields", &field_record, "of each of its items"),
	SHOP_FIELD_LIST(struct full_field, transitions, "transitions", &transition_record,
			"which state may follow which"),
};

static const struct shop_record full_record = SHOP_RECORD("field", struct full_field, full_fields);

/* Every command with its group, NULL for the cross-cutting ones; fn ends the walk with true. */
typedef bool (*command_fn)(const struct command_group *group, const struct command *command,
			   void *ctx);

static bool each_command(command_fn fn, void *ctx)
{
	for (const struct command_group *const *g = registry_groups(); *g != NULL; g++)
		for (const struct command *const *c = (*g)->commands; *c != NULL; c++)
			if ((*c)->record != NULL && fn(*g, *c, ctx))
				return true;
	for (const struct command *const *c = registry_commands(); *c != NULL; c++)
		if ((*c)->record != NULL && fn(NULL, *c, ctx))
			return true;
	return false;
}

struct search {
	const char *name;
	int best; /* how well `found` fits */
	const struct shop_record *found;
};

static const struct shop_record *find_part(const struct shop_record *type, const char *name)
{
	const struct shop_record *found = strcmp(type->name, name) == 0 ? type : NULL;

	for (size_t i = 0; found == NULL && i < type->count; i++)
		if (type->fields[i].child != NULL)
			found = find_part(type->fields[i].child, name);
	return found;
}

/* What `order show` prints is the order, before what others print under that name or as a part. */
static bool look(const struct command_group *group, const struct command *command, void *ctx)
{
	struct search *s = ctx;
	const bool named = strcmp(command->record->name, s->name) == 0;
	const struct shop_record *found =
		named ? command->record : find_part(command->record, s->name);
	int fits = found == NULL ? 0 : 1 + named;

	if (named && group != NULL && strcmp(group->name, s->name) == 0)
		fits += 1 + (strcmp(command->name, "show") == 0);
	if (fits > s->best) {
		s->best = fits;
		s->found = found;
	}
	return false;
}

const struct shop_record *explain_find(const char *name)
{
	struct search s = {.name = name};

	each_command(look, &s);
	return s.found;
}

const struct shop_field *explain_follow(const struct shop_record *type, const char *path,
					const struct shop_record **ret_type)
{
	char **names = g_strsplit(path, ".", -1);
	const struct shop_field *field = NULL;

	for (char **name = names; *name != NULL && type != NULL; name++) {
		char *bracket = strstr(*name, "[]");

		if (bracket != NULL)
			*bracket = '\0';
		*ret_type = type;
		field = shop_record_field(type, *name);
		if (field != NULL && (field->flags & SHOP_FIELD_HIDDEN))
			field = NULL;
		type = field == NULL ? NULL : field->child;
		if (type == NULL && name[1] != NULL)
			field = NULL;
	}
	g_strfreev(names);
	return field;
}

const char *explain_type_name(const struct shop_field *field)
{
	static const char *const names[] = {
		[SHOP_TYPE_ID] = "id",
		[SHOP_TYPE_TEXT] = "text",
		[SHOP_TYPE_WORD] = "word",
		[SHOP_TYPE_INT] = "integer",
		[SHOP_TYPE_BOOL] = "boolean",
		[SHOP_TYPE_MONEY] = "money",
		[SHOP_TYPE_QUANTITY] = "quantity",
		[SHOP_TYPE_TIME] = "time",
		[SHOP_TYPE_DURATION] = "duration",
		[SHOP_TYPE_JSON] = "json",
		[SHOP_TYPE_LIST] = "list",
		[SHOP_TYPE_RECORD] = "object",
	};

	return names[field->type];
}

/* The table's own example, or for an id its first. */
static char *example_of(const struct shop_field *field)
{
	char text[SHOP_ID_TEXT];

	if (field->example != NULL || field->type != SHOP_TYPE_ID)
		return g_strdup(field->example);
	return g_strdup(shop_id_format(field->id_type, SHOP_ID_FIRST, text));
}

static void add_fields(struct shop_list *list, const struct shop_record *type)
{
	for (size_t i = 0; i < type->count; i++) {
		const struct shop_field *field = &type->fields[i];
		struct field_row *row;

		if (field->flags & SHOP_FIELD_HIDDEN)
			continue;
		row = shop_list_add(&field_record, list);
		row->name = g_strdup(field->name);
		row->type = g_strdup(explain_type_name(field));
		row->meaning = g_strdup(field->doc);
		row->example = example_of(field);
	}
}

struct printers {
	const struct shop_record *type;
	GString *names;
};

static bool add_printer(const struct command_group *group, const struct command *command, void *ctx)
{
	struct printers *p = ctx;

	if (command->record == p->type)
		g_string_append_printf(p->names, "%s%s%s%s", p->names->len > 0 ? ", " : "",
				       group == NULL ? "" : group->name, group == NULL ? "" : " ",
				       command->name);
	return false;
}

static char *printed_by(const struct shop_record *type)
{
	struct printers p = {type, g_string_new(NULL)};

	each_command(add_printer, &p);
	return g_string_free(p.names, p.names->len == 0);
}

bool explain_type(struct out *out, const struct shop_record *type, struct shop_error *err)
{
	struct type_row row = {.name = g_strdup(type->name), .printed_by = printed_by(type)};
	bool ok;

	add_fields(&row.fields, type);
	ok = out_record(out, &type_record, &row, err);
	shop_record_done(&type_record, &row);
	return ok;
}

bool explain_field(struct out *out, const char *name, const struct shop_record *type,
		   const struct shop_field *field, struct shop_error *err)
{
	const char *machine = explain_machine(type, field);
	struct full_field row = {
		.name = g_strdup(name),
		.type = g_strdup(explain_type_name(field)),
		.meaning = g_strdup(field->doc),
		.example = example_of(field),
	};
	bool ok;

	if (machine != NULL)
		row.ends = explain_transitions(machine, &row.transitions);
	if (field->child != NULL)
		add_fields(&row.fields, field->child);
	ok = out_record(out, &full_record, &row, err);
	shop_record_done(&full_record, &row);
	return ok;
}

static bool add_name(const struct command_group *group, const struct command *command, void *ctx)
{
	GPtrArray *names = ctx;

	(void)group;
	if (!g_ptr_array_find_with_equal_func(names, command->record->name, g_str_equal, NULL))
		g_ptr_array_add(names, (gpointer)(uintptr_t)command->record->name);
	return false;
}

GPtrArray *explain_names(void)
{
	GPtrArray *names = g_ptr_array_new();

	each_command(add_name, names);
	return names;
}

bool explain_types(struct out *out, struct shop_error *err)
{
	GPtrArray *names = explain_names();
	bool ok = true;

	for (guint i = 0; ok && i < names->len; i++)
		ok = explain_type(out, explain_find(g_ptr_array_index(names, i)), err);
	g_ptr_array_unref(names);
	return ok;
}

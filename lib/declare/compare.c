/*
 * One object of the file beside the store's: which fields differ, and what the three-way rule makes
 * of each.
 */
#include "declare/declare_run.h"

#include <string.h>

static const struct shop_field field_fields[] = {
	SHOP_FIELD_WORD(struct shop_declare_field, field, "field", "which field"),
	SHOP_FIELD_TEXT(struct shop_declare_field, from, "from",
			"what the store has; null = unset"),
	SHOP_FIELD_TEXT(struct shop_declare_field, to, "to", "what it is to be"),
	SHOP_FIELD_WORD(struct shop_declare_field, note, "note",
			"conflict: the store was changed since the file was applied; reset: it "
			"left the file"),
};

const struct shop_record shop_declare_field_record =
	SHOP_RECORD("field_change", struct shop_declare_field, field_fields);

static const struct shop_field change_fields[] = {
	SHOP_FIELD_WORD(struct shop_declare_change, op, "op", "create, update or archive"),
	SHOP_FIELD_WORD(struct shop_declare_change, kind, "kind", "what it is", .example = "price"),
	SHOP_FIELD_TEXT(struct shop_declare_change, object, "object", "what it is called",
			.example = "MUG-01"),
	SHOP_FIELD_INT(struct shop_declare_change, line, "line", "where it stands in the file"),
	SHOP_FIELD_LIST(struct shop_declare_change, fields, "fields", &shop_declare_field_record,
			"what differs, field by field"),
};

const struct shop_record shop_declare_change_record =
	SHOP_RECORD("change", struct shop_declare_change, change_fields);

char *compare_name(const struct declare_kind *kind, const struct declare_live *live)
{
	GString *name = g_string_new(NULL);

	for (size_t i = 0; i < kind->count; i++)
		if ((kind->fields[i].flags & DECLARE_KEY) != 0 &&
		    kind->fields[i].type != DECLARE_ID && live->texts[i] != NULL)
			g_string_append_printf(name, "%s%s", name->len > 0 ? " " : "",
					       live->texts[i]);
	if (name->len == 0)
		g_string_assign(name, live->ident);
	return g_string_free(name, FALSE);
}

static void add_field(struct shop_declare_change *change, const struct declare_field *field,
		      const char *from, const char *to, const char *note)
{
	struct shop_declare_field *f = shop_list_add(&shop_declare_field_record, &change->fields);

	*f = (struct shop_declare_field){
		.field = g_strdup(field->name),
		.from = g_strdup(from),
		.to = g_strdup(to),
		.note = g_strdup(note),
	};
}

static void want_field(struct declare_want *want, size_t at, const char *text)
{
	want->given[at] = true;
	want->texts[at] = text;
}

static bool is_named_by_id(const struct declare_object *object)
{
	return object->kind->fields[0].type == DECLARE_ID && object->values[0].text != NULL;
}

/* The key of an object named by its id is a field like others. */
static bool is_compared(const struct declare_object *object, const struct declare_field *field)
{
	if (field->type == DECLARE_ID)
		return false;
	return (field->flags & DECLARE_KEY) == 0 || is_named_by_id(object);
}

static bool refuse_fixed(struct declare_run *run, const struct declare_object *object, size_t at,
			 const char *live)
{
	const struct declare_value *value = &object->values[at];

	declare_problem(run->set, (struct declare_place){value->line, value->column},
			object->kind->fields[at].name, "cannot change, it is %s",
			live == NULL ? "unset" : live);
	return false;
}

static const char *reset_of(const struct declare_run *run, const struct declare_field *field)
{
	return field->type == DECLARE_BACKORDER ? run->backorder : field->reset;
}

static enum declare_verdict verdict_of(const struct declare_run *run,
				       const struct declare_value *value,
				       const struct declare_field *field, const char *live,
				       const struct declare_last *last)
{
	struct declare_sides sides = {
		.given = value->given,
		.file_is_live = g_strcmp0(value->text, live) == 0,
		.live_is_reset = g_strcmp0(reset_of(run, field), live) == 0 ||
				 (field->flags & DECLARE_KEEP) != 0,
	};

	if (run->how->edited != NULL) {
		/* Who edits has seen what the store has: what is gone from the text is to go. */
		sides.was_given = true;
		sides.live_is_last = true;
	} else {
		sides.was_given = last_has(last, field, live, &sides.live_is_last);
	}
	return declare_merge(&sides);
}

static bool compare_field(struct declare_run *run, const struct declare_object *object, size_t at,
			  const struct declare_live *live, const struct declare_last *last,
			  struct declare_want *want, struct shop_declare_change *change,
			  int64_t *conflicts)
{
	const struct declare_field *field = &object->kind->fields[at];
	const struct declare_value *value = &object->values[at];

	switch (verdict_of(run, value, field, live->texts[at], last)) {
	case DECLARE_SAME:
		return true;
	case DECLARE_RESET:
		if ((field->flags & DECLARE_FIXED) != 0)
			return true;
		want_field(want, at, reset_of(run, field));
		add_field(change, field, live->texts[at], reset_of(run, field), "reset");
		return true;
	case DECLARE_CONFLICT:
		*conflicts += 1;
		want_field(want, at, value->text);
		add_field(change, field, live->texts[at], value->text, "conflict");
		return true;
	case DECLARE_SET:
		break;
	}
	if ((field->flags & DECLARE_FIXED) != 0)
		return refuse_fixed(run, object, at, live->texts[at]);
	want_field(want, at, value->text);
	add_field(change, field, live->texts[at], value->text, NULL);
	return true;
}

static void compare_new(const struct declare_object *object, struct declare_want *want,
			struct shop_declare_change *change)
{
	for (size_t i = 0; i < object->kind->count; i++) {
		const struct declare_field *field = &object->kind->fields[i];

		if (!object->values[i].given || object->values[i].text == NULL)
			continue;
		want_field(want, i, object->values[i].text);
		if ((field->flags & DECLARE_KEY) == 0)
			add_field(change, field, NULL, object->values[i].text, NULL);
	}
}

bool compare_object(struct declare_run *run, const struct declare_object *object,
		    const struct declare_live *live, const struct declare_last *last,
		    struct declare_want *want, struct shop_declare_change *change,
		    int64_t *ret_conflicts)
{
	bool ok = true;

	*ret_conflicts = 0;
	*want = (struct declare_want){.object = object};
	*change = (struct shop_declare_change){
		.op = g_strdup(live->found ? "update" : "create"),
		.kind = g_strdup(object->kind->name),
		.object = live->found ? compare_name(object->kind, live) : g_strdup(object->name),
		.line = object->line,
	};
	if (!live->found) {
		compare_new(object, want, change);
		return true;
	}
	for (size_t i = 0; i < object->kind->count; i++)
		if (is_compared(object, &object->kind->fields[i]) &&
		    !compare_field(run, object, i, live, last, want, change, ret_conflicts))
			ok = false;
	return ok;
}

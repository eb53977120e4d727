/*
 * The objects of a file: members typed by their kind's fields, each with its place, and what is
 * wrong with them.
 */
#include "declare/declare_run.h"

#include <string.h>

/* The kind that the members name, or that of the list they stand in. */
static const struct declare_kind *kind_of(struct shop_declare *set, const struct declare_kind *kind,
					  const GArray *pairs, struct declare_place at)
{
	AUTO_ERROR struct shop_error err = {0};
	const struct declare_kind *named;

	for (guint i = 0; i < pairs->len; i++) {
		const struct declare_pair *pair = &g_array_index(pairs, struct declare_pair, i);

		if (strcmp(pair->name, "kind") != 0)
			continue;
		named = declare_kind_find(pair->text == NULL ? "" : pair->text);
		if (named == NULL &&
		    !declare_kind_unknown(pair->text == NULL ? "" : pair->text, &err))
			declare_problem_error(set, pair->text_at, "kind", &err);
		else if (kind != NULL && named != kind)
			declare_problem(set, pair->text_at, "kind", "%s here, not %s", kind->name,
					named->name);
		else
			return named;
		return NULL;
	}
	if (kind == NULL)
		declare_problem(set, at, "kind", "is missing: which kind of object this is (%s, …)",
				shop_declare_kinds[3]);
	return kind;
}

static const char *nearest(const struct declare_kind *kind, const char *name)
{
	const char *names[DECLARE_FIELDS_MAX];

	for (size_t i = 0; i < kind->count; i++)
		names[i] = kind->fields[i].name;
	return shop_text_nearest(name, names, kind->count);
}

static void refuse_unknown(struct shop_declare *set, const struct declare_kind *kind,
			   const struct declare_pair *pair)
{
	const char *near = nearest(kind, pair->name);
	AUTO_STRING GString *shown = g_string_new(NULL);

	shop_text_escape(shown, pair->name);
	if (shown->len > 60)
		g_string_truncate(shown, 60);
	if (kind == &declare_product && strcmp(pair->name, "price") == 0)
		declare_problem(set, pair->name_at, "price",
				"stands in an object of its own: kind: price, sku, price");
	else if (near != NULL)
		declare_problem(set, pair->name_at, shown->str,
				"a %s has no such field, did you mean %s?", kind->name, near);
	else
		declare_problem(set, pair->name_at, shown->str, "a %s has no such field",
				kind->name);
}

static void take_value(struct shop_declare *set, struct declare_object *object, size_t at,
		       const struct declare_pair *pair)
{
	const struct declare_field *field = &object->kind->fields[at];
	struct declare_value *value = &object->values[at];
	AUTO_ERROR struct shop_error err = {0};

	if (value->given) {
		declare_problem(set, pair->name_at, field->name, "stands twice, first on line %d",
				value->line);
		return;
	}
	value->given = true;
	value->line = (int32_t)pair->text_at.line;
	value->column = (int32_t)pair->text_at.column;
	if (!value_read(field, pair->text, set->file->currency, set->texts, &value->text, &err))
		declare_problem_error(set, pair->text_at, field->name, &err);
	else if (value->text == NULL && (field->flags & DECLARE_KEEP) != 0 && pair->text != NULL &&
		 *pair->text == '\0')
		declare_problem(set, pair->text_at, field->name, "must not be empty");
	else if (value->text == NULL &&
		 (field->flags & (DECLARE_KEEP | DECLARE_ONLY_TRUE)) == DECLARE_KEEP)
		declare_problem(set, pair->text_at, field->name,
				"must not be empty; a text of that word is quoted");
	/* What is said to be unset has its default. */
	if (value->text == NULL)
		value->text = field->reset;
	if (value->text == NULL && (field->flags & DECLARE_ONLY_TRUE) != 0)
		value->given = false;
}

/* An id names the object in place of its key. */
static bool check_key(struct shop_declare *set, const struct declare_object *object)
{
	const struct declare_kind *kind = object->kind;
	const struct declare_place at = {object->line, object->column};
	bool has_id = kind->fields[0].type == DECLARE_ID && object->values[0].text != NULL;

	for (size_t i = 0; i < kind->count && !has_id; i++) {
		const struct declare_field *field = &kind->fields[i];

		if ((field->flags & DECLARE_KEY) == 0 || (field->flags & DECLARE_OPTIONAL) != 0 ||
		    object->values[i].text != NULL)
			continue;
		declare_problem(set, at, field->name, "is missing: it names the %s", kind->name);
		return false;
	}
	return true;
}

/* MUG-01, "MUG-01 Main": what names the object, for people and among the file's others. */
static const char *key_of(struct shop_declare *set, const struct declare_object *object)
{
	AUTO_STRING GString *name = g_string_new(NULL);
	const struct declare_kind *kind = object->kind;

	for (size_t i = 0; i < kind->count; i++) {
		const char *text = object->values[i].text;

		if ((kind->fields[i].flags & DECLARE_KEY) == 0 ||
		    kind->fields[i].type == DECLARE_ID || text == NULL)
			continue;
		g_string_append_printf(name, "%s%s", name->len > 0 ? " " : "", text);
	}
	return g_string_chunk_insert(set->texts, name->str);
}

static char *key_text(const struct declare_kind *kind, const char *name)
{
	AUTO_TEXT char *folded = g_utf8_casefold(name, -1);

	return g_strconcat(kind->name, ":", kind->fields[1].type == DECLARE_EMAIL ? folded : name,
			   NULL);
}

static bool keep_as(struct shop_declare *set, struct declare_object *object, const char *name)
{
	AUTO_TEXT char *key = key_text(object->kind, name);
	const struct declare_object *first = g_hash_table_lookup(set->keys, key);

	if (first != NULL) {
		declare_problem(set, (struct declare_place){object->line, object->column}, NULL,
				"%s %s stands twice, first on line %d", object->kind->name, name,
				first->line);
		return false;
	}
	g_hash_table_insert(set->keys, g_string_chunk_insert(set->texts, key), object);
	return true;
}

/* Under its key, and what is named by an id under both. */
static void keep(struct shop_declare *set, struct declare_object *object)
{
	const struct declare_value *id = &object->values[0];
	bool has_id = object->kind->fields[0].type == DECLARE_ID && id->text != NULL;

	object->name = has_id ? id->text : key_of(set, object);
	if (keep_as(set, object, object->name) && has_id && object->values[1].text != NULL)
		(void)keep_as(set, object, object->values[1].text);
}

static void object_free(gpointer data)
{
	struct declare_object *object = data;

	g_free(object->values);
	g_free(object);
}

void set_add(struct shop_declare *set, const struct declare_kind *kind, const GArray *pairs,
	     struct declare_place at)
{
	struct declare_object *object;

	kind = kind_of(set, kind, pairs, at);
	if (kind == NULL)
		return;
	if (set->objects->len >= SHOP_DECLARE_OBJECTS_MAX) {
		declare_stop(set, at, "more than %d objects; split the file",
			     SHOP_DECLARE_OBJECTS_MAX);
		return;
	}
	object = g_new0(struct declare_object, 1);
	object->kind = kind;
	object->line = (int32_t)at.line;
	object->column = (int32_t)at.column;
	object->values = g_new0(struct declare_value, kind->count);
	g_ptr_array_add(set->objects, object);
	for (guint i = 0; i < pairs->len; i++) {
		const struct declare_pair *pair = &g_array_index(pairs, struct declare_pair, i);
		int field = declare_field_find(kind, pair->name);

		if (field >= 0)
			take_value(set, object, (size_t)field, pair);
		else if (strcmp(pair->name, "kind") != 0)
			refuse_unknown(set, kind, pair);
	}
	if (check_key(set, object))
		keep(set, object);
}

static gint by_kind(gconstpointer a, gconstpointer b)
{
	const struct declare_object *x = *(struct declare_object *const *)a;
	const struct declare_object *y = *(struct declare_object *const *)b;
	size_t at_x = declare_kind_place(x->kind), at_y = declare_kind_place(y->kind);

	if (at_x != at_y)
		return at_x < at_y ? -1 : 1;
	return x->line != y->line ? (x->line < y->line ? -1 : 1) : x->column - y->column;
}

/* What is true of one object of a kind is not true of two. */
static void check_only(struct shop_declare *set, const struct declare_kind *kind, size_t field)
{
	const struct declare_object *first = NULL;

	for (guint i = 0; i < set->objects->len; i++) {
		const struct declare_object *object = g_ptr_array_index(set->objects, i);
		const struct declare_value *value = &object->values[field];

		if (object->kind != kind || value->text == NULL)
			continue;
		if (first == NULL)
			first = object;
		else
			declare_problem(set, (struct declare_place){value->line, value->column},
					kind->fields[field].name,
					"true of one %s only, and of %s on line %d already",
					kind->name, first->name, first->line);
	}
}

void set_close(struct shop_declare *set)
{
	const struct declare_kind *const *kinds = declare_kinds();

	for (size_t k = 0; kinds[k] != NULL; k++)
		for (size_t f = 0; f < kinds[k]->count; f++)
			if ((kinds[k]->fields[f].flags & DECLARE_ONLY_TRUE) != 0)
				check_only(set, kinds[k], f);
	g_ptr_array_sort(set->objects, by_kind);
}

const struct declare_object *set_find(const struct shop_declare *set,
				      const struct declare_kind *kind, const char *key)
{
	AUTO_TEXT char *text = key_text(kind, key);

	return g_hash_table_lookup(set->keys, text);
}

struct shop_declare *set_new(const struct shop_declare_file *file)
{
	struct shop_declare *set = g_new0(struct shop_declare, 1);

	set->name = g_strdup(strcmp(file->path, "-") == 0 ? "stdin" : file->path);
	set->file = file;
	set->problem = file->problem;
	set->arg = file->arg;
	set->objects = g_ptr_array_new_with_free_func(object_free);
	set->keys = g_hash_table_new(g_str_hash, g_str_equal);
	set->texts = g_string_chunk_new(16384);
	return set;
}

void shop_declare_free(struct shop_declare *set)
{
	if (set == NULL)
		return;
	g_ptr_array_unref(set->objects);
	g_hash_table_unref(set->keys);
	g_string_chunk_free(set->texts);
	g_free(set->first_problem);
	g_free(set->name);
	g_free(set);
}

const char *shop_declare_digest(const struct shop_declare *set)
{
	return set->digest;
}

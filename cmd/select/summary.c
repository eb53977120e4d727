/*
 * --count, --by, --sum: rows of a record type made for the question. A group is one combination of
 * the values of --by; money of two currencies never goes into one sum, so each currency makes a
 * group of its own.
 */
#include "select/select_private.h"

#include "shop/quantity.h"

#include <string.h>

/* A column of the summary and where its value comes from. */
struct part {
	struct shop_path path;
	size_t place; /* of the value in a row; what goes with it (currency, scale) stands behind */
	bool sum;
};

struct summary {
	GArray *parts;	/* struct part: those of --by, then those of --sum */
	GArray *fields; /* struct shop_field of the type */
	GPtrArray *names;
	struct shop_record type;
	size_t count_at;
	GHashTable *groups; /* the values as one text → row */
	GPtrArray *rows;
};

static void *at(void *row, size_t place)
{
	return (char *)row + place;
}

static bool can_sum(const struct shop_path *path)
{
	enum shop_field_type type = shop_path_last(path)->type;

	return !shop_path_has_list(path) &&
	       (type == SHOP_TYPE_INT || type == SHOP_TYPE_MONEY || type == SHOP_TYPE_QUANTITY ||
		type == SHOP_TYPE_DURATION);
}

static bool can_group(const struct shop_path *path)
{
	enum shop_field_type type = shop_path_last(path)->type;

	return !shop_path_has_list(path) && type != SHOP_TYPE_JSON && type != SHOP_TYPE_RECORD;
}

static size_t add_field(struct summary *s, struct shop_field field)
{
	field.offset = s->type.size;
	g_array_append_val(s->fields, field);
	s->type.size += sizeof(int64_t);
	return field.offset;
}

/* The field as it is, under its path's name, with what goes with it in a hidden field. */
static void add_part(struct summary *s, const struct shop_path *path, const char *name, bool sum)
{
	struct part part = {.path = *path, .sum = sum};
	struct shop_field field = *shop_path_last(path);
	struct shop_field with = {.name = "", .flags = SHOP_FIELD_HIDDEN, .doc = ""};
	char *own = sum ? g_strconcat("sum_", name, NULL) : g_strdup(name);

	g_ptr_array_add(s->names, own);
	field.name = own;
	field.flags = 0;
	part.place = s->type.size;
	field.aux = part.place + sizeof(int64_t);
	add_field(s, field);
	with.type = field.type == SHOP_TYPE_MONEY ? SHOP_TYPE_TEXT : SHOP_TYPE_INT;
	add_field(s, with);
	g_array_append_val(s->parts, part);
}

static bool add_parts(struct summary *s, const struct select_how *how, const char *list, bool sum,
		      struct shop_error *err)
{
	char **words = g_strsplit(list == NULL ? "" : list, ",", -1);
	const char *option = sum ? "--sum" : "--by";
	bool ok = true;
	guint i;

	for (i = 0; ok && words[i] != NULL; i++) {
		const char *name = g_strstrip(words[i]);
		struct shop_path path;

		ok = shop_path_find(how->type, name, &path) ||
		     shop_path_unknown(how->type, name, option, err);
		if (ok && !(sum ? can_sum(&path) : can_group(&path)))
			ok = shop_fail(err, E_VALUE, "%s: %s cannot be %s", option, name,
				       sum ? "added up" : "grouped by");
		if (ok)
			add_part(s, &path, name, sum);
	}
	g_strfreev(words);
	return ok || shop_fail_field(err, option + 2);
}

static void row_free(struct summary *s, void *row)
{
	shop_record_done(&s->type, row);
	g_free(row);
}

static void *new_row(struct summary *s)
{
	void *row = g_malloc0(s->type.size);

	g_ptr_array_add(s->rows, row);
	return row;
}

bool summary_open(const struct select_args *args, const struct select_how *how,
		  struct summary **ret_summary, struct shop_error *err)
{
	struct summary *s = g_new0(struct summary, 1);
	bool ok;

	*ret_summary = s;
	s->parts = g_array_new(FALSE, TRUE, sizeof(struct part));
	s->fields = g_array_new(FALSE, TRUE, sizeof(struct shop_field));
	s->names = g_ptr_array_new_with_free_func(g_free);
	s->groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	s->rows = g_ptr_array_new();
	ok = add_parts(s, how, args->by, false, err);
	s->count_at = add_field(s, (struct shop_field){.name = "count",
						       .type = SHOP_TYPE_INT,
						       .doc = "how many rows"});
	ok = ok && add_parts(s, how, args->sum, true, err);
	s->type.name = "summary";
	s->type.fields = (const struct shop_field *)(const void *)s->fields->data;
	s->type.count = s->fields->len;
	return ok;
}

const struct shop_record *summary_type(const struct summary *summary)
{
	return &summary->type;
}

static void append_key(GString *key, const struct part *part, const struct shop_value *value)
{
	if (value->currency != NULL)
		g_string_append(key, value->currency);
	if (part->sum)
		return;
	if (value->null)
		g_string_append_c(key, '-');
	else if (value->text != NULL)
		g_string_append(key, value->text);
	else
		g_string_append_printf(key, "%d:%" G_GINT64_FORMAT, value->scale, value->number);
	g_string_append_c(key, '\x1f');
}

static void set_with(void *row, const struct part *part, const struct shop_value *value)
{
	int64_t scale = value->scale;
	char *currency = g_strdup(value->currency);

	if (value->field->type == SHOP_TYPE_MONEY)
		memcpy(at(row, part->place + sizeof(int64_t)), &currency, sizeof(currency));
	else
		memcpy(at(row, part->place + sizeof(int64_t)), &scale, sizeof(scale));
	if (value->field->type != SHOP_TYPE_MONEY)
		g_free(currency);
}

/* A new group holds its values; its sums are not there yet. */
static void begin_row(const struct summary *s, void *row, const void *record)
{
	guint i;

	for (i = 0; i < s->parts->len; i++) {
		const struct part *part = &g_array_index(s->parts, struct part, i);
		struct shop_value value = shop_path_value(&part->path, record);
		int64_t number = part->sum ? SHOP_NULL : value.number;
		char *text = g_strdup(value.text);

		if (!part->sum && value.field->type != SHOP_TYPE_MONEY && value.null)
			number = value.field->type == SHOP_TYPE_ID ? 0 : SHOP_NULL;
		if (text != NULL || value.field->type == SHOP_TYPE_TEXT ||
		    value.field->type == SHOP_TYPE_WORD)
			memcpy(at(row, part->place), &text, sizeof(text));
		else
			memcpy(at(row, part->place), &number, sizeof(number));
		set_with(row, part, &value);
	}
}

static bool add_up(void *row, const struct part *part, const struct shop_value *value,
		   struct shop_error *err)
{
	int64_t *sum = at(row, part->place);
	int64_t *scale = at(row, part->place + sizeof(int64_t));
	int64_t number = value->number;
	int64_t before = *sum == SHOP_NULL ? 0 : *sum;
	bool over = false;
	int i;

	if (value->null)
		return true;
	if (value->field->type == SHOP_TYPE_QUANTITY) {
		for (i = value->scale; i < *scale; i++)
			over |= __builtin_mul_overflow(number, INT64_C(10), &number);
		for (; *scale < value->scale; ++*scale)
			over |= __builtin_mul_overflow(before, INT64_C(10), &before);
	}
	over |= __builtin_add_overflow(before, number, sum);
	return !over || shop_fail(err, E_VALUE, "--sum: %s is too large a sum", value->field->name);
}

static void *group_of(struct summary *s, const void *record, struct shop_error *err)
{
	GString *key = g_string_new(NULL);
	void *row;
	guint i;

	for (i = 0; i < s->parts->len; i++) {
		const struct part *part = &g_array_index(s->parts, struct part, i);
		struct shop_value value = shop_path_value(&part->path, record);

		append_key(key, part, &value);
	}
	row = g_hash_table_lookup(s->groups, key->str);
	if (row == NULL && s->rows->len >= SELECT_HELD_MAX) {
		shop_fail(err, E_VALUE, "--by: more than %d groups; narrow the list with --filter",
			  SELECT_HELD_MAX);
		g_string_free(key, TRUE);
		return NULL;
	}
	if (row == NULL) {
		row = new_row(s);
		begin_row(s, row, record);
		g_hash_table_insert(s->groups, g_strdup(key->str), row);
	}
	g_string_free(key, TRUE);
	return row;
}

bool summary_add(struct summary *s, const void *record, struct shop_error *err)
{
	void *row = group_of(s, record, err);
	guint i;

	if (row == NULL)
		return false;
	++*(int64_t *)at(row, s->count_at);
	for (i = 0; i < s->parts->len; i++) {
		const struct part *part = &g_array_index(s->parts, struct part, i);
		struct shop_value value = shop_path_value(&part->path, record);

		if (part->sum && !add_up(row, part, &value, err))
			return false;
	}
	return true;
}

static bool has_groups(const struct summary *s)
{
	guint i;

	for (i = 0; i < s->parts->len; i++)
		if (!g_array_index(s->parts, struct part, i).sum)
			return true;
	return false;
}

GPtrArray *summary_rows(struct summary *s)
{
	guint i;

	/* Nothing counted is a count of 0. */
	if (s->rows->len == 0 && !has_groups(s)) {
		void *row = new_row(s);
		const int64_t none = SHOP_NULL;

		for (i = 0; i < s->parts->len; i++)
			memcpy(at(row, g_array_index(s->parts, struct part, i).place), &none,
			       sizeof(none));
	}
	return s->rows;
}

void summary_free(struct summary *s)
{
	guint i;

	if (s == NULL)
		return;
	for (i = 0; i < s->rows->len; i++)
		row_free(s, g_ptr_array_index(s->rows, i));
	g_ptr_array_unref(s->rows);
	g_hash_table_unref(s->groups);
	g_array_unref(s->parts);
	g_array_unref(s->fields);
	g_ptr_array_unref(s->names);
	g_free(s);
}

/*
 * Reading and judging conditions: over the record as JSON has it, so that a value is what people
 * see.
 */
#include "shop/condition.h"

#include "shop/text.h"
#include "shop/transition.h"

#include <jansson.h>
#include <string.h>

/* Words for what people wait for. */
static const struct {
	const char *word, *type, *condition;
} shorthands[] = {
	{"paid", "order", "payment=paid,overpaid"},
	{"paid", "payment", "status=succeeded"},
	{"authorized", "order", "payment=authorized,partially_paid,paid,overpaid"},
	{"authorized", "payment", "status=requires_capture,succeeded"},
	{"shipped", "order", "fulfillment=fulfilled,partially_delivered,delivered"},
	{"shipped", "shipment", "status=shipped,delivered"},
	{"delivered", "order", "fulfillment=delivered"},
	/* What is deleted is kept, archived. */
	{"deleted", "product", "status=archived"},
	{"deleted", "customer", "status=archived"},
	{"deleted", "supplier", "status=archived"},
	{"deleted", "location", "status=archived"},
};

const char *shop_condition_word(const struct shop_record *type, size_t n)
{
	for (size_t i = 0; i < G_N_ELEMENTS(shorthands); i++)
		if (strcmp(shorthands[i].type, type->name) == 0 && n-- == 0)
			return shorthands[i].word;
	return NULL;
}

void shop_condition_done(struct shop_condition *c)
{
	g_free(c->field);
	g_strfreev(c->values);
	g_free(c->where);
	*c = (struct shop_condition){0};
}

/* The field at the end of a path into records in records. */
static const struct shop_field *find_field(const struct shop_record *type, const char *path)
{
	char **names = g_strsplit(path, ".", -1);
	const struct shop_field *field = NULL;

	for (char **name = names; *name != NULL; name++) {
		field = type == NULL ? NULL : shop_record_field(type, *name);
		type = field != NULL && field->type == SHOP_TYPE_RECORD ? field->child : NULL;
	}
	g_strfreev(names);
	return field == NULL || field->type == SHOP_TYPE_LIST || (field->flags & SHOP_FIELD_HIDDEN)
		       ? NULL
		       : field;
}

static bool is_machine(const struct shop_condition *c)
{
	return strcmp(c->field, "status") == 0 && shop_state_known(c->type->name, c->values[0]);
}

static bool refuse_field(const struct shop_record *type, const char *name, struct shop_error *err)
{
	GPtrArray *names = g_ptr_array_new();
	const char *near;

	for (size_t i = 0; i < type->count; i++)
		g_ptr_array_add(names, (gpointer)(uintptr_t)type->fields[i].name);
	near = shop_text_nearest(name, (const char *const *)names->pdata, names->len);
	shop_fail(err, E_VALUE, "%s has no field %s%s%s%s", type->name, name,
		  near == NULL ? "" : "; did you mean ", near == NULL ? "" : near,
		  near == NULL ? "" : "?");
	g_ptr_array_unref(names);
	return false;
}

/* A machine of this name has none of these states: it would be waited for in vain. */
static bool check_states(const struct shop_condition *c, struct shop_error *err)
{
	bool has_machine = false;

	for (const struct shop_transition *t = shop_transitions(); t->machine != NULL; t++)
		has_machine = has_machine || strcmp(t->machine, c->type->name) == 0;
	if (!has_machine || strcmp(c->field, "status") != 0)
		return true;
	for (char **value = c->values; *value != NULL; value++)
		if (!shop_state_known(c->type->name, *value))
			return shop_fail(err, E_VALUE,
					 "%s is no status of %s: see `shopctl explain %s.status`",
					 *value, c->type->name, c->type->name);
	return true;
}

static bool parse_pair(const char *text, const char *equals, const struct shop_record *type,
		       struct shop_condition *c, struct shop_error *err)
{
	const bool unlike = equals > text && equals[-1] == '!';

	*c = (struct shop_condition){
		.type = type,
		.field = g_strndup(text, (gsize)(equals - text - unlike)),
		.values = g_strsplit(equals + 1, ",", -1),
		.unlike = unlike,
	};
	if (find_field(type, c->field) == NULL)
		return refuse_field(type, c->field, err);
	if (c->values[0] == NULL)
		return shop_fail(err, E_VALUE, "%s= needs a value", c->field);
	return check_states(c, err);
}

static char *expand(const char *word, const struct shop_record *type)
{
	for (size_t i = 0; i < G_N_ELEMENTS(shorthands); i++)
		if (strcmp(shorthands[i].word, word) == 0 &&
		    strcmp(shorthands[i].type, type->name) == 0)
			return g_strdup(shorthands[i].condition);
	if (shop_state_known(type->name, word))
		return g_strconcat("status=", word, NULL);
	if (shop_record_field(type, "state") != NULL)
		return g_strconcat("state=", word, NULL);
	return NULL;
}

/* FIELD=VALUE or FIELD!=VALUE and no more: anything with another operator, a bracket, or an AND or
 * OR is SQL. */
static bool is_expression(const char *text)
{
	const char *end = text + strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_.");
	char *folded = g_ascii_strdown(end, -1);
	const bool joined = strstr(folded, " and ") != NULL || strstr(folded, " or ") != NULL;

	g_free(folded);
	return joined || (*end != '\0' && strchr("<>(' ", *end) != NULL);
}

static bool parse_where(const char *text, const struct shop_record *type,
			struct shop_condition *ret_condition, struct shop_error *err)
{
	if (shop_published_view(type) == NULL)
		return shop_fail(err, E_VALUE, "no view of %s is published: write FIELD=VALUE",
				 type->name);
	*ret_condition = (struct shop_condition){.type = type, .where = g_strdup(text)};
	return true;
}

bool shop_condition_holds(const struct shop_condition *c, struct shop_store *store,
			  const struct shop_query_how *how, const struct shop_object *object,
			  bool *ret_holds, struct shop_error *err)
{
	const char *key = object->type == SHOP_ID_PRODUCT ? "sku" : "id";
	AUTO_TEXT char *expression =
		g_strdup_printf("%s\n) AND (%s = '%s'", c->where, key, object->name);
	AUTO_SQL struct shop_query *query = NULL;

	return shop_query_where(store, how, shop_published_view(c->type), key, expression, &query,
				err) &&
	       shop_query_next(query, ret_holds, err);
}

bool shop_condition_parse(const char *text, const struct shop_record *type,
			  struct shop_condition *ret_condition, struct shop_error *err)
{
	struct shop_condition c = {0};
	const char *equals = strchr(text, '=');
	char *full;
	bool ok;

	if (is_expression(text))
		return parse_where(text, type, ret_condition, err);
	full = equals == NULL ? expand(text, type) : g_strdup(text);
	if (full == NULL)
		return shop_fail(err, E_VALUE,
				 "\"%s\" is no condition of %s: write FIELD=VALUE, one of its "
				 "states, or SQL",
				 text, type->name);
	ok = parse_pair(full, strchr(full, '='), type, &c, err);
	g_free(full);
	if (!ok) {
		shop_condition_done(&c);
		return false;
	}
	*ret_condition = c;
	return true;
}

static char *text_of(const json_t *value)
{
	switch (value == NULL ? JSON_NULL : json_typeof(value)) {
	case JSON_STRING:
		return g_strdup(json_string_value(value));
	case JSON_OBJECT: /* money */
		return g_strconcat(json_string_value(json_object_get(value, "amount")), " ",
				   json_string_value(json_object_get(value, "currency")), NULL);
	case JSON_NULL:
		return NULL;
	default: {
		char *dumped = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
		char *text = g_strdup(dumped);

		free(dumped);
		return text;
	}
	}
}

static char *value_of(const struct shop_condition *c, const void *record)
{
	struct shop_json j = {.to = g_string_new(NULL)};
	char **names = g_strsplit(c->field, ".", -1);
	json_t *root;
	const json_t *at;
	char *text;

	shop_record_json(&j, NULL, c->type, record);
	root = json_loads(j.to->str, 0, NULL);
	at = root;
	for (char **name = names; *name != NULL; name++)
		at = json_object_get(at, *name);
	text = text_of(at);
	json_decref(root);
	g_strfreev(names);
	g_string_free(j.to, TRUE);
	return text;
}

/* `none` stands for no value; money is known with its currency or without. */
static bool is_value(const char *is, const char *wanted)
{
	const size_t length = strlen(wanted);

	if (is == NULL)
		return strcmp(wanted, "none") == 0;
	return g_ascii_strcasecmp(is, wanted) == 0 ||
	       (g_ascii_strncasecmp(is, wanted, length) == 0 && is[length] == ' ');
}

static bool is_one_of(const struct shop_condition *c, const char *is)
{
	for (char **value = c->values; *value != NULL; value++)
		if (is_value(is, *value))
			return true;
	return false;
}

/* Whether an order's money or goods can still become what is wanted, once the order is over. */
static bool may_follow_end(const struct shop_condition *c)
{
	static const char *const after[] = {"voided", "refunded", "partially_refunded", "not_paid",
					    NULL};

	if (strcmp(c->field, "fulfillment") == 0)
		return false;
	for (char **value = c->values; *value != NULL; value++)
		if (g_strv_contains(after, *value))
			return true;
	return false;
}

static bool is_over(const struct shop_condition *c, const void *record)
{
	const struct shop_condition status = {.type = c->type, .field = (char[]){"status"}};
	char *is = value_of(&status, record);
	const bool over = g_strcmp0(is, "canceled") == 0 || g_strcmp0(is, "expired") == 0;

	g_free(is);
	return over;
}

static bool may_become(const struct shop_condition *c, const void *record, const char *is)
{
	if (c->unlike)
		return true;
	if (strcmp(c->type->name, "order") == 0 &&
	    (strcmp(c->field, "payment") == 0 || strcmp(c->field, "fulfillment") == 0))
		return may_follow_end(c) || !is_over(c, record);
	if (!is_machine(c) || is == NULL)
		return true;
	for (char **value = c->values; *value != NULL; value++)
		if (shop_state_reachable(c->type->name, is, *value))
			return true;
	return false;
}

enum shop_verdict shop_condition_judge(const struct shop_condition *c, const void *record,
				       char **ret_value)
{
	char *is = value_of(c, record);

	*ret_value = is;
	if (is_one_of(c, is) != c->unlike)
		return SHOP_MET;
	return may_become(c, record, is) ? SHOP_OPEN : SHOP_NEVER;
}

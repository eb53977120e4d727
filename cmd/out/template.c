/*
 * Printing a record by a template.
 */
#include "out/template.h"

#include "shop/text.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SIZE_LIMIT (1 << 20) /* of a template's file */
#define LOOPS_MAX 17	     /* the record, and one for each block */

static void node_clear(gpointer data)
{
	struct template_node *node = data;

	g_free(node->column.name);
	g_free(node->key);
}

void template_clear(struct template *t)
{
	if (t->nodes != NULL)
		g_array_unref(t->nodes);
	t->nodes = g_array_new(FALSE, TRUE, sizeof(struct template_node));
	g_array_set_clear_func(t->nodes, node_clear);
}

void template_free(struct template *t)
{
	if (t == NULL)
		return;
	if (t->nodes != NULL)
		g_array_unref(t->nodes);
	g_free(t->path);
	g_free(t->source);
	g_free(t);
}

/* NAME is a file, or stands in the templates' directory, as it is or with an ending. */
static char *find(const char *name, const char *directory)
{
	static const char *const endings[] = {"", ".html", ".txt"};

	if (strchr(name, '/') != NULL || directory == NULL || access(name, F_OK) == 0)
		return g_strdup(name);
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
		char *path = g_strconcat(directory, "/", name, endings[i], NULL);

		if (access(path, F_OK) == 0)
			return path;
		g_free(path);
	}
	return g_strdup(name);
}

static bool check_source(const struct template *t, gsize size, struct shop_error *err)
{
	if (size > SIZE_LIMIT)
		return shop_fail(err, E_VALUE, "%s is longer than %d bytes", t->path, SIZE_LIMIT);
	return g_utf8_validate_len(t->source, size, NULL) ||
	       shop_fail(err, E_VALUE, "%s is not UTF-8 text", t->path);
}

static bool read_file(const char *name, const char *directory, struct template **ret_template,
		      struct shop_error *err)
{
	struct template *t = g_new0(struct template, 1);
	GError *failed = NULL;
	gsize size = 0;

	*ret_template = t;
	t->path = find(name, directory);
	t->html = g_str_has_suffix(t->path, ".html") || g_str_has_suffix(t->path, ".htm");
	if (g_file_get_contents(t->path, &t->source, &size, &failed))
		return check_source(t, size, err);
	shop_fail(err, E_VALUE, "cannot read the template %s: %s", t->path, failed->message);
	if (strchr(name, '/') == NULL && directory != NULL)
		shop_fail_because(err, "it is neither here nor in %s (templates.dir)", directory);
	g_error_free(failed);
	return false;
}

/* What loops stand at: records by level. */
struct state {
	const struct template *t;
	const struct out *out;
	GString *to;
	const void *records[LOOPS_MAX];
	guint level;
};

/* Within a JSON field: "street", "geo.lat". */
static void append_key(GString *to, const char *text, const char *key)
{
	char **steps = g_strsplit(key, ".", -1);
	json_t *whole = text == NULL ? NULL : json_loads(text, JSON_DECODE_ANY, NULL), *at = whole;

	for (size_t i = 0; steps[i] != NULL; i++)
		at = json_object_get(at, steps[i]);
	if (json_is_string(at)) {
		g_string_append(to, json_string_value(at));
	} else if (at != NULL && !json_is_null(at)) {
		char *other = json_dumps(at, JSON_ENCODE_ANY | JSON_COMPACT);

		g_string_append(to, other);
		free(other);
	}
	json_decref(whole);
	g_strfreev(steps);
}

static char *value_of(const struct state *s, const struct template_node *node)
{
	const void *record = s->records[node->level];
	GString *value = g_string_new(NULL);

	if (node->key == NULL) {
		cell_append(s->out, value, &node->column, record, CELL_MACHINE);
	} else {
		GString *json = g_string_new(NULL);

		cell_append(s->out, json, &node->column, record, CELL_MACHINE);
		append_key(value, json->str, node->key);
		g_string_free(json, TRUE);
	}
	return g_string_free(value, FALSE);
}

/* Several lines stay several; what steers a terminal does not go through. */
static void append_value(const struct state *s, const char *value)
{
	char **lines = g_strsplit(value, "\n", -1);
	GString *shown = g_string_new(NULL);

	for (size_t i = 0; lines[i] != NULL; i++) {
		g_string_truncate(shown, 0);
		shop_text_escape(shown, lines[i]);
		if (i > 0)
			g_string_append_c(s->to, '\n');
		if (s->t->html)
			html_append(s->to, shown->str);
		else
			g_string_append(s->to, shown->str);
	}
	g_string_free(shown, TRUE);
	g_strfreev(lines);
}

static const struct shop_list *list_of(const struct state *s, const struct template_node *node)
{
	return (const void *)((const char *)s->records[node->level] + node->column.path[0]->offset);
}

/* Not null, false, zero or empty. */
static bool is_true(const struct state *s, const struct template_node *node)
{
	const struct shop_field *last = node->column.path[node->column.depth - 1];
	char *value;
	bool truth;

	if (last->type == SHOP_TYPE_LIST && node->column.depth == 1)
		return list_of(s, node)->count > 0;
	value = value_of(s, node);
	truth = *value != '\0' && strcmp(value, "false") != 0;
	if (truth && (last->type == SHOP_TYPE_INT || last->type == SHOP_TYPE_QUANTITY ||
		      last->type == SHOP_TYPE_MONEY))
		truth = strpbrk(value, "123456789") != NULL;
	g_free(value);
	return truth;
}

static void append_nodes(struct state *s, guint from, guint to);

/* What stands between the node and its ELSE or END, for each element; without any, what stands
 * behind ELSE. */
static void append_block(struct state *s, guint at, guint end)
{
	const struct template_node *node = &g_array_index(s->t->nodes, struct template_node, at);
	const bool has_else = node->next != end;

	if (node->kind == TEMPLATE_IF) {
		if (is_true(s, node))
			append_nodes(s, at + 1, node->next);
		else if (has_else)
			append_nodes(s, node->next + 1, end);
		return;
	}
	for (size_t i = 0; i < list_of(s, node)->count; i++) {
		const struct shop_list *list = list_of(s, node);

		s->records[++s->level] =
			(const char *)list->items + i * node->column.path[0]->child->size;
		append_nodes(s, at + 1, node->next);
		s->level--;
	}
	if (list_of(s, node)->count == 0 && has_else)
		append_nodes(s, node->next + 1, end);
}

static guint end_of(const struct template *t, guint at)
{
	guint next = g_array_index(t->nodes, struct template_node, at).next;

	if (g_array_index(t->nodes, struct template_node, next).kind == TEMPLATE_ELSE)
		next = g_array_index(t->nodes, struct template_node, next).next;
	return next;
}

static void append_nodes(struct state *s, guint from, guint to)
{
	for (guint at = from; at < to; at++) {
		const struct template_node *node =
			&g_array_index(s->t->nodes, struct template_node, at);
		char *value;

		switch (node->kind) {
		case TEMPLATE_TEXT:
			g_string_append_len(s->to, node->text, (gssize)node->size);
			break;
		case TEMPLATE_VALUE:
			value = value_of(s, node);
			append_value(s, value);
			g_free(value);
			break;
		case TEMPLATE_IF:
		case TEMPLATE_EACH:
			append_block(s, at, end_of(s->t, at));
			at = end_of(s->t, at);
			break;
		case TEMPLATE_ELSE:
		case TEMPLATE_END:
			break;
		}
	}
}

bool template_record(struct out *out, const struct shop_record *type, const void *record,
		     struct shop_error *err)
{
	struct template *t = out->template;
	struct state s = {.t = t, .out = out, .to = out->text, .records = {record}};

	if (t->type != type && !template_compile(t, type, err))
		return false;
	append_nodes(&s, 0, t->nodes->len);
	return true;
}

bool template_open(const char *name, const char *directory, const struct shop_record *type,
		   struct template **ret_template, struct shop_error *err)
{
	return read_file(name, directory, ret_template, err) &&
	       (type == NULL || template_compile(*ret_template, type, err));
}

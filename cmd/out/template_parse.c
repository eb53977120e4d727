/*
 * Reading a template: its tags become nodes whose names are resolved against the field table.
 */
#include "out/template.h"

#include <string.h>

#define DEPTH_MAX 16 /* blocks within blocks */

/* A block that is open, and what names in it are read against. */
struct block {
	guint node;
	const struct shop_record *type; /* of an each's elements; NULL in an if */
};

struct parse {
	struct template *t;
	struct block open[DEPTH_MAX];
	guint depth;
	int line;
	struct shop_error *err;
};

SHOP_PRINTF(2, 3)
static bool fail(struct parse *p, const char *fmt, ...)
{
	va_list ap;
	char *message;

	va_start(ap, fmt);
	message = g_strdup_vprintf(fmt, ap);
	va_end(ap);
	shop_fail(p->err, E_VALUE, "%s:%d: %s", p->t->path, p->line, message);
	g_free(message);
	return false;
}

/* The record type of a loop level; level 0 is the record itself. */
static const struct shop_record *type_at(const struct parse *p, guint level)
{
	guint seen = 0;

	for (guint i = 0; i < p->depth && seen < level; i++)
		if (p->open[i].type != NULL && ++seen == level)
			return p->open[i].type;
	return p->t->type;
}

static guint level_of(const struct parse *p)
{
	guint level = 0;

	for (guint i = 0; i < p->depth; i++)
		level += p->open[i].type != NULL;
	return level;
}

/* A name may end in a part of money, or go on into a field that is JSON. */
static bool resolve_part(const struct shop_record *type, const char *name,
			 struct template_node *node)
{
	const char *dot = strchr(name, '.');

	for (; dot != NULL; dot = strchr(dot + 1, '.')) {
		char *front = g_strndup(name, (size_t)(dot - name));
		const bool found = column_resolve(type, front, &node->column);

		g_free(front);
		if (!found)
			continue;
		switch (node->column.path[node->column.depth - 1]->type) {
		case SHOP_TYPE_MONEY:
			node->column.part = strcmp(dot, ".amount") == 0	    ? PART_AMOUNT
					    : strcmp(dot, ".currency") == 0 ? PART_CURRENCY
									    : PART_WHOLE;
			if (node->column.part != PART_WHOLE)
				return true;
			break;
		case SHOP_TYPE_JSON:
			node->key = g_strdup(dot + 1);
			return true;
		default:
			break;
		}
		g_clear_pointer(&node->column.name, g_free);
	}
	return false;
}

/* The innermost loop in which there is such a field. */
static bool resolve(struct parse *p, const char *name, struct template_node *node)
{
	char *where;

	for (guint level = level_of(p) + 1; level-- > 0;) {
		const struct shop_record *type = type_at(p, level);

		node->level = level;
		if (column_resolve(type, name, &node->column) || resolve_part(type, name, node))
			return true;
	}
	where = g_strdup_printf("%s:%d", p->t->path, p->line);
	(void)shop_path_unknown(type_at(p, level_of(p)), name, where, p->err);
	g_free(where);
	return false;
}

static struct template_node *add(struct parse *p, enum template_kind kind)
{
	const struct template_node node = {.kind = kind, .line = p->line};

	g_array_append_val(p->t->nodes, node);
	return &g_array_index(p->t->nodes, struct template_node, p->t->nodes->len - 1);
}

static bool is_list(const struct template_node *node)
{
	return node->column.path[node->column.depth - 1]->type == SHOP_TYPE_LIST;
}

static bool open_block(struct parse *p, enum template_kind kind, const char *name)
{
	struct template_node *node;

	if (*name != '.')
		return fail(p, "a field begins with a dot: .lines");
	if (p->depth == DEPTH_MAX)
		return fail(p, "more than %d blocks within each other", DEPTH_MAX);
	node = add(p, kind);
	if (!resolve(p, name + 1, node))
		return false;
	if (kind == TEMPLATE_EACH && (!is_list(node) || node->column.depth != 1))
		return fail(p, "%s is no list", name);
	p->open[p->depth++] = (struct block){
		.node = p->t->nodes->len - 1,
		.type = kind == TEMPLATE_EACH ? node->column.path[0]->child : NULL,
	};
	return true;
}

/* Let the block's begin, or its else, know where it goes on. */
static void link_block(struct parse *p)
{
	struct template_node *begin =
		&g_array_index(p->t->nodes, struct template_node, p->open[p->depth - 1].node);

	if (begin->next != 0)
		begin = &g_array_index(p->t->nodes, struct template_node, begin->next);
	begin->next = p->t->nodes->len - 1;
}

static bool else_block(struct parse *p)
{
	const struct template_node *begin;

	if (p->depth == 0)
		return fail(p, "{{else}} without {{#if}} or {{#each}}");
	begin = &g_array_index(p->t->nodes, struct template_node, p->open[p->depth - 1].node);
	if (begin->next != 0)
		return fail(p, "a second {{else}}; the block begins in line %d", begin->line);
	(void)add(p, TEMPLATE_ELSE);
	link_block(p);
	p->open[p->depth - 1].type = NULL; /* there is no element in it */
	return true;
}

static bool end_block(struct parse *p, enum template_kind kind)
{
	const struct template_node *begin;

	if (p->depth == 0)
		return fail(p, "there is no block to end");
	begin = &g_array_index(p->t->nodes, struct template_node, p->open[p->depth - 1].node);
	if (begin->kind != kind)
		return fail(p, "the block that begins in line %d is ended by {{/%s}}", begin->line,
			    begin->kind == TEMPLATE_IF ? "if" : "each");
	(void)add(p, TEMPLATE_END);
	link_block(p);
	p->depth--;
	return true;
}

static bool parse_tag(struct parse *p, const char *tag)
{
	if (*tag == '.') {
		struct template_node *node = add(p, TEMPLATE_VALUE);

		return resolve(p, tag + 1, node);
	}
	if (*tag == '!')
		return true;
	if (g_str_has_prefix(tag, "#if "))
		return open_block(p, TEMPLATE_IF,
				  g_strchug((char *)(uintptr_t)tag + strlen("#if ")));
	if (g_str_has_prefix(tag, "#each "))
		return open_block(p, TEMPLATE_EACH,
				  g_strchug((char *)(uintptr_t)tag + strlen("#each ")));
	if (strcmp(tag, "else") == 0)
		return else_block(p);
	if (strcmp(tag, "/if") == 0)
		return end_block(p, TEMPLATE_IF);
	if (strcmp(tag, "/each") == 0)
		return end_block(p, TEMPLATE_EACH);
	return fail(p,
		    "{{%s}} is not known; there are {{.field}}, {{#if .field}}, {{#each .list}}, "
		    "{{else}}, {{/if}}, "
		    "{{/each}} and {{! a remark}}",
		    tag);
}

static void add_text(struct parse *p, const char *from, const char *to)
{
	struct template_node *node;

	if (from >= to)
		return;
	node = add(p, TEMPLATE_TEXT);
	node->text = from;
	node->size = (size_t)(to - from);
	for (; from < to; from++)
		p->line += *from == '\n';
}

/* A tag that is no value and alone in its line takes the line with it. Returns where its text
 * before it ends. */
static const char *alone_from(const struct template *t, const char *tag, const char *end,
			      const char **ret_after)
{
	const char *from = tag;

	while (from > t->source && (from[-1] == ' ' || from[-1] == '\t'))
		from--;
	if (tag[2] == '.' || (from > t->source && from[-1] != '\n'))
		return tag;
	end += strspn(end, " \t\r");
	if (*end != '\n' && *end != '\0')
		return tag;
	*ret_after = *end == '\n' ? end + 1 : end;
	return from;
}

static bool parse(struct parse *p)
{
	const char *at = p->t->source, *tag, *end, *after;

	while ((tag = strstr(at, "{{")) != NULL) {
		const char *from;
		char *inside;
		bool ok;

		end = strstr(tag, "}}");
		if (end == NULL) {
			add_text(p, at, tag);
			return fail(p, "{{ without }}");
		}
		after = end + 2;
		from = alone_from(p->t, tag, after, &after);
		add_text(p, at, MAX(from, at));
		inside = g_strstrip(g_strndup(tag + 2, (size_t)(end - tag - 2)));
		ok = parse_tag(p, inside);
		g_free(inside);
		if (!ok)
			return false;
		for (const char *c = MAX(from, at); c < after; c++)
			p->line += *c == '\n';
		at = after;
	}
	add_text(p, at, at + strlen(at));
	if (p->depth > 0) {
		p->line =
			g_array_index(p->t->nodes, struct template_node, p->open[p->depth - 1].node)
				.line;
		return fail(p, "the block that begins here is not ended");
	}
	return true;
}

bool template_compile(struct template *t, const struct shop_record *type, struct shop_error *err)
{
	struct parse p = {.t = t, .line = 1, .err = err};

	template_clear(t);
	t->type = type;
	return parse(&p);
}

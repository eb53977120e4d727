/*
 * YAML by libyaml's event parser under the limits of SAFETY.md §13.53: no aliases, no tags, no
 * duplicate keys, depth 16, 10,000 nodes, 1 MiB. Mappings become dotted keys; a sequence of
 * scalars, one list.
 */
#include "frame/config.h"

#include <string.h>
#include <yaml.h>

#define YAML_SIZE_MAX (1024 * 1024)
#define YAML_DEPTH_MAX 16
#define YAML_NODES_MAX 10000

struct reader {
	const char *name;
	config_yaml_fn fn;
	void *ctx;
	struct shop_error *err;
	GHashTable *seen;	    /* keys read so far, owned */
	char *path[YAML_DEPTH_MAX]; /* dotted prefix of the mapping at this depth */
	int depth;
	char *key;     /* the key whose value comes next, or NULL */
	GString *list; /* a sequence being read, or NULL */
	int list_line;
	int nodes;
};

static bool fail_at(struct reader *r, size_t line, const char *what)
{
	return shop_fail(r->err, E_CONFIG, "%s:%zu: %s", r->name, line + 1, what);
}

static char *dotted(const struct reader *r, const char *key)
{
	const char *prefix = r->depth == 0 ? NULL : r->path[r->depth - 1];

	return prefix == NULL ? g_strdup(key) : g_strconcat(prefix, ".", key, NULL);
}

static bool take_key(struct reader *r, const char *text, size_t line)
{
	char *key = dotted(r, text);

	if (!g_hash_table_add(r->seen, g_strdup(key))) {
		g_free(key);
		return fail_at(r, line, "this key stands twice");
	}
	r->key = key;
	return true;
}

static bool take_value(struct reader *r, const char *text, int line)
{
	bool ok = r->fn(r->key, text, line, r->ctx, r->err);

	g_clear_pointer(&r->key, g_free);
	return ok;
}

static bool on_scalar(struct reader *r, const yaml_event_t *event)
{
	const char *text = (const char *)event->data.scalar.value;
	size_t line = event->start_mark.line;

	if (event->data.scalar.tag != NULL)
		return fail_at(r, line, "tags are not accepted");
	if (strlen(text) != event->data.scalar.length)
		return fail_at(r, line, "a NUL is not accepted");
	if (r->depth == 0)
		return text[0] == '\0' || fail_at(r, line, "a mapping of keys is expected");
	if (r->list != NULL) {
		g_string_append_printf(r->list, "%s%s", r->list->len == 0 ? "" : ",", text);
		return true;
	}
	return r->key == NULL ? take_key(r, text, line) : take_value(r, text, (int)line + 1);
}

static bool on_mapping(struct reader *r, const yaml_event_t *event)
{
	size_t line = event->start_mark.line;

	if (event->data.mapping_start.tag != NULL)
		return fail_at(r, line, "tags are not accepted");
	if (r->depth >= YAML_DEPTH_MAX)
		return fail_at(r, line, "nested too deeply");
	if (r->list != NULL || (r->depth > 0 && r->key == NULL))
		return fail_at(r, line, "a plain value is expected here");
	r->path[r->depth++] = r->key;
	r->key = NULL;
	return true;
}

static bool on_sequence(struct reader *r, const yaml_event_t *event)
{
	size_t line = event->start_mark.line;

	if (event->data.sequence_start.tag != NULL)
		return fail_at(r, line, "tags are not accepted");
	if (r->list != NULL || r->key == NULL)
		return fail_at(r, line, "a list is not expected here");
	r->list = g_string_new(NULL);
	r->list_line = (int)line + 1;
	return true;
}

static bool on_sequence_end(struct reader *r)
{
	bool ok = take_value(r, r->list->str, r->list_line);

	g_string_free(r->list, TRUE);
	r->list = NULL;
	return ok;
}

static bool on_event(struct reader *r, const yaml_event_t *event)
{
	if (++r->nodes > YAML_NODES_MAX)
		return fail_at(r, event->start_mark.line, "too many values");
	switch (event->type) {
	case YAML_ALIAS_EVENT:
		return fail_at(r, event->start_mark.line, "aliases are not accepted");
	case YAML_SCALAR_EVENT:
		return on_scalar(r, event);
	case YAML_MAPPING_START_EVENT:
		return on_mapping(r, event);
	case YAML_MAPPING_END_EVENT:
		g_clear_pointer(&r->path[--r->depth], g_free);
		return true;
	case YAML_SEQUENCE_START_EVENT:
		return on_sequence(r, event);
	case YAML_SEQUENCE_END_EVENT:
		return on_sequence_end(r);
	default:
		return true;
	}
}

static bool read_events(struct reader *r, yaml_parser_t *parser)
{
	yaml_event_t event;
	bool ok = true, end = false;

	while (ok && !end) {
		if (!yaml_parser_parse(parser, &event))
			return fail_at(r, parser->problem_mark.line,
				       parser->problem == NULL ? "not YAML" : parser->problem);
		ok = on_event(r, &event);
		end = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	return ok;
}

bool config_yaml_read(const char *text, size_t size, const char *name, config_yaml_fn fn, void *ctx,
		      struct shop_error *err)
{
	struct reader r = { .name = name, .fn = fn, .ctx = ctx, .err = err };
	yaml_parser_t parser;
	bool ok;

	if (size > YAML_SIZE_MAX)
		return shop_fail(err, E_CONFIG, "%s is larger than 1 MiB", name);
	if (!yaml_parser_initialize(&parser))
		return shop_fail(err, E_INTERNAL, "the YAML parser does not start");
	r.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
	ok = read_events(&r, &parser);
	yaml_parser_delete(&parser);
	g_hash_table_unref(r.seen);
	g_free(r.key);
	while (r.depth > 0)
		g_free(r.path[--r.depth]);
	if (r.list != NULL)
		g_string_free(r.list, TRUE);
	return ok;
}

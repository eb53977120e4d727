/*
 * YAML by libyaml's event parser. A file of data needs no aliases, anchors, tags or merge keys, so
 * there are none: what is written is what is read, and no file is larger in memory than on disk.
 * Plain words are texts; the field's type says what they mean. Only a plain null, ~ or nothing is
 * unset.
 */
#include "declare/declare_run.h"

#include <string.h>
#include <yaml.h>

#define DEPTH_MAX 16
#define TEXT_MAX 65536 /* bytes of one value */

struct yaml_reader {
	struct shop_declare *set;
	struct declare_tree *tree;
	int depth;
	bool in_map[DEPTH_MAX + 1];
	bool key_next[DEPTH_MAX + 1]; /* in a mapping: a key comes */
};

static struct declare_place place_of(yaml_mark_t mark)
{
	return (struct declare_place){(int64_t)mark.line + 1, (int64_t)mark.column + 1};
}

/* What is anchored could be used again, and a tag says what a value is in place of the field. */
static bool refuse_extras(struct yaml_reader *r, const yaml_event_t *event,
			  const yaml_char_t *anchor, const yaml_char_t *tag)
{
	if (anchor != NULL)
		declare_stop(r->set, place_of(event->start_mark), "anchors are not accepted");
	else if (tag != NULL)
		declare_stop(r->set, place_of(event->start_mark), "tags are not accepted");
	return anchor == NULL && tag == NULL;
}

static bool is_null(const yaml_event_t *event)
{
	static const char *const words[] = {"", "~", "null", "Null", "NULL", NULL};

	return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
	       g_strv_contains(words, (const char *)event->data.scalar.value);
}

/* After a value in a mapping comes a key. */
static void took_value(struct yaml_reader *r)
{
	if (r->in_map[r->depth])
		r->key_next[r->depth] = true;
}

static void on_scalar(struct yaml_reader *r, const yaml_event_t *event)
{
	const char *text = (const char *)event->data.scalar.value;
	const struct declare_place at = place_of(event->start_mark);

	if (!refuse_extras(r, event, event->data.scalar.anchor, event->data.scalar.tag))
		return;
	if (strlen(text) != event->data.scalar.length || event->data.scalar.length > TEXT_MAX) {
		declare_stop(r->set, at,
			     event->data.scalar.length > TEXT_MAX ? "a value longer than 64 KiB"
								  : "a NUL is not accepted");
	} else if (!r->in_map[r->depth] || !r->key_next[r->depth]) {
		tree_value(r->tree, is_null(event) ? NULL : text, at);
		took_value(r);
	} else if (strcmp(text, "<<") == 0) {
		declare_stop(r->set, at, "merge keys are not accepted");
	} else {
		tree_key(r->tree, text, at);
		r->key_next[r->depth] = false;
	}
}

static void begin(struct yaml_reader *r, const yaml_event_t *event, bool map)
{
	const struct declare_place at = place_of(event->start_mark);
	const yaml_char_t *anchor =
		map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
	const yaml_char_t *tag =
		map ? event->data.mapping_start.tag : event->data.sequence_start.tag;

	if (!refuse_extras(r, event, anchor, tag))
		return;
	if (r->depth == DEPTH_MAX) {
		declare_stop(r->set, at, "nested more than %d levels deep", DEPTH_MAX);
		return;
	}
	if (r->in_map[r->depth] && r->key_next[r->depth]) {
		declare_stop(r->set, at, "a key is a plain word");
		return;
	}
	if (map)
		tree_map(r->tree, at);
	else
		tree_list(r->tree, at);
	r->depth++;
	r->in_map[r->depth] = map;
	r->key_next[r->depth] = map;
}

static void on_event(struct yaml_reader *r, const yaml_event_t *event)
{
	switch (event->type) {
	case YAML_ALIAS_EVENT:
		declare_stop(r->set, place_of(event->start_mark), "aliases are not accepted");
		break;
	case YAML_SCALAR_EVENT:
		on_scalar(r, event);
		break;
	case YAML_MAPPING_START_EVENT:
	case YAML_SEQUENCE_START_EVENT:
		begin(r, event, event->type == YAML_MAPPING_START_EVENT);
		break;
	case YAML_MAPPING_END_EVENT:
	case YAML_SEQUENCE_END_EVENT:
		tree_end(r->tree);
		r->depth--;
		took_value(r);
		break;
	default:
		break;
	}
}

static void read_events(struct yaml_reader *r, yaml_parser_t *parser)
{
	yaml_event_t event;
	bool end = false;

	while (!end && !r->set->stopped) {
		if (!yaml_parser_parse(parser, &event)) {
			declare_stop(r->set, place_of(parser->problem_mark), "not YAML: %s",
				     parser->problem == NULL ? "it cannot be read"
							     : parser->problem);
			return;
		}
		on_event(r, &event);
		end = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
}

void yaml_read(struct shop_declare *set, const char *bytes, size_t size)
{
	struct yaml_reader r = {.set = set, .tree = tree_new(set)};
	yaml_parser_t parser;

	if (yaml_parser_initialize(&parser)) {
		yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, size);
		yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
		read_events(&r, &parser);
		yaml_parser_delete(&parser);
	}
	tree_free(r.tree);
}

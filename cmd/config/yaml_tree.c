/* libyaml's events, which say where they stand, as a tree. */
#include "config/yaml_tree.h"

#include <yaml.h>

struct tree_reader {
	yaml_parser_t parser;
	const char *text;
	bool failed;
};

static void entry_free(gpointer data)
{
	struct yaml_entry *entry = data;

	g_free(entry->key);
	yaml_tree_free(entry->value);
	g_free(entry);
}

void yaml_tree_free(struct yaml_node *node)
{
	if (node == NULL)
		return;
	if (node->entries != NULL)
		g_ptr_array_unref(node->entries);
	g_free(node);
}

/* libyaml counts characters. */
static size_t byte_of(const struct tree_reader *r, yaml_mark_t mark)
{
	return (size_t)(g_utf8_offset_to_pointer(r->text, (glong)mark.index) - r->text);
}

static bool next(struct tree_reader *r, yaml_event_t *event)
{
	if (!r->failed && yaml_parser_parse(&r->parser, event))
		return true;
	r->failed = true;
	return false;
}

static struct yaml_node *read_node(struct tree_reader *r, const yaml_event_t *event);

static struct yaml_entry *add_entry(struct yaml_node *node)
{
	struct yaml_entry *entry = g_new0(struct yaml_entry, 1);

	g_ptr_array_add(node->entries, entry);
	return entry;
}

/* A block ends where its last entry ends; its own end mark is behind the blank lines that follow.
 */
static void end_collection(const struct tree_reader *r, struct yaml_node *node,
			   const yaml_event_t *event)
{
	if (node->flow || node->entries->len == 0) {
		node->end = byte_of(r, event->end_mark);
	} else {
		const struct yaml_entry *last =
			g_ptr_array_index(node->entries, node->entries->len - 1);

		node->end = last->value == NULL ? node->start : last->value->end;
	}
}

static void read_entries(struct tree_reader *r, struct yaml_node *node)
{
	bool more = true;
	yaml_event_t event;

	while (more && next(r, &event)) {
		more = event.type != YAML_MAPPING_END_EVENT &&
		       event.type != YAML_SEQUENCE_END_EVENT;
		if (!more) {
			end_collection(r, node, &event);
		} else {
			struct yaml_entry *entry = add_entry(node);

			if (node->map) {
				entry->key = g_strdup((const char *)event.data.scalar.value);
				entry->start = byte_of(r, event.start_mark);
				entry->column = event.start_mark.column;
				yaml_event_delete(&event);
				if (!next(r, &event))
					return;
			}
			entry->value = read_node(r, &event);
		}
		yaml_event_delete(&event);
	}
}

static struct yaml_node *read_node(struct tree_reader *r, const yaml_event_t *event)
{
	struct yaml_node *node = g_new0(struct yaml_node, 1);

	node->start = byte_of(r, event->start_mark);
	node->end = byte_of(r, event->end_mark);
	if (event->type == YAML_SCALAR_EVENT) {
		node->empty = node->start == node->end;
		return node;
	}
	node->map = event->type == YAML_MAPPING_START_EVENT;
	node->flow = node->map ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
			       : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
	node->entries = g_ptr_array_new_with_free_func(entry_free);
	read_entries(r, node);
	return node;
}

struct yaml_node *yaml_tree_read(const char *text, size_t size)
{
	struct tree_reader r = {.text = text};
	struct yaml_node *root = NULL;
	yaml_event_t event;
	bool end = false;

	if (!yaml_parser_initialize(&r.parser))
		return NULL;
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)text, size);
	while (!end && next(&r, &event)) {
		if (event.type == YAML_MAPPING_START_EVENT)
			root = read_node(&r, &event);
		end = root != NULL || event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&r.parser);
	return root;
}

/*
 * A YAML text as a tree that knows where each thing stands in the text: for editing it in place.
 */
#ifndef SHOPCTL_CONFIG_YAML_TREE_H
#define SHOPCTL_CONFIG_YAML_TREE_H

#include <glib.h>
#include <stdbool.h>

struct yaml_entry;

/* A scalar, a list or a mapping. Places are bytes of the text. */
struct yaml_node {
	size_t start;
	size_t end; /* behind its last character that counts */
	bool map;
	bool flow;	    /* written in braces or brackets */
	bool empty;	    /* no text at all: the null of `key:` */
	GPtrArray *entries; /* of a mapping: struct yaml_entry; of a list: values only */
};

struct yaml_entry {
	char *key;     /* NULL in a list */
	size_t start;  /* of the key */
	size_t column; /* of the key, from 0 */
	struct yaml_node *value;
};

/** The tree of a text that config_yaml_read takes; NULL where there is no document or no memory of
 * it. */
struct yaml_node *yaml_tree_read(const char *text, size_t size);

/** Free; accepts NULL. */
void yaml_tree_free(struct yaml_node *node);

#endif

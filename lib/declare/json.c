/*
 * JSON, one value or several (JSON Lines). jansson reads and checks it; since it does not say where
 * a value stands, the same text is walked beside it, value by value in the same order. So problems
 * have their line and column, and a number keeps the digits it was written with.
 */
#include "declare/declare_run.h"

#include <jansson.h>
#include <string.h>

#define DEPTH_MAX 16

struct json_reader {
	struct shop_declare *set;
	struct declare_tree *tree;
	const char *at, *end;
	int64_t line;
	const char *counted; /* of this line up to here … */
	int64_t column;	     /* … there are so many characters: a file may be one line */
};

/* Over blanks and what divides values to the next value or key. */
static void skip(struct json_reader *r)
{
	for (; r->at < r->end && strchr(" \t\r\n,:", *r->at) != NULL; r->at++)
		if (*r->at == '\n') {
			r->line++;
			r->counted = r->at + 1;
			r->column = 0;
		}
}

static struct declare_place place_of(struct json_reader *r)
{
	skip(r);
	r->column += g_utf8_pointer_to_offset(r->counted, r->at);
	r->counted = r->at;
	return (struct declare_place){r->line, r->column + 1};
}

/* Over one string, number or word. *ret_length: its bytes. */
static const char *token(struct json_reader *r, size_t *ret_length)
{
	const char *start = r->at;

	if (*r->at == '"') {
		for (r->at++; r->at < r->end && *r->at != '"'; r->at++)
			if (*r->at == '\\')
				r->at++;
		r->at++;
	} else {
		while (r->at < r->end && strchr(" \t\r\n,:]}", *r->at) == NULL)
			r->at++;
	}
	*ret_length = (size_t)(r->at - start);
	return start;
}

static void walk(struct json_reader *r, json_t *value);

static void walk_object(struct json_reader *r, json_t *object, struct declare_place at)
{
	const char *key;
	json_t *value;
	size_t length;

	tree_map(r->tree, at);
	r->at++;
	json_object_foreach(object, key, value)
	{
		struct declare_place key_at = place_of(r);

		(void)token(r, &length);
		tree_key(r->tree, key, key_at);
		walk(r, value);
	}
	skip(r);
	r->at++;
	tree_end(r->tree);
}

static void walk_array(struct json_reader *r, json_t *array, struct declare_place at)
{
	json_t *value;
	size_t i;

	tree_list(r->tree, at);
	r->at++;
	json_array_foreach(array, i, value) walk(r, value);
	skip(r);
	r->at++;
	tree_end(r->tree);
}

static void walk(struct json_reader *r, json_t *value)
{
	const struct declare_place at = place_of(r);
	AUTO_TEXT char *text = NULL;
	const char *start;
	size_t length;

	if (json_is_object(value)) {
		walk_object(r, value, at);
		return;
	}
	if (json_is_array(value)) {
		walk_array(r, value, at);
		return;
	}
	start = token(r, &length);
	if (json_is_string(value))
		text = g_strdup(json_string_value(value));
	else if (!json_is_null(value))
		text = g_strndup(start, length);
	tree_value(r->tree, text, at);
}

/* jansson's own limit is 2,048. */
static bool is_deep(const char *bytes, size_t size)
{
	int depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < size && depth <= DEPTH_MAX; i++) {
		if (quoted && bytes[i] == '\\')
			i++;
		else if (bytes[i] == '"')
			quoted = !quoted;
		else if (!quoted && (bytes[i] == '{' || bytes[i] == '['))
			depth++;
		else if (!quoted && (bytes[i] == '}' || bytes[i] == ']'))
			depth--;
	}
	return depth > DEPTH_MAX;
}

void json_read(struct shop_declare *set, const char *bytes, size_t size)
{
	struct json_reader r = {.set = set,
				.tree = tree_new(set),
				.at = bytes,
				.end = bytes + size,
				.line = 1,
				.counted = bytes};

	if (is_deep(bytes, size))
		declare_stop(set, (struct declare_place){1, 1}, "nested more than %d levels deep",
			     DEPTH_MAX);
	for (skip(&r); r.at < r.end && !set->stopped; skip(&r)) {
		const struct declare_place at = place_of(&r);
		json_error_t why;
		json_t *value = json_loadb(r.at, (size_t)(r.end - r.at),
					   JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK, &why);

		if (value == NULL)
			declare_stop(set,
				     (struct declare_place){
					     at.line + why.line - 1,
					     why.column + (why.line == 1 ? at.column - 1 : 0)},
				     "not JSON: %s", why.text);
		else if (json_is_object(value) || json_is_array(value))
			walk(&r, value);
		else
			declare_stop(set, at, "objects are expected");
		json_decref(value);
	}
	tree_free(r.tree);
}

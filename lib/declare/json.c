/*
 * JSON, one value or several (JSON Lines). jansson reads and checks it, a list item by item; since
 * it does not say where a value stands, the same text is walked beside it, value by value in the
 * same order. So problems have their line and column, and a number keeps the digits it was written
 * with.
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

/* Over the bytes of `what`, counting lines. */
static void skip_over(struct json_reader *r, const char *what)
{
	for (; r->at < r->end && strchr(what, *r->at) != NULL; r->at++)
		if (*r->at == '\n') {
			r->line++;
			r->counted = r->at + 1;
			r->column = 0;
		}
}

static void skip_blanks(struct json_reader *r)
{
	skip_over(r, " \t\r\n");
}

/* Over what divides values to the next value or key: the text was read as JSON already. */
static void skip(struct json_reader *r)
{
	skip_over(r, " \t\r\n,:");
}

static struct declare_place place_of(struct json_reader *r)
{
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
		struct declare_place key_at;

		skip(r);
		key_at = place_of(r);
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
	struct declare_place at;
	AUTO_TEXT char *text = NULL;
	const char *start;
	size_t length;

	skip(r);
	at = place_of(r);
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

/* One value of the text, given to the tree and forgotten: a file may be one list of a million. */
static void read_value(struct json_reader *r)
{
	struct declare_place at;
	json_error_t why;
	json_t *value;

	skip_blanks(r);
	at = place_of(r);
	value = json_loadb(r->at, (size_t)(r->end - r->at),
			   JSON_REJECT_DUPLICATES | JSON_DISABLE_EOF_CHECK | JSON_DECODE_ANY, &why);

	if (value == NULL)
		declare_stop(
			r->set,
			(struct declare_place){at.line + why.line - 1,
					       why.column + (why.line == 1 ? at.column - 1 : 0)},
			"not JSON: %s", why.text);
	else
		walk(r, value);
	json_decref(value);
}

static bool is_next(struct json_reader *r, char what)
{
	skip_blanks(r);
	if (r->at >= r->end || *r->at != what)
		return false;
	r->at++;
	return true;
}

/* The items of a list that is the whole value, one by one. */
static void read_list(struct json_reader *r)
{
	tree_list(r->tree, place_of(r));
	r->at++;
	if (!is_next(r, ']')) {
		do
			read_value(r);
		while (!r->set->stopped && is_next(r, ','));
		if (!r->set->stopped && !is_next(r, ']'))
			declare_stop(r->set, place_of(r), "not JSON: a comma or ] is expected");
	}
	tree_end(r->tree);
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
	for (skip_blanks(&r); r.at < r.end && !set->stopped; skip_blanks(&r)) {
		if (*r.at == '[')
			read_list(&r);
		else
			read_value(&r);
	}
	tree_free(r.tree);
}

/*
 * Which mapping is an object of which kind. A document (or JSON value) is one of
 *
 *	kind: product            one object
 *	sku: MUG-01
 *
 *	- kind: product          a list of objects, as export writes them
 *	  sku: MUG-01
 *
 *	product:                 kinds, each with a list of its objects, or one
 *	  - sku: MUG-01
 */
#include "declare/declare_run.h"

enum level_type {
	LEVEL_LIST,  /* of objects */
	LEVEL_ROOT,  /* a mapping of which nothing is known before its first value */
	LEVEL_KINDS, /* a mapping of kinds */
	LEVEL_OBJECT,
	LEVEL_SKIP, /* within something that was reported */
};

struct level {
	enum level_type type;
	const struct declare_kind *kind; /* of the objects below */
	struct declare_place at;
};

struct declare_tree {
	struct shop_declare *set;
	GArray *levels; /* struct level */
	GArray *pairs;	/* struct declare_pair: of the object that is open */
	char *key;	/* the mapping's key whose value comes next */
	struct declare_place key_at;
};

static void clear_pair(gpointer data)
{
	struct declare_pair *pair = data;

	g_free(pair->name);
	g_free(pair->text);
}

struct declare_tree *tree_new(struct shop_declare *set)
{
	struct declare_tree *tree = g_new0(struct declare_tree, 1);

	tree->set = set;
	tree->levels = g_array_new(FALSE, FALSE, sizeof(struct level));
	tree->pairs = g_array_new(FALSE, FALSE, sizeof(struct declare_pair));
	g_array_set_clear_func(tree->pairs, clear_pair);
	return tree;
}

void tree_free(struct declare_tree *tree)
{
	g_array_unref(tree->levels);
	g_array_unref(tree->pairs);
	g_free(tree->key);
	g_free(tree);
}

static struct level *top(struct declare_tree *tree)
{
	return tree->levels->len == 0
		       ? NULL
		       : &g_array_index(tree->levels, struct level, tree->levels->len - 1);
}

static void push(struct declare_tree *tree, enum level_type type, const struct declare_kind *kind,
		 struct declare_place at)
{
	const struct level level = {.type = type, .kind = kind, .at = at};

	g_array_append_val(tree->levels, level);
	if (type == LEVEL_OBJECT || type == LEVEL_ROOT)
		g_array_set_size(tree->pairs, 0);
}

/* A collection that is the value of a key of a mapping of kinds. */
static void begin_kind(struct declare_tree *tree, enum level_type type, struct declare_place at)
{
	AUTO_ERROR struct shop_error err = {0};
	const struct declare_kind *kind = declare_kind_find(tree->key);

	if (kind == NULL) {
		if (!declare_kind_unknown(tree->key, &err))
			declare_problem_error(tree->set, tree->key_at, NULL, &err);
		type = LEVEL_SKIP;
	}
	push(tree, type, kind, at);
}

static void refuse(struct declare_tree *tree, struct declare_place at, const char *what)
{
	declare_problem(tree->set, at, tree->key, "%s", what);
	push(tree, LEVEL_SKIP, NULL, at);
}

/* Whether a mapping has shown nothing yet but kinds without objects. */
static bool may_be_kinds(const struct declare_tree *tree)
{
	for (guint i = 0; i < tree->pairs->len; i++) {
		const struct declare_pair *pair =
			&g_array_index(tree->pairs, struct declare_pair, i);

		if (pair->text != NULL || declare_kind_find(pair->name) == NULL)
			return false;
	}
	return true;
}

void tree_map(struct declare_tree *tree, struct declare_place at)
{
	struct level *level = top(tree);
	const struct declare_kind *given =
		tree->set->file->kind == NULL ? NULL : declare_kind_find(tree->set->file->kind);

	if (level == NULL)
		push(tree, given == NULL ? LEVEL_ROOT : LEVEL_OBJECT, given, at);
	else if (level->type == LEVEL_LIST)
		push(tree, LEVEL_OBJECT, level->kind, at);
	else if (level->type == LEVEL_SKIP)
		push(tree, LEVEL_SKIP, NULL, at);
	else if (level->type == LEVEL_OBJECT || (level->type == LEVEL_ROOT && !may_be_kinds(tree)))
		refuse(tree, at, "a plain value is expected");
	else {
		level->type = LEVEL_KINDS;
		begin_kind(tree, LEVEL_OBJECT, at);
	}
	g_clear_pointer(&tree->key, g_free);
}

void tree_list(struct declare_tree *tree, struct declare_place at)
{
	struct level *level = top(tree);

	if (level == NULL)
		push(tree, LEVEL_LIST, NULL, at);
	else if (level->type == LEVEL_SKIP)
		push(tree, LEVEL_SKIP, NULL, at);
	else if (level->type == LEVEL_LIST)
		refuse(tree, at, "an object is expected: its fields and their values");
	else if (level->type == LEVEL_OBJECT || (level->type == LEVEL_ROOT && !may_be_kinds(tree)))
		refuse(tree, at, "a plain value is expected");
	else {
		level->type = LEVEL_KINDS;
		begin_kind(tree, LEVEL_LIST, at);
	}
	g_clear_pointer(&tree->key, g_free);
}

void tree_end(struct declare_tree *tree)
{
	const struct level level = *top(tree);

	g_array_set_size(tree->levels, tree->levels->len - 1);
	g_clear_pointer(&tree->key, g_free);
	if (level.type == LEVEL_OBJECT || (level.type == LEVEL_ROOT && !may_be_kinds(tree))) {
		set_add(tree->set, level.kind, tree->pairs, level.at);
		g_array_set_size(tree->pairs, 0);
	}
}

void tree_key(struct declare_tree *tree, const char *text, struct declare_place at)
{
	g_free(tree->key);
	tree->key = g_strdup(text);
	tree->key_at = at;
}

static void take_pair(struct declare_tree *tree, const char *text, struct declare_place at)
{
	const struct declare_pair pair = {
		.name = g_steal_pointer(&tree->key),
		.text = g_strdup(text),
		.name_at = tree->key_at,
		.text_at = at,
	};

	g_array_append_val(tree->pairs, pair);
}

void tree_value(struct declare_tree *tree, const char *text, struct declare_place at)
{
	const struct level *level = top(tree);

	/* An empty document, and a kind without objects. */
	if (text == NULL && (level == NULL || level->type == LEVEL_KINDS))
		g_clear_pointer(&tree->key, g_free);
	else if (level == NULL)
		declare_problem(tree->set, at, NULL,
				"objects are expected: kind: product, or a list of them");
	else if (level->type == LEVEL_LIST)
		declare_problem(tree->set, at, NULL,
				"an object is expected: its fields and their values");
	else if (level->type == LEVEL_KINDS)
		declare_problem(tree->set, at, tree->key, "a list of objects is expected");
	else if (level->type == LEVEL_OBJECT || level->type == LEVEL_ROOT)
		take_pair(tree, text, at);
	g_clear_pointer(&tree->key, g_free);
}

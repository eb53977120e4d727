/*
 * Operands: dealing them out over the command's table, and reading more from stdin or a file.
 */
#include "frame/frame.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ITEMS_MAX 1000000

const struct operand_spec *operands_each(const struct command *command)
{
	const struct operand_spec *spec;

	for (spec = command->operands; spec != NULL && spec->name != NULL; spec++)
		if (spec->flags & OPERAND_EACH)
			return spec;
	return NULL;
}

/* How many operands the table asks for: at least, and at most (G_MAXUINT: any number). */
static void count_specs(const struct command *command, guint *ret_min, guint *ret_max)
{
	const struct operand_spec *spec;

	*ret_min = 0;
	*ret_max = 0;
	for (spec = command->operands; spec != NULL && spec->name != NULL; spec++) {
		if (!(spec->flags & OPERAND_OPTIONAL))
			(*ret_min)++;
		if ((spec->flags & OPERAND_EACH) || value_takes_rest(spec->type))
			*ret_max = G_MAXUINT;
		else if (*ret_max != G_MAXUINT)
			(*ret_max)++;
	}
}

static bool check_count(struct invocation *inv, struct shop_error *err)
{
	const struct operand_spec *spec = inv->command->operands;
	guint min, max, count = inv->operands->len;

	count_specs(inv->command, &min, &max);
	if (count > max) {
		const char *extra = g_ptr_array_index(inv->operands, max);

		return usage_fail(inv, usage_find(inv, extra), err, "one operand too many: %s",
				  extra);
	}
	if (count >= min)
		return true;
	while (count > 0 && spec[1].name != NULL) {
		if (!(spec->flags & OPERAND_OPTIONAL))
			count--;
		spec++;
	}
	return usage_fail(inv, 0, err, "%s is needed: %s", spec->name, spec->help);
}

/* An id line: the text itself, or a JSON object's id (or sku, where a product is wanted). */
static bool add_item(struct invocation *inv, GPtrArray *items, const char *line,
		     struct shop_error *err)
{
	const struct operand_spec *each = operands_each(inv->command);
	json_t *object, *id = NULL;
	char *text;

	if (items->len >= ITEMS_MAX)
		return shop_fail(err, E_USAGE, "more than %d operands", ITEMS_MAX);
	if (line[0] != '{') {
		text = g_strdup(line);
	} else {
		object = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
		if (each->type == ARG_SKU)
			id = json_object_get(object, "sku");
		if (id == NULL)
			id = json_object_get(object, "id");
		text = g_strdup(json_string_value(id));
		json_decref(object);
	}
	if (text == NULL)
		return shop_fail(err, E_VALUE, "no id in this line of the operands: %.80s", line);
	g_ptr_array_add(inv->strings, text);
	g_ptr_array_add(items, text);
	return true;
}

static bool read_items(struct invocation *inv, FILE *file, GPtrArray *items, struct shop_error *err)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t length;
	int end = inv->g.nul ? '\0' : '\n';
	bool ok = true;

	while (ok && (length = getdelim(&line, &size, end, file)) > 0) {
		if (line[length - 1] == end)
			line[length - 1] = '\0';
		g_strstrip(line);
		if (line[0] != '\0' && line[0] != '#')
			ok = add_item(inv, items, line, err);
	}
	free(line);
	if (ok && ferror(file))
		return shop_fail(err, E_IO, "cannot read operands: %s", g_strerror(errno));
	return ok;
}

static bool read_operand_file(struct invocation *inv, const char *word, GPtrArray *items,
			      struct shop_error *err)
{
	FILE *file;
	bool ok;

	if (word[0] == '-') {
		if (inv->host != NULL)
			return usage_fail(inv, usage_find(inv, word), err,
					  "-: a line has no stdin of its own");
		if (isatty(STDIN_FILENO))
			(void)fputs("reading ids from the terminal, end with Ctrl-D\n", stderr);
		return read_items(inv, stdin, items, err);
	}
	file = fopen(word + 1, "re");
	if (file == NULL)
		return shop_fail(err, E_IO, "cannot open %s: %s", word + 1, g_strerror(errno));
	ok = read_items(inv, file, items, err);
	(void)fclose(file);
	return ok;
}

static bool deal_each(struct invocation *inv, guint from, guint to, struct deal *deal,
		      struct shop_error *err)
{
	guint i;

	for (i = from; i < to; i++) {
		const char *word = g_ptr_array_index(inv->operands, i);

		if (strcmp(word, "-") != 0 && (word[0] != '@' || word[1] == '\0')) {
			g_ptr_array_add(deal->items, (gpointer)(uintptr_t)word);
			continue;
		}
		deal->literal = false;
		if (!read_operand_file(inv, word, deal->items, err))
			return false;
	}
	return true;
}

/* Which operands are the EACH ones: what is left between those before and those after it in the
 * table. */
static void each_span(const struct invocation *inv, guint *ret_from, guint *ret_to)
{
	const struct operand_spec *spec = inv->command->operands;
	guint before = 0, after = 0;

	for (; !(spec->flags & OPERAND_EACH); spec++)
		before++;
	for (spec++; spec->name != NULL; spec++)
		after++;
	*ret_from = MIN(before, inv->operands->len);
	*ret_to = inv->operands->len > after ? inv->operands->len - after : 0;
	*ret_to = MAX(*ret_from, *ret_to);
}

bool operands_deal(struct invocation *inv, struct deal *ret_deal, struct shop_error *err)
{
	guint from, to;

	ret_deal->literal = true;
	ret_deal->items = g_ptr_array_new();
	if (!check_count(inv, err))
		return false;
	if (operands_each(inv->command) == NULL) {
		g_ptr_array_add(ret_deal->items, NULL);
		return true;
	}
	each_span(inv, &from, &to);
	if (from == to)
		g_ptr_array_add(ret_deal->items, NULL);
	return deal_each(inv, from, to, ret_deal, err);
}

/* The operands of one table entry: one, or for LINE all that follow. */
static bool fill_one(const struct value_context *vc, const struct operand_spec *spec, guint *at,
		     void *args, bool wanted, struct shop_error *err)
{
	const GPtrArray *operands = vc->inv->operands;
	guint last = value_takes_rest(spec->type) ? operands->len : MIN(*at + 1, operands->len);

	for (; *at < last; (*at)++)
		if (wanted &&
		    !value_set_operand(vc, spec, g_ptr_array_index(operands, *at), args, err))
			return false;
	return true;
}

bool operands_fill(const struct value_context *vc, bool late, void *args, struct shop_error *err)
{
	const struct operand_spec *spec = vc->inv->command->operands;
	guint at = 0, from;

	for (; spec != NULL && spec->name != NULL; spec++) {
		if (spec->flags & OPERAND_EACH)
			each_span(vc->inv, &from, &at);
		else if (!fill_one(vc, spec, &at, args, value_is_late(spec->type) == late, err))
			return false;
	}
	return true;
}

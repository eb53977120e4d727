/*
 * From the text of an option or operand to the member of the args struct: one converter per type.
 */
#include "frame/frame.h"

#include "shop/text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What an option and an operand have in common. */
struct target {
	enum arg_type type;
	enum shop_id_type id_type;
	const char *const *words;
	void *member;
};

static void default_member(enum arg_type type, void *member)
{
	switch (type) {
	case ARG_INT:
	case ARG_WEIGHT:
	case ARG_TIME:
	case ARG_AGO:
	case ARG_DURATION:
		*(int64_t *)member = SHOP_NULL;
		break;
	case ARG_MONEY:
		((struct shop_money *)member)->minor = SHOP_NULL;
		break;
	case ARG_DECIMAL:
		((struct shop_decimal *)member)->value = SHOP_NULL;
		break;
	default:
		break;
	}
}

void values_default(const struct operand_spec *operands, const struct option_spec *options,
		    void *args)
{
	for (; operands != NULL && operands->name != NULL; operands++)
		default_member(operands->type, (char *)args + operands->offset);
	for (; options != NULL && options->name != NULL; options++)
		default_member(options->type, (char *)args + options->offset);
}

bool value_is_late(enum arg_type type)
{
	return type == ARG_MONEY || type == ARG_LINES || type == ARG_TIME || type == ARG_AGO;
}

bool value_takes_rest(enum arg_type type)
{
	return type == ARG_LINES || type == ARG_WORDS;
}

static void *keep(const struct value_context *vc, void *memory)
{
	g_ptr_array_add(vc->inv->strings, memory);
	return memory;
}

static bool set_word(const struct value_context *vc, const struct target *t, const char *text,
		     struct shop_error *err)
{
	char *lower = keep(vc, g_ascii_strdown(text, -1));
	const char *const *word;
	char *all;

	for (word = t->words; word != NULL && *word != NULL; word++)
		if (strcmp(lower, *word) == 0) {
			*(const char **)t->member = *word;
			return true;
		}
	if (t->words == NULL) {
		*(const char **)t->member = lower;
		return true;
	}
	all = g_strjoinv(", ", (char **)(uintptr_t)t->words);
	shop_fail(err, E_VALUE, "\"%s\" is not one of %s", text, all);
	g_free(all);
	return false;
}

static bool read_stream(FILE *file, const char *name, GString *to, struct shop_error *err)
{
	char buffer[4096];
	size_t got;

	while ((got = fread(buffer, 1, sizeof(buffer), file)) > 0 && to->len <= ARGUMENT_MAX)
		g_string_append_len(to, buffer, (gssize)got);
	if (ferror(file))
		return shop_fail(err, E_IO, "cannot read %s: %s", name, g_strerror(errno));
	if (to->len > ARGUMENT_MAX || strlen(to->str) != to->len)
		return shop_fail(err, E_VALUE, "%s is longer than 64 KiB or holds a NUL", name);
	return true;
}

/* @FILE, @- and @@ (a literal @). */
static bool set_longtext(const struct value_context *vc, const struct target *t, const char *text,
			 struct shop_error *err)
{
	GString *to;
	FILE *file;
	bool ok;

	if (text[0] != '@' || text[1] == '@') {
		*(const char **)t->member = text[0] == '@' ? text + 1 : text;
		return true;
	}
	if (vc->inv->host != NULL && strcmp(text, "@-") == 0)
		return shop_fail(err, E_USAGE, "@-: a line of a batch has no stdin of its own");
	file = strcmp(text, "@-") == 0 ? stdin : fopen(text + 1, "re");
	if (file == NULL)
		return shop_fail(err, E_IO, "cannot open %s: %s", text + 1, g_strerror(errno));
	to = g_string_new(NULL);
	ok = read_stream(file, text + 1, to, err);
	if (file != stdin)
		(void)fclose(file);
	*(const char **)t->member = keep(vc, g_string_free(to, FALSE));
	if (ok && !g_utf8_validate(*(const char **)t->member, -1, NULL))
		return shop_fail(err, E_VALUE, "%s is not valid UTF-8", text + 1);
	return ok;
}

static bool set_sku(const struct value_context *vc, const struct target *t, const char *text,
		    struct shop_error *err)
{
	char sku[SHOP_SKU_MAX + 1];

	if (!shop_sku_parse(text, sku, err))
		return false;
	*(const char **)t->member = keep(vc, g_strdup(sku));
	return true;
}

/* SKU, SKU:QTY or SKU:QTY@PRICE. */
static bool parse_line(const char *text, const char *currency, struct line_arg *line,
		       struct shop_error *err)
{
	char **at = g_strsplit(text, "@", 2);
	char **colon = g_strsplit(at[0] == NULL ? "" : at[0], ":", 2);
	bool ok;

	line->price.minor = SHOP_NULL;
	line->qty.value = 1;
	ok = colon[0] != NULL && shop_sku_parse(colon[0], line->sku, err);
	if (ok && colon[1] != NULL)
		ok = shop_decimal_parse(colon[1], &line->qty, err);
	if (ok && at[0] != NULL && at[1] != NULL)
		ok = shop_money_parse(at[1], currency, &line->price, err);
	if (!ok && err->id == E_NONE)
		shop_fail(err, E_VALUE, "\"%s\" is not SKU, SKU:QTY or SKU:QTY@PRICE", text);
	g_strfreev(colon);
	g_strfreev(at);
	return ok;
}

static bool add_line(const struct value_context *vc, const struct target *t, const char *text,
		     struct shop_error *err)
{
	struct line_args *lines = t->member;
	struct line_arg *grown;
	struct line_arg line = {0};

	if (!parse_line(text, vc->currency, &line, err))
		return false;
	/* Doubling would need a capacity; a line list is at most 2,000 and mostly 1. */
	grown = g_new0(struct line_arg, lines->count + 1);
	if (lines->count > 0)
		memcpy(grown, lines->items, lines->count * sizeof(*grown));
	grown[lines->count++] = line;
	lines->items = keep(vc, grown);
	return true;
}

static void add_rest(const struct value_context *vc, struct word_args *words, const char *text)
{
	const char **grown = g_new0(const char *, words->count + 1);

	if (words->count > 0)
		memcpy(grown, words->items, words->count * sizeof(*grown));
	grown[words->count++] = text;
	words->items = keep(vc, grown);
}

static bool set_number(const struct value_context *vc, const struct target *t, const char *text,
		       struct shop_error *err)
{
	int64_t *member = t->member;

	switch (t->type) {
	case ARG_ID:
		return shop_id_parse(text, t->id_type, member, err);
	case ARG_INT:
		return shop_int_parse(text, 0, SHOP_MINOR_MAX, member, err);
	case ARG_WEIGHT:
		return shop_weight_parse(text, member, err);
	case ARG_TIME:
		return shop_time_parse(text, &vc->clock, member, err);
	case ARG_AGO:
		return shop_time_parse_ago(text, &vc->clock, member, err);
	default:
		return shop_duration_parse(text, member, err);
	}
}

static bool add_word(const struct value_context *vc, const struct target *t, const char *text)
{
	const char **member = t->member;

	*member = *member == NULL ? text : keep(vc, g_strconcat(*member, ",", text, NULL));
	return true;
}

static bool set_value(const struct value_context *vc, const struct target *t, const char *text,
		      struct shop_error *err)
{
	if (t->type != ARG_FILE && !g_utf8_validate(text, -1, NULL))
		return shop_fail(err, E_VALUE, "not valid UTF-8");
	switch (t->type) {
	case ARG_TEXT:
	case ARG_FILE:
		*(const char **)t->member = text;
		return true;
	case ARG_LIST:
		return add_word(vc, t, text);
	case ARG_LONGTEXT:
		return set_longtext(vc, t, text, err);
	case ARG_WORD:
		return set_word(vc, t, text, err);
	case ARG_SKU:
		return set_sku(vc, t, text, err);
	case ARG_MONEY:
		return shop_money_parse(text, vc->currency, t->member, err);
	case ARG_DECIMAL:
		return shop_decimal_parse(text, t->member, err);
	case ARG_WORDS:
		add_rest(vc, t->member, text);
		return true;
	case ARG_LINES:
		return add_line(vc, t, text, err);
	default:
		return set_number(vc, t, text, err);
	}
}

bool value_set_option(const struct value_context *vc, const struct given *given, void *args,
		      struct shop_error *err)
{
	const struct option_spec *spec = given->spec;
	const struct target target = {
		.type = spec->type,
		.id_type = spec->id_type,
		.words = spec->words,
		.member = (char *)args + spec->offset,
	};
	char *name;

	if (spec->type == ARG_FLAG) {
		*(bool *)target.member = !given->negated;
		return true;
	}
	if (spec->type == ARG_TRI) {
		*(enum tri *)target.member = given->negated ? TRI_NO : TRI_YES;
		return true;
	}
	if (set_value(vc, &target, given->value, err))
		return true;
	vc->inv->caret = usage_find(vc->inv, given->value);
	name = g_strconcat("--", spec->name, NULL);
	shop_fail_while(err, name);
	shop_fail_field(err, spec->name);
	g_free(name);
	return false;
}

bool value_set_operand(const struct value_context *vc, const struct operand_spec *spec,
		       const char *text, void *args, struct shop_error *err)
{
	const struct target target = {
		.type = spec->type,
		.id_type = spec->id_type,
		.words = spec->words,
		.member = (char *)args + spec->offset,
	};

	if (set_value(vc, &target, text, err))
		return true;
	vc->inv->caret = usage_find(vc->inv, text);
	shop_fail_while(err, spec->name);
	return shop_fail_field(err, spec->name);
}

const char *arg_or_clear(const char *text)
{
	return text != NULL && strcmp(text, "none") == 0 ? "" : text;
}

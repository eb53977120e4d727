/* Ids, SKUs and lines: what the store holds. */
#include "complete/complete_private.h"

#include "shop/hint.h"

#include <string.h>

/* One question to the store, asked within a read transaction. */
struct question {
	struct completion *c;
	struct shop_hint_how how;
	struct shop_object object; /* whose lines */
	enum candidate_kind kind;
	bool operand; /* what stands there already is not offered again */
	bool line;    /* SKU: */
};

bool complete_is_operand(const struct completion *c, const char *value)
{
	for (guint i = 0; i < c->inv.operands->len; i++)
		if (g_ascii_strcasecmp(g_ptr_array_index(c->inv.operands, i), value) == 0)
			return true;
	return false;
}

static bool offer_hint(const char *value, const char *about, void *ctx)
{
	const struct question *q = ctx;
	char *line;
	bool more;

	if (q->operand && complete_is_operand(q->c, value))
		return true;
	if (!q->line)
		return complete_add(q->c, q->kind, value, about);
	line = g_strconcat(value, ":", NULL);
	more = complete_add(q->c, CANDIDATE_OPEN, line, about);
	g_free(line);
	return more;
}

static bool ask_hints(struct shop_store *store, void *ctx, struct shop_error *err)
{
	struct question *q = ctx;

	return shop_hints(store, &q->how, offer_hint, q, err);
}

/* The command as the tables of guards and states name it. */
static char *command_words(const struct completion *c)
{
	return c->inv.command == NULL || c->inv.group == NULL ? NULL : invocation_words(&c->inv);
}

static void ask(struct completion *c, struct question *q, shop_write_fn fn)
{
	AUTO_ERROR struct shop_error err = {0};
	struct shop_store *store = complete_store(c);

	if (store == NULL)
		return;
	q->c = c;
	q->how.typed = c->typed;
	q->how.now_us = complete_now(c);
	q->how.until_us = complete_soft_limit(c);
	q->how.limit = CANDIDATES_MAX - c->ret->count;
	(void)!shop_store_read(store, fn, q, &err);
}

void complete_ids(struct completion *c, enum shop_id_type type, bool operand)
{
	char *command = operand ? command_words(c) : NULL;
	struct question q = {.how = {.type = type, .command = command}, .operand = operand};

	ask(c, &q, ask_hints);
	g_free(command);
}

/* Behind the colon stands a number, which nobody can guess. */
void complete_lines(struct completion *c)
{
	struct question q = {.how = {.type = SHOP_ID_PRODUCT}, .line = true};

	if (strpbrk(c->typed, ":@") == NULL)
		ask(c, &q, ask_hints);
}

static bool offer_line(const char *value, const char *about, void *ctx)
{
	const struct question *q = ctx;

	if (g_ascii_strncasecmp(value, q->c->typed, strlen(q->c->typed)) != 0)
		return true;
	return offer_hint(value, about, ctx);
}

static bool ask_lines(struct shop_store *store, void *ctx, struct shop_error *err)
{
	struct question *q = ctx;

	return shop_line_hints(store, &q->object, q->how.now_us, offer_line, q, err);
}

bool complete_object_before(const struct completion *c, struct shop_object *ret_object)
{
	const struct operand_spec *first = c->inv.command->operands;
	const char *text = c->inv.operands->len == 0 ? NULL : g_ptr_array_index(c->inv.operands, 0);
	AUTO_ERROR struct shop_error err = {0};

	*ret_object = (struct shop_object){0};
	if (text == NULL)
		return false;
	if (first->type != ARG_ID)
		return shop_object_parse(text, ret_object, &err);
	ret_object->type = first->id_type;
	return shop_id_parse(text, first->id_type, &ret_object->id, &err);
}

void complete_its_lines(struct completion *c, bool line)
{
	struct question q = {.operand = true, .line = line};

	if (strpbrk(c->typed, ":@") == NULL && complete_object_before(c, &q.object))
		ask(c, &q, ask_lines);
}

/* "ord-", "cus-": the beginnings of the ids of what can be looked at. */
static void offer_prefixes(struct completion *c)
{
	for (int type = SHOP_ID_NONE + 1; type < SHOP_ID_TYPES; type++) {
		char *prefix;

		if (type == SHOP_ID_PRODUCT || shop_object_record((enum shop_id_type)type) == NULL)
			continue;
		prefix = g_strconcat(shop_id_prefix((enum shop_id_type)type), "-", NULL);
		(void)complete_offer(c, CANDIDATE_OPEN, prefix,
				     shop_id_noun((enum shop_id_type)type));
		g_free(prefix);
	}
}

/* The type whose ids begin as the word does up to its dash. */
static enum shop_id_type type_of(const char *typed)
{
	size_t length = strcspn(typed, "-");

	for (int type = SHOP_ID_NONE + 1; typed[length] == '-' && type < SHOP_ID_TYPES; type++) {
		const char *prefix = shop_id_prefix((enum shop_id_type)type);

		if (strlen(prefix) == length && g_ascii_strncasecmp(prefix, typed, length) == 0 &&
		    shop_object_record((enum shop_id_type)type) != NULL)
			return (enum shop_id_type)type;
	}
	return SHOP_ID_NONE;
}

void complete_objects(struct completion *c)
{
	static const enum shop_id_type named[] = {SHOP_ID_PRODUCT, SHOP_ID_CUSTOMER, SHOP_ID_ORDER};
	enum shop_id_type type = type_of(c->typed);

	if (type != SHOP_ID_NONE && type != SHOP_ID_PRODUCT) {
		complete_ids(c, type, false);
		return;
	}
	offer_prefixes(c);
	for (size_t i = 0; i < G_N_ELEMENTS(named) && (i == 0 || c->ret->count == 0); i++)
		complete_ids(c, named[i], false);
}

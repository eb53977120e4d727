/* What the program itself knows: commands to get help on, things to explain, types of events,
 * settings, checks. */
#include "complete/complete_private.h"

#include "explain/explain.h"
#include "help/topics.h"
#include "shop/check.h"

#include <string.h>

/* What may be asked about: a noun and its verbs, a command, a topic. */
static void offer_help(struct completion *c)
{
	struct completion inner = {
		.inv = {.host = c->inv.host}, .word = c->word, .typed = c->typed, .ret = c->ret};
	const GPtrArray *operands = c->inv.operands;

	complete_read(&inner, (const char *const *)operands->pdata, operands->len);
	if (!inner.lost && inner.inv.command == NULL)
		complete_names(&inner);
	complete_forget(&inner);
	invocation_done(&inner.inv);
	for (const struct help_topic *topic = help_topics();
	     operands->len == 0 && topic->name != NULL; topic++)
		(void)complete_offer_once(c, CANDIDATE_WORD, topic->name, topic->summary);
}

static void offer_errors(struct completion *c)
{
	for (int id = E_NONE + 1; id < SHOP_ERROR_COUNT; id++) {
		const struct shop_error_info *info = shop_error_info((enum shop_error_id)id);

		(void)complete_offer(c, CANDIDATE_WORD, info->name, info->help);
	}
}

static void offer_events(struct completion *c)
{
	for (const struct shop_event_type *type = shop_event_types(); type->type != NULL; type++)
		(void)complete_offer(c, CANDIDATE_WORD, type->type, type->meaning);
}

/* TYPE.FIELD */
static void offer_fields_of(struct completion *c, const char *dot)
{
	const struct shop_record *type;
	char *name = g_strndup(c->typed, (gsize)(dot - c->typed));
	const char *before = c->typed;

	type = explain_find(name);
	c->typed = dot + 1;
	for (size_t i = 0; type != NULL && i < type->count; i++)
		if (!(type->fields[i].flags & SHOP_FIELD_HIDDEN))
			(void)complete_offer(c, CANDIDATE_WORD, type->fields[i].name,
					     type->fields[i].doc);
	c->typed = before;
	g_free(name);
}

static void offer_explained(struct completion *c)
{
	static const char *const kinds[] = {"time", "money", "quantity", "duration", "id", NULL};
	const char *dot = strchr(c->typed, '.');
	GPtrArray *names;

	if (dot != NULL) {
		offer_fields_of(c, dot);
		offer_events(c);
		return;
	}
	names = explain_names();
	for (guint i = 0; i < names->len; i++)
		(void)complete_offer_once(c, CANDIDATE_WORD, g_ptr_array_index(names, i), NULL);
	g_ptr_array_unref(names);
	for (const char *const *kind = kinds; *kind != NULL; kind++)
		(void)complete_offer_once(c, CANDIDATE_WORD, *kind, "how such a value is read");
	if (c->typed[0] != '\0')
		offer_errors(c);
}

static bool offer_check(const void *record, void *ctx, struct shop_error *err)
{
	const struct shop_invariant *invariant = record;

	(void)err;
	return complete_offer(ctx, CANDIDATE_WORD, invariant->check, invariant->statement);
}

void complete_topics(struct completion *c, enum arg_hint hint)
{
	AUTO_ERROR struct shop_error err = {0};

	switch (hint) {
	case HINT_HELP:
		offer_help(c);
		break;
	case HINT_EXPLAIN:
		offer_explained(c);
		break;
	case HINT_EVENT_TYPE:
		complete_behind(c, ",");
		offer_events(c);
		break;
	case HINT_CHECK:
		(void)!shop_check_list(offer_check, c, &err);
		break;
	case HINT_ASSIGNMENT:
	case HINT_SETTING:
	case HINT_SETTING_VALUE:
	case HINT_ALIAS:
		complete_settings(c, hint);
		break;
	default:
		complete_known(c, hint);
		break;
	}
}

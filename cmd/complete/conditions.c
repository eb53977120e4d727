/* What can be done with an object, and what it can still become. */
#include "complete/complete_private.h"

#include "shop/condition.h"
#include "shop/transition.h"
#include "shop/why.h"

#include <string.h>

void complete_acts(struct completion *c)
{
	struct shop_object object;
	bool known = complete_object_before(c, &object);

	for (const struct shop_act *act = shop_why_acts(); act->name != NULL; act++)
		if (!known || act->type == object.type)
			(void)complete_offer_once(c, CANDIDATE_WORD, act->name, act->command);
}

bool complete_states(struct completion *c, const char *machine, const char *from)
{
	bool found = false;

	for (const struct shop_transition *t = shop_transitions(); t->machine != NULL; t++) {
		const char *const states[] = {t->from, t->to};

		if (strcmp(t->machine, machine) != 0)
			continue;
		found = true;
		for (size_t i = 0; i < 2; i++)
			if (from == NULL || shop_state_reachable(machine, from, states[i]))
				(void)complete_offer_once(c, CANDIDATE_WORD, states[i], NULL);
	}
	return found;
}

/* The status an object has now, a new string; NULL = not known. */
struct status {
	const struct completion *c;
	struct shop_object object;
	char *text;
};

static bool load_status(struct shop_store *store, void *ctx, struct shop_error *err)
{
	struct status *status = ctx;
	const struct shop_record *type = shop_object_record(status->object.type);
	const struct shop_field *field = shop_record_field(type, "status");
	void *record = NULL;

	if (field == NULL ||
	    !shop_object_load(store, &status->object, complete_now(status->c), &record, err))
		return field == NULL;
	status->text = g_strdup(*(char *const *)((const char *)record + field->offset));
	shop_object_free(&status->object, record);
	return true;
}

static char *status_of(struct completion *c, const struct shop_object *object)
{
	AUTO_ERROR struct shop_error err = {0};
	struct status status = {.c = c, .object = *object};
	struct shop_store *store = complete_store(c);

	if (store != NULL)
		(void)!shop_store_read(store, load_status, &status, &err);
	return status.text;
}

/* Words for a condition, then fields. */
static void offer_beginnings(struct completion *c, const struct shop_record *type)
{
	const char *word;

	for (size_t n = 0; (word = shop_condition_word(type, n)) != NULL; n++)
		(void)complete_offer_once(c, CANDIDATE_WORD, word, NULL);
	for (size_t i = 0; i < type->count; i++) {
		const struct shop_field *field = &type->fields[i];
		char *name;

		if ((field->flags & SHOP_FIELD_HIDDEN) || field->child != NULL ||
		    (field->type != SHOP_TYPE_WORD &&
		     strncmp(field->name, c->typed, strlen(c->typed)) != 0))
			continue;
		name = g_strconcat(field->name, "=", NULL);
		(void)complete_offer(c, CANDIDATE_OPEN, name, field->doc);
		g_free(name);
	}
}

void complete_condition(struct completion *c)
{
	struct shop_object object;
	const struct shop_record *type =
		complete_object_before(c, &object) ? shop_object_record(object.type) : NULL;
	const char *equals = strchr(c->typed, '=');
	char *field, *status;

	if (type == NULL)
		return;
	status = status_of(c, &object);
	if (equals == NULL) {
		offer_beginnings(c, type);
		(void)complete_states(c, type->name, status);
	} else {
		field = g_strndup(c->typed, (gsize)(equals - c->typed));
		g_strdelimit(field, "!", '\0');
		complete_behind(c, "=,");
		complete_enum(c, type, shop_record_field(type, field), status);
		g_free(field);
	}
	g_free(status);
}

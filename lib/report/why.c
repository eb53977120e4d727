/*
 * Putting an answer together: the refusal, its event, and what is waited for.
 */
#include "shop/why.h"

#include "report/why_parts.h"

#include <string.h>

static const struct shop_field blocker_fields[] = {
	SHOP_FIELD_WORD(struct shop_blocker, act, "for", "what is refused"),
	SHOP_FIELD_TEXT(struct shop_blocker, code, "code", "the refusal's code: explain CODE"),
	SHOP_FIELD_TEXT(struct shop_blocker, message, "message", "what stands in the way"),
	SHOP_FIELD_TEXT(struct shop_blocker, because, "because", "the fact behind it"),
	SHOP_FIELD_ID(struct shop_blocker, event, "event", SHOP_ID_EVENT, "the event behind it"),
	SHOP_FIELD_TEXT(struct shop_blocker, event_type, "event_type", "what happened"),
	SHOP_FIELD_TIME(struct shop_blocker, at_us, "at", "when"),
	SHOP_FIELD_TEXT(struct shop_blocker, actor, "actor", "who"),
	SHOP_FIELD_TEXT(struct shop_blocker, command, "command",
			"what to run; null when no command clears it",
			.flags = SHOP_FIELD_VERBATIM),
};

const struct shop_record shop_blocker_record =
	SHOP_RECORD("refusal", struct shop_blocker, blocker_fields);

static const struct shop_field fields[] = {
	SHOP_FIELD_TEXT(struct shop_why, object, "object", "what was asked about"),
	SHOP_FIELD_WORD(struct shop_why, status, "status", "how it stands"),
	SHOP_FIELD_WORD(struct shop_why, act, "for", "what is to be done with it"),
	SHOP_FIELD_BOOL(struct shop_why, blocked, "blocked", "whether it would be refused"),
	SHOP_FIELD_TEXT(struct shop_why, answer, "answer", "in one sentence"),
	SHOP_FIELD_LIST(struct shop_why, blockers, "blockers", &shop_blocker_record,
			"what stands in the way"),
	SHOP_FIELD_LIST(struct shop_why, waits, "waits", &why_wait_record, "what it waits for"),
};

const struct shop_record shop_why_record = SHOP_RECORD("why", struct shop_why, fields);

void shop_why_done(struct shop_why *why)
{
	shop_record_done(&shop_why_record, why);
}

/* Its status or state, as its record has it. */
static char *status_of(const struct shop_object *object, const void *record)
{
	const struct shop_record *type = shop_object_record(object->type);
	const struct shop_field *field = shop_record_field(type, "status");
	char *status;

	if (field == NULL)
		field = shop_record_field(type, "state");
	if (field == NULL)
		return NULL;
	memcpy(&status, (const char *)record + field->offset, sizeof(status));
	return g_strdup(status);
}

static bool load_status(struct shop_store *store, const struct shop_object *object, int64_t now_us,
			char **ret_status, struct shop_error *err)
{
	void *record = NULL;

	if (!shop_object_load(store, object, now_us, &record, err))
		return false;
	*ret_status = status_of(object, record);
	shop_object_free(object, record);
	return true;
}

static bool refuse_act(const struct shop_object *object, const char *act, struct shop_error *err)
{
	GString *known = g_string_new(NULL);

	for (const struct shop_act *a = shop_why_acts(); a->name != NULL; a++)
		if (a->type == object->type)
			g_string_append_printf(known, "%s%s", known->len > 0 ? ", " : "", a->name);
	if (known->len == 0)
		shop_fail(err, E_VALUE, "nothing is done with %s that could be blocked",
			  object->name);
	else
		shop_fail(err, E_VALUE, "\"%s\" is not done with %s; there are %s", act,
			  object->name, known->str);
	g_string_free(known, TRUE);
	return shop_fail_field(err, "for");
}

/* The fix as one types it; a word that is to be replaced stays as it is. */
static char *command_of(char *const *fix)
{
	char *words = fix == NULL ? NULL : g_strjoinv(" ", (char **)(uintptr_t)fix);
	char *command = words == NULL ? NULL : g_strconcat("shopctl ", words, NULL);

	g_free(words);
	return command;
}

static bool add_blocker(struct shop_store *store, const struct shop_object *object,
			struct shop_why *why, const struct shop_error *refusal,
			struct shop_error *err)
{
	struct shop_blocker *b = shop_list_add(&shop_blocker_record, &why->blockers);

	b->act = g_strdup(why->act);
	b->code = g_strdup(shop_error_info(refusal->id)->name);
	b->message = g_strdup(refusal->message);
	b->because = g_strdup(refusal->because);
	b->at_us = SHOP_NULL;
	b->command = command_of(refusal->fix);
	why->blocked = 1;
	return why_find_cause(store, object, refusal, b, err);
}

/* Refusals are answers; whatever else goes wrong is an error. */
static bool ask(struct shop_store *store, const struct shop_object *object, int64_t now_us,
		struct shop_why *why, struct shop_error *err)
{
	AUTO_ERROR struct shop_error refusal = {0};
	bool known = true;

	if (why_ask(store, object, why->act, now_us, &known, &refusal))
		return known || refuse_act(object, why->act, err);
	if (refusal.code == SHOP_REFUSED)
		return add_blocker(store, object, why, &refusal, err);
	shop_error_take(err, &refusal);
	return false;
}

static char *answer_of(const struct shop_why *why)
{
	const struct shop_blocker *b = why->blockers.items;
	const struct shop_wait *w = why->waits.items;
	char *status = why->status == NULL ? g_strdup("") : g_strconcat(" is ", why->status, NULL);
	char *answer;

	if (why->blocked)
		answer = g_strdup(b->message);
	else if (why->waits.count > 0)
		answer = g_strdup_printf("nothing blocks %s; it waits for %s, which %s",
					 why->object, w->object, w->what);
	else if (why->act == NULL)
		answer = g_strdup_printf("nothing blocks %s: it%s, and nothing is left to do",
					 why->object, status);
	else
		answer = g_strdup_printf("nothing blocks %s: it can be done", why->act);
	g_free(status);
	return answer;
}

bool shop_why(struct shop_store *store, const struct shop_object *object, const char *act,
	      int64_t now_us, struct shop_why *ret_why, struct shop_error *err)
{
	AUTO_WHY struct shop_why why = {.object = g_strdup(object->name)};

	if (!load_status(store, object, now_us, &why.status, err))
		return false;
	if (act == NULL && why.status != NULL)
		act = why_next_act(object, why.status);
	why.act = g_strdup(act);
	if ((act != NULL && !ask(store, object, now_us, &why, err)) ||
	    !why_find_waits(store, object, &why.waits, err))
		return false;
	why.answer = answer_of(&why);
	shop_record_take(&shop_why_record, ret_why, &why);
	return true;
}

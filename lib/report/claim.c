/*
 * The row of claims: an object with one member for each piece of work that is held.
 */
#include "report/claim.h"

#include "shop/command_log.h"
#include "shop/json.h"
#include "shop/text.h"

#include <jansson.h>
#include <string.h>

#define PRINCIPAL "" /* actors have names */
#define KEY "claims"

struct claim {
	char *actor;
	int64_t until_us;
};

static void claim_free(gpointer data)
{
	struct claim *claim = data;

	g_free(claim->actor);
	g_free(claim);
}

static struct claim *claim_new(const char *actor, int64_t until_us)
{
	struct claim *claim = g_new(struct claim, 1);

	*claim = (struct claim){g_strdup(actor), until_us};
	return claim;
}

static char *name_of(const struct shop_work *work)
{
	return g_strconcat(work->kind, ":", work->object, NULL);
}

void claims_done(struct claims *claims)
{
	if (claims->held != NULL)
		g_hash_table_unref(claims->held);
	*claims = (struct claims){0};
}

bool claims_load(struct shop_store *store, int64_t now_us, struct claims *ret_claims,
		 struct shop_error *err)
{
	AUTO_COMMAND_FOUND struct shop_command_found found = {0};
	const char *name;
	json_t *kept, *value;

	*ret_claims = (struct claims){0};
	if (!shop_command_find(store, PRINCIPAL, KEY, &found, &ret_claims->is_saved, err))
		return false;
	ret_claims->held = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, claim_free);
	if (!ret_claims->is_saved)
		return true;
	kept = json_loads(found.result, 0, NULL);
	json_object_foreach(kept, name, value)
	{
		const char *actor = json_string_value(json_object_get(value, "actor"));
		int64_t until_us = json_integer_value(json_object_get(value, "until_us"));

		if (until_us > now_us)
			g_hash_table_insert(ret_claims->held, g_strdup(name),
					    claim_new(actor, until_us));
	}
	json_decref(kept);
	return true;
}

void claims_tell(const struct claims *claims, struct shop_work *work)
{
	AUTO_TEXT char *name = name_of(work);
	const struct claim *claim = g_hash_table_lookup(claims->held, name);

	g_free(work->claimed_by);
	work->claimed_by = claim == NULL ? NULL : g_strdup(claim->actor);
	work->claimed_until = claim == NULL ? SHOP_NULL : claim->until_us;
}

int64_t claims_count(const struct claims *claims, const char *actor)
{
	GHashTableIter iter;
	gpointer value;
	int64_t count = 0;

	g_hash_table_iter_init(&iter, claims->held);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		const struct claim *claim = value;

		count += actor == NULL || g_strcmp0(claim->actor, actor) == 0;
	}
	return count;
}

void claims_add(struct claims *claims, struct shop_work *work, const char *actor, int64_t until_us)
{
	g_hash_table_replace(claims->held, name_of(work), claim_new(actor, until_us));
	claims_tell(claims, work);
}

static char *kept_json(const struct claims *claims)
{
	struct shop_json j = {.to = g_string_new(NULL)};
	GHashTableIter iter;
	gpointer name, value;

	shop_json_object(&j, NULL);
	g_hash_table_iter_init(&iter, claims->held);
	while (g_hash_table_iter_next(&iter, &name, &value)) {
		const struct claim *claim = value;

		shop_json_object(&j, name);
		shop_json_text(&j, "actor", claim->actor);
		shop_json_int(&j, "until_us", claim->until_us);
		shop_json_end(&j);
	}
	shop_json_end(&j);
	return g_string_free(j.to, FALSE);
}

bool claims_save(struct shop_store *store, const struct claims *claims, struct shop_error *err)
{
	AUTO_TEXT char *kept = kept_json(claims);
	const struct shop_command_entry entry = {
		.principal = PRINCIPAL,
		.key = KEY,
		.request_hash = KEY, /* no request is compared with it */
		.result = kept,
		.money = true, /* not swept with the keys */
		.event_from = SHOP_NULL,
		.event_to = SHOP_NULL,
	};

	return claims->is_saved ? shop_command_replace(store, &entry, err)
				: shop_command_save(store, &entry, err);
}

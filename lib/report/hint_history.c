/* Transactions as hints: the latest ones, by what they did. */
#include "report/hint_sources.h"

#include "shop/undo.h"

#include <string.h>

#define LOOKED_AT 200

struct tell {
	const struct shop_hint_how *how;
	const char *digits;
	shop_hint_fn fn;
	void *ctx;
	size_t given;
};

static bool tell_one(const void *record, void *ctx, struct shop_error *err)
{
	const struct shop_history *entry = record;
	struct tell *tell = ctx;
	char id[SHOP_ID_TEXT], about[200];
	const char *number = shop_id_format(SHOP_ID_TXN, entry->txn, id);

	(void)err;
	number += strlen(shop_id_prefix(SHOP_ID_TXN)) + 1;
	if (strncmp(number, tell->digits, strlen(tell->digits)) != 0)
		return true;
	(void)g_snprintf(about, sizeof(about), "%s: %s", entry->actor, entry->what);
	return tell->fn(id, about, tell->ctx) && ++tell->given < tell->how->limit;
}

bool hint_history(struct shop_store *store, const struct shop_hint_how *how, shop_hint_fn fn,
		  void *ctx, struct shop_error *err)
{
	struct tell tell = {
		.how = how, .digits = hint_digits(how->type, how->typed), .fn = fn, .ctx = ctx};

	if (tell.digits == NULL)
		return true;
	return shop_history_list(store, NULL, LOOKED_AT, tell_one, &tell, err) || err->id == E_NONE;
}

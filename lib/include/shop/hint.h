/*
 * Hints: which objects somebody means who has begun to type one, with a few words about each.
 *
 *	struct shop_hint_how how = { .type = SHOP_ID_ORDER, .typed = "ord-10", .limit = 200 };
 *	shop_hints(store, &how, print, ctx, &err);	ord-1042 "Ana Lima, 62.50 EUR, confirmed"
 *
 * What is typed is the beginning of an id (ord-10, 10, #10), of a SKU, or words of what the object
 *is called. Each question hits an index and has a limit, so an answer costs the same however large
 *the shop is.
 */
#ifndef SHOP_HINT_H
#define SHOP_HINT_H

#include "shop/object.h"

#include <stddef.h>

struct shop_hint_how {
	enum shop_id_type type;
	const char *typed; /* "" = the newest */
	/* Only those that this command ("order cancel") would not refuse, by its guards; NULL =
	 * all. */
	const char *command;
	int64_t now_us;
	int64_t until_us; /* on the monotonic clock: what is not found by then is left out */
	size_t limit;
};

/** Receives what to type and what it is; false stops. The strings are valid during the call. */
typedef bool (*shop_hint_fn)(const char *value, const char *about, void *ctx);

/** Objects of a type, the newest first; products by their SKU. Fails as reading the store fails. */
bool shop_hints(struct shop_store *store, const struct shop_hint_how *how, shop_hint_fn fn,
		void *ctx, struct shop_error *err) SHOP_CHECKED;

/** The SKUs of an object's lines, with titles. An object that has none, or is not there, gives
 * none. */
bool shop_line_hints(struct shop_store *store, const struct shop_object *object, int64_t now_us,
		     shop_hint_fn fn, void *ctx, struct shop_error *err) SHOP_CHECKED;

#endif

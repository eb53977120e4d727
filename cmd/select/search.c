/*
 * --search: rows that hold words, by their own texts or by those of what they belong to.
 */
#include "select/select_private.h"

#include "search/search.h"

#include <string.h>

/* By which field a list's rows are looked up among the objects that hold the words. */
static const struct searched {
	const char *record, *field;
	enum shop_id_type type;
} lists[] = {
	{"product", "sku", SHOP_ID_PRODUCT},
	{"stock", "sku", SHOP_ID_PRODUCT},
	{"customer", "id", SHOP_ID_CUSTOMER},
	{"supplier", "id", SHOP_ID_SUPPLIER},
	{"order", "id", SHOP_ID_ORDER},
	{"shipment", "id", SHOP_ID_SHIPMENT},
	{"purchase", "id", SHOP_ID_PURCHASE},
	{"payment", "order", SHOP_ID_ORDER},
	{"backorder", "order", SHOP_ID_ORDER},
	{"cart", "customer", SHOP_ID_CUSTOMER},
	{NULL, NULL, SHOP_ID_NONE},
};

struct asking {
	const char *text;
	const struct select_how *how;
	const struct searched *list;
	struct out *out;
	struct keys *keys;
};

static void add_key(int64_t number, const char *text, void *keys)
{
	keys_add(keys, number, text);
}

static bool ask(struct shop_store *store, void *arg, struct shop_error *err)
{
	const struct asking *a = arg;
	struct search_listener listener;
	char *notice = NULL;
	const struct shop_search in = {
		.text = a->text,
		.now_us = a->how->clock.now_us,
		.progress = &listener.progress,
		.ret_notice = &notice,
	};
	bool ok;

	search_listen(&listener, a->how->quiet);
	ok = shop_search_keys(store, &in, a->list->type, add_key, a->keys, err);
	search_listened(&listener, a->out, notice);
	return ok;
}

bool search_open(const char *text, const struct select_how *how, struct out *out,
		 struct keys *ret_keys, struct shop_error *err)
{
	const struct searched *list = lists;
	const struct shop_field *field;
	struct asking asking = {text, how, NULL, out, ret_keys};

	while (list->record != NULL && strcmp(list->record, how->type->name) != 0)
		list++;
	if (list->record == NULL)
		return shop_fail(err, E_USAGE, "--search: no words are kept of these rows");
	field = shop_record_field(how->type, list->field);
	keys_init(ret_keys, field, field == shop_record_key(how->type));
	asking.list = list;
	if (shop_store_read(how->store, ask, &asking, err)) {
		keys_settle(ret_keys);
		return true;
	}
	shop_fail_while(err, "--search");
	return shop_fail_field(err, "search");
}

/*
 * Any object by what people call it: a typed id, or a SKU for a product.
 *
 *	struct shop_object object = { 0 };
 *	shop_object_parse("ord-1042", &object, err);
 *	void *record = NULL;
 *	shop_object_load(store, &object, now_us, &record, err);	shop_object_record(object.type) says
 *what it is shop_object_free(&object, record);
 */
#ifndef SHOP_OBJECT_H
#define SHOP_OBJECT_H

#include "shop/record.h"
#include "shop/store.h"

struct shop_object {
	enum shop_id_type type;
	int64_t id;		     /* 0 for a product named by its SKU */
	char name[SHOP_SKU_MAX + 1]; /* as it is written: ord-1042, MUG-01 */
};

/** Read an id of any type that can be shown, or a SKU. Fails with E_VALUE. */
bool shop_object_parse(const char *text, struct shop_object *ret_object,
		       struct shop_error *err) SHOP_CHECKED;

/** The record type of such objects; NULL when none can be shown. */
const struct shop_record *shop_object_record(enum shop_id_type type);

/** Load it as it is now; the record is the caller's (shop_object_free). Fails with E_NOT_FOUND. */
bool shop_object_load(struct shop_store *store, const struct shop_object *object, int64_t now_us,
		      void **ret_record, struct shop_error *err) SHOP_CHECKED;

/** Free a loaded record. Accepts NULL. */
void shop_object_free(const struct shop_object *object, void *record);

#endif

/*
 * Suppliers: where the shop buys what it sells, how long they take, and how much too much they may
 *deliver.
 *
 *	const struct shop_supplier_new in = { .name = "Kiln & Co", .lead_days = SHOP_NULL,
 *.over_percent = SHOP_NULL }; AUTO_SUPPLIER struct shop_supplier supplier = { 0 };
 *	shop_supplier_create(store, &in, &supplier, err);
 *
 * Functions that write run inside a shop_store_write, whose context says who, when and why.
 */
#ifndef SHOP_SUPPLIER_H
#define SHOP_SUPPLIER_H

#include "shop/record.h"
#include "shop/store.h"

struct shop_supplier {
	int64_t id;
	char *name;
	char *email;
	char *phone;
	char *country;
	char *currency; /* of its purchases */
	int64_t lead_days;
	int64_t over_percent; /* SHOP_NULL = the policy's */
	char *status;	      /* active, archived */
	int64_t created_at;
	int64_t updated_at;
	int64_t version;
};

extern const struct shop_record shop_supplier_record;

#define AUTO_SUPPLIER SHOP_CLEANUP(shop_supplier_done)

/** Free what a supplier owns and zero it. */
void shop_supplier_done(struct shop_supplier *supplier);

/* A supplier to make, or changes to one: in a change NULL and SHOP_NULL leave a field as it is, ""
 * clears a text, SHOP_CLEAR puts a number back to what it is when nothing is said. */
struct shop_supplier_new {
	const char *name;
	const char *email;
	const char *phone;
	const char *country;  /* ISO 3166 alpha-2 */
	const char *currency; /* ISO 4217; NULL = the store's */
	int64_t lead_days;    /* SHOP_NULL = 7 */
	int64_t over_percent; /* 0 to 100; SHOP_NULL = the policy's */
};

/** Make a supplier. Appends supplier.created. Fails with E_DUPLICATE (the name; names the
 * supplier), E_TEXT, E_INVALID. */
bool shop_supplier_create(struct shop_store *store, const struct shop_supplier_new *in,
			  struct shop_supplier *ret_supplier, struct shop_error *err) SHOP_CHECKED;

/** Change fields; appends supplier.updated, nothing when nothing differs. Purchases made keep their
 * currency. */
bool shop_supplier_update(struct shop_store *store, int64_t id, const struct shop_supplier_new *in,
			  struct shop_supplier *ret_supplier, struct shop_error *err) SHOP_CHECKED;

/** Archive: no purchases any more. Appends supplier.archived. Fails with E_SUPPLIER_IN_USE (it has
 * open purchases). */
bool shop_supplier_archive(struct shop_store *store, int64_t id, struct shop_supplier *ret_supplier,
			   struct shop_error *err) SHOP_CHECKED;

/** Load one. Fails with E_NOT_FOUND. */
bool shop_supplier_load(struct shop_store *store, int64_t id, struct shop_supplier *ret_supplier,
			struct shop_error *err) SHOP_CHECKED;

/** List suppliers in the order they were made. status: NULL = active ones. limit: SHOP_NULL = no
 * limit. */
bool shop_supplier_list(struct shop_store *store, const char *status, int64_t limit,
			shop_record_fn fn, void *ctx, struct shop_error *err) SHOP_CHECKED;

#endif

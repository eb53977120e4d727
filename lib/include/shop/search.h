/*
 * Full text over the shop's objects. The texts of products, customers, suppliers, orders and shipments are kept in
 * an index, a file of its own beside the store (`shop.db-search`): derived data that knows up to which event it is
 * true. Whoever searches first brings it up to date; what is missing, damaged or of another store is made anew.
 *
 * What is found: each word of the text must begin a word of the object, without case and accents, or stand (three
 * characters at least) anywhere in one of its codes: SKU, barcode, e-mail, phone, tracking number, reference. An
 * order is found by its customer's texts too, a shipment by its order's, a purchase by its supplier's.
 */
#ifndef SHOP_SEARCH_H
#define SHOP_SEARCH_H

#include "shop/record.h"
#include "shop/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What an object is called, for completion. The strings are the caller's only during the call. */
struct shop_search_name {
	enum shop_id_type type;
	int64_t number;	   /* the row's: of a product too */
	const char *id;	   /* what commands take: "MUG-01", "cus-1000" */
	const char *title; /* a product's title, a customer's or supplier's name, whom an order goes to; may be "" */
};

/** Receives one name; false stops. */
typedef bool (*shop_search_name_fn)(const struct shop_search_name *name, void *ctx);

/**
 * What the index holds now about a text, for completion: the newest first, at most `limit`.
 *
 * Never writes, never brings the index up to date, never waits and never fails: where there is no index that can be
 * read at once it gives nothing. Every word of the text must begin a word (or stand in a code) of the object.
 *
 * type           only these objects: product, customer, supplier, order or shipment; SHOP_ID_NONE = all
 */
void shop_search_peek(struct shop_store *store, enum shop_id_type type, const char *text, size_t limit,
		      shop_search_name_fn fn, void *ctx);

#endif

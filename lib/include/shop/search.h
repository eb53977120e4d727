/*
 * Full text over the shop's objects. The texts of products, customers, suppliers, orders and
 * shipments are kept in an index, a file of its own beside the store (`shop.db-search`): derived
 * data that knows up to which event it is true. Whoever searches first brings it up to date; what
 * is missing, damaged or of another store is made anew.
 *
 * What is found: each word of the text must begin a word of the object, without case and accents,
 * or stand (three characters at least) anywhere in one of its codes: SKU, barcode, e-mail, phone,
 * tracking number, reference. An order is found by its customer's texts too, a shipment by its
 * order's, a purchase by its supplier's.
 */
#ifndef SHOP_SEARCH_H
#define SHOP_SEARCH_H

#include "shop/record.h"
#include "shop/store.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What was found. */
struct shop_search_hit {
	char *id;    /* what commands take: "MUG-01", "ord-1042" */
	char *kind;  /* product, customer, supplier, order, shipment or purchase */
	char *title; /* a product's title, a person's name; of an order or shipment, whom it goes to
		      */
	char *status;
	int64_t total; /* an order's total, a product's price; SHOP_NULL = none */
	char *currency;
	char *matched; /* the text of it, or of what it belongs to, in which the first word stands
			*/
	int64_t at;    /* when it was made or placed */
	int64_t rank;  /* how well it fits: hits come by rank, then the newest first */
	int64_t number;
};

extern const struct shop_record shop_search_hit_record;

/* Who hears how far the index has come while it is made or brought up to date. */
struct shop_search_progress {
	void (*fn)(const char *kind, int64_t objects, void *ctx);
	void *ctx;
};

/* What to search for. */
struct shop_search {
	const char *text;
	unsigned kinds;				     /* bits 1u << SHOP_ID_ORDER …; 0 = all */
	int64_t now_us;				     /* for the price in force */
	const struct shop_search_progress *progress; /* NULL = nobody */
	char **ret_notice; /* why the index could not be used or kept (g_free); untouched when it
			      could */
};

/** The n-th kind that is searched ("product"); NULL after the last. */
const char *shop_search_kind(size_t n);

/** Read "product,order" as bits. Fails with E_VALUE, naming the kinds there are. */
bool shop_search_kinds_read(const char *list, unsigned *ret_kinds,
			    struct shop_error *err) SHOP_CHECKED;

/**
 * Give every object that matches: best rank first, then the newest. The first thousand of a kind
 * are looked at closely; what else matches comes behind them. A number or an id finds the object
 * that has it.
 *
 * Fails with     E_VALUE (no letter or digit, more than 32 words), E_STORE_…
 */
bool shop_search(struct shop_store *store, const struct shop_search *in, shop_record_fn fn,
		 void *ctx, struct shop_error *err) SHOP_CHECKED;

/** Receives the number and, of a product, the SKU (else NULL) of one object. */
typedef void (*shop_search_key_fn)(int64_t number, const char *sku, void *ctx);

/**
 * Give the keys of all objects of one kind that match, in rising order of their numbers.
 *
 * Fails with     as shop_search
 */
bool shop_search_keys(struct shop_store *store, const struct shop_search *in,
		      enum shop_id_type type, shop_search_key_fn fn, void *ctx,
		      struct shop_error *err) SHOP_CHECKED;

/** Bring an index that there is up to date, for so long at most: for whoever has time. Never makes
 * one. */
bool shop_search_refresh(struct shop_store *store, int64_t budget_us,
			 struct shop_error *err) SHOP_CHECKED;

/** Receives one object of which the index says something else than the store. */
typedef bool (*shop_search_fault_fn)(const char *object, const char *message, void *ctx,
				     struct shop_error *err);

/** Compare the index, as far as it has come, with the store. Where there is none nothing is wrong. */
bool shop_search_check(struct shop_store *store, shop_search_fault_fn fn, void *ctx,
		       struct shop_error *err) SHOP_CHECKED;

/* What an object is called, for completion. The strings are the caller's only during the call. */
struct shop_search_name {
	enum shop_id_type type;
	int64_t number;	   /* the row's: of a product too */
	const char *id;	   /* what commands take: "MUG-01", "cus-1000" */
	const char *title; /* a product's title, a customer's or supplier's name, whom an order goes
			      to; may be "" */
};

/** Receives one name; false stops. */
typedef bool (*shop_search_name_fn)(const struct shop_search_name *name, void *ctx);

/**
 * What the index holds now about a text, for completion: the newest first, at most `limit`.
 *
 * Never writes, never brings the index up to date, never waits and never fails: where there is no
 * index that can be read at once it gives nothing. Every word of the text must begin a word (or
 * stand in a code) of the object.
 *
 * type           only these objects: product, customer, supplier, order or shipment; SHOP_ID_NONE =
 * all
 */
void shop_search_peek(struct shop_store *store, enum shop_id_type type, const char *text,
		      size_t limit, shop_search_name_fn fn, void *ctx);

#endif

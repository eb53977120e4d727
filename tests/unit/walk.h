/*
 * A random walk through the shop: what the random steps share. A walk is a function of its seed:
 * each step draws from a generator begun with the seed and the step's number, so a step that the
 * store runs again does the same.
 */
#ifndef TEST_WALK_H
#define TEST_WALK_H

#include "store_help.h"

#include "shop/money.h"
#include "shop/quantity.h"

#include <glib.h>

#define WALK_MINUTE (INT64_C(60) * 1000000)
#define WALK_HOUR (60 * WALK_MINUTE)
#define WALK_DAY (24 * WALK_HOUR)

struct walk {
	struct shop_store *store;
	uint64_t seed;
	int64_t step;
	uint64_t random;
	int64_t now_us;
	bool alone; /* no other process writes: the model of what lies on the shelves holds */
	GHashTable *on_hand; /* SKU → what receipts, corrections and parcels make of it, int64_t */
	int64_t call_payment; /* an operation the step wants called after its transaction; 0 = none
			       */
	int64_t call_n;
	GString *story; /* the steps so far, for a failure */
};

/* One kind of step: inside a transaction, or (outside) making its own. */
struct walk_step {
	const char *name;
	int weight;
	bool outside;
	bool (*run)(struct walk *w, struct shop_error *err);
};

/** The steps of one area, ended by one without a name. */
const struct walk_step *walk_stock_steps(void);
const struct walk_step *walk_sales_steps(void);
const struct walk_step *walk_goods_steps(void);
const struct walk_step *walk_supply_steps(void);
const struct walk_step *walk_money_steps(void);

/** Begin step n: from here on the draws are those of this step. */
void walk_begin(struct walk *w, int64_t step);

/** 0 to below n. */
int64_t walk_draw(struct walk *w, int64_t n);

/** True once in n. */
bool walk_once_in(struct walk *w, int64_t n);

/** One of these words. */
#define WALK_WORD(w, ...)                                                                          \
	walk_word(w, (const char *const[]){__VA_ARGS__},                                           \
		  sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))
const char *walk_word(struct walk *w, const char *const *words, size_t count);

/**
 * An id of a row, mostly one of those `open` selects (a query for ids whose order $1 stirs), else
 * one of the last of `last` (a query for the largest id), and now and then one that is not there.
 */
int64_t walk_pick(struct walk *w, const char *open, const char *last);

/** A product's SKU into text, now and then one that is not there. Returns text. */
const char *walk_sku(struct walk *w, char text[64]);

/** A location's id: 0 (the default) or one of those there are. */
int64_t walk_place(struct walk *w);

/** A quantity as typed: mostly small and whole, now and then with decimals, a unit, 0, negative or
 * very large. */
struct shop_decimal walk_quantity(struct walk *w);

/** Mostly no amount, else a small one, now and then in a foreign currency. */
struct shop_money walk_amount(struct walk *w);

/** What the walk knows of the shelves changes: units of a product came (or left, negative). */
void walk_shelve(struct walk *w, const char *sku, int64_t qty);

/** Cancel every order as far as it has not left, abandon every cart: nothing may be promised to
 * anybody then. */
void walk_take_back(struct walk *w);

/** Ignores a record given to it. */
bool walk_ignore(const void *record, void *ctx, struct shop_error *err);

#endif

/*
 * Paths into records: "total", "customer.name", "lines[].sku". Resolved once against the field table, then walked.
 *
 *	struct shop_path path;
 *	if (!shop_path_find(&shop_order_record, "total", &path)) …
 *	struct shop_value value = shop_path_value(&path, record);      one value: no list on the way
 */
#ifndef SHOP_RECORD_PATH_H
#define SHOP_RECORD_PATH_H

#include "shop/record.h"

#include <stdbool.h>

#define SHOP_PATH_DEPTH 6

/* The fields to walk from a record; a field whose name holds a dot is one step. */
struct shop_path {
	const struct shop_field *steps[SHOP_PATH_DEPTH];
	int depth;
};

/* What stands at the end of a path; texts belong to the record. */
struct shop_value {
	const struct shop_field *field;
	bool null;
	int64_t number;       /* of all types but texts; a quantity is in 10^-scale units */
	const char *text;     /* of TEXT, WORD and JSON */
	const char *currency; /* of MONEY */
	int scale;	      /* of QUANTITY */
};

/** Find the path of a name; false when the record has no such field, or a hidden one. */
bool shop_path_find(const struct shop_record *type, const char *name, struct shop_path *ret_path);

/** Raise E_VALUE "what: order has no field totl, did you mean total". Returns false. */
bool shop_path_unknown(const struct shop_record *type, const char *name, const char *what, struct shop_error *err);

/** The field at the end. */
const struct shop_field *shop_path_last(const struct shop_path *path);

/** Whether a list stands on the way or at the end. */
bool shop_path_has_list(const struct shop_path *path);

/** The value of a field of this record. */
struct shop_value shop_field_value(const struct shop_field *field, const void *record);

/** The one value at the end of a path without lists. */
struct shop_value shop_path_value(const struct shop_path *path, const void *record);

/** Gives each value at the end of the path, through lists, to fn until it returns true; whether one did. */
typedef bool (*shop_value_fn)(const struct shop_value *value, void *ctx);
bool shop_path_any(const struct shop_path *path, const void *record, shop_value_fn fn, void *ctx);

/**
 * Order two values of one field: below, at or above 0. Unset ones come first; texts go by their bytes, money by its
 * minor units (the caller sees to the currency).
 */
int shop_value_compare(const struct shop_value *a, const struct shop_value *b);

/**
 * The field a record is named by: a product's SKU, a number `n` that comes first, the first id, the object it is about,
 * else the first field.
 */
const struct shop_field *shop_record_key(const struct shop_record *type);

/** A deep copy for the caller (shop_record_done, g_free). */
void *shop_record_copy(const struct shop_record *type, const void *record);

#endif

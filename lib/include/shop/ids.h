/*
 * Typed ids: people see `ord-1042`, the store holds 1042. Numbers start at 1000 per type, never reused.
 *
 *	int64_t id;
 *	if (!shop_id_parse("ORD-1042", SHOP_ID_ORDER, &id, err)) …     id == 1042
 *	char text[SHOP_ID_TEXT];
 *	shop_id_format(SHOP_ID_ORDER, id, text);                       "ord-1042"
 */
#ifndef SHOP_IDS_H
#define SHOP_IDS_H

#include "shop/error.h"

#include <stddef.h>
#include <stdint.h>

#define SHOP_ID_FIRST 1000
#define SHOP_ID_TEXT 28  /* prefix, dash, 19 digits, NUL */
#define SHOP_SKU_MAX 64

enum shop_id_type {
	SHOP_ID_NONE = 0,
	SHOP_ID_PRODUCT,   /* prd- */
	SHOP_ID_CUSTOMER,  /* cus- */
	SHOP_ID_CART,      /* cart- */
	SHOP_ID_ORDER,     /* ord- */
	SHOP_ID_LINE,      /* lin- */
	SHOP_ID_PAYMENT,   /* pay- */
	SHOP_ID_REFUND,    /* rfn- */
	SHOP_ID_SHIPMENT,  /* shp- */
	SHOP_ID_BACKORDER, /* bko- */
	SHOP_ID_RETURN,    /* ret- */
	SHOP_ID_SUPPLIER,  /* sup- */
	SHOP_ID_PURCHASE,  /* pur- */
	SHOP_ID_LOCATION,  /* loc- */
	SHOP_ID_EVENT,     /* evt- */
	SHOP_ID_JOB,       /* job- */
	SHOP_ID_WEBHOOK,   /* whk- */
	SHOP_ID_TXN,       /* txn- */
	SHOP_ID_TYPES
};

/** The prefix of a type without its dash ("ord"). */
const char *shop_id_prefix(enum shop_id_type type);

/** The noun people use for a type ("order", "purchase"). */
const char *shop_id_noun(enum shop_id_type type);

/** Write "ord-1042" into text; id 0 gives "". Returns text. */
const char *shop_id_format(enum shop_id_type type, int64_t id, char text[SHOP_ID_TEXT]);

/**
 * Read an id where `type` is wanted: `ord-1042`, `ORD-1042`, `#1042` or `1042`.
 *
 * Fails with E_VALUE: not an id, or one of another type ("pay-88 is a payment, this takes an order").
 */
bool shop_id_parse(const char *text, enum shop_id_type type, int64_t *ret_id,
                   struct shop_error *err) SHOP_CHECKED;

/** Which type a `prefix-number` text is, or SHOP_ID_NONE. */
enum shop_id_type shop_id_type_of(const char *text);

/**
 * Read a SKU: [A-Z0-9][A-Z0-9._/-]{0,63}, upper-cased into ret_sku, not of the form prefix-number.
 *
 * Fails with E_VALUE.
 */
bool shop_sku_parse(const char *text, char ret_sku[SHOP_SKU_MAX + 1], struct shop_error *err) SHOP_CHECKED;

#endif

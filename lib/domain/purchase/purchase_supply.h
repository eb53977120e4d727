/*
 * A product's supply in numbers, and what should be bought of it.
 */
#ifndef SHOP_DOMAIN_PURCHASE_SUPPLY_H
#define SHOP_DOMAIN_PURCHASE_SUPPLY_H

#include "shop/ids.h"
#include "shop/store.h"

/* Quantities are in the product's smallest unit, over all locations. */
struct supply {
	int64_t product_id;
	char sku[SHOP_SKU_MAX + 1];
	int64_t qty_scale;
	int64_t reorder_point; /* SHOP_NULL = never reordered */
	int64_t reorder_qty;   /* SHOP_NULL = as much as is missing */
	bool bought;	       /* its stock is counted and it is not archived */
	int64_t supplier_id;   /* its own active one, 0 = none */
	int64_t on_hand;
	int64_t allocated;
	int64_t backordered;
	int64_t on_order; /* outstanding on open purchases, drafts too */
};

/** Read a product's supply. Fails with E_NOT_FOUND. */
bool supply_load(struct shop_store *store, int64_t product_id, struct supply *ret_supply,
		 struct shop_error *err) SHOP_CHECKED;

/** What will be there when everything on order has come and all that is promised has left. */
int64_t supply_projected(const struct supply *s);

/** How many backordered units nothing on order brings. */
int64_t supply_short_of_backorders(const struct supply *s);

/** How much to buy so that the projected stock lies above the reorder point, at least reorder_qty;
 * 0 when it does. */
int64_t supply_to_reorder(const struct supply *s);

/**
 * Put qty on the supplier's draft, or a new one; purchase_order.created or updated.
 * *ret_purchase_id is 0 when nobody knows where to buy it: then purchase_order.blocked, once while
 * it lasts.
 */
bool supply_draft(struct shop_store *store, const struct supply *s, int64_t qty,
		  int64_t *ret_purchase_id, struct shop_error *err) SHOP_CHECKED;

/** Link the product's waiting backorders that no open purchase brings to those that can. */
bool supply_link(struct shop_store *store, int64_t product_id, struct shop_error *err) SHOP_CHECKED;

#endif

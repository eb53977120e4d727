/*
 * What the files of the backorder noun share, and what a purchase does to the backorders it brings.
 */
#ifndef SHOP_DOMAIN_BACKORDER_ROW_H
#define SHOP_DOMAIN_BACKORDER_ROW_H

#include "shop/backorder.h"
#include "shop/journal.h"

/* Exactly the condition of ix_backorder_waiting, so that it is used. */
#define BACKORDER_WAITS "status IN ('open', 'sourced', 'partially_allocated')"

#define SELECT_BACKORDER                                                                           \
	"SELECT b.id, b.order_id, b.line, p.sku, b.qty, b.allocated, b.canceled,"                  \
	" b.qty - b.allocated - b.canceled, p.qty_scale, b.status, b.promised_us, b.purchase_id,"  \
	" b.product_id, b.location_id, b.placed_us, b.updated_us, b.version"                       \
	" FROM backorder b JOIN product p ON p.id = b.product_id"

/** What the quantities say: the status of a backorder that has not shipped. A constant. */
const char *backorder_status(int64_t qty, int64_t allocated, int64_t canceled, bool sourced);

/** Whether units of it still wait. Fails with E_BACKORDER_STATE. */
bool backorder_may_change(const struct shop_backorder *b, struct shop_error *err) SHOP_CHECKED;

/** The id of a SKU, 0 for NULL. Fails with E_NOT_FOUND. */
bool backorder_product_of(struct shop_store *store, const char *sku, int64_t *ret_id,
			  struct shop_error *err) SHOP_CHECKED;

/** Begin an event about it, with its order, line, product and SKU. */
void backorder_event_begin(struct shop_event_draft *e, const char *type,
			   const struct shop_backorder *b);

/** Move open units to allocated or canceled: row, status and the stock's counter. Updates *b; no
 * event. */
bool backorder_take(struct shop_store *store, struct shop_backorder *b, int64_t allocated,
		    int64_t canceled, struct shop_error *err) SHOP_CHECKED;

/** Cancel qty of its open units: backorder_take and backorder.canceled. The order line is the
 * caller's. */
bool backorder_cancel_units(struct shop_store *store, struct shop_backorder *b, int64_t qty,
			    struct shop_error *err) SHOP_CHECKED;

/** Set the promised date with its event; nothing when it is the same. Updates *b. */
bool backorder_promise(struct shop_store *store, struct shop_backorder *b, int64_t promised_us,
		       struct shop_error *err) SHOP_CHECKED;

/** Link a waiting backorder to the purchase that brings it: backorder.sourced, and its eta
 * promised. Updates *b. */
bool backorder_link(struct shop_store *store, struct shop_backorder *b, int64_t purchase_id,
		    int64_t eta_us, struct shop_error *err) SHOP_CHECKED;

/** A purchase has a (new) date of arrival: promise it to the waiting backorders it brings. */
bool backorder_promise_of_purchase(struct shop_store *store, int64_t purchase_id, int64_t eta_us,
				   struct shop_error *err) SHOP_CHECKED;

/** A purchase will not bring what it was to: its waiting backorders are open again, with no date
 * (backorder.delayed). */
bool backorder_unlink_purchase(struct shop_store *store, int64_t purchase_id,
			       struct shop_error *err) SHOP_CHECKED;

/** A product was taken out of a purchase: who waited for it there is open again. No-op while
 * another line has it. */
bool backorder_unlink_product(struct shop_store *store, int64_t purchase_id, int64_t product_id,
			      struct shop_error *err) SHOP_CHECKED;

#endif

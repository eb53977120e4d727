/*
 * One change of a cart, whatever it is. It is opened if the cart may change; its rows are written
 * while the event is put together; closing it revives the cart, brings its holds up to date and
 * tells what moved.
 */
#ifndef SHOP_DOMAIN_CART_EDIT_H
#define SHOP_DOMAIN_CART_EDIT_H

#include "domain/cart/cart_row.h"

struct cart_edit {
	struct shop_store *store;
	struct shop_cart cart; /* as it was; its currency and address as they will be */
	struct shop_event_draft event;
	int64_t count; /* of its lines */
	int64_t last_n;
};

#define AUTO_CART_EDIT SHOP_CLEANUP(cart_edit_done)

/** Free what an edit holds. */
void cart_edit_done(struct cart_edit *e);

/** Load the cart and ask whether it may change. Fails with E_NOT_FOUND, E_CART_CLOSED. */
bool cart_edit_open(struct cart_edit *e, int64_t id, struct shop_error *err) SHOP_CHECKED;

/** Begin cart.updated, `changed` naming what will (NULL = its status only); its array of lines is
 * open. */
void cart_edit_begin(struct cart_edit *e, const char *changed);

/** Write the cart, refresh its holds, append the event and commit. */
bool cart_edit_close(struct cart_edit *e, struct shop_txn *txn, struct shop_cart *ret_cart,
		     struct shop_error *err) SHOP_CHECKED;

#endif

/*
 * What falls due by the clock alone.
 */
#include "worker/worker.h"

#include "domain/domain.h"
#include "shop/cart.h"
#include "shop/order.h"

/* Holds or carts of one transaction; what is left comes with the next round. */
#define HOLDS 500
#define CARTS 200

static bool expire_holds(struct shop_store *store, void *arg, struct shop_error *err)
{
	(void)arg;
	return stock_holds_expire(store, HOLDS, err);
}

static bool ignore(const void *record, void *ctx, struct shop_error *err)
{
	(void)record;
	(void)ctx;
	(void)err;
	return true;
}

static bool expire_orders(struct shop_store *store, void *arg, struct shop_error *err)
{
	(void)arg;
	return shop_order_expire(store, SHOP_NULL, ignore, NULL, err);
}

static bool expire_carts(struct shop_store *store, void *arg, struct shop_error *err)
{
	const struct shop_cart_expire in = {.older_than_us = SHOP_NULL, .limit = CARTS};

	(void)arg;
	return shop_cart_expire(store, &in, ignore, NULL, err);
}

bool worker_expire(struct worker *w, struct shop_error *err)
{
	const struct shop_context ctx = worker_context(w);

	return (shop_store_write(w->store, &ctx, expire_holds, w, err) &&
		shop_store_write(w->store, &ctx, expire_orders, w, err) &&
		shop_store_write(w->store, &ctx, expire_carts, w, err)) ||
	       shop_fail_while(err, "ending what is over time");
}

/*
 * Who holds which work: the claims that have not run out, in one row of the table of commands'
 * answers. They are few, each lasts minutes, and whoever claims sweeps away those that ran out.
 */
#ifndef SHOP_REPORT_CLAIM_H
#define SHOP_REPORT_CLAIM_H

#include "shop/next.h"

#include <glib.h>

/* The claims as they stand in the running transaction. */
struct claims {
	GHashTable *held; /* "order_late:ord-1000" → struct claim */
	bool is_saved;	  /* there is a row already */
};

#define AUTO_CLAIMS SHOP_CLEANUP(claims_done)

/** Free what it owns. No-op on zeroed claims. */
void claims_done(struct claims *claims);

/** Read the claims that last beyond now. */
bool claims_load(struct shop_store *store, int64_t now_us, struct claims *ret_claims,
		 struct shop_error *err) SHOP_CHECKED;

/** Say of a piece of work who holds it and until when; nothing when nobody does. */
void claims_tell(const struct claims *claims, struct shop_work *work);

/** How many claims an actor holds; of everybody with NULL. */
int64_t claims_count(const struct claims *claims, const char *actor);

/** Give a piece of work to an actor, here and in `work`; claims_save keeps it. */
void claims_add(struct claims *claims, struct shop_work *work, const char *actor, int64_t until_us);

/** Keep the claims in the running transaction. */
bool claims_save(struct shop_store *store, const struct claims *claims,
		 struct shop_error *err) SHOP_CHECKED;

#endif

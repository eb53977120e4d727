/*
 * Idempotency keys: what a command under a key answered, kept in the transaction of its effect, so
 *that the same call again gives the same answer and does nothing (SAFETY.md §3).
 *
 *	shop_command_find(store, "ana", "key-1", &old, &found, err);
 *	if (found) …the same request: old.result; another: E_KEY_REUSED…
 *	…the effect…
 *	shop_command_save(store, &entry, err);
 */
#ifndef SHOP_COMMAND_LOG_H
#define SHOP_COMMAND_LOG_H

#include "shop/store.h"

#include <stdbool.h>
#include <stdint.h>

#define SHOP_KEY_MAX 255 /* bytes of an idempotency key */

/* One row, as given or as found. */
struct shop_command_entry {
	const char *principal; /* who: keys of two people never meet */
	const char *key;
	const char *request_hash; /* of command, operands and options */
	const char *result;	  /* what stdout got */
	int64_t exit_code;
	bool money;	    /* kept for ever; others 30 days */
	int64_t event_from; /* first and last event of the effect; SHOP_NULL = none */
	int64_t event_to;
};

/* What an earlier run left. */
struct shop_command_found {
	char *request_hash;
	char *result;
	int64_t exit_code;
};

#define AUTO_COMMAND_FOUND SHOP_CLEANUP(shop_command_found_done)

/** Free what it owns and zero it. */
void shop_command_found_done(struct shop_command_found *found);

/** Look a key up in the running transaction. *ret_found says whether there was one. */
bool shop_command_find(struct shop_store *store, const char *principal, const char *key,
		       struct shop_command_found *ret_command, bool *ret_found,
		       struct shop_error *err) SHOP_CHECKED;

/** Put another answer under a saved key: the outcome of the outside calls that followed its commit. */
bool shop_command_answer(struct shop_store *store, const char *principal, const char *key,
			 const char *result, int64_t exit_code, struct shop_error *err) SHOP_CHECKED;

/** Put another request and answer under a saved key: what was last applied to an object. */
bool shop_command_replace(struct shop_store *store, const struct shop_command_entry *entry,
			  struct shop_error *err) SHOP_CHECKED;

/** Save a key with its answer in the running transaction, at its context's time. */
bool shop_command_save(struct shop_store *store, const struct shop_command_entry *entry,
		       struct shop_error *err) SHOP_CHECKED;

#endif

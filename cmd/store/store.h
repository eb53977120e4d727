/*
 * The store commands, and the record they print.
 */
#ifndef SHOPCTL_STORE_STORE_H
#define SHOPCTL_STORE_STORE_H

#include "shopctl.h"

extern const struct shop_record store_record;

extern const struct command cmd_store_init;
extern const struct command cmd_store_info;
extern const struct command cmd_store_backup;
extern const struct command cmd_store_restore;
extern const struct command cmd_store_migrate;

/** Print the open store's facts; with a sentence (a mutation) in place of the fields in tables. */
bool store_print(struct session *s, struct shop_store *store, const char *sentence, struct out *out,
		 struct shop_error *err) SHOP_CHECKED;

#endif

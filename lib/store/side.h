/*
 * A file of derived data beside the store: a database of its own, which the functions of db.h work
 *on as on the store. It holds nothing that cannot be made again from the store, so it is emptied
 *rather than mended, and it has no WAL: one file, of the store's mode.
 *
 *	struct shop_store *side = NULL;
 *	db_side_open(store, &format, DB_SIDE_WRITE, &side, err)
 *	db_side_begin(side, err) && db_run(side, …) && db_side_commit(side, err)
 *	shop_store_close(&side);
 */
#ifndef SHOP_STORE_SIDE_H
#define SHOP_STORE_SIDE_H

#include "store/db.h"

enum db_side_mode {
	DB_SIDE_PEEK,  /* read what is there, never wait */
	DB_SIDE_READ,  /* read what is there */
	DB_SIDE_WRITE, /* made where there is none */
};

/* What a kind of file is called and how it is marked. */
struct db_side_format {
	const char *suffix;	   /* of the store's path: "-search" */
	int64_t version;	   /* another one's file is emptied */
	const char *const *schema; /* NULL-ended statements */
};

/**
 * Open the file. In DB_SIDE_WRITE one that is new, of another version or no database gets its
 * tables, empty.
 *
 * Fails with     E_STORE_MISSING, E_STORE_NOT_SHOP, E_STORE_VERSION (reading: no such file, none of
 * ours, of another version), E_STORE_READONLY, E_STORE_PERMISSION, E_STORE_IO, E_STORE_FULL,
 * E_STORE_BUSY, E_STORE_DAMAGED
 */
bool db_side_open(const struct shop_store *store, const struct db_side_format *format,
		  enum db_side_mode mode, struct shop_store **ret_side,
		  struct shop_error *err) SHOP_CHECKED;

/** Empty the file and give it its tables, whatever is in it. */
bool db_side_reset(struct shop_store *side, const struct db_side_format *format,
		   struct shop_error *err) SHOP_CHECKED;

/** Begin to write: one process at a time does. Fails with E_STORE_BUSY. */
bool db_side_begin(struct shop_store *side, struct shop_error *err) SHOP_CHECKED;

/** Keep what was written. After a failure of it, nothing was. */
bool db_side_commit(struct shop_store *side, struct shop_error *err) SHOP_CHECKED;

/** Drop what was written; no-op outside a transaction. */
void db_side_rollback(struct shop_store *side);

/** Whether the store is within a write, so that what it shows may still be undone. */
bool db_is_writing(const struct shop_store *store);

#endif

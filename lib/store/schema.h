/* The schema of each version, as statements in the common SQL subset (STORE.md §2). */
#ifndef SHOP_STORE_SCHEMA_H
#define SHOP_STORE_SCHEMA_H

/* Statements that make an empty store of version 1; NULL-ended. */
extern const char *const store_schema_v1[];

#endif

/* A store in a directory of its own, for the tests of lib/store. */
#ifndef TEST_STORE_HELP_H
#define TEST_STORE_HELP_H

#include "store/db.h"
#include "store/store_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct test_store {
	char *directory;
	char *path;
	struct shop_store *store;
	struct shop_error err;
};

extern const struct shop_context test_ana;

/** cmocka set-up and tear-down: *state is a struct test_store with an open test store. */
int test_store_setup(void **state);
int test_store_teardown(void **state);

/** A path in the store's directory (g_free). */
char *test_store_beside(const struct test_store *t, const char *name);

/** Open the store again, as another process would. */
struct shop_store *test_store_open(struct test_store *t, enum shop_store_mode mode,
				   enum shop_sync sync);

/** The count kept in counter 'ord'. */
int64_t test_store_count(struct test_store *t);

/** Work for shop_store_write: take one order number; a non-NULL arg fails after it. */
bool test_store_bump(struct shop_store *store, void *arg, struct shop_error *err);

#endif

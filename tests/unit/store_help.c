/* A store in a directory of its own, for the tests of lib/store. */
#include "store_help.h"

#include <glib.h>
#include <glib/gstdio.h>

const struct shop_context test_ana = {.actor = "ana", .now_us = INT64_C(1795392000000000)};

char *test_store_beside(const struct test_store *t, const char *name)
{
	return g_build_filename(t->directory, name, NULL);
}

int test_store_setup(void **state)
{
	struct test_store *t = g_new0(struct test_store, 1);
	struct shop_store_new in = {
		.currency = "EUR", .test = true, .actor = "ana", .now_us = test_ana.now_us};

	t->directory = g_dir_make_tmp("shop-store-XXXXXX", NULL);
	t->path = test_store_beside(t, "shop.db");
	in.path = t->path;
	*state = t;
	if (!shop_store_create(&in, &t->store, &t->err))
		fail_msg("%s", t->err.message);
	return 0;
}

int test_store_teardown(void **state)
{
	struct test_store *t = *state;
	GDir *dir = g_dir_open(t->directory, 0, NULL);
	const char *name;

	shop_store_close(&t->store);
	while (dir && (name = g_dir_read_name(dir))) {
		char *path = test_store_beside(t, name);
		g_unlink(path);
		g_free(path);
	}
	g_dir_close(dir);
	g_rmdir(t->directory);
	shop_error_done(&t->err);
	g_free(t->path);
	g_free(t->directory);
	g_free(t);
	return 0;
}

struct shop_store *test_store_open(struct test_store *t, enum shop_store_mode mode,
				   enum shop_sync sync)
{
	const struct shop_store_options options = {.path = t->path, .mode = mode, .sync = sync};
	struct shop_store *store = NULL;

	if (!shop_store_open(&options, &store, &t->err))
		return NULL;
	return store;
}

int64_t test_store_count(struct test_store *t)
{
	int64_t next = 0;

	if (!db_get(t->store, &next, "SELECT next FROM counter WHERE type = 'ord'", NULL, &t->err))
		fail_msg("%s", t->err.message);
	return next - SHOP_ID_FIRST;
}

bool test_store_bump(struct shop_store *store, void *arg, struct shop_error *err)
{
	int64_t id;

	if (!shop_store_next_id(store, SHOP_ID_ORDER, &id, err))
		return false;
	return !arg || shop_fail(err, E_INVALID, "no");
}

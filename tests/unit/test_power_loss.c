/*
 * Power loss: at every sync and every acknowledgement the disk is rebuilt without what was not
 * synced, and each acknowledged commit must be in it. The control shows that the test would notice
 * a missing sync.
 */
#include "loss_vfs.h"
#include "store_help.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

enum { COMMITS = 60, CHECKPOINT_EVERY = 11 };

static bool add_one(struct shop_store *store, void *arg, struct shop_error *err)
{
	static const char sql[] = "INSERT INTO meta (key, value) VALUES (CAST($1 AS {text}), $2)";
	char *text = g_strnfill(300, 'x');
	bool ok = test_store_bump(store, NULL, err) &&
		  db_run(store, sql, "it", err, *(int64_t *)arg, text);

	g_free(text);
	return ok;
}

/* Two connections write in turn, with checkpoints between; `forget` leaves out the sync after the
 * commit. */
static struct loss_log *play(struct test_store *t, enum shop_sync sync, bool forget)
{
	struct loss_log *log;
	struct shop_store *stores[2];

	shop_store_close(&t->store);
	log = loss_begin(t->path);
	for (int i = 0; i < 2; i++) {
		stores[i] = test_store_open(t, SHOP_STORE_WRITE, sync);
		assert_non_null(stores[i]);
		if (forget)
			stores[i]->sync = SHOP_SYNC_OFF;
	}
	for (int64_t n = 0; n < COMMITS; n++) {
		assert_true(shop_store_write(stores[n % 2], &test_ana, add_one, &n, &t->err));
		loss_acknowledge(log);
		if (n % CHECKPOINT_EVERY == 7)
			assert_true(shop_store_checkpoint(stores[n / 2 % 2], true, &t->err));
	}
	shop_store_close(&stores[0]);
	shop_store_close(&stores[1]);
	loss_end(log);
	return log;
}

static int64_t ask(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	int64_t value = -1;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW)
		value = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return value;
}

/* Whether the image is sound and holds at least `acknowledged` commits, each wholly. */
static bool survives(const char *path, int64_t acknowledged)
{
	char *shm = g_strconcat(path, "-shm", NULL);
	sqlite3 *db = NULL;
	int64_t commits = -1;
	bool sound;

	g_unlink(shm);
	g_free(shm);
	if (sqlite3_open(path, &db) == SQLITE_OK)
		commits = ask(db, "SELECT next - 1000 FROM counter WHERE type = 'ord'");
	sound = commits >= acknowledged && commits <= acknowledged + 1 &&
		ask(db, "SELECT count(*) FROM meta WHERE key BETWEEN '0' AND '99'") == commits &&
		ask(db,
		    "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'") ==
			0;
	sqlite3_close(db);
	return sound;
}

static int count_losses(struct test_store *t, const struct loss_log *log)
{
	char *path = test_store_beside(t, "image.db");
	int losses = 0;

	for (size_t moment = 0; moment < loss_moments(log); moment++)
		for (int loss = LOSS_ALL; loss <= LOSS_SOME; loss++) {
			int64_t acknowledged = loss_image(log, moment, (enum loss)loss, path);
			losses += !survives(path, acknowledged);
		}
	g_free(path);
	return losses;
}

static void what_was_acknowledged_survives_with_late_syncs(void **state)
{
	struct loss_log *log = play(*state, SHOP_SYNC_LATE, false);

	assert_true(loss_moments(log) >= 2 * COMMITS);
	assert_int_equal(count_losses(*state, log), 0);
	loss_free(log);
}

static void what_was_acknowledged_survives_with_full_syncs(void **state)
{
	struct loss_log *log = play(*state, SHOP_SYNC_FULL, false);

	assert_int_equal(count_losses(*state, log), 0);
	loss_free(log);
}

static void a_forgotten_sync_would_be_noticed(void **state)
{
	struct loss_log *log = play(*state, SHOP_SYNC_LATE, true);

	assert_true(count_losses(*state, log) > 0);
	loss_free(log);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(what_was_acknowledged_survives_with_late_syncs),
		EACH(what_was_acknowledged_survives_with_full_syncs),
		EACH(a_forgotten_sync_would_be_noticed),
	};

	g_random_set_seed(1795392000); /* the same losses each time */
	return cmocka_run_group_tests(tests, NULL, NULL);
}

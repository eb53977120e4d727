/*
 * SQLite before 3.51.3 can lose what was committed when a checkpoint meets a writer that begins the
 * WAL anew. Two processes write, two checkpoint as fast as they can: every acknowledged row is
 * there, and the file is sound.
 */
#include "store_help.h"

#include "store/sqlite.h"

#include <glib.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WRITERS = 2, CHECKPOINTERS = 2, RUN_US = 1000000 };

static bool add_row(struct shop_store *store, void *arg, struct shop_error *err)
{
	static const char sql[] = "INSERT INTO meta (key, value) VALUES ($1, 'x')";
	char *key = g_strdup_printf("race %d", *(int *)arg);
	bool ok = test_store_bump(store, NULL, err) && db_run(store, sql, "t", err, key);

	g_free(key);
	return ok;
}

/* Rows numbered from a million times the writer's number; *acknowledged counts them. */
static int write_rows(struct test_store *t, int writer, int *acknowledged, int64_t until_us)
{
	struct shop_store *store = test_store_open(t, SHOP_STORE_WRITE, SHOP_SYNC_OFF);

	while (store && turnstile_clock_us() < until_us) {
		int row = writer * 1000000 + *acknowledged;

		if (!shop_store_write(store, &test_ana, add_row, &row, &t->err))
			return 1;
		++*acknowledged;
	}
	shop_store_close(&store);
	return 0;
}

static int checkpoint_always(struct test_store *t, int *done, int64_t until_us)
{
	struct shop_store *store = test_store_open(t, SHOP_STORE_WRITE, SHOP_SYNC_OFF);

	while (store && turnstile_clock_us() < until_us) {
		if (!shop_store_checkpoint(store, true, &t->err))
			return 1;
		++*done;
	}
	shop_store_close(&store);
	return 0;
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

/* The writer of the step by step race, met in the middle of a checkpoint of another connection. */
static struct race {
	sqlite3 *writer;
	int met; /* what its commit in the middle said; -1 = the checkpoint did not come by */
} race;

static int meet(sqlite3_file *file, sqlite3_int64 offset, void *page)
{
	(void)file;
	(void)offset;
	(void)page;
	if (race.met < 0)
		race.met = sqlite3_exec(race.writer,
					"UPDATE meta SET value = 'met' WHERE key = 'race'", NULL,
					NULL, NULL);
	return SQLITE_OK;
}

static sqlite3 *open_writer(const char *path)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
				      "PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = OFF;"
				      "INSERT INTO meta (key, value) VALUES ('race', 'first')",
				      NULL, NULL, NULL),
			 SQLITE_OK);
	return db;
}

/* All of the WAL into the file; how many frames it has. */
static int checkpoint_raw(sqlite3 *db)
{
	int frames = -1, done = -1;

	assert_int_equal(
		sqlite3_wal_checkpoint_v2(db, "main", SQLITE_CHECKPOINT_PASSIVE, &frames, &done),
		SQLITE_OK);
	return frames;
}

/*
 * A whole WAL of some frames; a checkpoint reads that number, the writer begins the WAL anew before
 * it goes on, and the checkpoint notes the old number as done. As soon as the new WAL is as long,
 * nobody reads it any more. Returns how many of the commits afterwards are gone.
 */
static int64_t race_once(struct test_store *t, bool guarded)
{
	sqlite3 *db = t->store->conn->db;
	sqlite3_file *file = NULL;
	sqlite3_io_methods watched;
	const sqlite3_io_methods *plain;
	int64_t lost = 0;
	int frames;

	race.writer = open_writer(t->path);
	for (int i = 0; i < 20; i++)
		sqlite3_exec(race.writer, "UPDATE meta SET value = 'more' WHERE key = 'race'", NULL,
			     NULL, NULL);
	frames = checkpoint_raw(race.writer);
	assert_int_equal(sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file),
			 SQLITE_OK);
	plain = file->pMethods;
	watched = *plain;
	watched.xUnfetch = meet;
	file->pMethods = &watched;
	race.met = -1;
	if (guarded)
		assert_true(shop_store_checkpoint(t->store, true, &t->err));
	else
		checkpoint_raw(db);
	file->pMethods = plain;
	for (int64_t n = 1; n <= frames + 5; n++) {
		char *sql = sqlite3_mprintf("UPDATE meta SET value = '%lld' WHERE key = 'race'",
					    (long long)n);

		assert_int_equal(sqlite3_exec(race.writer, sql, NULL, NULL, NULL), SQLITE_OK);
		sqlite3_free(sql);
		lost += ask(db, "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'race'") != n;
	}
	sqlite3_close(race.writer);
	return lost;
}

static void a_checkpoint_without_the_lock_loses_commits_to_an_old_sqlite(void **state)
{
	int64_t lost = race_once(*state, false);

	assert_int_equal(race.met, SQLITE_OK);
	if (sqlite3_libversion_number() < 3051003)
		assert_true(lost > 0);
}

static void our_checkpoint_keeps_the_writer_out_and_loses_nothing(void **state)
{
	int64_t lost = race_once(*state, true);

	assert_int_equal(race.met, SQLITE_BUSY);
	assert_int_equal(lost, 0);
}

static void checkpoints_beside_writers_lose_nothing(void **state)
{
	struct test_store *t = *state;
	int *counts = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int64_t until_us = turnstile_clock_us() + RUN_US;
	int written = 0, status;
	sqlite3 *db = NULL;

	assert_true(counts != MAP_FAILED);
	shop_store_close(&t->store);
	for (int i = 0; i < WRITERS + CHECKPOINTERS; i++)
		if (fork() == 0)
			_exit(i < WRITERS ? write_rows(t, i, &counts[i], until_us)
					  : checkpoint_always(t, &counts[i], until_us));
	while (wait(&status) > 0)
		assert_int_equal(status, 0);
	for (int i = 0; i < WRITERS; i++)
		written += counts[i];
	assert_true(written > 20);
	for (int i = 0; i < CHECKPOINTERS; i++)
		assert_true(counts[WRITERS + i] > 10);
	assert_int_equal(sqlite3_open(t->path, &db), SQLITE_OK);
	assert_int_equal(ask(db, "SELECT count(*) FROM meta WHERE key LIKE 'race %'"), written);
	assert_int_equal(ask(db, "SELECT next - 1000 FROM counter WHERE type = 'ord'"), written);
	assert_int_equal(
		ask(db,
		    "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
		0);
	sqlite3_close(db);
	munmap(counts, 4096);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(a_checkpoint_without_the_lock_loses_commits_to_an_old_sqlite),
		EACH(our_checkpoint_keeps_the_writer_out_and_loses_nothing),
		EACH(checkpoints_beside_writers_lose_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The store's file: made, opened with care, full, backed up, restored, damaged; and the common SQL
 * text. */
#include "store/sql_text.h"
#include "store_help.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void expect_sql(const char *common, const char *expected)
{
	char *sql = sql_text_for_sqlite(common);

	assert_string_equal(sql, expected);
	g_free(sql);
}

static void tokens_become_sqlite(void **state)
{
	(void)state;
	expect_sql("CREATE TABLE t (a {i64}, b {text}, c {blob}, d {json}){strict}",
		   "CREATE TABLE t (a INTEGER, b TEXT, c BLOB, d TEXT) STRICT");
	expect_sql("x{strictrow}", "x STRICT, WITHOUT ROWID");
	expect_sql("SELECT $1, $12, '$1 {i64} it''s', \"{pg|$2}\"",
		   "SELECT ?1, ?12, '$1 {i64} it''s', \"{pg|$2}\"");
	expect_sql("a{lite| b $1 {i64}}{pg| c {i64}} d", "a b ?1 INTEGER d");
	expect_sql("a ->> '$.x'", "a ->> '$.x'");
}

static void the_file_belongs_to_its_owner_alone(void **state)
{
	struct test_store *t = *state;
	struct stat st;

	assert_int_equal(stat(t->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

static void a_store_tells_its_facts(void **state)
{
	struct test_store *t = *state;
	struct shop_store_info info;

	assert_true(shop_store_info(t->store, &info, &t->err));
	assert_string_equal(info.currency, "EUR");
	assert_int_equal(strlen(info.uuid), 36);
	assert_int_equal(info.epoch, 1);
	assert_int_equal(info.schema_version, SHOP_SCHEMA_VERSION);
	assert_int_equal(info.created_us, test_ana.now_us);
	assert_int_equal(info.journal_head, 0);
	assert_true(info.test);
	assert_string_equal(shop_store_currency(t->store), "EUR");
	assert_int_equal(shop_store_policy(t->store)->job_max_attempts, 8);
}

static void a_second_store_is_not_made_over_the_first(void **state)
{
	struct test_store *t = *state;
	const struct shop_store_new in = {
		.path = t->path, .currency = "EUR", .test = true, .now_us = 1};
	struct shop_store *store = NULL;

	assert_true(shop_store_write(t->store, &test_ana, test_store_bump, NULL, &t->err));
	assert_false(shop_store_create(&in, &store, &t->err));
	assert_int_equal(t->err.id, E_STORE_EXISTS);
	assert_int_equal(test_store_count(t), 1);
}

static void expect_open_fails(struct test_store *t, enum shop_error_id id)
{
	assert_null(test_store_open(t, SHOP_STORE_WRITE, SHOP_SYNC_FULL));
	assert_int_equal(t->err.id, id);
	assert_null(test_store_open(t, SHOP_STORE_READ, SHOP_SYNC_FULL));
	assert_int_equal(t->err.id, id);
}

/* Change the file behind the library's back. */
static void edit(struct test_store *t, const char *sql)
{
	sqlite3 *db = NULL;

	shop_store_close(&t->store);
	assert_int_equal(sqlite3_open(t->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static void a_newer_schema_is_refused(void **state)
{
	struct test_store *t = *state;
	int64_t from;

	edit(t, "PRAGMA user_version = 99");
	expect_open_fails(t, E_STORE_VERSION);
	assert_false(shop_store_migrate(t->path, &from, &t->err));
	assert_int_equal(t->err.id, E_STORE_VERSION);
}

static void a_present_schema_needs_no_migration(void **state)
{
	struct test_store *t = *state;
	int64_t from = 0;

	assert_true(shop_store_migrate(t->path, &from, &t->err));
	assert_int_equal(from, SHOP_SCHEMA_VERSION);
}

static void another_database_is_refused_and_untouched(void **state)
{
	struct test_store *t = *state;
	char *before = NULL, *after = NULL;
	gsize size = 0, size_after = 0;

	edit(t, "PRAGMA application_id = 7; PRAGMA journal_mode = DELETE");
	assert_true(g_file_get_contents(t->path, &before, &size, NULL));
	expect_open_fails(t, E_STORE_NOT_SHOP);
	assert_true(g_file_get_contents(t->path, &after, &size_after, NULL));
	assert_int_equal(size, size_after);
	assert_memory_equal(before, after, size);
	g_free(before);
	g_free(after);
}

static void what_is_no_store_is_refused(void **state)
{
	struct test_store *t = *state;
	char *garbage = g_strnfill(8192, 'x'), *wal = test_store_beside(t, "shop.db-wal");

	shop_store_close(&t->store);
	assert_int_equal(g_unlink(wal), 0);
	assert_true(g_file_set_contents(t->path, garbage, 8192, NULL));
	expect_open_fails(t, E_STORE_NOT_SHOP);
	assert_true(g_file_set_contents(t->path, "", 0, NULL));
	expect_open_fails(t, E_STORE_NOT_SHOP);
	assert_int_equal(g_unlink(t->path), 0);
	expect_open_fails(t, E_STORE_MISSING);
	assert_int_equal(g_mkdir(t->path, 0700), 0);
	expect_open_fails(t, E_STORE_NOT_SHOP);
	assert_int_equal(g_rmdir(t->path), 0);
	g_free(garbage);
	g_free(wal);
}

static void links_are_refused(void **state)
{
	struct test_store *t = *state;
	char *real = test_store_beside(t, "real.db");

	shop_store_close(&t->store);
	assert_int_equal(link(t->path, real), 0);
	expect_open_fails(t, E_STORE_PERMISSION);
	assert_int_equal(unlink(t->path), 0);
	assert_int_equal(symlink(real, t->path), 0);
	expect_open_fails(t, E_STORE_PERMISSION);
	g_free(real);
}

static bool write_a_lot(struct shop_store *store, void *arg, struct shop_error *err)
{
	static const char sql[] = "INSERT INTO meta (key, value) VALUES ($1, $2)";
	char *text = g_strnfill(100000, 'x');
	bool ok = true;

	for (int i = 0; ok && i < *(int *)arg; i++) {
		char *key = g_strdup_printf("filler %d", i);
		ok = db_run(store, sql, "tt", err, key, text);
		g_free(key);
	}
	g_free(text);
	return ok;
}

/* In a process of its own, for the limit cannot be raised again. */
static int write_to_a_full_disk(struct test_store *t)
{
	struct shop_store *store = test_store_open(t, SHOP_STORE_WRITE, SHOP_SYNC_FULL);
	const struct rlimit limit = {1 << 20, 1 << 20};
	int much = 50;

	signal(SIGXFSZ, SIG_IGN);
	if (!store || setrlimit(RLIMIT_FSIZE, &limit))
		return 1;
	if (shop_store_write(store, &test_ana, write_a_lot, &much, &t->err))
		return 2;
	if (t->err.id != E_STORE_FULL)
		return 3;
	if (!shop_store_write(store, &test_ana, test_store_bump, NULL, &t->err))
		return 4; /* the connection is still good, there is room for a little */
	shop_store_close(&store);
	return 0;
}

static void a_full_disk_fails_the_write_and_changes_nothing(void **state)
{
	struct test_store *t = *state;
	int64_t n = -1;
	int status;

	shop_store_close(&t->store);
	if (fork() == 0)
		_exit(write_to_a_full_disk(t));
	wait(&status);
	assert_int_equal(status, 0);
	t->store = test_store_open(t, SHOP_STORE_WRITE, SHOP_SYNC_FULL);
	assert_true(db_get(t->store, &n, "SELECT count(*) FROM meta WHERE key LIKE 'filler%'", NULL,
			   &t->err));
	assert_int_equal(n, 0);
	assert_int_equal(test_store_count(t), 1);
}

static void a_backup_restores_to_the_same_shop_of_a_later_epoch(void **state)
{
	struct test_store *t = *state;
	char *backup = test_store_beside(t, "backup.db"), *path = test_store_beside(t, "again.db");
	struct shop_store_info first, again;

	assert_true(shop_store_write(t->store, &test_ana, test_store_bump, NULL, &t->err));
	assert_true(shop_store_backup(t->store, backup, &t->err));
	assert_true(shop_store_write(t->store, &test_ana, test_store_bump, NULL, &t->err));
	assert_false(shop_store_backup(t->store, backup, &t->err));
	assert_int_equal(t->err.id, E_STORE_EXISTS);
	assert_true(shop_store_restore(backup, path, &t->err));
	assert_false(shop_store_restore(backup, path, &t->err));
	assert_int_equal(t->err.id, E_STORE_EXISTS);

	assert_true(shop_store_info(t->store, &first, &t->err));
	shop_store_close(&t->store);
	g_free(t->path);
	t->path = path;
	t->store = test_store_open(t, SHOP_STORE_WRITE, SHOP_SYNC_LATE);
	assert_non_null(t->store);
	assert_int_equal(test_store_count(t), 1);
	assert_true(shop_store_info(t->store, &again, &t->err));
	assert_string_equal(first.uuid, again.uuid);
	assert_int_equal(again.epoch, first.epoch + 1);
	assert_true(shop_store_write(t->store, &test_ana, test_store_bump, NULL, &t->err));
	g_free(backup);
}

static void a_damaged_backup_is_not_restored(void **state)
{
	struct test_store *t = *state;
	char *backup = test_store_beside(t, "backup.db"), *path = test_store_beside(t, "again.db");
	int fd;

	assert_true(shop_store_backup(t->store, backup, &t->err));
	fd = open(backup, O_WRONLY);
	for (off_t page = 20; page < 30; page++)
		assert_int_equal(pwrite(fd, "garbage garbage garbage", 23, page * 4096), 23);
	close(fd);
	assert_false(shop_store_restore(backup, path, &t->err));
	assert_int_equal(t->err.id, E_STORE_DAMAGED);
	assert_int_not_equal(access(path, F_OK), 0);
	assert_true(g_file_set_contents(backup, "no store", 8, NULL));
	assert_false(shop_store_restore(backup, path, &t->err));
	assert_int_equal(t->err.id, E_STORE_NOT_SHOP);
	g_free(backup);
	g_free(path);
}

static void a_checkpoint_moves_the_wal_into_the_file(void **state)
{
	struct test_store *t = *state;
	struct shop_store_info before, after;
	int much = 50;

	assert_true(shop_store_info(t->store, &before, &t->err));
	assert_true(shop_store_write(t->store, &test_ana, write_a_lot, &much,
				     &t->err)); /* over 1,000 pages: by itself */
	assert_true(shop_store_info(t->store, &after, &t->err));
	assert_true(after.size_bytes >= before.size_bytes + 5000000);
	assert_true(shop_store_checkpoint(t->store, true, &t->err));
	assert_true(shop_store_checkpoint(t->store, false, &t->err));
}

/* Over 1,000 pages, so that each commit asks for a checkpoint. */
static bool write_much(struct shop_store *store, void *arg, struct shop_error *err)
{
	static const char sql[] = "INSERT INTO meta (key, value) VALUES ($1, $2)"
				  " ON CONFLICT (key) DO UPDATE SET value = excluded.value";
	const char *text = arg;

	return db_run(store, sql, "tt", err, "much", text) &&
	       db_run(store, sql, "tt", err, "more", text);
}

static void large_commits_begin_the_wal_anew(void **state)
{
	struct test_store *t = *state;
	struct shop_store_info info;

	for (int i = 0; i < 12; i++) {
		char *text = g_strnfill(3 << 20, (char)('a' + i));

		assert_true(shop_store_write(t->store, &test_ana, write_much, text, &t->err));
		g_free(text);
	}
	assert_true(shop_store_info(t->store, &info, &t->err));
	assert_in_range(info.wal_bytes, 1, 3 * (6 << 20));
}

static void commands_one_after_another_begin_the_wal_anew(void **state)
{
	struct test_store *t = *state;
	char *wal = test_store_beside(t, "shop.db-wal");

	shop_store_close(&t->store);
	for (int i = 0; i < 3; i++) {
		char *text = g_strnfill(1 << 20, (char)('a' + i));

		t->store = test_store_open(t, SHOP_STORE_WRITE, SHOP_SYNC_OFF);
		assert_true(shop_store_write(t->store, &test_ana, write_much, text, &t->err));
		shop_store_close(&t->store);
		g_free(text);
		assert_false(g_file_test(wal, G_FILE_TEST_EXISTS));
	}
	t->store = test_store_open(t, SHOP_STORE_WRITE, SHOP_SYNC_OFF);
	assert_int_equal(test_store_count(t), 0);
	g_free(wal);
}

static void waiting_ends_when_somebody_commits(void **state)
{
	struct test_store *t = *state;
	struct shop_store *other;
	int64_t began;

	shop_store_wait(t->store, 0, -1);
	began = turnstile_clock_us();
	shop_store_wait(t->store, 20000, -1);
	assert_true(turnstile_clock_us() - began >= 20000);
	other = test_store_open(t, SHOP_STORE_WRITE, SHOP_SYNC_OFF);
	assert_true(shop_store_write(other, &test_ana, test_store_bump, NULL, &t->err));
	began = turnstile_clock_us();
	shop_store_wait(t->store, 5000000, -1);
	assert_true(turnstile_clock_us() - began < 1000000);
	shop_store_close(&other);
}

static void a_reader_cannot_write(void **state)
{
	struct test_store *t = *state;
	struct shop_store *reader = test_store_open(t, SHOP_STORE_READ, SHOP_SYNC_FULL);

	assert_non_null(reader);
	assert_false(shop_store_write(reader, &test_ana, test_store_bump, NULL, &t->err));
	assert_int_equal(t->err.id, E_STORE_READONLY);
	shop_store_close(&reader);
}

struct row {
	int64_t id;
	char *name;
};

static const struct shop_field row_fields[] = {
	SHOP_FIELD_ID(struct row, id, "id", SHOP_ID_SUPPLIER, "id"),
	SHOP_FIELD_TEXT(struct row, name, "name", "name"),
};
static const struct shop_record row_record = SHOP_RECORD("row", struct row, row_fields);

static bool add_suppliers(struct shop_store *store, void *arg, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO supplier (id, name, currency, lead_days, created_us, updated_us)"
		" VALUES ($1, $2, 'EUR', $1, 1, 1)";

	(void)arg;
	return db_run(store, sql, "it", err, INT64_C(1), "Acme?") &&
	       db_run(store, sql, "it", err, INT64_C(2), "Bravo") &&
	       db_run(store, sql, "it", err, INT64_C(3), "Charlie");
}

static bool note_name(const void *record, void *ctx, struct shop_error *err)
{
	(void)err;
	g_string_append_printf(ctx, "%s ", ((const struct row *)record)->name);
	return true;
}

static void lists_choose_among_fragments(void **state)
{
	struct test_store *t = *state;
	AUTO_SELECT struct db_select s = {0};
	GString *names = g_string_new(NULL);

	assert_true(shop_store_write(t->store, &test_ana, add_suppliers, NULL, &t->err));
	db_select_init(&s, "SELECT id, name FROM supplier");
	db_select_int(&s, "lead_days >= ? OR id >= ?", 2);
	db_select_text(&s, "status = ?", "active");
	db_select_text(&s, "country = ?", NULL);
	db_select_id(&s, "id = ?", 0);
	db_select_if(&s, "name <> 'Acme?'", true);
	assert_true(
		db_select_each(&s, t->store, "id DESC", 5, &row_record, note_name, names, &t->err));
	assert_string_equal(names->str, "Charlie Bravo ");
	g_string_free(names, TRUE);
}

static void one_object_is_loaded_or_named_as_missing(void **state)
{
	static const char sql[] = "SELECT id, name FROM supplier WHERE id = $1";
	struct test_store *t = *state;
	struct row row = {0};

	assert_true(shop_store_write(t->store, &test_ana, add_suppliers, NULL, &t->err));
	assert_true(db_load(t->store, &row_record, &row, "supplier sup-2", sql, "d", &t->err,
			    INT64_C(2)));
	assert_string_equal(row.name, "Bravo");
	shop_record_done(&row_record, &row);
	assert_false(db_load(t->store, &row_record, &row, "supplier sup-9", sql, "d", &t->err,
			     INT64_C(9)));
	assert_int_equal(t->err.id, E_NOT_FOUND);
	assert_string_equal(t->err.object, "sup-9");
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, test_store_setup, test_store_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tokens_become_sqlite),
		EACH(the_file_belongs_to_its_owner_alone),
		EACH(a_store_tells_its_facts),
		EACH(a_second_store_is_not_made_over_the_first),
		EACH(a_newer_schema_is_refused),
		EACH(a_present_schema_needs_no_migration),
		EACH(another_database_is_refused_and_untouched),
		EACH(what_is_no_store_is_refused),
		EACH(links_are_refused),
		EACH(a_full_disk_fails_the_write_and_changes_nothing),
		EACH(a_backup_restores_to_the_same_shop_of_a_later_epoch),
		EACH(a_damaged_backup_is_not_restored),
		EACH(a_checkpoint_moves_the_wal_into_the_file),
		EACH(large_commits_begin_the_wal_anew),
		EACH(commands_one_after_another_begin_the_wal_anew),
		EACH(waiting_ends_when_somebody_commits),
		EACH(a_reader_cannot_write),
		EACH(lists_choose_among_fragments),
		EACH(one_object_is_loaded_or_named_as_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* Making a store, and what `store info` says of one. */
#include "store/schema.h"
#include "store/sqlite.h"
#include "store/store_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char sql_meta[] = "INSERT INTO meta (key, value) VALUES ($1, $2)";

static bool add_number(struct shop_store *store, const char *key, int64_t value,
		       struct shop_error *err)
{
	char *text = g_strdup_printf("%lld", (long long)value);
	bool ok = db_run(store, sql_meta, "tt", err, key, text);

	g_free(text);
	return ok;
}

static bool add_meta(struct shop_store *store, const struct shop_store_new *in,
		     struct shop_error *err)
{
	char *uuid = g_uuid_string_random();
	bool ok = db_run(store, sql_meta, "tt", err, "uuid", uuid);

	g_free(uuid);
	return ok && db_run(store, sql_meta, "tt", err, "currency", in->currency) &&
	       add_number(store, "test", in->test, err) &&
	       add_number(store, "created_us", in->now_us, err) &&
	       add_number(store, "last_seen_us", in->now_us, err) &&
	       add_number(store, "epoch", 1, err);
}

static bool add_counters(struct shop_store *store, struct shop_error *err)
{
	static const char sql[] = "INSERT INTO counter (type, next) VALUES ($1, $2)";

	for (int type = SHOP_ID_NONE + 1; type < SHOP_ID_TYPES; type++)
		if (!db_run(store, sql, "ti", err, shop_id_prefix((enum shop_id_type)type),
			    (int64_t)SHOP_ID_FIRST))
			return false;
	return true;
}

static bool add_tables(struct shop_store *store, struct shop_error *err)
{
	for (const char *const *sql = store_schema_v1; *sql; sql++)
		if (!store_define(store, *sql, err))
			return false;
	return store_define(store, "PRAGMA application_id=1397247824", err) &&
	       store_define(store, "PRAGMA user_version=1", err);
}

static bool fill(struct shop_store *store, const struct shop_store_new *in, struct shop_error *err)
{
	if (!store_control(store, "BEGIN IMMEDIATE"))
		return store_report(store, err);
	store->depth = 1;
	if (!add_tables(store, err) || !add_meta(store, in, err) || !add_counters(store, err))
		return false;
	return store_control(store, "COMMIT") || store_report(store, err);
}

static bool create_file(const char *path, struct shop_error *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd >= 0) {
		close(fd);
		return true;
	}
	if (errno == EEXIST)
		return shop_fail(err, E_STORE_EXISTS, "there is a file at %s already", path);
	return shop_fail(err, errno == EACCES || errno == EROFS ? E_STORE_PERMISSION : E_STORE_IO,
			 "cannot make %s: %s", path, g_strerror(errno));
}

static void remove_all(const char *path, bool companions_only)
{
	static const char *const suffixes[] = {"", "-wal", "-shm", "-turn"};

	for (size_t i = companions_only; i < G_N_ELEMENTS(suffixes); i++) {
		char *name = g_strconcat(path, suffixes[i], NULL);
		unlink(name);
		g_free(name);
	}
}

/* A WAL left by another store would be read into the new one. */
static bool check_free(const char *path, struct shop_error *err)
{
	static const char *const suffixes[] = {"", "-wal"};

	for (size_t i = 0; i < G_N_ELEMENTS(suffixes); i++) {
		char *name = g_strconcat(path, suffixes[i], NULL);
		struct stat st;
		bool found = lstat(name, &st) == 0;

		if (found)
			shop_fail(err, E_STORE_EXISTS, "there is a file at %s already", name);
		g_free(name);
		if (found)
			return false;
	}
	return true;
}

static bool make_tables(const char *path, const struct shop_store_new *in, struct shop_error *err)
{
	const struct db_open how = {
		.mode = SHOP_STORE_WRITE,
		.sync = in->test ? SHOP_SYNC_OFF : SHOP_SYNC_FULL,
		.busy_timeout_us = 1000000,
		.may_create = true,
		.may_define = true,
	};
	AUTO_STORE struct shop_store *store = NULL;
	struct db_conn *conn = NULL;

	if (!sqlite_driver.open(path, &how, &conn, err))
		return false;
	store = store_new(path, conn);
	return fill(store, in, err);
}

/* The first transaction, and all of the WAL into the file, which then alone is the store. */
static bool begin_shop(const struct shop_store_options *options, const struct shop_store_new *in,
		       struct shop_error *err)
{
	const struct shop_context ctx = {.actor = in->actor, .now_us = in->now_us};
	AUTO_STORE struct shop_store *store = NULL;

	return shop_store_open(options, &store, err) &&
	       (!in->first || shop_store_write(store, &ctx, in->first, NULL, err)) &&
	       shop_store_checkpoint(store, true, err);
}

/* Made beside its place and named when it is whole, so that whatever dies leaves no half store. */
static bool make(const char *path, const struct shop_store_new *in, struct shop_error *err)
{
	char *temp = g_strdup_printf("%s.part-%08x", path, g_random_int());
	const struct shop_store_options options = {
		.path = temp,
		.mode = SHOP_STORE_WRITE,
		.sync = in->test ? SHOP_SYNC_OFF : SHOP_SYNC_FULL,
	};
	bool made = create_file(temp, err);
	bool ok = made && make_tables(temp, in, err) && begin_shop(&options, in, err);

	if (ok) {
		remove_all(temp, true);
		ok = sqlite_publish(temp, path, !in->test, err);
	}
	if (made)
		remove_all(temp, false);
	g_free(temp);
	return ok;
}

bool shop_store_create(const struct shop_store_new *in, struct shop_store **ret_store,
		       struct shop_error *err)
{
	const struct shop_store_options options = {
		.path = in->path,
		.mode = SHOP_STORE_WRITE,
		.sync = in->test ? SHOP_SYNC_OFF : SHOP_SYNC_FULL,
	};
	char *path = NULL;
	bool ok;

	if (!sqlite_real_path(in->path, &path, err))
		return false;
	ok = check_free(path, err) && make(path, in, err);
	g_free(path);
	if (!ok)
		return false;
	return shop_store_open(&options, ret_store, err) ||
	       shop_fail_because(err, "the store is made");
}

static int64_t size_of(const char *path, const char *suffix)
{
	char *name = g_strconcat(path, suffix, NULL);
	struct stat st;
	int64_t size = lstat(name, &st) == 0 ? st.st_size : 0;

	g_free(name);
	return size;
}

static bool take_facts(struct shop_store *store, struct shop_store_info *info,
		       struct shop_error *err)
{
	static const char sql[] = "SELECT key, value, CAST(value AS {i64}) FROM meta";
	AUTO_QUERY struct db_query q = {0};

	if (!db_query(&q, store, sql, NULL, err))
		return false;
	while (db_next(&q)) {
		const char *key = db_text(&q, 0);

		if (strcmp(key, "uuid") == 0)
			g_strlcpy(info->uuid, db_text(&q, 1), sizeof info->uuid);
		else if (strcmp(key, "currency") == 0)
			g_strlcpy(info->currency, db_text(&q, 1), sizeof info->currency);
		else if (strcmp(key, "created_us") == 0)
			info->created_us = db_int(&q, 2);
		else if (strcmp(key, "epoch") == 0)
			info->epoch = db_int(&q, 2);
	}
	return db_done(&q, err);
}

bool shop_store_info(struct shop_store *store, struct shop_store_info *ret_info,
		     struct shop_error *err)
{
	struct shop_store_info info = {.test = store->test};

	if (!take_facts(store, &info, err) ||
	    !db_get(store, &info.schema_version, "PRAGMA user_version", NULL, err) ||
	    !db_get(store, &info.journal_head, "SELECT COALESCE(max(seq), 0) FROM journal", NULL,
		    err))
		return false;
	info.size_bytes = size_of(store->path, "");
	info.wal_bytes = size_of(store->path, "-wal");
	*ret_info = info;
	return true;
}

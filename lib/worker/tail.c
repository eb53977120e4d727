/*
 * Named places in the journal: rows beside the consumers' own, moved by their readers.
 */
#include "shop/tail.h"

#include "store/db.h"
#include "worker/worker.h"

#include <unistd.h>

/* What tells a reader's row from a consumer's of the shop. */
#define PREFIX "tail:"
/* Not .lock: those are workers. */
#define SUFFIX ".cursor"

void shop_tail_close(struct shop_tail *tail)
{
	if (tail->lock_fd < 0)
		return;
	/* The file stays: unlinking it would let two in, one by each file. */
	(void)close(tail->lock_fd);
	g_free(tail->name);
	*tail = (struct shop_tail){.lock_fd = -1};
}

static bool take(const char *directory, const char *name, struct shop_tail *tail,
		 struct shop_error *err)
{
	bool taken = false;
	char *path;
	bool ok;

	if (!lease_name_check(name, "cursor", err) || !lease_directory(directory, err))
		return false;
	path = g_strconcat(directory, "/", name, SUFFIX, NULL);
	ok = lease_take(path, &tail->lock_fd, &taken, err);
	g_free(path);
	return ok &&
	       (taken || shop_fail(err, E_TAIL_RUNNING, "another tail moves the cursor %s", name));
}

bool shop_tail_open(struct shop_store *store, const char *directory, const char *name,
		    struct shop_tail *ret_tail, struct shop_error *err)
{
	static const char sql[] = "SELECT cursor FROM consumer WHERE name = $1";
	AUTO_TAIL struct shop_tail tail = {.store = store, .lock_fd = -1};

	if (!take(directory, name, &tail, err))
		return false;
	tail.name = g_strconcat(PREFIX, name, NULL);
	if (!db_get(store, &tail.cursor, sql, "t", err, tail.name))
		return false;
	if (tail.cursor == SHOP_NULL)
		tail.cursor = 0;
	*ret_tail = tail;
	tail.lock_fd = -1;
	return true;
}

struct move {
	const struct shop_tail *tail;
	int64_t seq;
};

static bool move(struct shop_store *store, void *arg, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO consumer (name, cursor, updated_us) VALUES ($1, $2, $3)"
		" ON CONFLICT (name) DO UPDATE SET cursor = excluded.cursor,"
		" updated_us = excluded.updated_us";
	const struct move *m = arg;

	return db_run(store, sql, "tii", err, m->tail->name, m->seq,
		      shop_store_context(store)->now_us);
}

bool shop_tail_move(struct shop_tail *tail, const struct shop_context *ctx, int64_t seq,
		    struct shop_error *err)
{
	struct move m = {tail, seq};

	if (!shop_store_write(tail->store, ctx, move, &m, err))
		return shop_fail_while(err, "moving a cursor");
	tail->cursor = seq;
	return true;
}

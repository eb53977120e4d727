/*
 * Jobs as the domain leaves and ends them; lib/worker runs them.
 */
#include "domain/domain.h"

#include "store/db.h"

static bool is_there(struct shop_store *store, const struct job_new *in, bool *ret_found,
		     struct shop_error *err)
{
	static const char by_target[] =
		"SELECT id FROM job WHERE kind = $1 AND target_id = $2 AND target_n = $3";
	static const char by_event[] =
		"SELECT id FROM job WHERE kind = 'parked' AND queue = $1 AND event_seq = $2";
	int64_t id = SHOP_NULL;

	if (in->target_id != 0 &&
	    !db_get(store, &id, by_target, "tdi", err, in->kind, in->target_id, in->target_n))
		return false;
	if (in->target_id == 0 && in->event_seq != 0 &&
	    !db_get(store, &id, by_event, "td", err, in->queue, in->event_seq))
		return false;
	*ret_found = id != SHOP_NULL;
	return true;
}

bool job_add(struct shop_store *store, const struct job_new *in, struct shop_error *err)
{
	static const char sql[] =
		"INSERT INTO job (id, queue, kind, subject, event_seq, target_id, target_n, state,"
		" not_before_us, correlation, created_us)"
		" VALUES ($1, $2, $3, $4, $5, $6, $7, 'ready', $8, $9, $10)";
	const int64_t now_us = shop_store_context(store)->now_us;
	int64_t correlation;
	int64_t id;
	bool found;

	if (!is_there(store, in, &found, err))
		return false;
	/* target_n is never NULL beside a target: NULLs would not be equal in the unique index. */
	return found || (shop_store_correlation(store, &correlation, err) &&
			 shop_store_next_id(store, SHOP_ID_JOB, &id, err) &&
			 db_run(store, sql, "dtttddiiii", err, id, in->queue, in->kind, in->subject,
				in->event_seq, in->target_id, in->target_n, now_us + in->delay_us,
				correlation, now_us));
}

bool job_done_target(struct shop_store *store, const char *kind, int64_t target_id,
		     int64_t target_n, struct shop_error *err)
{
	static const char sql[] =
		"UPDATE job SET state = 'done', crashes = 0, owner = NULL, lease_boot = NULL,"
		" lease_until_us = NULL, last_error = NULL, done_us = $4"
		" WHERE kind = $1 AND target_id = $2 AND target_n = $3"
		" AND state IN ('ready', 'leased', 'retry', 'dead')";

	return db_run(store, sql, "tdii", err, kind, target_id, target_n,
		      shop_store_context(store)->now_us);
}

/*
 * The job that tells a carrier of a parcel. The key is the parcel's for ever, so the call needs no
 * first transaction of its own: after a crash anywhere it is made again and gives the same number.
 */
#include "worker/job_carrier.h"

#include "domain/domain.h"
#include "gateways/carrier.h"
#include "shop/shipment.h"
#include "shop/times.h"

#include <glib.h>
#include <string.h>

struct answer {
	int64_t shipment_id;
	const struct carrier_answer *said;
};

/* The number and the job's end together: a lease that was lost meanwhile has nothing to add. */
static bool record(struct shop_store *store, void *arg, struct shop_error *err)
{
	const struct answer *a = arg;

	return shipment_tracking_set(store, a->shipment_id, a->said->tracking, a->said->status,
				     err) &&
	       job_done_target(store, "carrier.announce", a->shipment_id, 0, err);
}

static bool record_answer(struct shop_store *store, const struct job_work *work,
			  const struct carrier_answer *said, struct shop_error *err)
{
	const struct shop_context ctx = {
		.actor = work->actor,
		.actor_kind = "worker",
		.now_us = work->now_us == 0 ? shop_now_us() : work->now_us,
		.correlation = work->correlation,
	};
	struct answer answer = {work->target_id, said};

	return shop_store_write(store, &ctx, record, &answer, err);
}

static bool announce(struct shop_store *store, const struct shop_shipment *s,
		     struct carrier_answer *ret_said, struct shop_error *err)
{
	const struct carrier *carrier = carrier_find(s->carrier);
	struct shop_store_info info;
	struct carrier_parcel parcel = {.service = s->service};
	char id[SHOP_ID_TEXT];
	char *key;

	if (carrier == NULL)
		return shop_fail(err, E_CARRIER, "no carrier \"%s\"", s->carrier);
	/* What the carrier is told must survive a power cut. */
	if (!shop_store_info(store, &info, err) || !shop_store_sync(store, err))
		return false;
	key = g_strdup_printf("%s/%s", info.uuid, shop_id_format(SHOP_ID_SHIPMENT, s->id, id));
	parcel.key = key;
	carrier->announce(&parcel, ret_said);
	g_free(key);
	return true;
}

static void put_off(const struct carrier_answer *said, struct job_outcome *ret_outcome)
{
	ret_outcome->result = said->result == CARRIER_RETRY ? JOB_AGAIN : JOB_DEAD;
	ret_outcome->message = g_strdup(said->message);
}

bool carrier_job_run(struct shop_store *store, const struct job_work *work,
		     struct job_outcome *ret_outcome, struct shop_error *err)
{
	AUTO_SHIPMENT struct shop_shipment s = {0};
	struct carrier_answer said;

	*ret_outcome = (struct job_outcome){.result = JOB_DONE};
	if (!shop_shipment_load(store, work->target_id, &s, err))
		return false;
	/* The answer was recorded before, or the number came another way. */
	if (s.tracking != NULL || s.carrier == NULL)
		return true;
	if (!announce(store, &s, &said, err))
		return false;
	if (said.result == CARRIER_NOBODY)
		return true;
	if (said.result == CARRIER_OK)
		return record_answer(store, work, &said, err);
	put_off(&said, ret_outcome);
	return true;
}

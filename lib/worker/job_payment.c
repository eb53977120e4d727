/*
 * The job that calls a payment provider. What is open afterwards is asked for again, later and
 * later.
 */
#include "worker/job_payment.h"

#include "shop/payment_call.h"
#include "shop/times.h"

#include <glib.h>

/* Providers settle within minutes or within days: 1, 2, 4 … minutes up to 6 hours. */
static int64_t delay_of(int64_t attempt)
{
	return MIN(SHOP_MINUTE << MIN(MAX(attempt - 1, 0), 10), 6 * SHOP_HOUR);
}

static struct shop_context context_of(const struct job_work *work)
{
	return (struct shop_context){
		.actor = work->actor,
		.actor_kind = "worker",
		.now_us = work->now_us == 0 ? shop_now_us() : work->now_us,
		.correlation = work->correlation,
	};
}

bool payment_job_run(struct shop_store *store, const struct job_work *work,
		     struct job_outcome *ret_outcome, struct shop_error *err)
{
	const struct shop_context ctx = context_of(work);
	enum shop_payment_result result;

	if (!shop_payment_call(store, &ctx, work->target_id, work->target_n, &result, err))
		return false;
	*ret_outcome = (struct job_outcome){.result = JOB_DONE};
	if (result <= SHOP_PAYMENT_FAILED)
		return true;
	ret_outcome->result = JOB_AGAIN;
	ret_outcome->delay_us = delay_of(work->attempt);
	ret_outcome->message =
		g_strdup(result == SHOP_PAYMENT_PENDING ? "the provider answers later"
							: "the provider's answer is not known");
	return true;
}

/* Random steps through payments, and the worker and the clock that move everything on. */
#include "walk.h"

#include "shop/job.h"
#include "shop/payment.h"
#include "shop/payment_call.h"
#include "shop/worker.h"

static int64_t payment_of(struct walk *w)
{
	static const char open[] =
		"SELECT id FROM payment WHERE status NOT IN ('canceled', 'failed')"
		" ORDER BY (id * 7919 + $1) % 1009 LIMIT 1";
	static const char last[] = "SELECT max(id) FROM payment";

	return walk_pick(w, open, last);
}

/* Who asks for `now` calls after the transaction, unless he dies in between. */
static void call_later(struct walk *w, bool now, const struct shop_payment *payment, int64_t n)
{
	w->call_payment = now && n > 0 && !walk_once_in(w, 5) ? payment->id : 0;
	w->call_n = n;
}

static bool authorize(struct walk *w, struct shop_error *err)
{
	static const char unpaid[] = "SELECT id FROM orders WHERE status = 'pending'"
				     " ORDER BY (id * 7919 + $1) % 1009 LIMIT 1";
	static const char last[] = "SELECT max(id) FROM orders";
	const struct shop_payment_authorize in = {
		.order_id = walk_pick(w, unpaid, last),
		.amount = walk_amount(w),
		.method = WALK_WORD(w, NULL, "sandbox:approve", "sandbox:late", "sandbox:timeout",
				    "sandbox:decline", "manual"),
		.now = walk_once_in(w, 2)};
	AUTO_PAYMENT struct shop_payment payment = {0};
	int64_t n;

	if (!shop_payment_authorize(w->store, &in, &payment, &n, err))
		return false;
	call_later(w, in.now, &payment, n);
	return true;
}

static bool capture(struct walk *w, struct shop_error *err)
{
	const struct shop_payment_capture in = {.payment_id = payment_of(w),
						.amount = walk_amount(w),
						.ref = walk_once_in(w, 3) ? "line 7" : NULL,
						.now = walk_once_in(w, 2)};
	AUTO_PAYMENT struct shop_payment payment = {0};
	int64_t n;

	if (!shop_payment_capture(w->store, &in, &payment, &n, err))
		return false;
	call_later(w, in.now, &payment, n);
	return true;
}

static bool give_back(struct walk *w, struct shop_error *err)
{
	AUTO_PAYMENT struct shop_payment payment = {0};
	const bool now = walk_once_in(w, 2);
	int64_t n;

	if (!shop_payment_void(w->store, payment_of(w), now, &payment, &n, err))
		return false;
	call_later(w, now, &payment, n);
	return true;
}

static bool refund(struct walk *w, struct shop_error *err)
{
	char target[32];
	const struct shop_payment_refund in = {
		.target = target, .amount = walk_amount(w), .now = walk_once_in(w, 2)};
	AUTO_PAYMENT struct shop_payment payment = {0};
	const int64_t id = payment_of(w);
	int64_t n;

	(void)g_snprintf(target, sizeof target, "%s-%" G_GINT64_FORMAT,
			 walk_once_in(w, 3) ? "ord" : "pay", id);
	if (!shop_payment_refund(w->store, &in, &payment, &n, err))
		return false;
	call_later(w, in.now, &payment, n);
	return true;
}

static bool resolve(struct walk *w, struct shop_error *err)
{
	static const char open[] =
		"SELECT payment_id FROM payment_op WHERE status IN ('unknown', 'pending')"
		" ORDER BY (payment_id * 7919 + $1) % 1009 LIMIT 1";
	static const char last[] = "SELECT max(id) FROM payment";
	const struct shop_context ctx = {.actor = "ana", .now_us = w->now_us};
	enum shop_payment_result result;
	const int64_t id = walk_pick(w, open, last);

	return shop_payment_resolve(w->store, &ctx, id, &result, err);
}

static bool work(struct walk *w, struct shop_error *err)
{
	static const char *const queues[][3] = {{"payments", NULL},
						{"inventory", "backorders", NULL},
						{"fulfillment", NULL},
						{"purchasing", "carriers", NULL}};
	const struct shop_worker_options options = {
		.mode = walk_once_in(w, 3) ? SHOP_WORKER_ONCE : SHOP_WORKER_DRAIN,
		.queues = walk_once_in(w, 3) ? queues[walk_draw(w, 4)] : NULL,
		.max = walk_once_in(w, 3) ? 1 + walk_draw(w, 8) : 0,
		.now_us = w->now_us,
		.wake_fd = -1,
	};
	AUTO_WORKER_REPORT struct shop_worker_report report = {0};

	return shop_worker_run(w->store, &options, &report, err);
}

static bool retry_jobs(struct walk *w, struct shop_error *err)
{
	static const char waiting[] = "SELECT id FROM job WHERE state IN ('retry', 'dead')"
				      " ORDER BY (id * 7919 + $1) % 1009 LIMIT 1";
	static const char last[] = "SELECT max(id) FROM job";
	AUTO_JOB struct shop_job job = {0};

	return shop_job_retry(w->store, walk_pick(w, waiting, last), &job, err);
}

static bool wait_a_while(struct walk *w, struct shop_error *err)
{
	(void)err;
	switch (w->alone ? walk_draw(w, 20) : 1) {
	case 0:
		w->now_us += walk_draw(w, 50) * WALK_DAY;
		break;
	case 1:
	case 2:
	case 3:
		w->now_us += walk_draw(w, 30) * WALK_HOUR / (w->alone ? 1 : 600);
		break;
	default:
		w->now_us += walk_draw(w, 40) * WALK_MINUTE;
	}
	return true;
}

const struct walk_step *walk_money_steps(void)
{
	static const struct walk_step steps[] = {
		{"payment authorize", 4, false, authorize},
		{"payment capture", 4, false, capture},
		{"payment void", 2, false, give_back},
		{"payment refund", 3, false, refund},
		{"payment resolve", 3, true, resolve},
		{"worker", 14, true, work},
		{"job retry", 1, false, retry_jobs},
		{"time", 6, true, wait_a_while},
		{0},
	};

	return steps;
}

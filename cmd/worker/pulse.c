/* What a worker's loop says of itself. */
#include "worker/pulse.h"

#include "shop/text.h"
#include "shop/times.h"

#include <unistd.h>

/* While there is work, counting what is due is put off this long. */
#define STATUS_US (2 * SHOP_SECOND)
/* The watchdog is fed this often in its time. */
#define FEEDINGS 4

void pulse_begin(struct pulse *pulse, struct shop_store *store, const struct service *service,
		 const char *name)
{
	*pulse = (struct pulse){.store = store,
				.service = service,
				.name = name,
				.begun_us = service_clock_us(),
				.since_us = service_clock_us()};
	g_mutex_init(&pulse->lock);
}

void pulse_end(struct pulse *pulse)
{
	g_mutex_clear(&pulse->lock);
	g_free(pulse->status);
	g_free(pulse->job);
}

static void take(struct pulse *pulse, const struct shop_worker_turn *turn, int64_t now_us)
{
	g_mutex_lock(&pulse->lock);
	pulse->report = *turn->report;
	if (turn->job_id != 0 || turn->resting != pulse->resting)
		pulse->since_us = now_us;
	pulse->resting = turn->resting;
	pulse->job_id = turn->job_id;
	pulse->attempt = turn->attempt;
	g_clear_pointer(&pulse->job, g_free);
	if (turn->job_id != 0)
		pulse->job = g_strconcat(turn->kind, " ", turn->subject, NULL);
	g_mutex_unlock(&pulse->lock);
}

static char *status_text(struct pulse *pulse)
{
	const int64_t done = pulse->report.events + pulse->report.jobs;
	AUTO_WORKER_STATUS struct shop_worker_status status = {0};
	AUTO_ERROR struct shop_error err = {0};

	if (!shop_worker_status(pulse->store, NULL, &status, &err))
		return g_strdup_printf("%" G_GINT64_FORMAT " done", done);
	return g_strdup_printf("%" G_GINT64_FORMAT " done, %" G_GINT64_FORMAT
			       " due, %" G_GINT64_FORMAT " dead",
			       done, status.ready + status.retry, status.dead);
}

static void tell_status(struct pulse *pulse, bool resting, int64_t now_us)
{
	const bool ready = pulse->told_us != 0;
	char *status;

	if (ready && !resting && now_us - pulse->told_us < STATUS_US)
		return;
	pulse->told_us = now_us;
	status = status_text(pulse);
	if (!ready)
		service_tell(pulse->service, "READY=1\nSTATUS=%s", status);
	else if (g_strcmp0(status, pulse->status) != 0)
		service_tell(pulse->service, "STATUS=%s", status);
	g_free(pulse->status);
	pulse->status = status;
}

void pulse_turn(const struct shop_worker_turn *turn, void *ctx)
{
	struct pulse *pulse = ctx;
	const int64_t now_us = service_clock_us();

	take(pulse, turn, now_us);
	if (pulse->service->fd < 0)
		return;
	tell_status(pulse, turn->resting, now_us);
	if (pulse->service->watchdog_us > 0 &&
	    now_us - pulse->fed_us >= pulse->service->watchdog_us / FEEDINGS) {
		pulse->fed_us = now_us;
		service_tell(pulse->service, "WATCHDOG=1");
	}
}

static void append_work(GString *to, const struct pulse *pulse, int64_t now_us)
{
	char time[SHOP_TIME_TEXT];
	char id[SHOP_ID_TEXT];

	shop_duration_format((now_us - pulse->since_us) / 1000 * 1000, time);
	if (pulse->job_id != 0) {
		g_string_append_printf(to, "at work on %s ",
				       shop_id_format(SHOP_ID_JOB, pulse->job_id, id));
		shop_text_escape(to, pulse->job);
		g_string_append_printf(to, ", attempt %" G_GINT64_FORMAT ", for %s\n",
				       pulse->attempt, time);
	} else {
		g_string_append_printf(to, "%s for %s\n", pulse->resting ? "at rest" : "at work",
				       time);
	}
}

void pulse_dump(struct pulse *pulse)
{
	const int64_t now_us = service_clock_us();
	GString *text = g_string_new(NULL);
	char time[SHOP_TIME_TEXT];

	shop_duration_format((now_us - pulse->begun_us) / 1000 * 1000, time);
	g_mutex_lock(&pulse->lock);
	g_string_append_printf(text,
			       "shopctl: worker %s (process %d), up %s: %" G_GINT64_FORMAT
			       " reactions, %" G_GINT64_FORMAT " jobs done, %" G_GINT64_FORMAT
			       " to be tried again, %" G_GINT64_FORMAT " dead\n"
			       "shopctl: worker %s: ",
			       pulse->name, (int)getpid(), time, pulse->report.events,
			       pulse->report.jobs, pulse->report.retried + pulse->report.parked,
			       pulse->report.dead, pulse->name);
	append_work(text, pulse, now_us);
	g_mutex_unlock(&pulse->lock);
	(void)!write(STDERR_FILENO, text->str, text->len);
	g_string_free(text, TRUE);
}

/* shopctl worker: react to events and do the jobs they make. */
#include "shopctl.h"

#include "frame/config.h"
#include "frame/registry.h"
#include "shop/text.h"
#include "shop/worker.h"
#include "worker/signals.h"

#include <errno.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct worker_args {
	const char *name, *queues, *exclusive;
	int64_t max, max_time_us;
	bool once, drain, follow, skip_if_running, status;
};

static const struct option_spec options[] = {
	OPTION_FLAG(struct worker_args, drain, 0, "drain",
		    "until nothing is due, then end (the default)"),
	OPTION_FLAG(struct worker_args, once, 0, "once", "one batch of everything, then end"),
	OPTION_FLAG(struct worker_args, follow, 0, "follow",
		    "stay and work as things come (the default under systemd)"),
	OPTION_FLAG(struct worker_args, status, 0, "status",
		    "only say how the consumers and jobs stand"),
	OPTION(struct worker_args, queues, const char *, ARG_TEXT, 0, "queue", "QUEUE,…",
	       "only these consumers and queues of jobs"),
	OPTION(struct worker_args, max, int64_t, ARG_INT, 0, "max", "N",
	       "end after so many reactions and jobs"),
	OPTION(struct worker_args, max_time_us, int64_t, ARG_DURATION, 0, "max-time", "DURATION",
	       "begin nothing more after this"),
	OPTION(struct worker_args, name, const char *, ARG_TEXT, 0, "name", "NAME",
	       "what its leases are called"),
	OPTION(struct worker_args, exclusive, const char *, ARG_TEXT, 0, "exclusive", "NAME",
	       "only if no other worker runs under this name"),
	OPTION_FLAG(struct worker_args, skip_if_running, 0, "skip-if-running",
		    "with --exclusive: end well when one runs"),
	{0},
};

/* Workers of one store meet in the directory beside it. */
static char *run_directory(const struct session *s)
{
	char *directory = g_path_get_dirname(s->store_path);
	char *path = g_build_filename(directory, "run", NULL);

	g_free(directory);
	return path;
}

static bool fixed_clock(const struct session *s)
{
	const char *now = getenv("SHOPCTL_NOW");

	return now != NULL && *now != '\0' && shop_store_is_test(s->store);
}

static bool check(const struct session *s, const struct worker_args *a, struct shop_error *err)
{
	if (a->once + a->drain + a->follow + a->status > 1)
		return shop_fail(err, E_USAGE,
				 "worker takes one of --once, --drain, --follow and --status");
	if (a->skip_if_running && a->exclusive == NULL)
		return shop_fail(err, E_USAGE, "--skip-if-running goes with --exclusive NAME");
	if (a->max != SHOP_NULL && a->max < 1)
		return shop_fail(err, E_VALUE, "max: a number of at least 1");
	if (s->dry_run)
		return shop_fail(err, E_USAGE,
				 "a worker has no dry run; --status says what is due");
	return true;
}

static enum shop_worker_mode mode_of(const struct worker_args *a)
{
	if (a->once)
		return SHOP_WORKER_ONCE;
	if (a->follow || (!a->drain && getenv("NOTIFY_SOCKET") != NULL))
		return SHOP_WORKER_FOLLOW;
	return SHOP_WORKER_DRAIN;
}

/* HUP: the same command line again, from a fresh start that reads its configuration. */
static bool run_again(struct session *s, struct shop_error *err)
{
	GPtrArray *argv = g_ptr_array_new();

	g_ptr_array_add(argv, (gpointer)(uintptr_t) "shopctl");
	for (const char *const *word = s->words; *word != NULL; word++)
		g_ptr_array_add(argv, (gpointer)(uintptr_t)*word);
	g_ptr_array_add(argv, NULL);
	shop_store_close(&s->store);
	/* A second HUP meanwhile is answered by this start. */
	(void)signal(SIGHUP, SIG_IGN);
	(void)execv("/proc/self/exe", (char **)argv->pdata);
	g_ptr_array_unref(argv);
	return shop_fail(err, E_IO, "cannot start again: %s", g_strerror(errno));
}

static bool print_report(struct session *s, const struct shop_worker_report *r, struct out *out,
			 struct shop_error *err)
{
	if (r->dead > 0) {
		s->findings = SHOP_PARTIAL;
		out_note(out, true,
			 "%" G_GINT64_FORMAT " jobs were given up: shopctl job list --state dead",
			 r->dead);
	}
	return out_changed(out, &shop_worker_report_record, r, err,
			   "%" G_GINT64_FORMAT " reaction%s, %" G_GINT64_FORMAT
			   " job%s done, %" G_GINT64_FORMAT " to be tried again, %" G_GINT64_FORMAT
			   " dead",
			   r->events, r->events == 1 ? "" : "s", r->jobs, r->jobs == 1 ? "" : "s",
			   r->retried + r->parked, r->dead);
}

static bool work(struct session *s, const struct shop_worker_options *how, bool skip,
		 struct worker_signals *signals, struct out *out, struct shop_error *err)
{
	AUTO_WORKER_REPORT struct shop_worker_report report = {0};
	bool ok = shop_worker_run(s->store, how, &report, err);

	worker_signals_end(signals);
	if (!ok && skip && err->id == E_WORKER_EXCLUSIVE) {
		out_note(out, false, "%s", err->message);
		shop_error_done(err);
		return true;
	}
	if (ok && atomic_load(&signals->reload))
		return run_again(s, err);
	return ok && print_report(s, &report, out, err);
}

static bool print_status(struct session *s, const char *directory, struct out *out,
			 struct shop_error *err)
{
	AUTO_WORKER_STATUS struct shop_worker_status status = {0};

	return shop_worker_status(s->store, directory, &status, err) &&
	       out_record(out, &shop_worker_status_record, &status, err);
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct worker_args *a = args;
	AUTO_TEXT char *directory = run_directory(s);
	char **queues = a->queues == NULL ? NULL : g_strsplit(a->queues, ",", -1);
	struct worker_signals signals = {0};
	struct shop_worker_options how = {
		.mode = mode_of(a),
		.name = a->name,
		.queues = (const char *const *)queues,
		.exclusive = a->exclusive,
		.max = a->max == SHOP_NULL ? 0 : a->max,
		.max_time_us = a->max_time_us == SHOP_NULL ? 0 : a->max_time_us,
		.now_us = fixed_clock(s) ? s->clock.now_us : SHOP_NULL,
		.run_directory = directory,
		.stopping = worker_signals_stopping,
		.stopping_ctx = &signals,
	};
	bool ok = check(s, a, err);

	if (ok && a->status)
		ok = print_status(s, directory, out, err);
	else if (ok && !worker_signals_begin(&signals, config_duration(s->config, "worker.grace"),
					     how.mode == SHOP_WORKER_FOLLOW))
		ok = shop_fail(err, E_INTERNAL, "cannot wait for signals: %s", g_strerror(errno));
	else if (ok) {
		how.wake_fd = signals.wake_fd;
		ok = work(s, &how, a->skip_if_running, &signals, out, err);
	}
	g_strfreev(queues);
	return ok;
}

const struct command cmd_worker = {
	.name = "worker",
	.summary = "React to events and do the jobs they make",
	.description =
		"Payments, shipments, backorders, purchases and notifications follow from what "
		"happened. "
		"Any number of workers may run at once, from cron or as daemons; a worker killed "
		"at any "
		"instant loses nothing and doubles nothing. TERM and INT finish the work at hand "
		"within "
		"worker.grace and end well, a second one ends at once; HUP begins again with a new "
		"configuration (--follow).",
	.options = options,
	.args_size = sizeof(struct worker_args),
	.needs = NEEDS_STORE_OPEN,
	.record = &shop_worker_report_record,
	.run = run,
	.examples =
		"shopctl worker --drain\n"
		"shopctl worker --follow\n"
		"shopctl worker --drain --exclusive nightly --skip-if-running --max-time 10min\n"
		"shopctl worker --status",
	.exits = "0 also when single jobs failed and will be tried again\n"
		 "9 a job was given up\n"
		 "75 another worker runs under the --exclusive name",
	.see_also = "job list, event tail, status",
};

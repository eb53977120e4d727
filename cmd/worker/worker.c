/* shopctl worker: react to events and do the jobs they make. */
#include "shopctl.h"

#include "frame/config.h"
#include "frame/frame.h"
#include "frame/registry.h"
#include "shop/text.h"
#include "shop/worker.h"
#include "worker/pulse.h"
#include "worker/service.h"
#include "worker/signals.h"

#include <errno.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct worker_args {
	const char *name, *queues, *types, *exclusive;
	int64_t max, max_time_us, lease_us;
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
	OPTION(struct worker_args, types, const char *, ARG_TEXT, 0, "type", "GLOB,…",
	       "only jobs of these kinds (payment.*); events are left to other workers"),
	OPTION(struct worker_args, max, int64_t, ARG_INT, 0, "max", "N",
	       "end after so many reactions and jobs"),
	OPTION(struct worker_args, max_time_us, int64_t, ARG_DURATION, 0, "max-time", "DURATION",
	       "begin nothing more after this"),
	OPTION(struct worker_args, lease_us, int64_t, ARG_DURATION, 0, "lease", "DURATION",
	       "how long a job stays with a worker that shows no life (worker.lease)"),
	OPTION(struct worker_args, name, const char *, ARG_TEXT, 0, "name", "NAME",
	       "what its leases are called"),
	OPTION(struct worker_args, exclusive, const char *, ARG_TEXT, 0, "exclusive", "NAME",
	       "only if no other worker runs under this name"),
	OPTION_FLAG(struct worker_args, skip_if_running, 0, "skip-if-running",
		    "with --exclusive: end well when one runs"),
	{0},
};

/* Shorter than a slow disk's commit, a lease would be lost while it is renewed. */
#define LEASE_MIN_US SHOP_SECOND

/* Workers of one store meet in the directory beside it. */
static char *run_directory(const struct session *s)
{
	char *directory = g_path_get_dirname(s->store_path);
	char *path = g_build_filename(directory, "run", NULL);

	g_free(directory);
	return path;
}

static bool check(const struct worker_args *a, struct shop_error *err)
{
	if (a->once + a->drain + a->follow + a->status > 1)
		return shop_fail(err, E_USAGE,
				 "worker takes one of --once, --drain, --follow and --status");
	if (a->skip_if_running && a->exclusive == NULL)
		return shop_fail(err, E_USAGE, "--skip-if-running goes with --exclusive NAME");
	if (a->max != SHOP_NULL && a->max < 1)
		return shop_fail(err, E_VALUE, "max: a number of at least 1");
	if (a->lease_us != SHOP_NULL && a->lease_us < LEASE_MIN_US)
		return shop_fail(err, E_VALUE, "lease: at least 1s");
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
	/* A second HUP meanwhile is answered by this start; a USR1 has nobody to answer it. */
	(void)signal(SIGHUP, SIG_IGN);
	(void)signal(SIGUSR1, SIG_IGN);
	(void)execv("/proc/self/exe", (char **)argv->pdata);
	g_ptr_array_unref(argv);
	return shop_fail(err, E_IO, "cannot start again: %s", g_strerror(errno));
}

/* What was given up is said even where nothing else is: cron mails what it hears. */
static bool tell_dead(struct session *s, const struct shop_worker_report *r, struct out *out,
		      struct shop_error *err)
{
	if (r->dead == 0)
		return true;
	s->findings = SHOP_PARTIAL;
	if (s->quiet) {
		shop_fail(err, E_WORKER_DEAD, "%" G_GINT64_FORMAT " job%s given up", r->dead,
			  r->dead == 1 ? " was" : "s were");
		return shop_fail_fix(err, "job", "list", "--state", "dead", NULL);
	}
	out_note(out, true,
		 "%" G_GINT64_FORMAT " jobs were given up: shopctl job list --state dead", r->dead);
	return true;
}

static bool print_report(struct session *s, const struct shop_worker_report *r, struct out *out,
			 struct shop_error *err)
{
	return tell_dead(s, r, out, err) &&
	       out_changed(out, &shop_worker_report_record, r, err,
			   "%" G_GINT64_FORMAT " reaction%s, %" G_GINT64_FORMAT
			   " job%s done, %" G_GINT64_FORMAT " to be tried again, %" G_GINT64_FORMAT
			   " dead",
			   r->events, r->events == 1 ? "" : "s", r->jobs, r->jobs == 1 ? "" : "s",
			   r->retried + r->parked, r->dead);
}

/* The loop with all that listens to it. */
static bool loop(struct session *s, struct shop_worker_options *how, struct worker_signals *signals,
		 struct shop_worker_report *ret_report, struct shop_error *err)
{
	struct service service;
	struct pulse pulse;
	const struct worker_signals_how listen = {
		.grace_us = config_duration(s->config, "worker.grace"),
		.reload = how->mode == SHOP_WORKER_FOLLOW,
		.service = &service,
		.pulse = &pulse,
	};
	bool ok;

	service_open(&service);
	pulse_begin(&pulse, s->store, &service, how->name == NULL ? "worker" : how->name);
	how->turn = pulse_turn;
	how->turn_ctx = &pulse;
	how->turn_us = service.watchdog_us / 2;
	ok = worker_signals_begin(signals, &listen) ||
	     shop_fail(err, E_INTERNAL, "cannot wait for signals: %s", g_strerror(errno));
	if (ok) {
		how->wake_fd = signals->wake_fd;
		ok = shop_worker_run(s->store, how, ret_report, err);
		worker_signals_end(signals);
	}
	pulse_end(&pulse);
	service_close(&service);
	return ok;
}

static bool work(struct session *s, struct shop_worker_options *how, bool skip, struct out *out,
		 struct shop_error *err)
{
	AUTO_WORKER_REPORT struct shop_worker_report report = {0};
	struct worker_signals signals = {0};
	bool ok;

	how->stopping = worker_signals_stopping;
	how->stopping_ctx = &signals;
	ok = loop(s, how, &signals, &report, err);
	if (!ok && skip && err->id == E_WORKER_EXCLUSIVE) {
		out_note(out, false, "%s", err->message);
		shop_error_done(err);
		return true;
	}
	if (ok && atomic_load(&signals.reload))
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

/* Each thing is a row, counted for --exit-code. */
struct due_rows {
	struct out *out;
	int64_t count;
};

static bool print_due(const void *record, void *ctx, struct shop_error *err)
{
	struct due_rows *rows = ctx;

	rows->count++;
	return out_record(rows->out, &shop_worker_due_record, record, err);
}

static bool preview(struct session *s, const struct shop_worker_options *how, struct out *out,
		    struct shop_error *err)
{
	struct due_rows rows = {.out = out};

	out_many(out);
	if (!shop_worker_preview(s->store, how, print_due, &rows, err))
		return false;
	if (rows.count > 0 && s->inv->g.exit_code)
		s->findings = SHOP_FINDINGS;
	return true;
}

static char **split(const char *list)
{
	return list == NULL ? NULL : g_strsplit(list, ",", -1);
}

static int64_t or_zero(int64_t value)
{
	return value == SHOP_NULL ? 0 : value;
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct worker_args *a = args;
	AUTO_TEXT char *directory = run_directory(s);
	char **queues = split(a->queues);
	char **kinds = split(a->types);
	struct shop_worker_options how = {
		.mode = mode_of(a),
		.name = a->name,
		.queues = (const char *const *)queues,
		.kinds = (const char *const *)kinds,
		.exclusive = a->exclusive,
		.max = or_zero(a->max),
		.max_time_us = or_zero(a->max_time_us),
		.lease_us = or_zero(a->lease_us),
		.now_us = session_clock_is_fixed(s) ? s->clock.now_us : SHOP_NULL,
		.run_directory = directory,
	};
	bool ok = check(a, err);

	if (ok && a->status)
		ok = print_status(s, directory, out, err);
	else if (ok && s->dry_run)
		ok = preview(s, &how, out, err);
	else if (ok)
		ok = work(s, &how, a->skip_if_running, out, err);
	g_strfreev(queues);
	g_strfreev(kinds);
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
		"configuration (--follow); USR1 writes to stderr how it stands. A service manager "
		"(NOTIFY_SOCKET, WATCHDOG_USEC) is told when it is ready, how it stands, that its "
		"loop "
		"turns, and that it ends. --dry-run lists the reactions and jobs it would begin "
		"with.",
	.options = options,
	.args_size = sizeof(struct worker_args),
	.needs = NEEDS_STORE_OPEN,
	.record = &shop_worker_report_record,
	.run = run,
	.examples =
		"shopctl worker --drain\n"
		"shopctl worker --follow\n"
		"shopctl worker --drain --exclusive nightly --skip-if-running --max-time 10min\n"
		"shopctl worker --drain --type 'carrier.*' --lease 5min\n"
		"shopctl worker --dry-run\n"
		"shopctl worker --status",
	.exits = "0 also when single jobs failed and will be tried again\n"
		 "9 a job was given up\n"
		 "75 another worker runs under the --exclusive name",
	.see_also = "job list, event tail, status",
};

/* shopctl job list, show, stats: what waits, what failed and why. */
#include "job/job.h"

struct list_args {
	const char *state, *queue;
};

static const char *const states[] = {"ready", "leased", "retry", "dead", "done", "canceled", NULL};

static const struct option_spec options[] = {
	OPTION(struct list_args, state, const char *, ARG_WORD, 0, "state", "STATE",
	       "ready, leased, retry, dead, done or canceled", .words = states),
	OPTION(struct list_args, queue, const char *, ARG_TEXT, 0, "queue", "QUEUE",
	       "only of this queue"),
	{0},
};

static bool run_list(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct list_args *a = args;
	const struct shop_job_filter filter = {
		.state = a->state, .queue = a->queue, .limit = SHOP_NULL};

	return shop_job_list(s->store, &filter, out_row, &(struct out_rows){out, &shop_job_record},
			     err);
}

const struct command cmd_job_list = {
	.name = "list",
	.summary = "List jobs in the order they were made",
	.description = "Jobs that are done or canceled are left out unless asked for with --state.",
	.options = options,
	.args_size = sizeof(struct list_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.order = "id",
	.record = &shop_job_record,
	.run = run_list,
	.examples = "shopctl job list\nshopctl job list --state dead -o id | shopctl job retry -",
	.see_also = "job show, job retry, worker",
};

struct show_args {
	int64_t id;
};

static const struct operand_spec show_operands[] = {
	OPERAND_ID(struct show_args, id, "JOB", SHOP_ID_JOB, "the job", .flags = OPERAND_EACH),
	{0},
};

static bool run_show(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct show_args *a = args;
	AUTO_JOB struct shop_job job = {0};

	return shop_job_load(s->store, a->id, &job, err) &&
	       out_record(out, &shop_job_record, &job, err);
}

const struct command cmd_job_show = {
	.name = "show",
	.summary = "Show jobs with their last error",
	.operands = show_operands,
	.args_size = sizeof(struct show_args),
	.needs = NEEDS_STORE_READ,
	.record = &shop_job_record,
	.run = run_show,
	.examples = "shopctl job show job-1000",
	.see_also = "job list, event show",
};

static bool run_stats(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	(void)args;
	return shop_job_stats(s->store, out_row, &(struct out_rows){out, &shop_job_stat_record},
			      err);
}

const struct command cmd_job_stats = {
	.name = "stats",
	.summary = "Count jobs by queue and kind",
	.needs = NEEDS_STORE_READ,
	.many = true,
	.record = &shop_job_stat_record,
	.run = run_stats,
	.examples = "shopctl job stats",
	.see_also = "job list, status",
};

/* shopctl job retry, job cancel: set jobs going again, or give them up. */
#include "job/job.h"

#include <glib.h>

struct retry_args {
	int64_t id;
	bool dead;
};

static const struct operand_spec retry_operands[] = {
	OPERAND_ID(struct retry_args, id, "JOB", SHOP_ID_JOB, "the job",
		   .flags = OPERAND_EACH | OPERAND_OPTIONAL),
	{0},
};

static const struct option_spec retry_options[] = {
	OPTION_FLAG(struct retry_args, dead, 0, "dead", "all that were given up"),
	{0},
};

static bool print_retried(const void *record, void *ctx, struct shop_error *err)
{
	const struct shop_job *job = record;
	char id[SHOP_ID_TEXT];

	return out_changed(ctx, &shop_job_record, job, err, "%s goes on: %s of %s",
			   shop_id_format(SHOP_ID_JOB, job->id, id), job->kind, job->subject);
}

static bool run_retry(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct retry_args *a = args;
	AUTO_JOB struct shop_job job = {0};

	if ((a->id == 0) != a->dead)
		return shop_fail(err, E_USAGE, "job retry takes jobs or --dead");
	if (a->dead)
		return shop_job_retry_dead(s->store, print_retried, out, err);
	return shop_job_retry(s->store, a->id, &job, err) && print_retried(&job, out, err);
}

const struct command cmd_job_retry = {
	.name = "retry",
	.summary = "Set dead, canceled or waiting jobs going now",
	.operands = retry_operands,
	.options = retry_options,
	.args_size = sizeof(struct retry_args),
	.needs = NEEDS_STORE_WRITE,
	.record = &shop_job_record,
	.run = run_retry,
	.examples = "shopctl job retry job-1005\nshopctl job retry --dead",
	.exits = "6 the job is done, or at work",
	.see_also = "job list, worker",
};

struct cancel_args {
	int64_t id;
};

static const struct operand_spec cancel_operands[] = {
	OPERAND_ID(struct cancel_args, id, "JOB", SHOP_ID_JOB, "the job", .flags = OPERAND_EACH),
	{0},
};

static bool run_cancel(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct cancel_args *a = args;
	AUTO_JOB struct shop_job job = {0};
	char id[SHOP_ID_TEXT];

	return shop_job_cancel(s->store, a->id, &job, err) &&
	       out_changed(out, &shop_job_record, &job, err, "%s canceled: %s of %s",
			   shop_id_format(SHOP_ID_JOB, job.id, id), job.kind, job.subject);
}

const struct command cmd_job_cancel = {
	.name = "cancel",
	.summary = "Give jobs up; later work on their subjects goes on",
	.operands = cancel_operands,
	.args_size = sizeof(struct cancel_args),
	.needs = NEEDS_STORE_WRITE,
	.confirm = CONFIRM_YES,
	.needs_reason = true,
	.record = &shop_job_record,
	.run = run_cancel,
	.examples = "shopctl job cancel job-1005 --reason 'paid by telephone' --yes",
	.exits = "6 the job is done, or at work",
	.see_also = "job retry, job list",
};

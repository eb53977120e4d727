/* shopctl status: the shop at a glance. */
#include "status/status.h"

#include "shop/next.h"
#include "shop/status.h"

struct status_args {
	bool exit_code;
};

static const struct option_spec options[] = {
	OPTION_FLAG(struct status_args, exit_code, 0, "exit-code",
		    "exit 10 when anything needs a person"),
	{0},
};

/* The first of what needs a person, with the command that does it. */
static bool name_next(struct session *s, struct out *out, struct shop_error *err)
{
	struct shop_work work = {0};
	bool found;

	if (!shop_next_first(s->store, s->clock.now_us, &work, &found, err))
		return false;
	if (found)
		out_next(out, "%s", work.command);
	shop_record_done(&shop_work_record, &work);
	return true;
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct status_args *a = args;
	struct shop_status status = {0};
	bool ok;

	if (!shop_status_read(s->store, s->clock.now_us, &status, err))
		return false;
	ok = out_record(out, &shop_status_record, &status, err) && name_next(s, out, err);
	if (a->exit_code && status.attention > 0)
		s->findings = SHOP_FINDINGS;
	shop_record_done(&shop_status_record, &status);
	return ok;
}

const struct command cmd_status = {
	.name = "status",
	.summary = "The shop at a glance: what waits, what needs a person",
	.options = options,
	.args_size = sizeof(struct status_args),
	.needs = NEEDS_STORE_READ,
	.record = &shop_status_record,
	.run = run,
	.examples = "shopctl status\nshopctl status -o json --fields "
		    "orders_late,jobs_dead\nshopctl status --exit-code -q",
	.exits = "10 with --exit-code, when anything needs a person",
	.see_also = "next, check, job list",
};

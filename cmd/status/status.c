/* shopctl status: the shop at a glance. */
#include "status/status.h"

#include "shop/status.h"

struct status_args {
	bool exit_code;
};

static const struct option_spec options[] = {
	OPTION_FLAG(struct status_args, exit_code, 0, "exit-code",
		    "exit 10 when anything needs a person"),
	{0},
};

/* The first of what needs a person, with the command that shows it. */
static void name_next(const struct shop_status *status, struct out *out)
{
	if (status->jobs_dead > 0)
		out_next(out, "shopctl job list --state dead");
	else if (status->payments_unknown > 0)
		out_next(out, "shopctl payment resolve --all-unknown");
	else if (status->orders_on_hold > 0)
		out_next(out, "shopctl order list --status on_hold");
	else if (status->orders_late > 0)
		out_next(out, "shopctl order list --late");
	else if (status->shipments_open > 0)
		out_next(out, "shopctl shipment list --status open");
	else if (status->purchases_draft > 0)
		out_next(out, "shopctl purchase list --status draft");
}

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct status_args *a = args;
	struct shop_status status = {0};
	bool ok;

	if (!shop_status_read(s->store, s->clock.now_us, &status, err))
		return false;
	ok = out_record(out, &shop_status_record, &status, err);
	if (ok)
		name_next(&status, out);
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
	.see_also = "check, job list, order list",
};

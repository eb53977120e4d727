/* shopctl status: the shop at a glance. */
#include "status/status.h"

#include "shop/next.h"
#include "shop/status.h"

#define SALES_DAYS 14 /* of the line of bars */

struct status_args {
	bool exit_code;
};

static const struct option_spec options[] = {
	OPTION_FLAG(struct status_args, exit_code, 0, "exit-code",
		    "exit 10 when anything needs a person"),
	{0},
};

static const struct out_block blocks[] = {
	{.fields = "orders_pending,shipments_open,backorders_open;jobs_due,events_waiting"},
	{.title = "Needs a person",
	 .fields = "payments_unknown,orders_late,orders_on_hold,products_low;"
		   "backorders_unsourced,purchases_draft,purchases_overdue,jobs_dead"},
	{0},
};

/* The days as a line of bars, with what they come to. */
static bool show_sales(const struct shop_list *days, struct out *out, struct shop_error *err)
{
	static const struct out_block bars = {.title = "Sales", .spark = "total"};
	const struct shop_sales_day *day = days->items;
	struct shop_money total = {0};
	char text[SHOP_MONEY_TEXT], *remark;
	int64_t orders = 0;
	bool ok;

	if (days->count == 0)
		return true;
	g_strlcpy(total.currency, day->currency, sizeof(total.currency));
	for (size_t i = 0; i < days->count; i++) {
		total.minor += day[i].total;
		orders += day[i].orders;
	}
	remark = g_strdup_printf("%zu days to today: %s, orders: %" G_GINT64_FORMAT, days->count,
				 shop_money_format_full(total, text), orders);
	ok = out_block_list(out, &bars, &shop_sales_record, days, remark, err);
	g_free(remark);
	return ok;
}

static bool load(struct session *s, const struct out *out, struct shop_status *status,
		 struct shop_error *err)
{
	const bool sales = out_is_page(out) || out_wants(out, "sales");

	return shop_status_read(s->store, s->clock.now_us, status, err) &&
	       (!sales || shop_sales_days(s->store, &s->clock, SALES_DAYS, &status->sales, err));
}

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

	ok = load(s, out, &status, err) &&
	     out_page(out, &shop_status_record, &status, blocks, err) &&
	     show_sales(&status.sales, out, err) && name_next(s, out, err);
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
		    "orders_late,jobs_dead\nshopctl status --exit-code -q    # exit 10 if anything needs a person",
	.exits = "10 with --exit-code, when anything needs a person",
	.description = "The line of bars is what was sold on each of the last days, today last. A "
		       "shop with more than "
		       "10,000 orders in these days shows fewer of them.",
	.see_also = "next, check, job list",
};

/* shopctl order list: orders by what they wait for, newest first. */
#include "order/order.h"

struct list_args {
	const char *status, *payment, *fulfillment, *sku;
	int64_t customer_id, since_us;
	bool late;
};

static const char *const statuses[] = {"pending",  "confirmed", "on_hold", "completed",
				       "canceled", "expired",	NULL};
static const char *const payments[] = {
	"not_paid", "partially_authorized", "authorized", "partially_paid", "paid",
	"overpaid", "partially_refunded",   "refunded",	  "voided",	    NULL};
static const char *const fulfillments[] = {"unfulfilled", "partially_fulfilled",
					   "fulfilled",	  "partially_delivered",
					   "delivered",	  "canceled",
					   NULL};

static const struct option_spec options[] = {
	OPTION(struct list_args, status, const char *, ARG_WORD, 0, "status", "STATUS",
	       "pending, confirmed, on_hold, completed, canceled or expired", .words = statuses),
	OPTION(struct list_args, payment, const char *, ARG_WORD, 0, "payment", "STATUS",
	       "how far the money has come: not_paid, authorized, paid …", .words = payments),
	OPTION(struct list_args, fulfillment, const char *, ARG_WORD, 0, "fulfillment", "STATUS",
	       "how far the goods have come: unfulfilled, fulfilled, delivered …",
	       .words = fulfillments),
	OPTION_ID(struct list_args, customer_id, "customer", "CUSTOMER", SHOP_ID_CUSTOMER,
		  "only of this customer"),
	OPTION(struct list_args, sku, const char *, ARG_SKU, 0, "sku", "SKU",
	       "only with this product"),
	OPTION(struct list_args, since_us, int64_t, ARG_AGO, 0, "since", "TIME",
	       "only placed since: 2026-11-01, 7d"),
	OPTION_FLAG(struct list_args, late, 0, "late",
		    "confirmed, not all shipped, and placed longer ago than orders.late_after"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct list_args *a = args;
	const struct shop_order_filter filter = {
		.status = a->status,
		.payment = a->payment,
		.fulfillment = a->fulfillment,
		.customer_id = a->customer_id,
		.sku = a->sku,
		.since_us = a->since_us,
		.late_before_us =
			a->late ? s->clock.now_us - shop_store_policy(s->store)->late_after_us
				: SHOP_NULL,
		.limit = SHOP_NULL,
		.with_lists = out_wants(out, "lines") || out_wants(out, "payments") ||
			      out_wants(out, "shipments") || out_wants(out, "backorders") ||
			      out_wants(out, "holds"),
	};

	return shop_order_list(s->store, &filter, out_row,
			       &(struct out_rows){out, &shop_order_record}, err);
}

const struct command cmd_order_list = {
	.name = "list",
	.summary = "List orders, newest first",
	.options = options,
	.args_size = sizeof(struct list_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.order = "-id",
	.record = &shop_order_record,
	.run = run,
	.examples = "shopctl order list --status confirmed --limit 20\n"
		    "shopctl order list --payment not_paid --since 7d -o id\n"
		    "shopctl order list --late --fields id,customer,placed_at,total -o csv",
	.see_also = "order show, backorder list, payment list",
};

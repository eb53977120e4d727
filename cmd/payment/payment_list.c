/* shopctl payment list: payments in the order they were made. */
#include "payment/payment.h"

struct list_args {
	const char *status;
	int64_t order_id;
};

static const char *const statuses[] = {"requires_payment_method",
				       "processing",
				       "requires_capture",
				       "succeeded",
				       "canceled",
				       "failed",
				       "expired",
				       NULL};

static const struct option_spec options[] = {
	OPTION_ID(struct list_args, order_id, "order", "ORDER", SHOP_ID_ORDER,
		  "only of this order"),
	OPTION(struct list_args, status, const char *, ARG_WORD, 0, "status", "STATUS",
	       "only in this status", .words = statuses),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct list_args *a = args;
	const struct shop_payment_filter filter = {
		.order_id = a->order_id, .status = a->status, .limit = SHOP_NULL};

	return shop_payment_list(s->store, &filter, out_row,
				 &(struct out_rows){out, &shop_payment_record}, err);
}

const struct command cmd_payment_list = {
	.name = "list",
	.summary = "List payments with their operations",
	.options = options,
	.args_size = sizeof(struct list_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.order = "id",
	.record = &shop_payment_record,
	.run = run,
	.examples = "shopctl payment list --order ord-1000 -o json\n"
		    "shopctl payment list --status requires_capture -o id",
	.see_also = "payment show, order show",
};

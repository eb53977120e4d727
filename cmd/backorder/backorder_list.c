/* shopctl backorder list, show: who waits for what, since when and until when. */
#include "backorder/backorder.h"

#include "page/page.h"

struct list_args {
	const char *sku, *status;
	int64_t order_id, due_us;
};

static const char *const statuses[] = {
	"open", "sourced", "partially_allocated", "allocated", "closed", "canceled", "all", NULL};

static const struct option_spec options[] = {
	OPTION(struct list_args, sku, const char *, ARG_SKU, 0, "sku", "SKU",
	       "only of this product"),
	OPTION(struct list_args, due_us, int64_t, ARG_TIME, 0, "due", "TIME",
	       "still waiting and promised until then"),
	OPTION_ID(struct list_args, order_id, "order", "ORDER", SHOP_ID_ORDER,
		  "only of this order"),
	OPTION(struct list_args, status, const char *, ARG_WORD, 0, "status", "STATUS",
	       "open, sourced, partially_allocated, allocated, closed, canceled or all",
	       .words = statuses),
	{0},
};

static bool run_list(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct list_args *a = args;
	const struct shop_backorder_filter filter = {
		.sku = a->sku,
		.status = a->status,
		.order_id = a->order_id,
		.due_us = a->due_us,
		.limit = SHOP_NULL,
	};

	return shop_backorder_list(s->store, &filter, out_row,
				   &(struct out_rows){out, &shop_backorder_record}, err);
}

const struct command cmd_backorder_list = {
	.name = "list",
	.summary = "List backorders, longest waiting first",
	.description = "Closed and canceled ones are left out unless asked for with --status.",
	.options = options,
	.args_size = sizeof(struct list_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.order = "placed_at,id",
	.record = &shop_backorder_record,
	.run = run_list,
	.examples = "shopctl backorder list\nshopctl backorder list --sku MUG-01 -o jsonl\n"
		    "shopctl backorder list --due tomorrow",
	.see_also = "backorder allocate, purchase list, stock reorder",
};

struct show_args {
	int64_t backorder_id;
};

static const struct operand_spec operands[] = {
	OPERAND_ID(struct show_args, backorder_id, "BACKORDER", SHOP_ID_BACKORDER, "the backorder",
		   .flags = OPERAND_EACH),
	{0},
};

static const struct out_block backorder_blocks[] = {
	{.head = "id,status",
	 .fields = "order,line,sku,location,purchase,placed_at,promised_at;qty,allocated,canceled,open"},
	{0},
};

static const struct page_of backorder_page = {&shop_backorder_record, backorder_blocks, SHOP_ID_BACKORDER};

static bool run_show(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct show_args *a = args;
	AUTO_BACKORDER struct shop_backorder backorder = {0};

	return shop_backorder_load(s->store, a->backorder_id, &backorder, err) &&
	       page_show(s, &backorder_page, backorder.id, &backorder, out, err);
}

const struct command cmd_backorder_show = {
	.name = "show",
	.summary = "Show backorders",
	.operands = operands,
	.args_size = sizeof(struct show_args),
	.needs = NEEDS_STORE_READ,
	.record = &shop_backorder_record,
	.run = run_show,
	.examples = "shopctl backorder show bko-1000",
	.see_also = "order show, purchase show",
};

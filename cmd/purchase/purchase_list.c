/* shopctl purchase list, show, blocked: what is bought, and what cannot be. */
#include "purchase/purchase.h"

#include "page/page.h"

struct list_args {
	int64_t supplier_id;
	const char *status;
};

static const char *const statuses[] = {
	"draft",    "submitted", "acknowledged", "partially_received",
	"received", "closed",	 "short_closed", "canceled",
	NULL};

static const struct option_spec list_options[] = {
	OPTION_ID(struct list_args, supplier_id, "supplier", "SUPPLIER", SHOP_ID_SUPPLIER,
		  "only of this supplier"),
	OPTION(struct list_args, status, const char *, ARG_WORD, 0, "status", "STATUS",
	       "draft, submitted, acknowledged, partially_received, received, closed,"
	       " short_closed or canceled",
	       .words = statuses),
	{0},
};

static bool run_list(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct list_args *a = args;
	const struct shop_purchase_filter filter = {
		.supplier_id = a->supplier_id,
		.status = a->status,
		.limit = SHOP_NULL,
	};

	return shop_purchase_list(s->store, &filter, out_row,
				  &(struct out_rows){out, &shop_purchase_record}, err);
}

const struct command cmd_purchase_list = {
	.name = "list",
	.summary = "List purchases",
	.options = list_options,
	.args_size = sizeof(struct list_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.order = "id",
	.record = &shop_purchase_record,
	.run = run_list,
	.examples = "shopctl purchase list\nshopctl purchase list --status draft -o id | "
		    "shopctl purchase submit -",
	.see_also = "purchase show, backorder list",
};

struct show_args {
	int64_t purchase_id;
};

static const struct operand_spec show_operands[] = {
	OPERAND_ID(struct show_args, purchase_id, "PURCHASE", SHOP_ID_PURCHASE, "the purchase",
		   .flags = OPERAND_EACH),
	{0},
};

static const struct out_block purchase_blocks[] = {
	{.head = "id,status", .fields = "supplier,location,currency;created_at,submitted_at,eta,closed_at"},
	{.title = "Lines", .list = "lines", .fields = "n,sku,ordered,received,closed,outstanding,cost"},
	{0},
};

static const struct page_of purchase_page = {&shop_purchase_record, purchase_blocks, SHOP_ID_PURCHASE};

static bool run_show(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct show_args *a = args;
	AUTO_PURCHASE struct shop_purchase purchase = {0};

	return shop_purchase_load(s->store, a->purchase_id, &purchase, err) &&
	       page_show(s, &purchase_page, purchase.id, &purchase, out, err);
}

const struct command cmd_purchase_show = {
	.name = "show",
	.summary = "Show purchases line by line",
	.operands = show_operands,
	.args_size = sizeof(struct show_args),
	.needs = NEEDS_STORE_READ,
	.record = &shop_purchase_record,
	.run = run_show,
	.examples = "shopctl purchase show pur-1000",
	.see_also = "purchase receive",
};

static bool run_blocked(struct session *s, const void *args, struct out *out,
			struct shop_error *err)
{
	(void)args;
	return shop_purchase_blockers(s->store, out_row,
				      &(struct out_rows){out, &shop_purchase_blocker_record}, err);
}

const struct command cmd_purchase_blocked = {
	.name = "blocked",
	.summary = "List products that orders wait for and nobody knows where to buy",
	.description = "They name no active supplier, and the shop has none or several. Name one"
		       " with product update --supplier, then run stock reorder.",
	.needs = NEEDS_STORE_READ,
	.many = true,
	.record = &shop_purchase_blocker_record,
	.run = run_blocked,
	.examples = "shopctl purchase blocked",
	.see_also = "product update, stock reorder",
};

/* shopctl shipment list, show: parcels and what is in them. */
#include "shipment/shipment.h"

#include "page/page.h"

struct list_args {
	const char *status;
	int64_t order_id, location_id;
};

static const char *const statuses[] = {"open",	    "picking",	"packed", "shipped",
				       "delivered", "canceled", NULL};

static const struct option_spec list_options[] = {
	OPTION_ID(struct list_args, order_id, "order", "ORDER", SHOP_ID_ORDER,
		  "only of this order"),
	OPTION(struct list_args, status, const char *, ARG_WORD, 0, "status", "STATUS",
	       "open, picking, packed, shipped, delivered or canceled", .words = statuses),
	OPTION_ID(struct list_args, location_id, "location", "LOCATION", SHOP_ID_LOCATION,
		  "only packed there"),
	{0},
};

static bool run_list(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct list_args *a = args;
	const struct shop_shipment_filter filter = {
		.order_id = a->order_id,
		.location_id = a->location_id,
		.status = a->status,
		.limit = SHOP_NULL,
	};

	return shop_shipment_list(s->store, &filter, out_row,
				  &(struct out_rows){out, &shop_shipment_record}, err);
}

const struct command cmd_shipment_list = {
	.name = "list",
	.summary = "List shipments by id",
	.options = list_options,
	.args_size = sizeof(struct list_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.order = "id",
	.record = &shop_shipment_record,
	.run = run_list,
	.examples = "shopctl shipment list --status open\n"
		    "shopctl shipment list --order ord-1000 -o id | shopctl shipment pack -",
	.see_also = "shipment show, order show",
};

struct show_args {
	int64_t id;
};

static const struct operand_spec show_operands[] = {
	OPERAND_ID(struct show_args, id, "SHIPMENT", SHOP_ID_SHIPMENT, "the shipment",
		   .flags = OPERAND_EACH),
	{0},
};

static const struct out_block shipment_blocks[] = {
	{.head = "id,status",
	 .fields = "order,location,created_at,shipped_at,delivered_at;carrier,service,label,tracking,tracking_status"},
	{.title = "Lines", .list = "lines", .fields = "line,sku,title,qty"},
	{0},
};

static const struct page_of shipment_page = {&shop_shipment_record, shipment_blocks, SHOP_ID_SHIPMENT};

static bool run_show(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct show_args *a = args;
	AUTO_SHIPMENT struct shop_shipment shipment = {0};

	return shop_shipment_load(s->store, a->id, &shipment, err) &&
	       page_show(s, &shipment_page, shipment.id, &shipment, out, err);
}

const struct command cmd_shipment_show = {
	.name = "show",
	.summary = "Show shipments with what is in them",
	.operands = show_operands,
	.args_size = sizeof(struct show_args),
	.needs = NEEDS_STORE_READ,
	.record = &shop_shipment_record,
	.run = run_show,
	.examples = "shopctl shipment show shp-1000\nshopctl shipment show shp-1000 -o json",
	.see_also = "shipment track, order log",
};

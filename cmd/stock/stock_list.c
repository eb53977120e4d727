/* shopctl stock list: what there is of each product. */
#include "stock/stock.h"

struct list_args {
	int64_t location_id;
	bool low;
};

static const struct option_spec options[] = {
	OPTION_FLAG(struct list_args, low, 0, "low", "only what is at or below its reorder point"),
	OPTION_ID(struct list_args, location_id, "location", "LOCATION", SHOP_ID_LOCATION,
		  "the numbers of this location"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct list_args *a = args;
	const struct shop_stock_filter filter = {
		.now_us = s->clock.now_us,
		.location_id = a->location_id,
		.low = a->low,
		.limit = SHOP_NULL,
		.with_places = out_wants(out, "locations"),
	};

	return shop_stock_list(s->store, &filter, out_row,
			       &(struct out_rows){out, &shop_stock_record}, err);
}

const struct command cmd_stock_list = {
	.name = "list",
	.summary = "List stock in SKU order",
	.description =
		"Totals over all locations, or with --location the numbers of that one. Low is "
		"what is available at or below the product's reorder point, or stock.low where "
		"it has none. Products whose stock is not counted are left out.",
	.options = options,
	.args_size = sizeof(struct list_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.order = "sku",
	.record = &shop_stock_record,
	.run = run,
	.examples = "shopctl stock list\nshopctl stock list --low -o id\n"
		    "shopctl stock list --location loc-1000 -o csv",
	.see_also = "stock show, product update",
};

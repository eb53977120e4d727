/* shopctl stock history: the ledger of a product. */
#include "stock/stock.h"

struct history_args {
	const char *sku;
	int64_t location_id;
};

static const struct operand_spec operands[] = {
	OPERAND(struct history_args, sku, const char *, ARG_SKU, "SKU", "the product"),
	{0},
};

static const struct option_spec options[] = {
	OPTION_ID(struct history_args, location_id, "location", "LOCATION", SHOP_ID_LOCATION,
		  "only there"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct history_args *a = args;
	const struct shop_movement_filter filter = {
		.sku = a->sku,
		.location_id = a->location_id,
		.limit = SHOP_NULL,
	};

	return shop_stock_history(s->store, &filter, out_row,
				  &(struct out_rows){out, &shop_movement_record}, err);
}

const struct command cmd_stock_history = {
	.name = "history",
	.summary = "List a product's movements, the latest first",
	.description =
		"The ledger is only ever appended to. A quantity is signed as its counter moved: "
		"allocated for allocated and released, on hand for all others.",
	.operands = operands,
	.options = options,
	.args_size = sizeof(struct history_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.order = "-n",
	.record = &shop_movement_record,
	.run = run,
	.examples = "shopctl stock history MUG-01\nshopctl stock history MUG-01 --limit 20 -o wide",
	.see_also = "stock show",
};

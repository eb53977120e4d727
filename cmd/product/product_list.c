/* shopctl product list: the catalogue in SKU order. */
#include "product/product.h"

struct list_args {
	const char *status, *category;
	int64_t supplier_id;
};

static const char *const statuses[] = {"draft", "active", "archived", NULL};

static const struct option_spec options[] = {
	OPTION(struct list_args, status, const char *, ARG_WORD, 0, "status", "STATUS",
	       "draft, active or archived", .words = statuses),
	OPTION(struct list_args, category, const char *, ARG_TEXT, 0, "category", "TEXT",
	       "only of this category"),
	OPTION_ID(struct list_args, supplier_id, "supplier", "SUPPLIER", SHOP_ID_SUPPLIER,
		  "only bought there"),
	{0},
};

static bool run(struct session *s, const void *args, struct out *out, struct shop_error *err)
{
	const struct list_args *a = args;
	const struct shop_product_filter filter = {
		.now_us = s->clock.now_us,
		.status = a->status,
		.category = a->category,
		.supplier_id = a->supplier_id,
		.limit = SHOP_NULL,
	};

	return shop_product_list(s->store, &filter, out_row,
				 &(struct out_rows){out, &shop_product_record}, err);
}

const struct command cmd_product_list = {
	.name = "list",
	.summary = "List products in SKU order",
	.description = "Archived products are left out unless asked for with --status archived.",
	.options = options,
	.args_size = sizeof(struct list_args),
	.needs = NEEDS_STORE_READ,
	.many = true,
	.order = "sku",
	.record = &shop_product_record,
	.run = run,
	.examples = "shopctl product list\nshopctl product list --status draft -o id\n"
		    "shopctl product list --category Mugs --fields sku,title,price -o csv",
	.see_also = "product show, stock list",
};
